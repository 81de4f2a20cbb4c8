//! Customers by the month of their first purchase.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

use serde::Serialize;

use crate::{Day, DefinitionId, Error, Month};

/// Most months a table may reach back: a century. Beyond that, a day was mistyped.
const MAX_MONTHS: u32 = 1_200;

/// Gathers purchases up to a day of observation. Memory grows with customers and the months they were active in.
///
/// ```
/// use measures::{Day, retention::Cohorts};
/// let day = |text: &str| text.parse::<Day>();
/// let mut purchases = Cohorts::new(day("2024-03-31")?);
/// purchases.push("ann", day("2024-01-31")?);
/// purchases.push("ben", day("2024-01-02")?);
/// purchases.push("ann", day("2024-03-01")?);
/// let table = purchases.table()?;
/// assert_eq!(table.cohorts[0].cohort.to_string(), "2024-01");
/// assert_eq!(table.cohorts[0].active, [2, 0, 1]);
/// assert_eq!(table.cohorts[0].rate, [1.0, 0.0, 0.5]);
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Cohorts<K> {
    observed: Day,
    months: HashMap<K, BTreeSet<Month>>,
    after_observed: u64,
}

/// Customers who first bought in one month, followed month by month.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cohort {
    /// Month of the first purchase.
    pub cohort: Month,
    /// Distinct customers.
    pub size: u64,
    /// Distinct customers active in that month, the next, and so on to the month of observation.
    pub active: Vec<u64>,
    /// active / size, 0 to 1; the first is 1.
    pub rate: Vec<f64>,
}

/// All cohorts, the oldest first; months in which nobody first bought are left out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CohortTable {
    /// The cohorts.
    pub cohorts: Vec<Cohort>,
    /// Purchases after the day of observation, left out.
    pub after_observed: u64,
}

impl<K: Eq + Hash> Cohorts<K> {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("cohort_retention", 1);

    /// An empty accumulator of what is known on that day.
    #[must_use]
    pub fn new(observed: Day) -> Self {
        Self { observed, months: HashMap::new(), after_observed: 0 }
    }

    /// Adds one purchase. One after the day of observation is counted apart.
    pub fn push(&mut self, customer: K, day: Day) {
        if day > self.observed {
            self.after_observed += 1;
        } else {
            self.months.entry(customer).or_default().insert(day.month());
        }
    }

    /// Takes over the purchases of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `bad_shape` when the days of observation differ; nothing is taken over then.
    pub fn merge(&mut self, other: Self) -> Result<(), Error> {
        if self.observed != other.observed {
            return Err(Error::BadShape { what: "cohorts seen on two different days cannot be merged" });
        }
        self.after_observed = self.after_observed.saturating_add(other.after_observed);
        for (customer, months) in other.months {
            self.months.entry(customer).or_default().extend(months);
        }
        Ok(())
    }

    /// The table.
    ///
    /// Formula: a customer's cohort is the month of the first purchase; cell k counts the distinct customers of the
    /// cohort who bought in the k-th month after it; rate = cell / size. The month of observation counts as far as it
    /// has gone.
    ///
    /// Source: P. S. Fader, B. G. S. Hardie, 2007, "How to project customer retention", Journal of Interactive
    /// Marketing 21(1) (cohorts before averages).
    ///
    /// Not a survival curve where customers may pause: who is not active in a month may be back in the next, and a
    /// rate can rise again. The first purchase must be the first ever: a table that begins in the middle of the
    /// history takes old customers for new ones. Small cohorts jump.
    ///
    /// # Errors
    /// `out_of_range` when the day of observation is more than a century after the first purchase.
    pub fn table(&self) -> Result<CohortTable, Error> {
        let end = self.observed.month();
        let firsts: BTreeSet<Month> =
            self.months.values().filter_map(|months| months.first().copied()).collect();
        let reach = firsts.first().map_or(0, |first| end.months_since(*first));
        if reach > MAX_MONTHS {
            let expected = format!("at most {MAX_MONTHS}: is the day of observation right?");
            return Err(Error::out_of_range("months from the first purchase on", f64::from(reach), expected));
        }
        let empty = |first: &Month| (*first, vec![0_u64; end.months_since(*first) as usize + 1]);
        let mut active: BTreeMap<Month, Vec<u64>> = firsts.iter().map(empty).collect();
        for months in self.months.values() {
            let Some((first, cells)) = months.first().and_then(|first| Some((first, active.get_mut(first)?)))
            else {
                continue;
            };
            for month in months {
                if let Some(cell) = cells.get_mut(month.months_since(*first) as usize) {
                    *cell += 1;
                }
            }
        }
        let cohort = |(cohort, active): (Month, Vec<u64>)| {
            let size = active.first().copied().unwrap_or(0);
            let rate = active.iter().map(|cell| *cell as f64 / size as f64).collect();
            Cohort { cohort, size, active, rate }
        };
        Ok(CohortTable {
            cohorts: active.into_iter().map(cohort).collect(),
            after_observed: self.after_observed,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(year: u16, month: u8, day: u8) -> Day {
        Day::new(year, month, day).unwrap()
    }

    #[test]
    fn a_table_that_would_explode_is_refused() {
        let mut purchases = Cohorts::new(day(9999, 12, 31));
        for customer in 0..1_200_u16 {
            purchases.push(customer, day(1 + customer / 12, (customer % 12) as u8 + 1, 1));
        }
        assert_eq!(purchases.table().unwrap_err().code(), "out_of_range");
        let mut century = Cohorts::new(day(2024, 1, 1));
        century.push(0, day(1924, 1, 31));
        assert_eq!(century.table().unwrap().cohorts[0].active.len(), 1_201);
    }

    #[test]
    fn what_nobody_has_seen_yet_is_counted_apart() {
        let mut purchases = Cohorts::new(day(2024, 1, 15));
        purchases.push(1, day(2024, 1, 15));
        purchases.push(1, day(2024, 1, 16));
        purchases.push(2, day(2024, 2, 1));
        let table = purchases.table().unwrap();
        assert_eq!((table.cohorts.len(), table.after_observed), (1, 2));
    }

    proptest! {
        #[test]
        fn every_customer_is_in_one_cohort_and_splitting_changes_nothing(
            purchases in prop::collection::vec((0usize..2, 0u8..10, 2022u16..2025, 1u8..=12), 0..80),
        ) {
            let observed = day(2024, 12, 31);
            let mut parts = [Cohorts::new(observed), Cohorts::new(observed)];
            let (mut whole, mut customers) = (Cohorts::new(observed), BTreeSet::new());
            for (part, customer, year, month) in purchases {
                parts[part].push(customer, day(year, month, 28));
                whole.push(customer, day(year, month, 28));
                customers.insert(customer);
            }
            let [mut a, mut b] = parts;
            let first = a.clone();
            a.merge(b.clone()).unwrap();
            b.merge(first).unwrap();
            let table = whole.table().unwrap();
            prop_assert_eq!(&table, &a.table().unwrap());
            prop_assert_eq!(&table, &b.table().unwrap());
            prop_assert_eq!(table.cohorts.iter().map(|c| c.size).sum::<u64>(), customers.len() as u64);
            for cohort in &table.cohorts {
                prop_assert_eq!(cohort.rate[0], 1.0);
                prop_assert!(cohort.active.iter().all(|cell| *cell <= cohort.size));
                prop_assert!(cohort.active.len() <= 36);
            }
        }
    }
}
