//! What was sent by e-mail: how each message went, what is in doubt, which addresses bounce.

pub mod actions;
pub(crate) mod api;
mod pages;
#[cfg(test)]
mod tests;

use kernel::identity::Permission;
use web_kit::{Access, Routes};

pub(crate) fn routes() -> Routes {
    let page = Access::Page(Permission::MailManage);
    let api = Access::Api(Permission::MailManage);
    Routes::new()
        .get("/mails", page, pages::list)
        .get("/mails/{id}", page, pages::show)
        .post("/mails/{id}/retry", page, pages::retry)
        .post("/mails/{id}/leaving", page, pages::leave)
        .post("/mails/{id}/bounce", page, pages::bounce)
        .post("/restored-mails/retry", page, pages::send_restored)
        .post("/restored-mails/leaving", page, pages::leave_restored)
        .get("/bounced-addresses", page, pages::bounced)
        .post("/bounced-addresses/removal", page, pages::clear)
        .get("/api/v1/mails", api, api::list)
        .get("/api/v1/mails/{id}", api, api::show)
        .post("/api/v1/mails/{id}/retry", api, api::retry)
        .post("/api/v1/mails/{id}/leaving", api, api::leave)
        .post("/api/v1/mails/{id}/bounce", api, api::bounce)
        .get("/api/v1/bounced-addresses", api, api::bounced)
}
