//! Every query about mails.

use std::collections::HashSet;

use super::model::{Bounced, Mail, Outcome, Outgoing, State, locale};
use super::rules;
use crate::db::{Param, Row, Tx};
use crate::errors::{Error, Result};
use crate::identity::Actor;
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
    due_at: crate::clock::Instant,
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
