//! Telephone numbers.

use super::{Country, cell};

mod home;
mod plan;

pub(crate) use home::home;
pub(crate) use plan::KNOWN as KNOWN_PLANS;
use plan::Plan;

/// Telephone number as E.164 has it ("+33612345678"): written nationally, with + or with 00; blanks and punctuation off,
/// "(0)" after the country's code off, what follows the number ("poste 12", "ext. 3", a second number) off. French
/// overseas numbers get their own code ("0692…" is "+262692…"). `home` says what a national number means; where the
/// country's plan is not known here (known: France, Belgium, Switzerland, Germany, Spain, Italy, Luxembourg,
/// Netherlands, Portugal, Poland, Austria, United Kingdom, United States, Canada) it stays as digits. `None` for numbers that cannot exist and for placeholders
/// (0600000000, 1111111111).
///
/// ```
/// use linkage::normalise::{Country, phone};
/// assert_eq!(phone("06 12 34 56 78", Country::FRANCE).as_deref(), Some("+33612345678"));
/// assert_eq!(phone("+33 (0)6.12.34.56.78", Country::FRANCE).as_deref(), Some("+33612345678"));
/// assert_eq!(phone("0600000000", Country::FRANCE), None);
/// ```
#[must_use]
pub fn phone(text: &str, home: Country) -> Option<String> {
    let digits = Digits::read(cell::trimmed(text))?;
    let (all, plan) = (digits.text(), Plan::of(home));
    if let Some(international) = digits.international(home) {
        return finish(&international);
    }
    let Some(plan) = plan else {
        return (all.len() >= 6 && !is_placeholder(all)).then(|| all.to_owned());
    };
    plan.national(all).and_then(|(code, number)| checked(code, number)).or_else(|| {
        // "33612345678": the plus sign got lost.
        all.strip_prefix(plan.code).filter(|rest| rest.len() >= plan.least).and_then(|_| finish(all))
    })
}

/// Digits of a number; no number has more than 15, with a few in front.
struct Digits {
    bytes: [u8; 20],
    len: usize,
    plus: bool,
}

impl Digits {
    fn read(text: &str) -> Option<Self> {
        let mut digits = Self { bytes: [0; 20], len: 0, plus: false };
        let text = text.strip_suffix(".0").unwrap_or(text);
        for letter in text.chars() {
            if letter.is_ascii_digit() {
                *digits.bytes.get_mut(digits.len)? = letter as u8;
                digits.len += 1;
            } else if letter == '+' && digits.len == 0 {
                digits.plus = true;
            } else if digits.len >= 6 && ends_number(letter, digits.len) {
                break;
            } else if digits.len > 0 && letter.is_alphabetic() {
                return None;
            }
        }
        (digits.len >= 6).then_some(digits)
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }

    /// Digits from the country's code on, if the number is written with it.
    fn international(&self, home: Country) -> Option<String> {
        let all = self.text();
        if self.plus {
            return Some(all.strip_prefix("00").unwrap_or(all).to_owned());
        }
        let america = home == Country::UNITED_STATES || home == Country::CANADA;
        let rest = all.strip_prefix("00").or_else(|| america.then(|| all.strip_prefix("011")).flatten())?;
        // Nine or more: "00612345678" is a national number with a zero too many.
        (rest.len() >= 9 && !rest.starts_with('0')).then(|| rest.to_owned())
    }
}

/// What is written after a whole number: an extension, another number.
fn ends_number(letter: char, digits: usize) -> bool {
    letter.is_alphabetic()
        || matches!(letter, '#' | ';' | '*')
        || digits >= 9 && matches!(letter, '/' | ',' | '+')
}

/// Checks digits that begin with a country's code, by its plan where it is known.
fn finish(digits: &str) -> Option<String> {
    let (code, number) = digits.split_at_checked(plan::code_length(digits))?;
    let Some(plan) = Plan::of_code(code) else { return checked(code, number) };
    // "+33 (0)6 …": the zero is dialled within the country only.
    let (code, number) = plan.international(number)?;
    checked(code, number)
}

fn checked(code: &str, number: &str) -> Option<String> {
    let len = code.len() + number.len();
    let possible = (8..=15).contains(&len) && number.len() >= 4 && !code.starts_with('0');
    (possible && !is_placeholder(number)).then(|| ["+", code, number].concat())
}

/// One digit over and over, the first aside (600000000), or 123456789 …
fn is_placeholder(number: &str) -> bool {
    let number = number.trim_start_matches('0').as_bytes();
    let Some((_, rest)) = number.split_first() else { return true };
    let same = |digits: &[u8]| digits.iter().all(|digit| *digit == digits[0]);
    rest.len() < 4 || same(rest) && matches!(rest[0], b'0' | b'9') || same(number)
}

#[cfg(test)]
mod tests {
    use super::{Country, phone};

    fn french(text: &str) -> Option<String> {
        phone(text, Country::FRANCE)
    }

    #[test]
    fn french_numbers_have_one_spelling() {
        for text in [
            "0612345678",
            "06 12 34 56 78",
            "06.12.34.56.78",
            "06-12-34-56-78",
            "+33612345678",
            "+33 6 12 34 56 78",
            "+33 (0)6 12 34 56 78",
            "0033612345678",
            "0033 (0)6 12 34 56 78",
            "33612345678",
            "612345678",
            "612345678.0",
            "Tél : 06 12 34 56 78",
            "06 12 34 56 78 poste 12",
            "0612345678 / 0145678901",
            "(+33) 6 12 34 56 78",
        ] {
            assert_eq!(french(text).as_deref(), Some("+33612345678"), "{text}");
        }
    }

    #[test]
    fn overseas_numbers_have_their_own_code() {
        for (text, expected) in [
            ("0262 12 34 56", "+262262123456"),
            ("0692123456", "+262692123456"),
            ("0590123456", "+590590123456"),
            ("0594123456", "+594594123456"),
            ("0696123456", "+596696123456"),
            ("+33 692 12 34 56", "+262692123456"),
            ("+262 692 12 34 56", "+262692123456"),
            ("+262 (0)692 12 34 56", "+262692123456"),
        ] {
            assert_eq!(french(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn numbers_of_neighbours_follow_their_plan() {
        for (text, home, expected) in [
            ("020 7946 0958", Country::UNITED_KINGDOM, "+442079460958"),
            ("0475 12 34 56", Country::BELGIUM, "+32475123456"),
            ("02 512 34 56", Country::BELGIUM, "+3225123456"),
            ("079 123 45 67", Country::SWITZERLAND, "+41791234567"),
            ("030/1234567", Country::GERMANY, "+49301234567"),
            ("612 34 56 78", Country::SPAIN, "+34612345678"),
            ("06-12345678", Country::NETHERLANDS, "+31612345678"),
            ("(351) 921 479 607", Country::PORTUGAL, "+351921479607"),
            ("601 494 483", Country::POLAND, "+48601494483"),
            ("0664 1234567", Country::AUSTRIA, "+436641234567"),
            ("06 1234 5678", Country::ITALY, "+390612345678"),
            ("621 123 456", Country::LUXEMBOURG, "+352621123456"),
            ("(415) 555-2671", Country::UNITED_STATES, "+14155552671"),
            ("1-514-555-2671 x12", Country::CANADA, "+15145552671"),
            ("+44 (0)20 7946 0958", Country::FRANCE, "+442079460958"),
            ("+212 6 12 34 56 78", Country::FRANCE, "+212612345678"),
            ("011 33 6 12 34 56 78", Country::UNITED_STATES, "+33612345678"),
        ] {
            assert_eq!(phone(text, home).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn impossible_numbers_and_placeholders_are_nothing() {
        for text in [
            "",
            "n/a",
            "0000000000",
            "0600000000",
            "1111111111",
            "0999999999",
            "06 12 34",
            "061234567890",
            "12345",
            "3615",
            "+33 12",
            "06123a45678",
            "+999999999999999999999",
        ] {
            assert_eq!(french(text), None, "{text}");
        }
        assert_eq!(phone("123-456-7890", Country::UNITED_STATES), None);
    }
}
