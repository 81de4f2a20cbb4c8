//! What a counting model says of one customer.

use serde::Serialize;

use super::{BgNbd, History, ParetoNbd};
use crate::Error;

/// What a counting model says of one customer within a time to come.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Prediction {
    /// Probability that the customer still is one, 0 to 1.
    pub p_alive: f64,
    /// Repeat purchases expected of somebody who starts now.
    pub expected_new_customer: f64,
    /// Purchases expected of this customer, leaving considered.
    pub expected_conditional: f64,
}

/// One of the two counting models.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub enum CountingModel {
    /// Customers leave right after a purchase.
    BgNbd(BgNbd),
    /// Customers leave at any time.
    ParetoNbd(ParetoNbd),
}

impl CountingModel {
    /// Probability that the customer still is one.
    #[must_use]
    pub fn p_alive(&self, history: &History) -> f64 {
        match self {
            Self::BgNbd(model) => model.p_alive(history),
            Self::ParetoNbd(model) => model.p_alive(history),
        }
    }

    /// Purchases expected of this customer within the next `t`.
    ///
    /// # Errors
    /// `out_of_range` unless t is 0 or more, or when the result is beyond a double.
    pub fn expected(&self, history: &History, t: f64) -> Result<f64, Error> {
        match self {
            Self::BgNbd(model) => model.expected(history, t),
            Self::ParetoNbd(model) => model.expected(history, t),
        }
    }
}

/// Probability that goes with the logarithm of the odds of the opposite.
pub(super) fn alive(log_odds_left: f64) -> f64 {
    1.0 / (1.0 + log_odds_left.exp())
}

/// A time to come: 0 or more, and such that its powers stay within a double.
pub(super) fn horizon(t: f64) -> Result<f64, Error> {
    if (0.0..=1e100).contains(&t) {
        return Ok(t);
    }
    Err(Error::out_of_range("t", t, "0 or more, at most 1e100"))
}

/// A result that is a number, or a refusal.
pub(super) fn number(what: &'static str, value: f64) -> Result<f64, Error> {
    if value.is_finite() {
        return Ok(value);
    }
    // What has no value at all lies beyond every bound, for whoever asked.
    let beyond = if value.is_nan() { f64::INFINITY } else { value };
    Err(Error::out_of_range(
        what,
        beyond,
        "a result within the range of a double: parameters or times are too extreme",
    ))
}
