//! Improvements: what is changed so that a cause lets nobody down again, and whether it worked (`domain.md` A7, U22).
//!
//! Each has an owner, a date, a cost, the figure it is expected to move, and a day on which that is measured again. It
//! stays open until its effect was judged, before against after, with the interval of the difference; "no difference
//! shown" is a verdict. The customers whose cases led to it are told what was done.

pub mod actions;
pub(crate) mod api;
mod coverage;
pub mod model;
mod outcome;
pub(crate) mod pages;
mod ranking;
pub mod rules;
pub mod store;
#[cfg(test)]
mod tests;

use kernel::Id;
use kernel::identity::Permission::{CasesRead, ImprovementsWrite};
use web_kit::{Access, HomeFragment, Routes};

pub use api::RankedBody;
pub use coverage::{Coverage, improved};
pub use ranking::{Ranked, ranked_cases, ranking};

/// Page of an improvement.
pub fn url(id: Id) -> String {
    format!("/improvements/{id}")
}

/// Improvements to be put in place or measured again, on the home page.
pub const HOME: HomeFragment = HomeFragment {
    title: "improvement-home-title",
    fragment: "/improvements/fragments/due",
    href: "/improvements",
    permission: CasesRead,
};

/// Routes of this room.
pub fn routes() -> Routes {
    let (read, write) = (Access::Page(CasesRead), Access::Page(ImprovementsWrite));
    Routes::new()
        .get("/improvements", read, pages::list)
        .post("/improvements", write, pages::create)
        .get("/improvements/export.csv", read, pages::export)
        .get("/improvements/new", write, pages::new)
        .get("/improvements/fragments/due", read, pages::due)
        .get("/improvements/{id}", read, pages::show)
        .get("/improvements/{id}/edit", write, pages::edit)
        .post("/improvements/{id}", write, pages::change)
        .post("/improvements/{id}/start", write, pages::start)
        .post("/improvements/{id}/verdict", write, pages::judge)
        .post("/improvements/{id}/abandonment", write, pages::abandon)
        .post("/improvements/{id}/words", write, pages::word)
        .get("/improvements/{id}/notice", write, pages::preview)
        .post("/improvements/{id}/notice", write, pages::tell)
        .get("/causes/ranking", read, pages::ranking)
        .get("/causes/ranking/export.csv", read, pages::ranking_file)
        .get("/api/v1/improvements", Access::Api(CasesRead), api::list)
        .post("/api/v1/improvements", Access::Api(ImprovementsWrite), api::create)
        .get("/api/v1/improvements/{id}", Access::Api(CasesRead), api::show)
        .post("/api/v1/improvements/{id}/start", Access::Api(ImprovementsWrite), api::start)
        .post("/api/v1/improvements/{id}/verdict", Access::Api(ImprovementsWrite), api::judge)
        .get("/api/v1/causes/ranking", Access::Api(CasesRead), api::ranking)
}
