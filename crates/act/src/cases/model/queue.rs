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

/// In which order a queue is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Open ones by deadline, dangers before all others; closed ones and all by what came last.
    #[default]
    Usual,
    /// The latest opened first.
    Newest,
    /// The first opened first.
    Oldest,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Usual, Self::Newest, Self::Oldest];

    /// Name in the address; empty for the usual one.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Usual => "",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
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
    /// In which order.
    pub sort: Sort,
}

impl Filter {
    /// Whether deadlines give the order: dangers come first, what is told last.
    pub const fn is_by_deadline(&self) -> bool {
        matches!(self.sort, Sort::Usual)
            && matches!(self.view, View::Mine | View::Free | View::Late | View::Open)
    }
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
    /// Part of a reference, a customer, words of what it is about or of what the customer said.
    pub words: String,
}

/// What was typed to find cases, and the customers it names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Part of a reference, as `LIKE` reads it.
    pub reference: String,
    /// Parts of what it is about, of what the customer said and of where they are reached, folded, as `LIKE` reads them.
    pub words: Vec<String>,
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
