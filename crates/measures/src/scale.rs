//! The whole-number scale a question is answered on.

use serde::{Deserialize, Serialize};

use crate::Error;

/// Largest distance between the bounds of a scale: keeps every sum of squares exact in integers.
const MAX_SPAN: i64 = 1_000;
/// Largest bound in absolute value.
const MAX_BOUND: i64 = 1_000_000;

/// A scale of whole numbers that knows its bounds, serialised as `[min, max]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "[i64; 2]", into = "[i64; 2]")]
pub struct Scale {
    min: i64,
    max: i64,
}

impl Scale {
    /// 0 to 10: likelihood to recommend.
    pub const ZERO_TO_TEN: Self = Self { min: 0, max: 10 };
    /// 1 to 5: satisfaction; effort in its 2010 form.
    pub const ONE_TO_FIVE: Self = Self { min: 1, max: 5 };
    /// 1 to 7: agreement, effort 2.0.
    pub const ONE_TO_SEVEN: Self = Self { min: 1, max: 7 };
    /// 1 to 10: the three questions of the American index.
    pub const ONE_TO_TEN: Self = Self { min: 1, max: 10 };

    /// The scale of all whole numbers from `min` to `max`.
    ///
    /// # Errors
    /// `out_of_range` unless min < max, max − min ≤ 1 000 and both are within ±1 000 000.
    ///
    /// ```
    /// use measures::Scale;
    /// assert_eq!(Scale::new(1, 5), Ok(Scale::ONE_TO_FIVE));
    /// assert!(Scale::new(5, 1).is_err());
    /// ```
    pub fn new(min: i64, max: i64) -> Result<Self, Error> {
        if !(-MAX_BOUND..MAX_BOUND).contains(&min) {
            return Err(Error::out_of_range("scale minimum", min as f64, "a number within ±1 000 000"));
        }
        if max <= min || max - min > MAX_SPAN {
            let expected = format!("a number from {} to {}", min + 1, min + MAX_SPAN);
            return Err(Error::out_of_range("scale maximum", max as f64, expected));
        }
        Ok(Self { min, max })
    }

    /// Lowest answer.
    #[must_use]
    pub const fn min(self) -> i64 {
        self.min
    }

    /// Highest answer.
    #[must_use]
    pub const fn max(self) -> i64 {
        self.max
    }

    /// max − min.
    #[must_use]
    pub const fn span(self) -> i64 {
        self.max - self.min
    }

    /// How many different answers there are.
    ///
    /// ```
    /// assert_eq!(measures::Scale::ZERO_TO_TEN.points(), 11);
    /// ```
    #[must_use]
    pub const fn points(self) -> u32 {
        // The span is at most 1 000.
        (self.span() + 1) as u32
    }

    /// The value itself when it is on the scale.
    ///
    /// # Errors
    /// `out_of_range` outside the bounds.
    pub fn check(self, value: i64) -> Result<i64, Error> {
        if (self.min..=self.max).contains(&value) {
            return Ok(value);
        }
        Err(self.refused(value as f64))
    }

    /// The answer a number stands for. A number between two answers is refused rather than rounded:
    /// rounding would choose its class for the customer.
    ///
    /// # Errors
    /// `out_of_range` outside the bounds, for a fraction, NaN or an infinity.
    ///
    /// ```
    /// use measures::Scale;
    /// assert_eq!(Scale::ZERO_TO_TEN.answer(9.0), Ok(9));
    /// assert!(Scale::ZERO_TO_TEN.answer(8.5).is_err());
    /// ```
    pub fn answer(self, value: f64) -> Result<i64, Error> {
        let on_scale = value >= self.min as f64 && value <= self.max as f64 && value.fract() == 0.0;
        if on_scale { Ok(value as i64) } else { Err(self.refused(value)) }
    }

    /// A score of this scale carried to 0–100: 100 × (score − min) / (max − min).
    ///
    /// ```
    /// assert_eq!(measures::Scale::ONE_TO_FIVE.index_0_100(4.0), 75.0);
    /// ```
    #[must_use]
    pub fn index_0_100(self, score: f64) -> f64 {
        100.0 * (score - self.min as f64) / self.span() as f64
    }

    fn refused(self, value: f64) -> Error {
        Error::out_of_range("answer", value, format!("a whole number from {} to {}", self.min, self.max))
    }
}

impl TryFrom<[i64; 2]> for Scale {
    type Error = Error;

    fn try_from([min, max]: [i64; 2]) -> Result<Self, Error> {
        Self::new(min, max)
    }
}

impl From<Scale> for [i64; 2] {
    fn from(scale: Scale) -> Self {
        [scale.min, scale.max]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_scales_are_refused_without_overflow() {
        for (min, max) in
            [(1, 1), (5, 1), (0, 1_001), (i64::MIN, i64::MAX), (i64::MAX, i64::MIN), (0, i64::MAX)]
        {
            assert_eq!(Scale::new(min, max).unwrap_err().code(), "out_of_range", "{min} {max}");
        }
    }

    #[test]
    fn an_answer_off_the_scale_is_refused() {
        for value in [-1.0, 11.0, 8.5, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300] {
            assert!(Scale::ZERO_TO_TEN.answer(value).is_err(), "{value}");
        }
        assert_eq!(Scale::ZERO_TO_TEN.check(11).unwrap_err().code(), "out_of_range");
        assert_eq!(Scale::new(-3, 3).unwrap().answer(-3.0), Ok(-3));
    }
}
