//! Numbers given by somebody: customer, account, social security, registration.

use super::{cell, missing};

/// Identifier: letters and digits in upper case, without spaces, dots or hyphens ("fr 123-456" is "FR123456"). `None` for
/// placeholders, and for one character over and over (00000).
///
/// ```
/// use linkage::normalise::identifier;
/// assert_eq!(identifier("fr 123-456").as_deref(), Some("FR123456"));
/// assert_eq!(identifier("000000"), None);
/// ```
#[must_use]
pub fn identifier(text: &str) -> Option<String> {
    let text = cell::trimmed(text);
    let plain = if text.is_ascii() { of_ascii(text) } else { None }.or_else(|| of_any(text))?;
    let first = plain.chars().next()?;
    let repeated = plain.len() > 2 && plain.chars().all(|letter| letter == first);
    (!repeated && plain != "0").then_some(plain)
}

/// ASCII with a digit, which is no placeholder.
fn of_ascii(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut has_digit = false;
    for byte in text.bytes().filter(u8::is_ascii_alphanumeric) {
        has_digit |= byte.is_ascii_digit();
        plain.push(char::from(byte.to_ascii_uppercase()));
    }
    has_digit.then_some(plain)
}

fn of_any(text: &str) -> Option<String> {
    let folded = cell::folded(text);
    if missing::of_folded(&folded, false) {
        return None;
    }
    let mut plain = folded;
    plain.retain(|letter| letter != ' ');
    let mut plain = cell::cut(cell::refolded(plain));
    if missing::of_folded(&plain, false) {
        return None;
    }
    plain.make_ascii_uppercase();
    Some(plain)
}
