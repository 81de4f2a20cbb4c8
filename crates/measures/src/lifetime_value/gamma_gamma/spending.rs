//! What customers spend per purchase.

use crate::lifetime_value::unique::Unique;
use crate::{Error, MAX_COUNT, count};

/// Smallest and largest mean value taken.
const SMALLEST: f64 = 1e-100;
const LARGEST: f64 = 1e100;

/// Gathers customers by how many repeat purchases they made and what these were worth on average; equal ones are kept
/// once. Customers without a repeat, or whose purchases were worth nothing, say nothing of what a purchase is worth:
/// they are counted and left out.
#[derive(Debug, Clone, Default)]
pub struct Spending {
    rows: Unique<(u64, u64)>,
    n: u64,
    left_out: u64,
    missing: u64,
}

/// Equal customers, as the model sees them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Row {
    pub(super) x: f64,
    pub(super) z: f64,
    pub(super) ln_z: f64,
    pub(super) n: f64,
}

impl Spending {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one customer with `x` repeat purchases worth `mean` each on average.
    ///
    /// # Errors
    /// `out_of_range` for a mean that is no number, or above 1e100; above 2⁵³ purchases or customers.
    pub fn push(&mut self, x: u64, mean: f64) -> Result<(), Error> {
        self.push_count(x, mean, 1)
    }

    /// Adds `times` such customers, as a database `GROUP BY` gives them.
    ///
    /// # Errors
    /// As [`Self::push`].
    pub fn push_count(&mut self, x: u64, mean: f64, times: u64) -> Result<(), Error> {
        if x > MAX_COUNT {
            return Err(Error::out_of_range("x", x as f64, "at most 2^53"));
        }
        if !mean.is_finite() || mean > LARGEST {
            return Err(Error::out_of_range("mean value", mean, "a number, at most 1e100"));
        }
        if x == 0 || mean < SMALLEST {
            self.left_out = count::add(self.left_out, times)?;
            return Ok(());
        }
        self.n = count::add(self.n, times)?;
        self.rows.push((x, mean.to_bits()), times);
        Ok(())
    }

    /// Counts customers about whom something is not known; they change nothing.
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
    /// `out_of_range` above 2⁵³ customers; nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        let n = count::add(self.n, other.n)?;
        let left_out = count::add(self.left_out, other.left_out)?;
        self.missing = count::add(self.missing, other.missing)?;
        (self.n, self.left_out) = (n, left_out);
        self.rows.merge(&other.rows);
        Ok(())
    }

    /// Customers with a repeat purchase worth something.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// Customers left out: without a repeat purchase, or with a mean of 0 or less.
    #[must_use]
    pub const fn left_out(&self) -> u64 {
        self.left_out
    }

    /// Customers about whom something is not known.
    #[must_use]
    pub const fn missing(&self) -> u64 {
        self.missing
    }

    pub(super) fn rows(&self) -> Vec<Row> {
        let row = |((x, z), n): &((u64, u64), u64)| {
            let z = f64::from_bits(*z);
            Row { x: *x as f64, z, ln_z: z.ln(), n: *n as f64 }
        };
        self.rows.sorted().iter().map(row).collect()
    }
}
