//! What every room stands on, without HTTP and without async: storage, time, identity, the ledger of
//! events, jobs, texts, figures, files and configuration.
//!
//! The order of the modules is the order of dependence: a module may use those above it.

pub mod backup;
pub mod clock;
pub mod config;
pub mod db;
pub mod durable;
pub mod errors;
pub mod figures;
pub mod files;
pub mod identity;
pub mod ids;
pub mod jobs;
pub mod ledger;
pub mod mail;
pub mod network;
pub mod organisation;
pub mod secrets;
pub mod tabular;
pub mod texts;

pub use clock::{Clock, Day, Instant};
pub use db::{Db, Tx};
pub use errors::{Error, FieldError, Message, Result};
pub use ids::Id;

use db::Migration;

/// Migrations of this crate.
pub const MIGRATIONS: &[Migration] = &[
    Migration::new(1, "kernel", include_str!("../migrations/0001_kernel.sql"))
        // Kinds of events are compared by their beginnings: byte order, as SQLite has it anyway.
        .with("", "ALTER TABLE events ALTER COLUMN kind TYPE TEXT COLLATE \"C\""),
    Migration::new(2, "mail", include_str!("../migrations/0002_mail.sql"))
        // Addresses are looked for by their beginnings.
        .with("", "ALTER TABLE mails ALTER COLUMN address_key TYPE TEXT COLLATE \"C\""),
    Migration::new(3, "seals", include_str!("../migrations/0003_seals.sql")),
    Migration::new(4, "second_factor", include_str!("../migrations/0004_second_factor.sql")),
    Migration::new(5, "erasures", include_str!("../migrations/0005_erasures.sql")),
    Migration::new(6, "deliveries", include_str!("../migrations/0006_deliveries.sql")),
    Migration::new(7, "factor_roles", include_str!("../migrations/0007_factor_roles.sql")),
    Migration::new(8, "jobs_not_routine", include_str!("../migrations/0008_jobs_not_routine.sql")),
];
