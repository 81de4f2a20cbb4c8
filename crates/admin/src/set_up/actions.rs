//! Creating the organisation. Nobody is signed in yet: the link's secret is the permission.

use kernel::clock::SignedDuration;
use kernel::identity::store::{self as identity, Grant, User};
use kernel::identity::{Actor, Role};
use kernel::ledger::Event;
use kernel::organisation::store as organisations;
use kernel::organisation::{Organisation, Site};
use kernel::{Error, Id, Result, Tx, secrets};
use serde::Serialize;

use super::model::{Input, SetUp};
use super::rules;
use crate::shared::hash;
use crate::sites::rules::code_of;

/// How long the link holds; each start on an empty database makes a new one.
const LINK_LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);
/// What the organisation's events are about: there is one.
const ORGANISATION: Id = Id(1);

/// Makes the one-time link in place of any other and returns its path: `/set-up/…`.
///
/// # Errors
/// Refused once the organisation exists.
pub fn make_link(tx: &mut Tx<'_>) -> Result<String> {
    refuse_second(tx)?;
    let secret = secrets::token()?;
    let expires = tx.now().plus(LINK_LIFE);
    organisations::set_setup_link(tx, &hash(&secret), expires)?;
    Ok(format!("/set-up/{secret}"))
}

/// Whether a link still leads somewhere.
pub fn link_holds(tx: &mut Tx<'_>, secret: &str) -> Result<bool> {
    Ok(organisations::find(tx)?.is_none() && organisations::setup_link_holds(tx, &hash(secret))?)
}

/// Creates the organisation through a link and uses the link up.
///
/// # Errors
/// Not found when the link does not hold.
pub fn set_up_by_link(tx: &mut Tx<'_>, secret: &str, input: &Input) -> Result<SetUp> {
    if !link_holds(tx, secret)? {
        return Err(Error::NotFound);
    }
    set_up(tx, input)
}

/// Creates the organisation with its first site and its first administrator. For the link, the command line
/// and the demonstration.
///
/// # Errors
/// Refused once the organisation exists.
pub fn set_up(tx: &mut Tx<'_>, input: &Input) -> Result<SetUp> {
    refuse_second(tx)?;
    let organisation = Organisation {
        name: input.organisation.clone(),
        regime: input.regime,
        zone: input.zone.clone(),
        currency: input.currency.clone(),
        locale: input.locale,
        hours: rules::usual_hours()?,
        closures: Vec::new(),
        link_key: secrets::random::<32>()?.to_vec(),
        demonstration: input.demonstration,
        version: 1,
    };
    organisations::insert(tx, &organisation)?;
    organisations::remove_setup_link(tx)?;
    let administrator = User {
        id: tx.new_id(),
        email: input.email.clone(),
        name: input.person.clone(),
        title: input.title.clone(),
        locale: input.locale,
        theme: "system".to_owned(),
        disabled: false,
        version: 1,
    };
    identity::insert_user(tx, &administrator, input.password_hash.as_deref())?;
    let grant = Grant { role: Role::Administrator, site: None, team: None };
    identity::set_grants(tx, administrator.id, &[grant])?;
    let by = identity::actor(tx, &administrator)?;
    record(tx, &by, &organisation, &administrator)?;
    let site = input.site.as_deref().map(|name| first_site(tx, &by, name)).transpose()?;
    Ok(SetUp { administrator, site })
}

fn refuse_second(tx: &mut Tx<'_>) -> Result<()> {
    match organisations::find(tx)? {
        None => Ok(()),
        Some(_) => Err(Error::refused("set-up-already")),
    }
}

fn record(tx: &mut Tx<'_>, by: &Actor, organisation: &Organisation, administrator: &User) -> Result<()> {
    #[derive(Serialize)]
    struct Created<'a> {
        name: &'a str,
        regime: &'a str,
        zone: &'a str,
        currency: &'a str,
        locale: &'a str,
        demonstration: bool,
    }
    let created = Created {
        name: &organisation.name,
        regime: organisation.regime.code(),
        zone: organisation.zone.name(),
        currency: &organisation.currency,
        locale: organisation.locale.code(),
        demonstration: organisation.demonstration,
    };
    Event::new("organisation.created", ORGANISATION).after(&created).record(tx, by)?;
    Event::new("colleague.created", administrator.id).after(administrator).record(tx, by)?;
    Ok(())
}

fn first_site(tx: &mut Tx<'_>, by: &Actor, name: &str) -> Result<Site> {
    let site =
        Site { id: tx.new_id(), code: code_of(name), name: name.to_owned(), closed: false, version: 1 };
    organisations::insert_site(tx, &site)?;
    Event::new("site.created", site.id).after(&site).record(tx, by)?;
    Ok(site)
}
