//! Clocks of cases: what is due for a warning, what is worked out again, and the rules they begin by.

use kernel::db::Row;
use kernel::{Id, Instant, Result, Tx};

use super::rows::{COLUMNS, clock, read};
use super::steps::add_step;
use crate::cases::model::{Case, Detail, Phase, RunningClock, StepKind};
use crate::cases::rules::{self, CaseRules};

/// The rules that hold, and since when; the usual ones where none were decided.
pub fn case_rules(tx: &mut Tx<'_>) -> Result<(CaseRules, Option<(Instant, String)>)> {
    let found =
        tx.query_opt("SELECT rules, at, actor_name FROM case_rules ORDER BY id DESC LIMIT 1", &[], |row| {
            Ok((row.get::<String>(0)?, row.get(1)?, row.get(2)?))
        })?;
    match found {
        Some((text, at, by)) => Ok((serde_json::from_str(&text)?, Some((at, by)))),
        None => Ok((CaseRules::default(), None)),
    }
}

/// Version of the rules that hold: each decision has its own; 0 where none was made.
pub fn rules_version(tx: &mut Tx<'_>) -> Result<i64> {
    tx.query_one("SELECT COALESCE(MAX(id), 0) FROM case_rules", &[], |row| row.get(0))
}

/// Decides new rules; the former ones stay on record.
pub fn decide_rules(tx: &mut Tx<'_>, by: &str, rules: &CaseRules) -> Result<()> {
    let (id, now, text) = (tx.new_id(), tx.now(), serde_json::to_string(rules)?);
    tx.execute(
        "INSERT INTO case_rules (id, at, actor_name, rules) VALUES ($1, $2, $3, $4)",
        &[&id, &now, &by, &text],
    )?;
    Ok(())
}

/// Open cases whose next warning is due, the most urgent first.
pub fn to_warn(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Case>> {
    let now = tx.now();
    let sql =
        format!("SELECT {COLUMNS} FROM cases c WHERE c.alert_at <= $1 ORDER BY c.alert_at, c.id LIMIT $2");
    tx.query(&sql, &[&now, &limit], read)
}

/// Notes up to which stage a case was warned about. The case keeps its version: nobody's form is disturbed by it.
pub fn set_alerted(tx: &mut Tx<'_>, case: &Case, alerted: i64) -> Result<bool> {
    let alert_at = rules::next_alert(&case.clock, alerted);
    let done = tx.execute(
        "UPDATE cases SET alerted = $2, alert_at = $3 WHERE id = $1 AND version = $4",
        &[&case.id, &alerted, &alert_at, &case.version],
    )?;
    Ok(done == 1)
}

/// A clock to be worked out again.
pub struct Clocked {
    /// The case.
    pub id: Id,
    /// When it was opened.
    pub opened_at: Instant,
    /// Its clock.
    pub clock: RunningClock,
    /// When it was due before it was worked out again.
    pub due_before: Instant,
    /// Warned about so far.
    pub alerted: i64,
    /// Version of the case the clock was read at.
    pub version: i64,
}

const CLOCK: &str =
    "id, opened_at, phase, clock_from, minutes, counting, extended_to, half_at, soon_at, due_at,
     clock_rule, alerted, version";

/// How many clocks run.
pub fn running_count(tx: &mut Tx<'_>) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM cases WHERE closed_at IS NULL AND phase IN ('contact', 'answer')";
    tx.query_one(sql, &[], |row| row.get(0))
}

/// Clocks that run in a phase, of the cases after `after` in the order of their identifiers, in which rows lie.
pub fn running(tx: &mut Tx<'_>, phase: Phase, after: Id, limit: i64) -> Result<Vec<Clocked>> {
    let sql = format!(
        "SELECT {CLOCK} FROM cases WHERE closed_at IS NULL AND phase = $1 AND id > $2 ORDER BY id LIMIT $3"
    );
    tx.query(&sql, &[&phase.name(), &after, &limit], clocked)
}

/// The clocks of some cases, where they still run.
pub fn clocks(tx: &mut Tx<'_>, cases: &[Id]) -> Result<Vec<Clocked>> {
    let mut found = Vec::with_capacity(cases.len());
    let before = format!("SELECT {CLOCK} FROM cases WHERE id IN (");
    tx.each_in(&before, ") AND closed_at IS NULL AND phase <> 'over'", cases, |row| {
        found.push(clocked(row)?);
        Ok(())
    })?;
    Ok(found)
}

fn clocked(row: &Row<'_>) -> Result<Clocked> {
    let mut c = row.columns();
    let (id, opened_at) = (c.next()?, c.next()?);
    let clock = clock(&mut c)?;
    let due_before = clock.times.due_at;
    Ok(Clocked { id, opened_at, clock, due_before, alerted: c.next()?, version: c.next()? })
}

/// Sets a clock that was worked out again, unless the case changed or was warned about since it was read. The case
/// keeps its version: nobody's form is disturbed by it. What is due at another time is noted on the case.
pub fn set_clock(tx: &mut Tx<'_>, clocked: &Clocked) -> Result<bool> {
    let (times, alert_at) = (&clocked.clock.times, rules::next_alert(&clocked.clock, clocked.alerted));
    // A promise moves what is due, not whether the first contact came in time.
    let is_first = clocked.clock.phase == Phase::Contact && clocked.clock.extended_to.is_none();
    // Only then is the index of the boards touched.
    let first = if is_first { ", contact_due_at = CAST($4 AS BIGINT)" } else { "" };
    let sql = format!(
        "UPDATE cases SET half_at = $2, soon_at = $3, due_at = $4, queue_at = CAST($4 AS BIGINT), clock_rule = $5,
             alert_at = $6{first} WHERE id = $1 AND version = $7 AND alerted = $8"
    );
    let done = tx.execute(
        &sql,
        &[
            &clocked.id,
            &times.half_at,
            &times.soon_at,
            &times.due_at,
            &times.rule.name(),
            &alert_at,
            &clocked.version,
            &clocked.alerted,
        ],
    )?;
    if done == 1 && times.due_at != clocked.due_before {
        let detail = Detail { until: Some(times.due_at), ..Detail::default() };
        add_step(tx, clocked.id, StepKind::Rescheduled, "", "", &detail)?;
    }
    Ok(done == 1)
}
