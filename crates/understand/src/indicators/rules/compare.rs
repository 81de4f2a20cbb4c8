//! Two independent groups of answers, side by side.

use kernel::{Error, Result};
use measures::{Confidence, Interval, nps, proportion};

use super::Bag;
use super::estimate::{csat_answers, ease_answers, nps_answers, weighted_answers};
use crate::indicators::model::Measure;

/// First minus second, in the unit of the measure, with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Gap {
    pub(super) difference: f64,
    pub(super) interval: Interval,
}

impl Gap {
    /// Whether the data exclude that both are equal.
    pub(super) fn is_clear(&self) -> bool {
        !self.interval.contains(0.0)
    }
}

/// Compares two groups; `None` where one has too few answers for an interval.
pub(super) fn gap(measure: Measure, weighted: bool, a: &Bag, b: &Bag) -> Result<Option<Gap>> {
    let found = match measure {
        Measure::Nps if weighted => weighted_gap(a, b),
        Measure::Nps => nps_gap(a, b).map(Some),
        Measure::Csat => share_gap(a, b).map(Some),
        Measure::Ces2 => mean_gap(a, b),
    };
    match found {
        Ok(gap) => Ok(gap),
        Err(measures::Error::EmptySample | measures::Error::ZeroWeight) => Ok(None),
        Err(error) => Err(Error::caused(error)),
    }
}

fn nps_gap(a: &Bag, b: &Bag) -> Result<Gap, measures::Error> {
    let found = nps::difference(&nps_answers(a)?, &nps_answers(b)?, Confidence::P95)?;
    Ok(Gap { difference: found.difference, interval: found.ci_adjusted })
}

/// Independent weighted scores: their variances add up.
fn weighted_gap(a: &Bag, b: &Bag) -> Result<Option<Gap>, measures::Error> {
    let a = weighted_answers(a)?.summary(Confidence::P95)?;
    let b = weighted_answers(b)?.summary(Confidence::P95)?;
    let difference = a.nps - b.nps;
    let half = Confidence::P95.z() * a.se.hypot(b.se);
    // Without any spread (a handful of equal answers) this interval would claim certainty.
    Ok((half > 0.0).then(|| Gap { difference, interval: Interval::around(difference, half) }))
}

fn share_gap(a: &Bag, b: &Bag) -> Result<Gap, measures::Error> {
    let (a, b) = (csat_answers(a)?.summary(Confidence::P95)?, csat_answers(b)?.summary(Confidence::P95)?);
    let found = proportion::difference((a.satisfied, a.n), (b.satisfied, b.n), Confidence::P95)?;
    Ok(Gap { difference: found.difference, interval: found.ci_newcombe })
}

/// Difference of two means without assuming equal spread: standard error √(s₁²/n₁ + s₂²/n₂), Student's t with
/// the degrees of freedom of Welch and Satterthwaite.
/// Source: B. L. Welch, 1947, "The generalization of 'Student's' problem when several different population
/// variances are involved".
fn mean_gap(a: &Bag, b: &Bag) -> Result<Option<Gap>, measures::Error> {
    let (a, b) = (ease_answers(a)?.summary(Confidence::P95)?, ease_answers(b)?.summary(Confidence::P95)?);
    let (Some(sd_a), Some(sd_b)) = (a.sd, b.sd) else { return Ok(None) };
    let (n_a, n_b) = (a.n as f64, b.n as f64);
    let (v_a, v_b) = (sd_a * sd_a / n_a, sd_b * sd_b / n_b);
    let variance = v_a + v_b;
    if variance <= 0.0 {
        return Ok(None);
    }
    let freedom = variance * variance / (v_a * v_a / (n_a - 1.0) + v_b * v_b / (n_b - 1.0));
    let difference = a.mean - b.mean;
    let half = Confidence::P95.student_t(freedom) * variance.sqrt();
    Ok(Some(Gap { difference, interval: Interval::around(difference, half) }))
}
