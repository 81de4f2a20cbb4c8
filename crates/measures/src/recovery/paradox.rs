//! Whether recovered customers end up above those who never had a failure.

use serde::Serialize;

use crate::ranks::midranks;
use crate::tests::{Sample, welch};
use crate::{Confidence, DefinitionId, Error, Interval, distribution, proportion};

/// What the comparison says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Recovered customers stand above those without failure.
    Paradox,
    /// They stand below.
    Shortfall,
    /// The figures do not tell.
    Inconclusive,
}

impl Verdict {
    /// From one-sided probabilities; where there are none, from the sign of the difference.
    fn of(p: Option<(f64, f64)>, difference: f64, alpha: f64) -> Self {
        let (above, below) =
            p.map_or((difference > 0.0, difference < 0.0), |(greater, less)| (greater < alpha, less < alpha));
        if above {
            Self::Paradox
        } else if below {
            Self::Shortfall
        } else {
            Self::Inconclusive
        }
    }
}

/// Satisfaction after recovery against satisfaction without failure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SatisfactionParadox {
    /// Answers of recovered customers.
    pub n_recovered: u64,
    /// Answers of customers without failure.
    pub n_no_failure: u64,
    /// Answers not given, in neither n.
    pub missing: u64,
    /// Mean of the recovered.
    pub mean_recovered: f64,
    /// Mean of those without failure.
    pub mean_no_failure: f64,
    /// mean_recovered − mean_no_failure, in the unit of the answers.
    pub difference: f64,
    /// Welch's statistic; `None` when neither group varies.
    pub t: Option<f64>,
    /// Its degrees of freedom; `None` with `t`.
    pub df: Option<f64>,
    /// Probability of a t as large or larger if both means were equal; `None` with `t`.
    pub p_greater: Option<f64>,
    /// Probability of a t as small or smaller; `None` with `t`.
    pub p_less: Option<f64>,
    /// Two-sided interval of the difference.
    pub ci: Interval,
    /// Difference in standard deviations, corrected for small groups; `None` when neither group varies.
    pub hedges_g: Option<f64>,
    /// Probability that a recovered customer answers higher than one without failure, minus that of lower; −1 to 1.
    pub cliffs_delta: f64,
    /// Paradox when p_greater < alpha, shortfall when p_less < alpha.
    pub verdict: Verdict,
}

impl SatisfactionParadox {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("recovery_paradox_satisfaction", 1);
}

/// Compares the satisfaction of customers after recovery with that of customers of the same period without failure. All
/// answers are needed, since Cliff's δ ranks them.
///
/// Formula: Welch's t and degrees of freedom, each tail apart; Hedges' g; Cliff's δ = P(recovered > other) − P(recovered
/// < other), from midranks. The verdict is one-sided at `alpha`: the interval, two-sided, may hold 0 beside a verdict.
///
/// Sources: M. A. McCollough & S. G. Bharadwaj, 1992, "The recovery paradox: an examination of consumer satisfaction in
/// relation to disconfirmation, service quality, and attribution based theories"; C. A. de Matos, J. L. Henrique &
/// C. A. V. Rossi, 2007, "Service recovery paradox: a meta-analysis" (found for satisfaction, not for repurchase); tests:
/// Welch 1947, Hedges 1981; N. Cliff, 1993, "Dominance statistics: ordinal analyses to answer ordinal questions".
///
/// The groups must be comparable: who complains is not who does not ([`super::matched_effect`] sets like beside like).
/// Never a reason to let things fail: it does not survive a second failure (Maxham & Netemeyer 2002).
///
/// # Errors
/// `empty_sample` for a group without an answer, `too_few` for one with a single answer; `out_of_range` unless
/// 0 < alpha < 1 and for answers beyond ±1e100.
///
/// ```
/// use measures::{Confidence, recovery::{Verdict, paradox_satisfaction}};
/// let found = paradox_satisfaction(&[9.0, 10.0, 9.0, 10.0], &[7.0, 8.0, 7.0, 8.0], 0.05, Confidence::P95)?;
/// assert_eq!((found.difference, found.cliffs_delta), (2.0, 1.0)); // every one above every other
/// assert_eq!(found.verdict, Verdict::Paradox);
/// # Ok::<(), measures::Error>(())
/// ```
pub fn paradox_satisfaction(
    recovered: &[f64],
    no_failure: &[f64],
    alpha: f64,
    confidence: Confidence,
) -> Result<SatisfactionParadox, Error> {
    check_alpha(alpha)?;
    let test = welch(&Sample::of(recovered)?, &Sample::of(no_failure)?, confidence)?;
    let tails = test
        .t
        .zip(test.df)
        .map(|(t, df)| (distribution::student_above(t, df), distribution::student_above(-t, df)));
    Ok(SatisfactionParadox {
        n_recovered: test.n1,
        n_no_failure: test.n2,
        missing: test.missing,
        mean_recovered: test.mean1,
        mean_no_failure: test.mean2,
        difference: test.difference,
        t: test.t,
        df: test.df,
        p_greater: tails.map(|(greater, _)| greater),
        p_less: tails.map(|(_, less)| less),
        ci: test.ci,
        hedges_g: test.hedges_g,
        cliffs_delta: cliffs_delta(recovered, no_failure),
        verdict: Verdict::of(tails, test.difference, alpha),
    })
}

/// P(a > b) − P(a < b) over all pairs; both groups have answers.
fn cliffs_delta(a: &[f64], b: &[f64]) -> f64 {
    let all: Vec<f64> = a.iter().chain(b).copied().collect();
    let (ranks, _) = midranks(&all);
    let (n, m) = (a.len() as f64, b.len() as f64);
    // Pairs in which a is above, ties by half.
    let above = ranks.iter().take(a.len()).sum::<f64>() - n * (n + 1.0) / 2.0;
    2.0 * above / (n * m) - 1.0
}

/// Repurchase after recovery against repurchase without failure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RepurchaseParadox {
    /// Share of recovered customers who bought again, 0 to 1.
    pub p_recovered: f64,
    /// Share of customers without failure who did.
    pub p_no_failure: f64,
    /// p_recovered − p_no_failure.
    pub difference: f64,
    /// Statistic of the pooled test; `None` when all or none bought again.
    pub z: Option<f64>,
    /// Probability of a z as large or larger if both shares were equal; `None` with `z`.
    pub p_greater: Option<f64>,
    /// Probability of a z as small or smaller; `None` with `z`.
    pub p_less: Option<f64>,
    /// 2 asin √p_recovered − 2 asin √p_no_failure: about 0.2 is small, 0.5 medium, 0.8 large.
    pub cohen_h: f64,
    /// Newcombe's interval of the difference.
    pub ci_newcombe: Interval,
    /// Paradox when p_greater < alpha, shortfall when p_less < alpha.
    pub verdict: Verdict,
}

impl RepurchaseParadox {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("recovery_paradox_repurchase", 1);
}

/// Compares how many buy again after recovery, as (bought again, of so many), with how many do without failure: acts
/// beside words.
///
/// Formula: z of the pooled test, each tail apart; Newcombe's interval; Cohen's h = 2 asin √p₁ − 2 asin √p₂.
///
/// Sources: C. A. de Matos, J. L. Henrique & C. A. V. Rossi, 2007, "Service recovery paradox: a meta-analysis" (no
/// paradox found in repurchase intentions); R. G. Newcombe, 1998; J. Cohen, 1988, *Statistical Power Analysis for the
/// Behavioral Sciences*.
///
/// Give both groups the same time to buy again, counted from recovery and from a like day. Comparable groups as for
/// [`paradox_satisfaction`].
///
/// # Errors
/// `empty_sample` when a group is empty; `out_of_range` when a count exceeds its n, and unless 0 < alpha < 1.
///
/// ```
/// use measures::{Confidence, recovery::{Verdict, paradox_repurchase}};
/// let found = paradox_repurchase((42, 50), (130, 200), 0.05, Confidence::P95)?;
/// assert_eq!((found.p_recovered, found.p_no_failure), (0.84, 0.65));
/// assert_eq!(found.verdict, Verdict::Paradox);
/// # Ok::<(), measures::Error>(())
/// ```
pub fn paradox_repurchase(
    recovered: (u64, u64),
    no_failure: (u64, u64),
    alpha: f64,
    confidence: Confidence,
) -> Result<RepurchaseParadox, Error> {
    check_alpha(alpha)?;
    let test = proportion::difference(recovered, no_failure, confidence)?;
    let angle = |p: f64| 2.0 * p.sqrt().asin();
    let tails = test.z.map(|z| (distribution::normal_above(z), distribution::normal_above(-z)));
    Ok(RepurchaseParadox {
        p_recovered: test.p1,
        p_no_failure: test.p2,
        difference: test.difference,
        z: test.z,
        p_greater: tails.map(|(greater, _)| greater),
        p_less: tails.map(|(_, less)| less),
        cohen_h: angle(test.p1) - angle(test.p2),
        ci_newcombe: test.ci_newcombe,
        verdict: Verdict::of(tails, test.difference, alpha),
    })
}

fn check_alpha(alpha: f64) -> Result<(), Error> {
    if alpha > 0.0 && alpha < 1.0 {
        return Ok(());
    }
    Err(Error::out_of_range("alpha", alpha, "a number above 0 and below 1"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn without_spread_the_sign_decides() {
        let verdict = |a: f64, b: f64| {
            paradox_satisfaction(&[a, a], &[b, b, b], 0.05, Confidence::P95).unwrap().verdict
        };
        assert_eq!(
            [verdict(9.0, 8.0), verdict(7.0, 8.0), verdict(8.0, 8.0)],
            [Verdict::Paradox, Verdict::Shortfall, Verdict::Inconclusive]
        );
        let all = paradox_repurchase((3, 3), (5, 5), 0.05, Confidence::P95).unwrap();
        assert_eq!((all.z, all.p_less, all.verdict), (None, None, Verdict::Inconclusive));
        assert!(paradox_repurchase((1, 3), (5, 5), 0.0, Confidence::P95).is_err());
        assert!(paradox_satisfaction(&[1.0, 2.0], &[1.0, 2.0], f64::NAN, Confidence::P95).is_err());
    }

    proptest! {
        #[test]
        fn delta_is_that_of_all_pairs_and_sides_swap(
            a in prop::collection::vec((0..11_i32).prop_map(f64::from), 2..25),
            b in prop::collection::vec((0..11_i32).prop_map(f64::from), 2..25),
        ) {
            let found = paradox_satisfaction(&a, &b, 0.05, Confidence::P95).unwrap();
            let pairs: f64 = a.iter().flat_map(|x| b.iter().map(move |y| (x - y).total_cmp(&0.0) as i32)).map(f64::from).sum();
            prop_assert!((found.cliffs_delta - pairs / (a.len() * b.len()) as f64).abs() < 1e-12);
            let swapped = paradox_satisfaction(&b, &a, 0.05, Confidence::P95).unwrap();
            prop_assert_eq!(found.difference, -swapped.difference);
            prop_assert_eq!(found.p_greater, swapped.p_less);
            prop_assert_eq!(found.verdict == Verdict::Paradox, swapped.verdict == Verdict::Shortfall);
            if let (Some(greater), Some(less)) = (found.p_greater, found.p_less) {
                prop_assert!((greater + less - 1.0).abs() < 1e-12);
            }
        }

        #[test]
        fn repurchase_sides_swap(n in 1..80_u64, m in 1..80_u64, x in 0.0..=1.0_f64, y in 0.0..=1.0_f64) {
            let (a, b) = (((n as f64 * x) as u64, n), ((m as f64 * y) as u64, m));
            let found = paradox_repurchase(a, b, 0.05, Confidence::P95).unwrap();
            let swapped = paradox_repurchase(b, a, 0.05, Confidence::P95).unwrap();
            prop_assert!((found.cohen_h + swapped.cohen_h).abs() < 1e-12);
            prop_assert_eq!(found.p_greater, swapped.p_less);
            prop_assert!(found.cohen_h.abs() <= std::f64::consts::PI);
        }
    }
}
