//! What can be done with colleagues.

use kernel::clock::SignedDuration;
use kernel::errors::OnConstraint;
use kernel::identity::store::{self as identity, Grant, User};
use kernel::identity::{Actor, Permission, Role};
use kernel::ledger::Event;
use kernel::organisation::store as organisations;
use kernel::texts::Locale;
use kernel::{Error, Id, Result, Tx};

use super::model::{Colleague, ColleagueInput, Filter, Places, Snapshot};
use super::{rules, store};

/// How long a link to join holds.
pub const INVITATION_LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Every site and team.
pub fn places(tx: &mut Tx<'_>) -> Result<Places> {
    Ok(Places { sites: organisations::sites(tx)?, teams: organisations::teams(tx)? })
}

/// Colleagues the actor may manage, by name.
pub fn list(tx: &mut Tx<'_>, by: &Actor, filter: &Filter) -> Result<Vec<Colleague>> {
    by.require(Permission::PeopleManage)?;
    let places = places(tx)?;
    let mut all = store::colleagues(tx)?;
    all.retain(|c| rules::covers(by, &c.grants, &places) && rules::matches(c, filter));
    Ok(all)
}

/// One colleague the actor may manage.
pub fn find(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Colleague> {
    list(tx, by, &Filter::default())?.into_iter().find(|c| c.user.id == id).ok_or(Error::NotFound)
}

/// Invites a colleague under the hash of a secret; `/join/` and the secret is their link.
pub fn invite(
    tx: &mut Tx<'_>,
    by: &Actor,
    input: &ColleagueInput,
    locale: Locale,
    secret_hash: &str,
) -> Result<Colleague> {
    by.require(Permission::PeopleManage)?;
    let places = places(tx)?;
    let checked = rules::check(input, &places)?;
    require_cover(by, &checked.grants, &places)?;
    let user = User {
        id: tx.new_id(),
        email: checked.email,
        name: checked.name,
        title: checked.title,
        locale,
        theme: "system".to_owned(),
        disabled: false,
        version: 1,
    };
    in_words(identity::insert_user(tx, &user, None))?;
    identity::set_grants(tx, user.id, &checked.grants)?;
    let expires = tx.now().plus(INVITATION_LIFE);
    identity::insert_invitation(tx, user.id, secret_hash, expires)?;
    let after = snapshot(&user, &checked.grants, &places);
    Event::new("colleague.invited", user.id).after(&after).record(tx, by)?;
    find(tx, by, user.id)
}

/// Gives a colleague a new link: to join, or to choose a new password. Any earlier link is void.
pub fn reinvite(tx: &mut Tx<'_>, by: &Actor, id: Id, secret_hash: &str) -> Result<Colleague> {
    let colleague = find(tx, by, id)?;
    if colleague.user.disabled {
        return Err(Error::refused("people-disabled-first"));
    }
    let expires = tx.now().plus(INVITATION_LIFE);
    identity::insert_invitation(tx, id, secret_hash, expires)?;
    Event::new("colleague.invited", id).record(tx, by)?;
    Ok(colleague)
}

/// Changes identity and roles of a colleague.
///
/// # Errors
/// Stale when they changed since `version`; refused when nobody would be left to administer.
pub fn change(tx: &mut Tx<'_>, by: &Actor, id: Id, version: i64, input: &ColleagueInput) -> Result<()> {
    let before = find(tx, by, id)?;
    let places = places(tx)?;
    let checked = rules::check(input, &places)?;
    require_cover(by, &checked.grants, &places)?;
    if before.state != super::State::Disabled && !rules::administers_all(&checked.grants) {
        keep_an_administrator(tx, &before)?;
    }
    let user = User {
        email: checked.email,
        name: checked.name,
        title: checked.title,
        version,
        ..before.user.clone()
    };
    if !in_words(identity::update_user(tx, &user))? {
        return Err(Error::Stale(before.user.version));
    }
    identity::set_grants(tx, id, &checked.grants)?;
    let was = snapshot(&before.user, &before.grants, &places);
    let is = snapshot(&user, &checked.grants, &places);
    Event::new("colleague.changed", id).before(&was).after(&is).record(tx, by)?;
    Ok(())
}

/// Keeps a colleague from signing in and ends their sessions at once.
pub fn disable(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<()> {
    let before = find(tx, by, id)?;
    if before.user.disabled {
        return Ok(());
    }
    keep_an_administrator(tx, &before)?;
    identity::update_user(tx, &User { disabled: true, ..before.user })?;
    identity::end_sessions(tx, id, None)?;
    Event::new("colleague.disabled", id).record(tx, by)?;
    Ok(())
}

/// Lets a disabled colleague sign in again.
pub fn enable(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<()> {
    let before = find(tx, by, id)?;
    if !before.user.disabled {
        return Ok(());
    }
    identity::update_user(tx, &User { disabled: false, ..before.user })?;
    Event::new("colleague.enabled", id).record(tx, by)?;
    Ok(())
}

fn require_cover(by: &Actor, grants: &[Grant], places: &Places) -> Result<()> {
    if rules::covers(by, grants, places) {
        return Ok(());
    }
    Err(Error::field("roles", "people-error-beyond"))
}

fn keep_an_administrator(tx: &mut Tx<'_>, leaving: &Colleague) -> Result<()> {
    if !rules::administers_all(&leaving.grants)
        || identity::others_with_role(tx, Role::Administrator, leaving.user.id)? > 0
    {
        return Ok(());
    }
    Err(Error::refused("people-last-administrator"))
}

fn snapshot(user: &User, grants: &[Grant], places: &Places) -> Snapshot {
    let role = |grant: &Grant| {
        let site = places.sites.iter().find(|s| Some(s.id) == grant.site).map(|s| &s.name);
        let team = places.teams.iter().find(|t| Some(t.id) == grant.team).map(|t| &t.name);
        match site.or(team) {
            Some(place) => format!("{} ({place})", grant.role.name()),
            None => grant.role.name().to_owned(),
        }
    };
    Snapshot {
        name: user.name.clone(),
        email: user.email.clone(),
        title: user.title.clone(),
        roles: grants.iter().map(role).collect(),
    }
}

fn in_words<V>(outcome: Result<V>) -> Result<V> {
    outcome.on_constraint("users_email_key", "email", "people-error-email-taken")
}
