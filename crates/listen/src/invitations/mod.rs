//! Invitations: who is asked, drawn or all, sparing those who said no or were asked lately; one link each, that
//! works once.
//!
//! Offers to other rooms: [`actions::invite`], [`actions::create`], [`rules::token`], [`JOB`], [`AFTER_CONTACT`].

pub mod actions;
pub(crate) mod api;
mod job;
pub mod mailing;
pub mod model;
mod pages;
pub mod reminders;
pub mod rules;
mod sheet;
pub mod store;
mod subscriber;
#[cfg(test)]
pub(crate) mod tests;

use kernel::identity::Permission::{CustomersRead, SurveysWrite};
use kernel::jobs::Handler;
use kernel::ledger::Subscription;
use web_kit::{Access, Routes, SheetFragment};

/// Makes invitations in batches.
pub const JOB: Handler = Handler { name: job::NAME, run: job::run };

/// Invites after each contact, where a survey asks for it.
pub const AFTER_CONTACT: Subscription = Subscription {
    name: "listen.invite_after_contact",
    kinds: &["interaction.recorded"],
    handle: subscriber::invite_after_contact,
};

/// What the customer's sheet shows of this room.
pub const SHEET: SheetFragment = SheetFragment {
    title: "invitation-sheet-title",
    path: "/customers/{id}/fragments/surveys",
    permission: kernel::identity::Permission::CustomersRead,
};

/// Routes of this room.
pub fn routes() -> Routes {
    let write = Access::Page(SurveysWrite);
    Routes::new()
        .get("/surveys/{id}/invitations", write, pages::list)
        .post("/surveys/{id}/invitations", write, pages::order)
        .get("/surveys/{id}/invitations/new", write, pages::prepare)
        .post("/surveys/{id}/reminders", write, pages::set_by_mail)
        .get("/surveys/{id}/invitations/job", write, pages::job)
        .get("/surveys/{id}/invitations/export.csv", write, pages::export)
        .get("/customers/{id}/fragments/surveys", Access::Page(CustomersRead), sheet::fragment)
        .post("/customers/{id}/invitations", write, sheet::invite)
        .post("/api/v1/surveys/{id}/reminders", Access::Api(SurveysWrite), api::set_by_mail)
        .get("/api/v1/surveys/{id}/invitations", Access::Api(SurveysWrite), api::list)
        .post("/api/v1/surveys/{id}/invitations", Access::Api(SurveysWrite), api::create)
}
