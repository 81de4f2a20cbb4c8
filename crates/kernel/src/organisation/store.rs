//! Every query about the organisation, its sites and its teams.

use super::{Organisation, Site, Team};
use crate::clock::{Day, Regime, Zone};
use crate::db::{Row, Tx};
use crate::errors::{Error, Result};
use crate::identity::Role;
use crate::ids::Id;

/// The organisation, or `None` before set-up.
pub fn find(tx: &mut Tx<'_>) -> Result<Option<Organisation>> {
    tx.query_opt(
        "SELECT name, regime, zone, currency, locale, hours, closures, link_key, demonstration, version
         FROM organisation WHERE id = 1",
        &[],
        read,
    )
}

/// The organisation; an error before set-up.
pub fn get(tx: &mut Tx<'_>) -> Result<Organisation> {
    find(tx)?.ok_or_else(|| Error::refused("error-not-set-up"))
}

fn read(row: &Row<'_>) -> Result<Organisation> {
    let mut c = row.columns();
    let name = c.next()?;
    let regime: Regime = c.next::<String>()?.parse().map_err(Error::caused)?;
    let zone: Zone = c.next::<String>()?.parse().map_err(Error::caused)?;
    let (currency, locale) = (c.next()?, c.next::<String>()?.parse()?);
    let hours = serde_json::from_str(&c.next::<String>()?)?;
    let closures: Vec<Day> = serde_json::from_str(&c.next::<String>()?)?;
    Ok(Organisation {
        name,
        regime,
        zone,
        currency,
        locale,
        hours,
        closures,
        link_key: c.next()?,
        demonstration: c.next()?,
        version: c.next()?,
    })
}

/// Roles whose people must have a second factor, in their order. A role that a later version removed asks nothing.
pub fn factor_roles(tx: &mut Tx<'_>) -> Result<Vec<Role>> {
    let names: Vec<String> = tx.query("SELECT role FROM factor_roles", &[], |row| row.get(0))?;
    let is_named = |role: &Role| names.iter().any(|name| name == role.name());
    Ok(Role::ALL.iter().copied().filter(is_named).collect())
}

/// Says which they are; with the version of the organisation, so that nobody overrules another unseen.
pub fn set_factor_roles(tx: &mut Tx<'_>, roles: &[Role]) -> Result<()> {
    tx.execute("DELETE FROM factor_roles", &[])?;
    for role in roles {
        tx.execute("INSERT INTO factor_roles (role) VALUES ($1)", &[&role.name()])?;
    }
    Ok(())
}

/// Writes the organisation for the first time.
pub fn insert(tx: &mut Tx<'_>, organisation: &Organisation) -> Result<()> {
    let now = tx.now();
    let closures = serde_json::to_string(&organisation.closures)?;
    let hours = serde_json::to_string(&organisation.hours)?;
    tx.execute(
        "INSERT INTO organisation (id, name, regime, zone, currency, locale, hours, closures, link_key,
                                   demonstration, created_at, version)
         VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)",
        &[
            &organisation.name,
            &organisation.regime.code(),
            &organisation.zone.name(),
            &organisation.currency,
            &organisation.locale.code(),
            &hours,
            &closures,
            &organisation.link_key,
            &organisation.demonstration,
            &now,
        ],
    )?;
    Ok(())
}

/// Changes the organisation if it is still at `organisation.version`; returns whether it was.
pub fn update(tx: &mut Tx<'_>, organisation: &Organisation) -> Result<bool> {
    let closures = serde_json::to_string(&organisation.closures)?;
    let hours = serde_json::to_string(&organisation.hours)?;
    let changed = tx.execute(
        "UPDATE organisation SET name = $2, regime = $3, zone = $4, currency = $5, locale = $6, closures = $7,
                                 hours = $8,
                                 version = version + 1
         WHERE id = 1 AND version = $1",
        &[
            &organisation.version, &organisation.name, &organisation.regime.code(), &organisation.zone.name(),
            &organisation.currency, &organisation.locale.code(), &closures, &hours,
        ],
    )?;
    Ok(changed == 1)
}

const SITE: &str = "SELECT id, code, name, closed, version FROM sites";

fn read_site(row: &Row<'_>) -> Result<Site> {
    let mut c = row.columns();
    Ok(Site { id: c.next()?, code: c.next()?, name: c.next()?, closed: c.next()?, version: c.next()? })
}

/// Every site, by name.
pub fn sites(tx: &mut Tx<'_>) -> Result<Vec<Site>> {
    tx.query(&format!("{SITE} ORDER BY name"), &[], read_site)
}

/// One site.
pub fn site(tx: &mut Tx<'_>, id: Id) -> Result<Site> {
    tx.query_one(&format!("{SITE} WHERE id = $1"), &[&id], read_site)
}

/// Adds a site.
pub fn insert_site(tx: &mut Tx<'_>, site: &Site) -> Result<()> {
    tx.execute(
        "INSERT INTO sites (id, code, name, closed, version) VALUES ($1, $2, $3, $4, 1)",
        &[&site.id, &site.code, &site.name, &site.closed],
    )?;
    Ok(())
}

/// Changes a site if it is still at `site.version`; returns whether it was.
pub fn update_site(tx: &mut Tx<'_>, site: &Site) -> Result<bool> {
    let changed = tx.execute(
        "UPDATE sites SET code = $3, name = $4, closed = $5, version = version + 1
         WHERE id = $1 AND version = $2",
        &[&site.id, &site.version, &site.code, &site.name, &site.closed],
    )?;
    Ok(changed == 1)
}

/// Every team with its sites, by name.
pub fn teams(tx: &mut Tx<'_>) -> Result<Vec<Team>> {
    let mut teams = tx.query("SELECT id, name, version FROM teams ORDER BY name", &[], |row| {
        Ok(Team { id: row.get(0)?, name: row.get(1)?, sites: Vec::new(), version: row.get(2)? })
    })?;
    for team in &mut teams {
        team.sites = tx.query(
            "SELECT site_id FROM team_sites WHERE team_id = $1 ORDER BY site_id",
            &[&team.id],
            |row| row.get(0),
        )?;
    }
    Ok(teams)
}

/// Adds a team with its sites.
pub fn insert_team(tx: &mut Tx<'_>, team: &Team) -> Result<()> {
    tx.execute("INSERT INTO teams (id, name, version) VALUES ($1, $2, 1)", &[&team.id, &team.name])?;
    set_team_sites(tx, team)
}

/// Changes a team if it is still at `team.version`; returns whether it was.
pub fn update_team(tx: &mut Tx<'_>, team: &Team) -> Result<bool> {
    let changed = tx.execute(
        "UPDATE teams SET name = $3, version = version + 1 WHERE id = $1 AND version = $2",
        &[&team.id, &team.version, &team.name],
    )?;
    set_team_sites(tx, team)?;
    Ok(changed == 1)
}

fn set_team_sites(tx: &mut Tx<'_>, team: &Team) -> Result<()> {
    tx.execute("DELETE FROM team_sites WHERE team_id = $1", &[&team.id])?;
    for site in &team.sites {
        tx.execute("INSERT INTO team_sites (team_id, site_id) VALUES ($1, $2)", &[&team.id, site])?;
    }
    Ok(())
}

/// Keeps the hash of a one-time set-up link, in place of any other.
pub fn set_setup_link(tx: &mut Tx<'_>, secret_hash: &str, expires_at: crate::Instant) -> Result<()> {
    let (id, now) = (tx.new_id(), tx.now());
    tx.execute("DELETE FROM setup_links", &[])?;
    tx.execute(
        "INSERT INTO setup_links (id, secret_hash, created_at, expires_at) VALUES ($1, $2, $3, $4)",
        &[&id, &secret_hash, &now, &expires_at],
    )?;
    Ok(())
}

/// Whether a set-up link holds.
pub fn setup_link_holds(tx: &mut Tx<'_>, secret_hash: &str) -> Result<bool> {
    let now = tx.now();
    let found: Option<Id> = tx.query_opt(
        "SELECT id FROM setup_links WHERE secret_hash = $1 AND expires_at > $2",
        &[&secret_hash, &now],
        |row| row.get(0),
    )?;
    Ok(found.is_some())
}

/// Removes the set-up link once it was used.
pub fn remove_setup_link(tx: &mut Tx<'_>) -> Result<()> {
    tx.execute("DELETE FROM setup_links", &[])?;
    Ok(())
}
