//! Verbatims: what customers wrote, untouched, to read, filter and search.

mod actions;
mod model;
mod pages;
mod rules;
mod store;

#[cfg(test)]
mod tests;

use kernel::identity::Permission::AnswersRead;
use web_kit::{Access, HomeFragment, NavEntry, Routes, Stage};

pub use actions::{Found, find};
pub use model::{Input, Query, Verbatim};
pub use rules::parse;

/// The entry of this room in the navigation.
pub const NAV: NavEntry =
    NavEntry { stage: Stage::Understand, label: "verbatim-nav", href: "/verbatims", permission: AnswersRead };

/// The block of this room on the home page.
pub const HOME: HomeFragment = HomeFragment {
    title: "verbatim-home-title",
    fragment: "/indicators/fragments/words",
    href: "/verbatims",
    permission: AnswersRead,
};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new().get("/verbatims", Access::Page(AnswersRead), pages::list).get(
        "/indicators/fragments/words",
        Access::Page(AnswersRead),
        pages::week,
    )
}
