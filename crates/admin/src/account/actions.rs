//! What one can do with one's own account: being signed in is the permission.

use kernel::identity::store::{self as identity, Session, User};
use kernel::identity::{Actor, throttle};
use kernel::ledger::Event;
use kernel::texts::Locale;
use kernel::{Error, Id, Result, Tx};

use super::model::Profile;
use super::rules;
use crate::shared::{Wrong, line, optional_line};

fn me(by: &Actor) -> Result<Id> {
    by.user().ok_or(Error::NotSignedIn)
}

/// The browsers one is signed in with.
pub fn sessions(tx: &mut Tx<'_>, by: &Actor) -> Result<Vec<Session>> {
    let user = me(by)?;
    identity::sessions(tx, user)
}

/// Whether one has a password; in a demonstration nobody has.
pub fn has_password(tx: &mut Tx<'_>, by: &Actor) -> Result<bool> {
    Ok(current_hash(tx, by)?.is_some())
}

fn current_hash(tx: &mut Tx<'_>, by: &Actor) -> Result<Option<String>> {
    let user = me(by)?;
    let email = identity::user(tx, user)?.email;
    Ok(identity::user_by_email(tx, &email)?.and_then(|(_, hash)| hash))
}

/// Changes one's name and title.
///
/// # Errors
/// Stale when the account changed since the form was shown.
pub fn change(tx: &mut Tx<'_>, by: &Actor, typed: &Profile) -> Result<()> {
    let mut wrong = Wrong::default();
    let name = wrong.take(line("name", &typed.name, 120));
    let title = wrong.take(optional_line("title", &typed.title, 120));
    let (Some(name), Some(title)) = (name, title) else { return Err(wrong.error()) };
    let user = me(by)?;
    let before = identity::user(tx, user)?;
    save(tx, by, &before, &User { name, title, version: typed.version, ..before.clone() })
}

/// Chooses the language one reads.
pub fn set_language(tx: &mut Tx<'_>, by: &Actor, locale: Locale) -> Result<()> {
    let user = me(by)?;
    let before = identity::user(tx, user)?;
    save(tx, by, &before, &User { locale, ..before.clone() })
}

/// Chooses how pages look: one of [`rules::THEMES`].
pub fn set_theme(tx: &mut Tx<'_>, by: &Actor, theme: &str) -> Result<()> {
    let theme = rules::theme(theme)?;
    let user = me(by)?;
    let before = identity::user(tx, user)?;
    save(tx, by, &before, &User { theme, ..before.clone() })
}

fn save(tx: &mut Tx<'_>, by: &Actor, before: &User, after: &User) -> Result<()> {
    if !identity::update_user(tx, after)? {
        return Err(Error::Stale(before.version));
    }
    Event::new("colleague.changed", before.id).before(before).after(after).record(tx, by)?;
    Ok(())
}

/// Counts an attempt to change the password and gives the hash the present one must match.
///
/// # Errors
/// Too many attempts; refused where nobody has a password.
pub fn begin_password_change(tx: &mut Tx<'_>, by: &Actor) -> Result<String> {
    let key = password_key(me(by)?);
    throttle::check(tx, &key, throttle::SIGN_IN)?;
    throttle::count(tx, &key, throttle::SIGN_IN)?;
    current_hash(tx, by)?.ok_or_else(|| Error::refused("account-no-password"))
}

/// Forgets the attempts of somebody whose password was right.
pub fn password_was_right(tx: &mut Tx<'_>, by: &Actor) -> Result<()> {
    throttle::clear(tx, &password_key(me(by)?))
}

fn password_key(user: Id) -> String {
    format!("password:{user}")
}

/// Sets a new password and ends every other session.
pub fn change_password(tx: &mut Tx<'_>, by: &Actor, session: Id, hash: &str) -> Result<()> {
    let user = me(by)?;
    identity::set_password(tx, user, hash)?;
    identity::end_sessions(tx, user, Some(session))?;
    throttle::clear(tx, &password_key(user))?;
    Event::new("colleague.password_changed", user).record(tx, by)?;
    Ok(())
}

/// Ends one of one's sessions.
pub fn end_session(tx: &mut Tx<'_>, by: &Actor, session: Id) -> Result<()> {
    let user = me(by)?;
    if !identity::end_session(tx, user, session)? {
        return Err(Error::NotFound);
    }
    Event::new("sign_in.ended", user).record(tx, by)?;
    Ok(())
}

/// Ends all of one's sessions but this one, and says how many.
pub fn end_other_sessions(tx: &mut Tx<'_>, by: &Actor, session: Id) -> Result<u64> {
    let user = me(by)?;
    let ended = identity::end_sessions(tx, user, Some(session))?;
    if ended > 0 {
        Event::new("sign_in.ended", user).after(&serde_json::json!({ "sessions": ended })).record(tx, by)?;
    }
    Ok(ended)
}
