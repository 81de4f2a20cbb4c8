//! How unequally value is spread over customers: Pareto's curve, classes A, B and C, Lorenz and Gini.
//!
//! That a fifth of the customers bring four fifths of the value is a pattern often met, not a law: it is measured here,
//! exactly. Values are taken as the decimals they are written as, and nothing is rounded before a comparison.

mod classes;
mod sums;

use serde::Serialize;

use self::classes::share;
pub use self::classes::{Class, ClassCounts, Limits};
use self::sums::Sums;
use crate::decimal::Decimal;
use crate::{DefinitionId, Error, twins};

/// What one customer is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Customer<'a> {
    /// Identifier, each customer's own; decides between equal values, bytewise.
    pub id: &'a str,
    /// Revenue, or better margin, 0 or more; refunds are taken off first.
    pub value: f64,
}

/// Customers in the order of their value. Every figure made of it needs all values, ranked: there is no shorter summary
/// to add up, so it takes them as a whole; n log n steps.
///
/// ```
/// use measures::concentration::{Concentration, Customer};
/// let values = [("a", 50.0), ("b", 30.0), ("c", 15.0), ("d", 5.0)];
/// let all = Concentration::new(&values.map(|(id, value)| Customer { id, value }))?;
/// assert_eq!(all.top_share(0.5)?, Some(0.8)); // the best two of four hold 80 of 100
/// assert_eq!(all.min_share(0.8)?, Some(0.5)); // and it takes two to hold 80 %
/// // 2 (1·5 + 2·15 + 3·30 + 4·50) / (4·100) − 5/4 = 0.375
/// assert_eq!(all.gini(), Some(0.375));
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Concentration {
    /// Places of the customers, the most valuable first.
    order: Vec<usize>,
    total: f64,
    sums: Sums,
}

/// Concentration of value at a glance. Shares 0 to 1; `None` when nobody is worth anything.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// Customers.
    pub n: usize,
    /// Value of all.
    pub total: f64,
    /// Class of each customer, in the order given.
    pub classes: Vec<Option<Class>>,
    /// Customers of each class.
    pub counts: Option<ClassCounts>,
    /// A fifth of the customers, rounded up.
    pub top_20_count: usize,
    /// Share of the value that many of the best customers hold.
    pub top_20_share: Option<f64>,
    /// Smallest share of the customers who hold 80 % of the value.
    pub min_share_for_80: Option<f64>,
    /// Gini's coefficient, 0 (all alike) to (n − 1) / n (one has all).
    pub gini: Option<f64>,
    /// The same times n / (n − 1), 0 to 1, for customers who are a sample of more; `None` for one customer too.
    pub gini_unbiased: Option<f64>,
    /// Points (share of customers, share of the value that many of the least valuable hold), from (0, 0) to (1, 1).
    pub lorenz: Option<Vec<(f64, f64)>>,
}

impl Concentration {
    /// Formula and version of these figures.
    pub const DEFINITION: DefinitionId = DefinitionId::new("concentration", 1);

    /// Ranks customers by value, equal values by identifier.
    ///
    /// # Errors
    /// `empty_sample` without a customer; `out_of_range` for a value that is negative or no number, or a total beyond
    /// what a double holds; `bad_shape` when an identifier comes twice.
    pub fn new(customers: &[Customer<'_>]) -> Result<Self, Error> {
        if customers.is_empty() {
            return Err(Error::EmptySample);
        }
        if let Some(wrong) =
            customers.iter().find(|customer| !(customer.value >= 0.0 && customer.value.is_finite()))
        {
            return Err(Error::out_of_range("value", wrong.value, "a number of 0 or more"));
        }
        if twins::exist(customers.iter().map(|customer| customer.id)) {
            return Err(Error::BadShape { what: "a customer comes twice: add their values up first" });
        }
        // The bits of a number of 0 or more rise with it; −0 is 0. Equal values are few: identifiers are looked at last.
        let mut ranked: Vec<(u64, usize)> =
            customers.iter().map(|c| !(c.value + 0.0).to_bits()).zip(0..).collect();
        ranked.sort_unstable();
        for equal in ranked.chunk_by_mut(|a, b| a.0 == b.0).filter(|equal| equal.len() > 1) {
            equal.sort_unstable_by_key(|(_, at)| customers[*at].id);
        }
        let falling: Vec<f64> = ranked.iter().map(|(bits, _)| f64::from_bits(!bits)).collect();
        let sums = Sums::new(&falling);
        let total = sums.total();
        if total.is_infinite() {
            return Err(Error::out_of_range("total value", total, "at most 1.8e308"));
        }
        Ok(Self { order: ranked.into_iter().map(|(_, at)| at).collect(), total, sums })
    }

    /// Customers.
    #[must_use]
    pub fn n(&self) -> usize {
        self.order.len()
    }

    /// Value of all.
    #[must_use]
    pub const fn total(&self) -> f64 {
        self.total
    }

    /// Places of the customers in the list given, the most valuable first.
    #[must_use]
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// How many customers a share of them (0 to 1) is, rounded up: a fifth of 6 is 2.
    ///
    /// # Errors
    /// `out_of_range` unless 0 ≤ share ≤ 1.
    pub fn top_count(&self, of_customers: f64) -> Result<usize, Error> {
        let part = Decimal::of(share("share of customers", of_customers)?);
        let scaled = u128::from(part.digits) * self.n() as u128;
        // digits × n has fewer than 37 digits: a smaller power of ten leaves a part of one customer.
        let count = match 10_u128.checked_pow(part.exponent.min(0).unsigned_abs()) {
            Some(power) => scaled.div_ceil(power) * 10_u128.pow(part.exponent.max(0).unsigned_abs()),
            None => scaled.min(1),
        };
        Ok(usize::try_from(count).unwrap_or(usize::MAX).min(self.n()))
    }

    /// Share of the value held by that share of the customers, the best ones, rounded up; `None` when nobody is worth
    /// anything.
    ///
    /// Source: J. M. Juran, 1954, "Universals in management planning and controlling" (the vital few).
    ///
    /// # Errors
    /// `out_of_range` unless 0 ≤ share ≤ 1.
    pub fn top_share(&self, of_customers: f64) -> Result<Option<f64>, Error> {
        let count = self.top_count(of_customers)?;
        Ok(self.is_worth().then(|| self.sums.share(count)))
    }

    /// Smallest share k / n of the customers who together hold that share of the value; `None` when nobody is worth
    /// anything.
    ///
    /// # Errors
    /// `out_of_range` unless 0 ≤ share ≤ 1.
    pub fn min_share(&self, of_value: f64) -> Result<Option<f64>, Error> {
        let wanted = share("share of value", of_value)?;
        Ok(self.is_worth().then(|| self.sums.below(wanted, false) as f64 / self.n() as f64))
    }

    /// Class of each customer, in the order given: A while the customers before hold less than the first limit, B while
    /// they hold less than the second, C then. Who crosses a limit stays in the better class. `None` for all when nobody
    /// is worth anything.
    ///
    /// Source: H. F. Dickie, 1951, "ABC inventory analysis shoots for dollars, not pennies".
    ///
    /// Not for how a customer is treated by law: class changes neither rights nor deadlines. Between two periods customers
    /// near a limit change class by chance: see [`crate::portfolio::Ladder`].
    #[must_use]
    pub fn classes(&self, limits: Limits) -> Vec<Option<Class>> {
        let mut classes = vec![None; self.n()];
        if self.is_worth() {
            let (a, b) = (self.before_below(limits.a(), false), self.before_below(limits.b(), false));
            for (rank, place) in self.order.iter().enumerate() {
                classes[*place] = Some(match rank {
                    rank if rank < a => Class::A,
                    rank if rank < b => Class::B,
                    _ => Class::C,
                });
            }
        }
        classes
    }

    /// How many customers come while those before them hold less than a limit (or just as much, `or_equal`).
    pub(crate) fn before_below(&self, limit: f64, or_equal: bool) -> usize {
        // The last sum is that of all: nobody comes after it.
        self.sums.below(limit, or_equal).min(self.n())
    }

    pub(crate) fn is_worth(&self) -> bool {
        self.sums.share_is_defined()
    }

    /// Lorenz's curve: points (i / n, share of the value that the i least valuable hold) for i from 0 to n.
    ///
    /// Source: M. O. Lorenz, 1905, "Methods of measuring the concentration of wealth".
    #[must_use]
    pub fn lorenz(&self) -> Option<Vec<(f64, f64)>> {
        let n = self.n();
        let point = |i: usize| (i as f64 / n as f64, self.sums.rest(i));
        self.is_worth().then(|| (0..=n).map(point).collect())
    }

    /// Gini's coefficient 2 Σ i x_i / (n Σ x) − (n + 1) / n, x rising, i from 1: twice the area between Lorenz's curve
    /// and the diagonal. 0 when all are alike, (n − 1) / n when one has all.
    ///
    /// Source: C. Gini, 1914, "Sulla misura della concentrazione e della variabilità dei caratteri".
    ///
    /// Not enough alone: two very different curves can have the same coefficient.
    #[must_use]
    pub fn gini(&self) -> Option<f64> {
        self.is_worth().then(|| self.sums.gini())
    }

    /// Gini's coefficient × n / (n − 1), for customers who are a sample; `None` for one customer.
    #[must_use]
    pub fn gini_unbiased(&self) -> Option<f64> {
        let n = self.n() as f64;
        self.gini().filter(|_| n > 1.0).map(|gini| gini * (n / (n - 1.0)))
    }

    /// Everything at once.
    ///
    /// # Errors
    /// None in practice.
    pub fn summary(&self, limits: Limits) -> Result<Summary, Error> {
        let classes = self.classes(limits);
        let count = |of: Class| classes.iter().filter(|class| **class == Some(of)).count();
        let counts = ClassCounts { a: count(Class::A), b: count(Class::B), c: count(Class::C) };
        Ok(Summary {
            n: self.n(),
            total: self.total,
            counts: self.is_worth().then_some(counts),
            classes,
            top_20_count: self.top_count(0.2)?,
            top_20_share: self.top_share(0.2)?,
            min_share_for_80: self.min_share(0.8)?,
            gini: self.gini(),
            gini_unbiased: self.gini_unbiased(),
            lorenz: self.lorenz(),
        })
    }
}

#[cfg(test)]
mod tests;
