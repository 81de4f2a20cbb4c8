//! Numbers as they are written, in tens: where a bound is met exactly, the binary nearest of 0.9 must not decide.

use std::cmp::Ordering;

/// A finite number, 0 or more, as `digits` × 10^`exponent`: the shortest decimal that reads back as the same double.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decimal {
    /// At most 17 digits.
    digits: u64,
    exponent: i32,
}

impl Decimal {
    /// How a finite double of 0 or more is written.
    pub(crate) fn of(value: f64) -> Self {
        let text = format!("{value:e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = whole.bytes().chain(fraction.bytes()).fold(0, |sum: u64, digit| {
            sum.saturating_mul(10).saturating_add(u64::from(digit.saturating_sub(b'0')))
        });
        Self { digits, exponent: exponent.parse().unwrap_or(0) - fraction.len() as i32 }
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
    fn numbers_are_taken_as_written() {
        assert_eq!(Decimal::of(74.99), Decimal { digits: 7499, exponent: -2 });
        assert_eq!(Decimal::of(0.0), Decimal { digits: 0, exponent: 0 });
        assert_eq!(Decimal::of(5e-324), Decimal { digits: 5, exponent: -324 });
        assert_eq!(Decimal::of(0.1 + 0.2), Decimal { digits: 30_000_000_000_000_004, exponent: -17 });
        assert_eq!(Decimal::of(0.3).as_fraction(30), Some((3, 1)));
        assert_eq!(Decimal::of(300.0).as_fraction(30), Some((300, 0)));
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
