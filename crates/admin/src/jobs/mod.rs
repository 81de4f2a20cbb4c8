//! Long work: what runs, how far it is, how to stop it or begin it again.

pub mod actions;
pub(crate) mod api;
mod pages;
#[cfg(test)]
mod tests;

pub(crate) use pages::{Row, row};

use kernel::identity::Permission;
use web_kit::{Access, Routes};

pub(crate) fn routes() -> Routes {
    let page = Access::Page(Permission::JobsManage);
    let api = Access::Api(Permission::JobsManage);
    Routes::new()
        .get("/jobs", page, pages::list)
        .get("/jobs/{id}", page, pages::show)
        .get("/jobs/{id}/fragment", page, pages::fragment)
        .post("/jobs/{id}/cancellation", page, pages::cancel)
        .post("/jobs/{id}/retry", page, pages::retry)
        .get("/api/v1/jobs", api, api::list)
        .get("/api/v1/jobs/{id}", api, api::show)
        .post("/api/v1/jobs/{id}/cancellation", api, api::cancel)
}
