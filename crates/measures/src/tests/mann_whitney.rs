//! Two groups compared by rank.

use serde::{Deserialize, Serialize};

use super::exact;
use crate::ranks::RankSums;
use crate::{DefinitionId, Error, count, quantile};

/// How a probability of a test on ranks is found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// By the normal distribution, ties allowed: right from about 10 values in each group on.
    #[default]
    #[serde(alias = "approx")]
    Asymptotic,
    /// By counting arrangements: takes no ties and not too many values.
    Exact,
}

/// Which of two groups tends to answer higher.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MannWhitney {
    /// Values of the first group.
    pub n1: u64,
    /// Values of the second group.
    pub n2: u64,
    /// Pairs in which the first group is higher, pairs of equals counted half: 0 to n1·n2.
    pub u1: f64,
    /// The same for the second group; u1 + u2 = n1·n2.
    pub u2: f64,
    /// Share of pairs in which the first is higher minus the share in which the second is: −1 to 1 (Cliff's delta).
    pub rank_biserial: f64,
    /// Statistic of the approximate test; `None` in an exact one, or when all values are equal.
    pub z: Option<f64>,
    /// Two-sided probability of so uneven a U if both groups answered alike; `None` when all values are equal.
    pub p: Option<f64>,
}

impl MannWhitney {
    /// Formula and version of this test.
    pub const DEFINITION: DefinitionId = DefinitionId::new("mann_whitney", 1);
}

/// Compares two independent groups by the order of their answers alone. All values are needed: they are ranked together;
/// whole numbers in a narrow range are counted instead, in one pass.
///
/// Formula: u₁ counts pairs a > b plus half the equal ones; rank-biserial = 2u₁/(n₁n₂) − 1; approximate
/// z = (max(u₁, u₂) − n₁n₂/2 − ½)/sd with sd² = n₁n₂/12 · (n + 1 − Σ(t³ − t)/(n(n − 1))), t the sizes of groups of equals,
/// p = min(1, 2·P(Z > z)); exact p = min(1, 2·P(U ≤ min(u₁, u₂))).
/// Source: H. B. Mann & D. R. Whitney, 1947, "On a test of whether one of two random variables is stochastically larger than
/// the other"; N. Cliff, 1993, "Dominance statistics: ordinal analyses to answer ordinal questions".
///
/// Not for the same people asked twice ([`super::wilcoxon`] serves there), nor as a test of medians: two groups of one
/// median and different spread may differ here.
///
/// # Errors
/// `empty_sample` when a group is empty; `out_of_range` for what is no finite number, or too many values for an exact test;
/// `ties_in_exact` for equal values in an exact test.
///
/// ```
/// use measures::tests::{Method, mann_whitney};
/// let test = mann_whitney(&[1.0, 2.0, 3.0], &[10.0, 11.0, 12.0], Method::Exact)?;
/// assert_eq!((test.u1, test.rank_biserial), (0.0, -1.0));
/// // Two of the 20 arrangements are so uneven.
/// assert!((test.p.unwrap_or(0.0) - 0.1).abs() < 1e-12);
/// # Ok::<(), measures::Error>(())
/// ```
pub fn mann_whitney(a: &[f64], b: &[f64], method: Method) -> Result<MannWhitney, Error> {
    finite(a)?;
    finite(b)?;
    of_sums(&RankSums::of(&[a, b]), method)
}

/// As [`mann_whitney`], from how often each answer was given: one `[first group, second group]` for each answer, in rising
/// order of answers. Tables of two parts of the data are merged by adding them.
///
/// # Errors
/// As [`mann_whitney`]; `out_of_range` above 2⁵³ answers.
///
/// ```
/// use measures::tests::{Method, mann_whitney_counts};
/// // Answers 1, 2 and 3: the first group gave them 4, 1 and 0 times, the second 1, 2 and 2 times.
/// let test = mann_whitney_counts(&[[4, 1], [1, 2], [0, 2]], Method::Asymptotic)?;
/// // Pairs a > b: the 2 above the 1; equal pairs: 4·1 + 1·2.
/// assert_eq!(test.u1, 1.0 + 6.0 / 2.0);
/// # Ok::<(), measures::Error>(())
/// ```
pub fn mann_whitney_counts(counts: &[[u64; 2]], method: Method) -> Result<MannWhitney, Error> {
    counts.as_flattened().iter().try_fold(0, |all, part| count::add(all, *part))?;
    of_sums(&RankSums::of_counts(counts.as_flattened(), 2), method)
}

fn of_sums(sums: &RankSums, method: Method) -> Result<MannWhitney, Error> {
    let (n1, n2) = (sums.sizes[0], sums.sizes[1]);
    if n1 == 0 || n2 == 0 {
        return Err(Error::EmptySample);
    }
    let pairs = u128::from(n1) * u128::from(n2);
    let twice = sums.twice[0] - u128::from(n1) * (u128::from(n1) + 1);
    let (u1, u2) = (twice as f64 / 2.0, (2 * pairs - twice) as f64 / 2.0);
    let rank_biserial = (twice as i128 - pairs as i128) as f64 / pairs as f64;
    let (z, p) = match method {
        Method::Asymptotic => {
            let z = statistic(sums, twice.max(2 * pairs - twice) as f64 / 2.0 - pairs as f64 / 2.0);
            (z, z.map(|z| if z > 0.0 { quantile::normal_p_two_sided(z) } else { 1.0 }))
        }
        Method::Exact if sums.ties > 0.0 => return Err(Error::TiesInExact),
        Method::Exact => {
            let smaller = twice.min(2 * pairs - twice) / 2;
            let below = exact::mann_whitney_at_most(n1, n2, u64::try_from(smaller).unwrap_or(u64::MAX))?;
            (None, Some((2.0 * below).min(1.0)))
        }
    };
    Ok(MannWhitney { n1, n2, u1, u2, rank_biserial, z, p })
}

/// How many standard deviations U lies above its middle, half a step nearer.
fn statistic(sums: &RankSums, above: f64) -> Option<f64> {
    let (n1, n2, n) = (sums.sizes[0] as f64, sums.sizes[1] as f64, sums.n() as f64);
    // n + 1 − Σ(t³ − t)/(n(n − 1)) is (n + 1) times the correction for ties.
    let variance = n1 * n2 / 12.0 * (n + 1.0) * sums.tie_correction();
    (variance > 0.0).then(|| (above - 0.5) / variance.sqrt())
}

/// Refuses values without a place in an order.
pub(super) fn finite(values: &[f64]) -> Result<(), Error> {
    match values.iter().find(|value| !value.is_finite()) {
        Some(wrong) => Err(Error::out_of_range("value", *wrong, "a finite number")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn all_equal_leaves_nothing_to_test() {
        let test = mann_whitney(&[3.0; 3], &[3.0; 2], Method::Asymptotic).unwrap();
        assert_eq!((test.u1, test.u2, test.z, test.p), (3.0, 3.0, None, None));
        assert_eq!(mann_whitney(&[], &[1.0], Method::Asymptotic).unwrap_err().code(), "empty_sample");
        let nan = mann_whitney(&[f64::NAN], &[1.0], Method::Asymptotic);
        assert_eq!(nan.unwrap_err().code(), "out_of_range");
        let tied = mann_whitney(&[1.0, 2.0], &[2.0, 3.0], Method::Exact);
        assert_eq!(tied.unwrap_err().code(), "ties_in_exact");
    }

    #[test]
    fn evenly_mixed_groups_have_a_probability_of_1() {
        let test = mann_whitney(&[1.0, 4.0], &[2.0, 3.0], Method::Asymptotic).unwrap();
        assert_eq!((test.u1, test.p), (2.0, Some(1.0)));
        assert_eq!(mann_whitney(&[1.0, 4.0], &[2.0, 3.0], Method::Exact).unwrap().p, Some(1.0));
    }

    fn group() -> impl Strategy<Value = Vec<f64>> {
        prop::collection::vec(prop_oneof![(0..6_i32).prop_map(f64::from), -5.0..5.0f64], 1..25)
    }

    proptest! {
        #[test]
        fn pairs_are_counted_as_one_by_one(a in group(), b in group()) {
            let test = mann_whitney(&a, &b, Method::Asymptotic).unwrap();
            let pair = |x: &f64, y: &f64| if x > y { 1.0 } else if x == y { 0.5 } else { 0.0 };
            let u1: f64 = a.iter().flat_map(|x| b.iter().map(move |y| pair(x, y))).sum();
            prop_assert_eq!(test.u1, u1);
            prop_assert_eq!(test.u1 + test.u2, (a.len() * b.len()) as f64);
            let swapped = mann_whitney(&b, &a, Method::Asymptotic).unwrap();
            prop_assert_eq!(swapped.rank_biserial, -test.rank_biserial);
            prop_assert_eq!(swapped.p, test.p);
            prop_assert!(test.rank_biserial.abs() <= 1.0);
            prop_assert!(test.p.is_none_or(|p| (0.0..=1.0).contains(&p)));
        }

        #[test]
        fn only_the_order_matters(a in group(), b in group()) {
            let bent = |group: &[f64]| group.iter().map(|x| x.exp() * 3.0 + 1.0).collect::<Vec<_>>();
            let plain = mann_whitney(&a, &b, Method::Asymptotic).unwrap();
            prop_assert_eq!(plain, mann_whitney(&bent(&a), &bent(&b), Method::Asymptotic).unwrap());
        }
    }
}
