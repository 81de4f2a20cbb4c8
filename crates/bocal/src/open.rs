//! Opening the database a configuration names.

use std::sync::Arc;

use kernel::clock::{Clock, SystemClock};
use kernel::config::Config;
use kernel::db::{Db, Location, Surroundings};
use kernel::ids::IdMaker;
use kernel::{Result, secrets};

use crate::assembly;

/// Opens the database, with the system's clock.
pub(crate) fn database(config: &Config) -> Result<Db> {
    database_at(config, Arc::new(SystemClock))
}

/// Opens the database with any clock: the demonstration's past is written with one that is set.
pub(crate) fn database_at(config: &Config, clock: Arc<dyn Clock>) -> Result<Db> {
    let Ok(location) = config.database.parse::<Location>();
    // A random number tells this process's identifiers from those of others started beside it.
    let process = u16::from_le_bytes(secrets::random::<2>()?);
    let around = Surroundings {
        clock,
        ids: Arc::new(IdMaker::new(process)),
        routing: Arc::new(assembly::subscriptions()),
    };
    Db::open(&location, around, config.readers)
}

/// Opens the database and brings its tables up to date.
pub(crate) fn migrated(config: &Config) -> Result<Db> {
    let db = database(config)?;
    for applied in db.migrate(&assembly::plan()?)? {
        tracing::info!(number = applied.number, name = applied.name, "migration applied");
    }
    Ok(db)
}
