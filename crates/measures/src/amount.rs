//! Amounts: money, and other sizes that are added up.

use crate::Error;

/// Nearest to 0 and farthest from it that an amount other than 0 may lie: sums, squares and quotients of amounts then
/// stay within what a double holds.
pub(crate) const SMALLEST: f64 = 1e-100;
/// Largest amount.
pub(crate) const LARGEST: f64 = 1e100;

/// An amount of 0 or more; −0 becomes 0.
pub(crate) fn not_negative(what: &'static str, value: f64) -> Result<f64, Error> {
    if value == 0.0 || (SMALLEST..=LARGEST).contains(&value) {
        return Ok(value + 0.0);
    }
    Err(Error::out_of_range(what, value, "0, or a number from 1e-100 to 1e100"))
}

/// An amount of either sign; −0 becomes 0.
pub(crate) fn signed(what: &'static str, value: f64) -> Result<f64, Error> {
    if value == 0.0 || (SMALLEST..=LARGEST).contains(&value.abs()) {
        return Ok(value + 0.0);
    }
    Err(Error::out_of_range(what, value, "0, or a number whose size is from 1e-100 to 1e100"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_amounts_that_can_be_added_up_are_taken() {
        for wrong in [f64::NAN, f64::INFINITY, -f64::INFINITY, 1e101, 1e-101] {
            assert!(not_negative("amount", wrong).is_err() && signed("amount", wrong).is_err(), "{wrong}");
        }
        assert!(not_negative("amount", -1.0).is_err());
        assert_eq!(signed("amount", -1.0), Ok(-1.0));
        assert!(not_negative("amount", -0.0).is_ok_and(f64::is_sign_positive));
    }
}
