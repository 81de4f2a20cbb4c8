//! Doubles as the decimals people write: 54.05 is 54 and 5 hundredths, not the nearest binary fraction.
//!
//! A double stands here for the shortest decimal that reads back as it. Sums and comparisons of such decimals are
//! exact, so that 80 of 100 is 80 % and three times 0.1 is 0.3.

use num_bigint::{BigInt, BigUint};

/// digits × 10^exponent, 0 or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decimal {
    pub(crate) digits: u64,
    pub(crate) exponent: i32,
}

impl Decimal {
    /// The shortest decimal that reads back as `value`, which is finite; its sign is dropped.
    pub(crate) fn of(value: f64) -> Self {
        let value = value.abs();
        // Two decimals of at most 15 digits never share a double: where this one reads back, it is the shortest.
        let hundredths = (value * 100.0).round();
        if hundredths < 1e15 && hundredths / 100.0 == value {
            return Self { digits: hundredths as u64, exponent: -2 };
        }
        let text = format!("{value:e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits =
            whole.bytes().chain(fraction.bytes()).fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0'));
        let exponent = exponent.parse::<i32>().unwrap_or(0) - fraction.len() as i32;
        Self { digits, exponent }
    }

    /// In units of 10^scale, which is no more than the exponent unless the decimal is 0.
    pub(crate) fn in_units(self, scale: i32) -> BigUint {
        if self.digits == 0 {
            return BigUint::ZERO;
        }
        BigUint::from(self.digits)
            * BigUint::from(10_u32).pow(self.exponent.saturating_sub(scale).unsigned_abs())
    }
}

/// The double nearest to the exact sum of two finite doubles taken as decimals: 0.1 + 0.2 is 0.3. An infinity when the
/// sum lies beyond all doubles.
pub(crate) fn sum(a: f64, b: f64) -> f64 {
    let (x, y) = (Decimal::of(a), Decimal::of(b));
    let scale = x.exponent.min(y.exponent);
    let signed = |decimal: Decimal, value: f64| {
        let size = BigInt::from(decimal.in_units(scale));
        if value < 0.0 { -size } else { size }
    };
    nearest(&(signed(x, a) + signed(y, b)), scale)
}

/// The double nearest to units × 10^scale.
pub(crate) fn nearest(units: &impl ToString, scale: i32) -> f64 {
    format!("{}e{scale}", units.to_string()).parse().unwrap_or(f64::INFINITY)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn decimals_are_those_written() {
        for (value, digits, exponent) in [
            (54.05, 5405, -2),
            (0.1 + 0.2, 30_000_000_000_000_004, -17),
            (1e300, 1, 300),
            (5e-324, 5, -324),
            (f64::MAX, 17_976_931_348_623_157, 292),
        ] {
            assert_eq!(Decimal::of(value), Decimal { digits, exponent }, "{value}");
        }
        assert_eq!(Decimal::of(0.0).digits, 0);
        assert_eq!([sum(0.1, 0.2), sum(0.8, -0.1), sum(-0.5, 0.5)], [0.3, 0.7, 0.0]);
        assert_eq!(sum(f64::MAX, f64::MAX), f64::INFINITY);
    }

    proptest! {
        #[test]
        fn a_decimal_reads_back_as_its_double(value in prop::num::f64::POSITIVE | prop::num::f64::SUBNORMAL) {
            let value = value.abs();
            let decimal = Decimal::of(value);
            prop_assert_eq!(nearest(&decimal.digits, decimal.exponent), value);
        }

        #[test]
        fn cents_are_found_at_once_and_rightly(cents in 0u64..1_000_000_000_000_000) {
            let decimal = Decimal::of(cents as f64 / 100.0);
            prop_assert_eq!(decimal, Decimal { digits: cents, exponent: -2 });
            let text = format!("{:e}", cents as f64 / 100.0);
            prop_assert_eq!(text.parse::<f64>().unwrap(), nearest(&cents, -2));
        }
    }
}
