//! French spacing, applied once when texts are read, so that translators type ordinary spaces.

use std::borrow::Cow;

/// Narrow no-break space: before `; ! ? %` and the euro sign, inside guillemets.
pub(super) const NARROW: char = '\u{202f}';
/// No-break space: before a colon.
pub(super) const WIDE: char = '\u{a0}';

/// Replaces the ordinary spaces of `text` where French typography wants them unbreakable.
pub(super) fn french(text: &str) -> Cow<'_, str> {
    if !text.contains(' ') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut characters = text.chars().peekable();
    let mut previous = '\n';
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        out.push(match (previous, character, next) {
            (before, ' ', Some(';' | '!' | '?' | '%' | '€' | '»')) if before != ' ' => NARROW,
            ('«', ' ', _) => NARROW,
            (before, ' ', Some(':')) if before != ' ' => WIDE,
            _ => character,
        });
        previous = character;
    }
    Cow::Owned(out)
}
