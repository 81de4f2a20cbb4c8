//! Coming in and going out: e-mail and password, one click in a demonstration, the link of an invitation.
//!
//! Wrong address and wrong password look the same and take the same time. Attempts are counted for an address
//! from a network and for a network, never for an address alone, so nobody can lock somebody else out.

pub mod actions;
mod code;
mod common_passwords;
mod entry;
mod model;
mod pages;
pub mod rules;
mod store;
#[cfg(test)]
mod tests;

pub use actions::enter;
pub use entry::Entry;
pub use model::{Admission, DemoPerson};

use web_kit::{Access, Routes};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/sign-in", Access::Public, pages::show)
        .post("/sign-in", Access::Public, pages::submit)
        .get("/sign-in/code", Access::Public, code::show)
        .post("/sign-in/code", Access::Public, code::submit)
        .post("/sign-in/demonstration", Access::Public, pages::demonstrate)
        .post("/sign-out", Access::SignedIn, pages::leave)
        .get("/join/{secret}", Access::Public, pages::join)
        .post("/join/{secret}", Access::Public, pages::accept)
}
