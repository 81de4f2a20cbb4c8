//! Two curves compared.

use serde::Serialize;

use super::Accumulator;
use crate::distribution::chi_squared_above;
use crate::{DefinitionId, Error};

/// What is known of two groups of spells that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LogRank {
    /// (observed − expected)² / variance, one degree of freedom, 0 or more; `None` when the groups were never at risk
    /// together, or nothing ended while they were.
    pub chi2: Option<f64>,
    /// Probability of as large a statistic if both groups ended at the same rate; `None` with it.
    pub p_value: Option<f64>,
    /// Ends in the first group.
    pub observed_1: u64,
    /// Ends expected in the first group if both ended at the same rate.
    pub expected_1: f64,
    /// Ends in the second group.
    pub observed_2: u64,
    /// Ends expected in the second group.
    pub expected_2: f64,
}

impl LogRank {
    /// Formula and version of this test.
    pub const DEFINITION: DefinitionId = DefinitionId::new("logrank", 1);
}

/// Whether one group's spells end at another rate than the other's, over the whole time both were watched.
///
/// Formula: at each time with an end, d of the n at risk in both groups, the first group's n₁ would share d·n₁/n of
/// the ends, with the hypergeometric variance d (n₁/n)(n₂/n)(n − d)/(n − 1); χ² = (O₁ − ΣE₁)² / ΣV.
///
/// Source: N. Mantel, 1966, "Evaluation of survival data and two new rank order statistics arising in its
/// consideration"; D. R. Cox, 1972, "Regression models and life-tables".
///
/// Not where the curves cross: early and late differences cancel. It tells whether, not by how much: show both curves.
/// Groups that chose themselves (members of a club and others) may differ in more than the name.
///
/// # Errors
/// `empty_sample` when a group has no spell.
///
/// ```
/// use measures::survival::{Accumulator, Spell, logrank};
/// let mut groups = [Accumulator::new(), Accumulator::new()];
/// groups[0].push(Spell { time: 1.0, is_over: true })?;
/// groups[1].push(Spell { time: 2.0, is_over: true })?;
/// let [first, second] = groups;
/// let test = logrank(first, second)?;
/// assert_eq!(test.expected_1, 0.5); // one of two at risk, one end; then it is alone no more
/// assert_eq!(test.chi2, Some(1.0)); // (1 − 0.5)² / 0.25
/// # Ok::<(), measures::Error>(())
/// ```
pub fn logrank(first: Accumulator, second: Accumulator) -> Result<LogRank, Error> {
    let (first, second) = (first.watch()?, second.watch()?);
    let (mut one, mut two) = (first.cursor(), second.cursor());
    let (mut times_1, mut times_2) = (first.event_times().peekable(), second.event_times().peekable());
    let (mut observed, mut expected, mut variance) = ([0, 0], [0.0, 0.0], 0.0);
    loop {
        let next = match (times_1.peek(), times_2.peek()) {
            (None, None) => break,
            (Some(time), None) | (None, Some(time)) => *time,
            (Some(a), Some(b)) => *a.min(b),
        };
        times_1.next_if_eq(&next);
        times_2.next_if_eq(&next);
        let (a, b) = (one.at(next), two.at(next));
        observed = [observed[0] + a.ended, observed[1] + b.ended];
        let (n, d) = ((a.at_risk + b.at_risk) as f64, (a.ended + b.ended) as f64);
        let (share_1, share_2) = (a.at_risk as f64 / n, b.at_risk as f64 / n);
        expected = [expected[0] + d * share_1, expected[1] + d * share_2];
        if n > 1.0 {
            variance += d * share_1 * share_2 * ((n - d) / (n - 1.0));
        }
    }
    let chi2 = (variance > 0.0).then(|| (observed[0] as f64 - expected[0]).powi(2) / variance);
    Ok(LogRank {
        chi2,
        p_value: chi2.map(|chi2| chi_squared_above(chi2, 1.0)),
        observed_1: observed[0],
        expected_1: expected[0],
        observed_2: observed[1],
        expected_2: expected[1],
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Spell;
    use super::*;

    fn group(spells: &[(u8, bool)]) -> Accumulator {
        let mut all = Accumulator::new();
        for (time, is_over) in spells {
            all.push(Spell { time: f64::from(*time), is_over: *is_over }).unwrap();
        }
        all
    }

    #[test]
    fn groups_never_at_risk_together_cannot_be_compared() {
        let test = logrank(group(&[(1, false)]), group(&[(2, true)])).unwrap();
        assert_eq!((test.chi2, test.p_value, test.observed_2, test.expected_2), (None, None, 1, 1.0));
        assert_eq!(logrank(group(&[]), group(&[(2, true)])).unwrap_err().code(), "empty_sample");
    }

    fn spells() -> impl Strategy<Value = Vec<(u8, bool)>> {
        prop::collection::vec((0u8..20, any::<bool>()), 1..40)
    }

    proptest! {
        #[test]
        fn swapping_the_groups_changes_no_verdict(a in spells(), b in spells()) {
            let (there, back) = (logrank(group(&a), group(&b)).unwrap(), logrank(group(&b), group(&a)).unwrap());
            prop_assert_eq!(there.observed_1, back.observed_2);
            prop_assert!((there.expected_1 - back.expected_2).abs() < 1e-12);
            let ends = (there.observed_1 + there.observed_2) as f64;
            prop_assert!((there.expected_1 + there.expected_2 - ends).abs() < 1e-9);
            match (there.chi2, back.chi2) {
                (Some(x), Some(y)) => prop_assert!((x - y).abs() <= 1e-9 * x.max(1.0)),
                (x, y) => prop_assert_eq!(x, y),
            }
        }

        #[test]
        fn a_group_against_itself_does_not_differ(a in spells()) {
            let test = logrank(group(&a), group(&a)).unwrap();
            prop_assert!(test.chi2.is_none_or(|chi2| chi2 < 1e-20));
            prop_assert!(test.p_value.is_none_or(|p| p > 1.0 - 1e-9));
        }
    }
}
