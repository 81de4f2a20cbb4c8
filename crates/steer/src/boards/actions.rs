//! What a person can do with boards.

use std::collections::HashMap;

use act::improvements::Coverage;
use act::period;
use kernel::figures::Figure;
use kernel::identity::{Actor, Permission, Scope};
use kernel::ledger::Event;
use kernel::{Day, Error, FieldError, Id, Message, Result, Tx, organisation};
use serde_json::json;

use super::model::{Board, Choice, Erased, Group, Kind, Tile, Wanted};
use super::rules::{self, About, Counting, Tally};
use super::store;
use super::trend::Steps;

/// Tiles at most about a site, and about the whole organisation: a board one can still read.
const MOST: i64 = 12;
/// Days a board looks back until somebody chooses.
const DAYS: i64 = 90;
/// Days a tile looks back at most.
const MOST_DAYS: i64 = 730;
/// Characters of a decision at most.
const DECISION: usize = 200;

/// The board of the loop. Page, file, interface and tiles take their figures from the same count.
///
/// # Errors
/// [`Error::Denied`] without `boards.read`; [`Error::NotFound`] for a site out of reach.
pub fn loop_board(tx: &mut Tx<'_>, by: &Actor, choice: Choice) -> Result<Board> {
    let about = about(tx, by, choice)?;
    let zone = organisation::store::get(tx)?.zone;
    let mut steps = Steps::new(choice, &zone, tx.now());
    let tally = counted(tx, by, choice, &Kind::ALL, Some(&mut steps))?;
    let rhythm = steps.rhythm;
    let tree = act::causes::store::all(tx).map(act::causes::rules::tree)?;
    let team_names = organisation::store::teams(tx)?.into_iter().map(|team| (team.id, team.name)).collect();
    let only = at_site(choice);
    // A cause in an address brings those below it along.
    let is_alone = |cause: Id| tree.below(cause).len() == 1;
    Ok(Board {
        choice,
        all: tally.all(&about, &Kind::ALL, &only)?,
        rhythm,
        trend: steps.done(&about, &only)?,
        sites: tally.groups(&about, |place| place.site, |id| Some(format!("&site={id}")))?,
        teams: tally.groups(&about, |place| place.team, |id| Some(format!("&team={id}{only}")))?,
        causes: tally.groups(
            &about,
            |place| place.cause,
            |id| is_alone(id).then(|| format!("&cause={id}{only}")),
        )?,
        tree,
        team_names,
    })
}

/// Some figures of all cases together, without the groups.
fn together(tx: &mut Tx<'_>, by: &Actor, choice: Choice, kinds: &[Kind]) -> Result<Group> {
    let about = about(tx, by, choice)?;
    counted(tx, by, choice, kinds, None)?.all(&about, kinds, &at_site(choice))
}

/// Counts the cases a choice is about, from the cases themselves: nothing is kept between two counts, so that none is
/// ever stale or crosses a reach. With steps, also over time and by group.
fn counted(
    tx: &mut Tx<'_>,
    by: &Actor,
    choice: Choice,
    kinds: &[Kind],
    mut steps: Option<&mut Steps>,
) -> Result<Tally> {
    let groups = steps.is_some();
    let wanted = Wanted::of(kinds, groups);
    let improved = if wanted.places { act::improvements::improved(tx)? } else { Coverage::default() };
    let erased = if wanted.close { store::closed_by_erasure(tx, choice)? } else { Erased::default() };
    let mut counting = Counting::new(tx.now(), wanted, &improved, &erased);
    if kinds.iter().any(|kind| !kind.is_of_now()) {
        store::facts(tx, &by.scope, choice, wanted, |fact| {
            counting.add(&fact);
            if let Some(steps) = &mut steps {
                steps.add(&fact);
            }
        })?;
    }
    if kinds.iter().any(|kind| kind.is_of_now()) {
        store::open_cases(tx, &by.scope, choice.site, wanted, |place, is_late| {
            counting.add_open(place, is_late);
        })?;
    }
    if groups {
        store::costs(tx, &by.scope, choice, |place, currency, minor| {
            counting.add_cost(place, currency, minor);
        })?;
    }
    Ok(counting.done())
}

/// Which cases, as typed.
///
/// # Errors
/// At the field that is no day or no site, or at the first day when it comes after the last.
pub fn choice(tx: &mut Tx<'_>, from: &str, to: &str, site: &str) -> Result<Choice> {
    let today = organisation::store::get(tx)?.zone.day_of(tx.now());
    let (from, to) = period::read(from, to, today, DAYS)?;
    let site = match site.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| Error::field("site", "case-error-site"))?),
    };
    Ok(Choice { from, to, site })
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
    for (choice, kinds) in rules::boards_of(&tiles, today) {
        groups.insert(choice, together(tx, by, choice, &kinds)?);
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
///
/// # Errors
/// [`Error::Denied`] without `boards.pin`.
pub fn owners(tx: &mut Tx<'_>, by: &Actor) -> Result<Vec<(Id, String, String)>> {
    by.require(Permission::BoardsPin)?;
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
    let owner = owners(tx, by)?.into_iter().find(|(id, _, _)| Some(*id) == owner);
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
