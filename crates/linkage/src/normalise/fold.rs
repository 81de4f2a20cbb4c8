//! One spelling for letters that only differ by case, accents or script variants.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Text in lower case without accents or punctuation, its words separated by one space: see [`fold_into`].
///
/// ```
/// use linkage::normalise::fold;
/// assert_eq!(fold("  L'Œuvre d'Éloïse-Zoé  "), "l oeuvre d eloise zoe");
/// assert_eq!(fold("Straße"), "strasse");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::new();
    fold_into(text, &mut folded);
    folded
}

/// Appends `text` to `folded`: compatibility forms are unified (Unicode NFKC), letters in lower case, accents off,
/// ligatures and barred letters spelt in plain ones (œ, æ, ß, ø, ł, đ, ı …); whatever is neither letter nor digit separates
/// words, and words are separated by one space. Other scripts keep their letters and vowel signs. Characters without a
/// shape (controls, zero-width and direction marks, soft hyphen) vanish. Folding twice changes nothing more.
pub fn fold_into(text: &str, folded: &mut String) {
    let mut words = Words { start: folded.len(), out: folded, gap: false };
    let mut rest = text;
    while !rest.is_empty() {
        let plain = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        let (ascii, others) = rest.split_at(plain);
        words.ascii(ascii);
        let foreign = others.bytes().position(|byte| byte.is_ascii()).unwrap_or(others.len());
        let (others, after) = others.split_at(foreign);
        words.others(others);
        rest = after;
    }
}

/// Words written so far.
struct Words<'a> {
    out: &'a mut String,
    start: usize,
    /// A separator was met since the last letter.
    gap: bool,
}

impl Words<'_> {
    fn ascii(&mut self, text: &str) {
        for byte in text.bytes() {
            match byte {
                b'a'..=b'z' | b'0'..=b'9' => self.push(char::from(byte)),
                b'A'..=b'Z' => self.push(char::from(byte | 0x20)),
                // Control characters have no shape, except those that move to another place.
                0..=8 | 14..=31 | 127 => {}
                _ => self.gap = true,
            }
        }
    }

    /// A run without ASCII: letters of Western languages by table, the rest by Unicode's.
    fn others(&mut self, text: &str) {
        if text.chars().all(|letter| western(letter).is_some()) {
            for spelt in text.chars().filter_map(western) {
                self.ascii(spelt);
            }
            return;
        }
        let decomposed = text.chars().filter(|c| !is_accent(*c)).nfkd().flat_map(char::to_lowercase);
        for letter in decomposed.filter(|c| !is_accent(*c)).nfc() {
            self.other(letter);
        }
    }

    fn other(&mut self, letter: char) {
        if letter.is_ascii() {
            return self.ascii(letter.encode_utf8(&mut [0; 4]));
        }
        if let Some(spelt) = western(letter) {
            return self.ascii(spelt);
        }
        if is_shapeless(letter) {
            return;
        }
        let is_modifier = matches!(letter, '\u{2b0}'..='\u{2ff}');
        if !is_modifier && (letter.is_alphanumeric() || is_combining_mark(letter)) {
            self.push(letter);
        } else {
            self.gap = true;
        }
    }

    fn push(&mut self, letter: char) {
        if std::mem::take(&mut self.gap) && self.out.len() > self.start {
            self.out.push(' ');
        }
        self.out.push(letter);
    }
}

/// Accents and other marks put on letters of alphabets; vowel signs of Indian or Semitic scripts are not among them.
fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Characters that show nothing by themselves: Unicode's default ignorable ones and controls.
fn is_shapeless(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}' | '\u{115f}' | '\u{1160}' | '\u{34f}'
            | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}')
}

/// Spelling in plain letters of Western European letters, and of those that Unicode does not decompose.
#[rustfmt::skip]
pub(crate) fn western(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' => "a",
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'Ì' | 'Í' | 'Î' | 'Ï' | 'ı' | 'İ' => "i",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' | 'Ø' => "o",
        'ù' | 'ú' | 'û' | 'ü' | 'Ù' | 'Ú' | 'Û' | 'Ü' => "u",
        'ý' | 'ÿ' | 'Ý' | 'Ÿ' => "y",
        'ç' | 'Ç' => "c",
        'ñ' | 'Ñ' | 'ŉ' => "n",
        'œ' | 'Œ' => "oe",
        'æ' | 'Æ' => "ae",
        'ß' | 'ẞ' => "ss",
        'þ' | 'Þ' => "th",
        'ð' | 'Ð' | 'đ' | 'Đ' => "d",
        'ł' | 'Ł' => "l",
        'ħ' | 'Ħ' => "h",
        'ŧ' | 'Ŧ' => "t",
        'ŋ' | 'Ŋ' => "ng",
        'ĸ' => "k",
        'ə' | 'Ə' => "e",
        '’' | '‘' | '–' | '—' | '\u{a0}' | '°' | '«' | '»' | '…' | '·' => " ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::fold;

    #[test]
    fn letters_are_spelt_plainly() {
        assert_eq!(
            fold("ŒUVRE Æther STRASSE straße Łódź Đorđe Søren İstanbul ısı"),
            "oeuvre aether strasse strasse lodz dorde soren istanbul isi"
        );
        assert_eq!(fold("Jean‑Pierre d’Ormesson"), "jean pierre d ormesson");
        assert_eq!(fold("e\u{301}lodie ﬁn Ⅷ ｆｕｌｌ"), "elodie fin viii full");
    }

    #[test]
    fn other_scripts_stay() {
        assert_eq!(fold("ΑΘΉΝΑ Ёлка 山田　太郎 한국"), "αθηνα елка 山田 太郎 한국");
        assert_eq!(fold("हिन्दी"), "हिन्दी");
    }

    #[test]
    fn what_has_no_shape_vanishes_and_what_is_no_letter_separates() {
        assert_eq!(fold("\u{feff}Du\u{ad}pont\0\u{200b}  😀 \u{202e}Jean"), "dupont jean");
        assert_eq!(fold("-- \t\r\n'"), "");
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in any::<String>(), marks in "[a-zÀ-ÿ\u{300}-\u{330}\u{900}-\u{97f}\u{1100}-\u{11ff}\u{3040}-\u{30ff}]{0,12}") {
            for text in [text, marks] {
                let once = fold(&text);
                prop_assert_eq!(fold(&once), once.clone(), "{:?}", text);
                prop_assert!(!once.starts_with(' ') && !once.ends_with(' ') && !once.contains("  "));
            }
        }
    }
}
