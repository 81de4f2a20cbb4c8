//! « Vous avez dit, nous avons fait »: what customers are told of an improvement.

use std::collections::BTreeMap;

use kernel::identity::Actor;
use kernel::mail::{self, About, Block, Outgoing, Recipient};
use kernel::organisation::{self, Organisation};
use kernel::texts::{Locale, T};
use kernel::{Error, Id, Result, Tx};

use super::{save, writable};
use crate::improvements::model::{Concerned, Improvement, ImprovementInput, LeftOut, State};
use crate::improvements::{rules, store, url};

/// Mails queued in one go.
const MAILS: usize = 500;

/// Writes what customers said and what was done, until they are told: once it is judged too, so that they still can be.
///
/// # Errors
/// Stale when somebody else changed it since it was shown.
pub fn word(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: Id,
    version: i64,
    input: &ImprovementInput,
) -> Result<Improvement> {
    let before = writable(tx, by, id)?;
    if before.state == State::Abandoned {
        return Err(Error::refused("improvement-error-over"));
    }
    if before.told_at.is_some() {
        return Err(Error::refused("improvement-error-told"));
    }
    let (said, did) = rules::words(&input.said, &input.did)?;
    let other = rules::other_words(&input.said_other, &input.did_other)?;
    if before.version != version {
        return Err(Error::Stale(before.version));
    }
    let after = Improvement { said, did, said_other: other.said, did_other: other.did, ..before.clone() };
    save(tx, by, "improvement.worded", &before, after)
}

/// A letter as it will leave, in one language.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The language.
    pub locale: Locale,
    /// How many read it.
    pub n: u64,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// Who will be told and who will not, before anything leaves.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The improvement.
    pub improvement: Improvement,
    /// How many will be written to.
    pub n: u64,
    /// How many will not, and why; reasons that concern nobody apart.
    pub left_out: Vec<(LeftOut, u64)>,
    /// The letter in each language somebody will read; in that of the organisation when nobody will.
    pub letters: Vec<Letter>,
}

/// Who would be told now, and in which words.
///
/// # Errors
/// Refused while nothing is in place, or while there are no words.
pub fn preview(tx: &mut Tx<'_>, by: &Actor, t: T, id: Id) -> Result<Preview> {
    let improvement = tellable(tx, by, id)?;
    let house = organisation::store::get(tx)?;
    let audience = audience(tx, by, id)?;
    let mut languages: BTreeMap<&'static str, (Locale, u64)> = BTreeMap::new();
    for to in &audience.reached {
        let (locale, ..) = rules::read_in(&improvement, house.locale, to.locale);
        languages.entry(locale.code()).or_insert((locale, 0)).1 += 1;
    }
    if languages.is_empty() {
        languages.insert(house.locale.code(), (house.locale, 0));
    }
    let letter = |(locale, n): (Locale, u64)| {
        let t = t.in_locale(locale);
        let (_, said, did) = rules::read_in(&improvement, house.locale, Some(locale));
        Letter { locale, n, subject: subject(t, &house), blocks: blocks(t, said, did) }
    };
    let letters = languages.into_values().map(letter).collect();
    let n = audience.reached.len() as u64;
    Ok(Preview { improvement, n, left_out: audience.left_out, letters })
}

/// Tells the customers whose cases led to it what they said and what was done, once each, as [`preview`] showed it: the
/// words of this version, to so many. Returns how many are written to.
///
/// # Errors
/// Stale when the words were changed since, refused when others would be told than were shown.
pub fn tell(tx: &mut Tx<'_>, by: &Actor, t: T, id: Id, version: i64, n: u64) -> Result<u64> {
    let before = tellable(tx, by, id)?;
    if before.version != version {
        return Err(Error::Stale(before.version));
    }
    let house = organisation::store::get(tx)?;
    let audience = audience(tx, by, id)?;
    if audience.reached.len() as u64 != n {
        return Err(Error::refused("improvement-error-audience"));
    }
    let mails: Vec<Outgoing> =
        audience.reached.into_iter().map(|to| letter(t, &house, &before, to)).collect();
    let mut queued = 0;
    for some in mails.chunks(MAILS) {
        queued += mail::queue_all(tx, by, some)?;
    }
    let told_n = before.told_n.unwrap_or(0) + i64::try_from(queued).unwrap_or(0);
    let after = Improvement { told_at: Some(tx.now()), told_n: Some(told_n), ..before.clone() };
    save(tx, by, "improvement.told", &before, after)?;
    Ok(queued)
}

/// An improvement customers can be told of.
fn tellable(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Improvement> {
    let found = writable(tx, by, id)?;
    if !rules::is_done(&found) {
        return Err(Error::refused("improvement-error-nothing-done"));
    }
    if found.said.is_empty() || found.did.is_empty() {
        return Err(Error::refused("improvement-error-unsaid"));
    }
    Ok(found)
}

/// The customers concerned, told apart.
struct Audience {
    reached: Vec<Concerned>,
    left_out: Vec<(LeftOut, u64)>,
}

fn audience(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Audience> {
    let concerned = store::concerned(tx, &by.scope, id)?;
    let told = store::told(tx, id)?;
    let keys: Vec<String> =
        concerned.iter().filter_map(|c| c.address.as_deref()).map(mail::rules::address_key).collect();
    let bounced = mail::store::bounced_among(tx, &keys)?;
    let mut counts = BTreeMap::from([(LeftOut::Unknown, store::nameless_cases(tx, &by.scope, id)?)]);
    let mut reached = Vec::new();
    for one in concerned {
        match rules::left_out(&one, &told, &bounced) {
            Some(why) => *counts.entry(why).or_default() += 1,
            None => reached.push(one),
        }
    }
    let some = |why: LeftOut| counts.get(&why).filter(|n| **n > 0).map(|n| (why, *n));
    Ok(Audience { reached, left_out: LeftOut::ALL.into_iter().filter_map(some).collect() })
}

/// What one customer reads.
fn letter(t: T, house: &Organisation, i: &Improvement, to: Concerned) -> Outgoing {
    let (locale, said, did) = rules::read_in(i, house.locale, to.locale);
    let t = t.in_locale(locale);
    Outgoing {
        key: format!("improvement-told:{}:{}", i.id, to.customer),
        kind: "improvement-told",
        to: Recipient {
            address: to.address.unwrap_or_default(),
            name: String::new(),
            customer: Some(to.customer),
            user: None,
        },
        locale,
        subject: subject(t, house),
        blocks: blocks(t, said, did),
        about: Some(About { kind: "improvement", id: i.id, href: url(i.id) }),
        site: to.site,
        unsubscribe: None,
        not_before: None,
    }
}

fn subject(t: T, house: &Organisation) -> String {
    t.one("improvement-mail-subject", "organisation", house.name.clone())
}

fn blocks(t: T, said: &str, did: &str) -> Vec<Block> {
    vec![
        Block::Text(t.get("improvement-mail-hello")),
        Block::Text(t.get("improvement-mail-said")),
        Block::Quote(said.to_owned()),
        Block::Text(t.get("improvement-mail-did")),
        Block::Text(did.to_owned()),
        Block::Text(t.get("improvement-mail-thanks")),
        Block::Small(t.get("improvement-mail-why")),
    ]
}
