//! Every query about tallies.

use std::collections::HashMap;

use kernel::identity::Scope;
use kernel::{Day, Id, Result, Tx};

use super::rules::{Mark, Source};
use super::{RESPONSES, Reading};
use crate::surveys::model::QuestionKind;

/// How far each survey is tallied.
pub(super) fn marks(tx: &mut Tx<'_>) -> Result<HashMap<Id, Mark>> {
    let mut marks: HashMap<Id, Mark> = HashMap::new();
    tx.each("SELECT survey_id, through FROM tallied_surveys", &[], |row| {
        marks.insert(row.get(0)?, Mark { through: Some(row.get(1)?), ..Mark::default() });
        Ok(true)
    })?;
    tx.each("SELECT survey_id, day FROM tally_stale_days", &[], |row| {
        marks.entry(row.get(0)?).or_default().stale.insert(row.get(1)?);
        Ok(true)
    })?;
    Ok(marks)
}

/// Notes that answers of a day came or went, if the day is tallied already. To be called in the transaction of
/// the change.
pub fn outdate(tx: &mut Tx<'_>, survey: Id, day: Day) -> Result<()> {
    tx.execute(
        "INSERT INTO tally_stale_days (survey_id, day)
         SELECT survey_id, CAST($2 AS BIGINT) FROM tallied_surveys WHERE survey_id = $1 AND through >= $2
         ON CONFLICT DO NOTHING",
        &[&survey, &day],
    )?;
    Ok(())
}

/// The first survey with a day to tally before `today`: `(survey, day)`; stale days first.
pub(super) fn first_due(tx: &mut Tx<'_>, today: Day) -> Result<Option<(Id, Day)>> {
    let stale =
        "SELECT survey_id, MIN(day) FROM tally_stale_days GROUP BY survey_id ORDER BY survey_id LIMIT 1";
    if let Some(due) = tx.query_opt(stale, &[], |row| Ok((row.get(0)?, row.get(1)?)))? {
        return Ok(Some(due));
    }
    tx.query_opt(
        "SELECT id, due FROM (
             SELECT s.id, (SELECT MIN(r.day) FROM responses r
                           WHERE r.survey_id = s.id AND r.day > COALESCE(t.through, $2) AND r.day < $1) AS due
             FROM surveys s LEFT JOIN tallied_surveys t ON t.survey_id = s.id) AS waiting
         WHERE due IS NOT NULL ORDER BY id LIMIT 1",
        &[&today, &Day::MIN],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Tallies the days `from ..= to` of a survey anew, and the months they touch; they are no longer stale.
/// `through` is moved forward to `to`.
pub(super) fn tally(tx: &mut Tx<'_>, survey: Id, from: Day, to: Day) -> Result<()> {
    tx.execute(
        "DELETE FROM answer_tallies WHERE survey_id = $1 AND grain = 'day' AND day >= $2 AND day <= $3",
        &[&survey, &from, &to],
    )?;
    // Measure by measure: the index of the facts begins with it.
    for measure in QuestionKind::ALL.into_iter().filter_map(QuestionKind::measure) {
        tx.execute(
            "INSERT INTO answer_tallies (measure, survey_id, grain, day, last_day, site_id, channel, collection,
                                         value, n, weight, square)
             SELECT measure, survey_id, 'day', day, day, site_id, channel, collection, value,
                    COUNT(*), SUM(weight), SUM(weight * weight)
             FROM answer_facts WHERE measure = $4 AND survey_id = $1 AND day >= $2 AND day <= $3
             GROUP BY measure, survey_id, day, site_id, channel, collection, value",
            &[&survey, &from, &to, &measure],
        )?;
    }
    tx.execute(
        "INSERT INTO answer_tallies (measure, survey_id, grain, day, last_day, site_id, channel, collection, value,
                                     n, weight, square)
         SELECT $4, survey_id, 'day', day, day, site_id, channel, collection, NULL, COUNT(*), COUNT(*), COUNT(*)
         FROM responses WHERE survey_id = $1 AND day >= $2 AND day <= $3
         GROUP BY survey_id, day, site_id, channel, collection",
        &[&survey, &from, &to, &RESPONSES],
    )?;
    let (first, last) = (from.start_of_month(), to.end_of_month());
    tx.execute(
        "DELETE FROM answer_tallies WHERE survey_id = $1 AND grain = 'month' AND day >= $2 AND day <= $3",
        &[&survey, &first, &last],
    )?;
    let mut month = first;
    while month <= last {
        tally_month(tx, survey, month)?;
        month = month.add_months(1);
    }
    tx.execute(
        "DELETE FROM tally_stale_days WHERE survey_id = $1 AND day >= $2 AND day <= $3",
        &[&survey, &from, &to],
    )?;
    tx.execute(
        "INSERT INTO tallied_surveys (survey_id, through) VALUES ($1, $2)
         ON CONFLICT (survey_id) DO UPDATE SET through = excluded.through
         WHERE tallied_surveys.through < excluded.through",
        &[&survey, &to],
    )?;
    Ok(())
}

fn tally_month(tx: &mut Tx<'_>, survey: Id, month: Day) -> Result<()> {
    tx.execute(
        "INSERT INTO answer_tallies (measure, survey_id, grain, day, last_day, site_id, channel, collection, value,
                                     n, weight, square)
         SELECT measure, survey_id, 'month', MIN(day), MAX(day), site_id, channel, collection, value,
                CAST(SUM(n) AS BIGINT), SUM(weight), SUM(square)
         FROM answer_tallies WHERE survey_id = $1 AND grain = 'day' AND day >= $2 AND day <= $3
         GROUP BY measure, survey_id, site_id, channel, collection, value",
        &[&survey, &month, &month.end_of_month()],
    )?;
    Ok(())
}

/// The last day that stays within `most` answers of a survey from `from` on, before `today`.
pub(super) fn reach(tx: &mut Tx<'_>, survey: Id, from: Day, today: Day, most: i64) -> Result<Day> {
    let yesterday = today.plus_days(-1);
    let beyond: Option<Day> = tx.query_opt(
        "SELECT day FROM responses WHERE survey_id = $1 AND day >= $2 AND day < $3
         ORDER BY day LIMIT 1 OFFSET $4",
        &[&survey, &from, &today, &most],
        |row| row.get(0),
    )?;
    Ok(beyond.map_or(yesterday, |day| day.plus_days(-1)).max(from))
}

/// Forgets what is tallied of a survey that is going.
pub fn forget(tx: &mut Tx<'_>, survey: Id) -> Result<()> {
    for table in ["answer_tallies", "tally_stale_days", "tallied_surveys"] {
        tx.execute(&format!("DELETE FROM {table} WHERE survey_id = $1"), &[&survey])?;
    }
    Ok(())
}

/// Responses of a survey within reach by day or month, newest last: `(first day, last day, how many)`.
pub fn responses(tx: &mut Tx<'_>, scope: &Scope, reading: &Reading) -> Result<Vec<(Day, Day, i64)>> {
    let surveys: Vec<String> = reading.surveys.iter().map(ToString::to_string).collect();
    let (surveys, reach) = (surveys.join(", "), scope.condition("site_id"));
    let tallied = |grain: &str| {
        format!(
            "SELECT MIN(day), MAX(last_day), CAST(SUM(n) AS BIGINT) FROM answer_tallies
             WHERE survey_id IN ({surveys}) AND measure = '{RESPONSES}' AND grain = '{grain}'
               AND day >= $1 AND day <= $2 AND {reach} GROUP BY day ORDER BY day"
        )
    };
    let sql = match reading.run.source {
        Source::Months => tallied("month"),
        Source::Days => tallied("day"),
        Source::Answers => format!(
            "SELECT day, day, COUNT(*) FROM responses
             WHERE survey_id IN ({surveys}) AND day >= $1 AND day <= $2 AND {reach} GROUP BY day ORDER BY day"
        ),
    };
    tx.query(&sql, &[&reading.run.from, &reading.run.to], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}
