//! Numbers as people and spreadsheets write them.

use super::cell;

/// A number: decimal point or comma, thousands apart by spaces, points, commas or apostrophes, currency or per cent signs
/// and scientific notation. With a single point or comma before three digits, a comma is decimal and a point too ("1,234"
/// is 1.234): nothing in one cell tells. `None` for other text and for what is not finite.
///
/// ```
/// use linkage::normalise::number;
/// assert_eq!(number("1 234,50 €"), Some(1234.5));
/// assert_eq!(number("1,234.5"), Some(1234.5));
/// assert_eq!(number("1.2E+3"), Some(1200.0));
/// ```
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    let text = cell::trimmed(text);
    if text.len() > 64 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let decimal = decimal_place(text);
    let mut plain = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        match letter {
            '0'..='9' | '+' | '-' | 'e' | 'E' => plain.push(letter),
            '\u{2212}' => plain.push('-'),
            '.' | ',' if Some(at) == decimal => plain.push('.'),
            '.' | ',' | '\'' | '’' | '€' | '$' | '£' | '%' => {}
            _ if letter.is_whitespace() => {}
            _ => return None,
        }
    }
    // "-" within is no number, but "inf" and "nan" cannot be left.
    plain.parse::<f64>().ok().filter(|number| number.is_finite())
}

/// A number of a column whose commas part thousands ("1,234" is 1234): see [`commas_part_thousands`].
///
/// ```
/// use linkage::normalise::number_in_thousands;
/// assert_eq!(number_in_thousands("1,234"), Some(1234.0));
/// assert_eq!(number_in_thousands("1,234.5"), Some(1234.5));
/// ```
#[must_use]
pub fn number_in_thousands(text: &str) -> Option<f64> {
    let text = cell::trimmed(text);
    if text.len() > 64 || !text.contains(',') {
        return number(text);
    }
    let plain: String = text.chars().filter(|letter| *letter != ',').collect();
    number(&plain)
}

/// Whether the commas of a column of numbers part thousands: there is one, after every one come exactly three digits, and before
/// it stand one to three that do not begin with a zero. Kilograms with three decimals (0,250; 12,5) have another form somewhere.
///
/// ```
/// use linkage::normalise::commas_part_thousands;
/// assert!(commas_part_thousands(["1,234", "999", "12,500"]));
/// assert!(!commas_part_thousands(["1,234", "12,5"]));
/// ```
#[must_use]
pub fn commas_part_thousands<'a>(values: impl IntoIterator<Item = &'a str>) -> bool {
    let mut any = false;
    for text in values.into_iter().filter(|text| text.contains(',') && number(text).is_some()) {
        if !are_thousands(cell::trimmed(text)) {
            return false;
        }
        any = true;
    }
    any
}

/// Whether every comma of a number stands between groups of thousands.
fn are_thousands(text: &str) -> bool {
    let text = text.trim_matches(|sign: char| !sign.is_ascii_digit());
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(',');
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len())
        && digits(first)
        && !first.starts_with('0')
        && digits(decimals)
        && groups.all(|group| group.len() == 3 && digits(group))
}

/// Place of the decimal sign: the last of points and commas, unless it occurs more than once.
fn decimal_place(text: &str) -> Option<usize> {
    let at = text.rfind(['.', ','])?;
    let sign = text.as_bytes()[at];
    (text.bytes().filter(|byte| *byte == sign).count() == 1).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::{commas_part_thousands, number, number_in_thousands};

    #[test]
    fn numbers_are_read_in_all_usual_ways() {
        for (text, expected) in [
            ("12", 12.0),
            ("-3,5", -3.5),
            ("1.234.567", 1_234_567.0),
            ("1.234,5", 1234.5),
            ("1'234.5", 1234.5),
            ("1\u{202f}234,5\u{a0}€", 1234.5),
            ("12 %", 12.0),
            ("1e3", 1000.0),
            (".5", 0.5),
            ("−2", -2.0),
        ] {
            assert_eq!(number(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn commas_part_thousands_where_nothing_in_the_column_speaks_against_it() {
        for values in
            [&["1,234"][..], &["1,234", "12", "n/a", "a,b"], &["-1,234,567.5", "$2,000"], &["1,000 €"]]
        {
            assert!(commas_part_thousands(values.iter().copied()), "{values:?}");
        }
        for values in
            [&["12", "n/a"][..], &["1,234", "1,5"], &["0,250", "1,250"], &["1234,567"], &["1.234,567"], &[]]
        {
            assert!(!commas_part_thousands(values.iter().copied()), "{values:?}");
        }
        assert_eq!(number_in_thousands("-1,234,567"), Some(-1_234_567.0));
        assert_eq!(number_in_thousands("12.5"), Some(12.5));
        assert_eq!(number_in_thousands("a,b"), None);
    }

    #[test]
    fn other_text_is_no_number() {
        for text in ["", "nan", "inf", "12a", "1-2", "1e999", "-", "€", "1e", "12/03/2020"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
