//! What can be done with teams: for the whole organisation only, since a team widens what its people see.

use kernel::errors::OnConstraint;
use kernel::identity::{Actor, Permission};
use kernel::ledger::Event;
use kernel::organisation::{SiteNames, Team, store};
use kernel::{Error, Id, Result, Tx};

use super::model::{TeamInput, TeamState};
use super::rules;

/// Every team with its sites, by name.
pub fn list(tx: &mut Tx<'_>, by: &Actor) -> Result<Vec<Team>> {
    by.require_whole(Permission::PeopleManage)?;
    store::teams(tx)
}

/// One team.
pub fn find(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Team> {
    list(tx, by)?.into_iter().find(|team| team.id == id).ok_or(Error::NotFound)
}

/// Adds a team.
pub fn create(tx: &mut Tx<'_>, by: &Actor, input: &TeamInput) -> Result<Team> {
    by.require_whole(Permission::PeopleManage)?;
    let all = store::sites(tx)?;
    let (name, sites) = rules::check(input, &all)?;
    let team = Team { id: tx.new_id(), name, sites, version: 1 };
    in_words(store::insert_team(tx, &team))?;
    let names = SiteNames::new(&all);
    Event::new("team.created", team.id).after(&state(&team, &names)).record(tx, by)?;
    Ok(team)
}

/// Changes name and sites of a team.
///
/// # Errors
/// Stale when it changed since the form was shown.
pub fn change(tx: &mut Tx<'_>, by: &Actor, id: Id, input: &TeamInput) -> Result<()> {
    let before = find(tx, by, id)?;
    let all = store::sites(tx)?;
    let (name, sites) = rules::check(input, &all)?;
    let after = Team { id, name, sites, version: input.version };
    if !in_words(store::update_team(tx, &after))? {
        return Err(Error::Stale(before.version));
    }
    let names = SiteNames::new(&all);
    Event::new("team.changed", id)
        .before(&state(&before, &names))
        .after(&state(&after, &names))
        .record(tx, by)?;
    Ok(())
}

fn state<'a>(team: &'a Team, names: &'a SiteNames) -> TeamState<'a> {
    TeamState { name: &team.name, sites: team.sites.iter().map(|id| names.get(Some(*id))).collect() }
}

fn in_words<V>(outcome: Result<V>) -> Result<V> {
    outcome.on_constraint("teams_name_key", "name", "teams-error-name-taken")
}
