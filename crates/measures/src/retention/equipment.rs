//! How many product lines customers hold.

use serde::Serialize;

use super::Rate;
use crate::{Confidence, DefinitionId, Error, Interval, count};

/// Counts distinct product lines held, customer by customer.
///
/// ```
/// use measures::{Confidence, retention::EquipmentAccumulator};
/// let mut customers = EquipmentAccumulator::new();
/// for held in [1, 3, 2, 1, 0, 4] {
///     customers.push(held)?;
/// }
/// let held = customers.summary(Confidence::P95)?;
/// assert_eq!(held.products_per_active, Some(2.2)); // 11 lines, 5 customers with one at least
/// assert_eq!(held.multi_equipped_rate, Some(0.6));
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EquipmentAccumulator {
    customers: u64,
    active: u64,
    multi: u64,
    products: u64,
    missing: u64,
}

/// Product lines per customer.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Equipment {
    /// Customers whose holdings are known.
    pub customers: u64,
    /// Customers whose holdings are not, left out of all else.
    pub missing: u64,
    /// Those who hold one line at least.
    pub active: u64,
    /// Lines held / customers, 0 or more; `None` without a customer.
    pub products_per_customer: Option<f64>,
    /// Lines held / active customers, 1 or more; `None` without an active customer.
    pub products_per_active: Option<f64>,
    /// Share of active customers who hold two lines or more, 0 to 1; `None` without an active customer.
    pub multi_equipped_rate: Option<f64>,
    /// Wilson's interval of that share; `None` with it.
    pub ci_multi_equipped: Option<Interval>,
}

impl EquipmentAccumulator {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("products_per_customer", 1);

    /// An empty accumulator.
    #[must_use]
    pub const fn new() -> Self {
        Self { customers: 0, active: 0, multi: 0, products: 0, missing: 0 }
    }

    /// Adds one customer who holds that many lines.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ customers or lines in all.
    pub fn push(&mut self, held: u64) -> Result<(), Error> {
        self.push_count(held, 1)
    }

    /// Adds `times` customers who hold as many, as a database `GROUP BY` gives them.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ customers or lines in all.
    pub fn push_count(&mut self, held: u64, times: u64) -> Result<(), Error> {
        let lines = count::add(self.products, held.saturating_mul(times))?;
        self.customers = count::add(self.customers, times)?;
        self.products = lines;
        self.active += if held > 0 { times } else { 0 };
        self.multi += if held > 1 { times } else { 0 };
        Ok(())
    }

    /// Counts `times` customers whose holdings nobody knows.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³.
    pub fn push_missing(&mut self, times: u64) -> Result<(), Error> {
        self.missing = count::add(self.missing, times)?;
        Ok(())
    }

    /// Takes over the customers of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³; nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        let (customers, products) =
            (count::add(self.customers, other.customers)?, count::add(self.products, other.products)?);
        self.missing = count::add(self.missing, other.missing)?;
        (self.customers, self.products) = (customers, products);
        self.active += other.active;
        self.multi += other.multi;
        Ok(())
    }

    /// Lines per customer, per active customer, and the share with several.
    ///
    /// Formulas: lines / customers; lines / customers with at least one; customers with two or more / customers with
    /// at least one.
    ///
    /// Source: W. A. Kamakura, S. N. Ramaswami, R. K. Srivastava, 1991, "Applying latent trait analysis in the
    /// evaluation of prospects for cross-selling of financial services" (ownership of several products as the
    /// measure of a relation).
    ///
    /// Not a measure of satisfaction: products sold to those who do not need them raise it. The first mean falls when
    /// many customers without a product are kept on file; show the second beside it.
    ///
    /// # Errors
    /// None in practice.
    pub fn summary(&self, confidence: Confidence) -> Result<Equipment, Error> {
        let per = |of: u64| (of > 0).then(|| self.products as f64 / of as f64);
        let multi = Rate::new(self.multi, self.active, confidence)?;
        Ok(Equipment {
            customers: self.customers,
            missing: self.missing,
            active: self.active,
            products_per_customer: per(self.customers),
            products_per_active: per(self.active),
            multi_equipped_rate: multi.rate,
            ci_multi_equipped: multi.ci_wilson,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sums_beyond_counting_are_refused_and_change_nothing() {
        let mut all = EquipmentAccumulator::new();
        all.push(3).unwrap();
        let before = all;
        for (held, times) in [(u64::MAX, 2), (1, u64::MAX), (1 << 52, 4)] {
            assert_eq!(all.push_count(held, times).unwrap_err().code(), "out_of_range");
            assert_eq!(all, before);
        }
    }

    proptest! {
        #[test]
        fn the_means_are_bounded_by_each_other(held in prop::collection::vec(0u64..6, 1..50)) {
            let mut all = EquipmentAccumulator::new();
            held.iter().for_each(|held| all.push(*held).unwrap());
            let out = all.summary(Confidence::P95).unwrap();
            let mean = out.products_per_customer.unwrap();
            if let Some(per_active) = out.products_per_active {
                prop_assert!(per_active >= mean && per_active >= 1.0);
                prop_assert!(per_active >= 1.0 + out.multi_equipped_rate.unwrap() - 1e-12);
            } else {
                prop_assert_eq!(mean, 0.0);
            }
        }
    }
}
