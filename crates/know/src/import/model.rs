//! Types of the room.

use kernel::identity::{Actor, ActorKind, Permission, Permissions, Scope};
use kernel::jobs::{Job, State as JobState};
use kernel::tabular::{Format, Notice, Options as Reading};
use kernel::texts::T;
use kernel::{Error, Id, Instant, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::outcome::{Became, Reason};
use super::parts::{Choices, Column, Draft, Mapping};

/// Days during which an import can be undone; files and rows are kept as long.
pub const KEPT_DAYS: i64 = 30;

/// What is stored about where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Being prepared; nothing is written.
    Draft,
    /// Being written, or stopped on the way.
    Running,
    /// Every row has its outcome.
    Done,
    /// Being taken back.
    Undoing,
    /// Taken back.
    Undone,
}

impl State {
    /// Name as stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Running => "running",
            Self::Done => "done",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
        }
    }

    /// From its stored name.
    pub fn parse(name: &str) -> Result<Self> {
        [Self::Draft, Self::Running, Self::Done, Self::Undoing, Self::Undone]
            .into_iter()
            .find(|s| s.name() == name)
            .ok_or_else(|| Error::internal(format!("unknown import state {name}")))
    }
}

/// Where an import stands for a person: its state, and whether something still works on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Being prepared.
    Draft,
    /// Being prepared, with a dry run at work.
    Rehearsing,
    /// Being written.
    Running,
    /// Stopped on the way, or interrupted: what was done stays, and it can go on.
    Stopped,
    /// Every row has its outcome.
    Done,
    /// Being taken back.
    Undoing,
    /// Taking back was interrupted and can go on.
    UndoStopped,
    /// Taken back.
    Undone,
}

impl Phase {
    /// Name in the API; its text key is `import-phase-` and this.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Rehearsing => "rehearsing",
            Self::Running => "running",
            Self::Stopped => "stopped",
            Self::Done => "done",
            Self::Undoing => "undoing",
            Self::UndoStopped => "undostopped",
            Self::Undone => "undone",
        }
    }

    /// Whether a job is at work.
    pub const fn is_busy(self) -> bool {
        matches!(self, Self::Rehearsing | Self::Running | Self::Undoing)
    }
}

/// What a file held when it was read: kept with the import.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TableFacts {
    /// What the file turned out to be.
    pub format: Format,
    /// Whether names of columns stand in it.
    pub has_header: bool,
    /// Usable rows.
    pub rows: u64,
    /// Rows that cannot be used.
    pub bad: u64,
    /// What a person should know.
    pub notices: Vec<Notice>,
    /// The columns.
    pub columns: Vec<Column>,
}

/// How many rows became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Counts {
    /// Something new.
    pub created: i64,
    /// Completed or changed.
    pub updated: i64,
    /// Known, nothing new.
    pub unchanged: i64,
    /// Left out on purpose.
    pub skipped: i64,
    /// Refused.
    pub rejected: i64,
}

impl Counts {
    /// One more row.
    pub fn add(&mut self, became: Became) {
        match became {
            Became::Created => self.created += 1,
            Became::Updated => self.updated += 1,
            Became::Unchanged => self.unchanged += 1,
            Became::Skipped => self.skipped += 1,
            Became::Rejected => self.rejected += 1,
        }
    }

    /// Rows that became this.
    pub const fn of(&self, became: Became) -> i64 {
        match became {
            Became::Created => self.created,
            Became::Updated => self.updated,
            Became::Unchanged => self.unchanged,
            Became::Skipped => self.skipped,
            Became::Rejected => self.rejected,
        }
    }

    /// All of them.
    pub const fn sum(&self) -> i64 {
        self.created + self.updated + self.unchanged + self.skipped + self.rejected
    }
}

/// What a dry run found.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Rehearsal {
    /// What the rows would become.
    pub counts: Counts,
    /// Why rows would be refused or left out, the most frequent first.
    pub reasons: Vec<Counted>,
}

/// A reason with how often it was met and where first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Counted {
    /// What becomes of these rows.
    pub became: Became,
    /// The reasons, as stored with a row.
    pub reasons: String,
    /// Rows.
    pub count: i64,
    /// Lines of the first ones.
    pub lines: Vec<i64>,
}

impl Counted {
    /// The reasons in words.
    pub fn words(&self, t: T) -> String {
        let reasons = Reason::parse_all(&self.reasons);
        reasons.iter().map(|reason| reason.words(t)).collect::<Vec<_>>().join(" ")
    }
}

/// An import as stored.
#[derive(Clone, Debug)]
pub struct Import {
    /// Identifier.
    pub id: Id,
    /// Code of its kind.
    pub kind: String,
    /// Name of the file.
    pub file_name: String,
    /// The file as it came, until it is started.
    pub source: Option<Id>,
    /// Its usable rows in canonical form.
    pub file: Option<Id>,
    /// Its unusable rows, as JSON.
    pub bad_file: Option<Id>,
    /// How it was asked to be read.
    pub reading: Reading,
    /// What it held.
    pub table: TableFacts,
    /// What its header is recognised by.
    pub signature: String,
    /// Where columns go.
    pub mapping: Mapping,
    /// Options.
    pub options: Choices,
    /// What the dry run of the present choices found.
    pub rehearsal: Option<Rehearsal>,
    /// Where it stands.
    pub state: State,
    /// Rows of the file, unusable ones included.
    pub total: i64,
    /// Where the next row starts in the canonical form.
    pub next_offset: i64,
    /// Unusable rows already reported.
    pub bad_done: i64,
    /// What rows became.
    pub counts: Counts,
    /// Undoing: the last line looked at.
    pub undo_after: i64,
    /// Undoing: what was removed, restored and kept.
    pub undone: UndoCounts,
    /// The job that works on it, or did last.
    pub job: Option<Id>,
    /// In whose name it works.
    pub who: Who,
    /// When it came.
    pub created_at: Instant,
    /// When writing began.
    pub started_at: Option<Instant>,
    /// When it ended.
    pub ended_at: Option<Instant>,
    /// When it was taken back.
    pub undone_at: Option<Instant>,
    /// Optimistic version of the choices.
    pub version: i64,
}

/// What undoing did, in things, not rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct UndoCounts {
    /// Gone.
    pub removed: i64,
    /// As before.
    pub restored: i64,
    /// Left as they are.
    pub kept: i64,
}

impl Import {
    /// As its kind sees it.
    pub fn draft(&self) -> Draft {
        Draft {
            import: self.id,
            file_name: self.file_name.clone(),
            rows: self.table.rows,
            columns: self.table.columns.clone(),
            mapping: self.mapping.clone(),
            options: self.options.clone(),
        }
    }

    /// Rows without an outcome yet.
    pub const fn left(&self) -> i64 {
        self.total - self.counts.sum()
    }

    /// Where it stands, given the job that works on it.
    pub fn phase(&self, job: Option<&Job>) -> Phase {
        let busy = job.is_some_and(|job| !job.state.is_over());
        match (self.state, busy) {
            (State::Draft, true) => Phase::Rehearsing,
            (State::Draft, false) => Phase::Draft,
            (State::Running, true) => Phase::Running,
            (State::Running, false) => Phase::Stopped,
            (State::Done, _) => Phase::Done,
            (State::Undoing, true) => Phase::Undoing,
            (State::Undoing, false) => Phase::UndoStopped,
            (State::Undone, _) => Phase::Undone,
        }
    }
}

/// Whether a job of this state failed for good.
pub fn has_failed(job: Option<&Job>) -> bool {
    job.is_some_and(|job| job.state == JobState::Failed)
}

/// Somebody, in a form that is kept with an import: its job works in their name and within their reach.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Who {
    kind: String,
    id: Option<Id>,
    name: String,
    /// Sites within reach; all when absent.
    sites: Option<Vec<Id>>,
}

impl Who {
    /// From an actor.
    pub fn of(actor: &Actor) -> Self {
        let sites = match &actor.scope {
            Scope::All => None,
            Scope::Sites(sites) => Some(sites.clone()),
        };
        Self { kind: actor.kind.name().to_owned(), id: actor.kind.id(), name: actor.name.clone(), sites }
    }

    /// The actor again, with this permission only.
    pub fn actor(&self, permission: Permission) -> Actor {
        let kind = match (self.kind.as_str(), self.id) {
            ("user", Some(id)) => ActorKind::User(id),
            ("token", Some(id)) => ActorKind::Token(id),
            _ => ActorKind::System,
        };
        let scope = self.sites.clone().map_or(Scope::All, Scope::Sites);
        Actor { kind, name: self.name.clone(), permissions: Permissions::of(&[permission]), scope }
    }

    /// Their name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// User or token.
    pub const fn id(&self) -> Option<Id> {
        self.id
    }

    /// `user`, `token` or `system`.
    pub fn kind(&self) -> &str {
        &self.kind
    }
}

/// What a job is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Task {
    /// The import.
    pub import: Id,
    /// What to do.
    pub work: Work,
}

/// What a job does with an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// Says what would happen.
    DryRun,
    /// Writes.
    Run,
    /// Takes back.
    Undo,
}

/// A row of the report.
#[derive(Clone, Debug)]
pub struct RowDone {
    /// Line of the file.
    pub line: i64,
    /// What became of it.
    pub became: Became,
    /// Why.
    pub reasons: Vec<Reason>,
    /// The thing it is about.
    pub subject: Option<Id>,
    /// Its cells, for a row that was refused.
    pub content: Option<Vec<String>>,
    /// `removed`, `restored` or `kept`, when the import was undone.
    pub undone: Option<String>,
    /// Why it was kept.
    pub undo_reason: Option<Reason>,
}

/// Changes to an import that waits: what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Where columns go.
    pub mapping: Option<Mapping>,
    /// Options; those not named stay.
    pub options: Choices,
    /// Keep these choices for files with the same columns.
    pub remember: bool,
}
