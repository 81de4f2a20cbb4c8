//! The rooms put together, from left to right along the loop.

use kernel::Result;
use kernel::db::{Migration, Plan};
use kernel::jobs::{Handler, Handlers, Recurring};
use kernel::ledger::Subscriptions;
use kernel::texts::{Source, Texts};
use web_kit::{NavEntry, Offers, Routes};

use crate::metrics::{self, Metrics};

/// Every migration, in order.
pub(crate) fn plan() -> Result<Plan> {
    let all: [&[Migration]; 7] = [
        kernel::MIGRATIONS,
        admin::MIGRATIONS,
        know::MIGRATIONS,
        listen::MIGRATIONS,
        understand::MIGRATIONS,
        act::MIGRATIONS,
        steer::MIGRATIONS,
    ];
    Plan::new(all.concat())
}

/// Every text.
pub(crate) fn texts() -> Result<&'static Texts> {
    let all: [&[Source]; 9] = [
        kernel::texts::SOURCES,
        web_kit::TEXTS,
        admin::TEXTS,
        know::TEXTS,
        listen::TEXTS,
        understand::TEXTS,
        act::TEXTS,
        steer::TEXTS,
        TEXTS,
    ];
    Texts::leak(&all.concat())
}

/// Texts of the program itself.
const TEXTS: &[Source] = kernel::texts!["bocal", "link"];

/// What can come in as a file.
pub(crate) fn import_kinds() -> know::import::Kinds {
    know::import::Kinds::new(&[
        know::import::customers::KIND,
        listen::answers_import::KIND,
        act::cases::import::KIND,
    ])
}

/// Every route.
pub(crate) fn routes() -> Routes {
    routes_with(&Metrics::default())
}

/// Every route, with what was counted of them.
pub(crate) fn routes_with(metrics: &Metrics) -> Routes {
    let imports = know::import::routes(import_kinds());
    admin::routes()
        .merge(know::routes())
        .merge(imports)
        .merge(listen::routes())
        .merge(understand::routes())
        .merge(act::routes())
        .merge(steer::routes())
        .merge(metrics::routes(metrics))
}

/// The navigation, along the loop.
pub(crate) fn nav() -> Vec<NavEntry> {
    [know::NAV, listen::NAV, understand::NAV, act::NAV, steer::NAV, admin::NAV].concat()
}

/// What rooms offer to the pages that gather from all of them.
pub(crate) fn offers() -> Offers {
    // Cases come before figures: on the home page, what is to be done stands first.
    know::offers()
        .merge(act::offers())
        .merge(steer::offers())
        .merge(listen::offers())
        .merge(understand::offers())
        .merge(admin::offers())
}

/// Everything that runs in the background.
pub(crate) fn handlers() -> Handlers {
    let handlers: Vec<Handler> =
        [admin::handlers(), know::import::handlers(&import_kinds()), listen::handlers(), act::handlers()]
            .concat();
    let recurring: Vec<Recurring> = [admin::recurring(), listen::recurring(), act::recurring()].concat();
    Handlers { handlers, recurring }
}

/// Who is told of which events.
pub(crate) fn subscriptions() -> Subscriptions {
    Subscriptions::new([admin::subscriptions(), listen::subscriptions(), act::subscriptions()].concat())
}
