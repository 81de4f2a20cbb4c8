//! From single purchases to what the models need of each customer.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Day, History};
use crate::sum::ExactSum;
use crate::{DefinitionId, Error};

/// Gathers purchases by customer and day. `Id` is whatever names a customer.
///
/// ```
/// use measures::lifetime_value::{Day, Purchases};
/// let mut all = Purchases::new();
/// let day = |text: &str| text.parse::<Day>();
/// all.push("Ada", day("2024-02-19")?, 14.0)?;
/// all.push("Ada", day("2024-03-05")?, 10.0)?;
/// all.push("Ada", day("2024-03-05")?, 12.5)?; // the same day: one purchase of 22.50
/// all.push("Ada", day("2024-12-31")?, 99.0)?; // after the end: not seen
/// let customers = all.customers(day("2024-08-31")?);
/// let ada = &customers[0];
/// assert_eq!((ada.x, ada.t_x, ada.t, ada.monetary_value), (1, 15.0, 194.0, 22.5));
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Purchases<Id> {
    customers: BTreeMap<Id, BTreeMap<Day, ExactSum>>,
}

impl<Id> Default for Purchases<Id> {
    fn default() -> Self {
        Self { customers: BTreeMap::new() }
    }
}

/// One customer as the models see them. Times in days since the first purchase.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Customer<Id> {
    /// Who.
    pub id: Id,
    /// Days with a purchase, the first not counted.
    pub x: u64,
    /// Time from the first day with a purchase to the last one.
    pub t_x: f64,
    /// Time from the first day with a purchase to the end of observation.
    #[serde(rename = "T")]
    pub t: f64,
    /// Mean value of a day with a purchase, the first not counted; 0 without a repeat.
    pub monetary_value: f64,
}

impl<Id> Customer<Id> {
    /// The history, its times divided by `unit` days: 7 gives weeks.
    ///
    /// # Errors
    /// `out_of_range` for a unit that is not above 0.
    pub fn history(&self, unit: f64) -> Result<History, Error> {
        if !(unit > 0.0 && unit.is_finite()) {
            return Err(Error::out_of_range("days_per_unit", unit, "above 0"));
        }
        History::new(self.x, self.t_x / unit, self.t / unit)
    }
}

impl<Id: Ord + Clone> Purchases<Id> {
    /// Formula and version of this summary.
    pub const DEFINITION: DefinitionId = DefinitionId::new("purchase_summary", 1);

    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one purchase. Several on one day are one purchase of their total value.
    ///
    /// # Errors
    /// `out_of_range` for a value that is no number or beyond ±1e100.
    pub fn push(&mut self, id: Id, day: Day, value: f64) -> Result<(), Error> {
        if !(-1e100..=1e100).contains(&value) {
            return Err(Error::out_of_range("value", value, "a number within 1e100"));
        }
        self.customers.entry(id).or_default().entry(day).or_default().add(value);
        Ok(())
    }

    /// Takes over the purchases of `other`; the order of merges changes nothing.
    pub fn merge(&mut self, other: &Self) {
        for (id, days) in &other.customers {
            let own = self.customers.entry(id.clone()).or_default();
            for (day, value) in days {
                own.entry(*day).or_default().merge(value);
            }
        }
    }

    /// Every customer who had begun by `end`, in rising order of `Id`. Purchases after `end` are not seen.
    ///
    /// Source: Fader, Hardie & Lee 2005 (frequency, recency and time observed).
    #[must_use]
    pub fn customers(&self, end: Day) -> Vec<Customer<Id>> {
        self.customers.iter().filter_map(|(id, days)| customer(id, days, end)).collect()
    }

    /// Days with a purchase after `from` until `until`, of one customer.
    #[must_use]
    pub fn days_between(&self, id: &Id, from: Day, until: Day) -> u64 {
        if from >= until {
            return 0;
        }
        let after = (std::ops::Bound::Excluded(from), std::ops::Bound::Included(until));
        self.customers.get(id).map_or(0, |days| days.range(after).count() as u64)
    }
}

fn customer<Id: Clone>(id: &Id, days: &BTreeMap<Day, ExactSum>, end: Day) -> Option<Customer<Id>> {
    let mut seen = days.range(..=end);
    let (first, _) = seen.next()?;
    let (mut x, mut last, mut total) = (0, *first, ExactSum::default());
    for (day, value) in seen {
        x += 1;
        last = *day;
        total.merge(value);
    }
    let monetary_value = if x == 0 { 0.0 } else { total.total() / x as f64 };
    let (t_x, t) = (f64::from(last.since(*first)), f64::from(end.since(*first)));
    Some(Customer { id: id.clone(), x, t_x, t, monetary_value })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(index: u8) -> Day {
        Day::new(2024, 1 + index / 28, 1 + index % 28).unwrap()
    }

    proptest! {
        #[test]
        fn order_and_splitting_change_nothing(
            purchases in prop::collection::vec((0usize..2, 0u8..5, 0u8..80, -5.0..99.0f64), 0..60), end in 0u8..90,
        ) {
            let (mut whole, mut parts) = (Purchases::new(), [Purchases::new(), Purchases::new()]);
            for (part, id, at, value) in &purchases {
                whole.push(*id, day(*at), *value).unwrap();
                parts[*part].push(*id, day(*at), *value).unwrap();
            }
            let [mut forward, last] = parts.clone();
            forward.merge(&last);
            let [first, mut backward] = parts;
            backward.merge(&first);
            let customers = whole.customers(day(end));
            prop_assert_eq!(&customers, &forward.customers(day(end)));
            prop_assert_eq!(&customers, &backward.customers(day(end)));
            for customer in customers {
                prop_assert!(customer.history(7.0).is_ok());
                let until_end = whole.days_between(&customer.id, day(0), day(end));
                prop_assert!(until_end <= customer.x + 1);
            }
        }
    }
}
