//! One pair of answers, and what it says.

use serde::{Deserialize, Serialize};

use crate::Error;

/// How a customer would feel with, or without, a feature. Serialised as its code, 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "u8")]
pub enum Feeling {
    /// 1: I like it that way.
    Like,
    /// 2: it must be that way.
    MustBe,
    /// 3: I am neutral.
    Neutral,
    /// 4: I can live with it.
    LiveWith,
    /// 5: I dislike it that way.
    Dislike,
}

impl Feeling {
    /// All five, by code.
    pub const ALL: [Self; 5] = [Self::Like, Self::MustBe, Self::Neutral, Self::LiveWith, Self::Dislike];

    /// The answer a code stands for.
    ///
    /// # Errors
    /// `out_of_range` unless the code is a whole number from 1 to 5.
    ///
    /// ```
    /// use measures::kano::Feeling;
    /// assert_eq!(Feeling::of(5.0), Ok(Feeling::Dislike));
    /// assert!(Feeling::of(0.0).is_err());
    /// ```
    pub fn of(code: f64) -> Result<Self, Error> {
        let found = Self::ALL.into_iter().find(|feeling| f64::from(feeling.code()) == code);
        found.ok_or_else(|| Error::out_of_range("answer", code, "a whole number from 1 to 5"))
    }

    /// Its code, 1 to 5.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Like => 1,
            Self::MustBe => 2,
            Self::Neutral => 3,
            Self::LiveWith => 4,
            Self::Dislike => 5,
        }
    }
}

impl TryFrom<f64> for Feeling {
    type Error = Error;

    fn try_from(code: f64) -> Result<Self, Error> {
        Self::of(code)
    }
}

impl From<Feeling> for u8 {
    fn from(feeling: Feeling) -> Self {
        feeling.code()
    }
}

/// What a feature is to a customer. Serialised as its letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Category {
    /// Must-be: its absence angers, its presence is not noticed.
    #[serde(rename = "M")]
    MustBe,
    /// One-dimensional: the more, the better.
    #[serde(rename = "O")]
    OneDimensional,
    /// Attractive: delights when there, not missed when absent.
    #[serde(rename = "A")]
    Attractive,
    /// Indifferent.
    #[serde(rename = "I")]
    Indifferent,
    /// Reverse: rather without.
    #[serde(rename = "R")]
    Reverse,
    /// Questionable: the two answers contradict each other.
    #[serde(rename = "Q")]
    Questionable,
}

impl Category {
    /// All six, in the order in which ties are resolved.
    pub const ALL: [Self; 6] = [
        Self::MustBe,
        Self::OneDimensional,
        Self::Attractive,
        Self::Indifferent,
        Self::Reverse,
        Self::Questionable,
    ];
}

/// The category of one pair of answers: how a customer feels with the feature, and without it.
///
/// The table of 25 cells, rows with the feature, columns without it (like, must be, neutral, live with, dislike):
/// like Q A A A O; must be, neutral and live with R I I I M; dislike R R R R Q.
/// Source: N. Kano, N. Seraku, F. Takahashi & S. Tsuji, 1984, "Attractive quality and must-be quality"; table in the form
/// of C. Berger et al., 1993, "Kano's methods for understanding customer-defined quality", in which (must be, must be)
/// and (live with, live with) are indifferent rather than questionable.
///
/// ```
/// use measures::kano::{Category, Feeling, classify};
/// assert_eq!(classify(Feeling::Like, Feeling::Neutral), Category::Attractive);
/// assert_eq!(classify(Feeling::Neutral, Feeling::Dislike), Category::MustBe);
/// ```
#[must_use]
pub const fn classify(with: Feeling, without: Feeling) -> Category {
    match (with, without) {
        (Feeling::Like, Feeling::Like) | (Feeling::Dislike, Feeling::Dislike) => Category::Questionable,
        (Feeling::Like, Feeling::Dislike) => Category::OneDimensional,
        (Feeling::Like, _) => Category::Attractive,
        (_, Feeling::Dislike) => Category::MustBe,
        (Feeling::Dislike, _) | (_, Feeling::Like) => Category::Reverse,
        _ => Category::Indifferent,
    }
}
