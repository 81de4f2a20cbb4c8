//! Every query about seals.

use super::seals::{Head, Seal};
use crate::clock::Instant;
use crate::db::{Engine, Tx};
use crate::errors::Result;
use crate::ids::Id;

pub(super) type Kept = Seal;

/// PostgreSQL lets changes run beside each other: an event of one that is still open may carry an identifier as old
/// as its beginning. SQLite has one change at a time, and it is the one that asks.
const OLDEST_OPEN: &str = "SELECT CAST(EXTRACT(EPOCH FROM MIN(xact_start)) * 1000000 AS BIGINT)
    FROM pg_stat_activity WHERE datname = current_database()";

pub(super) fn oldest_open_change(tx: &mut Tx<'_>) -> Result<Option<Instant>> {
    match tx.engine() {
        Engine::Sqlite => Ok(None),
        Engine::Postgres => tx.query_one(OLDEST_OPEN, &[], |row| row.get(0)),
    }
}

pub(super) fn head(tx: &mut Tx<'_>) -> Result<Head> {
    let last = tx.query_opt(
        "SELECT id, last_event, sha256 FROM ledger_seals ORDER BY id DESC LIMIT 1",
        &[],
        |row| Ok(Head { seals: row.get(0)?, last_event: Some(row.get(1)?), sha256: row.get(2)? }),
    )?;
    Ok(last.unwrap_or_default())
}

pub(super) fn insert(tx: &mut Tx<'_>, seal: &Seal) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO ledger_seals (id, first_event, last_event, count, marks, sha256, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[&seal.id, &seal.first, &seal.last, &seal.count, &seal.marks, &seal.sha256, &now],
    )?;
    Ok(())
}

pub(super) fn first_seal_after(tx: &mut Tx<'_>, id: i64) -> Result<Option<Kept>> {
    tx.query_opt(
        "SELECT id, first_event, last_event, count, marks, sha256 FROM ledger_seals WHERE id > $1
         ORDER BY id LIMIT 1",
        &[&id],
        |row| {
            let mut c = row.columns();
            Ok(Seal {
                id: c.next()?,
                first: c.next()?,
                last: c.next()?,
                count: c.next()?,
                marks: c.next()?,
                sha256: c.next()?,
            })
        },
    )
}

/// Every column of an event as a JSON array on one line: what its seal is computed over.
pub(super) fn each_event(
    tx: &mut Tx<'_>,
    after: Id,
    last: Id,
    limit: i64,
    mut visit: impl FnMut(Id, &[u8]) -> bool,
) -> Result<()> {
    let mut line = Vec::new();
    tx.each(
        "SELECT id, at, actor_kind, actor_id, actor_name, kind, subject_kind, subject_id, before, after
         FROM events WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3",
        &[&after, &last, &limit],
        |row| {
            let mut c = row.columns();
            let id: i64 = c.next()?;
            let event = (
                id,
                c.next::<i64>()?,
                c.next::<String>()?,
                c.next::<Option<i64>>()?,
                c.next::<String>()?,
                c.next::<String>()?,
                c.next::<String>()?,
                c.next::<i64>()?,
                c.next::<Option<String>>()?,
                c.next::<Option<String>>()?,
            );
            line.clear();
            serde_json::to_writer(&mut line, &event)?;
            line.push(b'\n');
            Ok(visit(Id(id), &line))
        },
    )
}

pub(super) fn first_after(tx: &mut Tx<'_>, after: Id) -> Result<Option<Instant>> {
    tx.query_opt("SELECT at FROM events WHERE id > $1 ORDER BY id LIMIT 1", &[&after], |row| row.get(0))
}
