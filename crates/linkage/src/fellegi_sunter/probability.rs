//! Probabilities that are neither impossible nor certain, and weights in bits.

use serde::Serialize;

use crate::Error;

/// A probability strictly between 0 and 1: evidence is never worth infinitely much.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Probability(f64);

impl Probability {
    /// The probability `value`; `what` names it in a refusal.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless strictly between 0 and 1.
    ///
    /// ```
    /// use linkage::fellegi_sunter::Probability;
    /// assert_eq!(Probability::new("prior", 0.5).unwrap().get(), 0.5);
    /// assert_eq!(Probability::new("prior", 1.0).unwrap_err().code(), "out_of_range");
    /// ```
    pub fn new(what: &'static str, value: f64) -> Result<Self, Error> {
        if value > 0.0 && value < 1.0 {
            return Ok(Self(value));
        }
        Err(Error::out_of_range(what, value, "strictly between 0 and 1"))
    }

    /// A probability out of an estimate, which keeps it inside.
    pub(super) const fn estimated(value: f64) -> Self {
        Self(value)
    }

    /// Its value.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }

    /// Its odds in bits: log₂(p / (1 − p)).
    pub(super) fn bits(self) -> f64 {
        log2_ratio(self.0, 1.0 - self.0)
    }
}

/// log₂(a / b) of positive numbers, also where the quotient is too large or small for a double.
pub(super) fn log2_ratio(a: f64, b: f64) -> f64 {
    let ratio = a / b;
    if ratio.is_normal() { ratio.log2() } else { a.log2() - b.log2() }
}

/// The probability of a match of so many bits: 2ʷ / (1 + 2ʷ), for any weight.
///
/// ```
/// use linkage::fellegi_sunter::probability_of;
/// assert_eq!(probability_of(0.0), 0.5);
/// assert_eq!(probability_of(5000.0), 1.0);
/// assert_eq!(probability_of(-5000.0), 0.0);
/// ```
#[must_use]
pub fn probability_of(match_weight: f64) -> f64 {
    // Of the two forms, the one whose power is at most 1.
    let power = (-match_weight.abs()).exp2();
    let smaller = power / (1.0 + power);
    if match_weight < 0.0 { smaller } else { 1.0 / (1.0 + power) }
}
