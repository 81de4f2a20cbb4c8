//! Colleagues: who may come in, with which roles, over which sites. Invited by a one-time link, never by a
//! password somebody else knows.

pub mod actions;
pub(crate) mod api;
mod model;
mod pages;
pub mod rules;
mod store;
#[cfg(test)]
mod tests;

pub use model::{Colleague, ColleagueInput, Filter, RoleInput, State};

use kernel::identity::Permission;
use web_kit::{Access, Routes};

pub(crate) fn routes() -> Routes {
    let page = Access::Page(Permission::PeopleManage);
    let api = Access::Api(Permission::PeopleManage);
    Routes::new()
        .get("/people", page, pages::list)
        .post("/people", page, pages::invite)
        .get("/people/new", page, pages::new)
        .get("/people/{id}", page, pages::edit)
        .post("/people/{id}", page, pages::change)
        .post("/people/{id}/invitation", page, pages::reinvite)
        .post("/people/{id}/disabling", page, pages::disable)
        .post("/people/{id}/enabling", page, pages::enable)
        .get("/api/v1/colleagues", api, api::list)
        .post("/api/v1/colleagues", api, api::invite)
        .get("/api/v1/colleagues/{id}", api, api::read)
        .patch("/api/v1/colleagues/{id}", api, api::change)
}
