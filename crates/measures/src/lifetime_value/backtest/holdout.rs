//! What was known of customers at a day, and what they did afterwards.

use crate::lifetime_value::history::{Histories, History};
use crate::lifetime_value::unique::Unique;
use crate::{Error, MAX_COUNT, count};

/// x, T and t_x as bits, which rise with the numbers, then what they bought afterwards.
type Key = (u64, u64, u64, u64);

/// Gathers customers: the history until a day, and the purchases within a time after it. Equal ones are kept once.
#[derive(Debug, Clone, Default)]
pub struct Holdout {
    rows: Unique<Key>,
    n: u64,
    missing: u64,
}

/// Equal customers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub(super) history: History,
    pub(super) actual: f64,
    pub(super) n: u64,
}

impl Holdout {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one customer with the history so far and the purchases that followed.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ purchases or customers.
    pub fn push(&mut self, history: History, actual: u64) -> Result<(), Error> {
        self.push_count(history, actual, 1)
    }

    /// Adds `times` such customers.
    ///
    /// # Errors
    /// As [`Self::push`].
    pub fn push_count(&mut self, history: History, actual: u64, times: u64) -> Result<(), Error> {
        if actual > MAX_COUNT {
            return Err(Error::out_of_range("actual", actual as f64, "at most 2^53"));
        }
        self.n = count::add(self.n, times)?;
        let (x, t, t_x) = (history.repeats(), history.observed().to_bits(), history.last().to_bits());
        self.rows.push((x, t, t_x, actual), times);
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
        self.missing = count::add(self.missing, other.missing)?;
        self.n = n;
        self.rows.merge(&other.rows);
        Ok(())
    }

    /// Customers so far.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// What was known on the day: what a model may be fitted to.
    ///
    /// # Errors
    /// Never in practice: what is held here was checked when it came.
    pub fn histories(&self) -> Result<Histories, Error> {
        let mut all = Histories::new();
        for seen in self.seen()? {
            all.push_count(seen.history, seen.n)?;
        }
        all.push_missing(self.missing)?;
        Ok(all)
    }

    pub(super) const fn missing(&self) -> u64 {
        self.missing
    }

    pub(super) fn seen(&self) -> Result<Vec<Seen>, Error> {
        let seen = |((x, t, t_x, actual), n): &(Key, u64)| {
            let history = History::new(*x, f64::from_bits(*t_x), f64::from_bits(*t))?;
            Ok(Seen { history, actual: *actual as f64, n: *n })
        };
        self.rows.sorted().iter().map(seen).collect()
    }
}
