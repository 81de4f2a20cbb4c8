//! Errors in words.

use kernel::Error;
use kernel::texts::T;

/// Stable name, title and detail of an error, for a page or a problem document.
pub fn describe(error: &Error, t: T) -> (&'static str, String, String) {
    let (name, detail) = match error {
        Error::NotFound => ("not-found", t.get("kit-not-found-detail")),
        Error::NotSignedIn => ("not-signed-in", t.get("kit-not-signed-in-detail")),
        Error::Denied(permission) => {
            ("denied", t.one("kit-denied-detail", "permission", permission_in_words(t, permission)))
        }
        Error::Invalid(fields) => ("invalid", t.one("kit-invalid-detail", "n", fields.len())),
        Error::Refused(message) => ("refused", t.message(message)),
        Error::Stale(_) => ("stale", t.get("kit-stale-detail")),
        Error::TooMany(seconds) => {
            let wait = kernel::clock::SignedDuration::from_secs(i64::try_from(*seconds).unwrap_or(60));
            ("too-many", t.one("kit-too-many-detail", "wait", t.duration(wait)))
        }
        Error::Constraint { .. } => ("conflict", t.get("kit-conflict-detail")),
        Error::Conflict => ("busy", t.get("kit-busy-detail")),
        Error::Internal(_) => ("internal", t.get("kit-internal-detail")),
    };
    (name, t.get(title_key(name)), detail)
}

fn title_key(name: &str) -> &'static str {
    match name {
        "not-found" => "kit-not-found",
        "not-signed-in" => "kit-not-signed-in",
        "denied" => "kit-denied",
        "invalid" => "kit-invalid",
        "refused" => "kit-refused",
        "stale" => "kit-stale",
        "too-many" => "kit-too-many",
        "conflict" => "kit-conflict",
        "busy" => "kit-busy",
        _ => "kit-internal",
    }
}

/// A permission as a reader understands it.
pub fn permission_in_words(t: T, name: &str) -> String {
    t.get(&format!("permission-{}", name.replace('.', "-")))
}
