//! Classes A, B and C, and the limits between them.

use serde::Serialize;

use crate::Error;

/// Up to which share of the value customers are of class A, and up to which of class B.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    a: f64,
    b: f64,
}

/// Class of a customer by the value of those before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Class {
    /// Before the first limit is reached.
    A,
    /// Before the second is.
    B,
    /// The rest.
    C,
}

/// Customers of each class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ClassCounts {
    /// Of class A.
    #[serde(rename = "A")]
    pub a: usize,
    /// Of class B.
    #[serde(rename = "B")]
    pub b: usize,
    /// Of class C.
    #[serde(rename = "C")]
    pub c: usize,
}

impl Limits {
    /// Class A up to 80 % of the value, B up to 95 %.
    pub const USUAL: Self = Self { a: 0.8, b: 0.95 };

    /// Limits as shares of the value.
    ///
    /// # Errors
    /// `out_of_range` unless 0 ≤ a ≤ b ≤ 1.
    pub fn new(a: f64, b: f64) -> Result<Self, Error> {
        share("a_limit", a)?;
        share("b_limit", b)?;
        if a > b {
            return Err(Error::out_of_range("a_limit", a, format!("at most b_limit = {b}")));
        }
        Ok(Self { a, b })
    }

    /// Up to which share of the value customers are of class A.
    #[must_use]
    pub const fn a(self) -> f64 {
        self.a
    }

    /// Up to which share of the value customers are of class A or B.
    #[must_use]
    pub const fn b(self) -> f64 {
        self.b
    }
}

/// A share from 0 to 1.
pub(super) fn share(what: &'static str, value: f64) -> Result<f64, Error> {
    if (0.0..=1.0).contains(&value) {
        return Ok(value);
    }
    Err(Error::out_of_range(what, value, "a number from 0 to 1"))
}
