//! A lower and an upper bound.

use serde::{Deserialize, Serialize};

/// An interval, serialised as `[low, high]`, in the unit of the figure it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(from = "[f64; 2]", into = "[f64; 2]")]
pub struct Interval {
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

impl Interval {
    /// The interval from `low` to `high`.
    #[must_use]
    pub const fn new(low: f64, high: f64) -> Self {
        Self { low, high }
    }

    /// `centre` ± `half_width`.
    ///
    /// ```
    /// assert_eq!(measures::Interval::around(30.0, 15.0), measures::Interval::new(15.0, 45.0));
    /// ```
    #[must_use]
    pub fn around(centre: f64, half_width: f64) -> Self {
        Self { low: centre - half_width, high: centre + half_width }
    }

    /// Upper minus lower bound.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.high - self.low
    }

    /// Whether `value` lies between the bounds, bounds included.
    #[must_use]
    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// The same interval cut to what is possible, for display: an NPS cannot exceed 100.
    ///
    /// ```
    /// use measures::Interval;
    /// assert_eq!(Interval::new(45.0, 115.0).clipped(-100.0, 100.0), Interval::new(45.0, 100.0));
    /// ```
    #[must_use]
    pub fn clipped(self, low: f64, high: f64) -> Self {
        Self { low: self.low.max(low).min(high), high: self.high.min(high).max(low) }
    }
}

impl From<[f64; 2]> for Interval {
    fn from([low, high]: [f64; 2]) -> Self {
        Self { low, high }
    }
}

impl From<Interval> for [f64; 2] {
    fn from(interval: Interval) -> Self {
        [interval.low, interval.high]
    }
}
