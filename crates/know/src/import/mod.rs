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
pub(crate) mod api;
pub mod cells;
pub mod customers;
pub mod kind;
pub mod model;
pub mod outcome;
mod pages;
pub mod parts;
pub mod reading;
mod rules;
mod store;
#[cfg(test)]
mod tests;
pub(crate) mod work;

use axum::extract::FromRequestParts;
use http::request::Parts;
use kernel::Error;
use kernel::identity::Permission::CustomersImport;
use kernel::jobs::Handler;
use utoipa::OpenApi;
use web_kit::{Access, App, Failure, Routes};

pub use kind::{ImportKind, Kind, propose_by_guess};
pub use outcome::{Became, Outcome, Reason, Trace, Undone};
pub use parts::{
    Cells, Choices, Column, Control, DISTINCT_MOST, Draft, Fact, Field, Finding, Label, Layout, Mapping,
    OptionField, Tone,
};

/// The kinds of imports of the program, as its routes carry them.
#[derive(Clone)]
pub struct Kinds(std::sync::Arc<[Kind]>);

/// Name of an import's file and when it came; `None` for who may not see imports.
pub(crate) fn file_of(
    tx: &mut kernel::Tx<'_>,
    by: &kernel::identity::Actor,
    id: kernel::Id,
) -> kernel::Result<Option<(String, kernel::Instant)>> {
    if !by.may(CustomersImport) {
        return Ok(None);
    }
    match store::get(tx, by, id) {
        Ok(import) => Ok(Some((import.file_name, import.created_at))),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

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

impl FromRequestParts<App> for Kinds {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Failure> {
        let kinds = parts.extensions.get::<Self>().cloned();
        kinds.ok_or_else(|| Failure(Error::internal("the routes of imports were given no kinds")))
    }
}

/// Routes of this room, for these kinds. Whoever may import one of them may see the pages; each import then asks
/// for the permission of its own kind.
pub fn routes(kinds: Kinds) -> Routes {
    let (page, api) = (Access::Page(CustomersImport), Access::Api(CustomersImport));
    Routes::new()
        .get("/imports", page, pages::list)
        .get("/imports/new", page, pages::new_form)
        .post("/imports", page, pages::create)
        .get("/imports/{id}", page, pages::show)
        .post("/imports/{id}/choices", page, pages::save)
        .post("/imports/{id}/reading", page, pages::reread)
        .post("/imports/{id}/dry-run", page, pages::dry_run)
        .post("/imports/{id}/run", page, pages::run)
        .get("/imports/{id}/progress", page, pages::progress)
        .post("/imports/{id}/cancellation", page, pages::cancel)
        .post("/imports/{id}/resumption", page, pages::resume)
        .post("/imports/{id}/undo", page, pages::undo)
        .post("/imports/{id}/removal", page, pages::discard)
        .get("/imports/{id}/rows", page, pages::rows)
        .get("/imports/{id}/rejected.csv", page, pages::rejected)
        .get("/api/v1/imports", api, api::list)
        .post("/api/v1/imports", api, api::create)
        .get("/api/v1/imports/{id}", api, api::read)
        .patch("/api/v1/imports/{id}", api, api::change)
        .post("/api/v1/imports/{id}/dry-run", api, api::dry_run)
        .post("/api/v1/imports/{id}/run", api, api::run)
        .post("/api/v1/imports/{id}/cancellation", api, api::cancel)
        .post("/api/v1/imports/{id}/undo", api, api::undo)
        .get("/api/v1/imports/{id}/rows", api, api::rows)
        .with(kinds)
}

/// What runs the jobs of these kinds.
pub fn handlers(kinds: &Kinds) -> Vec<Handler> {
    kinds.all().iter().map(Kind::handler).collect()
}

#[derive(OpenApi)]
#[openapi(paths(
    api::list,
    api::create,
    api::read,
    api::change,
    api::dry_run,
    api::run,
    api::cancel,
    api::undo,
    api::rows,
))]
struct Document;

/// What this room adds to the OpenAPI document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}
