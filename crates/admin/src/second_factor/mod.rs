//! The second factor: a code of six digits from an application on one's telephone (TOTP, RFC 6238), asked after the
//! password. A code works once. Ten recovery codes, shown once and stored as hashes, help when the telephone is lost;
//! after that an administrator removes the factor.

pub mod actions;
mod model;
mod pages;
pub mod rules;
mod store;
#[cfg(test)]
mod tests;

pub use model::Standing;

use kernel::identity::Permission;
use web_kit::{Access, Routes};

pub(crate) use store::sweep;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/account/second-factor", Access::SignedIn, pages::show)
        .post("/account/second-factor", Access::SignedIn, pages::begin)
        .post("/account/second-factor/confirmation", Access::SignedIn, pages::confirm)
        .post("/account/second-factor/recovery-codes", Access::SignedIn, pages::renew)
        .post("/account/second-factor/removal", Access::SignedIn, pages::remove)
        .post("/people/{id}/second-factor-removal", Access::Page(Permission::PeopleManage), pages::remove_for)
}
