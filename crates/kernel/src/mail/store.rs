//! Every query about mails.

use std::collections::HashSet;

use super::model::{Bounced, Mail, Outcome, Outgoing, State, locale};
use super::rules;
use super::said::Said;
use crate::clock::Instant;
use crate::db::{Engine, Param, Row, Tx};
use crate::errors::{Error, Result};
use crate::identity::{Actor, Scope};
use crate::ids::Id;

const COLUMNS: &str =
    "m.id, m.key, m.kind, m.address, m.name, m.customer_id, m.user_id, m.locale, m.subject, m.blocks,
     m.about_kind, m.about_id, m.about_href, m.site_id, m.unsubscribe, m.state, m.attempts, m.due_at,
     m.created_at, m.created_by, m.claimed_at, m.sent_at, m.settled_at, m.outcome, m.error, m.message_id";

fn read(row: &Row<'_>) -> Result<Mail> {
    let mut c = row.columns();
    Ok(Mail {
        id: c.next()?,
        key: c.next()?,
        kind: c.next()?,
        address: c.next()?,
        name: c.next()?,
        customer: c.next()?,
        user: c.next()?,
        locale: locale(&c.next::<String>()?)?,
        subject: c.next()?,
        blocks: serde_json::from_str(&c.next::<String>()?)?,
        about_kind: c.next()?,
        about_id: c.next()?,
        about_href: c.next()?,
        site: c.next()?,
        unsubscribe: c.next()?,
        state: state(&c.next::<String>()?)?,
        attempts: c.next()?,
        due_at: c.next()?,
        created_at: c.next()?,
        created_by: c.next()?,
        claimed_at: c.next()?,
        sent_at: c.next()?,
        settled_at: c.next()?,
        outcome: c.next::<Option<String>>()?.as_deref().and_then(Outcome::parse),
        error: c.next()?,
        message_id: c.next()?,
    })
}

fn state(name: &str) -> Result<State> {
    State::parse(name).ok_or_else(|| Error::internal(format!("unknown mail state {name}")))
}

/// One mail.
pub fn get(tx: &mut Tx<'_>, id: Id) -> Result<Mail> {
    tx.query_one(&format!("SELECT {COLUMNS} FROM mails m WHERE m.id = $1"), &[&id], read)
}

/// The mail queued under this key.
pub fn by_key(tx: &mut Tx<'_>, key: &str) -> Result<Option<Mail>> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM mails m WHERE m.key = $1"), &[&key], read)
}

/// Mails about one thing, newest first.
pub fn about(tx: &mut Tx<'_>, about: Id, limit: i64) -> Result<Vec<Mail>> {
    let sql = format!("SELECT {COLUMNS} FROM mails m WHERE m.about_id = $1 ORDER BY m.id DESC LIMIT $2");
    tx.query(&sql, &[&about, &limit], read)
}

pub(super) fn id_of_key(tx: &mut Tx<'_>, key: &str) -> Result<Option<Id>> {
    tx.query_opt("SELECT id FROM mails WHERE key = $1", &[&key], |row| row.get(0))
}

/// The values of a row that are made from a message.
struct Made {
    address_key: String,
    blocks: String,
    due_at: Instant,
    about_kind: Option<&'static str>,
    about_id: Option<Id>,
}

pub(super) fn insert_all(tx: &mut Tx<'_>, by: &Actor, all: &[(Id, &Outgoing)]) -> Result<u64> {
    let now = tx.now();
    let mut made = Vec::with_capacity(all.len());
    for (_, o) in all {
        made.push(Made {
            address_key: rules::address_key(&o.to.address),
            blocks: serde_json::to_string(&o.blocks)?,
            due_at: o.not_before.unwrap_or(now).max(now),
            about_kind: o.about.as_ref().map(|a| a.kind),
            about_id: o.about.as_ref().map(|a| a.id),
        });
    }
    let about_href: Vec<Option<&String>> =
        all.iter().map(|(_, o)| o.about.as_ref().map(|a| &a.href)).collect();
    let locales: Vec<&str> = all.iter().map(|(_, o)| o.locale.code()).collect();
    let waiting = State::Waiting.name();
    let mut values: Vec<&dyn Param> = Vec::with_capacity(all.len() * 21);
    for (n, (id, o)) in all.iter().enumerate() {
        let m = &made[n];
        values.extend([id as &dyn Param, &o.key, &o.kind, &o.to.address, &m.address_key, &o.to.name]);
        values.extend([&o.to.customer as &dyn Param, &o.to.user, &locales[n], &o.subject, &m.blocks]);
        values.extend([&m.about_kind as &dyn Param, &m.about_id, &about_href[n], &o.site, &o.unsubscribe]);
        values.extend([&m.due_at as &dyn Param, &now, &by.name, &waiting, &0_i64]);
    }
    let into = "INSERT INTO mails (id, key, kind, address, address_key, name, customer_id, user_id, locale, subject,
                       blocks, about_kind, about_id, about_href, site_id, unsubscribe, due_at, created_at, created_by,
                       state, attempts) VALUES";
    tx.insert_many(into, "ON CONFLICT (key) DO NOTHING", 21, &values)
}

pub(super) fn withdraw(tx: &mut Tx<'_>, key: &str) -> Result<bool> {
    let now = tx.now();
    let changed = tx.execute(
        "UPDATE mails SET state = 'settled', outcome = 'withdrawn', settled_at = $2
         WHERE key = $1 AND state = 'waiting'",
        &[&key, &now],
    )?;
    Ok(changed == 1)
}

/// Whether an address bounced, by its key ([`rules::address_key`]).
pub fn bounced(tx: &mut Tx<'_>, address_key: &str) -> Result<Option<Bounced>> {
    tx.query_opt(
        "SELECT address, at, reason, mail_id FROM bounced_addresses WHERE address = $1",
        &[&address_key],
        read_bounced,
    )
}

fn read_bounced(row: &Row<'_>) -> Result<Bounced> {
    Ok(Bounced { address: row.get(0)?, at: row.get(1)?, reason: row.get(2)?, mail: row.get(3)? })
}

/// Which of these addresses bounced, by their keys.
pub fn bounced_among(tx: &mut Tx<'_>, keys: &[String]) -> Result<HashSet<String>> {
    let mut found = HashSet::new();
    let before = "SELECT address FROM bounced_addresses WHERE address IN (";
    tx.each_in(before, ")", keys, |row| {
        found.insert(row.get(0)?);
        Ok(())
    })?;
    Ok(found)
}

/// Mails that are due, the longest waiting first: in the order of the index alone, so that a look at a long queue reads
/// its head and no more.
pub(super) fn due(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Id>> {
    let now = tx.now();
    tx.query(
        "SELECT id FROM mails WHERE state = 'waiting' AND due_at <= $1 ORDER BY due_at LIMIT $2",
        &[&now, &limit],
        |row| row.get(0),
    )
}

/// Claims a mail, if it is still due.
pub(super) fn claim(tx: &mut Tx<'_>, id: Id, process: &str, message_id: &str) -> Result<Option<Mail>> {
    let now = tx.now();
    let sql = format!(
        "UPDATE mails AS m SET state = 'claimed', attempts = attempts + 1, claimed_at = $2, claimed_by = $3,
                message_id = $4
         WHERE m.id = $1 AND m.state = 'waiting' AND m.due_at <= $2 RETURNING {}",
        COLUMNS.replace("m.", "")
    );
    tx.query_opt(&sql, &[&id, &now, &process, &message_id], read)
}

/// Whether the answer of this process counts: its claim stands, or was taken for dead too early.
pub(super) fn is_claimed_by(tx: &mut Tx<'_>, id: Id, process: &str) -> Result<bool> {
    let found: Option<Id> = tx.query_opt(
        "SELECT id FROM mails WHERE id = $1 AND claimed_by = $2 AND state IN ('claimed', 'doubtful')",
        &[&id, &process],
        |row| row.get(0),
    )?;
    Ok(found.is_some())
}

/// Claims of other processes. On SQLite no other process serves the same file, so whatever is claimed when one starts
/// belongs to the dead; on PostgreSQL others may be at work, and only time tells.
pub(super) fn orphans(
    tx: &mut Tx<'_>,
    process: &str,
    before: Instant,
    at_start: bool,
) -> Result<Vec<(Id, String)>> {
    let alone = at_start && tx.engine() == Engine::Sqlite;
    let before = if alone { Instant::MAX } else { before };
    tx.query(
        "SELECT id, message_id FROM mails WHERE state = 'claimed' AND claimed_by <> $1 AND claimed_at < $2
         ORDER BY id LIMIT 1000",
        &[&process, &before],
        |row| Ok((row.get(0)?, row.get::<Option<String>>(1)?.unwrap_or_default())),
    )
}

pub(super) fn sent(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    let now = tx.now();
    let sql = "UPDATE mails SET state = 'sent', sent_at = $2, error = NULL WHERE id = $1";
    tx.execute(sql, &[&id, &now]).map(drop)
}

pub(super) fn settle(tx: &mut Tx<'_>, id: Id, outcome: &str, error: Option<&str>) -> Result<()> {
    let now = tx.now();
    let sql = "UPDATE mails SET state = 'settled', outcome = $2, settled_at = $3, error = $4 WHERE id = $1";
    tx.execute(sql, &[&id, &outcome, &now, &error]).map(drop)
}

pub(super) fn put(
    tx: &mut Tx<'_>,
    id: Id,
    state: State,
    attempts: i64,
    due_at: Instant,
    error: Option<&str>,
) -> Result<()> {
    let sql = "UPDATE mails SET state = $2, attempts = $3, due_at = $4, error = $5, outcome = NULL, settled_at = NULL
               WHERE id = $1";
    tx.execute(sql, &[&id, &state.name(), &attempts, &due_at, &error]).map(drop)
}

/// Puts in doubt so many of the mails that wait or are claimed, and returns them.
pub(super) fn doubt(tx: &mut Tx<'_>, error: &str, limit: i64) -> Result<Vec<Mail>> {
    let sql = format!(
        "UPDATE mails AS m SET state = 'doubtful', error = $1
         WHERE m.id IN (SELECT id FROM mails WHERE state IN ('waiting', 'claimed') ORDER BY id LIMIT $2)
         RETURNING {}",
        COLUMNS.replace("m.", "")
    );
    tx.query(&sql, &[&error, &limit], read)
}

/// Takes mails sent before `before` for delivered, so many at most; returns how many.
pub(super) fn settle_old(tx: &mut Tx<'_>, before: Instant, limit: i64) -> Result<u64> {
    let now = tx.now();
    // What is due late was sent later still: the index on state and due time narrows the search.
    tx.execute(
        "UPDATE mails SET state = 'settled', outcome = 'delivered', settled_at = $1
         WHERE id IN (SELECT id FROM mails WHERE state = 'sent' AND due_at < $2 AND sent_at < $2
                      ORDER BY due_at LIMIT $3)",
        &[&now, &before, &limit],
    )
}

/// The mail with this Message-ID.
pub fn by_message_id(tx: &mut Tx<'_>, message_id: &str) -> Result<Option<Mail>> {
    let Some(id) = message_id.split('.').next().and_then(|id| id.parse::<Id>().ok()) else { return Ok(None) };
    let sql = format!("SELECT {COLUMNS} FROM mails m WHERE m.id = $1 AND m.message_id = $2");
    tx.query_opt(&sql, &[&id, &message_id], read)
}

pub(super) fn insert_bounced(tx: &mut Tx<'_>, address_key: &str, reason: &str, mail: Id) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO bounced_addresses (address, at, reason, mail_id) VALUES ($1, $2, $3, $4)
         ON CONFLICT (address) DO UPDATE SET at = excluded.at, reason = excluded.reason, mail_id = excluded.mail_id",
        &[&address_key, &now, &reason, &mail],
    )
    .map(drop)
}

pub(super) fn delete_bounced(tx: &mut Tx<'_>, address_key: &str) -> Result<()> {
    tx.execute("DELETE FROM bounced_addresses WHERE address = $1", &[&address_key]).map(drop)
}

/// Takes back what waits for a customer, of these kinds; returns how many.
pub fn withdraw_for(tx: &mut Tx<'_>, customer: Id, kinds: &[&str]) -> Result<u64> {
    let now = tx.now();
    let mut count = 0;
    for kind in kinds {
        count += tx.execute(
            "UPDATE mails SET state = 'settled', outcome = 'withdrawn', settled_at = $3
             WHERE customer_id = $1 AND kind = $2 AND state = 'waiting'",
            &[&customer, kind, &now],
        )?;
    }
    Ok(count)
}

/// Takes what mails say and to whom off those of a customer, and forgets which of their addresses bounced; that they were
/// sent stays. What waits is withdrawn; a mail that is leaving now is already in other hands.
pub(super) fn forget(tx: &mut Tx<'_>, customer: Id) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "UPDATE mails SET state = 'settled', outcome = 'withdrawn', settled_at = $2
         WHERE customer_id = $1 AND state IN ('waiting', 'given_up', 'doubtful')",
        &[&customer, &now],
    )?;
    tx.execute(
        "DELETE FROM bounced_addresses
         WHERE address IN (SELECT address_key FROM mails WHERE customer_id = $1)",
        &[&customer],
    )?;
    tx.execute(
        "UPDATE mails SET address = '', address_key = '', name = '', subject = '', blocks = '[]', error = NULL,
                unsubscribe = NULL
         WHERE customer_id = $1",
        &[&customer],
    )
    .map(drop)
}

/// Takes what mails to colleagues say off those about a thing that is no longer to be known; those that wait are withdrawn.
pub(super) fn forget_about(tx: &mut Tx<'_>, about: Id) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "UPDATE mails SET state = 'settled', outcome = 'withdrawn', settled_at = $2
         WHERE about_id = $1 AND state = 'waiting'",
        &[&about, &now],
    )?;
    tx.execute("UPDATE mails SET subject = '', blocks = '[]' WHERE about_id = $1", &[&about]).map(drop)
}

/// How many mails stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Wait to be sent.
    pub waiting: i64,
    /// On their way now.
    pub in_flight: i64,
    /// Sent, nothing came back yet.
    pub sent: i64,
    /// May have left or not.
    pub doubtful: i64,
    /// Given up.
    pub given_up: i64,
    /// Ended.
    pub settled: i64,
}

/// Counts of mails of the whole organisation.
pub fn counts_all(tx: &mut Tx<'_>) -> Result<Counts> {
    counts(tx, &Scope::All)
}

/// Counts of mails within reach.
pub fn counts(tx: &mut Tx<'_>, scope: &Scope) -> Result<Counts> {
    let mut counts = Counts::default();
    let sql = format!(
        "SELECT m.state, COUNT(*) FROM mails m WHERE {} GROUP BY m.state",
        scope.condition("m.site_id")
    );
    tx.each(&sql, &[], |row| {
        let n = row.get(1)?;
        match state(&row.get::<String>(0)?)? {
            State::Waiting => counts.waiting = n,
            State::Claimed => counts.in_flight = n,
            State::Sent => counts.sent = n,
            State::Doubtful => counts.doubtful = n,
            State::GivenUp => counts.given_up = n,
            State::Settled => counts.settled = n,
        }
        Ok(true)
    })?;
    Ok(counts)
}

/// Mails in doubt since a backup was restored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RestoredMails {
    /// How many.
    pub count: i64,
    /// What is said of the latest of them ([`super::said`]).
    pub said: Option<String>,
}

fn is_restored(scope: &Scope) -> String {
    let reach = scope.condition("m.site_id");
    format!("m.state = 'doubtful' AND m.error LIKE '{}%' AND {reach}", Said::RESTORED)
}

/// How many mails within reach are in doubt since a backup was restored.
pub fn restored(tx: &mut Tx<'_>, scope: &Scope) -> Result<RestoredMails> {
    let sql = format!("SELECT COUNT(*), MAX(m.error) FROM mails m WHERE {}", is_restored(scope));
    tx.query_one(&sql, &[], |row| Ok(RestoredMails { count: row.get(0)?, said: row.get(1)? }))
}

/// Those among them after `after`, so many at most.
pub fn restored_after(tx: &mut Tx<'_>, scope: &Scope, after: Id, limit: i64) -> Result<Vec<Mail>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM mails m WHERE {} AND m.id > $1 ORDER BY m.id LIMIT $2",
        is_restored(scope)
    );
    tx.query(&sql, &[&after, &limit], read)
}

/// How mails stand, for whoever watches them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// Wait to be sent.
    pub waiting: i64,
    /// On their way now.
    pub in_flight: i64,
    /// May have left or not.
    pub doubtful: i64,
    /// Given up.
    pub given_up: i64,
    /// When the first of those that wait was due.
    pub oldest_due: Option<Instant>,
}

/// How mails stand that have not ended: what was sent is not counted, however much it is.
pub fn queue(tx: &mut Tx<'_>) -> Result<Queue> {
    let mut queue = Queue::default();
    let sql = "SELECT state, COUNT(*), MIN(due_at) FROM mails
               WHERE state IN ('waiting', 'claimed', 'doubtful', 'given_up') GROUP BY state";
    tx.each(sql, &[], |row| {
        let n = row.get(1)?;
        match state(&row.get::<String>(0)?)? {
            State::Waiting => (queue.waiting, queue.oldest_due) = (n, row.get(2)?),
            State::Claimed => queue.in_flight = n,
            State::Doubtful => queue.doubtful = n,
            State::GivenUp => queue.given_up = n,
            State::Sent | State::Settled => {}
        }
        Ok(true)
    })?;
    Ok(queue)
}

/// What to look for; nothing means anything.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Where it stands.
    pub state: Option<State>,
    /// What kind of message.
    pub kind: Option<String>,
    /// Beginning of the address.
    pub address: Option<String>,
    /// Only mails before this one (the next page).
    pub before: Option<Id>,
}

/// Mails within reach that match, newest first.
pub fn list(tx: &mut Tx<'_>, scope: &Scope, filter: &Filter, limit: i64) -> Result<Vec<Mail>> {
    let before = filter.before.unwrap_or(Id(i64::MAX));
    let address = filter.address.as_deref().map(rules::address_key);
    let end = address.as_ref().map(|start| format!("{start}\u{10ffff}"));
    let state = filter.state.map(State::name);
    let mut all = vec!["m.id < $1".to_owned(), scope.condition("m.site_id")];
    let mut params: Vec<&dyn Param> = vec![&before, &limit];
    if let Some(state) = &state {
        params.push(state);
        all.push(format!("m.state = ${}", params.len()));
    }
    if let Some(kind) = &filter.kind {
        params.push(kind);
        all.push(format!("m.kind = ${}", params.len()));
    }
    if let (Some(start), Some(end)) = (&address, &end) {
        params.extend([start as &dyn Param, end]);
        all.push(format!("m.address_key >= ${} AND m.address_key < ${}", params.len() - 1, params.len()));
    }
    let sql =
        format!("SELECT {COLUMNS} FROM mails m WHERE {} ORDER BY m.id DESC LIMIT $2", all.join(" AND "));
    tx.query(&sql, &params, read)
}

/// Kinds of mails there are: each is looked up after the one before, so that their number does not matter.
pub fn kinds(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    let mut kinds: Vec<String> = Vec::new();
    loop {
        let last = kinds.last().cloned().unwrap_or_default();
        let sql = "SELECT kind FROM mails WHERE kind > $1 ORDER BY kind LIMIT 1";
        match tx.query_opt(sql, &[&last], |row| row.get(0))? {
            Some(kind) => kinds.push(kind),
            None => return Ok(kinds),
        }
    }
}

/// Addresses that bounced, by mails within reach, latest first, before the one of `before`.
pub fn bounced_list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    before: Option<Instant>,
    limit: i64,
) -> Result<Vec<Bounced>> {
    let before = before.unwrap_or(Instant::MAX);
    let sql = format!(
        "SELECT b.address, b.at, b.reason, b.mail_id FROM bounced_addresses b LEFT JOIN mails m ON m.id = b.mail_id
         WHERE b.at < $1 AND {} ORDER BY b.at DESC, b.address LIMIT $2",
        scope.condition("m.site_id")
    );
    tx.query(&sql, &[&before, &limit], read_bounced)
}
