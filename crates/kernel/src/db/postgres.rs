//! PostgreSQL: a pool of connections, serialisable changes that are run again when another came first.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use ::postgres::error::SqlState;
use ::postgres::fallible_iterator::FallibleIterator;
use ::postgres::{Client, Config, IsolationLevel, NoTls, Statement, Transaction};

use super::Surroundings;
use super::pool::Pool;
use super::row::{Param, Row};
use super::tx::{Inner, Tx};
use crate::errors::{Error, Result, Violation};

/// Attempts at one change before giving up on serialisation failures.
const ATTEMPTS: u32 = 50;
/// Attempts after which the changes of this process that keep colliding take turns.
const TURNS_AFTER: u32 = 3;
/// Prepared statements kept per connection.
const STATEMENTS: usize = 512;

pub(super) struct Postgres {
    pool: Pool<Connection>,
    /// Held by the one unlucky change that may try again.
    turn: Mutex<()>,
}

/// A client with its prepared statements.
struct Connection {
    client: Client,
    statements: HashMap<String, Statement>,
}

/// A transaction of one client.
pub(super) struct Session<'c> {
    transaction: Transaction<'c>,
    statements: &'c mut HashMap<String, Statement>,
    /// What went wrong in it and was not undone: PostgreSQL would turn its commit into a rollback and
    /// report success.
    broken: Option<Broken>,
}

/// Why a transaction can no longer be committed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Broken {
    /// A statement failed; going back to a savepoint mends it.
    Statement,
    /// Another transaction came first: only running it again mends it.
    Conflict,
}

impl Postgres {
    pub(super) fn open(url: &str, connections: u32) -> Result<Self> {
        let mut config: Config = url.parse().map_err(Error::caused)?;
        config.connect_timeout(Duration::from_secs(10));
        let pool = Pool::new(connections, move || {
            let mut client = config.connect(NoTls).map_err(Error::caused)?;
            client
                .batch_execute("SET synchronous_commit = on; SET TIME ZONE 'UTC'; SET jit = off")
                .map_err(Error::caused)?;
            Ok(Connection { client, statements: HashMap::new() })
        });
        Ok(Self { pool, turn: Mutex::new(()) })
    }

    pub(super) fn load(&self) -> super::Load {
        let (open, idle, limit) = self.pool.counts();
        super::Load { open, idle, limit, writes_waiting: 0 }
    }

    pub(super) fn read<T>(
        &self,
        around: &Surroundings,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<T> {
        self.pool.with(|connection| {
            let outcome = run(connection, around, IsolationLevel::RepeatableRead, true, f);
            (outcome, !connection.client.is_closed())
        })
    }

    pub(super) fn write<T>(
        &self,
        around: &Surroundings,
        mut f: impl FnMut(&mut Tx<'_>) -> Result<T>,
    ) -> Result<T> {
        let mut attempt = 0;
        loop {
            let turn =
                (attempt >= TURNS_AFTER).then(|| self.turn.lock().unwrap_or_else(PoisonError::into_inner));
            let outcome = catch_unwind(AssertUnwindSafe(|| {
                self.pool.with(|connection| {
                    let outcome = run(connection, around, IsolationLevel::Serializable, false, &mut f);
                    (outcome, !connection.client.is_closed())
                })
            }));
            drop(turn);
            attempt += 1;
            match outcome {
                Ok(Err(Error::Conflict)) if attempt < ATTEMPTS => pause(attempt),
                Ok(other) => return other,
                Err(_) => {
                    tracing::error!("a change panicked and was undone");
                    return Err(Error::internal("the change panicked"));
                }
            }
        }
    }
}

/// Lets the other transaction finish: longer each time, different for each thread.
fn pause(attempt: u32) {
    let chance = crate::secrets::random::<1>().map_or(0, |[byte]| u64::from(byte) % 8);
    let spread = chance + u64::from(attempt) * 2;
    std::thread::park_timeout(Duration::from_millis(spread.min(50)));
}

fn run<T>(
    connection: &mut Connection,
    around: &Surroundings,
    isolation: IsolationLevel,
    read_only: bool,
    f: impl FnOnce(&mut Tx<'_>) -> Result<T>,
) -> Result<T> {
    let Connection { client, statements } = connection;
    let transaction =
        client.build_transaction().isolation_level(isolation).read_only(read_only).start().map_err(error)?;
    let mut tx = Tx::new(Inner::Postgres(Session { transaction, statements, broken: None }), around);
    let outcome = f(&mut tx);
    let Inner::Postgres(session) = tx.inner else { return Err(Error::internal("not a PostgreSQL session")) };
    match session.broken {
        Some(Broken::Conflict) => return Err(Error::Conflict),
        Some(Broken::Statement) if outcome.is_ok() => {
            return Err(Error::internal("a statement failed and the change went on"));
        }
        _ => {}
    }
    let value = outcome?;
    session.transaction.commit().map_err(error)?;
    Ok(value)
}

impl Session<'_> {
    fn statement(&mut self, sql: &str) -> Result<Statement> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let prepared = self.transaction.prepare(sql).map_err(|e| in_query(e, sql));
        let statement = self.noting(prepared)?;
        if self.statements.len() >= STATEMENTS {
            self.statements.clear();
        }
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub(super) fn each(
        &mut self,
        sql: &str,
        params: &[&dyn Param],
        visit: &mut dyn FnMut(&Row<'_>) -> Result<bool>,
    ) -> Result<()> {
        let statement = self.statement(sql)?;
        let visited = visit_rows(&mut self.transaction, &statement, sql, params, visit);
        // An error of the visitor is its own affair: the transaction is whole.
        self.noting(visited)?
    }

    /// Remembers that the transaction is broken when a statement failed.
    fn noting<T>(&mut self, outcome: Result<T>) -> Result<T> {
        match &outcome {
            Ok(_) => {}
            Err(Error::Conflict) => self.broken = Some(Broken::Conflict),
            Err(_) => self.broken = self.broken.or(Some(Broken::Statement)),
        }
        outcome
    }

    /// A savepoint was gone back to.
    pub(super) fn mended(&mut self) {
        if self.broken == Some(Broken::Statement) {
            self.broken = None;
        }
    }

    pub(super) fn execute(&mut self, sql: &str, params: &[&dyn Param]) -> Result<u64> {
        let statement = self.statement(sql)?;
        let bound: Vec<_> = params.iter().map(|p| p.postgres()).collect();
        let done = self.transaction.execute(&statement, &bound).map_err(|e| in_query(e, sql));
        self.noting(done)
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<()> {
        let done = self.transaction.batch_execute(sql).map_err(error);
        self.noting(done)
    }
}

/// Calls `visit` on each row. The outer error is the statement's, the inner one the visitor's.
fn visit_rows(
    transaction: &mut Transaction<'_>,
    statement: &Statement,
    sql: &str,
    params: &[&dyn Param],
    visit: &mut dyn FnMut(&Row<'_>) -> Result<bool>,
) -> Result<Result<()>> {
    let bound = params.iter().map(|p| p.postgres());
    let mut rows = transaction.query_raw(statement, bound).map_err(|e| in_query(e, sql))?;
    let mut wanted = Ok(true);
    // Rows nobody wants any more are still taken: an error of the statement may come after them.
    while let Some(row) = rows.next().map_err(|e| in_query(e, sql))? {
        if let Ok(true) = wanted {
            wanted = visit(&Row::Postgres(&row));
        }
    }
    Ok(wanted.map(|_| ()))
}

fn in_query(cause: ::postgres::Error, sql: &str) -> Error {
    let error = error(cause);
    if matches!(error, Error::Internal(_)) {
        tracing::debug!(sql, "failed query");
    }
    error
}

fn error(cause: ::postgres::Error) -> Error {
    let Some(failure) = cause.as_db_error() else { return Error::caused(cause) };
    let name = failure.constraint().unwrap_or_default().to_owned();
    match *failure.code() {
        SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => Error::Conflict,
        // The server's table of locks is full of those of others: once they are through there is room again.
        SqlState::OUT_OF_MEMORY => Error::Conflict,
        SqlState::UNIQUE_VIOLATION => Error::Constraint { kind: Violation::Unique, name },
        SqlState::FOREIGN_KEY_VIOLATION => {
            Error::Constraint { kind: Violation::Reference, name: "reference".into() }
        }
        SqlState::CHECK_VIOLATION => Error::Constraint { kind: Violation::Check, name },
        SqlState::NOT_NULL_VIOLATION => {
            // Versions before 18 give these constraints no name: this is the one 18 gives.
            let (table, column) = (failure.table().unwrap_or_default(), failure.column().unwrap_or_default());
            Error::Constraint { kind: Violation::Check, name: format!("{table}_{column}_not_null") }
        }
        _ => Error::caused(cause),
    }
}
