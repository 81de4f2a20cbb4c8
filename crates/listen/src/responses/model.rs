//! Types of the room.

use kernel::figures::Collection;
use kernel::texts::Locale;
use kernel::{Day, Id, Instant};

use crate::answering::model::Answer;
use crate::surveys::model::Content;

/// A response as stored.
#[derive(Clone, Debug)]
pub struct Response {
    /// Identifier.
    pub id: Id,
    /// The survey.
    pub survey: Id,
    /// The version that was answered.
    pub version: i64,
    /// The invitation it answers.
    pub invitation: Option<Id>,
    /// Who answered, when known.
    pub customer: Option<Id>,
    /// Where.
    pub site: Option<Id>,
    /// Through what.
    pub channel: String,
    /// How it was collected.
    pub collection: Collection,
    /// Language of the reader.
    pub locale: Locale,
    /// Which day.
    pub day: Day,
    /// When.
    pub submitted_at: Instant,
    /// May be called back.
    pub contact_ok: bool,
    /// Weight in figures.
    pub weight: Option<f64>,
    /// The import that brought it.
    pub import: Option<Id>,
}

/// A response with its answers.
#[derive(Clone, Debug)]
pub struct Full {
    /// The response.
    pub response: Response,
    /// Its answers, in the order of the questions.
    pub answers: Vec<Answer>,
    /// Who answered, when known and within reach.
    pub customer_name: String,
}

/// A response with everything its page shows.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The response and its answers.
    pub full: Full,
    /// Name of the survey.
    pub survey_name: String,
    /// What was asked.
    pub content: Content,
}

/// Which responses.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// From this day.
    pub from: Option<Day>,
    /// To this day, included.
    pub to: Option<Day>,
    /// Of one site.
    pub site: Option<Id>,
    /// Through one channel.
    pub channel: Option<String>,
    /// Only those with words.
    pub with_words: bool,
}
