//! The places where customers are served.

pub mod actions;
pub(crate) mod api;
mod model;
mod pages;
pub mod rules;
#[cfg(test)]
mod tests;

pub use model::SiteInput;

use kernel::identity::Permission;
use web_kit::{Access, Routes};

pub(crate) fn routes() -> Routes {
    let page = Access::Page(Permission::PeopleManage);
    let api = Access::Api(Permission::PeopleManage);
    Routes::new()
        .get("/sites", page, pages::list)
        .post("/sites", page, pages::create)
        .get("/sites/{id}", page, pages::edit)
        .post("/sites/{id}", page, pages::change)
        .post("/sites/{id}/closure", page, pages::close)
        .post("/sites/{id}/reopening", page, pages::reopen)
        .get("/api/v1/sites", api, api::list)
        .post("/api/v1/sites", api, api::create)
        .get("/api/v1/sites/{id}", api, api::read)
        .patch("/api/v1/sites/{id}", api, api::change)
}
