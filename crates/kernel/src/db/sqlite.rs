//! SQLite: readers in a pool, every change through one writer thread.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use rusqlite::{Connection, OpenFlags, ffi};

use super::pool::Pool;
use super::row::{Param, Row};
use super::tx::{Inner, Tx};
use super::{Settled, Surroundings, Work};
use crate::errors::{Error, Result, Violation};

/// Changes committed together at most: bounds how long the first of them waits for the last.
const GROUP_LIMIT: usize = 512;
/// Prepared statements kept per connection.
const STATEMENTS: usize = 256;
/// How long to wait for another process (a command line beside the server) to finish its change.
const BUSY_TIMEOUT_MS: u32 = 30_000;

/// Pages of the write-ahead log after which it is copied into the database: 32 MB. What an import writes again and
/// again is then copied once; others wait a moment longer, once in a while.
const CHECKPOINT_PAGES: u32 = 8_192;
/// Bytes the log keeps on disk after a long change.
const LOG_BYTES: u32 = 64 << 20;

/// A change in the queue, and whether it wants a transaction of its own.
type Job = (Work, Company);

/// With whom a change shares its transaction.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Company {
    /// With the other changes that wait: one commit for all.
    Shared,
    /// With nobody. A long change is much quicker so: within the savepoint a shared one needs, SQLite keeps a
    /// copy of each page, and passes over all copies after each statement.
    Alone,
}

pub(super) struct Sqlite {
    path: PathBuf,
    readers: Pool<Connection>,
    /// Changes sent to the writer that it has not taken yet.
    waiting: Arc<AtomicUsize>,
    /// `None` only while dropping.
    queue: Option<Sender<Job>>,
    writer: Option<JoinHandle<()>>,
}

impl Sqlite {
    pub(super) fn open(path: &Path, around: Surroundings, readers: u32) -> Result<Self> {
        Self::around(connect(path, true)?, path, around, readers)
    }

    /// A file to be filled in any order: nothing checks references while rows come. A row would otherwise be looked for
    /// in every table that refers to its own, and these have no indexes yet. Nothing can be undone either: a file that
    /// could not be filled is thrown away, and a log of it all would take its room once more.
    pub(super) fn open_to_fill(path: &Path, around: Surroundings) -> Result<Self> {
        let connection = connect(path, true)?;
        connection.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA journal_mode = OFF").map_err(error)?;
        Self::around(connection, path, around, 1)
    }

    /// The writer's connection, and readers of the same file.
    fn around(connection: Connection, path: &Path, around: Surroundings, readers: u32) -> Result<Self> {
        let (queue, receiver) = channel();
        let waiting = Arc::new(AtomicUsize::new(0));
        let queued = Queue { receiver, waiting: waiting.clone() };
        let writer = std::thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(move || write_loop(&connection, &around, &queued))?;
        let path: PathBuf = path.to_owned();
        let readers = Pool::new(readers, {
            let path = path.clone();
            move || connect(&path, false)
        });
        Ok(Self { path, readers, waiting, queue: Some(queue), writer: Some(writer) })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn load(&self) -> super::Load {
        let (open, idle, limit) = self.readers.counts();
        super::Load { open, idle, limit, writes_waiting: self.waiting.load(Ordering::Relaxed) }
    }

    pub(super) fn read<T>(
        &self,
        around: &Surroundings,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<T> {
        self.readers.with(|connection| {
            let outcome = snapshot(connection, around, f);
            (outcome, connection.is_autocommit())
        })
    }

    pub(super) fn submit(&self, work: Work, company: Company) {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let sent = self.queue.as_ref().map(|queue| queue.send((work, company)));
        if !matches!(sent, Some(Ok(()))) {
            // The work is dropped with its channel; whoever waits for it hears that the writer stopped.
            tracing::error!("the SQLite writer thread is gone");
        }
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        self.queue = None;
        let Some(writer) = self.writer.take() else { return };
        // The last handle may be dropped by a closure running on the writer thread itself.
        if writer.thread().id() != std::thread::current().id() {
            let _ = writer.join();
        }
    }
}

fn connect(path: &Path, writer: bool) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let flags = if writer { flags | OpenFlags::SQLITE_OPEN_CREATE } else { flags };
    let connection = Connection::open_with_flags(path, flags).map_err(error)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection
        .execute_batch(&format!(
            "PRAGMA busy_timeout = {BUSY_TIMEOUT_MS};
             PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON;
             PRAGMA temp_store = MEMORY;
             PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES};
             PRAGMA journal_size_limit = {LOG_BYTES};
             PRAGMA cache_size = -{};
             PRAGMA query_only = {};",
            if writer { 65_536 } else { 16_384 },
            if writer { "OFF" } else { "ON" },
        ))
        .map_err(error)?;
    Ok(connection)
}

fn snapshot<T>(
    connection: &Connection,
    around: &Surroundings,
    f: impl FnOnce(&mut Tx<'_>) -> Result<T>,
) -> Result<T> {
    execute(connection, "BEGIN", &[])?;
    let outcome = f(&mut Tx::new(Inner::Sqlite(connection), around));
    execute(connection, "COMMIT", &[])?;
    outcome
}

/// What the writer takes its work from.
struct Queue {
    receiver: Receiver<Job>,
    waiting: Arc<AtomicUsize>,
}

impl Queue {
    /// The next change, once there is one; `None` when nobody can send any more.
    fn next(&self) -> Option<Job> {
        self.taken(self.receiver.recv().ok())
    }

    /// The next change, if there is one.
    fn next_at_once(&self) -> Option<Job> {
        self.taken(self.receiver.try_recv().ok())
    }

    fn taken(&self, job: Option<Job>) -> Option<Job> {
        job.inspect(|_| {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
        })
    }
}

/// Takes changes from the queue for as long as someone can send them, and commits those that wait together.
fn write_loop(connection: &Connection, around: &Surroundings, queue: &Queue) {
    let mut waiting = None;
    while let Some((work, company)) = waiting.take().or_else(|| queue.next()) {
        match company {
            Company::Alone => commit_alone(connection, around, work),
            Company::Shared => waiting = commit_group(connection, around, work, queue),
        }
    }
}

/// Runs one change in a transaction of its own.
fn commit_alone(connection: &Connection, around: &Surroundings, work: Work) {
    if let Err(error) = execute(connection, "BEGIN IMMEDIATE", &[]) {
        tracing::error!(%error, "SQLite could not begin a change");
        return;
    }
    let settled = catch_unwind(AssertUnwindSafe(|| work(&mut Tx::new(Inner::Sqlite(connection), around))));
    let keep = matches!(&settled, Ok(Settled { keep: true, .. }));
    let ended = execute(connection, if keep { "COMMIT" } else { "ROLLBACK" }, &[]);
    if !connection.is_autocommit() {
        let _ = connection.execute_batch("ROLLBACK");
    }
    match settled {
        Ok(Settled { keep: true, finish }) => finish(ended.map(drop)),
        // The change gives its own error.
        Ok(Settled { finish, .. }) => finish(Ok(())),
        Err(_) => tracing::error!("a change panicked and was undone"),
    }
}

/// Runs the changes that wait and commits them together; gives back the one met that wants to be alone.
fn commit_group(connection: &Connection, around: &Surroundings, first: Work, queue: &Queue) -> Option<Job> {
    if let Err(error) = execute(connection, "BEGIN IMMEDIATE", &[]) {
        // Run outside a transaction the change would commit by itself; dropped, its caller hears of it.
        tracing::error!(%error, "SQLite could not begin a change");
        return None;
    }
    let mut group = Vec::new();
    let mut next = Some((first, Company::Shared));
    while let Some((work, Company::Shared)) = next {
        group.push(run_one(connection, around, work));
        // A full disk makes SQLite give up the whole transaction: what came after would commit by itself.
        let is_open = !connection.is_autocommit();
        next = if is_open && group.len() < GROUP_LIMIT { queue.next_at_once() } else { None };
    }
    let ended = execute(connection, "COMMIT", &[]);
    if ended.is_err() && !connection.is_autocommit() {
        let _ = connection.execute_batch("ROLLBACK");
    }
    let failure = ended.err().map(|error| error.to_string());
    if let Some(reason) = &failure {
        tracing::error!(reason, "SQLite could not commit");
    }
    for finish in group.into_iter().flatten() {
        finish(match &failure {
            None => Ok(()),
            Some(reason) => Err(Error::internal(reason.clone())),
        });
    }
    next
}

type Finish = Box<dyn FnOnce(Result<()>) + Send>;

/// Runs one change in its savepoint. A panic inside it undoes it and is reported to its caller by the
/// closing of its channel; the writer and the other changes go on.
fn run_one(connection: &Connection, around: &Surroundings, work: Work) -> Option<Finish> {
    let opened = execute(connection, "SAVEPOINT change", &[]);
    let settled = catch_unwind(AssertUnwindSafe(|| work(&mut Tx::new(Inner::Sqlite(connection), around))));
    let keep = matches!(&settled, Ok(Settled { keep: true, .. })) && opened.is_ok();
    let end = if keep { "RELEASE change" } else { "ROLLBACK TO change; RELEASE change" };
    let closed = connection.execute_batch(end);
    let Ok(Settled { keep: wanted, finish }) = settled else {
        tracing::error!("a change panicked and was undone");
        return None;
    };
    if wanted && (opened.is_err() || closed.is_err()) {
        finish(Err(Error::internal("the savepoint of a change failed")));
        return None;
    }
    Some(finish)
}

pub(super) fn each(
    connection: &Connection,
    sql: &str,
    params: &[&dyn Param],
    visit: &mut dyn FnMut(&Row<'_>) -> Result<bool>,
) -> Result<()> {
    let mut statement = connection.prepare_cached(&numbered(sql)).map_err(|e| in_query(e, sql))?;
    let bound = rusqlite::params_from_iter(params.iter().map(|p| p.sqlite()));
    let mut rows = statement.query(bound).map_err(|e| in_query(e, sql))?;
    while let Some(row) = rows.next().map_err(error)? {
        if !visit(&Row::Sqlite(row))? {
            break;
        }
    }
    Ok(())
}

pub(super) fn execute(connection: &Connection, sql: &str, params: &[&dyn Param]) -> Result<u64> {
    let mut statement = connection.prepare_cached(&numbered(sql)).map_err(|e| in_query(e, sql))?;
    let bound = rusqlite::params_from_iter(params.iter().map(|p| p.sqlite()));
    statement.execute(bound).map(|n| n as u64).map_err(|e| in_query(e, sql))
}

/// Runs one statement with each row of `width` parameters.
pub(super) fn execute_rows(
    connection: &Connection,
    sql: &str,
    width: usize,
    params: &[&dyn Param],
) -> Result<u64> {
    let mut statement = connection.prepare_cached(&numbered(sql)).map_err(|e| in_query(e, sql))?;
    let mut count = 0;
    for row in params.chunks(width.max(1)) {
        let bound = rusqlite::params_from_iter(row.iter().map(|p| p.sqlite()));
        count += statement.execute(bound).map_err(|e| in_query(e, sql))? as u64;
    }
    Ok(count)
}

/// SQLite numbers `$1` by first appearance and `?1` by its number: only the latter is what we mean.
fn numbered(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some(at) = rest.find('$') {
        let (before, after) = (&rest[..at], &rest[at + 1..]);
        out.push_str(before);
        out.push(if after.starts_with(|c: char| c.is_ascii_digit()) { '?' } else { '$' });
        rest = after;
    }
    out + rest
}

fn in_query(cause: rusqlite::Error, sql: &str) -> Error {
    let error = error(cause);
    if matches!(error, Error::Internal(_)) {
        tracing::debug!(sql, "failed query");
    }
    error
}

/// Names violated constraints as PostgreSQL would.
pub(super) fn error(cause: rusqlite::Error) -> Error {
    let rusqlite::Error::SqliteFailure(code, Some(text)) = &cause else { return Error::caused(cause) };
    match code.extended_code {
        ffi::SQLITE_CONSTRAINT_UNIQUE => {
            Error::Constraint { kind: Violation::Unique, name: columns_name(text) + "_key" }
        }
        ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
            let table = detail(text).split('.').next().unwrap_or_default();
            Error::Constraint { kind: Violation::Unique, name: format!("{table}_pkey") }
        }
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => {
            Error::Constraint { kind: Violation::Reference, name: "reference".into() }
        }
        ffi::SQLITE_CONSTRAINT_NOTNULL => {
            Error::Constraint { kind: Violation::Check, name: columns_name(text) + "_not_null" }
        }
        ffi::SQLITE_CONSTRAINT_CHECK => {
            Error::Constraint { kind: Violation::Check, name: detail(text).to_owned() }
        }
        _ => Error::caused(cause),
    }
}

/// What follows the colon in `UNIQUE constraint failed: users.email`.
fn detail(text: &str) -> &str {
    text.split_once(": ").map_or(text, |(_, detail)| detail)
}

/// From `UNIQUE constraint failed: users.email, users.site_id` to `users_email_site_id`.
fn columns_name(text: &str) -> String {
    let mut name = String::new();
    for (position, column) in detail(text).split(", ").enumerate() {
        let (table, field) = column.split_once('.').unwrap_or(("", column));
        if position == 0 {
            name.push_str(table);
        }
        name.push('_');
        name.push_str(field);
    }
    name
}
