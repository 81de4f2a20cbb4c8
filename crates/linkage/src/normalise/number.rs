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

/// Place of the decimal sign: the last of points and commas, unless it occurs more than once.
fn decimal_place(text: &str) -> Option<usize> {
    let at = text.rfind(['.', ','])?;
    let sign = text.as_bytes()[at];
    (text.bytes().filter(|byte| *byte == sign).count() == 1).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::number;

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
    fn other_text_is_no_number() {
        for text in ["", "nan", "inf", "12a", "1-2", "1e999", "-", "€", "1e", "12/03/2020"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
