//! Text made comparable, for finding what somebody typed.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, no accents, ligatures opened, one space between words: "Réglages  Œuvre" is "reglages oeuvre".
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            '’' => out.push('\''),
            c if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether a reader sees anything of a text: neither spaces nor signs without a shape, such as those that turn the
/// direction of writing, show something.
pub fn shows_something(text: &str) -> bool {
    let is_shapeless = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || is_combining_mark(c)
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}')
            || matches!(c, '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
            || matches!(c, '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}')
            || matches!(c, '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
    };
    !text.chars().all(is_shapeless)
}

#[cfg(test)]
mod tests {
    use super::{fold, shows_something};

    #[test]
    fn accents_case_ligatures_and_spaces_do_not_matter() {
        assert_eq!(fold("  Réglages\u{202f}de l’Œuvre "), "reglages de l'oeuvre");
        assert_eq!(fold("STRASSE"), fold("straße"));
    }

    #[test]
    fn signs_without_a_shape_show_nothing() {
        for text in ["", " \t", "\u{200b}\u{202e}", "\u{feff}\u{a0}\u{3164}"] {
            assert!(!shows_something(text), "{text:?}");
        }
        for text in ["a", "!", "\u{200b}é", "🐟", "ـ"] {
            assert!(shows_something(text), "{text:?}");
        }
    }
}
