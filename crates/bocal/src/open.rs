//! Opening the database a configuration names.

use std::sync::Arc;

use kernel::clock::{AheadClock, Clock, SignedDuration, SystemClock};
use kernel::config::Config;
use kernel::db::{Db, Location, Surroundings};
use kernel::ids::IdMaker;
use kernel::ledger::seals;
use kernel::{Error, Result, secrets};

use crate::assembly;

/// Opens the database, with the system's clock.
pub(crate) fn database(config: &Config) -> Result<Db> {
    database_at(config, Arc::new(SystemClock))
}

/// Opens the database with any clock: the demonstration's past is written with one that is set.
pub(crate) fn database_at(config: &Config, clock: Arc<dyn Clock>) -> Result<Db> {
    Db::open(&location(config), surroundings(clock)?, config.readers)
}

/// Where the configuration says the database lies.
pub(crate) fn location(config: &Config) -> Location {
    let Ok(location) = config.database.parse::<Location>();
    location
}

/// What the transactions of this process are given.
pub(crate) fn surroundings(clock: Arc<dyn Clock>) -> Result<Surroundings> {
    // A random number tells this process's identifiers from those of others started beside it.
    let process = u16::from_le_bytes(secrets::random::<2>()?);
    let routing = Arc::new(assembly::subscriptions());
    Ok(Surroundings { clock, ids: Arc::new(IdMaker::new(process)), routing })
}

/// Opens a database that must be there already, and leaves its tables as they are.
pub(crate) fn existing(config: &Config) -> Result<Db> {
    if let Location::File(path) = location(config)
        && !path.exists()
    {
        return Err(Error::internal(format!(
            "there is no database at {}; name another with --database",
            path.display()
        )));
    }
    database(config)
}

/// Opens the database and brings its tables up to date.
pub(crate) fn migrated(config: &Config) -> Result<Db> {
    brought_up_to_date(database(config)?)
}

/// The same, with a clock that runs so many days ahead.
pub(crate) fn migrated_ahead(config: &Config, days: u16) -> Result<Db> {
    if days == 0 {
        return migrated(config);
    }
    tracing::warn!(days, "the clock runs ahead: what happens is written at that time");
    let clock = AheadClock(SignedDuration::from_hours(24 * i64::from(days)));
    brought_up_to_date(database_at(config, Arc::new(clock))?)
}

fn brought_up_to_date(db: Db) -> Result<Db> {
    for applied in db.migrate(&assembly::plan()?)? {
        tracing::info!(number = applied.number, name = applied.name, "migration applied");
    }
    if let Some(sealed) = db.read(seals::head)?.last_event {
        db.ids().start_after(sealed);
    }
    Ok(db)
}
