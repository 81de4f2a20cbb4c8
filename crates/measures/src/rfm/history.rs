//! From purchases to recency, frequency and money.

use std::collections::BTreeMap;

use crate::sum::ExactSum;
use crate::{Day, Error, amount, count};

/// Gathers purchases customer by customer. Memory grows with customers, not with purchases.
///
/// ```
/// use measures::{Day, rfm::History};
/// let day = |text: &str| text.parse::<Day>();
/// let mut purchases = History::new();
/// purchases.push("ann", day("2024-01-05")?, 20.0)?;
/// purchases.push("ann", day("2024-03-01")?, 10.5)?;
/// let known = purchases.at(day("2024-03-31")?)?;
/// let ann = &known[0].1;
/// assert_eq!((ann.recency_days, ann.frequency, ann.monetary), (30, 2, 30.5));
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct History<K> {
    customers: BTreeMap<K, Past>,
}

#[derive(Debug, Clone)]
struct Past {
    last: Day,
    orders: u64,
    money: ExactSum,
}

/// What a customer has bought so far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bought {
    /// Whole days from the last purchase to the day of observation; 0 on the same day.
    pub recency_days: u64,
    /// Purchases.
    pub frequency: u64,
    /// Their amounts added up, refunds taken off.
    pub monetary: f64,
}

impl<K: Ord> History<K> {
    /// Nothing bought yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { customers: BTreeMap::new() }
    }

    /// Adds one purchase; a refund is a negative amount and counts as no purchase of its own.
    ///
    /// # Errors
    /// `out_of_range` for an amount that is no number or beyond ±1e100, or above 2⁵³ purchases.
    pub fn push(&mut self, customer: K, day: Day, amount: f64) -> Result<(), Error> {
        let amount = amount::signed("amount", amount)?;
        let past = self.customers.entry(customer).or_insert_with(|| Past {
            last: day,
            orders: 0,
            money: ExactSum::default(),
        });
        past.money.add(amount);
        if amount >= 0.0 {
            past.last = if past.orders == 0 { day } else { past.last.max(day) };
            past.orders = count::add(past.orders, 1)?;
        }
        Ok(())
    }

    /// Takes over the purchases of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ purchases of one customer.
    pub fn merge(&mut self, other: Self) -> Result<(), Error> {
        for (customer, theirs) in other.customers {
            if let Some(past) = self.customers.get_mut(&customer) {
                past.last = match (past.orders, theirs.orders) {
                    (_, 0) => past.last,
                    (0, _) => theirs.last,
                    _ => past.last.max(theirs.last),
                };
                past.orders = count::add(past.orders, theirs.orders)?;
                past.money.merge(&theirs.money);
            } else {
                self.customers.insert(customer, theirs);
            }
        }
        Ok(())
    }

    /// Every customer who has bought something, in the order of their keys, seen on one day.
    ///
    /// # Errors
    /// `out_of_range` when a purchase lies after that day.
    pub fn at(&self, observed: Day) -> Result<Vec<(&K, Bought)>, Error> {
        let bought = self.customers.iter().filter(|(_, past)| past.orders > 0);
        bought
            .map(|(customer, past)| {
                let days = observed.days_since(past.last);
                let recency_days = u64::try_from(days).map_err(|_| {
                    Error::out_of_range("recency", days as f64, format!("purchases up to {observed}"))
                })?;
                Ok((customer, Bought { recency_days, frequency: past.orders, monetary: past.money.total() }))
            })
            .collect()
    }
}

impl<K: Ord> Default for History<K> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(number: u8) -> Day {
        Day::new(2024, 1, number).unwrap()
    }

    #[test]
    fn a_refund_is_no_purchase_and_a_purchase_ahead_is_refused() {
        let mut all = History::new();
        all.push("a", day(20), -5.0).unwrap();
        assert!(all.at(day(31)).unwrap().is_empty());
        all.push("a", day(10), 8.0).unwrap();
        all.push("a", day(25), -1.0).unwrap();
        let expected = Bought { recency_days: 21, frequency: 1, monetary: 2.0 };
        assert_eq!(all.at(day(31)).unwrap(), [(&"a", expected)]);
        assert_eq!(all.at(day(9)).unwrap_err().code(), "out_of_range");
        assert_eq!(all.push("a", day(1), f64::NAN).unwrap_err().code(), "out_of_range");
    }

    proptest! {
        #[test]
        fn however_purchases_are_split_the_customers_are_the_same(
            purchases in prop::collection::vec((0usize..2, 0u8..6, 1u8..=28, -1e6..1e6f64), 0..50),
        ) {
            let (mut whole, mut parts) = (History::new(), [History::new(), History::new()]);
            for (part, customer, number, amount) in purchases {
                whole.push(customer, day(number), amount.trunc() / 100.0).unwrap();
                parts[part].push(customer, day(number), amount.trunc() / 100.0).unwrap();
            }
            let [mut a, mut b] = parts;
            let first = a.clone();
            a.merge(b.clone()).unwrap();
            b.merge(first).unwrap();
            let observed = day(31);
            prop_assert_eq!(whole.at(observed).unwrap(), a.at(observed).unwrap());
            prop_assert_eq!(whole.at(observed).unwrap(), b.at(observed).unwrap());
        }
    }
}
