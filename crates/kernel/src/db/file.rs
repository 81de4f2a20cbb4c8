//! A SQLite database as a file: copied, looked at from outside, closed for good.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::durable;
use crate::errors::{Error, Result};

/// How long to wait for others who read or write it.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long to wait for others to leave it alone.
const SHORT_PATIENCE: Duration = Duration::from_secs(2);

/// The copy that is made of `database` before migration `number`: `bocal.before-0003.db` beside `bocal.db`.
pub(super) fn name_before(database: &Path, number: i64) -> PathBuf {
    beside(database, &format!("before-{number:04}"))
}

/// A file beside a database, with a word in its name.
pub(crate) fn beside(database: &Path, word: &str) -> PathBuf {
    let name = database.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    database.with_file_name(format!("{name}.{word}.db"))
}

/// What SQLite keeps beside a database in use.
pub(crate) fn companions(database: &Path) -> [PathBuf; 2] {
    ["-wal", "-shm"].map(|ending| {
        let mut name = database.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    })
}

/// Copies the database as its last change left it, beside others who read and write it. An older copy of this name
/// is replaced once the new one is whole.
pub(super) fn copy(database: &Path, to: &Path) -> Result<()> {
    let unfinished = durable::unfinished(to);
    let copied = vacuum_into(database, &unfinished).and_then(|()| Ok(durable::finish(&unfinished, to)?));
    copied.map_err(|error| {
        // What is left of it would only take room.
        let _ = std::fs::remove_file(&unfinished);
        Error::internal(format!(
            "the database could not be copied to {} before it is migrated: {error}; nothing was changed. Make room \
             there, or move older copies away, and try again",
            to.display()
        ))
    })
}

fn vacuum_into(database: &Path, to: &Path) -> Result<()> {
    durable::remove_if_there(to)?;
    let connection = open(database, PATIENCE)?;
    // SQLite accepts an empty file: this one only its owner may read.
    durable::create_private(to)?;
    connection.execute("VACUUM INTO ?1", [to.to_string_lossy()]).map_err(Error::caused)?;
    Ok(())
}

fn open(database: &Path, patience: Duration) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(database, flags).map_err(Error::caused)?;
    connection.busy_timeout(patience).map_err(Error::caused)?;
    Ok(connection)
}

/// Whether a file holds anything worth keeping: what cannot be read is taken to.
pub(crate) fn holds_data(database: &Path) -> bool {
    let is_empty = || -> Result<bool> {
        if !database.exists() || std::fs::metadata(database)?.len() == 0 {
            return Ok(true);
        }
        let connection = open(database, PATIENCE)?;
        let count =
            |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(Error::caused);
        if count("SELECT COUNT(*) FROM sqlite_master")? == 0 {
            return Ok(true);
        }
        Ok(count("SELECT (SELECT COUNT(*) FROM organisation) + (SELECT COUNT(*) FROM events LIMIT 1)")? == 0)
    };
    !is_empty().unwrap_or(false)
}

/// Empties and removes what SQLite keeps beside a database, so that the file can be replaced.
///
/// # Errors
/// Somebody else has it open. A file that is no longer a database is let be: there is nothing to empty.
pub(crate) fn close_for_good(database: &Path) -> Result<()> {
    let outcome = open(database, SHORT_PATIENCE).and_then(|connection| {
        let mode = "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE";
        connection.execute_batch(mode).map_err(Error::caused)
    });
    let Err(error) = outcome else { return Ok(()) };
    if is_busy(&error) {
        return Err(Error::internal(format!(
            "{} is in use: stop the server (and every other command) that has it open, then restore again; nothing \
             was changed",
            database.display()
        )));
    }
    Ok(())
}

fn is_busy(error: &Error) -> bool {
    let Error::Internal(cause) = error else { return false };
    let code = cause.downcast_ref::<rusqlite::Error>().and_then(rusqlite::Error::sqlite_error_code);
    matches!(code, Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}
