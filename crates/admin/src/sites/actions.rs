//! What can be done with sites.

use kernel::errors::OnConstraint;
use kernel::identity::{Actor, Permission};
use kernel::ledger::Event;
use kernel::organisation::{Site, store};
use kernel::{Error, Id, Result, Tx};

use super::model::SiteInput;
use super::rules;

/// Sites within reach, by name.
pub fn list(tx: &mut Tx<'_>, by: &Actor) -> Result<Vec<Site>> {
    by.require(Permission::PeopleManage)?;
    let mut sites = store::sites(tx)?;
    sites.retain(|site| by.scope.includes(Some(site.id)));
    Ok(sites)
}

/// One site.
pub fn find(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Site> {
    by.require(Permission::PeopleManage)?;
    by.require_site(Some(id))?;
    store::site(tx, id)
}

/// Adds a site: for the whole organisation only.
pub fn create(tx: &mut Tx<'_>, by: &Actor, input: &SiteInput) -> Result<Site> {
    by.require_whole(Permission::PeopleManage)?;
    let others = store::sites(tx)?;
    let taken: Vec<&str> = others.iter().map(|site| site.code.as_str()).collect();
    let (name, code) = rules::check(input, &taken)?;
    let site = Site { id: tx.new_id(), code, name, closed: false, version: 1 };
    in_words(store::insert_site(tx, &site))?;
    Event::new("site.created", site.id).after(&site).record(tx, by)?;
    Ok(site)
}

/// Changes name and code of a site.
///
/// # Errors
/// Stale when it changed since `version`.
pub fn change(tx: &mut Tx<'_>, by: &Actor, id: Id, version: i64, input: &SiteInput) -> Result<()> {
    let before = find(tx, by, id)?;
    let others = store::sites(tx)?;
    let taken: Vec<&str> = others.iter().filter(|s| s.id != id).map(|s| s.code.as_str()).collect();
    let (name, code) = rules::check(input, &taken)?;
    save(tx, by, "site.changed", &before, Site { name, code, version, ..before.clone() })
}

/// Closes a site: nothing new is attached to it, what was stays. Closing it twice changes nothing.
pub fn close(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<()> {
    let before = find(tx, by, id)?;
    if before.closed {
        return Ok(());
    }
    save(tx, by, "site.closed", &before, Site { closed: true, ..before.clone() })
}

/// Opens a closed site again.
pub fn reopen(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<()> {
    let before = find(tx, by, id)?;
    if !before.closed {
        return Ok(());
    }
    save(tx, by, "site.reopened", &before, Site { closed: false, ..before.clone() })
}

fn save(tx: &mut Tx<'_>, by: &Actor, kind: &'static str, before: &Site, after: Site) -> Result<()> {
    if !in_words(store::update_site(tx, &after))? {
        return Err(Error::Stale(before.version));
    }
    Event::new(kind, before.id).before(before).after(&after).record(tx, by)?;
    Ok(())
}

fn in_words<V>(outcome: Result<V>) -> Result<V> {
    outcome.on_constraint("sites_name_key", "name", "sites-error-name-taken").on_constraint(
        "sites_code_key",
        "code",
        "sites-error-code-taken",
    )
}
