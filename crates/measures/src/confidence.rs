//! How sure an interval claims to be.

use serde::{Deserialize, Serialize};

use crate::{Error, quantile};

/// A confidence level strictly between 0 and 1, such as 0.95.
///
/// Serialised as the bare number; reading a number outside (0, 1) fails.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Confidence(f64);

impl Confidence {
    /// 90 %.
    pub const P90: Self = Self(0.90);
    /// 95 %, the usual choice.
    pub const P95: Self = Self(0.95);
    /// 99 %.
    pub const P99: Self = Self(0.99);

    /// A confidence level.
    ///
    /// # Errors
    /// `out_of_range` unless 0 < level < 1.
    ///
    /// ```
    /// use measures::Confidence;
    /// assert_eq!(Confidence::new(0.95), Ok(Confidence::P95));
    /// assert!(Confidence::new(95.0).is_err()); // a percentage is not a share
    /// ```
    pub fn new(level: f64) -> Result<Self, Error> {
        if level > 0.0 && level < 1.0 {
            return Ok(Self(level));
        }
        Err(Error::out_of_range("confidence", level, "a number above 0 and below 1"))
    }

    /// The level, 0.95 for 95 %.
    #[must_use]
    pub const fn level(self) -> f64 {
        self.0
    }

    /// What is left outside, both tails together: 1 − level.
    #[must_use]
    pub fn alpha(self) -> f64 {
        1.0 - self.0
    }

    /// Two-sided quantile of the standard normal distribution: the z with P(−z < Z < z) = level.
    /// The exact quantile, not the rounded 1.96.
    ///
    /// ```
    /// let z = measures::Confidence::P95.z();
    /// assert!((z - 1.959963984540054).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn z(self) -> f64 {
        quantile::normal_two_sided(self.alpha())
    }

    /// Two-sided quantile of Student's t with `df` > 0 degrees of freedom: P(−t < T < t) = level.
    /// A `df` that is not above 0 gives NaN.
    ///
    /// Source: Student (W. S. Gosset), 1908, "The probable error of a mean".
    ///
    /// ```
    /// let t = measures::Confidence::P95.student_t(7.0);
    /// assert!((t - 2.364624251592785).abs() < 1e-9); // printed tables: 2.365
    /// ```
    #[must_use]
    pub fn student_t(self, df: f64) -> f64 {
        quantile::student_two_sided(self.alpha(), df)
    }
}

impl Default for Confidence {
    fn default() -> Self {
        Self::P95
    }
}

impl TryFrom<f64> for Confidence {
    type Error = Error;

    fn try_from(level: f64) -> Result<Self, Error> {
        Self::new(level)
    }
}

impl From<Confidence> for f64 {
    fn from(confidence: Confidence) -> Self {
        confidence.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_levels_strictly_between_0_and_1_are_accepted() {
        for level in [0.0, 1.0, -0.1, 1.1, f64::NAN, f64::INFINITY] {
            assert_eq!(Confidence::new(level).unwrap_err().code(), "out_of_range", "{level}");
        }
        assert!(serde_json::from_str::<Confidence>("1.5").is_err());
        assert_eq!(serde_json::from_str::<Confidence>("0.9").unwrap(), Confidence::P90);
    }

    #[test]
    fn the_extreme_levels_a_double_can_hold_still_have_finite_quantiles() {
        for level in [f64::MIN_POSITIVE, 0.5, 1.0 - f64::EPSILON / 2.0] {
            let confidence = Confidence::new(level).unwrap();
            assert!(confidence.z().is_finite() && confidence.z() >= 0.0, "{level}");
            for df in [1.0, 2.0, 3.0, 50.0, 1999.0, 2000.0, 9e15] {
                assert!(confidence.student_t(df).is_finite(), "{level} {df}");
            }
        }
    }
}
