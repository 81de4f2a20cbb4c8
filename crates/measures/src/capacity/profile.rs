//! Zones over a day, a week, a year.

use serde::Serialize;

use super::{Occupation, Zone, ZoneBounds, occupation};
use crate::sum::ExactSum;
use crate::{DefinitionId, Error, Unbounded, count};

/// Counts intervals by zone. Sums are exact, so the order of intervals and merges changes nothing.
///
/// ```
/// use measures::capacity::{Accumulator, ZoneBounds};
/// let mut day = Accumulator::new(ZoneBounds::USUAL);
/// day.push(80.0, 100.0)?; // best
/// day.push(120.0, 100.0)?; // 20 turned away
/// let profile = day.summary();
/// assert_eq!((profile.counts.best, profile.counts.over, profile.refused_total), (1, 1, 20.0));
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Accumulator {
    bounds: ZoneBounds,
    counts: ZoneCounts,
    undefined: u64,
    demand: ExactSum,
    capacity: ExactSum,
    refused: ExactSum,
}

/// Intervals in each zone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ZoneCounts {
    /// In zone 1.
    #[serde(rename = "1")]
    pub over: u64,
    /// In zone 2.
    #[serde(rename = "2")]
    pub full: u64,
    /// In zone 3.
    #[serde(rename = "3")]
    pub best: u64,
    /// In zone 4.
    #[serde(rename = "4")]
    pub idle: u64,
}

/// How a stretch of intervals was filled.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Profile {
    /// Intervals in each zone.
    pub counts: ZoneCounts,
    /// Intervals without demand and capacity, in no zone.
    pub undefined: u64,
    /// Demand above capacity, interval by interval: what one lacks, another cannot lend.
    pub refused_total: f64,
    /// All demand / all capacity; "inf" with demand and no capacity at all, `None` with neither. It hides peaks.
    pub overall_utilisation: Option<Unbounded>,
}

impl Accumulator {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("capacity_profile", 1);

    /// An empty accumulator.
    #[must_use]
    pub fn new(bounds: ZoneBounds) -> Self {
        Self {
            bounds,
            counts: ZoneCounts::default(),
            undefined: 0,
            demand: ExactSum::default(),
            capacity: ExactSum::default(),
            refused: ExactSum::default(),
        }
    }

    /// Adds one interval and says how full it was.
    ///
    /// # Errors
    /// As [`occupation`]; `out_of_range` above 2⁵³ intervals.
    pub fn push(&mut self, demand: f64, capacity: f64) -> Result<Occupation, Error> {
        let one = occupation(demand, capacity, self.bounds)?;
        count::add(self.intervals(), 1)?;
        match one.zone {
            Some(Zone::Over) => self.counts.over += 1,
            Some(Zone::Full) => self.counts.full += 1,
            Some(Zone::Best) => self.counts.best += 1,
            Some(Zone::Idle) => self.counts.idle += 1,
            None => self.undefined += 1,
        }
        self.demand.add(demand);
        self.capacity.add(capacity);
        if demand > capacity {
            self.refused.add(demand);
            self.refused.add(-capacity);
        }
        Ok(one)
    }

    /// Takes over the intervals of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `bad_shape` when its zones have other bounds; `out_of_range` above 2⁵³ intervals; nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if self.bounds != other.bounds {
            return Err(Error::BadShape { what: "zones of different bounds cannot be merged" });
        }
        count::add(self.intervals(), other.intervals())?;
        self.counts.over += other.counts.over;
        self.counts.full += other.counts.full;
        self.counts.best += other.counts.best;
        self.counts.idle += other.counts.idle;
        self.undefined += other.undefined;
        self.demand.merge(&other.demand);
        self.capacity.merge(&other.capacity);
        self.refused.merge(&other.refused);
        Ok(())
    }

    /// Counts, refusals and overall use.
    #[must_use]
    pub fn summary(&self) -> Profile {
        let (demand, capacity) = (self.demand.total(), self.capacity.total());
        let overall_utilisation = if capacity > 0.0 {
            Some(Unbounded::At(demand / capacity))
        } else {
            (demand > 0.0).then_some(Unbounded::Infinite)
        };
        Profile {
            counts: self.counts,
            undefined: self.undefined,
            refused_total: self.refused.total(),
            overall_utilisation,
        }
    }

    const fn intervals(&self) -> u64 {
        let counts = self.counts;
        counts.over + counts.full + counts.best + counts.idle + self.undefined
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_at_all_is_undefined_and_other_bounds_do_not_mix() {
        let mut none = Accumulator::new(ZoneBounds::USUAL);
        assert_eq!(none.summary().overall_utilisation, None);
        none.push(3.0, 0.0).unwrap();
        assert_eq!(none.summary().overall_utilisation, Some(Unbounded::Infinite));
        let other = Accumulator::new(ZoneBounds::new(0.5, 0.8, 1.0).unwrap());
        assert_eq!(none.merge(&other).unwrap_err().code(), "bad_shape");
    }

    proptest! {
        #[test]
        fn order_and_split_change_nothing(
            intervals in prop::collection::vec((0.0..1e6_f64, 0.0..1e6_f64), 0..40), cut in 0..40_usize,
        ) {
            let intervals: Vec<_> = intervals.into_iter().filter(|(d, c)| *d > 1e-90 && *c > 1e-90).collect();
            let gather = |part: &[(f64, f64)]| {
                let mut all = Accumulator::new(ZoneBounds::USUAL);
                part.iter().for_each(|(d, c)| { all.push(*d, *c).unwrap(); });
                all
            };
            let (left, right) = intervals.split_at(cut.min(intervals.len()));
            let mut merged = gather(right);
            merged.merge(&gather(left)).unwrap();
            prop_assert_eq!(merged.summary(), gather(&intervals).summary());
            let profile = merged.summary();
            let n = profile.counts.over + profile.counts.full + profile.counts.best + profile.counts.idle;
            prop_assert_eq!(n, intervals.len() as u64);
            prop_assert!(profile.refused_total >= 0.0);
        }
    }
}
