//! Steering: boards whose every figure is tied to a decision and an owner.

pub mod boards;

use kernel::db::Migration;
use kernel::identity::Permission;
use kernel::texts::Source;
use utoipa::OpenApi as _;
use web_kit::{NavEntry, Offers, Routes, Stage};

/// Texts of this crate.
pub const TEXTS: &[Source] = kernel::texts!["boards"];

/// Migrations of this crate.
pub const MIGRATIONS: &[Migration] =
    &[Migration::new(50, "steer", include_str!("../migrations/0050_steer.sql"))];

/// Navigation of this crate.
pub const NAV: &[NavEntry] = &[NavEntry {
    stage: Stage::Steer,
    label: "board-nav",
    href: "/boards/loop",
    permission: Permission::BoardsRead,
}];

/// Routes of this crate.
pub fn routes() -> Routes {
    boards::routes()
}

/// What this crate offers to the pages that gather.
pub fn offers() -> Offers {
    Offers { home: vec![boards::HOME], ..Offers::default() }
}

/// What this crate adds to the OpenAPI document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    boards::api::Document::openapi()
}
