//! Doubles as the decimals people write: 54.05 is 54 and 5 hundredths, not the nearest binary fraction.
//!
//! A double stands here for the shortest decimal that reads back as it. Sums and comparisons of such decimals are
//! exact, so that 80 of 100 is 80 % and three times 0.1 is 0.3.

use std::cmp::Ordering;

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

    /// As `numerator` / 10^`places`, when that has at most `most` places.
    pub(crate) fn as_fraction(self, most: u32) -> Option<(u128, u32)> {
        let places = u32::try_from(-self.exponent).ok().filter(|places| *places <= most);
        match places {
            Some(places) => Some((u128::from(self.digits), places)),
            None if (0..=15).contains(&self.exponent) => {
                Some((u128::from(self.digits) * 10_u128.pow(self.exponent.unsigned_abs()), 0))
            }
            None => None,
        }
    }

    /// `self` × `other` against `third` × `fourth`, exactly.
    pub(crate) fn compare_products(self, other: Self, third: Self, fourth: Self) -> Ordering {
        let left = (u128::from(self.digits) * u128::from(other.digits), self.exponent + other.exponent);
        let right = (u128::from(third.digits) * u128::from(fourth.digits), third.exponent + fourth.exponent);
        compare(left, right)
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

/// a × 10^i against b × 10^j, a and b of at most 34 digits.
fn compare((a, i): (u128, i32), (b, j): (u128, i32)) -> Ordering {
    let (Some(digits_a), Some(digits_b)) = (a.checked_ilog10(), b.checked_ilog10()) else { return a.cmp(&b) };
    // Where the first digit stands decides, unless both stand alike: then the exponents differ by 34 at most.
    let (first_a, first_b) = (digits_a as i32 + i, digits_b as i32 + j);
    first_a.cmp(&first_b).then_with(|| {
        let shift = |x: u128, by: i32| x * 10_u128.pow(by.unsigned_abs());
        if i >= j { shift(a, i - j).cmp(&b) } else { a.cmp(&shift(b, j - i)) }
    })
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

    #[test]
    fn a_decimal_is_a_fraction_of_tens_unless_it_has_too_many_places() {
        assert_eq!(Decimal::of(0.125).as_fraction(30), Some((125, 3)));
        assert_eq!(Decimal::of(0.3).as_fraction(30), Some((30, 2)));
        assert_eq!(Decimal::of(1e20).as_fraction(30), None, "more than anybody counts");
        assert_eq!(Decimal::of(1e-40).as_fraction(30), None);
    }

    #[test]
    fn products_that_differ_in_binary_are_equal_in_tens() {
        let of = Decimal::of;
        // 0.1 × 3 is 0.30000000000000004 in doubles.
        assert_eq!(of(0.1).compare_products(of(3.0), of(0.3), of(1.0)), Ordering::Equal);
        assert_eq!(of(1e300).compare_products(of(1e-300), of(1.0), of(1.0)), Ordering::Equal);
        assert_eq!(of(1e308).compare_products(of(1e308), of(5e-324), of(1.0)), Ordering::Greater);
        assert_eq!(of(0.0).compare_products(of(1e308), of(5e-324), of(1.0)), Ordering::Less);
        assert_eq!(of(0.0).compare_products(of(1.0), of(0.0), of(7.0)), Ordering::Equal);
    }

    proptest! {
        #[test]
        fn the_order_is_that_of_the_integers(a in 0..100_000_u32, b in 0..100_000_u32, c in 0..100_000_u32, places in 0..6_i32) {
            let small = |x: u32| Decimal::of(format!("{x}e-{places}").parse().unwrap());
            let order = small(a).compare_products(Decimal::of(f64::from(b)), small(c), Decimal::of(100.0));
            prop_assert_eq!(order, (u64::from(a) * u64::from(b)).cmp(&(u64::from(c) * 100)));
        }
    }
}
