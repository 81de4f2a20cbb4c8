//! Two means side by side.

use serde::Serialize;

use super::Sample;
use crate::{Confidence, DefinitionId, Error, Interval, distribution};

/// Difference of two means, with test, interval and size.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Welch {
    /// Numbers in the first group.
    pub n1: u64,
    /// Numbers in the second group.
    pub n2: u64,
    /// Answers not given in both groups together, in neither n.
    pub missing: u64,
    /// Mean of the first group.
    pub mean1: f64,
    /// Mean of the second group.
    pub mean2: f64,
    /// mean1 − mean2, in the unit of the answers.
    pub difference: f64,
    /// difference / standard error; `None` when neither group varies.
    pub t: Option<f64>,
    /// Degrees of freedom after Welch and Satterthwaite, at least those of the smaller group; `None` with `t`.
    pub df: Option<f64>,
    /// Two-sided probability of a |t| as large if both means were equal; `None` with `t`.
    pub p: Option<f64>,
    /// difference ± t·standard error; a point when neither group varies.
    pub ci: Interval,
    /// Difference in standard deviations, corrected for small groups: about 0.2 is small, 0.5 medium, 0.8 large.
    /// `None` when neither group varies.
    pub hedges_g: Option<f64>,
}

impl Welch {
    /// Formula and version of this test.
    pub const DEFINITION: DefinitionId = DefinitionId::new("welch_t", 1);
}

/// Compares the means of two independent groups, a − b, whose spreads may differ.
///
/// Formula: with vᵢ = varianceᵢ/nᵢ, t = (mean₁ − mean₂)/√(v₁ + v₂), df = (v₁ + v₂)² / (v₁²/(n₁−1) + v₂²/(n₂−1)), p from
/// Student's distribution; Hedges' g = (mean₁ − mean₂)/s · (1 − 3/(4(n₁+n₂) − 9)), s the pooled standard deviation.
/// Sources: B. L. Welch, 1947, "The generalization of 'Student's' problem when several different population variances are
/// involved"; L. V. Hedges, 1981, "Distribution theory for Glass's estimator of effect size and related estimators".
///
/// Not for the same people asked twice (take the differences instead), nor for a few answers far from a bell shape
/// (compare ranks instead).
///
/// # Errors
/// `empty_sample` when a group has no number; `too_few` when one has a single number.
///
/// ```
/// use measures::{Confidence, tests::{Sample, welch}};
/// let (a, b) = (Sample::of(&[5.0, 7.0])?, Sample::of(&[1.0, 3.0])?);
/// let test = welch(&a, &b, Confidence::P95)?;
/// assert_eq!(test.difference, 4.0);
/// assert_eq!(test.df, Some(2.0));
/// // Each variance is 2, so t = 4 / √(2/2 + 2/2) = 2√2.
/// assert!((test.t.unwrap_or(0.0) - 8.0_f64.sqrt()).abs() < 1e-12);
/// # Ok::<(), measures::Error>(())
/// ```
pub fn welch(a: &Sample, b: &Sample, confidence: Confidence) -> Result<Welch, Error> {
    a.at_least(2)?;
    b.at_least(2)?;
    let difference = a.mean_minus(b);
    let (spread1, spread2) = (a.squared_deviations(), b.squared_deviations());
    let (df1, df2) = ((a.n() - 1) as f64, (b.n() - 1) as f64);
    let (v1, v2) = (spread1 / df1 / a.n() as f64, spread2 / df2 / b.n() as f64);
    let se = (v1 + v2).sqrt();
    let varies = se > 0.0;
    let (part1, part2) = (v1 / (v1 + v2), v2 / (v1 + v2));
    let df = varies.then(|| 1.0 / (part1 * part1 / df1 + part2 * part2 / df2));
    let t = varies.then(|| difference / se);
    let half = df.map_or(0.0, |df| confidence.student_t(df) * se);
    let pooled = ((spread1 + spread2) / (df1 + df2)).sqrt();
    let correction = 1.0 - 3.0 / (4.0 * (df1 + df2 + 2.0) - 9.0);
    Ok(Welch {
        n1: a.n(),
        n2: b.n(),
        missing: a.missing() + b.missing(),
        mean1: a.mean().unwrap_or_default(),
        mean2: b.mean().unwrap_or_default(),
        difference,
        t,
        df,
        p: t.zip(df).map(|(t, df)| distribution::student_p_two_sided(t, df)),
        ci: Interval::around(difference, half),
        hedges_g: varies.then(|| difference / pooled * correction),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn test(a: &[f64], b: &[f64]) -> Result<Welch, Error> {
        welch(&Sample::of(a)?, &Sample::of(b)?, Confidence::P95)
    }

    /// scipy 1.17.1, ttest_ind(equal_var=False) and its interval; pingouin 0.7.0 for g.
    #[test]
    fn a_known_comparison_is_reproduced() {
        let found = test(&[7.1, 8.2, 6.9, 9.0, 7.7], &[6.0, 5.5, 7.2, 6.8, 4.9, 6.1]).unwrap();
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        close(found.t.unwrap(), 3.3125358851021316);
        close(found.df.unwrap(), 8.581096944686768);
        close(found.p.unwrap(), 0.009662200440140316);
        close(found.ci.low, 0.5293197296980199);
        close(found.hedges_g.unwrap(), 1.8371992413670868);
    }

    #[test]
    fn groups_that_do_not_vary_have_a_difference_and_no_test() {
        let found = test(&[5.0, 5.0, 5.0], &[4.1, 4.1]).unwrap();
        assert_eq!((found.t, found.df, found.p, found.hedges_g), (None, None, None, None));
        assert_eq!(found.ci, Interval::new(found.difference, found.difference));
        assert_eq!(test(&[3.0], &[1.0, 2.0]).unwrap_err().code(), "too_few");
        assert_eq!(test(&[], &[1.0, 2.0]).unwrap_err().code(), "empty_sample");
    }

    #[test]
    fn one_group_that_does_not_vary_leaves_the_freedom_of_the_other() {
        assert_eq!(test(&[5.0, 5.0, 5.0], &[1.0, 2.0, 3.0, 4.0]).unwrap().df, Some(3.0));
    }

    fn group() -> impl Strategy<Value = Vec<f64>> {
        prop::collection::vec(prop_oneof![(0..11_i32).prop_map(f64::from), -1e3..1e3f64], 2..20)
    }

    proptest! {
        #[test]
        fn groups_swapped_turn_the_sign_and_units_change_no_probability(a in group(), b in group()) {
            let (one, other) = (test(&a, &b).unwrap(), test(&b, &a).unwrap());
            prop_assert_eq!(one.difference, -other.difference);
            prop_assert_eq!(one.p, other.p);
            if let (Some(p), Some(df)) = (one.p, one.df) {
                let least = (a.len().min(b.len()) - 1) as f64;
                prop_assert!((0.0..=1.0).contains(&p) && df >= least * (1.0 - 1e-12));
                prop_assert!(df <= (a.len() + b.len() - 2) as f64 * (1.0 + 1e-12));
                // The interval leaves out 0 just when p is below 5 %.
                prop_assert!(one.ci.contains(0.0) == (p >= 0.05) || (p - 0.05).abs() < 1e-9);
                let scale = |values: &[f64]| values.iter().map(|x| x * 8.0).collect::<Vec<_>>();
                let scaled = test(&scale(&a), &scale(&b)).unwrap();
                prop_assert_eq!(scaled.hedges_g, one.hedges_g);
                prop_assert_eq!(scaled.p, Some(p));
            }
        }
    }
}
