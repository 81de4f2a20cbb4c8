//! Which cases a queue shows.

use kernel::{Day, Id};
use serde::Deserialize;

use super::Severity;

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
    /// Only those somebody carries.
    pub carrier: Option<Id>,
    /// Only those as bad as this.
    pub severity: Option<Severity>,
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

/// Which cases a program or the command line asks for, as typed; what is empty restricts nothing.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Part of the queue: `open` (unless said), `free`, `late`, `closed` or `all`.
    pub view: String,
    /// Identifier of a site.
    pub site: String,
    /// Identifier of a team.
    pub team: String,
    /// `minor`, `major` or `critical`.
    pub severity: String,
    /// Identifier of whoever carries them.
    pub owner: String,
    /// Identifier of a cause; those below it come along.
    pub cause: String,
    /// First day of opening.
    pub from: String,
    /// Last day of opening.
    pub to: String,
    /// How they stand in the figures of the loop.
    pub standing: String,
    /// Part of a reference, a customer, words of the title.
    pub words: String,
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
    /// The first contact was due by now.
    ContactDue,
    /// Opened thirty days ago or earlier.
    MonthOld,
    /// Of those, not told within thirty days.
    Untold,
    /// With a cause.
    Caused,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Self; 9] = [
        Self::InTime,
        Self::TooLate,
        Self::Contacted,
        Self::Closed,
        Self::Costly,
        Self::ContactDue,
        Self::MonthOld,
        Self::Untold,
        Self::Caused,
    ];
    /// Hours within which a customer is told, for the loop to count as closed.
    pub const TOLD_WITHIN: i64 = 24 * 30;

    /// Name in the address; its text key is `case-standing-` and this, with dashes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InTime => "in_time",
            Self::TooLate => "too_late",
            Self::Contacted => "contacted",
            Self::Closed => "closed",
            Self::Costly => "costly",
            Self::ContactDue => "contact_due",
            Self::MonthOld => "month_old",
            Self::Untold => "untold",
            Self::Caused => "caused",
        }
    }
}

/// How many open cases a queue holds: exact up to [`Counts::EXACT`], one more where there are more.
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

impl Counts {
    /// As far as cases are counted for a queue. Boards count all of them.
    pub const EXACT: i64 = 1_000;
}
