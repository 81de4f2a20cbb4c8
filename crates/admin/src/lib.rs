//! The organisation's own affairs: setting it up, coming in, colleagues and what they may do, settings, the
//! tokens of programs, the ledger, jobs, and the pages that gather what all rooms offer.

pub mod account;
pub mod home;
pub mod jobs;
pub mod ledger;
pub mod mails;
pub mod operations;
pub mod people;
pub mod seal;
pub mod search;
pub mod second_factor;
pub mod set_up;
pub mod settings;
mod shared;
pub mod sign_in;
pub mod sites;
pub mod sweep;
pub mod teams;
#[cfg(test)]
mod tests;
pub mod tokens;

use kernel::db::Migration;
use kernel::identity::Permission;
use kernel::jobs::{Handler, Recurring};
use kernel::ledger::Subscription;
use utoipa::OpenApi;
use web_kit::{NavEntry, Offers, Routes, Stage, Task};

/// Texts of this crate.
pub const TEXTS: &[kernel::texts::Source] = kernel::texts![
    "account",
    "admin",
    "home",
    "jobs",
    "ledger",
    "mails",
    "operations",
    "people",
    "search",
    "second_factor",
    "set_up",
    "settings",
    "sign_in",
    "sites",
    "teams",
    "tokens"
];

/// Migrations of this crate: its tables are the kernel's.
pub const MIGRATIONS: &[Migration] = &[];

/// Links beside the loop.
pub const NAV: &[NavEntry] = &[
    entry("people-nav", "/people", Permission::PeopleManage),
    entry("sites-nav", "/sites", Permission::PeopleManage),
    entry("teams-nav", "/teams", Permission::PeopleManage),
    entry("settings-nav", "/settings", Permission::SettingsManage),
    entry("tokens-nav", "/tokens", Permission::TokensManage),
    entry("ledger-nav", "/ledger", Permission::LedgerRead),
    entry("jobs-nav", "/jobs", Permission::JobsManage),
    entry("mails-nav", "/mails", Permission::MailManage),
];

const fn entry(label: &'static str, href: &'static str, permission: Permission) -> NavEntry {
    NavEntry { stage: Stage::Admin, label, href, permission }
}

/// What can be begun here from anywhere.
pub fn offers() -> Offers {
    let task = |label, href, icon, permission| Task { label, href, icon, permission };
    Offers {
        tasks: vec![
            task("people-task-invite", "/people/new", "users", Permission::PeopleManage),
            task("sites-task-create", "/sites#new", "shop", Permission::PeopleManage),
            task("tokens-task-create", "/tokens/new", "key", Permission::TokensManage),
        ],
        ..Offers::default()
    }
}

/// Everything this crate answers.
pub fn routes() -> Routes {
    [
        set_up::routes(),
        sign_in::routes(),
        account::routes(),
        second_factor::routes(),
        home::routes(),
        search::routes(),
        people::routes(),
        sites::routes(),
        teams::routes(),
        settings::routes(),
        tokens::routes(),
        ledger::routes(),
        jobs::routes(),
        mails::routes(),
        operations::routes(),
    ]
    .into_iter()
    .fold(Routes::new(), Routes::merge)
}

/// Job handlers.
pub fn handlers() -> Vec<Handler> {
    vec![sweep::HANDLER, seal::HANDLER, kernel::mail::settle::HANDLER]
}

/// Jobs that come back by themselves.
pub fn recurring() -> Vec<Recurring> {
    vec![sweep::DAILY, seal::HOURLY, kernel::mail::settle::OFTEN]
}

/// Subscriptions to events: none, administration comes before all other rooms.
pub fn subscriptions() -> Vec<Subscription> {
    Vec::new()
}

/// The REST interface of this crate.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Api::openapi()
}

#[derive(OpenApi)]
#[openapi(paths(
    sites::api::list,
    sites::api::create,
    sites::api::read,
    sites::api::change,
    people::api::list,
    people::api::invite,
    people::api::read,
    people::api::change,
    tokens::api::list,
    tokens::api::create,
    tokens::api::revoke,
    ledger::api::list,
    jobs::api::list,
    jobs::api::show,
    jobs::api::cancel,
    mails::api::list,
    mails::api::show,
    mails::api::retry,
    mails::api::leave,
    mails::api::bounce,
    mails::api::bounced,
))]
struct Api;
