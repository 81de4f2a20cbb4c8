//! What must hold of the whole program.

mod documents;
mod erasure;
mod hostile;
mod permissions;
mod texts;

use testkit::web::Parts;
use testkit::{Kit, TestApp};

use crate::assembly;
use crate::openapi;

fn start(engine: testkit::Engine) -> Kit {
    let migrations = [
        kernel::MIGRATIONS,
        know::MIGRATIONS,
        listen::MIGRATIONS,
        understand::MIGRATIONS,
        act::MIGRATIONS,
        steer::MIGRATIONS,
    ];
    let handlers = assembly::handlers();
    Kit::builder(engine)
        .migrations(&migrations)
        .handlers(handlers.handlers)
        .subscriptions([admin::subscriptions(), listen::subscriptions(), act::subscriptions()].concat())
        .start()
}

fn app(kit: &Kit) -> TestApp<'_> {
    let parts = Parts {
        routes: assembly::routes(),
        texts: vec![admin::TEXTS, know::TEXTS, listen::TEXTS, understand::TEXTS],
        nav: assembly::nav(),
        openapi: openapi::document().to_json().unwrap(),
        ..Parts::default()
    };
    TestApp::new(kit, parts)
}
