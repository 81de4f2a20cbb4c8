//! What stands in the way of filling tables in any order, taken away and put back: it is checked, or built, once
//! over all rows.

use crate::db::{Engine, Tx, quoted};
use crate::errors::{Error, Result};

const SQLITE_INDEXES: &str =
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name";
const POSTGRES_REFERENCES: &str = "SELECT CAST(c.conrelid AS regclass)::text, CAST(c.conname AS TEXT),
        pg_get_constraintdef(c.oid)
    FROM pg_constraint c WHERE c.contype = 'f' AND c.connamespace = CAST(current_schema() AS regnamespace)
    ORDER BY 1, 2";

/// Takes it away and tells how to put it back. SQLite checks no references in a file that is opened to be filled.
pub(super) fn take(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    match tx.engine() {
        Engine::Sqlite => {
            let indexes = tx.query(SQLITE_INDEXES, &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
            set_aside(tx, indexes, |(name, sql): (String, String)| {
                (format!("DROP INDEX {}", quoted(&name)), sql)
            })
        }
        Engine::Postgres => {
            let all =
                tx.query(POSTGRES_REFERENCES, &[], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            set_aside(tx, all, |(table, name, rule): (String, String, String)| {
                let (drop, add) = ("DROP CONSTRAINT", "ADD CONSTRAINT");
                let name = quoted(&name);
                (
                    format!("ALTER TABLE {table} {drop} {name}"),
                    format!("ALTER TABLE {table} {add} {name} {rule}"),
                )
            })
        }
    }
}

fn set_aside<T>(tx: &mut Tx<'_>, all: Vec<T>, ways: impl Fn(T) -> (String, String)) -> Result<Vec<String>> {
    let mut back = Vec::with_capacity(all.len());
    for one in all {
        let (away, again) = ways(one);
        tx.batch(&away)?;
        back.push(again);
    }
    Ok(back)
}

/// Puts it back; rows that refer to nothing are refused.
pub(super) fn put_back(tx: &mut Tx<'_>, back: &[String]) -> Result<()> {
    for again in back {
        tx.batch(again)?;
    }
    if tx.engine() == Engine::Postgres {
        return Ok(());
    }
    let orphan: Option<String> =
        tx.query_opt("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1", &[], |row| row.get(0))?;
    match orphan {
        None => Ok(()),
        Some(table) => Err(Error::internal(format!(
            "rows of {table} in this backup refer to rows that are not there; nothing was restored"
        ))),
    }
}
