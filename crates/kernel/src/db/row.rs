//! Parameters and rows that mean the same on both engines.

use crate::errors::{Error, Result};

/// A value both drivers can bind: nulls, booleans and blobs stay typed.
pub trait Param: rusqlite::types::ToSql + ::postgres::types::ToSql + Sync {
    /// For SQLite.
    fn sqlite(&self) -> &dyn rusqlite::types::ToSql;
    /// For PostgreSQL.
    fn postgres(&self) -> &(dyn ::postgres::types::ToSql + Sync);
}

impl<T: rusqlite::types::ToSql + ::postgres::types::ToSql + Sync> Param for T {
    fn sqlite(&self) -> &dyn rusqlite::types::ToSql {
        self
    }
    fn postgres(&self) -> &(dyn ::postgres::types::ToSql + Sync) {
        self
    }
}

/// A value both drivers can read.
pub trait Field: rusqlite::types::FromSql + for<'a> ::postgres::types::FromSql<'a> {}
impl<T: rusqlite::types::FromSql + for<'a> ::postgres::types::FromSql<'a>> Field for T {}

/// One row of a result.
pub enum Row<'r> {
    /// From SQLite.
    Sqlite(&'r rusqlite::Row<'r>),
    /// From PostgreSQL.
    Postgres(&'r ::postgres::Row),
}

impl<'r> Row<'r> {
    /// The field at `position`, from 0.
    #[inline]
    pub fn get<T: Field>(&self, position: usize) -> Result<T> {
        match self {
            Row::Sqlite(row) => row.get(position).map_err(Error::caused),
            Row::Postgres(row) => row.try_get(position).map_err(Error::caused),
        }
    }

    /// The field named `name`.
    pub fn named<T: Field>(&self, name: &str) -> Result<T> {
        match self {
            Row::Sqlite(row) => row.get(name).map_err(Error::caused),
            Row::Postgres(row) => row.try_get(name).map_err(Error::caused),
        }
    }

    /// Reads the fields one after the other, from the first.
    pub fn columns(&self) -> Columns<'_, 'r> {
        Columns { row: self, next: 0 }
    }
}

/// Reads a row field by field, in the order of the query's columns.
pub struct Columns<'a, 'r> {
    row: &'a Row<'r>,
    next: usize,
}

impl Columns<'_, '_> {
    /// The next field.
    #[expect(clippy::should_implement_trait, reason = "each call yields another type: it is no iterator")]
    #[inline]
    pub fn next<T: Field>(&mut self) -> Result<T> {
        let value = self.row.get(self.next)?;
        self.next += 1;
        Ok(value)
    }
}
