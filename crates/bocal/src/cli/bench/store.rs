//! Queries of the benchmarks.

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
