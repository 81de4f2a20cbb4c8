//! Types of the room.

use kernel::figures::Figure;
use kernel::{Day, Error, Id, Instant, Result};
use serde::Serialize;

/// A figure of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Share of first contacts made in time, of those due.
    ContactedInTime,
    /// Median time to the first contact.
    ContactMedian,
    /// Ninetieth percentile of that time.
    ContactP90,
    /// Median time to closing.
    CloseMedian,
    /// Ninetieth percentile of that time.
    CloseP90,
    /// Share of closed and old enough cases whose customer was told: the inner loop.
    InnerLoop,
    /// Share of cases with a cause that some improvement removes: the outer loop.
    OuterLoop,
    /// Cases opened.
    Opened,
    /// Cases open now.
    Open,
    /// Of those, past their deadline.
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

    /// Name in the API and as stored; its text key is `board-` and this, with dashes.
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

    /// From its name.
    pub fn parse(name: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|kind| kind.name() == name);
        found.ok_or_else(|| Error::field("figure", "board-error-figure"))
    }
}

/// Which cases a board is about: those opened within a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// One site.
    pub site: Option<Id>,
}

impl Choice {
    /// Whether a case opened on this day at this site is among them.
    pub fn holds(&self, day: Day, site: Option<Id>) -> bool {
        self.from <= day && day <= self.to && (self.site.is_none() || self.site == site)
    }
}

/// What is counted of some cases.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What they share: a site, a team or a cause; `None` for those that have none, and for all together.
    pub key: Option<Id>,
    /// Its figures, in the order of [`Kind::ALL`].
    pub figures: Vec<(Kind, Figure)>,
    /// Cost of remedies, in minor units.
    pub cost: i64,
    /// Cases that cost something.
    pub costly: u64,
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
    /// By site.
    pub sites: Vec<Group>,
    /// By team.
    pub teams: Vec<Group>,
    /// By cause.
    pub causes: Vec<Group>,
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
