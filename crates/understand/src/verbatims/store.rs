//! Every query of the room.

use std::collections::HashMap;

use kernel::db::Row;
use kernel::figures::Period;
use kernel::identity::Scope;
use kernel::{Id, Result, Tx};

use super::model::{Query, Verbatim};
use crate::indicators::{Class, Conditions, Measure, Place, id_list};

/// Words as they are read, and how far the reading went.
#[derive(Debug)]
pub(super) struct Read {
    /// What was found, the newest first.
    pub(super) found: Vec<Verbatim>,
    /// Where the reading stopped; `None` when everything was read.
    pub(super) stopped: Option<Place>,
}

/// Walks what was written, the newest first, until `wanted` responses were kept or `scanned` texts looked at.
/// `keep` decides by the words, which no index knows.
pub(super) fn read(
    tx: &mut Tx<'_>,
    scope: &Scope,
    query: &Query,
    period: Period,
    limits: (usize, i64),
    keep: impl Fn(&str) -> bool,
) -> Result<Read> {
    let (wanted, scanned) = limits;
    let mut conditions = chosen(scope, query, period);
    let limit = conditions.value(scanned);
    let sql = format!(
        "SELECT r.id, r.day, a.text, r.locale, r.site_id, s.name, r.customer_id
         FROM responses r
         JOIN answers a ON a.response_id = r.id AND a.text IS NOT NULL
         JOIN surveys s ON s.id = r.survey_id
         WHERE {} ORDER BY r.day DESC, r.id DESC, a.question LIMIT {limit}",
        conditions.sql()
    );
    let (mut found, mut looked_at) = (Vec::<Verbatim>::new(), 0);
    let (mut last, mut stopped) = (None, None);
    tx.each(&sql, &conditions.params(), |row| {
        let place = Place { day: row.get(1)?, response: row.get(0)? };
        // A page ends between two responses, never within one.
        if found.len() >= wanted && last != Some(place) {
            stopped = last;
            return Ok(false);
        }
        looked_at += 1;
        last = Some(place);
        let text: String = row.get(2)?;
        if text.trim().is_empty() || !keep(&text) {
            return Ok(true);
        }
        match found.last_mut().filter(|verbatim| verbatim.response == place.response) {
            Some(same) => same.words.push(text),
            None => found.push(verbatim(row, place, text)?),
        }
        Ok(true)
    })?;
    if stopped.is_none() && looked_at >= scanned {
        stopped = last;
    }
    scores(tx, &mut found)?;
    Ok(Read { found, stopped })
}

fn verbatim(row: &Row<'_>, place: Place, text: String) -> Result<Verbatim> {
    Ok(Verbatim {
        response: place.response,
        day: place.day,
        words: vec![text],
        locale: row.get(3)?,
        site: row.get(4)?,
        survey: row.get(5)?,
        customer: row.get(6)?,
        scores: Vec::new(),
    })
}

fn chosen(scope: &Scope, query: &Query, period: Period) -> Conditions {
    let mut conditions = Conditions::default();
    conditions.compare("r.day", ">=", period.from);
    conditions.compare("r.day", "<=", period.to);
    if let Some(survey) = query.survey {
        conditions.compare("r.survey_id", "=", survey);
    }
    conditions.sites("r.site_id", &query.sites);
    if let Some(place) = query.after {
        let (day, id) = (conditions.value(place.day), conditions.value(place.response));
        conditions.and(format!("(r.day, r.id) < ({day}, {id})"));
    }
    conditions.and(scope.condition("r.site_id"));
    if query.measure.is_some() || query.class.is_some() {
        conditions.and(with_score(query.measure, query.class));
    }
    conditions
}

/// Given with a score of a measure, of a class, or both. The text holds only words and numbers of our own.
fn with_score(measure: Option<Measure>, class: Option<Class>) -> String {
    let measures = Measure::ALL.into_iter().filter(|m| measure.is_none_or(|only| only == *m));
    let either: Vec<String> = measures
        .map(|measure| {
            let scale = measure.scale();
            let (low, high) = class.map_or((scale.min(), scale.max()), |class| measure.bounds(class));
            format!("(f.measure = '{}' AND f.value BETWEEN {low} AND {high})", measure.name())
        })
        .collect();
    format!("EXISTS (SELECT 1 FROM answer_facts f WHERE f.response_id = r.id AND ({}))", either.join(" OR "))
}

/// Adds the scores given with these words, in one query.
fn scores(tx: &mut Tx<'_>, found: &mut [Verbatim]) -> Result<()> {
    let sql = format!(
        "SELECT response_id, measure, value FROM answer_facts
         WHERE response_id IN ({}) AND value IS NOT NULL ORDER BY response_id, measure",
        id_list(found.iter().map(|verbatim| verbatim.response))
    );
    let mut scores: HashMap<Id, Vec<(Measure, i64)>> = HashMap::new();
    tx.each(&sql, &[], |row| {
        // A measure this version does not know has no scale to write its score on.
        if let Ok(measure) = row.get::<String>(1)?.parse() {
            scores.entry(row.get(0)?).or_default().push((measure, row.get(2)?));
        }
        Ok(true)
    })?;
    for verbatim in found {
        verbatim.scores = scores.remove(&verbatim.response).unwrap_or_default();
    }
    Ok(())
}
