//! Understanding: what customers said becomes figures one can defend, and their own words.
//!
//! Uses the answers `listen` keeps (`surveys`, `responses`, `answers`, `answer_facts`), and nothing of the rooms that
//! act on them.

pub mod indicators;
pub mod verbatims;

#[cfg(test)]
mod testing;

use kernel::db::Migration;
use kernel::texts::Source;
use utoipa::OpenApi;
use web_kit::{NavEntry, Offers, Routes};

/// Texts of this crate.
pub const TEXTS: &[Source] = kernel::texts!["indicators", "definitions", "verbatims"];

/// Migrations of this crate.
pub const MIGRATIONS: &[Migration] = &[
    Migration::new(30, "understand", include_str!("../migrations/0030_understand.sql")),
    Migration::new(31, "indexes of facts", include_str!("../migrations/0031_facts_indexes.sql")),
];

/// Entries in the navigation.
pub const NAV: &[NavEntry] = &[indicators::NAV, verbatims::NAV];

/// The routes of all rooms.
pub fn routes() -> Routes {
    indicators::routes().merge(verbatims::routes())
}

/// What the rooms offer to the home page and the palette.
pub fn offers() -> Offers {
    Offers {
        home: vec![indicators::HOME, verbatims::HOME],
        places: indicators::PLACES.to_vec(),
        ..Offers::default()
    }
}

#[derive(OpenApi)]
#[openapi(paths(indicators::api::indicator, indicators::api::answers))]
struct Documents;

/// Description of the interface.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Documents::openapi()
}
