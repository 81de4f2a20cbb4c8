//! One's own account: name, title, password, language, appearance, and the browsers one is signed in with.

pub mod actions;
mod model;
mod pages;
pub mod rules;
#[cfg(test)]
mod tests;

pub use model::Profile;

use web_kit::{Access, Routes};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/account", Access::SignedIn, pages::show)
        .post("/account", Access::SignedIn, pages::change)
        .post("/account/password", Access::SignedIn, pages::password)
        .post("/account/sessions/{id}/end", Access::SignedIn, pages::end)
        .post("/account/other-sessions/end", Access::SignedIn, pages::end_others)
        .post("/account/language", Access::SignedIn, pages::language)
        .post("/account/theme", Access::SignedIn, pages::theme)
}
