//! Responses: what was answered, one by one, in the customers' own words; and the way in for other programs.
//!
//! Offers to other rooms: [`url`], [`actions::read`].

pub mod actions;
pub(crate) mod api;
pub mod model;
mod pages;
pub mod store;
#[cfg(test)]
mod tests;

use kernel::identity::Permission::{AnswersImport, AnswersRead};
use kernel::ledger::{Recorded, Subscription};
use kernel::{Id, Result, Tx};
use web_kit::{Access, Routes};

/// Page of a response.
pub fn url(id: Id) -> String {
    format!("/responses/{id}")
}

/// Takes the words of a customer who was erased; their scores still count.
pub const ON_ERASED: Subscription =
    Subscription { name: "listen.erased", kinds: &[know::erasure::ERASED], handle: on_erased };

fn on_erased(tx: &mut Tx<'_>, event: &Recorded) -> Result<()> {
    store::forget(tx, event.subject)?;
    crate::invitations::store::end(tx, event.subject)
}

/// Routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .get("/surveys/{id}/responses", Access::Page(AnswersRead), pages::list)
        .get("/responses/{id}", Access::Page(AnswersRead), pages::show)
        .get("/api/v1/surveys/{id}/responses", Access::Api(AnswersRead), api::list)
        .post("/api/v1/surveys/{id}/responses", Access::Api(AnswersImport), api::create)
}
