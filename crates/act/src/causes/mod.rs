//! Causes: the tree an organisation keeps of why its customers were let down. A case names one; ranking and
//! improvements read them.
//!
//! Offers to other rooms: [`actions::tree`], [`model::Tree`].

pub mod actions;
pub(crate) mod api;
pub mod model;
pub(crate) mod pages;
pub mod rules;
pub mod store;
#[cfg(test)]
mod tests;

use kernel::identity::Permission::{CasesManage, CasesRead};
use web_kit::{Access, Routes};

/// Routes of this room.
pub fn routes() -> Routes {
    let (read, manage) = (Access::Page(CasesRead), Access::Page(CasesManage));
    Routes::new()
        .get("/causes", read, pages::list)
        .post("/causes", manage, pages::create)
        .post("/causes/usual", manage, pages::plant)
        .get("/causes/{id}/edit", manage, pages::edit)
        .post("/causes/{id}", manage, pages::change)
        .get("/api/v1/causes", Access::Api(CasesRead), api::list)
        .post("/api/v1/causes", Access::Api(CasesManage), api::create)
        .patch("/api/v1/causes/{id}", Access::Api(CasesManage), api::change)
}
