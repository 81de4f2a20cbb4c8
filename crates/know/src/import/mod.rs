//! Imports: files that come in, for every kind of thing that can come in as a file.
//!
//! **For a room with something to import.** Implement [`ImportKind`] on an empty type and give
//! `Kind::of::<ThatType>()` to the program, which passes all kinds to [`routes`] and each [`Kind::handler`] to its
//! job handlers. There is no registry behind anybody's back: routes carry their list of kinds, and a job finds its
//! kind because its handler was made for it. The engine does the rest: upload, reading, guessing, mapping, preview,
//! dry run, the run in batches, progress, resumption after a crash, the report, rejected rows, undo; as pages, over
//! REST and from the command line ([`actions::import_file`]).
//!
//! **How a run cannot go wrong.** Each batch is one transaction: it looks whether the import still stands where this
//! worker believes, writes rows, their outcomes and the new place. So a killed run continues at the next row, two
//! workers cannot write a row twice, and the counts of the report always add up to what was done.

pub mod actions;
pub mod customers;
pub mod kind;
pub mod model;
pub mod outcome;
pub mod parts;
mod reading;
mod rules;
mod store;
pub(crate) mod work;

use web_kit::Routes;

pub use kind::{ImportKind, Kind, propose_by_guess};
pub use outcome::{Became, Outcome, Reason, Trace, Undone};
pub use parts::{
    Cells, Choices, Column, Control, DISTINCT_MOST, Draft, Fact, Field, Finding, Label, Layout, Mapping, OptionField,
    Tone,
};

/// The kinds of imports of the program, as its routes carry them.
#[derive(Clone)]
pub struct Kinds(std::sync::Arc<[Kind]>);

impl Kinds {
    /// These kinds, in the order in which they are offered.
    pub fn new(kinds: &[Kind]) -> Self {
        Self(kinds.into())
    }

    /// One kind alone.
    pub fn one(kind: Kind) -> Self {
        Self::new(&[kind])
    }

    /// All of them.
    pub fn all(&self) -> &[Kind] {
        &self.0
    }

    /// The kind of this code.
    pub fn of(&self, code: &str) -> Option<Kind> {
        self.0.iter().copied().find(|kind| kind.code == code)
    }
}

/// Routes.
pub fn routes() -> Routes {
    Routes::new()
}
/// OpenAPI.
pub fn openapi() -> utoipa::openapi::OpenApi {
    utoipa::openapi::OpenApi::default()
}
