//! A sample shared out over strata.

use serde::Serialize;

use crate::{DefinitionId, Error, count};

/// Remainders nearer to each other than this are equal: rounding must not decide who is asked.
const EQUAL: f64 = 1e9;

/// A part of the population, such as a region.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stratum {
    /// How many belong to it.
    pub population: u64,
    /// Standard deviation of the answers within it, as far as known beforehand: 0 or more. The same for all where nothing
    /// is known.
    pub sd: f64,
}

/// How many to ask in each stratum, in the order given.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Allocation {
    /// Best shares before rounding, none above its stratum.
    pub real: Vec<f64>,
    /// Whole numbers that add up to n.
    pub integer: Vec<u64>,
}

impl Allocation {
    /// Formula and version of this allocation.
    pub const DEFINITION: DefinitionId = DefinitionId::new("allocation", 1);
}

/// Shares a sample of `n` over strata so that the mean of all is known best: more where more people are and where they
/// differ more.
///
/// Formula: nₕ = n·NₕSₕ/ΣNS (proportional to Nₕ where all Sₕ are equal); a stratum that would exceed its Nₕ is asked whole
/// and what is left shared anew over the others, by Nₕ alone where their Sₕ are all 0. Whole numbers: rounded down, what is
/// left goes to the largest remainders, equal ones to the earlier stratum.
/// Source: J. Neyman, 1934, "On the two different aspects of the representative method".
///
/// Not for comparing strata with each other (ask as many in each), nor where asking costs more in some.
///
/// # Errors
/// `empty_sample` without a stratum; `out_of_range` for n = 0 or above the population, or a standard deviation that is
/// negative or beyond 1e100.
///
/// ```
/// use measures::sampling::{Stratum, allocate};
/// let shares = allocate(100, &[
///     Stratum { population: 500, sd: 2.0 },
///     Stratum { population: 300, sd: 5.0 },
///     Stratum { population: 200, sd: 1.0 },
/// ])?;
/// // 1000 : 1500 : 200
/// assert_eq!(shares.integer, [37, 56, 7]);
/// # Ok::<(), measures::Error>(())
/// ```
pub fn allocate(n: u64, strata: &[Stratum]) -> Result<Allocation, Error> {
    let total = check(n, strata)?;
    let first = strata[0].sd;
    if strata.iter().all(|stratum| stratum.sd == first) {
        return Ok(proportional(n, total, strata));
    }
    let real = neyman(n as f64, strata);
    let floors = real.iter().map(|share| share.floor() as u64).collect();
    let remainders = real.iter().map(|share| (share.fract() * EQUAL).round() as u128).collect::<Vec<_>>();
    let integer = largest_remainders(n, floors, &remainders, strata);
    Ok(Allocation { real, integer })
}

/// Size of the population, of which `n` can be asked.
fn check(n: u64, strata: &[Stratum]) -> Result<u64, Error> {
    if strata.is_empty() {
        return Err(Error::EmptySample);
    }
    let total = strata.iter().try_fold(0, |all, stratum| count::add(all, stratum.population))?;
    if let Some(wrong) = strata.iter().find(|stratum| !(0.0..=1e100).contains(&stratum.sd)) {
        return Err(Error::out_of_range("sd", wrong.sd, "0 or more, at most 1e100"));
    }
    if n == 0 || n > total {
        return Err(Error::out_of_range("n", n as f64, format!("from 1 to the population, {total}")));
    }
    Ok(total)
}

/// Whole-number arithmetic, so that equal remainders are equal.
fn proportional(n: u64, total: u64, strata: &[Stratum]) -> Allocation {
    let exact = |stratum: &Stratum| u128::from(n) * u128::from(stratum.population);
    let all = u128::from(total);
    let real = strata.iter().map(|stratum| exact(stratum) as f64 / all as f64).collect();
    let floors = strata.iter().map(|stratum| (exact(stratum) / all) as u64).collect();
    let remainders: Vec<u128> = strata.iter().map(|stratum| exact(stratum) % all).collect();
    Allocation { real, integer: largest_remainders(n, floors, &remainders, strata) }
}

/// Shares by N·S, none above N. Strata fill up in the order of their S (N·S/N), so one pass from the largest suffices.
fn neyman(n: f64, strata: &[Stratum]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..strata.len()).collect();
    order.sort_by(|&a, &b| strata[b].sd.total_cmp(&strata[a].sd));
    let size = |at: usize| strata[at].population as f64;
    let mut real = vec![0.0; strata.len()];
    let mut left = n;
    // What the strata from here on weigh, added from the smallest so that no difference is taken.
    let mut weights = vec![0.0; strata.len() + 1];
    let mut sizes = vec![0.0; strata.len() + 1];
    for (place, &at) in order.iter().enumerate().rev() {
        weights[place] = weights[place + 1] + size(at) * strata[at].sd;
        sizes[place] = sizes[place + 1] + size(at);
    }
    for (place, &at) in order.iter().enumerate() {
        if weights[place] > 0.0 && left * strata[at].sd >= weights[place] {
            real[at] = size(at);
            left = (left - real[at]).max(0.0);
            continue;
        }
        for &open in &order[place..] {
            let share = if weights[place] > 0.0 {
                size(open) * strata[open].sd / weights[place]
            } else {
                size(open) / sizes[place].max(1.0)
            };
            real[open] = (left * share).min(size(open));
        }
        break;
    }
    real
}

fn largest_remainders(n: u64, mut floors: Vec<u64>, remainders: &[u128], strata: &[Stratum]) -> Vec<u64> {
    let mut left = n.saturating_sub(floors.iter().sum());
    let mut order: Vec<usize> = (0..floors.len()).collect();
    // Stable: among equals the earlier stratum comes first.
    order.sort_by(|&a, &b| remainders[b].cmp(&remainders[a]));
    while left > 0 {
        let before = left;
        for &at in &order {
            if left > 0 && floors[at] < strata[at].population {
                floors[at] += 1;
                left -= 1;
            }
        }
        // Cannot happen while n is at most the population; never turn for ever.
        if left == before {
            break;
        }
    }
    floors
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn strata(of: &[(u64, f64)]) -> Vec<Stratum> {
        of.iter().map(|&(population, sd)| Stratum { population, sd }).collect()
    }

    #[test]
    fn what_exceeds_a_stratum_is_shared_by_the_others() {
        let found = allocate(100, &strata(&[(500, 1.0), (300, 1.0), (10, 60.0)])).unwrap();
        assert_eq!(found.real, [56.25, 33.75, 10.0]);
        assert_eq!(found.integer, [56, 34, 10]);
        // Nothing differs in the second: it takes what the first cannot.
        assert_eq!(allocate(60, &strata(&[(50, 1.0), (500, 0.0)])).unwrap().integer, [50, 10]);
        assert_eq!(allocate(3, &strata(&[(9, 0.0), (9, 0.0)])).unwrap().integer, [2, 1]);
    }

    #[test]
    fn impossible_plans_are_refused() {
        for (n, of, code) in [
            (1, vec![], "empty_sample"),
            (0, vec![(5, 1.0)], "out_of_range"),
            (6, vec![(5, 1.0)], "out_of_range"),
            (1, vec![(5, -1.0)], "out_of_range"),
            (1, vec![(5, f64::NAN)], "out_of_range"),
            (1, vec![(u64::MAX, 1.0)], "out_of_range"),
        ] {
            assert_eq!(allocate(n, &strata(&of)).unwrap_err().code(), code, "{n} {of:?}");
        }
    }

    proptest! {
        #[test]
        fn all_are_shared_out_and_no_stratum_is_asked_for_more_than_it_has(
            of in prop::collection::vec((0..400_u64, 0.0..9.0f64), 1..12), part in 0.0..=1.0f64, equal in any::<bool>(),
        ) {
            let of: Vec<_> = of.into_iter().map(|(n, sd)| (n, if equal { 1.0 } else { sd })).collect();
            let total: u64 = of.iter().map(|(n, _)| n).sum();
            prop_assume!(total > 0);
            let n = ((total as f64 * part) as u64).clamp(1, total);
            let found = allocate(n, &strata(&of)).unwrap();
            prop_assert_eq!(found.integer.iter().sum::<u64>(), n);
            prop_assert!((found.real.iter().sum::<f64>() - n as f64).abs() < 1e-6);
            for ((real, whole), (size, _)) in found.real.iter().zip(&found.integer).zip(&of) {
                prop_assert!(whole <= size && *real <= *size as f64);
                prop_assert!((*whole as f64 - real).abs() < 1.0 + 1e-6);
            }
        }
    }
}
