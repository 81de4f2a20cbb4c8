//! What linkage refuses, and under which code.

/// Why something could not be computed. The code is stable; the message is for developers, in English.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no record, or no pair, to work on.
    #[error("there is nothing to work on")]
    EmptySample,
    /// A number is outside what is accepted.
    #[error("{what} is {value}, expected {expected}")]
    OutOfRange {
        /// Which number.
        what: &'static str,
        /// What it was.
        value: f64,
        /// What is accepted, in words.
        expected: &'static str,
    },
    /// A saved model cannot be used.
    #[error("the model cannot be used: {why}")]
    Model {
        /// Why not.
        why: String,
    },
    /// Parts that must match do not: lists of different lengths, records that are not the same.
    #[error("{what}")]
    BadShape {
        /// What does not match.
        what: &'static str,
    },
}

impl Error {
    /// Stable, language-free code of the refusal, as printed by the command line and the interfaces.
    ///
    /// ```
    /// assert_eq!(linkage::Error::EmptySample.code(), "empty_sample");
    /// ```
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::EmptySample => "empty_sample",
            Self::OutOfRange { .. } => "out_of_range",
            Self::BadShape { .. } => "bad_shape",
            Self::Model { .. } => "bad_model",
        }
    }

    pub(crate) const fn out_of_range(what: &'static str, value: f64, expected: &'static str) -> Self {
        Self::OutOfRange { what, value, expected }
    }

    pub(crate) const fn bad_shape(what: &'static str) -> Self {
        Self::BadShape { what }
    }
}
