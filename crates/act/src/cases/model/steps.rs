//! What happens on a case.

use kernel::{Day, Error, Id, Instant, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Case, RunningClock};

/// Kind of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// The case was opened.
    Opened,
    /// The customer said more while it was open.
    Again,
    /// Somebody took it.
    Taken,
    /// It was handed over.
    HandedOver,
    /// The customer was tried.
    Attempted,
    /// A note for colleagues.
    Noted,
    /// Cause, severity, remedy or title changed.
    Changed,
    /// A letter left, or is about to.
    Replied,
    /// The letter could not be delivered.
    NotDelivered,
    /// The customer was told.
    Told,
    /// The deadline was moved, and the customer told why.
    Extended,
    /// Time is running out.
    Alerted,
    /// It was closed.
    Closed,
    /// It was opened again.
    Reopened,
    /// Its owner left.
    OwnerLeft,
    /// Health or safety of somebody: managers were warned at once.
    Danger,
    /// A letter left that tells the customer nothing new.
    Left,
    /// What a letter promised was done.
    Kept,
    /// A contact that was noted by mistake was taken back.
    TakenBack,
    /// The calendar changed, and with it what is due.
    Rescheduled,
}

impl StepKind {
    const ALL: [(Self, &'static str); 20] = [
        (Self::Opened, "opened"),
        (Self::Again, "again"),
        (Self::Taken, "taken"),
        (Self::HandedOver, "handed-over"),
        (Self::Attempted, "attempted"),
        (Self::Noted, "noted"),
        (Self::Changed, "changed"),
        (Self::Replied, "replied"),
        (Self::NotDelivered, "not-delivered"),
        (Self::Told, "told"),
        (Self::Extended, "extended"),
        (Self::Alerted, "alerted"),
        (Self::Closed, "closed"),
        (Self::Reopened, "reopened"),
        (Self::OwnerLeft, "owner-left"),
        (Self::Danger, "danger"),
        (Self::Left, "left"),
        (Self::Kept, "kept"),
        (Self::TakenBack, "taken-back"),
        (Self::Rescheduled, "rescheduled"),
    ];

    /// Name as stored; its text key is `case-step-` and this.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    /// From its stored name.
    pub fn parse(name: &str) -> Result<Self> {
        let found = Self::ALL.iter().find(|(_, n)| *n == name).map(|(kind, _)| *kind);
        found.ok_or_else(|| Error::internal(format!("unknown step of a case: {name}")))
    }
}

/// Details of a step, where it has any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Detail {
    /// Channel it went through.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub channel: String,
    /// Outcome of an attempt.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub outcome: String,
    /// To whom it was given, or whom it was taken from.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// Subject of a letter.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub subject: String,
    /// Elements of a letter somebody vouched for although the composer did not find them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub confirmed: Vec<String>,
    /// The mail it went by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail: Option<Id>,
    /// A new deadline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
    /// Per cent of the time that was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<i64>,
    /// The answer in which the customer said more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<Id>,
    /// What changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// What a contact changed, as it was before: who noted it by mistake can take it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Before>,
    /// The day a letter promises something for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promised: Option<Day>,
}

/// What a contact with the customer changes, as it was before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// First contact.
    pub contacted_at: Option<Instant>,
    /// When the customer was told the outcome.
    pub told_at: Option<Instant>,
    /// Why the customer refused contact.
    pub refusal: Option<String>,
    /// The clock.
    pub clock: RunningClock,
    /// Per cent of the time already warned about.
    pub alerted: i64,
    /// The entry it made on the customer's timeline.
    pub entry: Option<Id>,
}

impl Before {
    /// What a case says now.
    pub fn of(case: &Case, entry: Option<Id>) -> Self {
        Self {
            contacted_at: case.contacted_at,
            told_at: case.told_at,
            refusal: case.refusal.clone(),
            clock: case.clock,
            alerted: case.alerted,
            entry,
        }
    }
}

/// A field that changed, in the words of the API.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    /// `title`, `severity`, `cause`, `remedy` or `cost`.
    pub field: String,
    /// What it was; empty for nothing.
    pub from: String,
    /// What it became; empty for nothing.
    pub to: String,
}

/// Something that happened on a case.
#[derive(Clone, Debug)]
pub struct Step {
    /// Identifier, in order of time.
    pub id: Id,
    /// When.
    pub at: Instant,
    /// What.
    pub kind: StepKind,
    /// Who; empty when it was Bocal or the customer.
    pub actor_name: String,
    /// A note, a letter, a reason.
    pub text: String,
    /// The rest.
    pub detail: Detail,
}
