//! Every query about invitations.

use kernel::db::{Param, Row};
use kernel::figures::Collection;
use kernel::identity::Scope;
use kernel::{Id, Instant, Result, Tx};

use super::model::{Asked, Counts, Forecast, Invitation, Selection, Standing, State};
use crate::answering::store::rows_of;

const COLUMNS: &str = "i.id, i.survey_id, i.customer_id, i.site_id, i.collection, i.channel, i.created_at,
     i.expires_at, i.opened_at, i.answered_at";

/// Rows of one statement: eight parameters each, far below the 32 766 SQLite takes.
const CHUNK: usize = 500;

fn read(row: &Row<'_>) -> Result<Invitation> {
    let mut c = row.columns();
    Ok(Invitation {
        id: c.next()?,
        survey: c.next()?,
        customer: c.next()?,
        site: c.next()?,
        collection: Collection::parse(&c.next::<String>()?).unwrap_or(Collection::Unknown),
        channel: c.next()?,
        created_at: c.next()?,
        expires_at: c.next()?,
        opened_at: c.next()?,
        answered_at: c.next()?,
    })
}

/// How a customer `c` stands: `$1` the survey, `$2` now, `$3` since when an invitation counts as recent.
const STANDING: &str = "

     WHEN (SELECT k.granted FROM consents k WHERE k.customer_id = c.id AND k.purpose = 'survey'
           ORDER BY k.id DESC LIMIT 1) = FALSE THEN 'opposed'
     WHEN EXISTS (SELECT 1 FROM invitations i WHERE i.customer_id = c.id AND i.survey_id = $1
                  AND i.answered_at IS NULL AND i.expires_at > $2) THEN 'waiting'
     WHEN EXISTS (SELECT 1 FROM invitations i WHERE i.customer_id = c.id AND i.created_at > $3) THEN 'recent'";

/// Beside that, whoever cannot be written to.
const UNREACHABLE: &str = "
     WHEN c.email IS NULL OR c.email_key IS NULL THEN 'no_address'
     WHEN EXISTS (SELECT 1 FROM bounced_addresses b WHERE b.address = c.email_key) THEN 'bounced'";

fn standing_of(by_mail: bool) -> String {
    format!("CASE {STANDING} {} ELSE 'eligible' END", if by_mail { UNREACHABLE } else { "" })
}

/// The customers a selection speaks of. What is written into the text is a number or a name of our own.
fn concerned(scope: &Scope, selection: &Selection) -> String {
    let mut all = vec![scope.condition("c.site_id")];
    if let Some(site) = selection.site {
        all.push(format!("c.site_id = {site}"));
    }
    if let Some(role) = selection.role {
        all.push(format!("c.role = '{}'", role.name()));
    }
    all.join(" AND ")
}

/// How many of those concerned stand how; `invited` is left to the rules.
pub fn forecast(
    tx: &mut Tx<'_>,
    scope: &Scope,
    survey: Id,
    selection: &Selection,
    since: Instant,
) -> Result<Forecast> {
    let (now, concerned) = (tx.now(), concerned(scope, selection));
    let standing = standing_of(selection.by_mail);
    let sql = format!(
        "SELECT standing, COUNT(*) FROM (SELECT {standing} AS standing FROM customers c WHERE {concerned}) AS all_of_them
         GROUP BY standing"
    );
    let mut forecast = Forecast::default();
    tx.each(&sql, &[&survey, &now, &since], |row| {
        let n: i64 = row.get(1)?;
        match Standing::parse(&row.get::<String>(0)?) {
            Standing::Eligible => forecast.eligible = n,
            Standing::Opposed => forecast.opposed = n,
            Standing::Waiting => forecast.waiting = n,
            Standing::Recent => forecast.recent = n,
            Standing::NoAddress => forecast.no_address = n,
            Standing::Bounced => forecast.bounced = n,
        }
        Ok(true)
    })?;
    Ok(forecast)
}

/// Those concerned who may be invited, with their sites, by identifier.
pub fn eligible(
    tx: &mut Tx<'_>,
    scope: &Scope,
    survey: Id,
    selection: &Selection,
    since: Instant,
) -> Result<Vec<(Id, Option<Id>)>> {
    let (now, concerned) = (tx.now(), concerned(scope, selection));
    let standing = standing_of(selection.by_mail);
    let sql = format!(
        "SELECT id, site_id FROM (SELECT c.id, c.site_id, {standing} AS standing FROM customers c WHERE {concerned})
         AS all_of_them WHERE standing = 'eligible' ORDER BY id"
    );
    tx.query(&sql, &[&survey, &now, &since], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// How one customer stands.
pub fn standing(
    tx: &mut Tx<'_>,
    survey: Id,
    customer: Id,
    since: Instant,
    by_mail: bool,
) -> Result<Standing> {
    let now = tx.now();
    let sql = format!("SELECT {} FROM customers c WHERE c.id = $4", standing_of(by_mail));
    tx.query_one(&sql, &[&survey, &now, &since, &customer], |row| Ok(Standing::parse(&row.get::<String>(0)?)))
}

/// Whether a customer was invited to a survey at `since` or later.
pub fn invited_since(tx: &mut Tx<'_>, survey: Id, customer: Id, since: Instant) -> Result<bool> {
    let found: Option<Id> = tx.query_opt(
        "SELECT id FROM invitations WHERE customer_id = $1 AND survey_id = $2 AND created_at >= $3 LIMIT 1",
        &[&customer, &survey, &since],
        |row| row.get(0),
    )?;
    Ok(found.is_some())
}

/// Adds invitations, several in one statement.
pub fn insert(tx: &mut Tx<'_>, invitations: &[Invitation]) -> Result<()> {
    let head =
        "INSERT INTO invitations (id, survey_id, customer_id, site_id, collection, channel, created_at,
         expires_at) VALUES ";
    for chunk in invitations.chunks(CHUNK) {
        let names: Vec<&'static str> = chunk.iter().map(|i| i.collection.name()).collect();
        let mut params: Vec<&dyn Param> = Vec::with_capacity(chunk.len() * 8);
        for (i, collection) in chunk.iter().zip(&names) {
            let row: [&dyn Param; 8] = [
                &i.id,
                &i.survey,
                &i.customer,
                &i.site,
                collection,
                &i.channel,
                &i.created_at,
                &i.expires_at,
            ];
            params.extend(row);
        }
        tx.execute(&rows_of(head, chunk.len(), 8), &params)?;
    }
    Ok(())
}

/// Those of a survey within reach, newest first, before `before`.
pub fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    survey: Id,
    state: Option<State>,
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<Invitation>> {
    let (now, before, reach) = (tx.now(), before.unwrap_or(Id(i64::MAX)), scope.condition("i.site_id"));
    let only = match state {
        None => "CAST($3 AS BIGINT) IS NOT NULL",
        Some(State::Answered) => "i.answered_at IS NOT NULL AND CAST($3 AS BIGINT) IS NOT NULL",
        Some(State::Expired) => "i.answered_at IS NULL AND i.expires_at <= $3",
        Some(State::Opened) => "i.answered_at IS NULL AND i.expires_at > $3 AND i.opened_at IS NOT NULL",
        Some(State::Created) => "i.answered_at IS NULL AND i.expires_at > $3 AND i.opened_at IS NULL",
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM invitations i WHERE i.survey_id = $1 AND i.id < $2 AND {only} AND {reach}
         ORDER BY i.id DESC LIMIT $4"
    );
    tx.query(&sql, &[&survey, &before, &now, &limit], read)
}

/// How the invitations of a survey within reach went.
pub fn counts(tx: &mut Tx<'_>, scope: &Scope, survey: Id) -> Result<Counts> {
    let (now, reach) = (tx.now(), scope.condition("i.site_id"));
    let sql = format!(
        "SELECT COUNT(*), COUNT(i.opened_at), COUNT(i.answered_at),
                COUNT(CASE WHEN i.answered_at IS NULL AND i.expires_at <= $2 THEN 1 END)
         FROM invitations i WHERE i.survey_id = $1 AND {reach}"
    );
    tx.query_one(&sql, &[&survey, &now], |row| {
        let mut c = row.columns();
        Ok(Counts { created: c.next()?, opened: c.next()?, answered: c.next()?, expired: c.next()? })
    })
}

/// What a customer was asked, newest first.
pub fn of_customer(tx: &mut Tx<'_>, customer: Id, limit: i64) -> Result<Vec<Asked>> {
    let sql = format!(
        "SELECT {COLUMNS}, s.name, r.id FROM invitations i JOIN surveys s ON s.id = i.survey_id
         LEFT JOIN responses r ON r.invitation_id = i.id WHERE i.customer_id = $1 ORDER BY i.id DESC LIMIT $2"
    );
    tx.query(&sql, &[&customer, &limit], |row| {
        Ok(Asked { invitation: read(row)?, survey_name: row.get(10)?, response: row.get(11)? })
    })
}

/// One invitation.
pub fn get(tx: &mut Tx<'_>, id: Id) -> Result<Invitation> {
    tx.query_one(&format!("SELECT {COLUMNS} FROM invitations i WHERE i.id = $1"), &[&id], read)
}

/// Invitations whose reminder is due, with the reminders so far, and whether one may be sent: the survey takes answers,
/// nobody answered, it is not too old, and the customer neither said no nor has an address that bounced, or none.
pub(super) fn to_remind(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<(Invitation, i64, bool)>> {
    let now = tx.now();
    let sql = format!(
        "SELECT {COLUMNS}, i.reminded,
                s.state = 'open' AND i.answered_at IS NULL AND i.expires_at > $1
                AND c.email IS NOT NULL AND c.email_key IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM bounced_addresses b WHERE b.address = c.email_key)
                AND COALESCE((SELECT k.granted FROM consents k WHERE k.customer_id = c.id AND k.purpose = 'survey'
                              ORDER BY k.id DESC LIMIT 1), TRUE)
         FROM invitations i JOIN surveys s ON s.id = i.survey_id JOIN customers c ON c.id = i.customer_id
         WHERE i.remind_at <= $1 ORDER BY i.remind_at, i.id LIMIT $2"
    );
    tx.query(&sql, &[&now, &limit], |row| Ok((read(row)?, row.get(10)?, row.get(11)?)))
}

/// Notes how many reminders were sent, and when the next is due, if there is one.
pub(super) fn set_reminder(tx: &mut Tx<'_>, id: Id, reminded: i64, next: Option<Instant>) -> Result<()> {
    let sql = "UPDATE invitations SET reminded = $2, remind_at = $3 WHERE id = $1";
    tx.execute(sql, &[&id, &reminded, &next]).map(drop)
}

/// Notes when the first reminder of these is due.
pub(super) fn set_first_reminder(tx: &mut Tx<'_>, invitations: &[Invitation], at: Instant) -> Result<()> {
    for invitation in invitations {
        set_reminder(tx, invitation.id, 0, Some(at))?;
    }
    Ok(())
}

/// Ends the open invitations of a customer.
pub(crate) fn end(tx: &mut Tx<'_>, customer: Id) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "UPDATE invitations SET expires_at = $2, remind_at = NULL
         WHERE customer_id = $1 AND answered_at IS NULL AND expires_at > $2",
        &[&customer, &now],
    )
    .map(drop)
}
