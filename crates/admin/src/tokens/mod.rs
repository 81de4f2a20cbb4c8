//! Tokens of programs: named, limited to permissions and sites, shown once, stored as a hash.

pub mod actions;
pub(crate) mod api;
mod model;
mod pages;
pub mod rules;
#[cfg(test)]
mod tests;

pub use model::{Life, TokenInput};

use kernel::identity::Permission;
use web_kit::{Access, Routes};

pub(crate) fn routes() -> Routes {
    let page = Access::Page(Permission::TokensManage);
    let api = Access::Api(Permission::TokensManage);
    Routes::new()
        .get("/tokens", page, pages::list)
        .post("/tokens", page, pages::create)
        .get("/tokens/new", page, pages::new)
        .post("/tokens/{id}/revocation", page, pages::revoke)
        .get("/api/v1/tokens", api, api::list)
        .post("/api/v1/tokens", api, api::create)
        .delete("/api/v1/tokens/{id}", api, api::revoke)
}
