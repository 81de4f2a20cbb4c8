//! Types of the room.

use std::sync::Arc;

use kernel::figures::Collection;
use kernel::texts::Locale;
use kernel::{Day, Id, Instant};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::surveys::model::{Content, State};

/// An answer to one question, as given: not checked yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// Key of the question.
    pub question: String,
    /// The score, the rank of the choice from 1, or 1 for yes and 0 for no.
    #[serde(default)]
    pub value: Option<i64>,
    /// Words; for a contact question, where to reach them.
    #[serde(default)]
    pub text: Option<String>,
}

/// An answer to one question that fits it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Key of the question.
    pub question: String,
    /// Score, rank of the choice, or 1 for yes and 0 for no.
    pub value: Option<i64>,
    /// The customer's words, untouched.
    pub text: Option<String>,
}

/// A set of answers to be recorded, with where it comes from.
#[derive(Clone, Debug)]
pub struct Incoming<'a> {
    /// The survey.
    pub survey: Id,
    /// The version that was answered.
    pub version: i64,
    /// What that version asked.
    pub content: &'a Content,
    /// The answers, checked by [`super::rules::check`].
    pub answers: &'a [Answer],
    /// The invitation it answers.
    pub invitation: Option<Id>,
    /// Who answered, when known.
    pub customer: Option<Id>,
    /// Where.
    pub site: Option<Id>,
    /// Through what: see [`super::CHANNELS`].
    pub channel: &'a str,
    /// How it was collected.
    pub collection: Collection,
    /// Language of the reader.
    pub locale: Locale,
    /// When.
    pub at: Instant,
    /// Which day that was where the organisation is.
    pub day: Day,
    /// Makes a repeated submission harmless; unique.
    pub nonce: Option<String>,
    /// Weight in figures; 1 when none.
    pub weight: Option<f64>,
    /// The import that brought it: then no event of its own is recorded.
    pub import: Option<Id>,
}

/// What became of a set of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Recorded under this identifier.
    Recorded(Id),
    /// It was here already: nothing was changed.
    Already(Id),
}

impl Outcome {
    /// Identifier of the response, new or old.
    pub const fn id(self) -> Id {
        match self {
            Self::Recorded(id) | Self::Already(id) => id,
        }
    }
}

/// The address somebody came through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Door {
    /// The public link of a survey: its secret.
    Link(String),
    /// A single-use link: its token.
    Invitation(String),
}

impl Door {
    /// The address itself.
    pub fn path(&self) -> String {
        match self {
            Self::Link(secret) => format!("/s/{secret}"),
            Self::Invitation(token) => format!("/a/{token}"),
        }
    }
}

/// The organisation, as public pages need it.
#[derive(Clone, Debug)]
pub struct House {
    /// Its name.
    pub name: String,
    /// Its time zone.
    pub zone: kernel::clock::Zone,
    /// Signs links.
    pub link_key: Vec<u8>,
}

/// The invitation behind a single-use link.
#[derive(Clone, Debug)]
pub struct Invited {
    /// Identifier.
    pub id: Id,
    /// Who is invited.
    pub customer: Id,
    /// The customer's language.
    pub locale: Option<Locale>,
    /// For which site.
    pub site: Option<Id>,
    /// How the invited were chosen.
    pub collection: Collection,
    /// Through what they were reached.
    pub channel: String,
    /// Until when.
    pub expires_at: Instant,
    /// When it was answered.
    pub answered_at: Option<Instant>,
}

/// What stands behind a door.
#[derive(Clone, Debug)]
pub struct Target {
    /// The survey.
    pub survey: Id,
    /// Where it stands.
    pub state: State,
    /// Number of the published version.
    pub number: i64,
    /// What it asks.
    pub content: Arc<Content>,
    /// The invitation, for a single-use link.
    pub invited: Option<Invited>,
}

/// Whether one may answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Yes.
    Open,
    /// This invitation was answered.
    Answered,
    /// This invitation is too old.
    Expired,
    /// The survey takes no more answers.
    Closed,
}
