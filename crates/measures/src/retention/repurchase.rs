//! Buyers who come back within a period.

use std::collections::HashMap;
use std::hash::Hash;

use serde::Serialize;

use super::Rate;
use crate::{Confidence, Day, DefinitionId, Error, Interval};

/// Gathers purchases of one period. Memory grows with the number of buyers, not of purchases.
///
/// ```
/// use measures::{Confidence, Day, retention::Purchases};
/// let day = |text: &str| text.parse::<Day>();
/// let mut quarter = Purchases::new(day("2024-01-01")?, day("2024-03-31")?)?;
/// quarter.push("ann", day("2024-01-05")?);
/// quarter.push("ann", day("2024-01-05")?); // a second ticket of the day is the same purchase
/// quarter.push("ben", day("2024-02-01")?);
/// quarter.push("ben", day("2024-03-01")?);
/// quarter.push("cy", day("2024-05-01")?); // outside the period
/// let again = quarter.summary(Confidence::P95)?;
/// assert_eq!((again.buyers, again.repeat_buyers), (2, 1));
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Purchases<K> {
    from: Day,
    to: Day,
    /// First day seen of each buyer, and whether there was another.
    buyers: HashMap<K, (Day, bool)>,
}

/// Buyers of a period who bought on more than one day of it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Repurchase {
    /// Distinct customers with a purchase in the period.
    pub buyers: u64,
    /// Those who bought on at least two different days of it.
    pub repeat_buyers: u64,
    /// repeat_buyers / buyers, 0 to 1; `None` without a buyer.
    pub repurchase_rate: Option<f64>,
    /// Wilson's interval of the rate; `None` with it.
    pub ci_repurchase: Option<Interval>,
}

impl<K: Eq + Hash> Purchases<K> {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("repurchase_rate", 1);

    /// Purchases from one day to another, both included.
    ///
    /// # Errors
    /// `out_of_range` when the last day is before the first.
    pub fn new(from: Day, to: Day) -> Result<Self, Error> {
        if to < from {
            let expected = format!("days from {from} on");
            return Err(Error::out_of_range(
                "length of the period in days",
                to.days_since(from) as f64,
                expected,
            ));
        }
        Ok(Self { from, to, buyers: HashMap::new() })
    }

    /// Adds one purchase; one outside the period changes nothing.
    pub fn push(&mut self, buyer: K, day: Day) {
        if (self.from..=self.to).contains(&day) {
            self.add(buyer, day, false);
        }
    }

    /// Takes over the purchases of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `bad_shape` when the periods differ; nothing is taken over then.
    pub fn merge(&mut self, other: Self) -> Result<(), Error> {
        if (self.from, self.to) != (other.from, other.to) {
            return Err(Error::BadShape { what: "purchases of two different periods cannot be merged" });
        }
        for (buyer, (day, again)) in other.buyers {
            self.add(buyer, day, again);
        }
        Ok(())
    }

    fn add(&mut self, buyer: K, day: Day, again: bool) {
        self.buyers.entry(buyer).and_modify(|seen| seen.1 |= again || seen.0 != day).or_insert((day, again));
    }

    /// The rate and its interval.
    ///
    /// Formula: customers with purchases on two days or more / customers with a purchase. Tickets of one day are one
    /// purchase.
    ///
    /// Source: A. S. C. Ehrenberg, 1988, *Repeat-Buying: Facts, Theory and Applications*.
    ///
    /// Not for comparing periods of different length: a longer one has more repeat buyers by its length alone. Who
    /// first buys near the end has hardly had the time: a cohort table shows each at the same age.
    ///
    /// # Errors
    /// None in practice.
    pub fn summary(&self, confidence: Confidence) -> Result<Repurchase, Error> {
        let repeat = self.buyers.values().filter(|(_, again)| *again).count();
        let rate = Rate::new(repeat as u64, self.buyers.len() as u64, confidence)?;
        Ok(Repurchase {
            buyers: rate.denominator,
            repeat_buyers: rate.numerator,
            repurchase_rate: rate.rate,
            ci_repurchase: rate.ci_wilson,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use proptest::prelude::*;

    use super::*;

    fn day(number: u8) -> Day {
        Day::new(2024, 1, number).unwrap()
    }

    #[test]
    fn a_period_that_ends_before_it_begins_is_refused() {
        assert!(Purchases::<u8>::new(day(2), day(1)).is_err());
        let mut a = Purchases::<u8>::new(day(1), day(1)).unwrap();
        assert!(a.merge(Purchases::new(day(1), day(2)).unwrap()).is_err());
        assert_eq!(a.summary(Confidence::P95).unwrap().repurchase_rate, None);
    }

    proptest! {
        #[test]
        fn however_purchases_are_split_the_days_of_each_buyer_decide(
            purchases in prop::collection::vec((0usize..2, 0u8..8, 1u8..=31), 0..60),
        ) {
            let new = || Purchases::new(day(5), day(25)).unwrap();
            let mut parts = [new(), new()];
            let mut days: HashMap<u8, HashSet<u8>> = HashMap::new();
            for (part, buyer, number) in purchases {
                parts[part].push(buyer, day(number));
                if (5..=25).contains(&number) {
                    days.entry(buyer).or_default().insert(number);
                }
            }
            let [mut a, mut b] = parts;
            let first = a.clone();
            a.merge(b.clone()).unwrap();
            b.merge(first).unwrap();
            let (a, b) = (a.summary(Confidence::P95).unwrap(), b.summary(Confidence::P95).unwrap());
            prop_assert_eq!(a, b);
            prop_assert_eq!(a.buyers, days.len() as u64);
            prop_assert_eq!(a.repeat_buyers, days.values().filter(|days| days.len() > 1).count() as u64);
        }
    }
}
