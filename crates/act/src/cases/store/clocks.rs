//! Clocks of cases: what is due for a warning, what is worked out again, and the rules they begin by.

use kernel::{Id, Instant, Result, Tx};

use super::rows::{COLUMNS, read};
use crate::cases::model::{Case, Phase, RunningClock};
use crate::cases::rules::{self, CaseRules};
use crate::clocks::{Counting, Rule, Times};

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
    /// Its clock.
    pub clock: RunningClock,
    /// Warned about so far.
    pub alerted: i64,
}

/// Cases whose clock runs, after `after`, in order.
pub fn running(tx: &mut Tx<'_>, after: Id) -> Result<Vec<Id>> {
    // Told by phase and put in order here: in the order of identifiers, SQLite would walk through every closed case.
    let mut found = tx.query(
        "SELECT id FROM cases WHERE closed_at IS NULL AND phase IN ('contact', 'answer') AND id > $1",
        &[&after],
        |row| row.get(0),
    )?;
    found.sort_unstable();
    Ok(found)
}

/// The clocks of some cases, where they still run.
pub fn clocks(tx: &mut Tx<'_>, cases: &[Id]) -> Result<Vec<Clocked>> {
    let before =
        "SELECT id, phase, clock_from, minutes, counting, extended_to, half_at, soon_at, due_at, clock_rule,
                         alerted
                  FROM cases WHERE id IN (";
    let mut found = Vec::with_capacity(cases.len());
    tx.each_in(before, ") AND closed_at IS NULL AND phase <> 'over'", cases, |row| {
        let mut c = row.columns();
        found.push(Clocked {
            id: c.next()?,
            clock: RunningClock {
                phase: Phase::parse(&c.next::<String>()?)?,
                from: c.next()?,
                minutes: c.next()?,
                counting: Counting::parse(&c.next::<String>()?)?,
                extended_to: c.next()?,
                times: Times {
                    half_at: c.next()?,
                    soon_at: c.next()?,
                    due_at: c.next()?,
                    rule: Rule::parse(&c.next::<String>()?)?,
                },
            },
            alerted: c.next()?,
        });
        Ok(())
    })?;
    Ok(found)
}

/// Sets a clock that was worked out again. The case keeps its version: nobody's form is disturbed by it.
pub fn set_clock(tx: &mut Tx<'_>, clocked: &Clocked) -> Result<()> {
    let (times, alert_at) = (&clocked.clock.times, rules::next_alert(&clocked.clock, clocked.alerted));
    // A promise moves what is due, not whether the first contact came in time.
    let is_first = clocked.clock.phase == Phase::Contact && clocked.clock.extended_to.is_none();
    tx.execute(
        "UPDATE cases SET half_at = $2, soon_at = $3, due_at = $4, queue_at = CAST($4 AS BIGINT), clock_rule = $5, alert_at = $6,
             contact_due_at = CASE WHEN $7 THEN CAST($4 AS BIGINT) ELSE contact_due_at END
         WHERE id = $1",
        &[
            &clocked.id,
            &times.half_at,
            &times.soon_at,
            &times.due_at,
            &times.rule.name(),
            &alert_at,
            &is_first,
        ],
    )?;
    Ok(())
}
