//! Every query of the queue.

use serde_json::Value;

use super::{Job, LEASE, State, Step};
use crate::clock::Instant;
use crate::db::{Row, Tx};
use crate::errors::Result;
use crate::ids::Id;

const COLUMNS: &str =
    "id, name, subject_id, payload, state, cancel, created_by, created_at, due_at, started_at,
     ended_at, attempts, done, total, checkpoint, error";

fn read(row: &Row<'_>) -> Result<Job> {
    let mut c = row.columns();
    Ok(Job {
        id: c.next()?,
        name: c.next()?,
        subject: c.next()?,
        payload: serde_json::from_str(&c.next::<String>()?)?,
        state: State::parse(&c.next::<String>()?)?,
        cancel: c.next()?,
        created_by: c.next()?,
        created_at: c.next()?,
        due_at: c.next()?,
        started_at: c.next()?,
        ended_at: c.next()?,
        attempts: c.next()?,
        done: c.next()?,
        total: c.next()?,
        checkpoint: serde_json::from_str(&c.next::<String>()?)?,
        error: c.next()?,
    })
}

#[expect(clippy::too_many_arguments, reason = "one row, written in one place")]
pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: Id,
    name: &str,
    subject: Option<Id>,
    payload: &Value,
    created_by: &str,
    due_at: Instant,
    dedupe: Option<&str>,
) -> Result<bool> {
    let now = tx.now();
    let payload = payload.to_string();
    let inserted = tx.execute(
        "INSERT INTO jobs (id, name, subject_id, payload, state, cancel, dedupe, created_by, created_at, due_at,
                           lease_until, attempts, done, total, checkpoint)
         VALUES ($1, $2, $3, $4, 'waiting', FALSE, $5, $6, $7, $8, 0, 0, 0, 0, 'null')
         ON CONFLICT (dedupe) DO NOTHING",
        &[&id, &name, &subject, &payload, &dedupe, &created_by, &now, &due_at],
    )?;
    Ok(inserted == 1)
}

/// One job.
pub fn job(tx: &mut Tx<'_>, id: Id) -> Result<Job> {
    tx.query_one(&format!("SELECT {COLUMNS} FROM jobs WHERE id = $1"), &[&id], read)
}

/// The latest job that works on `subject`.
pub fn of_subject(tx: &mut Tx<'_>, subject: Id) -> Result<Option<Job>> {
    let sql = format!("SELECT {COLUMNS} FROM jobs WHERE subject_id = $1 ORDER BY id DESC LIMIT 1");
    tx.query_opt(&sql, &[&subject], read)
}

/// Jobs before `before`, newest first.
pub fn list(tx: &mut Tx<'_>, before: Option<Id>, limit: i64) -> Result<Vec<Job>> {
    let before = before.unwrap_or(Id(i64::MAX));
    let sql = format!("SELECT {COLUMNS} FROM jobs WHERE id < $1 ORDER BY id DESC LIMIT $2");
    tx.query(&sql, &[&before, &limit], read)
}

/// The same without what the program gives itself again and again, as long as it goes well.
pub fn list_but_routine(tx: &mut Tx<'_>, before: Option<Id>, limit: i64) -> Result<Vec<Job>> {
    let before = before.unwrap_or(Id(i64::MAX));
    // Word for word as the index says it: with a parameter, it would not be used.
    let sql = format!(
        "SELECT {COLUMNS} FROM jobs
         WHERE id < $1 AND (created_by <> '{}' OR state NOT IN ('waiting', 'running', 'done'))
         ORDER BY id DESC LIMIT $2",
        super::RECURRING
    );
    tx.query(&sql, &[&before, &limit], read)
}

/// Jobs asked for under this name before `before`, newest first.
pub fn list_by(tx: &mut Tx<'_>, created_by: &str, before: Option<Id>, limit: i64) -> Result<Vec<Job>> {
    let before = before.unwrap_or(Id(i64::MAX));
    let sql =
        format!("SELECT {COLUMNS} FROM jobs WHERE created_by = $1 AND id < $2 ORDER BY id DESC LIMIT $3");
    tx.query(&sql, &[&created_by, &before, &limit], read)
}

/// Whether a job waits that is due, or one runs whose worker shows no sign of life.
pub(super) fn any_due(tx: &mut Tx<'_>) -> Result<bool> {
    let now = tx.now();
    let found: Option<Id> = tx.query_opt(
        "SELECT id FROM jobs WHERE (state = 'waiting' AND due_at <= $1) OR (state = 'running' AND lease_until < $1)
         LIMIT 1",
        &[&now],
        |row| row.get(0),
    )?;
    Ok(found.is_some())
}

/// Takes the next due job for a worker, or one whose worker shows no sign of life.
pub(super) fn claim(tx: &mut Tx<'_>) -> Result<Option<Job>> {
    let now = tx.now();
    let lease = now.plus(LEASE);
    let sql = format!(
        "UPDATE jobs SET state = 'running', attempts = attempts + 1, lease_until = $2,
                         started_at = COALESCE(started_at, $1)
         WHERE id = (SELECT id FROM jobs
                     WHERE (state = 'waiting' AND due_at <= $1) OR (state = 'running' AND lease_until < $1)
                     ORDER BY due_at, id LIMIT 1)
         RETURNING {COLUMNS}"
    );
    tx.query_opt(&sql, &[&now, &lease], read)
}

/// Whether the worker of this attempt may go on.
pub(super) fn still_held(tx: &mut Tx<'_>, id: Id, attempt: i64) -> Result<bool> {
    let found: Option<Id> = tx.query_opt(
        "SELECT id FROM jobs WHERE id = $1 AND state = 'running' AND attempts = $2 AND cancel = FALSE",
        &[&id, &attempt],
        |row| row.get(0),
    )?;
    Ok(found.is_some())
}

pub(super) fn advance(tx: &mut Tx<'_>, id: Id, step: &Step) -> Result<()> {
    let lease = tx.now().plus(LEASE);
    let checkpoint = step.checkpoint.to_string();
    tx.execute(
        "UPDATE jobs SET done = $2, total = $3, checkpoint = $4, lease_until = $5 WHERE id = $1",
        &[&id, &step.done, &step.total, &checkpoint, &lease],
    )?;
    Ok(())
}

pub(super) fn end(tx: &mut Tx<'_>, id: Id, attempt: i64, state: State, error: Option<&str>) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "UPDATE jobs SET state = $3, ended_at = $4, error = $5, dedupe = NULL
         WHERE id = $1 AND attempts = $2 AND state = 'running'",
        &[&id, &attempt, &state.name(), &now, &error],
    )?;
    Ok(())
}

pub(super) fn postpone(tx: &mut Tx<'_>, id: Id, attempt: i64, due_at: Instant, error: &str) -> Result<()> {
    tx.execute(
        "UPDATE jobs SET state = 'waiting', due_at = $3, error = $4
         WHERE id = $1 AND attempts = $2 AND state = 'running'",
        &[&id, &attempt, &due_at, &error],
    )?;
    Ok(())
}

/// Gives a job back to whoever comes next, as if this attempt had not been.
pub(super) fn release(tx: &mut Tx<'_>, id: Id, attempt: i64) -> Result<()> {
    tx.execute(
        "UPDATE jobs SET state = 'waiting', attempts = attempts - 1, lease_until = 0
         WHERE id = $1 AND attempts = $2 AND state = 'running'",
        &[&id, &attempt],
    )?;
    Ok(())
}

/// Asks a job to stop; one that has not begun is stopped at once. Returns whether it could be.
pub fn cancel(tx: &mut Tx<'_>, id: Id) -> Result<bool> {
    let now = tx.now();
    let waiting = tx.execute(
        "UPDATE jobs SET state = 'cancelled', cancel = TRUE, ended_at = $2, dedupe = NULL
         WHERE id = $1 AND state = 'waiting'",
        &[&id, &now],
    )?;
    let running = tx.execute("UPDATE jobs SET cancel = TRUE WHERE id = $1 AND state = 'running'", &[&id])?;
    Ok(waiting + running > 0)
}

/// Tries a job that failed or was stopped again, from where it stood.
pub fn retry(tx: &mut Tx<'_>, id: Id) -> Result<bool> {
    let now = tx.now();
    let changed = tx.execute(
        "UPDATE jobs SET state = 'waiting', cancel = FALSE, attempts = 0, due_at = $2, ended_at = NULL, error = NULL
         WHERE id = $1 AND state IN ('failed', 'cancelled')",
        &[&id, &now],
    )?;
    Ok(changed == 1)
}

/// Removes recurring jobs that went well and ended before `before`.
pub fn sweep(tx: &mut Tx<'_>, before: Instant) -> Result<u64> {
    tx.execute(
        "DELETE FROM jobs WHERE created_by = $1 AND state = 'done' AND ended_at < $2",
        &[&super::RECURRING, &before],
    )
}

/// How the queue stands, for whoever watches it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// Jobs that wait or run.
    pub open: i64,
    /// Jobs given up.
    pub failed: i64,
    /// When the first of those that wait was due.
    pub oldest_due: Option<Instant>,
}

/// How the queue stands.
pub fn queue(tx: &mut Tx<'_>) -> Result<Queue> {
    tx.query_one(
        "SELECT COUNT(*) FILTER (WHERE state <> 'failed'), COUNT(*) FILTER (WHERE state = 'failed'),
                MIN(due_at) FILTER (WHERE state = 'waiting')
         FROM jobs WHERE state IN ('waiting', 'running', 'failed')",
        &[],
        |row| Ok(Queue { open: row.get(0)?, failed: row.get(1)?, oldest_due: row.get(2)? }),
    )
}

/// Jobs that are neither done, failed nor stopped.
pub fn open(tx: &mut Tx<'_>) -> Result<i64> {
    tx.query_one("SELECT COUNT(*) FROM jobs WHERE state IN ('waiting', 'running')", &[], |row| row.get(0))
}

/// When a recurring job of this name was last queued.
pub(super) fn last_queued(tx: &mut Tx<'_>, name: &str) -> Result<Option<Instant>> {
    tx.query_opt("SELECT created_at FROM jobs WHERE name = $1 ORDER BY id DESC LIMIT 1", &[&name], |row| {
        row.get(0)
    })
}
