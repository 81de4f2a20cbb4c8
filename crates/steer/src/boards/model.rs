//! Types of the room.

use std::collections::{HashMap, HashSet};

use act::causes::model::Tree;
use act::costs::Costs;
use kernel::figures::Figure;
use kernel::organisation::SiteNames;
use kernel::texts::T;
use kernel::{Day, Error, Id, Instant, Result};
use serde::Serialize;

use super::trend::{Rhythm, Step};

/// A figure of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Share of first contacts made in time, of those whose deadline has passed.
    ContactedInTime,
    /// Median time to the first contact.
    ContactMedian,
    /// Time within which nine in ten are contacted.
    ContactP90,
    /// Median time to closing.
    CloseMedian,
    /// Time within which nine in ten are closed.
    CloseP90,
    /// Share of cases opened at least 30 days ago whose customer was told within 30 days: the inner loop.
    InnerLoop,
    /// Share of cases with a cause that some improvement removes: the outer loop.
    OuterLoop,
    /// Cases opened.
    Opened,
    /// Cases open now, whenever they were opened.
    Open,
    /// Of those, past their deadline with the customer not told.
    Late,
}

impl Kind {
    /// Every figure, in the order of the board.
    pub const ALL: [Self; 10] = [
        Self::ContactedInTime,
        Self::ContactMedian,
        Self::ContactP90,
        Self::CloseMedian,
        Self::CloseP90,
        Self::InnerLoop,
        Self::OuterLoop,
        Self::Opened,
        Self::Open,
        Self::Late,
    ];

    /// Its text key is `board-` and its name, with dashes; with `-short` in a table, with `-how` how it is counted.
    pub fn key(self) -> String {
        format!("board-{}", self.name().replace('_', "-"))
    }

    /// Name in the API and as stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ContactedInTime => "contacted_in_time",
            Self::ContactMedian => "contact_median",
            Self::ContactP90 => "contact_p90",
            Self::CloseMedian => "close_median",
            Self::CloseP90 => "close_p90",
            Self::InnerLoop => "inner_loop",
            Self::OuterLoop => "outer_loop",
            Self::Opened => "opened",
            Self::Open => "open",
            Self::Late => "late",
        }
    }

    /// Whether it is about this moment, whatever the period.
    pub const fn is_of_now(self) -> bool {
        matches!(self, Self::Open | Self::Late)
    }

    /// From its name.
    pub fn parse(name: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|kind| kind.name() == name);
        found.ok_or_else(|| Error::field("figure", "board-error-figure"))
    }
}

/// Which cases a board is about: those opened within a period; at one site or all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Choice {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// One site.
    pub site: Option<Id>,
}

/// Where a case belongs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// At which site.
    pub site: Option<Id>,
    /// To which team.
    pub team: Option<Id>,
    /// For which cause.
    pub cause: Option<Id>,
}

/// What figures of the loop are made of: one narrow row per case. What was not wanted is absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Where it belongs.
    pub place: Place,
    /// When it opened.
    pub opened_at: Instant,
    /// Until when the first contact was due.
    pub contact_due_at: Option<Instant>,
    /// First contact.
    pub contacted_at: Option<Instant>,
    /// When the customer was told.
    pub told_at: Option<Instant>,
    /// When it was closed.
    pub closed_at: Option<Instant>,
}

/// When cases opened that an erasure closed, and when it did.
pub type Erased = HashSet<(Instant, Instant)>;

/// What some figures are made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Where cases belong.
    pub places: bool,
    /// Whether the first contact came in time.
    pub in_time: bool,
    /// Time to the first contact.
    pub contact: bool,
    /// Time to closing.
    pub close: bool,
    /// When customers were told.
    pub told: bool,
}

impl Wanted {
    /// What these figures are made of; with `groups`, also where cases belong.
    pub fn of(kinds: &[Kind], groups: bool) -> Self {
        let any = |some: &[Kind]| some.iter().any(|kind| kinds.contains(kind));
        Self {
            places: groups || any(&[Kind::OuterLoop]),
            in_time: any(&[Kind::ContactedInTime]),
            contact: any(&[Kind::ContactMedian, Kind::ContactP90]),
            close: any(&[Kind::CloseMedian, Kind::CloseP90]),
            told: any(&[Kind::InnerLoop]),
        }
    }
}

/// What is counted of some cases.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What they share: a site, a team or a cause; `None` for those that have none, and for all together.
    pub key: Option<Id>,
    /// Its figures, in the order they were asked for.
    pub figures: Vec<(Kind, Figure)>,
    /// Cost of remedies.
    pub costs: Costs,
    /// Cases that cost something.
    pub costly: u64,
    /// Address of those; empty when they cannot be listed.
    pub costly_rows: String,
}

impl Group {
    /// One of its figures.
    pub fn figure(&self, kind: Kind) -> Option<&Figure> {
        self.figures.iter().find(|(k, _)| *k == kind).map(|(_, figure)| figure)
    }
}

/// The board.
#[derive(Clone, Debug)]
pub struct Board {
    /// Which cases.
    pub choice: Choice,
    /// All of them together.
    pub all: Group,
    /// How the period is cut into [`Board::trend`].
    pub rhythm: Rhythm,
    /// Week by week or month by month, the oldest first.
    pub trend: Vec<Step>,
    /// By site.
    pub sites: Vec<Group>,
    /// By team.
    pub teams: Vec<Group>,
    /// By cause.
    pub causes: Vec<Group>,
    /// The causes, to name them.
    pub tree: Tree,
    /// Names of the teams.
    pub team_names: HashMap<Id, String>,
}

/// The tables of a board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// By site.
    Site,
    /// By team.
    Team,
    /// By cause.
    Cause,
}

impl By {
    /// Every table, in the order of the board.
    pub const ALL: [Self; 3] = [Self::Site, Self::Cause, Self::Team];

    /// Text key of its title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Site => "board-by-site",
            Self::Team => "board-by-team",
            Self::Cause => "board-by-cause",
        }
    }

    /// Text key of what heads its rows.
    pub const fn head(self) -> &'static str {
        match self {
            Self::Site => "case-site",
            Self::Team => "board-team",
            Self::Cause => "case-cause",
        }
    }

    /// Text key of the row of the cases that have none.
    pub const fn without(self) -> &'static str {
        match self {
            Self::Site => "board-without-site",
            Self::Team => "board-without-team",
            Self::Cause => "board-without-cause",
        }
    }
}

impl Board {
    /// The rows of a table.
    pub fn groups(&self, by: By) -> &[Group] {
        match by {
            By::Site => &self.sites,
            By::Team => &self.teams,
            By::Cause => &self.causes,
        }
    }

    /// Name of a row of a table.
    pub fn name(&self, by: By, key: Option<Id>, sites: &SiteNames, t: T) -> String {
        let name = match by {
            By::Site => sites.get(key).to_owned(),
            By::Team => key.and_then(|id| self.team_names.get(&id)).cloned().unwrap_or_default(),
            By::Cause => self.tree.path(key, t.locale()),
        };
        if name.is_empty() { t.get(by.without()) } else { name }
    }
}

/// A pinned figure.
#[derive(Clone, Debug)]
pub struct Tile {
    /// Identifier.
    pub id: Id,
    /// Which figure.
    pub kind: Kind,
    /// At one site.
    pub site: Option<Id>,
    /// Over the last so many days.
    pub days: i64,
    /// The decision it serves.
    pub decision: String,
    /// Who answers for it.
    pub owner: Id,
    /// Name of its owner.
    pub owner_name: String,
    /// When it was pinned.
    pub created_at: Instant,
}
