//! The first start: a one-time link, printed by `bocal serve` on an empty database, leads to the form that
//! creates the organisation and its first administrator. The link is useless afterwards.

pub mod actions;
mod model;
mod pages;
pub mod rules;
#[cfg(test)]
mod tests;

pub use model::{Input, SetUp, SetUpForm};
pub(crate) use pages::UsedView;

use web_kit::{Access, Routes};

pub(crate) fn routes() -> Routes {
    Routes::new().get("/set-up/{secret}", Access::Public, pages::show).post(
        "/set-up/{secret}",
        Access::Public,
        pages::submit,
    )
}
