//! PostgreSQL: a pool of connections, serialisable changes that are run again when another came first.

use std::collections::HashMap;
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
const ATTEMPTS: u32 = 20;

pub(super) struct Postgres {
    pool: Pool<Connection>,
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
        Ok(Self { pool })
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
            let outcome = self.pool.with(|connection| {
                let outcome = run(connection, around, IsolationLevel::Serializable, false, &mut f);
                (outcome, !connection.client.is_closed())
            });
            attempt += 1;
            match outcome {
                Err(Error::Conflict) if attempt < ATTEMPTS => pause(attempt),
                other => return other,
            }
        }
    }
}

/// Lets the other transaction finish: longer each time, different for each thread.
fn pause(attempt: u32) {
    let spread = u64::from(std::process::id()) % 7 + u64::from(attempt) * 3;
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
    let transaction = client
        .build_transaction()
        .isolation_level(isolation)
        .read_only(read_only)
        .start()
        .map_err(error)?;
    let mut tx = Tx::new(Inner::Postgres(Session { transaction, statements }), around);
    let value = f(&mut tx)?;
    let Inner::Postgres(session) = tx.inner else { return Err(Error::internal("not a PostgreSQL session")) };
    session.transaction.commit().map_err(error)?;
    Ok(value)
}

impl Session<'_> {
    fn statement(&mut self, sql: &str) -> Result<Statement> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.transaction.prepare(sql).map_err(|e| in_query(e, sql))?;
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
        let bound = params.iter().map(|p| p.postgres());
        let mut rows = self.transaction.query_raw(&statement, bound).map_err(|e| in_query(e, sql))?;
        while let Some(row) = rows.next().map_err(|e| in_query(e, sql))? {
            if !visit(&Row::Postgres(&row))? {
                break;
            }
        }
        Ok(())
    }

    pub(super) fn execute(&mut self, sql: &str, params: &[&dyn Param]) -> Result<u64> {
        let statement = self.statement(sql)?;
        let bound: Vec<_> = params.iter().map(|p| p.postgres()).collect();
        self.transaction.execute(&statement, &bound).map_err(|e| in_query(e, sql))
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<()> {
        self.transaction.batch_execute(sql).map_err(error)
    }
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
        SqlState::UNIQUE_VIOLATION => Error::Constraint { kind: Violation::Unique, name },
        SqlState::FOREIGN_KEY_VIOLATION => {
            Error::Constraint { kind: Violation::Reference, name: "reference".into() }
        }
        SqlState::CHECK_VIOLATION | SqlState::NOT_NULL_VIOLATION => {
            Error::Constraint { kind: Violation::Check, name }
        }
        _ => Error::caused(cause),
    }
}
