//! The organisation's settings: name, legal calendar, time zone, currency, language, opening hours, closing
//! days; and what they lead to, so that whoever sets them can check.

pub mod actions;
mod model;
mod pages;
pub mod rules;
#[cfg(test)]
mod tests;

pub use model::SettingsInput;

use kernel::identity::Permission;
use web_kit::{Access, Routes};

pub(crate) fn routes() -> Routes {
    let page = Access::Page(Permission::SettingsManage);
    Routes::new().get("/settings", page, pages::show).post("/settings", page, pages::change)
}
