//! How long customers have been customers.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{Day, DefinitionId, Error, count};

/// Days of a year, leap years counted in.
const DAYS_OF_YEAR: f64 = 365.25;

/// From when to when somebody has been a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relation {
    /// First day.
    pub start: Day,
    /// Last day; `None` while it lasts.
    pub end: Option<Day>,
}

impl Relation {
    /// Whole days so far at `observed`.
    ///
    /// # Errors
    /// `out_of_range` when it begins or ends after that day, or ends before it begins.
    pub fn days(&self, observed: Day) -> Result<u64, Error> {
        let until = self.end.unwrap_or(observed);
        if let Some(end) = self.end.filter(|end| *end > observed) {
            let late = end.days_since(observed) as f64;
            return Err(Error::out_of_range("days from the observation to an end", late, "0 or less"));
        }
        u64::try_from(until.days_since(self.start)).map_err(|_| {
            let expected = format!("0 or more: {} is after {until}", self.start);
            Error::out_of_range("days from start to end", until.days_since(self.start) as f64, expected)
        })
    }
}

/// Gathers relations seen on one day. Memory grows with the number of different durations in days.
///
/// ```
/// use measures::{Day, retention::{Relation, SeniorityAccumulator}};
/// let day = |text: &str| text.parse::<Day>();
/// let mut customers = SeniorityAccumulator::new(day("2024-01-01")?);
/// customers.push(&Relation { start: day("2020-01-01")?, end: None })?; // 1461 days: 4 years
/// customers.push(&Relation { start: day("2016-01-01")?, end: None })?; // 8 years
/// customers.push(&Relation { start: day("2016-01-01")?, end: Some(day("2020-01-01")?) })?;
/// let seniority = customers.summary();
/// assert_eq!(seniority.mean_active, Some(6.0));
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeniorityAccumulator {
    observed: Day,
    /// Customers in all.
    n: u64,
    active: Durations,
    ended: Durations,
}

/// Whole days, each with how many customers have them.
type Durations = BTreeMap<u64, u64>;

/// Seniority in years of 365.25 days.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Seniority {
    /// Customers still active on the day of observation.
    pub active: u64,
    /// Customers who have left.
    pub ended: u64,
    /// Mean years of the active, up to the day of observation; `None` without one.
    pub mean_active: Option<f64>,
    /// Median years of the active, midway between the two in the middle; `None` without one.
    pub median_active: Option<f64>,
    /// Mean years of all, the active up to the day of observation; `None` without a customer.
    pub mean_all: Option<f64>,
}

impl SeniorityAccumulator {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("seniority", 1);

    /// An empty accumulator of what is seen on that day.
    #[must_use]
    pub const fn new(observed: Day) -> Self {
        Self { observed, n: 0, active: BTreeMap::new(), ended: BTreeMap::new() }
    }

    /// Adds one customer and gives their seniority in years.
    ///
    /// # Errors
    /// `out_of_range` when the relation begins or ends after the day of observation, or ends before it begins.
    pub fn push(&mut self, relation: &Relation) -> Result<f64, Error> {
        let days = relation.days(self.observed)?;
        let durations = if relation.end.is_some() { &mut self.ended } else { &mut self.active };
        self.n = count::add(self.n, 1)?;
        *durations.entry(days).or_insert(0) += 1;
        Ok(days as f64 / DAYS_OF_YEAR)
    }

    /// Takes over the customers of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `bad_shape` when the days of observation differ; `out_of_range` above 2⁵³ customers. Nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if self.observed != other.observed {
            return Err(Error::BadShape { what: "seniorities on two different days cannot be merged" });
        }
        self.n = count::add(self.n, other.n)?;
        for (mine, theirs) in [(&mut self.active, &other.active), (&mut self.ended, &other.ended)] {
            for (days, times) in theirs {
                *mine.entry(*days).or_insert(0) += times;
            }
        }
        Ok(())
    }

    /// Means and median.
    ///
    /// Formula: days from the first to the last day, or to the day of observation, / 365.25.
    ///
    /// Source: F. F. Reichheld, 1996, *The Loyalty Effect* (tenure of customers).
    ///
    /// Not a forecast of how long customers stay: the active are not at their end yet, so every mean here is too
    /// short for that (use a survival curve), and fast growth lowers it although nobody leaves.
    #[must_use]
    pub fn summary(&self) -> Seniority {
        let (active, days_active) = sums(&self.active);
        let (ended, days_ended) = sums(&self.ended);
        let mean = |days: u128, n: u64| (n > 0).then(|| days as f64 / n as f64 / DAYS_OF_YEAR);
        Seniority {
            active,
            ended,
            mean_active: mean(days_active, active),
            median_active: median(&self.active, active).map(|days| days / DAYS_OF_YEAR),
            mean_all: mean(days_active + days_ended, active + ended),
        }
    }
}

/// Customers, and their days together.
fn sums(durations: &Durations) -> (u64, u128) {
    durations
        .iter()
        .fold((0, 0), |(n, sum), (days, times)| (n + times, sum + u128::from(*days) * u128::from(*times)))
}

fn median(durations: &Durations, n: u64) -> Option<f64> {
    let at = |rank: u64| {
        let mut before = 0;
        durations.iter().find(|(_, times)| {
            before += **times;
            before > rank
        })
    };
    let (low, high) = (at(n.checked_sub(1)? / 2)?, at(n / 2)?);
    Some(f64::midpoint(*low.0 as f64, *high.0 as f64))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn what_lies_ahead_or_backwards_is_refused() {
        let observed = day("2024-06-30");
        let wrong =
            [("2024-07-01", None), ("2020-01-02", Some("2020-01-01")), ("2020-01-01", Some("2024-07-01"))];
        for (start, end) in wrong {
            let relation = Relation { start: day(start), end: end.map(day) };
            assert_eq!(relation.days(observed).unwrap_err().code(), "out_of_range", "{start}");
        }
        let today = Relation { start: observed, end: Some(observed) };
        assert_eq!(today.days(observed), Ok(0));
        let nobody = SeniorityAccumulator::new(observed).summary();
        assert_eq!((nobody.mean_active, nobody.median_active, nobody.mean_all), (None, None, None));
    }

    proptest! {
        #[test]
        fn splitting_changes_nothing_and_the_median_is_the_middle(
            starts in prop::collection::vec((0usize..2, 1u8..=28, any::<bool>()), 1..40),
        ) {
            let observed = day("2024-02-01");
            let mut parts = [SeniorityAccumulator::new(observed), SeniorityAccumulator::new(observed)];
            let mut whole = SeniorityAccumulator::new(observed);
            let mut years = Vec::new();
            for (part, number, over) in starts {
                let start = Day::new(2024, 1, number).unwrap();
                let relation = Relation { start, end: over.then(|| day("2024-01-31")) };
                parts[part].push(&relation).unwrap();
                let tenure = whole.push(&relation).unwrap();
                if !over { years.push(tenure) }
            }
            let [mut a, b] = parts;
            a.merge(&b).unwrap();
            prop_assert_eq!(a.summary(), whole.summary());
            years.sort_by(f64::total_cmp);
            let middle = (!years.is_empty()).then(|| f64::midpoint(years[(years.len() - 1) / 2], years[years.len() / 2]));
            match (middle, whole.summary().median_active) {
                (Some(expected), Some(found)) => prop_assert!((expected - found).abs() < 1e-12),
                (expected, found) => prop_assert_eq!(expected, found),
            }
        }
    }
}
