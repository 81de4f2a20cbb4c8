//! What tests of every room share: one test body on both databases, a clock that stands still, colleagues of
//! every role, and requests through the routes without a network.
//!
//! ```ignore
//! fn start(engine: testkit::Engine) -> Kit {
//!     Kit::new(engine, &[kernel::MIGRATIONS, know::MIGRATIONS])
//! }
//!
//! testkit::on_both! {
//!     with start;
//!
//!     fn a_customer_can_be_found_without_accents(kit) {
//!         let adviser = kit.adviser(&[kit.site("Nantes")]);
//!         let id = kit.write(move |tx| actions::create(tx, &adviser, &input()));
//!         assert_eq!(kit.read(|tx| store::find(tx, "helene")).len(), 1);
//!     }
//! }
//! ```
//!
//! PostgreSQL is used when `BOCAL_TEST_POSTGRES` holds the address of a server in which schemas may be made;
//! without it those variants say that they are skipped.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "only tests use this crate: what goes wrong here is a failed test"
)]

mod builder;
mod kit;
mod people;
mod place;
pub mod schema;
#[cfg(feature = "web")]
pub mod web;

pub use builder::Builder;
pub use kernel::db::Engine;
pub use kit::{Kit, START};
pub use place::{POSTGRES_VARIABLE, postgres_is_there};
#[cfg(feature = "web")]
pub use web::{Answer, Html, Parts, Session, TestApp};

/// Makes two tests, `NAME::sqlite` and `NAME::postgres`, of each body. `with` names a function from
/// [`Engine`] to [`Kit`].
#[macro_export]
macro_rules! on_both {
    (with $start:expr; $($(#[$meta:meta])* fn $name:ident($kit:ident) $body:block)*) => {$(
        $(#[$meta])*
        #[cfg(test)]
        mod $name {
            use super::*;

            fn body_on_one_engine($kit: &$crate::Kit) $body

            #[test]
            fn sqlite() {
                body_on_one_engine(&($start)($crate::Engine::Sqlite));
            }

            #[test]
            fn postgres() {
                if $crate::postgres_is_there() {
                    body_on_one_engine(&($start)($crate::Engine::Postgres));
                }
            }
        }
    )*};
}
