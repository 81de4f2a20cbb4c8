//! Differences of pairs by rank.

use serde::Serialize;

use super::exact;
use super::mann_whitney::{Method, finite};
use crate::ranks::RankSums;
use crate::{DefinitionId, Error, quantile};

/// Whether differences lean to one side.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Wilcoxon {
    /// Differences that are not 0.
    pub n: u64,
    /// Differences of exactly 0, left out.
    pub zeros: u64,
    /// Sum of the ranks of positive differences; `None` when all are 0.
    pub w_plus: Option<f64>,
    /// Sum of the ranks of negative differences; `None` when all are 0.
    pub w_minus: Option<f64>,
    /// The smaller of both sums; `None` when all are 0.
    pub w: Option<f64>,
    /// Two-sided probability of so uneven sums if both directions were as likely; `None` when all are 0.
    pub p: Option<f64>,
    /// (w_plus − w_minus) / (w_plus + w_minus), −1 to 1; `None` when all are 0.
    pub rank_biserial: Option<f64>,
}

impl Wilcoxon {
    /// Formula and version of this test.
    pub const DEFINITION: DefinitionId = DefinitionId::new("wilcoxon_signed_rank", 1);
}

/// Tests whether the differences of pairs (after − before) lie evenly about 0. All are needed: they are ranked by size.
///
/// Formula: zeros left out, |difference| ranked, W⁺ and W⁻ the sums of ranks by sign, w the smaller; approximate
/// z = (w − n(n+1)/4 + c)/√(n(n+1)(2n+1)/24 − Σ(t³ − t)/48), c = ½ when `correction` is asked for (never past 0) and 0
/// otherwise, p = 2·P(Z > |z|); exact p = min(1, 2·P(W ≤ w)).
/// Source: F. Wilcoxon, 1945, "Individual comparisons by ranking methods".
///
/// Not for two independent groups ([`super::mann_whitney`] serves there), nor for differences that are far from symmetric
/// about their middle; with many zeros it says nothing of those whom nothing changed for.
///
/// # Errors
/// `empty_sample` without a difference; `out_of_range` for what is no finite number, or too many for an exact test;
/// `ties_in_exact` when two differences other than 0 are of one size in an exact test.
///
/// ```
/// use measures::tests::{Method, wilcoxon};
/// let test = wilcoxon(&[1.0, 2.0, 3.0, -4.0], Method::Exact, false)?;
/// assert_eq!((test.w_plus, test.w_minus), (Some(6.0), Some(4.0)));
/// // 7 of the 16 choices of signs leave a sum of at most 4.
/// assert_eq!(test.p, Some(14.0 / 16.0));
/// # Ok::<(), measures::Error>(())
/// ```
pub fn wilcoxon(differences: &[f64], method: Method, correction: bool) -> Result<Wilcoxon, Error> {
    if differences.is_empty() {
        return Err(Error::EmptySample);
    }
    finite(differences)?;
    let positive: Vec<f64> = differences.iter().copied().filter(|d| *d > 0.0).collect();
    let negative: Vec<f64> = differences.iter().filter(|d| **d < 0.0).map(|d| -d).collect();
    let sums = RankSums::of(&[&positive, &negative]);
    let n = sums.n();
    let zeros = differences.len() as u64 - n;
    if n == 0 {
        return Ok(Wilcoxon { n, zeros, w_plus: None, w_minus: None, w: None, p: None, rank_biserial: None });
    }
    let (plus, minus) = (sums.twice[0], sums.twice[1]);
    let smaller = plus.min(minus);
    let w = smaller as f64 / 2.0;
    let p = match method {
        Method::Asymptotic => approximate(n as f64, w, sums.ties, correction),
        Method::Exact if sums.ties > 0.0 => return Err(Error::TiesInExact),
        Method::Exact => {
            let below = exact::wilcoxon_at_most(n, u64::try_from(smaller / 2).unwrap_or(u64::MAX))?;
            (2.0 * below).min(1.0)
        }
    };
    Ok(Wilcoxon {
        n,
        zeros,
        w_plus: Some(plus as f64 / 2.0),
        w_minus: Some(minus as f64 / 2.0),
        w: Some(w),
        p: Some(p),
        rank_biserial: Some((plus as i128 - minus as i128) as f64 / (plus + minus) as f64),
    })
}

/// w lies at most at the middle, so the correction moves it up.
fn approximate(n: f64, w: f64, ties: f64, correction: bool) -> f64 {
    let below = (n * (n + 1.0) / 4.0 - w - if correction { 0.5 } else { 0.0 }).max(0.0);
    let variance = n * (n + 1.0) * (2.0 * n + 1.0) / 24.0 - ties / 48.0;
    quantile::normal_p_two_sided(below / variance.sqrt())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_zeros_leave_nothing_to_test() {
        let test = wilcoxon(&[0.0, -0.0, 0.0], Method::Exact, false).unwrap();
        assert_eq!((test.n, test.zeros, test.w, test.p), (0, 3, None, None));
        assert_eq!(wilcoxon(&[], Method::Exact, false).unwrap_err().code(), "empty_sample");
        let tied = wilcoxon(&[1.0, -1.0], Method::Exact, false);
        assert_eq!(tied.unwrap_err().code(), "ties_in_exact");
    }

    #[test]
    fn even_sums_have_a_probability_of_1() {
        for correction in [false, true] {
            let test = wilcoxon(&[1.0, -1.0], Method::Asymptotic, correction).unwrap();
            assert_eq!(test.p, Some(1.0));
        }
        // All equal and of one sign: the variance, corrected for ties, stays above 0.
        let one = wilcoxon(&[2.0], Method::Asymptotic, false).unwrap();
        assert!((one.p.unwrap() - quantile::normal_p_two_sided(1.0)).abs() < 1e-15);
    }

    proptest! {
        #[test]
        fn sums_make_the_whole_and_turn_with_the_sign(d in prop::collection::vec(-6..7_i32, 1..40)) {
            let d: Vec<f64> = d.into_iter().map(f64::from).collect();
            let turned: Vec<f64> = d.iter().map(|d| -d).collect();
            let (one, other) = (
                wilcoxon(&d, Method::Asymptotic, true).unwrap(),
                wilcoxon(&turned, Method::Asymptotic, true).unwrap(),
            );
            prop_assert_eq!(one.w_plus, other.w_minus);
            prop_assert_eq!(one.p, other.p);
            if let (Some(plus), Some(minus)) = (one.w_plus, one.w_minus) {
                prop_assert_eq!(plus + minus, (one.n * (one.n + 1)) as f64 / 2.0);
                prop_assert!((0.0..=1.0).contains(&one.p.unwrap()));
            }
        }
    }
}
