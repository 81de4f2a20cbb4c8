//! Coming in and going out. These need no permission: they are how one is known at all.

use kernel::identity::store::{self as identity, User};
use kernel::identity::{Actor, throttle};
use kernel::ledger::Event;
use kernel::organisation::store as organisations;
use kernel::{Error, Id, Result, Tx};
use serde::Serialize;
use web_kit::begin_session;

use super::entry::Entry;
use super::model::{Admission, DemoPerson};
use super::{rules, store};
use crate::second_factor::actions as second_factor;
use crate::shared::hash;

/// What an event tells about the browser.
#[derive(Serialize)]
struct From<'a> {
    address: &'a str,
    client: &'a str,
}

/// Counts an attempt, before anything is verified so that attempts at the same time all count, and finds
/// who it is for.
///
/// # Errors
/// Too many attempts for this address from this network, or from this network.
pub fn begin_attempt(tx: &mut Tx<'_>, email: &str, network: &str) -> Result<Option<(User, Option<String>)>> {
    let (one, all) = keys(email, network);
    throttle::check(tx, &one, throttle::SIGN_IN)?;
    throttle::check(tx, &all, throttle::SIGN_IN_NETWORK)?;
    throttle::count(tx, &one, throttle::SIGN_IN)?;
    throttle::count(tx, &all, throttle::SIGN_IN_NETWORK)?;
    identity::user_by_email(tx, email)
}

fn keys(email: &str, network: &str) -> (String, String) {
    // The address is hashed: a list of who tried to come in is nobody's business.
    (format!("sign-in:{}:{network}", hash(email)), format!("sign-in:{network}"))
}

/// Lets somebody in who gave the right password, unless their second factor is asked first or they were disabled
/// meanwhile.
pub fn admit(tx: &mut Tx<'_>, user: Id, email: &str, entry: &Entry) -> Result<Admission> {
    let user = identity::user(tx, user)?;
    if user.disabled {
        return Ok(Admission::Refused);
    }
    if second_factor::is_asked(tx, user.id)? {
        // The attempt stays counted until the code is right too: the password alone opens no further attempts.
        second_factor::challenge(tx, user.id, &hash(&entry.secret))?;
        return Ok(Admission::Code);
    }
    welcome(tx, &user, email, entry)?;
    Ok(Admission::In)
}

fn welcome(tx: &mut Tx<'_>, user: &User, email: &str, entry: &Entry) -> Result<()> {
    let (one, all) = keys(email, &entry.network);
    throttle::clear(tx, &one)?;
    throttle::forgive(tx, &all)?;
    enter(tx, user, entry)
}

/// Counts an attempt at a code, like one at a password, before it is looked at.
///
/// # Errors
/// Not found when the password was not given, or too long ago; too many attempts.
pub fn begin_code(tx: &mut Tx<'_>, challenge: &str, network: &str) -> Result<()> {
    let user = second_factor::challenged(tx, &hash(challenge))?;
    let email = identity::user(tx, user)?.email;
    begin_attempt(tx, &email, network)?;
    second_factor::count_attempt(tx, user)
}

/// Lets somebody in whose code is right as well: with a session of its own, which nobody could know before.
pub fn admit_code(tx: &mut Tx<'_>, challenge: &str, code: &str, entry: &Entry) -> Result<Admission> {
    let id = second_factor::challenged(tx, &hash(challenge))?;
    let user = identity::user(tx, id)?;
    if user.disabled || !second_factor::pass(tx, id, code)? {
        refuse(tx, Some(id), entry)?;
        return Ok(Admission::Refused);
    }
    let email = user.email.clone();
    welcome(tx, &user, &email, entry)?;
    Ok(Admission::In)
}

/// Records that somebody was refused; which address was typed is kept only when it is a colleague's.
pub fn refuse(tx: &mut Tx<'_>, user: Option<Id>, entry: &Entry) -> Result<()> {
    let from = From { address: &entry.address, client: &entry.agent };
    Event::new("sign_in.refused", user.unwrap_or(Id(0))).after(&from).record(tx, &Actor::public())?;
    Ok(())
}

/// Begins a session for `user` and ends the one the browser held before.
pub fn enter(tx: &mut Tx<'_>, user: &User, entry: &Entry) -> Result<()> {
    if let Some(previous) = &entry.previous
        && let Some((session, owner)) = identity::session(tx, &hash(previous))?
    {
        identity::end_session(tx, owner.id, session.id)?;
    }
    begin_session(tx, user.id, &entry.secret, &entry.address, &entry.agent)?;
    let by = identity::actor(tx, user)?;
    let from = From { address: &entry.address, client: &entry.agent };
    Event::new("sign_in.done", user.id).after(&from).record(tx, &by)?;
    Ok(())
}

/// Who can be chosen in a demonstration: one person for each role; nobody anywhere else.
pub fn demonstration_people(tx: &mut Tx<'_>) -> Result<Vec<DemoPerson>> {
    if !organisations::find(tx)?.is_some_and(|o| o.demonstration) {
        return Ok(Vec::new());
    }
    Ok(rules::one_per_role(&store::people_with_roles(tx)?))
}

/// Lets somebody be one of the demonstration's people.
///
/// # Errors
/// Not found anywhere but in a demonstration, and for anybody who is not offered.
pub fn enter_demonstration(tx: &mut Tx<'_>, user: Id, entry: &Entry) -> Result<()> {
    let offered = demonstration_people(tx)?.iter().any(|p| p.id == user);
    if !offered {
        return Err(Error::NotFound);
    }
    let user = identity::user(tx, user)?;
    enter(tx, &user, entry)
}

/// Ends the session of somebody who leaves.
pub fn leave(tx: &mut Tx<'_>, by: &Actor, session: Id) -> Result<()> {
    let user = by.user().ok_or(Error::NotSignedIn)?;
    identity::end_session(tx, user, session)?;
    Event::new("sign_in.ended", user).record(tx, by)?;
    Ok(())
}

/// Whom an invitation is for.
///
/// # Errors
/// Not found once it was used, ran out, or its colleague was disabled.
pub fn invited(tx: &mut Tx<'_>, secret: &str) -> Result<User> {
    identity::invited(tx, &hash(secret))?.ok_or(Error::NotFound)
}

/// Accepts an invitation: sets the password, uses the link up, ends older sessions and lets them in, unless their
/// second factor is asked first.
pub fn join(tx: &mut Tx<'_>, secret: &str, password_hash: &str, entry: &Entry) -> Result<Admission> {
    let user = invited(tx, secret)?;
    identity::set_password(tx, user.id, password_hash)?;
    identity::use_invitation(tx, &hash(secret))?;
    identity::end_sessions(tx, user.id, None)?;
    let by = identity::actor(tx, &user)?;
    Event::new("colleague.joined", user.id).record(tx, &by)?;
    if second_factor::is_asked(tx, user.id)? {
        second_factor::challenge(tx, user.id, &hash(&entry.secret))?;
        return Ok(Admission::Code);
    }
    enter(tx, &user, entry)?;
    Ok(Admission::In)
}
