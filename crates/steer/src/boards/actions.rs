//! What a person can do with boards.

use std::collections::HashSet;

use kernel::identity::{Actor, Permission, Scope};
use kernel::ledger::Event;
use kernel::{Day, Error, FieldError, Id, Message, Result, Tx, organisation};
use serde_json::json;

use super::model::{Board, Choice, Group, Kind, Tile};
use super::rules::{By, Counted};
use super::store;

/// Tiles at most: a board one can still read.
const MOST: usize = 12;
/// Characters of a decision at most.
const DECISION: usize = 200;

/// The board of the loop: the one function behind page and interface.
///
/// # Errors
/// [`Error::Denied`] without `boards.read`; [`Error::NotFound`] for a site out of reach.
pub fn loop_board(tx: &mut Tx<'_>, by: &Actor, choice: Choice) -> Result<Board> {
    by.require(Permission::BoardsRead)?;
    if choice.site.is_some() {
        by.require_site(choice.site)?;
    }
    let population = population(tx, by, choice.site)?;
    let improved: HashSet<Id> = act::improvements::store::improved_causes(tx)?.into_iter().collect();
    let now = tx.now();
    let (mut all, mut sites, mut teams, mut causes) =
        (Counted::default(), By::default(), By::default(), By::default());
    act::cases::store::facts(tx, &by.scope, choice.site, (choice.from, choice.to), |fact| {
        let is_improved = fact.cause.is_some_and(|cause| improved.contains(&cause));
        all.add(&fact, now, is_improved);
        sites.add(fact.site, &fact, now, is_improved);
        teams.add(fact.team, &fact, now, is_improved);
        causes.add(fact.cause, &fact, now, is_improved);
    })?;
    Ok(Board {
        choice,
        all: together(all, &choice, &population)?,
        sites: sites.figures(&choice, &population, "site")?,
        teams: teams.figures(&choice, &population, "team")?,
        causes: causes.figures(&choice, &population, "cause")?,
    })
}

/// Figures of all cases of a choice.
fn together(counted: Counted, choice: &Choice, population: &str) -> Result<Group> {
    let only = choice.site.map(|id| format!("&site={id}")).unwrap_or_default();
    counted.figures(None, choice, population, &only)
}

/// Pinned tiles with the figures of their cases up to `today`, as the board has them. The cases are read once for all
/// tiles: the home page shows them to everybody.
pub fn tile_figures(tx: &mut Tx<'_>, by: &Actor, today: Day) -> Result<Vec<(Tile, Group)>> {
    let tiles = tiles(tx, by)?;
    let choices: Vec<Choice> = tiles
        .iter()
        .map(|tile| Choice { from: today.plus_days(1 - tile.days), to: today, site: tile.site })
        .collect();
    let Some(from) = choices.iter().map(|choice| choice.from).min() else { return Ok(Vec::new()) };
    let improved: HashSet<Id> = act::improvements::store::improved_causes(tx)?.into_iter().collect();
    let now = tx.now();
    let mut counts = vec![Counted::default(); tiles.len()];
    act::cases::store::facts(tx, &by.scope, None, (from, today), |fact| {
        let is_improved = fact.cause.is_some_and(|cause| improved.contains(&cause));
        for (choice, counted) in choices.iter().zip(&mut counts) {
            if choice.holds(fact.day, fact.site) {
                counted.add(&fact, now, is_improved);
            }
        }
    })?;
    let mut all = Vec::with_capacity(tiles.len());
    for ((tile, choice), counted) in tiles.into_iter().zip(&choices).zip(counts) {
        let population = population(tx, by, choice.site)?;
        all.push((tile, together(counted, choice, &population)?));
    }
    Ok(all)
}

/// Whose cases a figure speaks of.
fn population(tx: &mut Tx<'_>, by: &Actor, site: Option<Id>) -> Result<String> {
    let house = organisation::store::get(tx)?.name;
    let sites = organisation::store::sites(tx)?;
    let name = |id: &Id| sites.iter().find(|s| s.id == *id).map(|s| s.name.clone());
    let of = match (site, &by.scope) {
        (Some(site), _) => name(&site).into_iter().collect(),
        (None, Scope::All) => Vec::new(),
        (None, Scope::Sites(reach)) => reach.iter().filter_map(name).collect::<Vec<_>>(),
    };
    Ok(if of.is_empty() { house } else { format!("{house} · {}", of.join(", ")) })
}

/// Pinned tiles.
pub fn tiles(tx: &mut Tx<'_>, by: &Actor) -> Result<Vec<Tile>> {
    by.require(Permission::BoardsRead)?;
    store::tiles(tx, &by.scope)
}

/// Who can answer for a figure.
pub fn owners(tx: &mut Tx<'_>) -> Result<Vec<(Id, String, String)>> {
    let roles =
        kernel::identity::Role::ALL.iter().filter(|r| r.permissions().contains(Permission::BoardsRead));
    let names: Vec<&str> = roles.map(|role| role.name()).collect();
    act::cases::store::who_can(tx, &names, None)
}

/// A figure to be pinned, as typed.
#[derive(Clone, Debug, Default)]
pub struct TileInput {
    /// Name of the figure.
    pub figure: String,
    /// Identifier of the site; all when empty.
    pub site: String,
    /// Over the last so many days.
    pub days: String,
    /// The decision it serves.
    pub decision: String,
    /// Identifier of its owner.
    pub owner: String,
}

/// Pins a figure. Without the decision it serves and somebody who answers for it, it is refused.
pub fn pin(tx: &mut Tx<'_>, by: &Actor, input: &TileInput) -> Result<Tile> {
    by.require(Permission::BoardsPin)?;
    let mut errors = Vec::new();
    let kind = Kind::parse(&input.figure).ok();
    if kind.is_none() {
        errors.push(FieldError::new("figure", "board-error-figure"));
    }
    let decision = input.decision.trim();
    if decision.is_empty() {
        errors.push(FieldError::new("decision", "board-error-decision"));
    }
    if decision.chars().count() > DECISION {
        errors.push(FieldError::new("decision", Message::new("case-error-long").with("most", DECISION)));
    }
    let owner = input.owner.trim().parse::<Id>().ok();
    let owner = owners(tx)?.into_iter().find(|(id, _, _)| Some(*id) == owner);
    if owner.is_none() {
        errors.push(FieldError::new("owner", "board-error-owner"));
    }
    let days = input.days.trim().parse::<i64>().ok().filter(|days| (7..=730).contains(days));
    if days.is_none() {
        errors.push(FieldError::new("days", "board-error-days"));
    }
    let site = match input.site.trim() {
        "" => Ok(None),
        text => text.parse::<Id>().map(Some),
    };
    let site = site.ok().filter(|site| by.scope.includes(*site));
    if site.is_none() {
        errors.push(FieldError::new("site", "case-error-site"));
    }
    if store::tiles(tx, &Scope::All)?.len() >= MOST {
        return Err(Error::refused(Message::new("board-error-most").with("most", MOST)));
    }
    let (Some(kind), Some((owner, owner_name, _)), Some(days), Some(site), true) =
        (kind, owner, days, site, errors.is_empty())
    else {
        return Err(Error::Invalid(errors));
    };
    let tile = Tile {
        id: tx.new_id(),
        kind,
        site,
        days,
        decision: decision.to_owned(),
        owner,
        owner_name,
        created_at: tx.now(),
    };
    store::insert(tx, &tile, &by.name)?;
    let said =
        json!({ "figure": kind, "site": site, "days": days, "decision": tile.decision, "owner": owner });
    Event::new("tile.pinned", tile.id).after(&said).record(tx, by)?;
    Ok(tile)
}

/// Takes a tile off.
pub fn unpin(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<()> {
    by.require(Permission::BoardsPin)?;
    if !store::delete(tx, &by.scope, id)? {
        return Err(Error::NotFound);
    }
    Event::new("tile.removed", id).record(tx, by)?;
    Ok(())
}
