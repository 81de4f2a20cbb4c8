//! Surveys: written from a template in both languages, looked over by a linter, published in versions whose wording
//! never changes, closed and reopened.
//!
//! Offers to other rooms: [`model`], [`templates`], [`actions`], [`store::version_content`], [`find`].

pub mod actions;
pub(crate) mod api;
mod editor;
mod editor_form;
pub mod linter;
pub mod model;
mod pages;
mod qr;
pub mod rules;
pub(crate) mod shown;
pub mod store;
pub mod templates;
#[cfg(test)]
pub(crate) mod tests;

use kernel::identity::Actor;
use kernel::identity::Permission::{SurveysRead, SurveysWrite};
use kernel::{Id, Result, Tx};
use web_kit::{Access, Found, Routes};

/// Page of a survey.
pub fn sheet_url(id: Id) -> String {
    format!("/surveys/{id}")
}

/// Surveys by name, for the palette.
pub fn find(tx: &mut Tx<'_>, by: &Actor, typed: &str) -> Result<Vec<Found>> {
    let found = actions::find(tx, by, typed, 8)?;
    let shown = |s: model::Survey| Found {
        label: s.settings.name.clone(),
        detail: s.draft.title.fr.clone(),
        href: sheet_url(s.id),
        icon: "survey",
    };
    Ok(found.into_iter().map(shown).collect())
}

/// Routes of this room.
pub fn routes() -> Routes {
    let (read, write) = (Access::Page(SurveysRead), Access::Page(SurveysWrite));
    Routes::new()
        .get("/surveys", read, pages::list)
        .post("/surveys", write, pages::create)
        .get("/surveys/new", write, pages::choose)
        .get("/surveys/{id}", read, pages::sheet)
        .get("/surveys/{id}/edit", write, editor::show)
        .post("/surveys/{id}/edit", write, editor::save)
        .get("/surveys/{id}/preview", read, shown::preview)
        .post("/surveys/{id}/preview", read, shown::try_out)
        .post("/surveys/{id}/publication", write, pages::publish)
        .post("/surveys/{id}/closure", write, pages::close)
        .post("/surveys/{id}/opening", write, pages::reopen)
        .post("/surveys/{id}/copies", write, pages::duplicate)
        .get("/surveys/{id}/qr", read, qr::show)
        .get("/api/v1/surveys", Access::Api(SurveysRead), api::list)
        .post("/api/v1/surveys", Access::Api(SurveysWrite), api::create)
        .get("/api/v1/surveys/{id}", Access::Api(SurveysRead), api::read)
        .patch("/api/v1/surveys/{id}", Access::Api(SurveysWrite), api::change)
        .post("/api/v1/surveys/{id}/publication", Access::Api(SurveysWrite), api::publish)
        .post("/api/v1/surveys/{id}/closure", Access::Api(SurveysWrite), api::close)
        .delete("/api/v1/surveys/{id}/closure", Access::Api(SurveysWrite), api::reopen)
}
