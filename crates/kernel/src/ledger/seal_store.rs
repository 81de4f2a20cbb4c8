//! Every query about seals.

use super::seals::{Head, Seal};
use crate::clock::Instant;
use crate::db::{Engine, Param, Tx};
use crate::errors::Result;
use crate::ids::Id;
use crate::secrets;

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

/// Every column of an event as a JSON array on one line, what it holds as a digest: what its seal is computed over.
/// `visit` also hears whether what it held was erased.
pub(super) fn each_event(
    tx: &mut Tx<'_>,
    after: Id,
    last: Id,
    limit: i64,
    mut visit: impl FnMut(Id, &[u8], bool) -> bool,
) -> Result<()> {
    let mut line = Vec::new();
    tx.each(
        "SELECT e.id, e.at, e.actor_kind, e.actor_id, e.actor_name, e.kind, e.subject_kind, e.subject_id, e.before,
                e.after, x.digest
         FROM events e LEFT JOIN erased_events x ON x.event_id = e.id
         WHERE e.id > $1 AND e.id <= $2 ORDER BY e.id LIMIT $3",
        &[&after, &last, &limit],
        |row| {
            let mut c = row.columns();
            let id: i64 = c.next()?;
            let head = (
                c.next::<i64>()?,
                c.next::<String>()?,
                c.next::<Option<i64>>()?,
                c.next::<String>()?,
                c.next::<String>()?,
                c.next::<String>()?,
                c.next::<i64>()?,
            );
            let (before, after): (Option<String>, Option<String>) = (c.next()?, c.next()?);
            // Only what is gone may be stood for by its digest.
            let erased = c.next::<Option<String>>()?.filter(|_| before.is_none() && after.is_none());
            let is_erased = erased.is_some();
            let held = match erased {
                Some(digest) => digest,
                None => held(before.as_deref(), after.as_deref())?,
            };
            line.clear();
            serde_json::to_writer(&mut line, &(id, head, held))?;
            line.push(b'\n');
            Ok(visit(Id(id), &line, is_erased))
        },
    )
}

/// Digest of what an event holds.
fn held(before: Option<&str>, after: Option<&str>) -> Result<String> {
    Ok(secrets::hex(&secrets::sha256(&[&serde_json::to_vec(&(before, after))?])))
}

/// Takes away what the events about a subject hold; what happened, when and by whom stays. Returns how many events
/// held something.
pub(super) fn erase(tx: &mut Tx<'_>, subject: Id) -> Result<i64> {
    let holding: Vec<(Id, String)> = tx.query(
        "SELECT id, before, after FROM events
         WHERE subject_id = $1 AND (before IS NOT NULL OR after IS NOT NULL) ORDER BY id",
        &[&subject],
        |row| {
            let (before, after): (Option<String>, Option<String>) = (row.get(1)?, row.get(2)?);
            Ok((row.get(0)?, held(before.as_deref(), after.as_deref())?))
        },
    )?;
    let values: Vec<&dyn Param> =
        holding.iter().flat_map(|(id, digest)| [id as &dyn Param, digest as &dyn Param]).collect();
    let then = "ON CONFLICT (event_id) DO NOTHING";
    tx.insert_many("INSERT INTO erased_events (event_id, digest) VALUES", then, 2, &values)?;
    tx.execute("UPDATE events SET before = NULL, after = NULL WHERE subject_id = $1", &[&subject])?;
    Ok(i64::try_from(holding.len()).unwrap_or(i64::MAX))
}

pub(super) fn first_after(tx: &mut Tx<'_>, after: Id) -> Result<Option<Instant>> {
    tx.query_opt("SELECT at FROM events WHERE id > $1 ORDER BY id LIMIT 1", &[&after], |row| row.get(0))
}
