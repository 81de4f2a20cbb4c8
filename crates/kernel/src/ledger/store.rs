//! Every query of the ledger.

use std::collections::HashMap;

use super::{Event, Recorded};
use crate::clock::Instant;
use crate::db::{Param, Row, Tx};
use crate::errors::Result;
use crate::identity::Actor;
use crate::ids::Id;

pub(super) fn insert(tx: &mut Tx<'_>, id: Id, by: &Actor, event: &Event) -> Result<()> {
    let at = tx.now();
    tx.execute(
        "INSERT INTO events (id, at, actor_kind, actor_id, actor_name, kind, subject_kind, subject_id,
                             before, after)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[
            &id,
            &at,
            &by.kind.name(),
            &by.kind.id(),
            &by.name,
            &event.kind,
            &event.subject_kind,
            &event.subject,
            &event.before,
            &event.after,
        ],
    )?;
    Ok(())
}

pub(super) fn insert_all(tx: &mut Tx<'_>, by: &Actor, events: &[(Id, &Event)]) -> Result<()> {
    let (at, actor_kind, actor_id) = (tx.now(), by.kind.name(), by.kind.id());
    let mut values: Vec<&dyn Param> = Vec::with_capacity(events.len() * 10);
    for (id, event) in events {
        values.extend([id as &dyn Param, &at, &actor_kind, &actor_id, &by.name]);
        values.extend([&event.kind as &dyn Param, &event.subject_kind, &event.subject]);
        values.extend([&event.before as &dyn Param, &event.after]);
    }
    let into = "INSERT INTO events (id, at, actor_kind, actor_id, actor_name, kind, subject_kind, subject_id,
                                    before, after) VALUES";
    tx.insert_many(into, "", 10, &values).map(drop)
}

pub(super) fn queue(tx: &mut Tx<'_>, subscription: &str, event: Id, subject: Id) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO event_deliveries (subscription, event_id, subject_id, due_at, attempts, failed)
         VALUES ($1, $2, $3, $4, 0, FALSE)",
        &[&subscription, &event, &subject, &now],
    )?;
    Ok(())
}

const COLUMNS: &str =
    "id, at, actor_kind, actor_id, actor_name, kind, subject_kind, subject_id, before, after";

fn read(row: &Row<'_>) -> Result<Recorded> {
    let mut c = row.columns();
    Ok(Recorded {
        id: c.next()?,
        at: c.next()?,
        actor_kind: c.next()?,
        actor_id: c.next()?,
        actor_name: c.next()?,
        kind: c.next()?,
        subject_kind: c.next()?,
        subject: c.next()?,
        before: json(c.next()?)?,
        after: json(c.next()?)?,
    })
}

fn json(text: Option<String>) -> Result<Option<serde_json::Value>> {
    Ok(text.map(|t| serde_json::from_str(&t)).transpose()?)
}

/// One event.
pub fn event(tx: &mut Tx<'_>, id: Id) -> Result<Recorded> {
    tx.query_one(&format!("SELECT {COLUMNS} FROM events WHERE id = $1"), &[&id], read)
}

/// Events by their identifiers; each is given once.
pub(super) fn events(tx: &mut Tx<'_>, ids: &[Id]) -> Result<HashMap<Id, Recorded>> {
    let mut found = HashMap::with_capacity(ids.len());
    let before = format!("SELECT {COLUMNS} FROM events WHERE id IN (");
    tx.each_in(&before, ")", ids, |row| {
        let event = read(row)?;
        found.insert(event.id, event);
        Ok(())
    })?;
    Ok(found)
}

/// What to look for in the ledger; an empty text means anything.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Beginning of the kind: `customer` or `customer.created`.
    pub kind: String,
    /// One subject.
    pub subject: Option<Id>,
    /// One person or token.
    pub actor: Option<Id>,
    /// Only events before this one (the next page).
    pub before: Option<Id>,
}

/// Events that match, newest first.
pub fn list(tx: &mut Tx<'_>, filter: &Filter, limit: i64) -> Result<Vec<Recorded>> {
    let last = filter.before.unwrap_or(Id(i64::MAX));
    let upper = format!("{}\u{10ffff}", filter.kind);
    // Each shape has its own text, so that each uses its own index.
    if let Some(subject) = filter.subject {
        let sql = format!(
            "SELECT {COLUMNS} FROM events WHERE subject_id = $1 AND id < $2 AND kind >= $3 AND kind < $4
             ORDER BY id DESC LIMIT $5"
        );
        return tx.query(&sql, &[&subject, &last, &filter.kind, &upper, &limit], read);
    }
    if let Some(actor) = filter.actor {
        let sql = format!(
            "SELECT {COLUMNS} FROM events WHERE actor_id = $1 AND id < $2 AND kind >= $3 AND kind < $4
             ORDER BY id DESC LIMIT $5"
        );
        return tx.query(&sql, &[&actor, &last, &filter.kind, &upper, &limit], read);
    }
    if filter.kind.is_empty() {
        let sql = format!("SELECT {COLUMNS} FROM events WHERE id < $1 ORDER BY id DESC LIMIT $2");
        return tx.query(&sql, &[&last, &limit], read);
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM events WHERE kind >= $1 AND kind < $2 AND id < $3 ORDER BY id DESC LIMIT $4"
    );
    tx.query(&sql, &[&filter.kind, &upper, &last, &limit], read)
}

/// A delivery that waits.
#[derive(Clone)]
pub(super) struct Waiting {
    pub(super) subscription: String,
    pub(super) event: Id,
    pub(super) attempts: i64,
}

/// Deliveries that are due and have no earlier one waiting for the same subscription and subject, the longest due
/// first: in the order of the index, so that a look into a long queue reads its head alone.
pub(super) fn due(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Waiting>> {
    let now = tx.now();
    tx.query(
        "SELECT d.subscription, d.event_id, d.attempts FROM event_deliveries d
         WHERE d.failed = FALSE AND d.due_at <= $1
           AND NOT EXISTS (SELECT 1 FROM event_deliveries e
                           WHERE e.subscription = d.subscription AND e.subject_id = d.subject_id
                             AND e.failed = FALSE AND e.event_id < d.event_id)
         ORDER BY d.due_at, d.event_id LIMIT $2",
        &[&now, &limit],
        |row| Ok(Waiting { subscription: row.get(0)?, event: row.get(1)?, attempts: row.get(2)? }),
    )
}

/// Takes deliveries of a subscription off the queue; returns how many were still there.
pub(super) fn take(tx: &mut Tx<'_>, subscription: &str, events: &[Id]) -> Result<u64> {
    let before = "DELETE FROM event_deliveries WHERE subscription = $1 AND event_id IN (";
    tx.execute_in(before, &[&subscription], ")", events)
}

/// Takes one off the queue, if it is still there and was not tried since.
pub(super) fn take_as_looked_for(tx: &mut Tx<'_>, waiting: &Waiting) -> Result<bool> {
    let sql = "DELETE FROM event_deliveries
               WHERE subscription = $1 AND event_id = $2 AND attempts = $3 AND failed = FALSE";
    Ok(tx.execute(sql, &[&waiting.subscription, &waiting.event, &waiting.attempts])? == 1)
}

pub(super) fn postpone(
    tx: &mut Tx<'_>,
    waiting: &Waiting,
    due_at: Instant,
    failed: bool,
    error: &str,
) -> Result<()> {
    tx.execute(
        "UPDATE event_deliveries SET attempts = attempts + 1, due_at = $3, failed = $4, last_error = $5
         WHERE subscription = $1 AND event_id = $2",
        &[&waiting.subscription, &waiting.event, &due_at, &failed, &error],
    )?;
    Ok(())
}

/// A delivery that gave up, for the administrator.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Failed {
    /// Which subscription.
    pub subscription: String,
    /// Which event.
    pub event: Id,
    /// What kind of event.
    pub kind: String,
    /// How often it was tried.
    pub attempts: i64,
    /// What went wrong the last time.
    pub error: Option<String>,
}

/// Deliveries that gave up, oldest first.
pub fn failed(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Failed>> {
    tx.query(
        "SELECT d.subscription, d.event_id, e.kind, d.attempts, d.last_error
         FROM event_deliveries d JOIN events e ON e.id = d.event_id
         WHERE d.failed = TRUE ORDER BY d.event_id LIMIT $1",
        &[&limit],
        |row| {
            let mut c = row.columns();
            Ok(Failed {
                subscription: c.next()?,
                event: c.next()?,
                kind: c.next()?,
                attempts: c.next()?,
                error: c.next()?,
            })
        },
    )
}

/// Tries failed deliveries again from now on.
pub fn retry_failed(tx: &mut Tx<'_>) -> Result<u64> {
    let now = tx.now();
    tx.execute(
        "UPDATE event_deliveries SET failed = FALSE, attempts = 0, due_at = $1 WHERE failed = TRUE",
        &[&now],
    )
}

/// Number of deliveries that wait.
pub fn waiting(tx: &mut Tx<'_>) -> Result<i64> {
    tx.query_one("SELECT COUNT(*) FROM event_deliveries WHERE failed = FALSE", &[], |row| row.get(0))
}

/// How deliveries stand, for whoever watches them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deliveries {
    /// Deliveries that wait.
    pub waiting: i64,
    /// Deliveries that gave up.
    pub failed: i64,
    /// When the first of those that wait was due.
    pub oldest_due: Option<Instant>,
}

/// How deliveries stand.
pub fn deliveries(tx: &mut Tx<'_>) -> Result<Deliveries> {
    tx.query_one(
        "SELECT COUNT(*) FILTER (WHERE failed = FALSE), COUNT(*) FILTER (WHERE failed = TRUE),
                MIN(due_at) FILTER (WHERE failed = FALSE)
         FROM event_deliveries",
        &[],
        |row| Ok(Deliveries { waiting: row.get(0)?, failed: row.get(1)?, oldest_due: row.get(2)? }),
    )
}

/// When the newest event happened.
pub fn newest(tx: &mut Tx<'_>) -> Result<Option<Instant>> {
    tx.query_opt("SELECT at FROM events ORDER BY id DESC LIMIT 1", &[], |row| row.get(0))
}
