//! What is read, and how it can be looked for.

use kernel::{Day, Id};
use serde::Deserialize;

use crate::indicators::{Class, Measure, Place, Span};

/// Something a customer wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verbatim {
    /// Response it belongs to.
    pub response: Id,
    /// When.
    pub day: Day,
    /// What, untouched.
    pub words: Vec<String>,
    /// Language it was written in.
    pub locale: String,
    /// Where.
    pub site: Option<Id>,
    /// In which survey.
    pub survey: String,
    /// Who, when known.
    pub customer: Option<Id>,
    /// The scores given with it.
    pub scores: Vec<(Measure, i64)>,
}

/// Which words to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Every one of these must occur, case and accents apart.
    pub words: Vec<String>,
    /// Given with a score of this measure.
    pub measure: Option<Measure>,
    /// Given with a score of this class.
    pub class: Option<Class>,
    /// At these sites; `None` stands for no site.
    pub sites: Vec<Option<Id>>,
    /// In this survey.
    pub survey: Option<Id>,
    /// Within these days.
    pub span: Span,
    /// Where the previous page ended.
    pub after: Option<Place>,
}

/// The same as typed in an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Input {
    /// Words looked for.
    pub q: String,
    /// Measure.
    pub measure: String,
    /// Class of the score.
    pub class: String,
    /// Sites.
    pub site: Vec<String>,
    /// Survey.
    pub survey: String,
    /// Period by name.
    pub period: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Where the previous page ended.
    pub cursor: String,
}
