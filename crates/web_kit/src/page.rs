//! The shell around every page, and the few kinds of answers handlers give.

use askama::Template;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use kernel::identity::{Permission, Role};
use kernel::texts::{Locale, T};
use kernel::{Error, Message, Result};
use serde::{Deserialize, Serialize};

use crate::app::{NavEntry, Stage};
use crate::offers::NavCount;
use crate::{App, Cookies, SignedIn, assets};

/// Renders a template as a page.
pub fn html(view: &impl Template) -> crate::HttpResult {
    html_with(StatusCode::OK, view)
}

/// Renders a template as a page with another status.
pub fn html_with(status: StatusCode, view: &impl Template) -> crate::HttpResult {
    let text = view.render().map_err(Error::caused)?;
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    Ok((status, [(header::CONTENT_TYPE, kind)], text).into_response())
}

/// Sends the reader to another page of ours after a change.
pub fn redirect(to: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    // Only our own pages: an absolute address would let a link send people elsewhere.
    let value = HeaderValue::from_str(if is_own_page(to) { to } else { "/" });
    response.headers_mut().insert(header::LOCATION, value.unwrap_or(HeaderValue::from_static("/")));
    response
}

/// Whether an address leads to a page of this program, whatever a browser makes of it: browsers read `\` as `/`, and
/// leave out tabs and line ends.
pub fn is_own_page(address: &str) -> bool {
    address.starts_with('/')
        && !address.starts_with("//")
        && !address.contains(|c: char| c == '\\' || c.is_control())
}

/// A short notice shown once, on the next page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Toast {
    key: String,
    args: Vec<(String, String)>,
    /// Address that undoes what was done, by POST.
    undo: Option<String>,
    is_error: bool,
    /// Key of the draft that is now saved: the browser may forget it.
    #[serde(default)]
    draft: String,
}

impl Toast {
    /// Something went well.
    pub fn done(key: &str) -> Self {
        Self { key: key.to_owned(), args: Vec::new(), undo: None, is_error: false, draft: String::new() }
    }
    /// Something did not.
    pub fn failed(message: &Message) -> Self {
        let text = |arg: &kernel::errors::Arg| match arg {
            kernel::errors::Arg::Text(text) => text.clone(),
            kernel::errors::Arg::Number(number) => number.to_string(),
        };
        let args = message.args.iter().map(|(n, v)| (n.to_string(), text(v))).collect();
        Self { key: message.key.to_string(), args, undo: None, is_error: true, draft: String::new() }
    }
    /// Adds a word to the sentence.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.args.push((name.to_owned(), value.chars().take(120).collect()));
        self
    }
    /// Says which draft is saved now, by the key its form carries in `data-draft`.
    #[must_use]
    pub fn saved_draft(mut self, key: &str) -> Self {
        key.clone_into(&mut self.draft);
        self
    }
    /// Offers to undo, by a POST to this address.
    #[must_use]
    pub fn undo(mut self, href: &str) -> Self {
        self.undo = Some(href.to_owned());
        self
    }
}

const TOAST_COOKIE: &str = "bocal_toast";

/// Sends the reader to another page and shows a notice there.
pub fn redirect_with(app: &App, to: &str, toast: &Toast) -> Response {
    let mut response = redirect(to);
    let value = serde_json::to_vec(toast).map(|json| URL_SAFE_NO_PAD.encode(json)).unwrap_or_default();
    if let Some(cookie) = Cookies::set(app, TOAST_COOKIE, &value, 60) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// A notice as the shell shows it.
pub struct ShownToast {
    /// The sentence.
    pub text: String,
    /// Address that undoes it.
    pub undo: Option<String>,
    /// Stays until closed.
    pub is_error: bool,
    /// Key of the draft the browser forgets; empty when there is none.
    pub draft: String,
}

/// Whether the notice an answer sets (the value of its `set-cookie`) says that something was refused: what a program
/// that works through the pages looks at, where a person reads the notice.
pub fn notice_refuses(set_cookie: &str) -> bool {
    let pair = set_cookie.split(';').next().unwrap_or_default();
    let value = pair.split_once('=').filter(|(name, _)| *name == TOAST_COOKIE).map(|(_, value)| value);
    value.and_then(toast_of).is_some_and(|toast| toast.is_error)
}

fn toast_of(value: &str) -> Option<Toast> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(value).ok()?).ok()
}

fn read_toast(headers: &HeaderMap, t: T) -> Option<ShownToast> {
    let value = Cookies::new(headers).get(TOAST_COOKIE).filter(|v| !v.is_empty())?;
    let toast = toast_of(value)?;
    // The cookie could have been tampered with: only known sentences and addresses of ours.
    let known = t.has(&toast.key);
    let undo = toast.undo.filter(|href| is_own_page(href));
    let args: Vec<(&str, kernel::errors::Arg)> = toast
        .args
        .iter()
        .map(|(name, value)| {
            let number = value.parse::<f64>().ok().filter(|_| value.len() < 16);
            (name.as_str(), number.map_or_else(|| value.as_str().into(), Into::into))
        })
        .collect();
    let text = t.all(&toast.key, &args);
    known.then_some(ShownToast { text, undo, is_error: toast.is_error, draft: toast.draft })
}

/// One step of the way to a page.
#[derive(Clone, Debug)]
pub struct Crumb {
    /// Its name.
    pub label: String,
    /// Where it leads; empty for the page itself.
    pub href: String,
}

/// A stage of the loop, as the shell shows it.
pub struct NavStage {
    /// Which.
    pub stage: Stage,
    /// The reader is there.
    pub here: bool,
    /// Its links.
    pub entries: Vec<(NavEntry, bool)>,
}

/// Everything the shell around a page needs.
pub struct Page {
    /// Texts in the reader's language.
    pub t: T,
    /// Who is signed in.
    pub me: SignedIn,
    /// The loop.
    pub nav: Vec<NavStage>,
    /// Numbers beside the links.
    counts: Vec<NavCount>,
    /// Links beside the loop.
    pub admin: Vec<(NavEntry, bool)>,
    /// The way to this page.
    pub crumbs: Vec<Crumb>,
    /// A notice from the page before.
    pub toast: Option<ShownToast>,
}

impl Page {
    /// The shell for a page that belongs to the navigation entry leading to `here`.
    pub fn new(app: &App, me: &SignedIn, headers: &HeaderMap, here: &str) -> Self {
        let t = me.t();
        let of = |stage: Stage| -> Vec<(NavEntry, bool)> {
            // Whoever must set a second factor up first finds every door but that one closed: none is shown.
            if me.owes_factor() {
                return Vec::new();
            }
            app.nav(stage, me.actor()).into_iter().map(|e| (e, e.href == here)).collect()
        };
        let nav: Vec<NavStage> = Stage::LOOP
            .into_iter()
            .map(|stage| {
                let entries = of(stage);
                NavStage { stage, here: entries.iter().any(|(_, here)| *here), entries }
            })
            .filter(|stage| !stage.entries.is_empty())
            .collect();
        let mut crumbs = Vec::new();
        for stage in &nav {
            for (entry, _) in stage.entries.iter().filter(|(_, here)| *here) {
                crumbs.push(Crumb { label: t.get(stage.stage.key()), href: String::new() });
                crumbs.push(Crumb { label: t.get(entry.label), href: entry.href.to_owned() });
            }
        }
        let admin = of(Stage::Admin);
        for (entry, _) in admin.iter().filter(|(_, here)| *here) {
            crumbs.push(Crumb { label: t.get("stage-admin"), href: String::new() });
            crumbs.push(Crumb { label: t.get(entry.label), href: entry.href.to_owned() });
        }
        let counts = app.offers().for_actor(me.actor()).counts;
        Self { t, me: me.clone(), nav, counts, admin, crumbs, toast: read_toast(headers, t) }
    }

    /// Adds a step after the navigation entry.
    #[must_use]
    pub fn crumb(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.crumbs.push(Crumb { label: label.into(), href: href.into() });
        self
    }

    /// Renders a view that holds this shell, and forgets the notice that was shown.
    pub fn show(has_toast: bool, app: &App, view: &impl Template) -> crate::HttpResult {
        let mut response = html(view)?;
        if has_toast && let Some(cookie) = Cookies::set(app, TOAST_COOKIE, "", 0) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        Ok(response)
    }

    /// Where the number beside the entry that leads to `href` is loaded from.
    pub fn count_of(&self, href: &str) -> Option<&'static str> {
        self.counts.iter().find(|count| count.href == href).map(|count| count.fragment)
    }

    /// The reader is among the organisation's own affairs.
    pub fn is_in_admin(&self) -> bool {
        self.admin.iter().any(|(_, here)| *here)
    }

    /// The pages of the stage the reader is in, when there are several: a phone shows them above the page.
    pub fn siblings(&self) -> Option<&[(NavEntry, bool)]> {
        let of_loop = self.nav.iter().find(|stage| stage.here).map(|stage| stage.entries.as_slice());
        of_loop.or_else(|| self.is_in_admin().then_some(&self.admin)).filter(|entries| entries.len() > 1)
    }

    /// Address of an asset.
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    /// An icon of the sprite.
    pub fn icon(&self, name: &str) -> askama::filters::Safe<String> {
        icon(name)
    }

    /// Whether the reader holds a permission, by its name.
    pub fn may(&self, permission: Permission) -> bool {
        self.me.may(permission)
    }

    /// First letters of the reader's names.
    pub fn initials(&self) -> String {
        initials(&self.me.user().name)
    }

    /// The reader's main role in words, when no title was given.
    pub fn title_of_reader(&self) -> String {
        let title = &self.me.user().title;
        if !title.is_empty() {
            return title.clone();
        }
        let held = self.me.actor().permissions;
        let role = Role::ALL.iter().rev().find(|r| r.permissions() == held);
        role.map_or_else(String::new, |r| self.t.get(&format!("role-{}", r.name())))
    }
}

/// Words of a name nobody abbreviates it by.
const PARTICLES: [&str; 8] = ["le", "la", "les", "de", "du", "des", "the", "of"];

/// First letters of the first and the last word of a name, articles left aside: "Les Greniers" is G, not LG.
pub fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().map(without_elision).collect();
    let is_particle = |word: &&str| PARTICLES.contains(&word.to_lowercase().as_str());
    let mut told: Vec<&str> = words.iter().copied().filter(|word| !is_particle(word)).collect();
    if told.is_empty() {
        told = words;
    }
    let ends = if told.len() > 1 { vec![told[0], told[told.len() - 1]] } else { told };
    ends.iter().filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

/// "l’Ourlet" is filed under its O.
fn without_elision(word: &str) -> &str {
    let rest =
        ["l", "d", "L", "D"].iter().find_map(|letter| word.strip_prefix(letter)?.strip_prefix(['\'', '’']));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(word)
}

/// An icon of the sprite, hidden from readers of text.
pub fn icon(name: &str) -> askama::filters::Safe<String> {
    let sprite = assets::url("icons.svg");
    askama::filters::Safe(format!(
        "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"{sprite}#i-{name}\"/></svg>"
    ))
}

/// A text whose words with several dashes, such as references, stay on one line.
pub fn unbroken(text: &str) -> askama::filters::Safe<String> {
    let word = |word: &str| {
        let safe = crate::form::escape(word);
        if word.matches('-').count() < 2 { safe } else { format!("<span class=\"nowrap\">{safe}</span>") }
    };
    askama::filters::Safe(text.split(' ').map(word).collect::<Vec<_>>().join(" "))
}

/// The plain frame of public pages: no navigation, no account, light.
pub struct PublicPage {
    /// Texts in the visitor's language.
    pub t: T,
    /// Name of the organisation; empty before set-up.
    pub organisation: String,
}

impl PublicPage {
    /// A frame for a visitor.
    pub fn new(t: T, organisation: impl Into<String>) -> Self {
        Self { t, organisation: organisation.into() }
    }
    /// Address of an asset.
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }
    /// First letters of the organisation.
    pub fn house(&self) -> String {
        initials(&self.organisation)
    }
    /// An icon of the sprite.
    pub fn icon(&self, name: &str) -> askama::filters::Safe<String> {
        icon(name)
    }
    /// The other language.
    pub fn other(&self) -> Locale {
        if self.t.locale() == Locale::Fr { Locale::En } else { Locale::Fr }
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorView {
    page: Page,
    code: u16,
    title: String,
    detail: String,
    errors: Vec<String>,
}

#[derive(Template)]
#[template(path = "error_public.html")]
struct PublicErrorView {
    page: PublicPage,
    code: u16,
    title: String,
    detail: String,
    errors: Vec<String>,
}

/// The page that says what went wrong: inside the shell when somebody is signed in.
pub(crate) fn error_page(app: &App, me: Option<&SignedIn>, locale: Locale, error: &Error) -> Response {
    let t = me.map_or_else(|| app.texts(locale), SignedIn::t);
    let (_, title, detail) = crate::text::describe(error, t);
    let errors = match error {
        Error::Invalid(fields) => fields.iter().map(|f| t.message(&f.message)).collect(),
        _ => Vec::new(),
    };
    let code = crate::failure::status(error).as_u16();
    let rendered: Result<Response, crate::Failure> = match me {
        Some(me) => {
            let page = Page::new(app, me, &HeaderMap::new(), "").crumb(title.clone(), "");
            html(&ErrorView { page, code, title, detail, errors })
        }
        None => html(&PublicErrorView { page: PublicPage::new(t, ""), code, title, detail, errors }),
    };
    rendered.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// A CSV file to keep: with a byte-order mark, so that spreadsheets read accents.
pub fn csv_response(name: &str, body: String) -> Response {
    file_response(name, "text/csv; charset=utf-8", format!("\u{feff}{body}").into_bytes())
}

/// A file to keep.
pub fn file_response(name: &str, kind: &'static str, body: Vec<u8>) -> Response {
    let safe: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' }).collect();
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{safe}\""));
    let mut response = ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], body).into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("attachment")));
    response
}
