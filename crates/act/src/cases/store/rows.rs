//! Cases as rows.

use kernel::db::{Columns, Row};
use kernel::identity::Scope;
use kernel::{Day, Id, Result, Tx};

use super::queue::queue_at;
use crate::cases::model::{Case, Origin, Phase, Promise, Remedy, RunningClock, Severity};
use crate::cases::rules;
use crate::clocks::{Counting, Rule, Times};

pub(super) const COLUMNS: &str = "c.id, c.reference, c.origin, c.title, c.words, c.customer_id, c.reach, c.response_id, c.measure,
     c.score, c.site_id, c.team_id, c.owner_id, c.severity, c.cause_id, c.remedy, c.cost, c.currency, c.opened_at,
     c.opened_day, c.contact_due_at, c.contacted_at, c.told_at, c.refusal, c.closed_at, c.reopened, c.phase,
     c.clock_from, c.minutes, c.counting, c.extended_to, c.half_at, c.soon_at, c.due_at, c.clock_rule, c.alerted,
     c.import_id, c.no_cause, c.extensions, c.promise, c.promised_day, c.version";

/// Reads a clock: phase to `clock_rule`, as they stand in [`COLUMNS`].
pub(super) fn clock(c: &mut Columns<'_, '_>) -> Result<RunningClock> {
    Ok(RunningClock {
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
    })
}

pub(super) fn read(row: &Row<'_>) -> Result<Case> {
    let mut c = row.columns();
    Ok(Case {
        id: c.next()?,
        reference: c.next()?,
        origin: Origin::parse(&c.next::<String>()?)?,
        title: c.next()?,
        words: c.next()?,
        customer: c.next()?,
        reach: c.next()?,
        response: c.next()?,
        score: {
            let (measure, score): (Option<String>, Option<i64>) = (c.next()?, c.next()?);
            measure.zip(score)
        },
        site: c.next()?,
        team: c.next()?,
        owner: c.next()?,
        severity: Severity::parse(&c.next::<String>()?)?,
        cause: c.next()?,
        remedy: Remedy::parse(&c.next::<String>()?)?,
        cost: c.next()?,
        currency: c.next()?,
        opened_at: c.next()?,
        opened_day: c.next()?,
        contact_due_at: c.next()?,
        contacted_at: c.next()?,
        told_at: c.next()?,
        refusal: c.next()?,
        closed_at: c.next()?,
        reopened: c.next()?,
        clock: clock(&mut c)?,
        alerted: c.next()?,
        import: c.next()?,
        no_cause: c.next()?,
        extensions: c.next()?,
        promise: {
            let (words, day): (String, Option<Day>) = (c.next()?, c.next()?);
            day.map(|day| Promise { words, day })
        },
        version: c.next()?,
    })
}

/// One case within reach.
pub fn get(tx: &mut Tx<'_>, scope: &Scope, id: Id) -> Result<Case> {
    let reach = scope.condition("c.site_id");
    tx.query_one(&format!("SELECT {COLUMNS} FROM cases c WHERE c.id = $1 AND {reach}"), &[&id], read)
}

/// The case of this reference, within reach.
pub fn by_reference(tx: &mut Tx<'_>, scope: &Scope, reference: &str) -> Result<Option<Case>> {
    let reach = scope.condition("c.site_id");
    let sql = format!("SELECT {COLUMNS} FROM cases c WHERE c.reference = $1 AND {reach}");
    tx.query_opt(&sql, &[&reference], read)
}

/// Cases within reach whose reference holds what was typed, the latest first.
pub fn by_part_of_reference(tx: &mut Tx<'_>, scope: &Scope, part: &str, limit: usize) -> Result<Vec<Case>> {
    let (reach, pattern) = (scope.condition("c.site_id"), rules::holding(part));
    // The inner query reads the index of references alone.
    let sql = format!(
        "SELECT {COLUMNS} FROM cases c WHERE c.id IN (SELECT id FROM cases WHERE reference LIKE $1 ESCAPE '\\')
           AND {reach} ORDER BY c.id DESC LIMIT {limit}"
    );
    tx.query(&sql, &[&pattern], read)
}

/// Cases of some customers within reach, the latest first.
pub fn of_customers(tx: &mut Tx<'_>, scope: &Scope, customers: &[Id], limit: usize) -> Result<Vec<Case>> {
    let reach = scope.condition("c.site_id");
    let before = format!("SELECT {COLUMNS} FROM cases c WHERE c.customer_id IN (");
    let after = format!(") AND {reach} ORDER BY c.id DESC LIMIT {limit}");
    let mut found = Vec::new();
    tx.each_in(&before, &after, customers, |row| {
        found.push(read(row)?);
        Ok(())
    })?;
    Ok(found)
}

/// The open case of a customer that an answer about the same site opened, the latest: another site's is none of theirs.
pub fn open_of_customer(tx: &mut Tx<'_>, customer: Id, site: Option<Id>) -> Result<Option<Case>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM cases c WHERE c.customer_id = $1 AND c.closed_at IS NULL AND c.origin = 'answer'
           AND COALESCE(c.site_id, 0) = $2
         ORDER BY c.id DESC LIMIT 1"
    );
    let site = site.unwrap_or(Id(0));
    tx.query_opt(&sql, &[&customer, &site], read)
}

/// Open cases of a colleague.
pub fn open_of_owner(tx: &mut Tx<'_>, owner: Id) -> Result<Vec<Case>> {
    let sql =
        format!("SELECT {COLUMNS} FROM cases c WHERE c.closed_at IS NULL AND c.owner_id = $1 ORDER BY c.id");
    tx.query(&sql, &[&owner], read)
}

/// Adds a case.
pub fn insert(tx: &mut Tx<'_>, case: &Case) -> Result<()> {
    let (measure, score) = case.score.clone().unzip();
    let (promise, promised_day) = promise(case);
    let alert_at = rules::next_alert(&case.clock, case.alerted);
    let (clock, times) = (&case.clock, &case.clock.times);
    tx.execute(
        "INSERT INTO cases (id, reference, origin, title, words, customer_id, reach, response_id, measure, score,
             site_id, team_id, owner_id, severity, cause_id, remedy, cost, currency, opened_at, opened_day,
             contact_due_at, contacted_at, told_at, refusal, closed_at, reopened, phase, clock_from, minutes, counting,
             extended_to, half_at, soon_at, due_at, clock_rule, alerted, alert_at, import_id, queue_at,
             no_cause, extensions, promise, promised_day, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
             $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, 1)",
        &[
            &case.id,
            &case.reference,
            &case.origin.name(),
            &case.title,
            &case.words,
            &case.customer,
            &case.reach,
            &case.response,
            &measure,
            &score,
            &case.site,
            &case.team,
            &case.owner,
            &case.severity.name(),
            &case.cause,
            &case.remedy.name(),
            &case.cost,
            &case.currency,
            &case.opened_at,
            &case.opened_day,
            &case.contact_due_at,
            &case.contacted_at,
            &case.told_at,
            &case.refusal,
            &case.closed_at,
            &case.reopened,
            &clock.phase.name(),
            &clock.from,
            &clock.minutes,
            &clock.counting.name(),
            &clock.extended_to,
            &times.half_at,
            &times.soon_at,
            &times.due_at,
            &times.rule.name(),
            &case.alerted,
            &alert_at,
            &case.import,
            &queue_at(&case.clock),
            &case.no_cause,
            &case.extensions,
            &promise,
            &promised_day,
        ],
    )?;
    let found_by = rules::search_text(case);
    tx.execute("INSERT INTO case_search (rowid, text) VALUES ($1, $2)", &[&case.id, &found_by])?;
    Ok(())
}

/// Changes a case if it is still at `case.version`; returns whether it was. What it was opened with stays.
pub fn update(tx: &mut Tx<'_>, case: &Case) -> Result<bool> {
    let (promise, promised_day) = promise(case);
    let alert_at = if case.is_open() { rules::next_alert(&case.clock, case.alerted) } else { None };
    let (clock, times) = (&case.clock, &case.clock.times);
    let changed = tx.execute(
        "UPDATE cases SET title = $3, team_id = $4, owner_id = $5, severity = $6, cause_id = $7, remedy = $8,
             cost = $9, contact_due_at = $10, contacted_at = $11, told_at = $12, refusal = $13, closed_at = $14,
             reopened = $15, phase = $16, clock_from = $17, minutes = $18, counting = $19, extended_to = $20,
             half_at = $21, soon_at = $22, due_at = $23, clock_rule = $24, alerted = $25, alert_at = $26, queue_at = $27,
             no_cause = $28, extensions = $29, promise = $30, promised_day = $31, version = version + 1
         WHERE id = $1 AND version = $2",
        &[
            &case.id,
            &case.version,
            &case.title,
            &case.team,
            &case.owner,
            &case.severity.name(),
            &case.cause,
            &case.remedy.name(),
            &case.cost,
            &case.contact_due_at,
            &case.contacted_at,
            &case.told_at,
            &case.refusal,
            &case.closed_at,
            &case.reopened,
            &clock.phase.name(),
            &clock.from,
            &clock.minutes,
            &clock.counting.name(),
            &clock.extended_to,
            &times.half_at,
            &times.soon_at,
            &times.due_at,
            &times.rule.name(),
            &case.alerted,
            &alert_at,
            &queue_at(&case.clock),
            &case.no_cause,
            &case.extensions,
            &promise,
            &promised_day,
        ],
    )?;
    if changed == 1 {
        find_by(tx, case)?;
    }
    Ok(changed == 1)
}

/// Notes what a case is found by, where that changed.
pub fn find_by(tx: &mut Tx<'_>, case: &Case) -> Result<()> {
    let text = rules::search_text(case);
    let sql = "UPDATE case_search SET text = $2 WHERE rowid = $1 AND text <> $2";
    tx.execute(sql, &[&case.id, &text]).map(drop)
}

/// A promise as its two columns.
fn promise(case: &Case) -> (&str, Option<Day>) {
    case.promise.as_ref().map_or(("", None), |promise| (promise.words.as_str(), Some(promise.day)))
}
