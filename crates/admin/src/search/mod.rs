//! Finding anything by its name: pages to go to, things to do, and what rooms find. Ctrl K shows it as a
//! palette, `/search` as a page.

pub mod actions;
mod pages;
pub mod rules;
#[cfg(test)]
mod tests;

use web_kit::{Access, Routes};

pub(crate) fn routes() -> Routes {
    Routes::new().get("/palette", Access::SignedIn, pages::palette).get(
        "/search",
        Access::SignedIn,
        pages::search,
    )
}
