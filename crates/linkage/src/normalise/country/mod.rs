//! Countries.

mod table;

use self::table::{CODES, NAMES};
use super::cell;

/// A country, by its ISO 3166-1 code of two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Country([u8; 2]);

impl Country {
    /// Austria.
    pub const AUSTRIA: Self = Self(*b"AT");
    /// Belgium.
    pub const BELGIUM: Self = Self(*b"BE");
    /// Canada.
    pub const CANADA: Self = Self(*b"CA");
    /// France with its overseas departments.
    pub const FRANCE: Self = Self(*b"FR");
    /// Germany.
    pub const GERMANY: Self = Self(*b"DE");
    /// Italy.
    pub const ITALY: Self = Self(*b"IT");
    /// Luxembourg.
    pub const LUXEMBOURG: Self = Self(*b"LU");
    /// Netherlands.
    pub const NETHERLANDS: Self = Self(*b"NL");
    /// Poland.
    pub const POLAND: Self = Self(*b"PL");
    /// Portugal.
    pub const PORTUGAL: Self = Self(*b"PT");
    /// Spain.
    pub const SPAIN: Self = Self(*b"ES");
    /// Switzerland.
    pub const SWITZERLAND: Self = Self(*b"CH");
    /// United Kingdom.
    pub const UNITED_KINGDOM: Self = Self(*b"GB");
    /// United States.
    pub const UNITED_STATES: Self = Self(*b"US");

    /// Country of a code of two letters, in any case; `None` for what is no code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let [first, second] = code.as_bytes() else { return None };
        let code = [first.to_ascii_uppercase(), second.to_ascii_uppercase()];
        CODES.binary_search_by(|known| known.as_bytes().cmp(&code)).ok()?;
        Some(Self(code))
    }

    /// Code of two letters, in upper case.
    #[must_use]
    pub fn code(self) -> [char; 2] {
        self.0.map(char::from)
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.to_string()
    }
}

impl TryFrom<String> for Country {
    type Error = UnknownCountry;

    fn try_from(code: String) -> Result<Self, UnknownCountry> {
        Self::from_code(&code).ok_or(UnknownCountry)
    }
}

/// No ISO 3166-1 code of two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no code of a country")]
pub struct UnknownCountry;

impl std::fmt::Display for Country {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.code().iter().try_for_each(|letter| write!(f, "{letter}"))
    }
}

/// Country of a code or of a name in French or English, case, accents and article aside; `None` for what is neither.
///
/// ```
/// use linkage::normalise::{Country, country};
/// assert_eq!(country("Royaume-Uni"), Some(Country::UNITED_KINGDOM));
/// assert_eq!(country("uk"), Some(Country::UNITED_KINGDOM));
/// assert_eq!(country("Narnia"), None);
/// ```
#[must_use]
pub fn country(text: &str) -> Option<Country> {
    let folded = cell::folded(text);
    let name = ["la ", "le ", "les ", "l ", "the "]
        .iter()
        .find_map(|article| folded.strip_prefix(article))
        .unwrap_or(&folded);
    let named = |name: &str| NAMES.binary_search_by_key(&name, |(known, _)| known).ok().map(|at| NAMES[at].1);
    let code = named(&folded).or_else(|| named(name)).unwrap_or(&folded);
    Country::from_code(code)
}

#[cfg(test)]
mod tests {
    use super::{CODES, Country, NAMES, country};

    #[test]
    fn names_are_in_order_and_folded_and_have_a_code() {
        assert!(CODES.is_sorted() && NAMES.is_sorted());
        for (name, code) in NAMES {
            assert_eq!(crate::normalise::fold(name), *name);
            assert_eq!(country(name).map(|found| found.to_string()).as_deref(), Some(*code), "{name}");
        }
    }

    #[test]
    fn countries_are_known_in_both_languages() {
        for (text, expected) in [
            ("FRANCE", Country::FRANCE),
            ("fr", Country::FRANCE),
            ("Allemagne", Country::GERMANY),
            ("États-Unis", Country::UNITED_STATES),
            ("U.S.A.", Country::UNITED_STATES),
            ("La Suisse", Country::SWITZERLAND),
            ("England", Country::UNITED_KINGDOM),
        ] {
            assert_eq!(country(text), Some(expected), "{text}");
        }
        assert_eq!(country("na"), Country::from_code("NA"));
        assert_eq!(country("zz"), None);
        assert_eq!(country(""), None);
    }
}
