//! Types of the room.

use kernel::{Day, Error, Id, Instant, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clocks::{Counting, Rule, Times};

macro_rules! named {
    ($(#[$doc:meta])* $name:ident, $field:literal, $error:literal:
     $($(#[$of:meta])* $variant:ident = $text:literal / $key:literal),* $(,)?) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$of])* $variant),* }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Name as stored and in the API.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// Text key of its name.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),* }
            }

            /// From its stored name.
            pub fn parse(name: &str) -> Result<Self> {
                let found = Self::ALL.iter().copied().find(|v| v.name() == name);
                found.ok_or_else(|| Error::field($field, $error))
            }
        }
    };
}

named!(
    /// How a case came to be.
    Origin, "origin", "case-error-origin":
    /// An unhappy answer.
    Answer = "answer" / "case-origin-answer",
    /// A colleague.
    Hand = "hand" / "case-origin-hand",
    /// A program.
    Api = "api" / "case-origin-api",
    /// A file.
    Import = "import" / "case-origin-import",
);
named!(
    /// How bad it is for the customer.
    Severity, "severity", "case-error-severity":
    /// An annoyance.
    Minor = "minor" / "case-severity-minor",
    /// A real loss of time, money or trust.
    Major = "major" / "case-severity-major",
    /// Health or safety of somebody.
    Critical = "critical" / "case-severity-critical",
);
named!(
    /// What puts it right.
    Remedy, "remedy", "case-error-remedy":
    /// Not decided.
    None = "none" / "case-remedy-none",
    /// An apology.
    Apology = "apology" / "case-remedy-apology",
    /// An explanation.
    Explanation = "explanation" / "case-remedy-explanation",
    /// Money back.
    Refund = "refund" / "case-remedy-refund",
    /// A voucher.
    Voucher = "voucher" / "case-remedy-voucher",
    /// Another product.
    Replacement = "replacement" / "case-remedy-replacement",
    /// A repair.
    Repair = "repair" / "case-remedy-repair",
);
named!(
    /// What became of an attempt to reach the customer.
    Outcome, "outcome", "case-error-outcome":
    /// They were reached.
    Reached = "reached" / "case-outcome-reached",
    /// They were not.
    NotReached = "not_reached" / "case-outcome-not-reached",
    /// It is not their number or address.
    WrongNumber = "wrong_number" / "case-outcome-wrong-number",
    /// They do not want to be contacted.
    Refused = "refused" / "case-outcome-refused",
);
named!(
    /// Which part of a case its clock runs against.
    Phase, "phase", "case-error-phase":
    /// To the first contact.
    Contact = "contact" / "case-phase-contact",
    /// To the answer: repaired and told.
    Answer = "answer" / "case-phase-answer",
    /// Nothing runs: told, or closed.
    Over = "over" / "case-phase-over",
);

impl Severity {
    /// Weight in the ranking of causes.
    pub const fn weight(self) -> i64 {
        match self {
            Self::Minor => 1,
            Self::Major => 2,
            Self::Critical => 4,
        }
    }
}

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
}

/// The clock of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// Identifier of the site; the customer's when empty.
    pub site: String,
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
}

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
}

impl StepKind {
    const ALL: [(Self, &'static str); 15] = [
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

/// What the queue shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// Mine.
    #[default]
    Mine,
    /// Nobody's yet.
    Free,
    /// Past due.
    Late,
    /// All open ones.
    Open,
    /// Closed ones, the latest first.
    Closed,
    /// Open and closed, the latest first.
    All,
}

impl View {
    /// Views offered, in order.
    pub const ALL: [Self; 6] = [Self::Mine, Self::Free, Self::Late, Self::Open, Self::Closed, Self::All];

    /// Name in the address; its text key is `case-view-` and this.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Free => "free",
            Self::Late => "late",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::All => "all",
        }
    }
}

/// Which cases.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Which part of the queue.
    pub view: View,
    /// Whose, in [`View::Mine`].
    pub owner: Option<Id>,
    /// At one site.
    pub site: Option<Id>,
    /// Of one team.
    pub team: Option<Id>,
    /// Of these causes.
    pub causes: Vec<Id>,
    /// Opened from this day on.
    pub from: Option<Day>,
    /// Opened up to this day.
    pub to: Option<Day>,
    /// Only those whose standing is this.
    pub standing: Option<Standing>,
    /// Only those found by what was typed.
    pub found: Option<Found>,
}

/// What was typed to find cases, and the customers it names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Part of a reference, as `LIKE` reads it.
    pub reference: String,
    /// Part of the text a colleague gave it.
    pub title: String,
    /// Customers.
    pub customers: Vec<Id>,
}

/// How a case stands in the figures of the loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// First contact made in time.
    InTime,
    /// First contact made late, or due and not made.
    TooLate,
    /// First contact made.
    Contacted,
    /// Closed.
    Closed,
    /// With a cost.
    Costly,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Self; 5] = [Self::InTime, Self::TooLate, Self::Contacted, Self::Closed, Self::Costly];

    /// Name in the address; its text key is `case-standing-` and this, with dashes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InTime => "in_time",
            Self::TooLate => "too_late",
            Self::Contacted => "contacted",
            Self::Closed => "closed",
            Self::Costly => "costly",
        }
    }
}

/// How many open cases a queue holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Mine.
    pub mine: i64,
    /// Nobody's.
    pub free: i64,
    /// Past due.
    pub late: i64,
    /// All open ones.
    pub open: i64,
}
