//! Migrations: one numbered series of plain SQL, forward only.
//!
//! They are written for PostgreSQL and translated for SQLite word by word: `BIGINT` and `BOOLEAN` become
//! `INTEGER`, `DOUBLE PRECISION` `REAL`, `BYTEA` `BLOB`, and tables become `STRICT`. A migration whose text
//! must differ carries both, with the reason beside it.

use super::{Db, Engine, Tx};
use crate::clock::Instant;
use crate::errors::{Error, Result};

/// One step of the schema.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Position in the series, unique over all crates.
    pub number: i64,
    /// What it does, for the log.
    pub name: &'static str,
    /// Statements both engines run, after translation.
    pub sql: &'static str,
    /// Statements only SQLite runs, afterwards.
    pub sqlite: &'static str,
    /// Statements only PostgreSQL runs, afterwards.
    pub postgres: &'static str,
}

impl Migration {
    /// A step that is the same on both engines.
    pub const fn new(number: i64, name: &'static str, sql: &'static str) -> Self {
        Self { number, name, sql, sqlite: "", postgres: "" }
    }

    /// Adds statements that differ by engine.
    #[must_use]
    pub const fn with(mut self, sqlite: &'static str, postgres: &'static str) -> Self {
        self.sqlite = sqlite;
        self.postgres = postgres;
        self
    }
}

/// All migrations in order.
#[derive(Clone, Debug)]
pub struct Plan(Vec<Migration>);

impl Plan {
    /// Sorts the migrations of all crates.
    ///
    /// # Errors
    /// Two migrations with one number.
    pub fn new(mut migrations: Vec<Migration>) -> Result<Self> {
        migrations.sort_by_key(|m| m.number);
        if let Some(pair) = migrations.windows(2).find(|pair| pair[0].number == pair[1].number) {
            return Err(Error::internal(format!("two migrations have number {}", pair[0].number)));
        }
        Ok(Self(migrations))
    }
}

/// A migration that was applied.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Applied {
    /// Its number.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// When.
    pub at: Instant,
}

const TABLE: &str = "CREATE TABLE IF NOT EXISTS schema_migrations (
    number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, at BIGINT NOT NULL)";

pub(super) fn applied(db: &Db) -> Result<Vec<Applied>> {
    db.write(|tx| {
        tx.batch(&translate(TABLE, tx.engine()))?;
        tx.query("SELECT number, name, at FROM schema_migrations ORDER BY number", &[], |row| {
            Ok(Applied { number: row.get(0)?, name: row.get(1)?, at: row.get(2)? })
        })
    })
}

pub(super) fn run(db: &Db, plan: &Plan) -> Result<Vec<Applied>> {
    let done = applied(db)?;
    // Each crate has its own range of numbers, so a newer one need not be the highest.
    if let Some(newer) = done.iter().find(|a| !plan.0.iter().any(|m| m.number == a.number)) {
        return Err(Error::internal(format!(
            "this database was migrated by a newer version of Bocal (migration {}: {}); use that version",
            newer.number, newer.name
        )));
    }
    let mut new = Vec::new();
    for migration in plan.0.iter().copied().filter(|m| !done.iter().any(|a| a.number == m.number)) {
        new.push(db.write(move |tx| apply(tx, &migration))?);
    }
    Ok(new)
}

fn apply(tx: &mut Tx<'_>, migration: &Migration) -> Result<Applied> {
    let engine = tx.engine();
    tx.batch(&translate(migration.sql, engine))?;
    tx.batch(if engine == Engine::Sqlite { migration.sqlite } else { migration.postgres })?;
    let at = tx.now();
    let checksum = crate::secrets::sha256_hex(migration.sql.as_bytes());
    tx.execute(
        "INSERT INTO schema_migrations (number, name, checksum, at) VALUES ($1, $2, $3, $4)",
        &[&migration.number, &migration.name, &checksum, &at],
    )?;
    Ok(Applied { number: migration.number, name: migration.name.to_owned(), at })
}

/// Translates the types of a migration for `engine`.
pub(super) fn translate(sql: &str, engine: Engine) -> String {
    if engine == Engine::Postgres {
        return sql.to_owned();
    }
    let mut out = String::with_capacity(sql.len() + 64);
    for statement in sql.split_inclusive(';') {
        let is_table = statement.contains("CREATE TABLE");
        let text = statement
            .replace("DOUBLE PRECISION", "REAL")
            .replace("BIGINT", "INTEGER")
            .replace("BOOLEAN", "INTEGER")
            .replace("BYTEA", "BLOB");
        match (is_table, text.rfind(')')) {
            (true, Some(end)) => {
                out.push_str(&text[..=end]);
                out.push_str(" STRICT");
                out.push_str(&text[end + 1..]);
            }
            _ => out.push_str(&text),
        }
    }
    out
}
