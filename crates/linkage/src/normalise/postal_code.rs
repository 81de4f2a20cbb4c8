//! Postal codes.

use super::{Country, cell};

/// Postal code in upper case without blanks or hyphens. In France a code of four digits has lost its leading zero in a
/// spreadsheet and gets it back, and "F-75001" is "75001". `None` for placeholders (00000, 99999), for what no postal code
/// looks like (no digit, above ten characters) and, in France, for anything but five digits unless it is a code of another
/// country.
///
/// ```
/// use linkage::normalise::{Country, postal_code};
/// assert_eq!(postal_code("1000", Country::FRANCE).as_deref(), Some("01000"));
/// assert_eq!(postal_code("sw1a 1aa", Country::UNITED_KINGDOM).as_deref(), Some("SW1A1AA"));
/// ```
#[must_use]
pub fn postal_code(text: &str, home: Country) -> Option<String> {
    const LONGEST: usize = 10;
    let text = cell::trimmed(text);
    // Spreadsheets turn codes into numbers: 75001.0.
    let text = text.strip_suffix(".0").or_else(|| text.strip_suffix(",0")).unwrap_or(text);
    let mut code = String::with_capacity(LONGEST);
    for letter in text.chars() {
        if !letter.is_alphanumeric() {
            continue;
        }
        if !letter.is_ascii() || code.len() == LONGEST {
            return None;
        }
        code.push(letter.to_ascii_uppercase());
    }
    let digits = code.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 {
        return None;
    }
    if home == Country::FRANCE {
        code = french(code)?;
    }
    let first = code.as_bytes()[0];
    let repeated = matches!(first, b'0' | b'9') && code.len() > 3 && code.bytes().all(|byte| byte == first);
    (!repeated).then_some(code)
}

fn french(code: String) -> Option<String> {
    if code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(code);
    }
    let plain = code.strip_prefix("FR").or_else(|| code.strip_prefix('F')).unwrap_or(&code);
    if !plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(code);
    }
    match plain.len() {
        4 => Some(["0", plain].concat()),
        5 => Some(plain.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Country, postal_code};

    #[test]
    fn french_codes_have_five_digits() {
        for (text, expected) in [
            ("75001", Some("75001")),
            ("75 001", Some("75001")),
            ("1000", Some("01000")),
            ("F-69002", Some("69002")),
            ("6000.0", Some("06000")),
            ("00000", None),
            ("99999", None),
            ("123", None),
            ("750012", None),
            ("n/a", None),
            ("SW1A 1AA", Some("SW1A1AA")),
            ("97400", Some("97400")),
        ] {
            assert_eq!(postal_code(text, Country::FRANCE).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn codes_of_others_are_upper_case_without_blanks() {
        assert_eq!(postal_code("ec1a 1bb", Country::UNITED_KINGDOM).as_deref(), Some("EC1A1BB"));
        assert_eq!(postal_code("1000", Country::BELGIUM).as_deref(), Some("1000"));
        assert_eq!(postal_code("02139-4307", Country::UNITED_STATES).as_deref(), Some("021394307"));
        assert_eq!(postal_code("paris", Country::FRANCE), None);
    }
}
