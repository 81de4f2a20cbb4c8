//! Queries of the benchmarks.

use std::collections::BTreeMap;

use act::cases::model::{Detail, StepKind};
use kernel::{Day, Id, Instant, Result, Tx};

/// What a database holds.
pub(super) struct Counts {
    pub(super) customers: i64,
    pub(super) interactions: i64,
    pub(super) answers: i64,
}

pub(super) fn counts(tx: &mut Tx<'_>) -> Result<Counts> {
    let mut count = |table: &str| -> Result<i64> {
        tx.query_one(&format!("SELECT COUNT(*) FROM {table}"), &[], |row| row.get(0))
    };
    Ok(Counts {
        customers: count("customers")?,
        interactions: count("interactions")?,
        answers: count("responses")?,
    })
}

/// Some customers spread over the whole table.
pub(super) fn some_customers(tx: &mut Tx<'_>, n: i64) -> Result<Vec<Id>> {
    let all: i64 = tx.query_one("SELECT COUNT(*) FROM customers", &[], |row| row.get(0))?;
    let mut ids = Vec::new();
    let every = (all / n.max(1)).max(1);
    let mut position = 0;
    tx.each("SELECT id FROM customers ORDER BY id", &[], |row| {
        if position % every == 0 {
            ids.push(row.get(0)?);
        }
        position += 1;
        Ok(true)
    })?;
    Ok(ids)
}

/// A survey answer as the seed writes it.
pub(super) struct Seeded {
    pub(super) id: Id,
    pub(super) survey: Id,
    pub(super) customer: Id,
    pub(super) site: Id,
    pub(super) day: Day,
    pub(super) at: Instant,
    pub(super) score: i64,
    pub(super) words: Option<&'static str>,
}

pub(super) fn insert_answer(tx: &mut Tx<'_>, a: &Seeded) -> Result<()> {
    tx.execute(
        "INSERT INTO responses (id, survey_id, version_number, customer_id, site_id, channel, collection, locale,
                                day, submitted_at, contact_ok)
         VALUES ($1, $2, 1, $3, $4, 'web', 'random_draw', 'fr', $5, $6, FALSE)",
        &[&a.id, &a.survey, &a.customer, &a.site, &a.day, &a.at],
    )?;
    tx.execute(
        "INSERT INTO answers (response_id, question, value, text) VALUES ($1, 'score', $2, $3)",
        &[&a.id, &a.score, &a.words],
    )?;
    let has_words = a.words.is_some();
    tx.execute(
        "INSERT INTO answer_facts (response_id, measure, survey_id, day, site_id, channel, collection, value, weight,
                                   has_words, customer_id)
         VALUES ($1, 'nps', $2, $3, $4, 'web', 'random_draw', $5, 1.0, $6, $7)",
        &[&a.id, &a.survey, &a.day, &a.site, &a.score, &has_words, &a.customer],
    )?;
    Ok(())
}

/// The public secret of an open survey.
pub(super) fn open_survey(tx: &mut Tx<'_>) -> Result<Option<(Id, String)>> {
    tx.query_opt("SELECT id, secret FROM surveys WHERE state = 'open' ORDER BY id LIMIT 1", &[], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// How many cases there are.
pub(super) fn case_count(tx: &mut Tx<'_>) -> Result<i64> {
    tx.query_one("SELECT COUNT(*) FROM cases", &[], |row| row.get(0))
}

/// An answer a case may come from.
pub(super) struct Unhappy {
    pub(super) response: Id,
    pub(super) customer: Id,
    pub(super) site: Option<Id>,
    pub(super) at: Instant,
    pub(super) score: i64,
}

/// Answers of known customers as [`insert_answer`] wrote them, in order.
pub(super) fn answers_after(tx: &mut Tx<'_>, after: Id, limit: i64) -> Result<Vec<Unhappy>> {
    tx.query(
        "SELECT r.id, r.customer_id, r.site_id, r.submitted_at, a.value
         FROM responses r JOIN answers a ON a.response_id = r.id AND a.question = 'score'
         WHERE r.id > $1 AND r.customer_id IS NOT NULL ORDER BY r.id LIMIT $2",
        &[&after, &limit],
        |row| {
            let mut c = row.columns();
            Ok(Unhappy {
                response: c.next()?,
                customer: c.next()?,
                site: c.next()?,
                at: c.next()?,
                score: c.next()?,
            })
        },
    )
}

/// Something that happened on a seeded case.
#[derive(Clone)]
pub(super) struct Line {
    pub(super) at: Instant,
    pub(super) kind: StepKind,
    pub(super) by: String,
    pub(super) text: String,
    pub(super) detail: Detail,
}

/// A line at an instant of its own: the store of cases writes the present one.
pub(super) fn insert_line(tx: &mut Tx<'_>, case: Id, line: &Line) -> Result<()> {
    let (id, detail) = (tx.new_id(), serde_json::to_string(&line.detail)?);
    tx.execute(
        "INSERT INTO case_steps (id, case_id, at, kind, actor_name, text, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[&id, &case, &line.at, &line.kind.name(), &line.by, &line.text, &detail],
    )?;
    Ok(())
}

/// References go on after those that were given.
pub(super) fn set_case_numbers(tx: &mut Tx<'_>, last: &BTreeMap<i64, i64>) -> Result<()> {
    for (year, last) in last {
        tx.execute("INSERT INTO case_numbers (year, last) VALUES ($1, $2)", &[year, last])?;
    }
    Ok(())
}

/// An open case to act on.
pub(super) struct OpenCase {
    pub(super) id: Id,
    pub(super) reference: String,
}

/// Some open cases of some sites, or of all, spread over the queue.
pub(super) fn some_open_cases(tx: &mut Tx<'_>, sites: &[Id], n: usize) -> Result<Vec<OpenCase>> {
    let list: Vec<String> = sites.iter().map(ToString::to_string).collect();
    let only = if sites.is_empty() { "TRUE".to_owned() } else { format!("site_id IN ({})", list.join(", ")) };
    let sql =
        format!("SELECT id, reference FROM cases WHERE closed_at IS NULL AND {only} ORDER BY queue_at, id");
    let mut all = tx.query(&sql, &[], |row| Ok(OpenCase { id: row.get(0)?, reference: row.get(1)? }))?;
    let (every, mut at) = ((all.len() / n.max(1)).max(1), 0);
    all.retain(|_| {
        at += 1;
        (at - 1) % every == 0
    });
    Ok(all)
}

/// Makes the next warning of some open cases due again, and forgets the letters of the last time.
pub(super) fn make_warnings_due(tx: &mut Tx<'_>, n: i64) -> Result<i64> {
    tx.execute("DELETE FROM mails WHERE kind = 'case-alert'", &[])?;
    let due = tx.execute(
        "UPDATE cases SET alerted = 0, alert_at = half_at WHERE id IN
             (SELECT id FROM cases WHERE closed_at IS NULL AND phase <> 'over' AND half_at <= $1
              ORDER BY queue_at LIMIT $2)",
        &[&tx.now(), &n],
    )?;
    Ok(i64::try_from(due).unwrap_or(i64::MAX))
}

/// Letters whose key begins with this are taken away.
pub(super) fn forget_letters(tx: &mut Tx<'_>) -> Result<()> {
    tx.execute("DELETE FROM mails WHERE key LIKE 'bench:%'", &[]).map(drop)
}

/// Deliveries that wait.
pub(super) fn waiting_deliveries(tx: &mut Tx<'_>) -> Result<i64> {
    tx.query_one("SELECT COUNT(*) FROM event_deliveries WHERE failed = FALSE", &[], |row| row.get(0))
}

/// Opens what is closed or only waits to be closed; what was warned about stays so.
pub(super) fn open_all_cases(tx: &mut Tx<'_>) -> Result<()> {
    tx.execute(
        "UPDATE cases SET closed_at = NULL, told_at = NULL,
             phase = CASE WHEN contacted_at IS NULL THEN 'contact' ELSE 'answer' END
         WHERE closed_at IS NOT NULL OR phase = 'over'",
        &[],
    )?;
    Ok(())
}

/// The last line of all cases.
pub(super) fn last_case_line(tx: &mut Tx<'_>) -> Result<Id> {
    tx.query_one("SELECT COALESCE(MAX(id), 0) FROM case_steps", &[], |row| row.get(0))
}

/// How many lines after this one hold a text, by their kind.
pub(super) fn case_lines_holding(tx: &mut Tx<'_>, after: Id, text: &str) -> Result<BTreeMap<String, i64>> {
    let held = format!("%{text}%");
    let found = tx.query(
        "SELECT kind, COUNT(*) FROM case_steps WHERE id > $1 AND text LIKE $2 GROUP BY kind",
        &[&after, &held],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(found.into_iter().collect())
}

/// How many cases opened after this line quote a text.
pub(super) fn cases_holding(tx: &mut Tx<'_>, after: Id, text: &str) -> Result<i64> {
    let held = format!("%{text}%");
    tx.query_one("SELECT COUNT(*) FROM cases WHERE id > $1 AND words LIKE $2", &[&after, &held], |row| {
        row.get(0)
    })
}
