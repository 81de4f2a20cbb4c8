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
    /// There are answers, but fewer than the measure needs.
    #[error("{n} {what}, at least {least} are needed")]
    TooFew {
        /// Of what.
        what: &'static str,
        /// How many there are.
        n: u64,
        /// How many it takes.
        least: u64,
    },
    /// What must vary does not: nothing can be compared or explained with it.
    #[error("{what} does not vary")]
    ZeroVariance {
        /// What does not vary.
        what: String,
    },
    /// A row or column of a table adds up to zero.
    #[error("a row or column adds up to zero")]
    ZeroMargin,
    /// A category that must have members has none.
    #[error("category {name:?} has no member")]
    EmptyCategory {
        /// Its name.
        name: String,
    },
    /// A category nobody named beforehand.
    #[error("category {name:?} is not among those given")]
    UnknownCategory {
        /// Its name.
        name: String,
    },
    /// Columns depend on each other: their effects cannot be told apart.
    #[error("columns depend on each other: leave one of them out")]
    Singular,
    /// Arrows of a model lead back to where they started.
    #[error("the paths lead in a circle through {name:?}")]
    Cyclic {
        /// A member of the circle.
        name: String,
    },
    /// An exact test was asked for, and there are ties.
    #[error("an exact test takes no ties: use the approximate one")]
    TiesInExact,
    /// A search did not come to an end within its bounds.
    #[error("no solution was found: {what}")]
    NotFound {
        /// What was looked for, and what to look at.
        what: &'static str,
    },
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
            Self::TooFew { .. } => "too_few",
            Self::ZeroVariance { .. } => "zero_variance",
            Self::ZeroMargin => "zero_margin",
            Self::EmptyCategory { .. } => "empty_category",
            Self::UnknownCategory { .. } => "unknown_category",
            Self::Singular => "singular",
            Self::Cyclic { .. } => "cyclic",
            Self::TiesInExact => "ties_in_exact",
            Self::NotFound { .. } => "not_found",
        }
    }

    pub(crate) fn out_of_range(what: &'static str, value: f64, expected: impl Into<String>) -> Self {
        Self::OutOfRange { what, value, expected: expected.into() }
    }
}
