//! Customers at the start and at the end of a period.

use std::collections::HashSet;
use std::hash::Hash;

use serde::Serialize;

use super::Rate;
use crate::{Confidence, DefinitionId, Error, Interval, count};

/// Where a customer was seen: at the start, at the end, or both. Who is seen at neither (won and lost within the
/// period) is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Presence {
    /// At the start and at the end, even if away in between.
    Kept,
    /// At the start only.
    Lost,
    /// At the end only.
    Acquired,
}

/// Counts customers of a period, each pushed once.
///
/// ```
/// use measures::{Confidence, retention::{PeriodAccumulator, Presence}};
/// // 200 at the start, 210 at the end, of whom 30 are new: 180 of 200 stayed.
/// let mut customers = PeriodAccumulator::new();
/// customers.push_count(Presence::Kept, 180)?;
/// customers.push_count(Presence::Lost, 20)?;
/// customers.push_count(Presence::Acquired, 30)?;
/// let period = customers.summary(Confidence::P95)?;
/// assert_eq!((period.retention, period.churn), (Some(0.9), Some(0.1)));
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PeriodAccumulator {
    kept: u64,
    lost: u64,
    acquired: u64,
}

/// What became of the customers of a period. Rates 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Period {
    /// Customers at the start.
    pub start: u64,
    /// Customers at the end.
    pub end: u64,
    /// Customers at both.
    pub retained: u64,
    /// Customers at the start who are gone at the end.
    pub lost: u64,
    /// Customers at the end who were not there at the start.
    pub acquired: u64,
    /// retained / start; `None` without a customer at the start.
    pub retention: Option<f64>,
    /// Wilson's interval of the retention; `None` with it.
    pub ci_retention: Option<Interval>,
    /// lost / start = 1 − retention; `None` with it.
    pub churn: Option<f64>,
    /// (end − start) / start, −1 or more; `None` without a customer at the start.
    pub growth: Option<f64>,
}

impl PeriodAccumulator {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("retention", 1);

    /// An empty accumulator.
    #[must_use]
    pub const fn new() -> Self {
        Self { kept: 0, lost: 0, acquired: 0 }
    }

    /// Of the customers present at the start and at the end; naming one twice changes nothing.
    #[must_use]
    pub fn of_sets<K: Eq + Hash>(start: &[K], end: &[K]) -> Self {
        let (start, end): (HashSet<&K>, HashSet<&K>) = (start.iter().collect(), end.iter().collect());
        let kept = start.iter().filter(|key| end.contains(*key)).count();
        Self { kept: kept as u64, lost: (start.len() - kept) as u64, acquired: (end.len() - kept) as u64 }
    }

    /// Adds one customer.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ customers.
    pub fn push(&mut self, presence: Presence) -> Result<(), Error> {
        self.push_count(presence, 1)
    }

    /// Adds `times` customers, as a database `GROUP BY` gives them.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ customers.
    pub fn push_count(&mut self, presence: Presence, times: u64) -> Result<(), Error> {
        count::add(self.n(), times)?;
        match presence {
            Presence::Kept => self.kept += times,
            Presence::Lost => self.lost += times,
            Presence::Acquired => self.acquired += times,
        }
        Ok(())
    }

    /// Takes over the customers of `other`, none of whom may be counted here already; the order of merges changes
    /// nothing.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ customers; nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        count::add(self.n(), other.n())?;
        self.kept += other.kept;
        self.lost += other.lost;
        self.acquired += other.acquired;
        Ok(())
    }

    const fn n(&self) -> u64 {
        self.kept + self.lost + self.acquired
    }

    /// Retention, churn and growth.
    ///
    /// Formulas: retention = (end − acquired) / start, the customers at both ends over those at the start; churn =
    /// 1 − retention; growth = (end − start) / start. Who leaves and comes back within the period is kept.
    ///
    /// Source: F. F. Reichheld, W. E. Sasser, 1990, "Zero defections: quality comes to services", Harvard Business
    /// Review 68(5).
    ///
    /// Not for comparing periods of different length, nor groups of different age (new customers leave sooner: look
    /// at cohorts first); an average of rates over segments is not the rate of all.
    ///
    /// # Errors
    /// None in practice: what was pushed is consistent.
    pub fn summary(&self, confidence: Confidence) -> Result<Period, Error> {
        let (start, end) = (self.kept + self.lost, self.kept + self.acquired);
        let kept = Rate::new(self.kept, start, confidence)?;
        let of_start = |part: f64| (start > 0).then(|| part / start as f64);
        Ok(Period {
            start,
            end,
            retained: self.kept,
            lost: self.lost,
            acquired: self.acquired,
            retention: kept.rate,
            ci_retention: kept.ci_wilson,
            churn: of_start(self.lost as f64),
            growth: of_start(end as f64 - start as f64),
        })
    }
}

/// Buyers of one period who buy again in the next.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Loyalty {
    /// Buyers of the earlier period.
    pub previous_buyers: u64,
    /// Those of them who buy in the later one.
    pub loyal: u64,
    /// loyal / previous_buyers, 0 to 1; `None` without a buyer in the earlier period.
    pub loyalty_rate: Option<f64>,
    /// Wilson's interval of the rate; `None` with it.
    pub ci_loyalty: Option<Interval>,
}

impl Loyalty {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("loyalty_rate", 1);
}

/// Share of the buyers of one period who buy again in the next; naming one twice changes nothing. Where buyers come
/// one by one, [`super::RateAccumulator`] counts the same.
///
/// Formula: distinct buyers of both periods / distinct buyers of the earlier one.
///
/// Source: A. S. C. Ehrenberg, 1988, *Repeat-Buying: Facts, Theory and Applications* (repeat buyers of successive
/// periods).
///
/// Not where the usual time between purchases is longer than a period: buyers who are merely not due yet would count
/// as disloyal. Buying again is behaviour; it says nothing about attachment where there is no choice.
///
/// # Errors
/// None in practice.
///
/// ```
/// use measures::{Confidence, retention::loyalty};
/// let again = loyalty(&["ann", "ben", "cy"], &["ben", "cy", "dora", "ben"], Confidence::P95)?;
/// assert_eq!((again.loyal, again.previous_buyers), (2, 3));
/// # Ok::<(), measures::Error>(())
/// ```
pub fn loyalty<K: Eq + Hash>(
    previous: &[K],
    current: &[K],
    confidence: Confidence,
) -> Result<Loyalty, Error> {
    let period = PeriodAccumulator::of_sets(previous, current).summary(confidence)?;
    Ok(Loyalty {
        previous_buyers: period.start,
        loyal: period.retained,
        loyalty_rate: period.retention,
        ci_loyalty: period.ci_retention,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(start: &[u8], end: &[u8]) -> Period {
        PeriodAccumulator::of_sets(start, end).summary(Confidence::P95).unwrap()
    }

    #[test]
    fn naming_a_customer_twice_changes_nothing() {
        assert_eq!(of(&[1, 2, 2], &[2, 3, 3, 3]), of(&[1, 2], &[2, 3]));
        assert_eq!(of(&[], &[]).retention, None);
    }

    proptest! {
        #[test]
        fn the_parts_add_up_and_time_turned_round_swaps_won_and_lost(
            start in prop::collection::vec(any::<u8>(), 0..60), end in prop::collection::vec(any::<u8>(), 0..60),
        ) {
            let (there, back) = (of(&start, &end), of(&end, &start));
            prop_assert_eq!(there.start, there.retained + there.lost);
            prop_assert_eq!(there.end, there.retained + there.acquired);
            prop_assert_eq!((there.lost, there.acquired), (back.acquired, back.lost));
            if let (Some(retention), Some(churn), Some(ci)) = (there.retention, there.churn, there.ci_retention) {
                prop_assert!((retention + churn - 1.0).abs() < 1e-15 && ci.low <= retention && retention <= ci.high);
            }
        }
    }
}
