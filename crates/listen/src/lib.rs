//! Listening: surveys in both languages, invitations that spare people, answers that are never lost.

pub mod answering;
pub mod answers_import;
pub mod invitations;
pub mod responses;
pub mod surveys;
pub mod tallies;
pub mod unsubscribing;

use kernel::db::Migration;
use kernel::identity::Permission;
use kernel::jobs::{Handler, Recurring};
use kernel::ledger::Subscription;
use utoipa::OpenApi;
use web_kit::{Finder, NavEntry, Offers, Routes, Stage, Task};

/// Texts of this crate.
pub const TEXTS: &[kernel::texts::Source] = kernel::texts![
    "surveys",
    "survey_words",
    "invitations",
    "answering",
    "responses",
    "answers_import",
    "unsubscribing"
];

/// Migrations of this crate.
pub const MIGRATIONS: &[Migration] = &[
    Migration::new(20, "listen", include_str!("../migrations/0020_listen.sql")),
    Migration::new(21, "tallies", include_str!("../migrations/0021_tallies.sql")),
    Migration::new(22, "survey mail", include_str!("../migrations/0022_survey_mail.sql")),
    Migration::new(23, "answers arrive together", include_str!("../migrations/0023_answers_together.sql")),
];

/// Navigation of this crate.
pub const NAV: &[NavEntry] = &[NavEntry {
    stage: Stage::Listen,
    label: "nav-surveys",
    href: "/surveys",
    permission: Permission::SurveysRead,
}];

/// Routes of this crate.
pub fn routes() -> Routes {
    surveys::routes()
        .merge(invitations::routes())
        .merge(unsubscribing::routes())
        .merge(answering::routes())
        .merge(responses::routes())
}

/// Job handlers of this crate.
pub fn handlers() -> Vec<Handler> {
    vec![invitations::JOB, invitations::reminders::JOB, tallies::JOB]
}

/// Jobs of this crate that come back by themselves.
pub fn recurring() -> Vec<Recurring> {
    vec![tallies::OFTEN, invitations::reminders::OFTEN]
}

/// Subscriptions of this crate.
pub fn subscriptions() -> Vec<Subscription> {
    vec![invitations::AFTER_CONTACT, responses::ON_ERASED]
}

/// What this crate offers to the pages that gather.
pub fn offers() -> Offers {
    Offers {
        finders: vec![Finder {
            name: "nav-surveys",
            permission: Permission::SurveysRead,
            find: surveys::find,
            all: None,
        }],
        tasks: vec![Task {
            label: "survey-task-new",
            href: "/surveys/new",
            icon: "survey",
            permission: Permission::SurveysWrite,
        }],
        sheet: vec![invitations::SHEET],
        ..Offers::default()
    }
}

#[derive(OpenApi)]
#[openapi(paths(
    surveys::api::list,
    surveys::api::create,
    surveys::api::read,
    surveys::api::change,
    surveys::api::publish,
    surveys::api::close,
    surveys::api::reopen,
    invitations::api::list,
    invitations::api::create,
    invitations::api::set_by_mail,
    responses::api::list,
    responses::api::create,
))]
struct Document;

/// What this crate adds to the OpenAPI document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}
