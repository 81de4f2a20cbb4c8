//! A transaction: the unit of work every action is given.

use std::collections::HashMap;

use super::postgres::Session;
use super::row::{Param, Row};
use super::{Engine, Surroundings};
use crate::clock::Instant;
use crate::errors::{Error, Result};
use crate::ids::Id;

pub(super) enum Inner<'c> {
    Sqlite(&'c rusqlite::Connection),
    Postgres(Session<'c>),
}

/// An open transaction, with the instant it happens at and the maker of identifiers.
pub struct Tx<'c> {
    pub(super) inner: Inner<'c>,
    pub(super) around: &'c Surroundings,
    pub(super) now: Instant,
    /// Answers computed once per transaction, by key (see [`Tx::once`]).
    memo: HashMap<&'static str, String>,
}

impl<'c> Tx<'c> {
    pub(super) fn new(inner: Inner<'c>, around: &'c Surroundings) -> Self {
        Self { inner, around, now: around.clock.now(), memo: HashMap::new() }
    }

    /// The instant of this transaction: the same for all it writes.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// A fresh identifier.
    pub fn new_id(&self) -> Id {
        self.around.ids.next(self.now)
    }

    /// Names of the subscriptions to events of this kind.
    pub(crate) fn subscribers(&self, kind: &str) -> Vec<&'static str> {
        self.around.routing.subscribers(kind)
    }

    /// Which engine runs this. For the few queries that must differ; the reason stands beside them.
    pub fn engine(&self) -> Engine {
        match self.inner {
            Inner::Sqlite(_) => Engine::Sqlite,
            Inner::Postgres(_) => Engine::Postgres,
        }
    }

    /// Every row of `sql`, each turned into a `T` by `read`.
    pub fn query<T>(
        &mut self,
        sql: &str,
        params: &[&dyn Param],
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut all = Vec::new();
        self.each(sql, params, |row| {
            all.push(read(row)?);
            Ok(true)
        })?;
        Ok(all)
    }

    /// Calls `visit` on each row as it comes, without keeping them, until it answers `false`.
    pub fn each(
        &mut self,
        sql: &str,
        params: &[&dyn Param],
        mut visit: impl FnMut(&Row<'_>) -> Result<bool>,
    ) -> Result<()> {
        match &mut self.inner {
            Inner::Sqlite(connection) => super::sqlite::each(connection, sql, params, &mut visit),
            Inner::Postgres(session) => session.each(sql, params, &mut visit),
        }
    }

    /// The only row of `sql`; [`Error::NotFound`] when there is none.
    pub fn query_one<T>(
        &mut self,
        sql: &str,
        params: &[&dyn Param],
        read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.query_opt(sql, params, read)?.ok_or(Error::NotFound)
    }

    /// The first row of `sql`, if any.
    pub fn query_opt<T>(
        &mut self,
        sql: &str,
        params: &[&dyn Param],
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let mut first = None;
        self.each(sql, params, |row| {
            first = Some(read(row)?);
            Ok(false)
        })?;
        Ok(first)
    }

    /// Runs a statement and returns the number of rows it changed.
    pub fn execute(&mut self, sql: &str, params: &[&dyn Param]) -> Result<u64> {
        match &mut self.inner {
            Inner::Sqlite(connection) => super::sqlite::execute(connection, sql, params),
            Inner::Postgres(session) => session.execute(sql, params),
        }
    }

    /// Runs several statements without parameters, separated by semicolons.
    pub fn batch(&mut self, sql: &str) -> Result<()> {
        match &mut self.inner {
            Inner::Sqlite(connection) => connection.execute_batch(sql).map_err(super::sqlite::error),
            Inner::Postgres(session) => session.batch(sql),
        }
    }

    /// Runs `f` so that an error undoes only what `f` did; the transaction goes on.
    pub fn attempt<T>(&mut self, f: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.batch("SAVEPOINT attempt")?;
        match f(self) {
            Ok(value) => {
                self.batch("RELEASE SAVEPOINT attempt")?;
                Ok(value)
            }
            Err(error) => {
                self.batch("ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt")?;
                if let Inner::Postgres(session) = &mut self.inner {
                    session.mended();
                }
                Err(error)
            }
        }
    }

    /// A text computed once in this transaction: settings that many actions ask for.
    pub fn once(
        &mut self,
        key: &'static str,
        make: impl FnOnce(&mut Self) -> Result<String>,
    ) -> Result<String> {
        if let Some(value) = self.memo.get(key) {
            return Ok(value.clone());
        }
        let value = make(self)?;
        self.memo.insert(key, value.clone());
        Ok(value)
    }

    /// Forgets what [`Tx::once`] kept under `key`, after it was changed.
    pub fn forget(&mut self, key: &'static str) {
        self.memo.remove(key);
    }
}
