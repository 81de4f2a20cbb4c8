//! Cases: an unhappy customer is called, repaired, told; the closed loop on the front line (`domain.md` A7).
//!
//! A case opens by an answer, by hand, by a program or from a file. It runs against a clock ([`crate::clocks`]), first
//! to the first contact, then to the answer, and closes once the customer was told, or refused contact.
//!
//! Offers to other rooms: [`model::Case`], [`actions`], [`url`].

pub mod actions;
pub mod alerts;
pub(crate) mod api;
pub mod composer;
mod danger;
mod erasing;
mod export;
mod fragments;
mod handing;
pub mod import;
pub mod model;
mod opening;
pub(crate) mod pages;
pub mod rules;
pub mod settings;
pub mod store;
#[cfg(test)]
mod tests;

use kernel::Id;
use kernel::clock::SignedDuration;
use kernel::identity::Permission::{CasesManage, CasesRead, CasesWrite};
use kernel::jobs::{Handler, Recurring};
use kernel::ledger::Subscription;
use web_kit::{Access, HomeFragment, NavCount, Routes, SheetFragment};

pub use api::{CaseBody, StepBody};
pub use export::write as write_csv;
pub use fragments::find;
pub use pages::history::{Line, Words, lines as history};
pub use pages::queue::{cursor, cursor_text};

/// Page of a case.
pub fn url(id: Id) -> String {
    format!("/cases/{id}")
}

/// Opens a case when an unhappy answer comes in whose author may be contacted.
pub const ON_ANSWER: Subscription =
    Subscription { name: "act.open_case", kinds: &["response.received"], handle: opening::on_answer };
/// Works open clocks out again when the calendar changed.
pub const ON_CALENDAR: Subscription =
    Subscription { name: "act.clocks", kinds: &["organisation.changed"], handle: alerts::on_calendar };
/// Gives the cases of a colleague who left back to their teams.
pub const ON_LEAVING: Subscription = Subscription {
    name: "act.leaving",
    kinds: &["colleague.disabled", "colleague.changed"],
    handle: alerts::on_leaving,
};
/// Empties and closes the cases of a customer who was erased.
pub const ON_ERASED: Subscription =
    Subscription { name: "act.erased", kinds: &[know::erasure::ERASED], handle: erasing::on_erased };
/// Notes on the case what became of its letter.
pub const ON_MAIL: Subscription = Subscription {
    name: "act.reply_sent",
    kinds: &["mail.sent", "mail.failed", "mail.bounced"],
    handle: composer::on_mail,
};

/// Warns of deadlines.
pub const ALERTS: Handler = Handler { name: alerts::NAME, run: alerts::run };
/// Tells managers of a danger.
pub const DANGER: Handler = Handler { name: danger::NAME, run: danger::run };
/// How often it looks.
pub const ALERTS_OFTEN: Recurring = Recurring { name: alerts::NAME, every: SignedDuration::from_secs(60) };
/// Works open clocks out again.
pub const CLOCKS: Handler = Handler { name: alerts::CLOCKS, run: alerts::rerun };

/// Cases of whoever is signed in, on the home page.
pub const HOME: HomeFragment = HomeFragment {
    title: "case-home-title",
    fragment: "/cases/fragments/mine",
    href: "/cases",
    permission: CasesWrite,
};
/// How many cases are open, in the navigation.
pub const COUNT: NavCount =
    NavCount { href: "/cases", fragment: "/cases/fragments/count", permission: CasesRead };
/// What happened since yesterday, on the home page.
pub const HOME_NEWS: HomeFragment = HomeFragment {
    title: "case-home-news",
    fragment: "/cases/fragments/news",
    href: "/cases?view=all",
    permission: CasesRead,
};
/// Cases of a customer, on the sheet.
pub const SHEET: SheetFragment = SheetFragment {
    title: "case-sheet-title",
    path: "/customers/{id}/fragments/cases",
    permission: CasesRead,
};

/// Routes of this room.
pub fn routes() -> Routes {
    let (read, write) = (Access::Page(CasesRead), Access::Page(CasesWrite));
    let manage = Access::Page(CasesManage);
    Routes::new()
        .get("/cases", read, pages::queue::show)
        .get("/cases/export.csv", read, export::csv)
        .get("/cases/new", write, pages::open::form)
        .post("/cases", write, pages::open::create)
        .post("/cases/chosen", write, pages::together::act)
        .get("/cases/rules", manage, settings::show)
        .post("/cases/rules", manage, settings::change)
        .get("/cases/fragments/mine", read, fragments::mine)
        .get("/cases/fragments/news", read, fragments::news)
        .get("/cases/fragments/count", read, fragments::count)
        .get("/customers/{id}/fragments/cases", read, fragments::of_customer)
        .get("/cases/{id}", read, pages::sheet::show)
        .post("/cases/{id}", write, pages::edit::change)
        .post("/cases/{id}/cause", write, pages::edit::correct)
        .post("/cases/{id}/ownership", write, pages::acts::take)
        .post("/cases/{id}/handover", write, pages::acts::hand_over)
        .post("/cases/{id}/attempts", write, pages::acts::attempt)
        .post("/cases/{id}/notes", write, pages::acts::note)
        .post("/cases/{id}/draft", write, pages::letter::save)
        .post("/cases/{id}/reply", write, pages::letter::send)
        .post("/cases/{id}/notice", write, pages::acts::tell)
        .post("/cases/{id}/extension", write, pages::acts::extend)
        .post("/cases/{id}/withdrawal", write, pages::acts::take_back)
        .post("/cases/{id}/promise", write, pages::acts::keep_promise)
        .post("/cases/{id}/closure", write, pages::acts::close)
        .post("/cases/{id}/opening", write, pages::acts::reopen)
        .merge(of_forms(read))
        .merge(api::routes())
}

/// Where forms of a case go, for whoever reloads the answer: the case itself.
fn of_forms(read: Access) -> Routes {
    const FORMS: [&str; 13] = [
        "/cases/{id}/cause",
        "/cases/{id}/ownership",
        "/cases/{id}/handover",
        "/cases/{id}/attempts",
        "/cases/{id}/notes",
        "/cases/{id}/draft",
        "/cases/{id}/reply",
        "/cases/{id}/notice",
        "/cases/{id}/extension",
        "/cases/{id}/withdrawal",
        "/cases/{id}/promise",
        "/cases/{id}/closure",
        "/cases/{id}/opening",
    ];
    FORMS.into_iter().fold(Routes::new(), |routes, path| routes.get(path, read, pages::edit::back))
}
