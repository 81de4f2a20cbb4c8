//! What a measure refuses, and under which code.

/// Why a measure could not be computed. The code is stable; the message is for developers, in English.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no valid answer, or one of the compared groups has none.
    #[error("no valid answer")]
    EmptySample,
    /// A number is outside what the measure accepts.
    #[error("{what} is {value}, expected {expected}")]
    OutOfRange {
        /// Which number.
        what: &'static str,
        /// What it was.
        value: f64,
        /// What is accepted, in words.
        expected: String,
    },
    /// Parts that must match do not: lists of different lengths, two scales, two definitions.
    #[error("{what}")]
    BadShape {
        /// What does not match.
        what: &'static str,
    },
    /// The weights add up to zero: nothing can be averaged.
    #[error("the weights add up to zero")]
    ZeroWeight,
}

impl Error {
    /// Stable, language-free code of the refusal, as printed by the command line and the interfaces.
    ///
    /// ```
    /// assert_eq!(measures::Error::EmptySample.code(), "empty_sample");
    /// ```
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::EmptySample => "empty_sample",
            Self::OutOfRange { .. } => "out_of_range",
            Self::BadShape { .. } => "bad_shape",
            Self::ZeroWeight => "zero_weight",
        }
    }

    pub(crate) fn out_of_range(what: &'static str, value: f64, expected: impl Into<String>) -> Self {
        Self::OutOfRange { what, value, expected: expected.into() }
    }
}
