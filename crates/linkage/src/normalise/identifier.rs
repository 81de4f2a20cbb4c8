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
    let folded = cell::folded(text);
    if missing::of_folded(&folded, false) {
        return None;
    }
    let mut plain = folded;
    plain.retain(|letter| letter != ' ');
    let mut plain = cell::cut(cell::refolded(plain));
    plain.make_ascii_uppercase();
    let first = plain.chars().next()?;
    let repeated = plain.len() > 2 && plain.chars().all(|letter| letter == first);
    (!repeated && plain != "0").then_some(plain)
}
