//! Reading single fields, and gathering what is wrong with a form so that all of it is said at once.

use kernel::{Error, FieldError, Message, Result};

/// A form that holds only its anti-forgery token: a button.
#[derive(serde::Deserialize)]
pub(crate) struct Nothing {}

/// What is wrong with a form.
#[derive(Default)]
pub(crate) struct Wrong(Vec<FieldError>);

impl Wrong {
    /// The value, or nothing and one more thing that is wrong.
    pub(crate) fn take<V>(&mut self, outcome: std::result::Result<V, FieldError>) -> Option<V> {
        outcome.map_err(|error| self.0.push(error)).ok()
    }

    /// Adds an error.
    pub(crate) fn add(&mut self, error: FieldError) {
        self.0.push(error);
    }

    /// The error that tells all of it.
    pub(crate) fn error(self) -> Error {
        Error::Invalid(self.0)
    }

    /// Goes on when nothing is wrong.
    pub(crate) fn check(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(self.error()) }
    }
}

/// A line of text that must be there, `most` characters at most, without control characters.
pub(crate) fn line(field: &'static str, text: &str, most: usize) -> std::result::Result<String, FieldError> {
    let clean = optional_line(field, text, most)?;
    if clean.is_empty() {
        return Err(FieldError::new(field, Message::new("admin-error-required").with("field", field)));
    }
    Ok(clean)
}

/// A line of text that may be empty.
pub(crate) fn optional_line(
    field: &'static str,
    text: &str,
    most: usize,
) -> std::result::Result<String, FieldError> {
    // Control characters show nothing and some stores refuse them: they come from pasting, not from typing.
    let visible: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let clean = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    if clean.chars().count() > most {
        return Err(FieldError::new(field, Message::new("admin-error-too-long").with("most", most)));
    }
    Ok(clean)
}

/// An e-mail address, in lower case. Only what no address can lack is asked for: who owns it is proved by the
/// invitation that reaches it.
pub(crate) fn email(field: &'static str, text: &str) -> std::result::Result<String, FieldError> {
    let clean = text.trim().to_lowercase();
    let shaped = clean.split_once('@').is_some_and(|(who, place)| {
        !who.is_empty()
            && !place.is_empty()
            && !place.contains('@')
            && !place.starts_with('.')
            && !place.ends_with('.')
    });
    let printable = clean.chars().all(|c| !c.is_control() && !c.is_whitespace());
    if shaped && printable && clean.len() <= 254 {
        return Ok(clean);
    }
    Err(FieldError::new(field, "admin-error-email"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_loses_control_characters_and_double_spaces() {
        assert_eq!(line("name", " Le\u{0}  Port\n", 20).unwrap(), "Le Port");
        assert!(line("name", " \u{0} ", 20).is_err());
        assert!(line("name", "éééé", 3).is_err());
    }

    #[test]
    fn an_address_needs_someone_and_a_place() {
        assert_eq!(email("email", " Lise.Armel@Exemple.FR ").unwrap(), "lise.armel@exemple.fr");
        for bad in
            ["", "lise", "@exemple.fr", "lise@", "a@b@c", "a b@c.fr", "lise@.fr", "lise@fr.", "l\u{0}@c.fr"]
        {
            assert!(email("email", bad).is_err(), "{bad}");
        }
    }
}
