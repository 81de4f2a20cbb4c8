//! « Vous avez dit, nous avons fait »: what customers are told of an improvement.

use kernel::identity::Actor;
use kernel::mail::{self, About, Block, Outgoing, Recipient};
use kernel::organisation::{self, Organisation};
use kernel::texts::T;
use kernel::{Error, Id, Result, Tx};

use super::{save, writable};
use crate::improvements::model::{Improvement, State};
use crate::improvements::store::{self, Concerned};
use crate::improvements::{rules, url};

/// Mails queued in one go.
const MAILS: usize = 500;

/// Writes what customers said and what was done, until they are told: once it is judged too, so that they still can be.
///
/// # Errors
/// Stale when somebody else changed it since it was shown.
pub fn word(tx: &mut Tx<'_>, by: &Actor, id: Id, version: i64, said: &str, did: &str) -> Result<Improvement> {
    let before = writable(tx, by, id)?;
    if before.state == State::Abandoned {
        return Err(Error::refused("improvement-error-over"));
    }
    if before.told_at.is_some() {
        return Err(Error::refused("improvement-error-told"));
    }
    let (said, did) = rules::words(said, did)?;
    if before.version != version {
        return Err(Error::Stale(before.version));
    }
    let after = Improvement { said, did, ..before.clone() };
    save(tx, by, "improvement.worded", &before, after)
}

/// Tells the customers whose cases led to it what they said and what was done, once each. Returns how many are
/// written to.
pub fn tell(tx: &mut Tx<'_>, by: &Actor, t: T, id: Id) -> Result<u64> {
    let before = writable(tx, by, id)?;
    if !matches!(before.state, State::InPlace | State::Judged) {
        return Err(Error::refused("improvement-error-nothing-done"));
    }
    if before.said.is_empty() || before.did.is_empty() {
        return Err(Error::refused("improvement-error-unsaid"));
    }
    let house = organisation::store::get(tx)?;
    let concerned = store::concerned(tx, &by.scope, id)?;
    let mails: Vec<Outgoing> = concerned.into_iter().map(|c| letter(t, &house, &before, c)).collect();
    let mut queued = 0;
    for some in mails.chunks(MAILS) {
        queued += mail::queue_all(tx, by, some)?;
    }
    let now = tx.now();
    let after = Improvement {
        told_at: Some(now),
        told_n: before.told_n + i64::try_from(queued).unwrap_or(0),
        ..before.clone()
    };
    save(tx, by, "improvement.told", &before, after)?;
    Ok(queued)
}

/// What one customer reads.
fn letter(t: T, house: &Organisation, i: &Improvement, to: Concerned) -> Outgoing {
    let locale = to.locale.unwrap_or(house.locale);
    let t = t.in_locale(locale);
    Outgoing {
        key: format!("improvement-told:{}:{}", i.id, to.customer),
        kind: "improvement-told",
        to: Recipient { address: to.address, name: String::new(), customer: Some(to.customer), user: None },
        locale,
        subject: t.one("improvement-mail-subject", "organisation", house.name.clone()),
        blocks: vec![
            Block::Text(t.get("improvement-mail-said")),
            Block::Quote(i.said.clone()),
            Block::Text(t.get("improvement-mail-did")),
            Block::Text(i.did.clone()),
            Block::Small(t.get("improvement-mail-why")),
        ],
        about: Some(About { kind: "improvement", id: i.id, href: url(i.id) }),
        site: to.site,
        unsubscribe: None,
        not_before: None,
    }
}
