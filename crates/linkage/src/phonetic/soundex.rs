//! Soundex, American and French.

/// American Soundex of a name: its first letter and three digits for the consonants that follow; `None` without a letter.
///
/// H and W do not separate consonants of one class, vowels do. Accents go first, ligatures are spelt out, and other
/// characters do not count.
/// Source: rules of the United States National Archives, "Soundex System", after R. C. Russell's patent of 1918.
///
/// ```
/// use linkage::phonetic::soundex;
/// assert_eq!(soundex("Lefèvre"), Some("L116".to_owned()));
/// assert_eq!(soundex("42"), None);
/// ```
#[must_use]
pub fn soundex(name: &str) -> Option<String> {
    let letters = super::letters(name, |_| None);
    let (first, others) = letters.split_first()?;
    let mut last = american_class(*first);
    let mut code = Code::new(*first);
    for letter in others.iter().filter(|letter| !matches!(letter, b'H' | b'W')) {
        let class = american_class(*letter);
        if class != last {
            code.push(class);
        }
        last = class;
    }
    Some(code.finish())
}

/// French Soundex of a name: its first letter and three digits for the consonants that follow; `None` without a letter.
///
/// A consonant counts once when its class follows itself; the class of the first letter absorbs nothing. Ç counts as S and
/// Œ as E, then accents go.
/// Source: classes of F. Carlier's French adaptation, BP 1, CKQ 2, DT 3, L 4, MN 5, R 6, GJ 7, SXZ 8, FV 9.
///
/// ```
/// use linkage::phonetic::soundex_fr;
/// assert_eq!(soundex_fr("Rousseau"), Some("R800".to_owned()));
/// ```
#[must_use]
pub fn soundex_fr(name: &str) -> Option<String> {
    let letters = super::letters(name, |letter| match letter {
        'ç' | 'Ç' => Some(b'S'),
        'œ' | 'Œ' => Some(b'E'),
        _ => None,
    });
    let (first, others) = letters.split_first()?;
    let mut last = 0;
    let mut code = Code::new(*first);
    for letter in others {
        let class = french_class(*letter);
        if class != last {
            code.push(class);
        }
        last = class;
    }
    Some(code.finish())
}

/// A letter and up to three digits.
struct Code {
    text: [u8; 4],
    len: usize,
}

impl Code {
    fn new(first: u8) -> Self {
        Self { text: [first, b'0', b'0', b'0'], len: 1 }
    }

    /// Class 0 has no digit; a fourth digit is one too many.
    fn push(&mut self, class: u8) {
        if class == 0 || self.len == self.text.len() {
            return;
        }
        self.text[self.len] = b'0' + class;
        self.len += 1;
    }

    fn finish(&self) -> String {
        self.text.iter().map(|byte| char::from(*byte)).collect()
    }
}

fn american_class(letter: u8) -> u8 {
    match letter {
        b'B' | b'F' | b'P' | b'V' => 1,
        b'C' | b'G' | b'J' | b'K' | b'Q' | b'S' | b'X' | b'Z' => 2,
        b'D' | b'T' => 3,
        b'L' => 4,
        b'M' | b'N' => 5,
        b'R' => 6,
        _ => 0,
    }
}

fn french_class(letter: u8) -> u8 {
    match letter {
        b'B' | b'P' => 1,
        b'C' | b'K' | b'Q' => 2,
        b'D' | b'T' => 3,
        b'L' => 4,
        b'M' | b'N' => 5,
        b'R' => 6,
        b'G' | b'J' => 7,
        b'S' | b'X' | b'Z' => 8,
        b'F' | b'V' => 9,
        _ => 0,
    }
}
