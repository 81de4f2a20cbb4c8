//! The three classes of answers.

use serde::Serialize;

use crate::{Error, Scale};

/// The scale of the question.
pub const SCALE: Scale = Scale::ZERO_TO_TEN;

/// What an answer makes of the person who gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// 9 or 10.
    Promoter,
    /// 7 or 8.
    Passive,
    /// 0 to 6.
    Detractor,
}

impl Class {
    /// The class of an answer.
    ///
    /// # Errors
    /// `out_of_range` below 0 or above 10.
    ///
    /// ```
    /// use measures::nps::Class;
    /// assert_eq!(Class::of(9), Ok(Class::Promoter));
    /// assert_eq!(Class::of(6), Ok(Class::Detractor));
    /// ```
    pub fn of(answer: i64) -> Result<Self, Error> {
        Ok(match SCALE.check(answer)? {
            9.. => Self::Promoter,
            7.. => Self::Passive,
            _ => Self::Detractor,
        })
    }
}
