//! Every query of an answer on its way in: few, prepared, because intake must keep up with a crowd.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use kernel::db::{Param, Row};
use kernel::figures::Collection;
use kernel::{Error, Id, Result, Tx};

use super::model::{Answer, House, Incoming, Invited, Target};
use super::rules;
use crate::surveys::model::{Content, State};

/// The organisation.
pub fn house(tx: &mut Tx<'_>) -> Result<House> {
    tx.query_one("SELECT name, zone, link_key FROM organisation WHERE id = 1", &[], |row| {
        let zone: String = row.get(1)?;
        Ok(House { name: row.get(0)?, zone: zone.parse().map_err(Error::caused)?, link_key: row.get(2)? })
    })
}

/// Contents read lately, by their stored text: reading one again takes longer than writing an answer.
static READ: LazyLock<Mutex<HashMap<String, Arc<Content>>>> = LazyLock::new(Mutex::default);
/// Contents kept at most.
const KEPT: usize = 256;

fn read_content(text: String) -> Result<Arc<Content>> {
    let mut known = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(content) = known.get(&text) {
        return Ok(content.clone());
    }
    let content: Arc<Content> = Arc::new(serde_json::from_str(&text)?);
    if known.len() >= KEPT {
        known.clear();
    }
    known.insert(text, content.clone());
    Ok(content)
}

/// Language of the organisation, as stored.
pub fn locale(tx: &mut Tx<'_>) -> Result<String> {
    tx.query_one("SELECT locale FROM organisation WHERE id = 1", &[], |row| row.get(0))
}

fn target(row: &Row<'_>) -> Result<Target> {
    let mut c = row.columns();
    Ok(Target {
        survey: c.next()?,
        state: State::parse(&c.next::<String>()?)?,
        number: c.next()?,
        content: read_content(c.next()?)?,
        invited: None,
    })
}

/// The survey behind a public link, if it was published.
pub fn by_secret(tx: &mut Tx<'_>, secret: &str) -> Result<Option<Target>> {
    tx.query_opt(
        "SELECT s.id, s.state, v.number, v.content FROM surveys s
         JOIN survey_versions v ON v.survey_id = s.id AND v.number = s.published_number WHERE s.secret = $1",
        &[&secret],
        target,
    )
}

/// The published version of a survey.
pub fn by_survey(tx: &mut Tx<'_>, survey: Id) -> Result<Option<Target>> {
    tx.query_opt(
        "SELECT s.id, s.state, v.number, v.content FROM surveys s
         JOIN survey_versions v ON v.survey_id = s.id AND v.number = s.published_number WHERE s.id = $1",
        &[&survey],
        target,
    )
}

/// The survey behind an invitation.
pub fn by_invitation(tx: &mut Tx<'_>, invitation: Id) -> Result<Option<Target>> {
    tx.query_opt(
        "SELECT s.id, s.state, v.number, v.content, i.customer_id, c.locale, i.site_id, i.collection, i.channel,
                i.expires_at, i.answered_at
         FROM invitations i JOIN surveys s ON s.id = i.survey_id JOIN customers c ON c.id = i.customer_id
         JOIN survey_versions v ON v.survey_id = s.id AND v.number = s.published_number WHERE i.id = $1",
        &[&invitation],
        |row| {
            let collection: String = row.get(7)?;
            let invited = Invited {
                id: invitation,
                customer: row.get(4)?,
                locale: row.get::<Option<String>>(5)?.and_then(|code| code.parse().ok()),
                site: row.get(6)?,
                collection: Collection::parse(&collection).unwrap_or(Collection::Unknown),
                channel: row.get(8)?,
                expires_at: row.get(9)?,
                answered_at: row.get(10)?,
            };
            Ok(Target { invited: Some(invited), ..target(row)? })
        },
    )
}

/// The site of this code.
pub fn site_by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Id>> {
    tx.query_opt("SELECT id FROM sites WHERE code = $1", &[&code], |row| row.get(0))
}

/// Adds a response; `false` when its invitation or its nonce was used already.
pub fn insert_response(tx: &mut Tx<'_>, id: Id, incoming: &Incoming<'_>) -> Result<bool> {
    let contact_ok = rules::contact_ok(incoming.content, incoming.answers);
    let added = tx.execute(
        "INSERT INTO responses (id, survey_id, version_number, invitation_id, customer_id, site_id, channel,
             collection, locale, day, submitted_at, nonce, contact_ok, weight, import_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT DO NOTHING",
        &[
            &id,
            &incoming.survey,
            &incoming.version,
            &incoming.invitation,
            &incoming.customer,
            &incoming.site,
            &incoming.channel,
            &incoming.collection.name(),
            &incoming.locale.code(),
            &incoming.day,
            &incoming.at,
            &incoming.nonce,
            &contact_ok,
            &incoming.weight,
            &incoming.import,
        ],
    )?;
    Ok(added == 1)
}

/// Adds the answers of a response in one statement.
pub fn insert_answers(tx: &mut Tx<'_>, response: Id, incoming: &Incoming<'_>) -> Result<()> {
    let rows = incoming.answers.iter();
    let params: Vec<&dyn Param> = rows
        .flat_map(|a| {
            [
                &response as &dyn Param,
                &a.question as &dyn Param,
                &a.value as &dyn Param,
                &a.text as &dyn Param,
            ]
        })
        .collect();
    if params.is_empty() {
        return Ok(());
    }
    let head = "INSERT INTO answers (response_id, question, value, text) VALUES ";
    tx.execute(&rows_of(head, incoming.answers.len(), 4), &params)?;
    Ok(())
}

/// The answers of a response, in the order of their questions' keys.
pub fn answers_of(tx: &mut Tx<'_>, response: Id) -> Result<Vec<Answer>> {
    let mut answers =
        tx.query("SELECT question, value, text FROM answers WHERE response_id = $1", &[&response], |row| {
            Ok(Answer { question: row.get(0)?, value: row.get(1)?, text: row.get(2)? })
        })?;
    // Sorted here: the databases disagree about the order of texts.
    answers.sort_unstable_by(|a, b| a.question.cmp(&b.question));
    Ok(answers)
}

/// Adds one fact for each measure the survey asks for.
pub fn insert_facts(tx: &mut Tx<'_>, response: Id, incoming: &Incoming<'_>) -> Result<()> {
    let scores = rules::scores(incoming.content, incoming.answers);
    if scores.is_empty() {
        return Ok(());
    }
    let has_words = !rules::words(incoming.content, incoming.answers).is_empty();
    let (collection, weight) = (incoming.collection.name(), incoming.weight.unwrap_or(1.0));
    let mut params: Vec<&dyn Param> = Vec::with_capacity(scores.len() * 11);
    for (measure, value) in &scores {
        let row: [&dyn Param; 11] = [
            &response,
            measure,
            &incoming.survey,
            &incoming.day,
            &incoming.site,
            &incoming.channel,
            &collection,
            value,
            &weight,
            &has_words,
            &incoming.customer,
        ];
        params.extend(row);
    }
    let head =
        "INSERT INTO answer_facts (response_id, measure, survey_id, day, site_id, channel, collection, value,
         weight, has_words, customer_id) VALUES ";
    tx.execute(&rows_of(head, scores.len(), 11), &params)?;
    Ok(())
}

/// `head` followed by `rows` times `($n, …)` of `columns` parameters each.
pub(crate) fn rows_of(head: &str, rows: usize, columns: usize) -> String {
    let mut sql = head.to_owned();
    for row in 0..rows {
        for column in 1..=columns {
            let before = match (row, column) {
                (0, 1) => "(",
                (_, 1) => ", (",
                _ => ", ",
            };
            // Writing to a String cannot fail.
            let _ = write!(sql, "{before}${}", row * columns + column);
        }
        sql.push(')');
    }
    sql
}

/// Notes that an invitation was opened, and answered when `answered`. A page that was only looked at notes
/// nothing: mail programs follow links too.
pub fn mark_invitation(tx: &mut Tx<'_>, invitation: Id, at: kernel::Instant, answered: bool) -> Result<()> {
    let sql = if answered {
        "UPDATE invitations SET opened_at = COALESCE(opened_at, $2), answered_at = $2 WHERE id = $1"
    } else {
        "UPDATE invitations SET opened_at = $2 WHERE id = $1 AND opened_at IS NULL"
    };
    tx.execute(sql, &[&invitation, &at])?;
    Ok(())
}

/// The response already recorded for this invitation or nonce, of the same survey.
pub fn recorded(
    tx: &mut Tx<'_>,
    survey: Id,
    invitation: Option<Id>,
    nonce: Option<&str>,
) -> Result<Option<Id>> {
    match (invitation, nonce) {
        (Some(invitation), _) => tx.query_opt(
            "SELECT id FROM responses WHERE invitation_id = $1 AND survey_id = $2",
            &[&invitation, &survey],
            |row| row.get(0),
        ),
        (None, Some(nonce)) => tx.query_opt(
            "SELECT id FROM responses WHERE nonce = $1 AND survey_id = $2",
            &[&nonce, &survey],
            |row| row.get(0),
        ),
        (None, None) => Ok(None),
    }
}

/// What was said in a recorded response that its thanks depend on: the first score, and the contact consent.
pub fn said(tx: &mut Tx<'_>, response: Id, question: &str) -> Result<(Option<i64>, bool)> {
    tx.query_one(
        "SELECT a.value, r.contact_ok FROM responses r
         LEFT JOIN answers a ON a.response_id = r.id AND a.question = $2 WHERE r.id = $1",
        &[&response, &question],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
