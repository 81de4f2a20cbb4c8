//! Every query about responses.

use std::collections::HashMap;

use kernel::db::{Param, Row};
use kernel::figures::Collection;
use kernel::identity::Scope;
use kernel::{Day, Id, Result, Tx};

use super::model::{Filter, Response};
use crate::answering::model::Answer;
use crate::tallies;

const COLUMNS: &str =
    "r.id, r.survey_id, r.version_number, r.invitation_id, r.customer_id, r.site_id, r.channel,
     r.collection, r.locale, r.day, r.submitted_at, r.contact_ok, r.weight, r.import_id";

fn read(row: &Row<'_>) -> Result<Response> {
    let mut c = row.columns();
    Ok(Response {
        id: c.next()?,
        survey: c.next()?,
        version: c.next()?,
        invitation: c.next()?,
        customer: c.next()?,
        site: c.next()?,
        channel: c.next()?,
        collection: Collection::parse(&c.next::<String>()?).unwrap_or(Collection::Unknown),
        locale: c.next::<String>()?.parse()?,
        day: c.next()?,
        submitted_at: c.next()?,
        contact_ok: c.next()?,
        weight: c.next()?,
        import: c.next()?,
    })
}

/// One response within reach.
pub fn get(tx: &mut Tx<'_>, scope: &Scope, id: Id) -> Result<Response> {
    let reach = scope.condition("r.site_id");
    tx.query_one(&format!("SELECT {COLUMNS} FROM responses r WHERE r.id = $1 AND {reach}"), &[&id], read)
}

/// Responses of a survey within reach, the latest day first, beyond `(day, id)`.
pub fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    survey: Id,
    filter: &Filter,
    beyond: Option<(Day, Id)>,
    limit: i64,
) -> Result<Vec<Response>> {
    let mut conditions = vec!["r.survey_id = $1".to_owned(), scope.condition("r.site_id")];
    let (day, id) = beyond.unwrap_or((Day::MAX, Id(i64::MAX)));
    let mut params: Vec<&dyn Param> = vec![&survey, &limit, &day, &id];
    conditions.push("(r.day, r.id) < ($3, $4)".to_owned());
    if let Some(from) = &filter.from {
        params.push(from);
        conditions.push(format!("r.day >= ${}", params.len()));
    }
    if let Some(to) = &filter.to {
        params.push(to);
        conditions.push(format!("r.day <= ${}", params.len()));
    }
    if let Some(site) = &filter.site {
        params.push(site);
        conditions.push(format!("r.site_id = ${}", params.len()));
    }
    if let Some(channel) = &filter.channel {
        params.push(channel);
        conditions.push(format!("r.channel = ${}", params.len()));
    }
    if filter.with_words {
        conditions.push(
            "EXISTS (SELECT 1 FROM answer_facts f WHERE f.response_id = r.id AND f.has_words)".to_owned(),
        );
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM responses r WHERE {} ORDER BY r.day DESC, r.id DESC LIMIT $2",
        conditions.join(" AND ")
    );
    tx.query(&sql, &params, read)
}

/// The answers of some responses.
pub fn answers(tx: &mut Tx<'_>, responses: &[Id]) -> Result<HashMap<Id, Vec<Answer>>> {
    let mut found: HashMap<Id, Vec<Answer>> = HashMap::new();
    if responses.is_empty() {
        return Ok(found);
    }
    let list: Vec<String> = responses.iter().map(ToString::to_string).collect();
    let sql = format!(
        "SELECT response_id, question, value, text FROM answers WHERE response_id IN ({}) ORDER BY response_id, question",
        list.join(", ")
    );
    tx.each(&sql, &[], |row| {
        let mut c = row.columns();
        let response = c.next()?;
        let answer = Answer { question: c.next()?, value: c.next()?, text: c.next()? };
        found.entry(response).or_default().push(answer);
        Ok(true)
    })?;
    Ok(found)
}

/// Removes a response with everything that came with it, when the import that brought it is undone.
pub fn delete(tx: &mut Tx<'_>, id: Id) -> Result<bool> {
    let of = "SELECT survey_id, day FROM responses WHERE id = $1";
    if let Some((survey, day)) = tx.query_opt(of, &[&id], |row| Ok((row.get(0)?, row.get(1)?)))? {
        tallies::store::outdate(tx, survey, day)?;
    }
    tx.execute("DELETE FROM answer_facts WHERE response_id = $1", &[&id])?;
    tx.execute("DELETE FROM answers WHERE response_id = $1", &[&id])?;
    Ok(tx.execute("DELETE FROM responses WHERE id = $1", &[&id])? == 1)
}

/// Removes what a customer wrote; what they scored and chose stays.
pub(super) fn forget(tx: &mut Tx<'_>, customer: Id) -> Result<()> {
    let theirs = "response_id IN (SELECT id FROM responses WHERE customer_id = $1)";
    for sql in [
        format!("DELETE FROM answers WHERE {theirs} AND value IS NULL"),
        format!("UPDATE answers SET text = NULL WHERE {theirs}"),
        format!("UPDATE answer_facts SET has_words = FALSE WHERE {theirs}"),
    ] {
        tx.execute(&sql, &[&customer])?;
    }
    Ok(())
}
