//! Setting a second factor up, asking for it, removing it.

use kernel::identity::{Actor, Permission, store as identity, throttle};
use kernel::ledger::Event;
use kernel::{Error, Id, Result, Tx};

use super::model::Standing;
use super::rules::{self, Typed};
use super::store;
use crate::people;

/// Wrong codes for one person, wherever they come from: whoever types them knows the password already.
const CODES: throttle::Limit =
    throttle::Limit { count: 30, window: kernel::clock::SignedDuration::from_hours(1) };

fn me(by: &Actor) -> Result<Id> {
    by.user().ok_or(Error::NotSignedIn)
}

fn key(user: Id) -> String {
    format!("second-factor:{user}")
}

/// How one's own factor stands.
pub fn standing(tx: &mut Tx<'_>, by: &Actor) -> Result<Standing> {
    let user = me(by)?;
    store::standing(tx, user)
}

/// How a colleague's factor stands.
pub fn standing_of(tx: &mut Tx<'_>, by: &Actor, colleague: Id) -> Result<Standing> {
    people::actions::find(tx, by, colleague)?;
    store::standing(tx, colleague)
}

/// Begins to set a factor up; the password was verified. Nothing is asked before it is confirmed.
///
/// # Errors
/// Refused while one is in use.
pub fn begin(tx: &mut Tx<'_>, by: &Actor, secret: &str) -> Result<()> {
    let user = me(by)?;
    if store::standing(tx, user)?.since.is_some() {
        return Err(Error::refused("second-factor-already"));
    }
    store::put(tx, user, secret)
}

/// The secret of the factor being set up.
///
/// # Errors
/// Not found when none is.
pub fn unconfirmed(tx: &mut Tx<'_>, by: &Actor) -> Result<String> {
    let user = me(by)?;
    let factor = store::factor(tx, user)?.filter(|factor| factor.confirmed_at.is_none());
    factor.map(|factor| factor.secret).ok_or(Error::NotFound)
}

/// Confirms the factor being set up with a code, keeps the hashes of its recovery codes and ends one's other
/// sessions, which never were asked for a code; `false` when the code does not fit.
pub fn confirm(tx: &mut Tx<'_>, by: &Actor, typed: &str, codes: &[String], session: Id) -> Result<bool> {
    let user = me(by)?;
    let secret = unconfirmed(tx, by)?;
    let Some(Typed::Code(code)) = rules::read(typed) else { return Ok(false) };
    let Some(step) = rules::step_of(&secret, &code, tx.now(), 0)? else { return Ok(false) };
    store::use_step(tx, user, step)?;
    store::confirm(tx, user)?;
    keep_codes(tx, user, codes)?;
    identity::end_sessions(tx, user, Some(session))?;
    Event::new("colleague.second_factor_added", user).record(tx, by)?;
    Ok(true)
}

fn keep_codes(tx: &mut Tx<'_>, user: Id, codes: &[String]) -> Result<()> {
    let hashes: Vec<String> = codes.iter().map(|code| rules::hash(user, code)).collect();
    store::set_codes(tx, user, &hashes)
}

/// Replaces one's recovery codes; the password was verified.
pub fn renew_codes(tx: &mut Tx<'_>, by: &Actor, codes: &[String]) -> Result<()> {
    let user = me(by)?;
    if store::standing(tx, user)?.since.is_none() {
        return Err(Error::NotFound);
    }
    keep_codes(tx, user, codes)?;
    Event::new("colleague.recovery_codes_renewed", user).record(tx, by)?;
    Ok(())
}

/// Removes one's own factor; the password was verified. Returns whether a role of theirs asks for another.
pub fn remove(tx: &mut Tx<'_>, by: &Actor) -> Result<bool> {
    let user = me(by)?;
    taken_away(tx, by, user)?;
    identity::owes_factor(tx, user)
}

/// Removes a colleague's factor: their telephone is lost and so are their recovery codes.
pub fn remove_for(tx: &mut Tx<'_>, by: &Actor, colleague: Id) -> Result<()> {
    by.require(Permission::PeopleManage)?;
    people::actions::find(tx, by, colleague)?;
    taken_away(tx, by, colleague)
}

/// Removes a factor and records who did.
pub fn taken_away(tx: &mut Tx<'_>, by: &Actor, user: Id) -> Result<()> {
    if store::remove(tx, user)? {
        throttle::clear(tx, &key(user))?;
        Event::new("colleague.second_factor_removed", user).record(tx, by)?;
    }
    Ok(())
}

/// Whether a code is asked of somebody after the password.
pub fn is_asked(tx: &mut Tx<'_>, user: Id) -> Result<bool> {
    Ok(store::factor(tx, user)?.is_some_and(|factor| factor.confirmed_at.is_some()))
}

/// Lets whoever holds the secret of this hash answer with a code.
pub fn challenge(tx: &mut Tx<'_>, user: Id, secret_hash: &str) -> Result<()> {
    store::challenge(tx, user, secret_hash)
}

/// Who is to answer with a code.
///
/// # Errors
/// Not found once it was answered or took too long.
pub fn challenged(tx: &mut Tx<'_>, secret_hash: &str) -> Result<Id> {
    store::challenged(tx, secret_hash)?.ok_or(Error::NotFound)
}

/// Counts an attempt at a code, before it is looked at.
///
/// # Errors
/// Too many wrong codes for this person.
pub fn count_attempt(tx: &mut Tx<'_>, user: Id) -> Result<()> {
    throttle::check(tx, &key(user), CODES)?;
    throttle::count(tx, &key(user), CODES)
}

/// Uses a code up; `false` when it does not fit or was used before.
pub fn pass(tx: &mut Tx<'_>, user: Id, typed: &str) -> Result<bool> {
    let Some(factor) = store::factor(tx, user)? else { return Ok(false) };
    let fits = match rules::read(typed) {
        None => false,
        Some(Typed::Code(code)) => match rules::step_of(&factor.secret, &code, tx.now(), factor.last_step)? {
            Some(step) => store::use_step(tx, user, step)?,
            None => false,
        },
        Some(Typed::Recovery(code)) => use_recovery(tx, user, &code)?,
    };
    if fits {
        store::end_challenges(tx, user)?;
        throttle::clear(tx, &key(user))?;
    }
    Ok(fits)
}

fn use_recovery(tx: &mut Tx<'_>, user: Id, code: &str) -> Result<bool> {
    if !store::use_code(tx, user, &rules::hash(user, code))? {
        return Ok(false);
    }
    let of = identity::user(tx, user)?;
    let by = identity::actor(tx, &of)?;
    let left = store::standing(tx, user)?.codes_left;
    Event::new("colleague.recovery_code_used", user)
        .after(&serde_json::json!({ "codes_left": left }))
        .record(tx, &by)?;
    Ok(true)
}
