//! The database itself.

use kernel::Result;
use kernel::db::Engine;

use super::{Check, Patient};
use crate::assembly;

/// The oldest PostgreSQL this is tested with.
const OLDEST_POSTGRES: i64 = 150_000;

/// Which engine, in which version, how large.
pub(super) fn engine(patient: &Patient<'_>) -> Result<Check> {
    let megabytes = patient.db.size()? / 1_048_576;
    let (version, number) = patient.db.read(|tx| match tx.engine() {
        Engine::Sqlite => {
            tx.query_one("SELECT sqlite_version()", &[], |row| Ok((row.get(0)?, OLDEST_POSTGRES)))
        }
        Engine::Postgres => tx.query_one(
            "SELECT current_setting('server_version'), CAST(current_setting('server_version_num') AS BIGINT)",
            &[],
            |row| Ok((row.get::<String>(0)?, row.get(1)?)),
        ),
    })?;
    let name = if patient.db.engine() == Engine::Sqlite { "SQLite" } else { "PostgreSQL" };
    let found = format!("{name} {version}, {megabytes} MB");
    if number < OLDEST_POSTGRES {
        return Ok(Check::failure("engine", found, "PostgreSQL 15 or later is needed: upgrade the server"));
    }
    Ok(Check::ok("engine", found))
}

/// Whether what lies on the disk holds together.
pub(super) fn integrity(patient: &Patient<'_>) -> Result<Check> {
    if patient.db.engine() == Engine::Postgres {
        let found: String = patient
            .db
            .read(|tx| tx.query_one("SELECT current_setting('data_checksums')", &[], |row| row.get(0)))?;
        return Ok(Check::ok("integrity", format!("left to the server; its page checksums are {found}")));
    }
    let told: String = patient.db.read(|tx| tx.query_one("PRAGMA quick_check", &[], |row| row.get(0)))?;
    if told == "ok" {
        return Ok(Check::ok("integrity", "every page holds together"));
    }
    let advice = "the file is damaged: stop the server, keep a copy of the file, restore the latest backup, and have \
                  the disk looked at";
    Ok(Check::failure("integrity", told, advice))
}

/// Whether the tables are those of this program.
pub(super) fn migrations(patient: &Patient<'_>) -> Result<Check> {
    let pending = match patient.db.pending(&assembly::plan()?) {
        Ok(pending) => pending,
        Err(error) => {
            let advice = "run the version of Bocal this database was made with, or restore a backup";
            return Ok(Check::failure("migrations", error.to_string(), advice));
        }
    };
    if pending.is_empty() {
        let count = patient.db.applied()?.len();
        return Ok(Check::ok("migrations", format!("all {count} are applied")));
    }
    let names: Vec<String> = pending.iter().map(|m| format!("{} ({})", m.number, m.name)).collect();
    let advice = "`bocal migrate` or the next `bocal serve` applies them; take a backup before";
    Ok(Check::warning("migrations", format!("not applied yet: {}", names.join(", ")), advice))
}
