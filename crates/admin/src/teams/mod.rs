//! Colleagues who share sites: a role given for a team reaches the sites of the team.

pub mod actions;
mod model;
mod pages;
mod rules;
#[cfg(test)]
mod tests;

pub use model::TeamInput;

use kernel::identity::Permission;
use web_kit::{Access, Routes};

pub(crate) fn routes() -> Routes {
    let page = Access::Page(Permission::PeopleManage);
    Routes::new()
        .get("/teams", page, pages::list)
        .post("/teams", page, pages::create)
        .get("/teams/{id}", page, pages::edit)
        .post("/teams/{id}", page, pages::change)
}
