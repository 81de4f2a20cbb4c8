//! Errors in words.

use kernel::Error;
use kernel::texts::{Locale, T};

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

/// Somebody's words between quotation marks; marks within them become the inner ones of the reader's language.
pub fn quoted(t: &T, text: &str) -> String {
    t.one("kit-quoted", "text", nested(t.locale(), text))
}

fn nested(locale: Locale, text: &str) -> String {
    let (open, close) = match locale {
        Locale::Fr => ('“', '”'),
        Locale::En => ('‘', '’'),
    };
    let is_space = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}');
    let mut inner = String::with_capacity(text.len());
    let mut is_after_opening = false;
    for c in text.chars() {
        match c {
            '«' | '“' => inner.push(open),
            '»' => {
                inner.truncate(inner.trim_end_matches(is_space).len());
                inner.push(close);
            }
            '”' => inner.push(close),
            space if is_after_opening && is_space(space) => continue,
            other => inner.push(other),
        }
        is_after_opening = c == '«';
    }
    inner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_within_quoted_words_become_inner_ones() {
        let french = nested(Locale::Fr, "«\u{202f}Veuillez patienter…\u{202f}» Quatre fois.");
        assert_eq!(french, "“Veuillez patienter…” Quatre fois.");
        let english = nested(Locale::En, "They said “tomorrow” and « demain ».");
        assert_eq!(english, "They said ‘tomorrow’ and ‘demain’.");
        assert_eq!(nested(Locale::Fr, "Rien à dire"), "Rien à dire");
    }
}
