//! Acting: an unhappy customer is called, repaired and told on time; causes are named and become improvements whose
//! effect is measured.

pub mod cases;
pub mod causes;
pub mod clocks;
pub mod costs;
pub mod export;
pub mod improvements;
pub mod period;
pub mod reference;

#[cfg(test)]
mod testing;

use std::sync::OnceLock;

use kernel::db::Migration;
use kernel::identity::Permission;
use kernel::jobs::{Handler, Recurring};
use kernel::ledger::Subscription;
use kernel::texts::{Locale, Source, T, Texts};
use kernel::{Error, Result};
use utoipa::OpenApi as _;
use web_kit::{Finder, NavEntry, Offers, Place, Routes, Stage, Task};

/// Texts of this crate.
pub const TEXTS: &[Source] =
    kernel::texts!["cases", "cases_import", "causes", "clocks", "letters", "improvements"];

/// What cases are found by, one line each. Full-text search is a virtual table on SQLite and a trigram index on
/// PostgreSQL; both answer the same `SELECT rowid … WHERE text LIKE $1`.
const SEARCH_SQLITE: &str =
    "CREATE VIRTUAL TABLE case_search USING fts5(text, tokenize = 'trigram', detail = 'none')";
const SEARCH_POSTGRES: &str = "CREATE TABLE case_search (rowid BIGINT PRIMARY KEY, text TEXT NOT NULL);
    CREATE INDEX case_search_text ON case_search USING gin (text gin_trgm_ops)";

/// Migrations of this crate.
pub const MIGRATIONS: &[Migration] = &[
    Migration::new(40, "cases", include_str!("../migrations/0040_cases.sql")),
    Migration::new(41, "improvements", include_str!("../migrations/0041_improvements.sql")),
    Migration::new(42, "loop speed", include_str!("../migrations/0042_loop_speed.sql")),
    Migration::new(43, "promises of cases", include_str!("../migrations/0043_case_promises.sql")),
    Migration::new(45, "loop figures", include_str!("../migrations/0045_loop_figures.sql")),
    Migration::new(46, "words in both languages", include_str!("../migrations/0046_words_in_both.sql")),
    Migration::new(47, "cases reach", include_str!("../migrations/0047_cases_reach.sql")),
    Migration::new(48, "queue of nobody", include_str!("../migrations/0048_queue_of_nobody.sql")),
    Migration::new(49, "lean indexes", include_str!("../migrations/0049_lean_indexes.sql")),
    Migration::new(60, "search of cases", "").with(SEARCH_SQLITE, SEARCH_POSTGRES),
    Migration::new(61, "what cases are found by", include_str!("../migrations/0061_case_search_fill.sql")),
];

/// Navigation of this crate.
pub const NAV: &[NavEntry] = &[
    NavEntry { stage: Stage::Act, label: "case-nav", href: "/cases", permission: Permission::CasesRead },
    NavEntry {
        stage: Stage::Act,
        label: "ranking-nav",
        href: "/causes/ranking",
        permission: Permission::CasesRead,
    },
    NavEntry {
        stage: Stage::Act,
        label: "improvement-nav",
        href: "/improvements",
        permission: Permission::CasesRead,
    },
    NavEntry { stage: Stage::Act, label: "cause-nav", href: "/causes", permission: Permission::CasesRead },
];

/// Routes of this crate.
pub fn routes() -> Routes {
    cases::routes().merge(causes::routes()).merge(improvements::routes())
}

/// Job handlers of this crate.
pub fn handlers() -> Vec<Handler> {
    vec![cases::ALERTS, cases::CLOCKS, cases::DANGER]
}

/// Jobs of this crate that come back by themselves.
pub fn recurring() -> Vec<Recurring> {
    vec![cases::ALERTS_OFTEN]
}

/// Subscriptions of this crate.
pub fn subscriptions() -> Vec<Subscription> {
    vec![cases::ON_ANSWER, cases::ON_CALENDAR, cases::ON_LEAVING, cases::ON_MAIL, cases::ON_ERASED]
}

/// What this crate offers to the pages that gather.
pub fn offers() -> Offers {
    Offers {
        finders: vec![Finder {
            name: "case-nav",
            permission: Permission::CasesRead,
            find: cases::find,
            all: None,
        }],
        tasks: vec![Task {
            label: "case-task-open",
            href: "/cases/new",
            icon: "plus",
            permission: Permission::CasesWrite,
        }],
        places: vec![Place {
            label: "case-rules-title",
            of: "case-nav",
            href: "/cases/rules",
            icon: "settings",
            permission: Permission::CasesManage,
        }],
        home: vec![cases::HOME, cases::HOME_NEWS, improvements::HOME],
        sheet: vec![cases::SHEET],
        counts: vec![cases::COUNT],
    }
}

/// What this crate adds to the OpenAPI document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let mut document = cases::api::Document::openapi();
    document.merge(causes::api::Document::openapi());
    document.merge(improvements::api::Document::openapi());
    document
}

/// Texts of what is written in the background, where no reader's texts are at hand.
pub(crate) fn texts(locale: Locale) -> Result<T> {
    static OWN: OnceLock<Option<&'static Texts>> = OnceLock::new();
    let own = OWN.get_or_init(|| Texts::leak(&[kernel::texts::SOURCES, TEXTS].concat()).ok());
    own.map(|texts| texts.reader(locale)).ok_or_else(|| Error::internal("the texts cannot be read"))
}
