//! Reading the ledger: everything that changed, who changed it, from what to what; and deliveries to other
//! rooms that gave up.

pub mod actions;
pub(crate) mod api;
mod model;
mod pages;
pub mod rules;
mod store;
#[cfg(test)]
mod tests;

pub use model::LedgerQuery;

use kernel::identity::Permission;
use web_kit::{Access, Routes};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/ledger", Access::Page(Permission::LedgerRead), pages::list)
        .post("/ledger/retries", Access::Page(Permission::JobsManage), pages::retry)
        .get("/api/v1/events", Access::Api(Permission::LedgerRead), api::list)
}
