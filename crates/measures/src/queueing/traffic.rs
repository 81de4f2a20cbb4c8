//! What comes in, and how long each piece of it takes.

use crate::Error;

/// Most servers a waiting line may have; the work grows with the square root of their number.
pub const MAX_SERVERS: u64 = 100_000_000;

/// Rates and times are 0 or within these bounds, so that no product of three of them leaves the range of a double.
const SMALLEST: f64 = 1e-100;
const LARGEST: f64 = 1e100;

/// Arrivals and how long one is handled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Traffic {
    rate: f64,
    handling: f64,
    load: f64,
}

impl Traffic {
    /// `arrivals` within `interval`, each handled for `handling` on average, both times in the same unit.
    ///
    /// # Errors
    /// `out_of_range` for negative arrivals, for a time that is not above 0, and beyond 1e±100.
    ///
    /// ```
    /// use measures::queueing::Traffic;
    /// // 100 calls in half an hour, 3 minutes each: ten agents busy on average.
    /// assert_eq!(Traffic::new(100.0, 30.0, 3.0)?.load(), 10.0);
    /// # Ok::<(), measures::Error>(())
    /// ```
    pub fn new(arrivals: f64, interval: f64, handling: f64) -> Result<Self, Error> {
        check_rate("arrivals", arrivals)?;
        check_time("interval", interval)?;
        check_time("handling time", handling)?;
        // Multiplied first: one rounding less, so that 1 call of 49 seconds in 49 seconds is a load of exactly 1.
        Ok(Self { rate: arrivals / interval, handling, load: arrivals * handling / interval })
    }

    /// `rate` arrivals per unit of time, each handled for `handling` of them.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn from_rate(rate: f64, handling: f64) -> Result<Self, Error> {
        check_rate("arrival rate", rate)?;
        Self::new(rate, 1.0, handling)
    }

    /// Arrivals per unit of time.
    #[must_use]
    pub const fn rate(&self) -> f64 {
        self.rate
    }

    /// Mean handling time.
    #[must_use]
    pub const fn handling(&self) -> f64 {
        self.handling
    }

    /// Offered load in erlangs.
    #[must_use]
    pub const fn load(&self) -> f64 {
        self.load
    }
}

/// A rate or a load: 0 or more.
pub(crate) fn check_rate(what: &'static str, value: f64) -> Result<(), Error> {
    if value == 0.0 || (SMALLEST..=LARGEST).contains(&value) {
        return Ok(());
    }
    Err(Error::out_of_range(what, value, "0, or a number from 1e-100 to 1e100"))
}

/// A time that must pass: above 0.
pub(crate) fn check_time(what: &'static str, value: f64) -> Result<(), Error> {
    if (SMALLEST..=LARGEST).contains(&value) {
        return Ok(());
    }
    Err(Error::out_of_range(what, value, "a number from 1e-100 to 1e100"))
}

/// A number of servers.
pub(crate) fn check_servers(what: &'static str, servers: u64) -> Result<f64, Error> {
    if servers > MAX_SERVERS {
        return Err(Error::out_of_range(what, servers as f64, format!("at most {MAX_SERVERS}")));
    }
    Ok(servers as f64)
}
