//! Numbering plans of a few countries.
//!
//! Sources: ITU-T E.164 and its list of assigned country codes; ARCEP (France), Ofcom, BIPT, BAKOM, BNetzA, CNMC, AGCOM,
//! ILR, ACM, ANACOM, UKE, RTR and NANPA for lengths and prefixes.

use super::Country;

/// How a country's numbers are written.
pub(super) struct Plan {
    /// Country's code.
    pub(super) code: &'static str,
    /// Digit dialled before a number within the country and dropped after its code.
    trunk: Option<char>,
    /// Digits after the code, or after the trunk digit.
    pub(super) least: usize,
    most: usize,
    /// Digits a number may begin with.
    first: &'static str,
}

const FRANCE: Plan = Plan { code: "33", trunk: Some('0'), least: 9, most: 9, first: "123456789" };
const UNITED_KINGDOM: Plan = Plan { code: "44", trunk: Some('0'), least: 9, most: 10, first: "1235789" };
const BELGIUM: Plan = Plan { code: "32", trunk: Some('0'), least: 8, most: 9, first: "123456789" };
const SWITZERLAND: Plan = Plan { code: "41", trunk: Some('0'), least: 9, most: 9, first: "23456789" };
const GERMANY: Plan = Plan { code: "49", trunk: Some('0'), least: 6, most: 11, first: "123456789" };
const SPAIN: Plan = Plan { code: "34", trunk: None, least: 9, most: 9, first: "6789" };
const ITALY: Plan = Plan { code: "39", trunk: None, least: 6, most: 11, first: "0123456789" };
const LUXEMBOURG: Plan = Plan { code: "352", trunk: None, least: 6, most: 9, first: "23456789" };
const NETHERLANDS: Plan = Plan { code: "31", trunk: Some('0'), least: 9, most: 9, first: "123456789" };
const PORTUGAL: Plan = Plan { code: "351", trunk: None, least: 9, most: 9, first: "236789" };
const POLAND: Plan = Plan { code: "48", trunk: None, least: 9, most: 9, first: "123456789" };
const AUSTRIA: Plan = Plan { code: "43", trunk: Some('0'), least: 6, most: 13, first: "123456789" };
const AMERICA: Plan = Plan { code: "1", trunk: Some('1'), least: 10, most: 10, first: "23456789" };

/// Codes of the French overseas departments; numbers of nine digits after them, as in France.
const OVERSEAS: [&str; 4] = ["262", "590", "594", "596"];

/// Countries whose plans are known, the likeliest of two that a number fits first.
pub(crate) const KNOWN: [Country; 14] = [
    Country::FRANCE,
    Country::UNITED_KINGDOM,
    Country::UNITED_STATES,
    Country::BELGIUM,
    Country::SWITZERLAND,
    Country::SPAIN,
    Country::GERMANY,
    Country::ITALY,
    Country::NETHERLANDS,
    Country::PORTUGAL,
    Country::POLAND,
    Country::LUXEMBOURG,
    Country::AUSTRIA,
    Country::CANADA,
];

impl Plan {
    /// Plan of a country, if known here.
    pub(super) fn of(country: Country) -> Option<&'static Self> {
        Some(match country {
            Country::FRANCE => &FRANCE,
            Country::UNITED_KINGDOM => &UNITED_KINGDOM,
            Country::BELGIUM => &BELGIUM,
            Country::SWITZERLAND => &SWITZERLAND,
            Country::GERMANY => &GERMANY,
            Country::SPAIN => &SPAIN,
            Country::ITALY => &ITALY,
            Country::LUXEMBOURG => &LUXEMBOURG,
            Country::NETHERLANDS => &NETHERLANDS,
            Country::PORTUGAL => &PORTUGAL,
            Country::POLAND => &POLAND,
            Country::AUSTRIA => &AUSTRIA,
            Country::UNITED_STATES | Country::CANADA => &AMERICA,
            _ => return None,
        })
    }

    /// Plan of a country's code, if known here; overseas France counts as France.
    pub(super) fn of_code(code: &str) -> Option<&'static Self> {
        if OVERSEAS.contains(&code) {
            return Some(&FRANCE);
        }
        KNOWN.into_iter().filter_map(Self::of).find(|plan| plan.code == code)
    }

    /// Whether people of the country write a number so among themselves, the digit for the trunk and all: what tells the
    /// country of a column, where the length alone would let nearly anything pass.
    pub(super) fn is_usual(&self, digits: &str) -> bool {
        let (first, second) = (digits.as_bytes().first(), digits.as_bytes().get(1));
        let trunk = |least: u8| first == Some(&b'0') && second.is_some_and(|digit| *digit >= least);
        let mobile =
            |of: &[u8]| second.zip(digits.as_bytes().get(2)).is_some_and(|(one, two)| of == [*one, *two]);
        match (self.code, digits.len()) {
            ("33" | "31", 10) | ("44", 11) => trunk(b'1'),
            ("41", 10) => trunk(b'2'),
            ("32", 9) => trunk(b'1') && !(5..=9).any(|digit| mobile(&[b'4', b'0' + digit])),
            ("32", 10) => trunk(b'1') && (5..=9).any(|digit| mobile(&[b'4', b'0' + digit])),
            ("49", 9..=12) => trunk(b'2') || (5..=7).any(|digit| mobile(&[b'1', b'0' + digit])),
            ("43", 9..=13) => trunk(b'1'),
            ("39", 8..=11) => first == Some(&b'0') || first == Some(&b'3') && digits.len() == 10,
            ("352", 6 | 8) => first.is_some_and(|digit| *digit >= b'2'),
            ("352", 9) => first == Some(&b'6'),
            ("34" | "351" | "48", 9) | ("1", 10 | 11) => self.national(digits).is_some(),
            _ => false,
        }
    }

    /// A number written nationally: code and number after it. The trunk digit may be missing: spreadsheets drop zeros.
    pub(super) fn national<'a>(&self, digits: &'a str) -> Option<(&'static str, &'a str)> {
        let number = self.trunk.and_then(|trunk| digits.strip_prefix(trunk)).unwrap_or(digits);
        // "00612345678" has a zero too many.
        let number =
            if self.code == FRANCE.code { number.strip_prefix('0').unwrap_or(number) } else { number };
        self.number(number)
    }

    /// A number written after the country's code, with or without the trunk digit.
    pub(super) fn international<'a>(&self, number: &'a str) -> Option<(&'static str, &'a str)> {
        let zero = self.trunk.filter(|trunk| *trunk == '0').and_then(|trunk| number.strip_prefix(trunk));
        self.number(zero.unwrap_or(number))
    }

    fn number<'a>(&self, number: &'a str) -> Option<(&'static str, &'a str)> {
        let right_length = (self.least..=self.most).contains(&number.len());
        if !right_length || !number.starts_with(|first| self.first.contains(first)) {
            return None;
        }
        // America: the exchange does not begin with 0 or 1 either.
        if self.code == AMERICA.code && matches!(number.as_bytes()[3], b'0' | b'1') {
            return None;
        }
        let code = if self.code == FRANCE.code { french_code(number) } else { self.code };
        Some((code, number))
    }
}

/// Code of a French number of nine digits: that of its department overseas (Réunion and Mayotte, Guadeloupe, Guiana,
/// Martinique).
fn french_code(number: &str) -> &'static str {
    match number.as_bytes() {
        [b'2', b'6', b'2' | b'3' | b'9', ..] | [b'6', b'9', b'2' | b'3', ..] | [b'6', b'3', b'9', ..] => {
            "262"
        }
        [b'5', b'9', b'0', ..] | [b'6', b'9', b'0' | b'1', ..] => "590",
        [b'5', b'9', b'4', ..] | [b'6', b'9', b'4', ..] => "594",
        [b'5', b'9', b'6', ..] | [b'6', b'9', b'6' | b'7', ..] => "596",
        _ => FRANCE.code,
    }
}

/// Digits of the country's code at the beginning.
pub(super) fn code_length(digits: &str) -> usize {
    match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        [b'2', b'0' | b'7', ..] | [b'3', b'0'..=b'4' | b'6' | b'9', ..] => 2,
        [b'4', b'0' | b'1' | b'3'..=b'9', ..] | [b'5', b'1'..=b'8', ..] | [b'6', b'0'..=b'6', ..] => 2,
        [b'8', b'1' | b'2' | b'4' | b'6', ..] | [b'9', b'0'..=b'5' | b'8', ..] => 2,
        _ => 3,
    }
}
