//! Migrations: one numbered series of plain SQL, forward only.
//!
//! They are written for PostgreSQL and translated for SQLite word by word: `BIGINT` and `BOOLEAN` become
//! `INTEGER`, `DOUBLE PRECISION` `REAL`, `BYTEA` `BLOB`, and tables become `STRICT`. A migration whose text
//! must differ carries both, with the reason beside it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

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

    /// SHA-256 of the statements both engines run, as kept beside the applied migration.
    pub fn checksum(&self) -> String {
        crate::secrets::sha256_hex(self.sql.as_bytes())
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

    /// Names of the tables these steps make: what else lies in a database is somebody else's.
    pub fn tables(&self) -> BTreeSet<String> {
        let texts = self.0.iter().flat_map(|m| [m.sql, m.sqlite, m.postgres]);
        let mut names: BTreeSet<String> = texts.flat_map(made_by).collect();
        names.insert("schema_migrations".to_owned());
        names
    }

    /// The steps that made a database with these migrations.
    ///
    /// # Errors
    /// A migration that is unknown, or that has changed.
    pub fn steps_of(&self, done: &[Applied]) -> Result<Vec<Migration>> {
        pending(self, done)?;
        Ok(self.0.iter().copied().filter(|m| done.iter().any(|a| a.number == m.number)).collect())
    }
}

/// A migration that was applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// Its number.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// SHA-256 of its statements.
    pub checksum: String,
    /// When.
    pub at: Instant,
}

const TABLE: &str = "CREATE TABLE IF NOT EXISTS schema_migrations (
    number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, at BIGINT NOT NULL)";

impl Tx<'_> {
    /// Migrations already applied, oldest number first; none in a new database.
    pub fn applied(&mut self) -> Result<Vec<Applied>> {
        if !self.has_table("schema_migrations")? {
            return Ok(Vec::new());
        }
        self.query("SELECT number, name, checksum, at FROM schema_migrations ORDER BY number", &[], |row| {
            let mut c = row.columns();
            Ok(Applied { number: c.next()?, name: c.next()?, checksum: c.next()?, at: c.next()? })
        })
    }

    /// Applies migrations within this transaction.
    pub fn apply(&mut self, migrations: &[Migration]) -> Result<Vec<Applied>> {
        let table = translate(TABLE, self.engine());
        self.batch(&table)?;
        migrations.iter().map(|migration| apply(self, migration)).collect()
    }
}

/// What of `plan` is not among the migrations `done`.
///
/// # Errors
/// A database of a newer version, and one whose migrations are no longer the ones it was made with.
pub(super) fn pending(plan: &Plan, done: &[Applied]) -> Result<Vec<Migration>> {
    let step = |applied: &Applied| plan.0.iter().find(|m| m.number == applied.number);
    for applied in done {
        // Each crate has its own range of numbers, so a newer one need not be the highest.
        let Some(migration) = step(applied) else {
            return Err(Error::internal(format!(
                "this database was migrated by a newer version of Bocal (migration {}: {}); use that version",
                applied.number, applied.name
            )));
        };
        if migration.checksum() != applied.checksum {
            return Err(Error::internal(format!(
                "migration {} ({}) is not the one this database was made with: its text has changed since. Nothing \
                 was done; use the version of Bocal that made this database, or restore a backup of it",
                applied.number, applied.name
            )));
        }
    }
    Ok(plan.0.iter().copied().filter(|m| !done.iter().any(|a| a.number == m.number)).collect())
}

pub(super) fn run(db: &Db, plan: &Plan) -> Result<Vec<Applied>> {
    let done = db.applied()?;
    let wanted = pending(plan, &done)?;
    let Some(first) = wanted.first() else { return Ok(Vec::new()) };
    if !done.is_empty() {
        keep_a_copy(db, first.number)?;
    }
    let plan = plan.clone();
    // Another process may have applied them since; and all of them or none, so that whatever happens the schema is
    // the old one or the new one.
    db.write_alone(move |tx| {
        let done = tx.applied()?;
        let wanted = pending(&plan, &done)?;
        tx.apply(&wanted)
    })
}

/// Copies a SQLite database beside itself before migration `first`.
fn keep_a_copy(db: &Db, first: i64) -> Result<()> {
    let Some(file) = db.file() else {
        tracing::info!("PostgreSQL is migrated without a copy: a backup taken before is the way back");
        return Ok(());
    };
    let copy = super::file::name_before(file, first);
    super::file::copy(file, &copy)?;
    tracing::info!(copy = %copy.display(), "the database was copied before it is migrated");
    Ok(())
}

fn apply(tx: &mut Tx<'_>, migration: &Migration) -> Result<Applied> {
    let engine = tx.engine();
    tx.batch(&translate(migration.sql, engine))?;
    tx.batch(if engine == Engine::Sqlite { migration.sqlite } else { migration.postgres })?;
    let (at, checksum) = (tx.now(), migration.checksum());
    tx.execute(
        "INSERT INTO schema_migrations (number, name, checksum, at) VALUES ($1, $2, $3, $4)",
        &[&migration.number, &migration.name, &checksum, &at],
    )?;
    Ok(Applied { number: migration.number, name: migration.name.to_owned(), checksum, at })
}

/// Names after `CREATE TABLE` and `CREATE VIRTUAL TABLE`.
fn made_by(sql: &str) -> Vec<String> {
    let words: Vec<&str> = sql.split_whitespace().collect();
    let ends = |c: char| !(c.is_ascii_alphanumeric() || c == '_');
    let is_made = |at: usize| {
        let before = |n: usize| at.checked_sub(n).and_then(|at| words.get(at)).copied();
        words[at] == "TABLE" && (before(1) == Some("CREATE") || before(2) == Some("CREATE"))
    };
    let name = |at: usize| {
        let skipped = if words.get(at + 1) == Some(&"IF") { 4 } else { 1 };
        words.get(at + skipped).and_then(|word| word.split(ends).next()).map(str::to_owned)
    };
    (0..words.len()).filter(|at| is_made(*at)).filter_map(name).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_a_migration_makes_are_known_by_name() {
        let sql = "CREATE TABLE one (id BIGINT); CREATE INDEX i ON one (id);\nCREATE TABLE IF NOT EXISTS two(id BIGINT);
                   ALTER TABLE one ADD COLUMN more TEXT; CREATE VIRTUAL TABLE three USING fts5(text)";
        assert_eq!(made_by(sql), ["one", "two", "three"]);
    }
}
