//! What is written in a day: numbers and names of months.

/// A number or a month by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Part {
    pub(super) value: u32,
    /// Digits.
    pub(super) len: u8,
    pub(super) is_name: bool,
}

impl Part {
    pub(super) fn year(self) -> u32 {
        if self.len <= 2 { super::full_year(self.value) } else { self.value }
    }
}

/// A day's text, taken apart.
pub(super) enum Parts {
    /// Six or eight digits in one.
    Compact {
        digits: u32,
        len: u8,
    },
    Three([Part; 3]),
}

/// Parts of a text; `None` where it holds a word that has no place in a day, or too few parts.
pub(super) fn of(text: &str) -> Option<Parts> {
    let mut parts = [Part::default(); 3];
    let mut count = 0;
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        rest = &rest[start..];
        let digits = rest.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
        if digits == 0 {
            let letters = rest.find(|letter: char| !letter.is_alphabetic()).unwrap_or(rest.len());
            let (word, after) = rest.split_at(letters);
            rest = after;
            match word_of(word)? {
                0 => continue,
                month => parts[count] = Part { value: month, len: 0, is_name: true },
            }
        } else {
            let (number, after) = rest.split_at(digits);
            // Seconds since an epoch, telephone numbers …
            if number.len() > 14 {
                return None;
            }
            rest = after;
            if count == 0 && number.len() >= 6 {
                return compact(number, after);
            }
            let value = if number.len() > 4 { return None } else { number.parse().ok()? };
            parts[count] = Part { value, len: number.len() as u8, is_name: false };
        }
        count += 1;
        if count == 3 {
            return may_follow(rest).then_some(Parts::Three(parts));
        }
    }
    None
}

/// What may stand after a day: nothing with a digit, or a time of day. Otherwise the day was a piece of a telephone number.
fn may_follow(rest: &str) -> bool {
    let has_digit = rest.bytes().any(|byte| byte.is_ascii_digit());
    !has_digit || rest.contains([':', 'h', 'H', 'T']) && rest.len() <= 40
}

/// Eight digits, or six; with the time after them, or the ".0" of a spreadsheet.
fn compact(number: &str, after: &str) -> Option<Parts> {
    let len = match number.len() {
        6 => 6,
        8 | 12 | 14 => 8,
        _ => return None,
    };
    let after = after.trim_start_matches([' ', 'T', '.', ',']);
    if !after.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'Z' | b'+' | b'-')) {
        return None;
    }
    Some(Parts::Compact { digits: number[..len].parse().ok()?, len: len as u8 })
}

/// Month of a name, 0 for a word that may stand in a day; `None` for others.
fn word_of(word: &str) -> Option<u32> {
    if word.len() > 12 {
        return None;
    }
    let folded = crate::normalise::fold(word);
    Some(match folded.as_str() {
        "jan" | "janv" | "janvier" | "january" => 1,
        "fev" | "fevr" | "fevrier" | "feb" | "february" => 2,
        "mar" | "mars" | "march" => 3,
        "avr" | "avril" | "apr" | "april" => 4,
        "mai" | "may" => 5,
        "jun" | "juin" | "june" => 6,
        "jul" | "juil" | "juillet" | "july" => 7,
        "aou" | "aout" | "aug" | "august" => 8,
        "sep" | "sept" | "septembre" | "september" => 9,
        "oct" | "octobre" | "october" => 10,
        "nov" | "novembre" | "november" => 11,
        "dec" | "decembre" | "december" => 12,
        "er" | "st" | "nd" | "rd" | "th" | "le" | "ne" | "nee" | "of" | "the" | "de" | "d" | "born"
        | "on" | "lundi" | "mardi" | "mercredi" | "jeudi" | "vendredi" | "samedi" | "dimanche" | "monday"
        | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday" | "mon" | "tue" | "wed"
        | "thu" | "fri" | "sat" | "sun" => 0,
        _ => return None,
    })
}
