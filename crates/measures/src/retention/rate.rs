//! A rate of things due: renewals, repurchases.

use serde::Serialize;

use crate::{Confidence, DefinitionId, Error, Interval, count, proportion};

/// A share of what was due, which may be undefined.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rate {
    /// How many happened.
    pub numerator: u64,
    /// How many were due.
    pub denominator: u64,
    /// numerator / denominator, 0 to 1; `None` when nothing was due.
    pub rate: Option<f64>,
    /// Wilson's interval of the rate; `None` with it.
    pub ci_wilson: Option<Interval>,
}

impl Rate {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("rate_of_due", 1);

    /// `numerator` of `denominator` that were due, such as contracts renewed of those that came to their term.
    ///
    /// Formula: numerator / denominator with Wilson's score interval. Unlike [`proportion::Accumulator`], it takes a
    /// period in which nothing was due: its rate is undefined.
    ///
    /// Sources: F. F. Reichheld, W. E. Sasser, 1990, "Zero defections: quality comes to services"; E. B. Wilson,
    /// 1927, "Probable inference, the law of succession, and statistical inference".
    ///
    /// Not for rates of amounts (the interval is one of counts), nor as a forecast: the interval says what chance
    /// alone may do among as many alike, not what a change of offer will.
    ///
    /// # Errors
    /// `out_of_range` when more happened than were due, or above 2⁵³.
    ///
    /// ```
    /// use measures::{Confidence, retention::Rate};
    /// let renewed = Rate::new(84, 120, Confidence::P95)?;
    /// assert_eq!(renewed.rate, Some(0.7));
    /// assert_eq!(Rate::new(0, 0, Confidence::P95)?.rate, None);
    /// # Ok::<(), measures::Error>(())
    /// ```
    pub fn new(numerator: u64, denominator: u64, confidence: Confidence) -> Result<Self, Error> {
        if denominator == 0 && numerator == 0 {
            return Ok(Self { numerator, denominator, rate: None, ci_wilson: None });
        }
        if numerator > denominator {
            let expected = format!("at most the {denominator} that were due");
            return Err(Error::out_of_range("numerator", numerator as f64, expected));
        }
        let ci_wilson = Some(proportion::wilson(numerator, denominator, confidence)?);
        let rate = Some(numerator as f64 / denominator as f64);
        Ok(Self { numerator, denominator, rate, ci_wilson })
    }
}

/// Counts what was due, and how much of it happened.
///
/// ```
/// use measures::{Confidence, retention::RateAccumulator};
/// let mut contracts = RateAccumulator::new();
/// for renewed in [true, true, false, true] {
///     contracts.push(renewed)?;
/// }
/// assert_eq!(contracts.summary(Confidence::P95)?.rate, Some(0.75));
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RateAccumulator {
    happened: u64,
    due: u64,
}

impl RateAccumulator {
    /// An empty accumulator.
    #[must_use]
    pub const fn new() -> Self {
        Self { happened: 0, due: 0 }
    }

    /// Adds one thing that was due.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³.
    pub fn push(&mut self, happened: bool) -> Result<(), Error> {
        self.push_count(happened, 1)
    }

    /// Adds `times` things due with the same outcome, as a database `GROUP BY` gives them.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³.
    pub fn push_count(&mut self, happened: bool, times: u64) -> Result<(), Error> {
        self.due = count::add(self.due, times)?;
        if happened {
            self.happened += times;
        }
        Ok(())
    }

    /// Takes over what `other` counted; the order of merges changes nothing.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³; nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.due = count::add(self.due, other.due)?;
        self.happened += other.happened;
        Ok(())
    }

    /// The rate and its interval, as [`Rate::new`].
    ///
    /// # Errors
    /// None in practice: what was pushed is consistent.
    pub fn summary(&self, confidence: Confidence) -> Result<Rate, Error> {
        Rate::new(self.happened, self.due, confidence)
    }
}
