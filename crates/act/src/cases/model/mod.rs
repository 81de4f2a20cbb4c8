//! Types of the room.

mod names;
mod queue;
mod steps;

pub use names::{Origin, Outcome, Phase, Remedy, Severity};
pub use queue::{Asked, Counts, Filter, Found, Sort, Standing, View};
pub use steps::{Before, Change, Detail, Step, StepKind};

use kernel::{Day, Id, Instant};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clocks::{Counting, Rule, Times};

/// A case.
#[derive(Clone, Debug)]
pub struct Case {
    /// Identifier.
    pub id: Id,
    /// What people say aloud: `B-2026-000123-7`.
    pub reference: String,
    /// How it came to be.
    pub origin: Origin,
    /// What it is about, in our words.
    pub title: String,
    /// What the customer said, untouched.
    pub words: String,
    /// Whose it is.
    pub customer: Option<Id>,
    /// Where somebody we do not know asked to be reached.
    pub reach: String,
    /// The answer that opened it.
    pub response: Option<Id>,
    /// The measure of that answer, and its score.
    pub score: Option<(String, i64)>,
    /// Where.
    pub site: Option<Id>,
    /// Which team.
    pub team: Option<Id>,
    /// Who carries it.
    pub owner: Option<Id>,
    /// How bad it is.
    pub severity: Severity,
    /// Why it happened.
    pub cause: Option<Id>,
    /// Why no cause was found, where it was closed without one.
    pub no_cause: Option<String>,
    /// What puts it right.
    pub remedy: Remedy,
    /// What the remedy costs, in minor units of the organisation's currency.
    pub cost: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// When it opened.
    pub opened_at: Instant,
    /// Which day that was where the organisation is.
    pub opened_day: Day,
    /// Until when the first contact was due, as last worked out.
    pub contact_due_at: Instant,
    /// First contact.
    pub contacted_at: Option<Instant>,
    /// When the customer was told the outcome.
    pub told_at: Option<Instant>,
    /// Why the customer refused contact, where they did.
    pub refusal: Option<String>,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// How often it was opened again.
    pub reopened: i64,
    /// How often the deadline that runs was moved.
    pub extensions: i64,
    /// What the customer was promised, until it is kept.
    pub promise: Option<Promise>,
    /// Its clock.
    pub clock: RunningClock,
    /// Per cent of the time already warned about: 0, 50, 80 or 100.
    pub alerted: i64,
    /// The import that brought it.
    pub import: Option<Id>,
    /// Optimistic version.
    pub version: i64,
}

impl Case {
    /// Whether work is left.
    pub const fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }

    /// Until when its running clock runs; none once the customer was told, or wants no contact.
    pub fn running_until(&self) -> Option<Instant> {
        (self.is_open() && self.clock.phase != Phase::Over).then_some(self.clock.times.due_at)
    }

    /// Whether somebody's health or safety waits for us: it goes before everything else.
    pub fn is_danger(&self) -> bool {
        self.is_open() && self.severity == Severity::Critical && self.clock.phase != Phase::Over
    }
}

/// What a letter promised, in its own words, and the day it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// The sentence.
    pub words: String,
    /// The day.
    pub day: Day,
}

/// The clock of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunningClock {
    /// Against what it runs.
    pub phase: Phase,
    /// From when.
    pub from: Instant,
    /// Minutes allowed.
    pub minutes: i64,
    /// What counts as time.
    pub counting: Counting,
    /// The date promised to the customer instead.
    pub extended_to: Option<Instant>,
    /// What that makes.
    pub times: Times,
}

impl RunningClock {
    /// The rule of its deadline.
    pub const fn rule(&self) -> Rule {
        self.times.rule
    }
}

/// What is needed to open a case.
#[derive(Clone, Debug)]
pub struct NewCase {
    /// How it comes to be.
    pub origin: Origin,
    /// What it is about, in our words.
    pub title: String,
    /// What the customer said.
    pub words: String,
    /// Whose it is.
    pub customer: Option<Id>,
    /// Where somebody we do not know asked to be reached.
    pub reach: String,
    /// The answer it comes from.
    pub response: Option<Id>,
    /// Measure and score of that answer.
    pub score: Option<(String, i64)>,
    /// Where.
    pub site: Option<Id>,
    /// How bad it is.
    pub severity: Severity,
    /// Why, when known.
    pub cause: Option<Id>,
    /// When it was said.
    pub at: Instant,
    /// The import that brings it.
    pub import: Option<Id>,
}

/// A case as people and programs open one.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CaseInput {
    /// Identifier of the customer; empty for somebody unknown, who then needs `reach`.
    pub customer: String,
    /// Where to reach somebody unknown: a telephone number or an address.
    pub reach: String,
    /// What it is about, in our words.
    pub title: String,
    /// What the customer said, in their own words.
    pub words: String,
    /// `minor`, `major` or `critical`.
    pub severity: String,
    /// Identifier of the cause, if it is known.
    pub cause: String,
    /// Identifier of the site; the customer's when empty, else the only one within reach.
    pub site: String,
    /// How the customer said it: `phone`, `counter`, `mail`, `letter`, `visit` or `web`; when empty, `phone` for a
    /// colleague and `web` for a program.
    pub channel: String,
    /// Only in forms: whoever opens it says that it is none of the customers who are reached that way.
    #[serde(skip_serializing)]
    #[schema(ignore)]
    pub somebody_else: bool,
    /// Only in forms.
    #[serde(skip_serializing)]
    #[schema(ignore)]
    pub csrf: String,
}

/// What colleagues change on a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CaseEdit {
    /// What it is about.
    pub title: String,
    /// `minor`, `major` or `critical`.
    pub severity: String,
    /// Identifier of the cause; empty while unknown.
    pub cause: String,
    /// `none`, `apology`, `explanation`, `refund`, `voucher`, `replacement` or `repair`.
    pub remedy: String,
    /// Cost of the remedy, as people write amounts: `12,50`.
    pub cost: String,
    /// Only in forms.
    #[serde(skip_serializing)]
    #[schema(ignore)]
    pub csrf: String,
    /// Only in forms: the version that was shown.
    #[serde(skip_serializing)]
    #[schema(ignore)]
    pub version: String,
    /// Only in forms: the fields as they were shown, as JSON.
    #[serde(skip_serializing)]
    #[schema(ignore)]
    pub base: String,
}

/// What a program changes on a case: what is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CasePatch {
    /// What it is about.
    pub title: Option<String>,
    /// `minor`, `major` or `critical`.
    pub severity: Option<String>,
    /// Identifier of the cause; `null` or empty takes it away.
    #[serde(deserialize_with = "given")]
    pub cause: Option<String>,
    /// `none`, `apology`, `explanation`, `refund`, `voucher`, `replacement` or `repair`.
    pub remedy: Option<String>,
    /// Cost of the remedy, as people write amounts: `12,50`; `null` or empty takes it away.
    #[serde(deserialize_with = "given")]
    pub cost: Option<String>,
}

/// What is there, `null` included, is a change; what is absent is none.
fn given<'de, D: serde::Deserializer<'de>>(value: D) -> Result<Option<String>, D::Error> {
    Ok(Some(Option::<String>::deserialize(value)?.unwrap_or_default()))
}

/// What is said when a case closes: what is empty stays as it is on the case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Closing {
    /// Identifier of the cause.
    pub cause: String,
    /// Why no cause was found, when none is named here: a cause named before is then taken away.
    pub no_cause: String,
    /// `none`, `apology`, `explanation`, `refund`, `voucher`, `replacement` or `repair`.
    pub remedy: String,
    /// Only in forms.
    #[serde(skip_serializing)]
    #[schema(ignore)]
    pub csrf: String,
}
