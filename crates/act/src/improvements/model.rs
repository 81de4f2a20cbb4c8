//! Types of the room.

use kernel::texts::Locale;
use kernel::{Day, Error, Id, Instant, Result};
use serde::{Deserialize, Serialize};
use understand::indicators::{Conclusion, Measure};
use utoipa::ToSchema;

/// Where an improvement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Decided.
    Planned,
    /// In place: its effect is awaited.
    InPlace,
    /// Measured again and judged.
    Judged,
    /// Given up.
    Abandoned,
}

impl State {
    /// Every state, in order.
    pub const ALL: [Self; 4] = [Self::Planned, Self::InPlace, Self::Judged, Self::Abandoned];

    /// Name as stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::InPlace => "in_place",
            Self::Judged => "judged",
            Self::Abandoned => "abandoned",
        }
    }

    /// Its text key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Planned => "improvement-state-planned",
            Self::InPlace => "improvement-state-in-place",
            Self::Judged => "improvement-state-judged",
            Self::Abandoned => "improvement-state-abandoned",
        }
    }

    /// From its stored name.
    pub fn parse(name: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|s| s.name() == name);
        found.ok_or_else(|| Error::field("state", "improvement-error-state"))
    }

    /// Whether something is still to come.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Planned | Self::InPlace)
    }
}

/// What measuring again showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The figure is better, beyond chance.
    Better,
    /// It is worse, beyond chance.
    Worse,
    /// No difference shown.
    NoDifference,
    /// Too few answers to tell.
    TooFew,
    /// The answers are no sample: nothing can be said of all customers.
    NotASample,
}

impl Effect {
    /// From what a comparison allows to say; every measure here is better when higher.
    pub const fn of(conclusion: Conclusion) -> Self {
        match conclusion {
            Conclusion::Rise => Self::Better,
            Conclusion::Fall => Self::Worse,
            Conclusion::Unclear => Self::NoDifference,
            Conclusion::TooFew => Self::TooFew,
            Conclusion::NotASample => Self::NotASample,
        }
    }

    /// Its text key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Better => "improvement-effect-better",
            Self::Worse => "improvement-effect-worse",
            Self::NoDifference => "improvement-effect-no-difference",
            Self::TooFew => "improvement-effect-too-few",
            Self::NotASample => "improvement-effect-not-a-sample",
        }
    }
}

/// Whether the effect that was expected when it was planned was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Attained {
    /// The whole interval of the difference is at what was expected, or beyond.
    Reached,
    /// The whole interval falls short of it.
    NotReached,
    /// The interval holds what was expected, or there is none.
    CannotTell,
}

impl Attained {
    /// Its text key, short.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Reached => "improvement-attained-reached",
            Self::NotReached => "improvement-attained-not-reached",
            Self::CannotTell => "improvement-attained-cannot-tell",
        }
    }
}

/// What became of the mails that tell customers of an improvement, as the ledger of mails has it now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Told {
    /// Not left yet.
    pub waiting: u64,
    /// The mail server took them and none came back.
    pub left: u64,
    /// Refused, come back, given up or withdrawn: these customers know nothing.
    pub failed: u64,
    /// They may have left or not.
    pub doubtful: u64,
}

/// One side of a comparison, as it was on the day it was judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Side {
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub from: Day,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    pub to: Day,
    /// Value, in the unit of the measure; absent without answers.
    pub value: Option<f64>,
    /// Answers it rests on.
    pub n: u64,
    /// Bounds at 95 %, where a sample allows them.
    pub interval: Option<(f64, f64)>,
}

/// Before against after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Verdict {
    /// When it was judged.
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
    /// Definition of the figure, with its version: `nps/1`.
    pub definition: String,
    /// As many days before as after.
    pub before: Side,
    /// From the day it was in place to the day it was measured again.
    pub after: Side,
    /// After minus before.
    pub difference: Option<f64>,
    /// Bounds of the difference at 95 %.
    pub interval: Option<(f64, f64)>,
    /// What that allows to say.
    pub effect: Effect,
}

/// An improvement.
#[derive(Clone, Debug)]
pub struct Improvement {
    /// Identifier.
    pub id: Id,
    /// What is done, beginning with a verb.
    pub title: String,
    /// More about it.
    pub description: String,
    /// The cause it removes.
    pub cause: Option<Id>,
    /// Where; everywhere when none.
    pub site: Option<Id>,
    /// Who sees to it.
    pub owner: Id,
    /// Where it stands.
    pub state: State,
    /// Cost, in minor units.
    pub cost: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// The figure it is expected to move.
    pub measure: Measure,
    /// In one survey only.
    pub survey: Option<Id>,
    /// By how much, in the unit people read: points, per cent, or steps of the scale.
    pub expected: f64,
    /// Until when it should be in place.
    pub due_day: Day,
    /// Since when it is.
    pub in_place_day: Option<Day>,
    /// When the figure is measured again.
    pub remeasure_day: Day,
    /// What that showed, in a word.
    pub effect: Option<Effect>,
    /// Whether what was expected was reached.
    pub attained: Option<Attained>,
    /// What that showed, in figures; none for whoever may not see them.
    pub verdict: Option<Verdict>,
    /// What was learnt.
    pub lesson: String,
    /// « Vous avez dit ».
    pub said: String,
    /// « Nous avons fait ».
    pub did: String,
    /// The same in the other language than that of the organisation; empty when nobody wrote it.
    pub said_other: String,
    /// The same in the other language.
    pub did_other: String,
    /// When customers were told.
    pub told_at: Option<Instant>,
    /// How many were written to; none for whoever may not see figures of it.
    pub told_n: Option<i64>,
    /// What became of the mails; none for whoever may not see figures of it, and until customers are told.
    pub told: Option<Told>,
    /// Who began it.
    pub created_by: String,
    /// When.
    pub created_at: Instant,
    /// Optimistic version.
    pub version: i64,
}

/// Somebody whose case led to an improvement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concerned {
    /// The customer.
    pub customer: Id,
    /// Their address.
    pub address: Option<String>,
    /// Their language.
    pub locale: Option<Locale>,
    /// Their site.
    pub site: Option<Id>,
    /// They refused contact on a case.
    pub has_refused: bool,
    /// They last said no to being contacted again.
    pub has_withdrawn: bool,
}

/// Why somebody concerned is not written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// They were written to about it before.
    Already,
    /// They refused contact on a case.
    Refused,
    /// They withdrew their consent.
    Withdrawn,
    /// No address is known, or none that can be written to.
    NoAddress,
    /// What was sent to their address came back.
    Bounced,
    /// The case names no customer of the organisation.
    Unknown,
}

impl LeftOut {
    /// Every reason, in the order they are told.
    pub const ALL: [Self; 6] =
        [Self::Already, Self::Refused, Self::Withdrawn, Self::NoAddress, Self::Bounced, Self::Unknown];

    /// Its text key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Already => "improvement-left-out-already",
            Self::Refused => "improvement-left-out-refused",
            Self::Withdrawn => "improvement-left-out-withdrawn",
            Self::NoAddress => "improvement-left-out-no-address",
            Self::Bounced => "improvement-left-out-bounced",
            Self::Unknown => "improvement-left-out-unknown",
        }
    }
}

/// What an improvement aims at: the cases of its cause and of the causes below, where it takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aimed {
    /// Which.
    pub improvement: Id,
    /// The cause it removes.
    pub cause: Id,
    /// Where; everywhere when none.
    pub site: Option<Id>,
}

/// What people type about an improvement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ImprovementInput {
    /// What is done, beginning with a verb.
    pub title: String,
    /// More about it.
    pub description: String,
    /// Identifier of the cause it removes.
    pub cause: String,
    /// Identifier of the case it comes from.
    pub case: String,
    /// Identifier of the site; everywhere when empty.
    pub site: String,
    /// Identifier of the colleague who sees to it.
    pub owner: String,
    /// Cost, as people write amounts.
    pub cost: String,
    /// `nps`, `csat` or `ces2`.
    pub measure: String,
    /// Identifier of one survey; all of them when empty.
    pub survey: String,
    /// Expected difference: points for `nps`, per cent for `csat`, steps for `ces2`.
    pub expected: String,
    /// Day until which it should be in place, `YYYY-MM-DD`.
    pub due: String,
    /// Day on which the figure is measured again, `YYYY-MM-DD`.
    pub remeasure: String,
    /// « Vous avez dit »: what customers said, as they will read it.
    pub said: String,
    /// « Nous avons fait »: what was done about it.
    pub did: String,
    /// What customers said, in the other language than that of the organisation; who reads that language gets the letter
    /// in the organisation's when it is empty.
    pub said_other: String,
    /// What was done about it, in the other language.
    pub did_other: String,
    /// Only in forms.
    #[serde(skip_serializing)]
    #[schema(ignore)]
    pub csrf: String,
    /// Only in forms: the version that was shown.
    #[serde(skip_serializing)]
    #[schema(ignore)]
    pub version: String,
}
