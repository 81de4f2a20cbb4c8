//! Sums of decimals that are never rounded.

use num_bigint::BigUint;

use crate::decimal::{self, Decimal};

/// Sums of the first 0, 1, … n values, in units of 10^scale.
#[derive(Debug, Clone)]
pub(super) struct Sums {
    scale: i32,
    parts: Parts,
}

/// Most values fit 128 bits; the others take as many as they need.
#[derive(Debug, Clone)]
enum Parts {
    Narrow(Vec<u128>),
    Wide(Vec<BigUint>),
}

impl Sums {
    /// Of values in falling order, each 0 or more.
    pub(super) fn new(falling: &[f64]) -> Self {
        let decimals: Vec<Decimal> = falling.iter().map(|value| Decimal::of(*value)).collect();
        let exponents = decimals.iter().filter(|decimal| decimal.digits > 0).map(|decimal| decimal.exponent);
        let scale = exponents.min().unwrap_or(0);
        let parts =
            narrow(&decimals, scale).map_or_else(|| Parts::Wide(wide(&decimals, scale)), Parts::Narrow);
        Self { scale, parts }
    }

    /// Nearest double of the sum of all; infinite beyond the doubles.
    pub(super) fn total(&self) -> f64 {
        match &self.parts {
            Parts::Narrow(sums) => decimal::nearest(sums.last().unwrap_or(&0), self.scale),
            Parts::Wide(sums) => decimal::nearest(sums.last().unwrap_or(&BigUint::ZERO), self.scale),
        }
    }

    /// Whether the total is above 0, so that shares of it can be spoken of.
    pub(super) fn share_is_defined(&self) -> bool {
        match &self.parts {
            Parts::Narrow(sums) => sums.last().is_some_and(|total| *total > 0),
            Parts::Wide(sums) => sums.last().is_some_and(|total| *total > BigUint::ZERO),
        }
    }

    /// Share of the total that the first `k` hold; only called when the total is above 0.
    pub(super) fn share(&self, k: usize) -> f64 {
        match &self.parts {
            Parts::Narrow(sums) => sums[k] as f64 / sums[sums.len() - 1] as f64,
            Parts::Wide(sums) => ratio(&sums[k], &sums[sums.len() - 1]),
        }
    }

    /// Share of the total that the `k` smallest hold; only called when the total is above 0.
    pub(super) fn rest(&self, k: usize) -> f64 {
        match &self.parts {
            Parts::Narrow(sums) => {
                let total = sums[sums.len() - 1];
                (total - sums[sums.len() - 1 - k]) as f64 / total as f64
            }
            Parts::Wide(sums) => {
                let total = &sums[sums.len() - 1];
                ratio(&(total - &sums[sums.len() - 1 - k]), total)
            }
        }
    }

    /// How many of the sums, from the empty one on, are below `limit` times the total; with `or_equal` also those equal
    /// to it. Exact: nothing is rounded.
    pub(super) fn below(&self, limit: f64, or_equal: bool) -> usize {
        // sum × 10^down < digits × 10^up × total, turned into a bound on the sum itself.
        if limit < 0.0 {
            return 0;
        }
        let limit = Decimal::of(limit);
        let power = |exponent: i32| BigUint::from(10_u32).pow(exponent.max(0).unsigned_abs());
        let (target, down) = (BigUint::from(limit.digits) * power(limit.exponent), power(-limit.exponent));
        match &self.parts {
            Parts::Narrow(sums) => {
                let target = target * sums[sums.len() - 1];
                let highest = highest(&target, &down, or_equal);
                // What does not fit lies above every sum.
                let highest = highest.map(|highest| u128::try_from(highest).unwrap_or(u128::MAX));
                highest.map_or(0, |highest| sums.partition_point(|sum| *sum <= highest))
            }
            Parts::Wide(sums) => {
                let target = target * &sums[sums.len() - 1];
                let highest = highest(&target, &down, or_equal);
                highest.map_or(0, |highest| sums.partition_point(|sum| *sum <= highest))
            }
        }
    }

    /// Gini's coefficient 2 Σ i x_i / (n Σ x) − (n + 1) / n, x rising; only called when the total is above 0. The
    /// numerator over n Σ x is taken in whole numbers, so that equal values give exactly 0.
    pub(super) fn gini(&self) -> f64 {
        // Σ i x_i over rising x is the sum of all sums over falling x.
        match &self.parts {
            Parts::Narrow(sums) => {
                let (n, total) = ((sums.len() - 1) as u128, sums[sums.len() - 1]);
                let ranked: u128 = sums.iter().sum();
                (2 * ranked - (n + 1) * total) as f64 / (n * total) as f64
            }
            Parts::Wide(sums) => {
                let (n, total) = (sums.len() - 1, &sums[sums.len() - 1]);
                let ranked: BigUint = sums.iter().sum();
                ratio(&(ranked * 2_u32 - total * (n + 1)), &(total * n))
            }
        }
    }
}

/// Largest whole number below target / down, or equal to it with `or_equal`; `None` when even 0 is not.
fn highest(target: &BigUint, down: &BigUint, or_equal: bool) -> Option<BigUint> {
    let quotient = target / down;
    if or_equal || &quotient * down < *target {
        return Some(quotient);
    }
    (quotient > BigUint::ZERO).then(|| quotient - 1_u32)
}

/// `None` when a sum, or n + 1 times the sum of all sums, might not fit.
fn narrow(falling: &[Decimal], scale: i32) -> Option<Vec<u128>> {
    let n = falling.len() as u128;
    let largest = falling.first().map_or(Some(0), |decimal| units(*decimal, scale))?;
    largest.checked_mul(n)?.checked_mul(2 * (n + 1))?;
    let mut sums = Vec::with_capacity(falling.len() + 1);
    let mut sum = 0;
    sums.push(sum);
    for decimal in falling {
        sum += units(*decimal, scale)?;
        sums.push(sum);
    }
    Some(sums)
}

fn units(decimal: Decimal, scale: i32) -> Option<u128> {
    if decimal.digits == 0 {
        return Some(0);
    }
    let power = 10_u128.checked_pow(decimal.exponent.saturating_sub(scale).unsigned_abs())?;
    power.checked_mul(u128::from(decimal.digits))
}

fn wide(falling: &[Decimal], scale: i32) -> Vec<BigUint> {
    let mut sum = BigUint::ZERO;
    let mut sums = vec![sum.clone()];
    for decimal in falling {
        sum += decimal.in_units(scale);
        sums.push(sum.clone());
    }
    sums
}

/// part / whole of whole numbers of any size; what is dropped is 1e−30 of the whole.
fn ratio(part: &BigUint, whole: &BigUint) -> f64 {
    let shift = whole.bits().saturating_sub(120);
    let short = |number: &BigUint| u128::try_from(number >> shift).unwrap_or(u128::MAX) as f64;
    short(part) / short(whole)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same sums, in as many bits as they need.
    fn as_wide(sums: &Sums) -> Sums {
        let Parts::Narrow(parts) = &sums.parts else { panic!("already wide") };
        Sums {
            scale: sums.scale,
            parts: Parts::Wide(parts.iter().map(|part| BigUint::from(*part)).collect()),
        }
    }

    #[test]
    fn values_of_any_size_are_summed() {
        let sums = Sums::new(&[1e300, 1.0, 5e-324]);
        assert!(matches!(sums.parts, Parts::Wide(_)));
        assert_eq!((sums.total(), sums.share(1), sums.share(3)), (1e300, 1.0, 1.0));
        assert_eq!(sums.below(1.0, false), 3, "1e300 is less than all of it");
        assert!(Sums::new(&[f64::MAX, f64::MAX]).total().is_infinite());
    }

    proptest! {
        #[test]
        fn both_widths_give_the_same(
            mut values in prop::collection::vec((0u32..1_000_000).prop_map(|cents| f64::from(cents) / 100.0), 1..30),
            limit in 0u32..=120, or_equal in any::<bool>(),
        ) {
            values.sort_by(|a, b| b.total_cmp(a));
            values.push(1.0);
            values.sort_by(|a, b| b.total_cmp(a));
            let narrow = Sums::new(&values);
            let wide = as_wide(&narrow);
            let limit = f64::from(limit) / 100.0;
            prop_assert_eq!(narrow.below(limit, or_equal), wide.below(limit, or_equal));
            prop_assert_eq!(narrow.total(), wide.total());
            prop_assert!((narrow.gini() - wide.gini()).abs() < 1e-15);
            for k in 0..=values.len() {
                prop_assert!((narrow.share(k) - wide.share(k)).abs() < 1e-15);
                prop_assert!((narrow.rest(k) - wide.rest(k)).abs() < 1e-15);
            }
        }
    }
}
