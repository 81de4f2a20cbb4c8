//! What a person can do with boards.

use std::collections::HashMap;

use kernel::figures::Figure;
use kernel::identity::{Actor, Permission, Scope};
use kernel::ledger::Event;
use kernel::{Day, Error, FieldError, Id, Message, Result, Tx, organisation};
use serde_json::json;

use super::model::{Board, Choice, Group, Kind, Tile};
use super::rules::{self, About, By, Counted};
use super::store;

/// Tiles at most about a site, and about the whole organisation: a board one can still read.
const MOST: i64 = 12;
/// Days a tile looks back at most.
const MOST_DAYS: i64 = 730;
/// Characters of a decision at most.
const DECISION: usize = 200;

/// The board of the loop: the one function behind page and interface; tiles take their figures from its first line.
///
/// # Errors
/// [`Error::Denied`] without `boards.read`; [`Error::NotFound`] for a site out of reach.
pub fn loop_board(tx: &mut Tx<'_>, by: &Actor, choice: Choice) -> Result<Board> {
    let about = about(tx, by, choice)?;
    let (mut all, mut sites, mut teams, mut causes) =
        (Counted::default(), By::default(), By::default(), By::default());
    let (now, improved) = (tx.now(), act::improvements::improved(tx)?);
    act::cases::store::facts(tx, &by.scope, choice.site, (choice.from, choice.to), |fact| {
        let is_improved = improved.has(fact.cause, fact.site);
        let (site, team, cause) = (sites.of(fact.site), teams.of(fact.team), causes.of(fact.cause));
        for counted in [&mut all, site, team, cause] {
            counted.add(&fact, now, is_improved);
        }
    })?;
    store::open_cases(tx, &by.scope, choice.site, |open| {
        let (site, team, cause) = (sites.of(open.site), teams.of(open.team), causes.of(open.cause));
        for counted in [&mut all, site, team, cause] {
            counted.add_open(open.is_late);
        }
    })?;
    let tree = act::causes::store::all(tx).map(act::causes::rules::tree)?;
    let only = at_site(choice);
    // A cause in an address brings those below it along.
    let is_alone = |cause: Id| tree.below(cause).len() == 1;
    Ok(Board {
        choice,
        all: all.figures(None, &about, Some(&only))?,
        sites: sites.figures(&about, |id| Some(format!("&site={id}")))?,
        teams: teams.figures(&about, |id| Some(format!("&team={id}{only}")))?,
        causes: causes.figures(&about, |id| is_alone(id).then(|| format!("&cause={id}{only}")))?,
    })
}

/// The first line of a board: all cases together, without the groups.
fn together(tx: &mut Tx<'_>, by: &Actor, choice: Choice) -> Result<Group> {
    let about = about(tx, by, choice)?;
    let mut all = Counted::default();
    let (now, improved) = (tx.now(), act::improvements::improved(tx)?);
    act::cases::store::facts(tx, &by.scope, choice.site, (choice.from, choice.to), |fact| {
        all.add(&fact, now, improved.has(fact.cause, fact.site));
    })?;
    store::open_cases(tx, &by.scope, choice.site, |open| all.add_open(open.is_late))?;
    all.figures(None, &about, Some(&at_site(choice)))
}

fn at_site(choice: Choice) -> String {
    choice.site.map(|id| format!("&site={id}")).unwrap_or_default()
}

/// What the figures of a board share, for somebody who may see it.
fn about(tx: &mut Tx<'_>, by: &Actor, choice: Choice) -> Result<About> {
    by.require(Permission::BoardsRead)?;
    if choice.site.is_some() {
        by.require_site(choice.site)?;
    }
    let organisation = organisation::store::get(tx)?;
    let today = organisation.zone.day_of(tx.now());
    Ok(About { choice, today, population: population(tx, by, &organisation.name, choice.site)? })
}

/// Whose cases a figure speaks of.
fn population(tx: &mut Tx<'_>, by: &Actor, house: &str, site: Option<Id>) -> Result<String> {
    let sites = organisation::store::sites(tx)?;
    let name = |id: &Id| sites.iter().find(|s| s.id == *id).map(|s| s.name.clone());
    let of = match (site, &by.scope) {
        (Some(site), _) => name(&site).into_iter().collect(),
        (None, Scope::All) => Vec::new(),
        (None, Scope::Sites(reach)) => reach.iter().filter_map(name).collect::<Vec<_>>(),
    };
    Ok(if of.is_empty() { house.to_owned() } else { format!("{house} · {}", of.join(", ")) })
}

/// Pinned tiles.
pub fn tiles(tx: &mut Tx<'_>, by: &Actor) -> Result<Vec<Tile>> {
    by.require(Permission::BoardsRead)?;
    store::tiles(tx, &by.scope)
}

/// Pinned tiles with their figures as they stand now. Cases are read once for all tiles about the same ones.
pub fn tile_figures(tx: &mut Tx<'_>, by: &Actor, today: Day) -> Result<Vec<(Tile, Figure)>> {
    let tiles = tiles(tx, by)?;
    let mut groups = HashMap::new();
    for choice in rules::boards_of(&tiles, today) {
        groups.insert(choice, together(tx, by, choice)?);
    }
    let figure = |tile: &Tile| groups.get(&rules::choice_of(tile, today))?.figure(tile.kind).cloned();
    Ok(tiles.into_iter().filter_map(|tile| figure(&tile).map(|figure| (tile, figure))).collect())
}

/// Whether somebody may take a tile off.
pub fn may_unpin(by: &Actor, tile: &Tile) -> bool {
    let allowed = match tile.site {
        Some(_) => by.require(Permission::BoardsPin),
        None => by.require_whole(Permission::BoardsPin),
    };
    allowed.is_ok()
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

/// Pins a figure. Without the decision it serves and somebody who answers for it, it is refused. One without a site is
/// everybody's: only who reaches the whole organisation pins it.
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
    let least = rules::least_days(kind.unwrap_or(Kind::Opened));
    let days = input.days.trim().parse::<i64>().ok().filter(|days| (least..=MOST_DAYS).contains(days));
    if days.is_none() {
        errors.push(FieldError::new("days", Message::new("board-error-days").with("least", least)));
    }
    let site = match input.site.trim() {
        "" => Ok(None),
        text => text.parse::<Id>().map(Some),
    };
    let site = site.ok().filter(|site| by.scope.includes(*site));
    match site {
        None => errors.push(FieldError::new("site", "case-error-site")),
        Some(None) => by.require_whole(Permission::BoardsPin)?,
        Some(Some(_)) => {}
    }
    if let Some(site) = site
        && store::count(tx, site)? >= MOST
    {
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

/// Takes a tile off; one without a site, only by who reaches the whole organisation.
pub fn unpin(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<()> {
    by.require(Permission::BoardsPin)?;
    let tile = store::tiles(tx, &by.scope)?.into_iter().find(|tile| tile.id == id).ok_or(Error::NotFound)?;
    if !may_unpin(by, &tile) {
        return Err(Error::Denied(Permission::BoardsPin.name()));
    }
    if !store::delete(tx, &by.scope, id)? {
        return Err(Error::NotFound);
    }
    Event::new("tile.removed", id).record(tx, by)?;
    Ok(())
}
