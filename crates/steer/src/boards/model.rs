//! Types of the room.

use kernel::figures::Figure;
use kernel::{Day, Error, Id, Instant, Result};
use serde::Serialize;

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
    /// Address of those; empty when they cannot be listed.
    pub costs: String,
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

/// A case that is open now.
#[derive(Clone, Copy, Debug)]
pub struct OpenCase {
    /// Where.
    pub site: Option<Id>,
    /// Which team.
    pub team: Option<Id>,
    /// Why.
    pub cause: Option<Id>,
    /// Past its deadline, and the customer not told.
    pub is_late: bool,
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
