//! What passed between a customer and us, on every channel, in one timeline.
//!
//! Offers to other rooms: [`actions::record`] writes an entry from elsewhere (an answered survey, later a case).

pub mod actions;
pub(crate) mod api;
pub mod model;
pub(crate) mod pages;
pub mod store;
#[cfg(test)]
mod tests;

use kernel::identity::Permission::{CustomersRead, CustomersWrite};
use web_kit::{Access, Routes};

/// Routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .post("/customers/{id}/interactions", Access::Page(CustomersWrite), pages::create)
        .get("/customers/{id}/timeline", Access::Page(CustomersRead), pages::timeline)
        .get("/api/v1/customers/{id}/interactions", Access::Api(CustomersRead), api::list)
        .post("/api/v1/customers/{id}/interactions", Access::Api(CustomersWrite), api::create)
}
