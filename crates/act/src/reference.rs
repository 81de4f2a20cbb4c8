//! References people say aloud: `B-2026-000123-7`, with a check digit that catches a wrong figure and most swaps.

use kernel::{Result, Tx};

/// A reference of the given kind for the `number`-th thing of a year.
pub fn write(kind: char, year: i64, number: i64) -> String {
    let digits = format!("{year}{number:06}");
    format!("{kind}-{year}-{number:06}-{}", check_digit(&digits))
}

/// Whether a reference was written by [`write()`]: a mistyped one is told apart from one that does not exist.
pub fn holds(reference: &str) -> bool {
    let parts: Vec<&str> = reference.split('-').collect();
    let [kind, year, number, check] = parts.as_slice() else { return false };
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let fits = kind.len() == 1 && year.len() == 4 && number.len() >= 6 && check.len() == 1;
    fits && are_digits(year)
        && are_digits(number)
        && check.parse() == Ok(check_digit(&format!("{year}{number}")))
}

/// ISO/IEC 7064, MOD 11,10: catches every wrong digit and nearly every swap of neighbours.
fn check_digit(digits: &str) -> u8 {
    let mut product = 10_u8;
    for digit in digits.bytes() {
        let mut sum = (product + (digit - b'0')) % 10;
        if sum == 0 {
            sum = 10;
        }
        product = sum * 2 % 11;
    }
    (11 - product) % 10
}

/// Takes the next number of a year.
pub(crate) fn next_number(tx: &mut Tx<'_>, year: i64) -> Result<i64> {
    tx.query_one(
        "INSERT INTO case_numbers (year, last) VALUES ($1, 1)
         ON CONFLICT (year) DO UPDATE SET last = case_numbers.last + 1 RETURNING last",
        &[&year],
        |row| row.get(0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_check_digit_is_that_of_the_standard() {
        // The example of ISO/IEC 7064 for MOD 11,10: 0794 takes 5.
        assert_eq!(check_digit("0794"), 5);
    }

    proptest! {
        #[test]
        fn a_wrong_digit_is_always_caught(year in 2000..2100_i64, number in 1..9_999_999_i64, at in 0..12_usize, by in 1..10_u8) {
            let good = write('B', year, number);
            prop_assert!(holds(&good));
            let mut bytes = good.clone().into_bytes();
            let digits: Vec<usize> = (0..bytes.len()).filter(|i| bytes[*i].is_ascii_digit()).collect();
            let place = digits[at % digits.len()];
            bytes[place] = b'0' + (bytes[place] - b'0' + by) % 10;
            prop_assert!(!holds(&String::from_utf8(bytes).unwrap()));
        }
    }
}
