//! What is known of one customer's purchases, and of many.

use serde::Serialize;

use super::unique::Unique;
use crate::{Error, MAX_COUNT, count};

/// Times beyond this are refused: their powers leave the range of a double.
const LONGEST: f64 = 1e100;

/// One customer's purchases: how many repeats, when the last one, and how long since the first.
///
/// All times count from the first purchase, in one unit throughout (days, weeks…), which parameters and forecasts share.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize)]
pub struct History {
    x: u64,
    t_x: f64,
    #[serde(rename = "T")]
    t: f64,
}

impl History {
    /// A customer with `x` repeat purchases (the first is not counted), the last of them at `t_x`, observed until `t`.
    ///
    /// # Errors
    /// `out_of_range` unless 0 ≤ t_x ≤ t, and t_x = 0 where x = 0.
    ///
    /// ```
    /// use measures::lifetime_value::History;
    /// assert!(History::new(2, 30.43, 38.86).is_ok());
    /// assert!(History::new(0, 3.0, 20.0).is_err()); // a last repeat, but no repeat
    /// assert!(History::new(2, 21.0, 20.0).is_err()); // after the end
    /// ```
    pub fn new(x: u64, t_x: f64, t: f64) -> Result<Self, Error> {
        if x > MAX_COUNT {
            return Err(Error::out_of_range("x", x as f64, "at most 2^53"));
        }
        if !(0.0..=LONGEST).contains(&t) {
            return Err(Error::out_of_range("T", t, "0 or more, at most 1e100"));
        }
        if !(0.0..=t).contains(&t_x) {
            return Err(Error::out_of_range("t_x", t_x, format!("0 to T = {t}")));
        }
        if x == 0 && t_x != 0.0 {
            return Err(Error::out_of_range("t_x", t_x, "0 where there is no repeat purchase"));
        }
        // Adding 0 turns −0 into 0.
        Ok(Self { x, t_x: t_x + 0.0, t: t + 0.0 })
    }

    /// A customer who has just made the first purchase.
    #[must_use]
    pub const fn begun() -> Self {
        Self { x: 0, t_x: 0.0, t: 0.0 }
    }

    /// Repeat purchases; the first is not counted.
    #[must_use]
    pub const fn repeats(&self) -> u64 {
        self.x
    }

    /// Time of the last repeat purchase since the first purchase; 0 without a repeat.
    #[must_use]
    pub const fn last(&self) -> f64 {
        self.t_x
    }

    /// Time observed since the first purchase.
    #[must_use]
    pub const fn observed(&self) -> f64 {
        self.t
    }
}

/// Bits of a number that is not negative rise with it: they sort and compare as it does.
type Key = (u64, u64, u64);

/// Gathers the histories of many customers, equal ones once with how many they are: all the counting models need to
/// know. In memory it takes the distinct histories, not the customers.
///
/// ```
/// use measures::lifetime_value::{BgNbd, Histories, History};
/// let mut all = Histories::new();
/// all.push(History::new(0, 0.0, 1.0)?)?;
/// all.push_count(History::new(0, 0.0, 1.0)?, 2)?;
/// assert_eq!((all.n(), all.distinct().count()), (3, 1));
/// // With r = α = 1, each of them stays silent until 1 with probability α / (α + 1) = ½.
/// let fit = BgNbd::new(1.0, 1.0, 1.0, 1.0)?.log_likelihood(&all)?;
/// assert!((fit - 3.0 * 0.5_f64.ln()).abs() < 1e-15);
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Histories {
    rows: Unique<Key>,
    n: u64,
    missing: u64,
}

/// Equal customers, as the models see them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Row {
    pub(super) x: f64,
    pub(super) t_x: f64,
    pub(super) t: f64,
    pub(super) n: f64,
}

impl Histories {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one customer.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ customers.
    pub fn push(&mut self, history: History) -> Result<(), Error> {
        self.push_count(history, 1)
    }

    /// Adds `times` customers with the same history, as a database `GROUP BY` gives them.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ customers.
    pub fn push_count(&mut self, history: History, times: u64) -> Result<(), Error> {
        self.n = count::add(self.n, times)?;
        self.rows.push((history.x, history.t.to_bits(), history.t_x.to_bits()), times);
        Ok(())
    }

    /// Counts customers whose history is not known; they change nothing.
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

    /// Customers without a known history.
    #[must_use]
    pub const fn missing(&self) -> u64 {
        self.missing
    }

    /// Distinct histories in rising order of x, T and t_x, each with how many customers have it.
    pub fn distinct(&self) -> impl Iterator<Item = (History, u64)> {
        let rows = self.rows.sorted().into_owned();
        rows.into_iter()
            .map(|((x, t, t_x), n)| (History { x, t_x: f64::from_bits(t_x), t: f64::from_bits(t) }, n))
    }

    /// The same, as the models compute with it.
    pub(super) fn rows(&self) -> Vec<Row> {
        let row = |((x, t, t_x), n): &(Key, u64)| Row {
            x: *x as f64,
            t_x: f64::from_bits(*t_x),
            t: f64::from_bits(*t),
            n: *n as f64,
        };
        self.rows.sorted().iter().map(row).collect()
    }
}

impl FromIterator<History> for Histories {
    /// Gathers histories; only more than 2⁵³ of them, which no machine holds, would be left out.
    fn from_iter<I: IntoIterator<Item = History>>(histories: I) -> Self {
        let histories = histories.into_iter();
        let mut all = Self::new();
        all.rows.reserve(histories.size_hint().0);
        for history in histories {
            if all.push(history).is_err() {
                break;
            }
        }
        all.rows.tidy();
        all
    }
}
