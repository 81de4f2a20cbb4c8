//! Decisions about one's own account.

use http::{HeaderMap, Uri, header};
use kernel::{Error, Result};

/// The appearances that can be chosen.
pub const THEMES: [&str; 3] = ["system", "light", "dark"];

/// Refuses an appearance that is not in [`THEMES`].
pub fn theme(text: &str) -> Result<String> {
    let known = THEMES.iter().find(|theme| **theme == text);
    known.map(|theme| (*theme).to_owned()).ok_or_else(|| Error::field("theme", "account-error-theme"))
}

/// The page of ours a form was sent from, to go back to.
pub fn back(headers: &HeaderMap) -> String {
    let referer = headers.get(header::REFERER).and_then(|v| v.to_str().ok());
    let uri: Option<Uri> = referer.and_then(|text| text.parse().ok());
    let path = uri.as_ref().and_then(Uri::path_and_query).map(|p| p.as_str());
    path.filter(|p| p.starts_with('/') && !p.starts_with("//")).unwrap_or("/account").to_owned()
}

/// A browser as people call it, from what it says about itself: "Firefox, Linux".
pub fn browser(agent: &str) -> String {
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let named =
        |list: &[(&str, &'static str)]| list.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, n)| *n);
    let known: Vec<&str> = [named(&BROWSERS), named(&SYSTEMS)].into_iter().flatten().collect();
    known.join(", ")
}
