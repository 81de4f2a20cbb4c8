//! Times promised, and kept.

use serde::Serialize;

use crate::{Confidence, DefinitionId, Error, Interval, proportion};

/// Counts what was done within a limit.
///
/// ```
/// use measures::{Confidence, recovery::SlaAccumulator};
/// let mut hours = SlaAccumulator::new(48.0)?;
/// for time in [5.0, 48.0, 49.0, 1.0] {
///     hours.push(time)?;
/// }
/// hours.push_open(1)?; // not over: no time yet
/// let kept = hours.summary(Confidence::P95)?;
/// assert_eq!((kept.within, kept.n, kept.share), (3, 4, 0.75));
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SlaAccumulator {
    limit: f64,
    trials: proportion::Accumulator,
}

/// Share of times within a limit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Sla {
    /// Times known.
    pub n: u64,
    /// Still running: they have no time, and are in no other figure.
    pub open: u64,
    /// Times within the limit, the limit included.
    pub within: u64,
    /// within / n, 0 to 1.
    pub share: f64,
    /// Wilson's interval of the share.
    pub ci_wilson: Interval,
}

impl SlaAccumulator {
    /// Formula and version of this measure; the limit is part of its identity too.
    pub const DEFINITION: DefinitionId = DefinitionId::new("sla", 1);

    /// An empty accumulator for a limit, in any unit of time.
    ///
    /// # Errors
    /// `out_of_range` for a limit that is negative or no finite number.
    pub fn new(limit: f64) -> Result<Self, Error> {
        Ok(Self { limit: check_duration("limit", limit)?, trials: proportion::Accumulator::new() })
    }

    /// Adds what took `time`. On the limit is within it.
    ///
    /// # Errors
    /// `out_of_range` for a time that is negative or no finite number, or above 2⁵³ times.
    pub fn push(&mut self, time: f64) -> Result<(), Error> {
        self.trials.push(check_duration("duration", time)? <= self.limit)
    }

    /// Counts `times` that are not over.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³.
    pub fn push_open(&mut self, times: u64) -> Result<(), Error> {
        self.trials.push_missing(times)
    }

    /// Takes over what `other` counted; the order of merges changes nothing.
    ///
    /// # Errors
    /// `bad_shape` when its limit differs; `out_of_range` above 2⁵³; nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if self.limit != other.limit {
            return Err(Error::BadShape { what: "times under different limits cannot be merged" });
        }
        self.trials.merge(&other.trials)
    }

    /// Share within the limit.
    ///
    /// Source of the interval: E. B. Wilson, 1927, "Probable inference, the law of succession, and statistical
    /// inference".
    ///
    /// Not while much is open: the slow ones are those still missing, so the share flatters
    /// ([`crate::survival::SurvivalCurve`] counts them in).
    ///
    /// # Errors
    /// `empty_sample` when no time is known.
    pub fn summary(&self, confidence: Confidence) -> Result<Sla, Error> {
        let all = self.trials.summary(confidence)?;
        Ok(Sla {
            n: all.n,
            open: all.missing,
            within: all.successes,
            share: all.share,
            ci_wilson: all.ci_wilson,
        })
    }
}

/// A time passed: 0 or more.
pub(crate) fn check_duration(what: &'static str, value: f64) -> Result<f64, Error> {
    if value >= 0.0 && value.is_finite() {
        return Ok(value);
    }
    Err(Error::out_of_range(what, value, "a time of 0 or more"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn times_that_cannot_be_are_refused_and_limits_do_not_mix() {
        let mut all = SlaAccumulator::new(1.0).unwrap();
        for wrong in [-1.0, f64::NAN, f64::INFINITY] {
            assert!(SlaAccumulator::new(wrong).is_err() && all.push(wrong).is_err(), "{wrong}");
        }
        all.push_open(3).unwrap();
        assert_eq!(all.summary(Confidence::P95).unwrap_err().code(), "empty_sample");
        assert!(all.merge(&SlaAccumulator::new(2.0).unwrap()).is_err());
    }

    proptest! {
        #[test]
        fn split_changes_nothing_and_a_longer_limit_never_holds_fewer(
            times in prop::collection::vec(0.0..10.0_f64, 1..40), cut in 0..40_usize, limit in 0.0..10.0_f64,
        ) {
            let gather = |part: &[f64], limit: f64| {
                let mut all = SlaAccumulator::new(limit).unwrap();
                part.iter().for_each(|time| all.push(*time).unwrap());
                all
            };
            let (left, right) = times.split_at(cut.min(times.len()));
            let mut merged = gather(right, limit);
            merged.merge(&gather(left, limit)).unwrap();
            prop_assert_eq!(merged, gather(&times, limit));
            let share = |limit: f64| gather(&times, limit).summary(Confidence::P95).unwrap().share;
            prop_assert!(share(limit) <= share(limit + 1.0));
        }
    }
}
