//! What a person can do with improvements.
//!
//! One without a site speaks of every site: its cases, the customers it is told to and the figure it is judged by. Only
//! people of the whole organisation write it, whatever they do with it, and only they see its figures: the others read
//! what it came to in a word (`docs/decisions/0016-figures-of-the-loop.md`).

mod choices;
mod effect;
mod export;
mod notice;

pub use choices::{Choices, choices, owners};
pub use effect::{compare, judge, live, sees_figures};
pub use export::{csv, ranking_csv};
pub use notice::{Letter, Preview, preview, tell, word};

use kernel::identity::{Actor, Permission, Scope};
use kernel::ledger::Event;
use kernel::{Day, Error, Id, Result, Tx, organisation};
use serde_json::json;

use super::model::{Improvement, ImprovementInput, State, Verdict};
use super::rules::{self, Checked};
use super::store;
use crate::causes::model::Tree;
use crate::{cases, causes};

/// Cases of a cause opened up to so many days ago belong to an improvement that removes it.
const CASES_DAYS: i64 = 180;
/// Rows of the list.
pub const MOST: i64 = 500;

/// Whether somebody may write an improvement of this place: pages offer nothing else.
pub fn may_write(by: &Actor, site: Option<Id>) -> bool {
    require_place(by, site).is_ok()
}

/// Whether there is a place where somebody may begin an improvement.
pub fn may_begin(by: &Actor) -> bool {
    by.may(Permission::ImprovementsWrite) && by.scope != Scope::Sites(Vec::new())
}

/// Refuses, for an improvement of everywhere, whoever does not reach everywhere.
fn require_place(by: &Actor, site: Option<Id>) -> Result<()> {
    match site {
        Some(_) => by.require(Permission::ImprovementsWrite),
        None => by.require_whole(Permission::ImprovementsWrite),
    }
}

/// One improvement.
pub fn read(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Improvement> {
    by.require(Permission::CasesRead)?;
    Ok(effect::shown_to(by, one(tx, by, id)?))
}

/// Improvements: open ones by what is due next, then the others.
pub fn list(tx: &mut Tx<'_>, by: &Actor, state: Option<State>) -> Result<Vec<Improvement>> {
    by.require(Permission::CasesRead)?;
    let found = store::list(tx, &by.scope, state, MOST)?;
    let found = with_mails(tx, found)?;
    Ok(found.into_iter().map(|i| effect::shown_to(by, i)).collect())
}

/// One within reach, with what became of the mails customers were told by.
fn one(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Improvement> {
    let found = store::get(tx, &by.scope, id)?;
    with_mails(tx, vec![found])?.pop().ok_or(Error::NotFound)
}

/// The same improvements, with what became of the mails customers were told by.
fn with_mails(tx: &mut Tx<'_>, mut all: Vec<Improvement>) -> Result<Vec<Improvement>> {
    let told: Vec<Id> = all.iter().filter(|i| i.told_at.is_some()).map(|i| i.id).collect();
    let mails = store::mails(tx, &told)?;
    for i in all.iter_mut().filter(|i| i.told_at.is_some()) {
        i.told = Some(mails.get(&i.id).copied().unwrap_or_default());
    }
    Ok(all)
}

/// Everything the page of an improvement shows.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The improvement.
    pub improvement: Improvement,
    /// Before against after as things stand, while its verdict is awaited.
    pub live: Option<Verdict>,
    /// Its cause, with that of its family.
    pub causes: Tree,
    /// Name of who sees to it.
    pub owner: String,
    /// Cases within reach that led to it.
    pub cases: i64,
    /// Which day it is.
    pub today: Day,
}

/// One improvement with what stands around it.
pub fn sheet(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Sheet> {
    let improvement = read(tx, by, id)?;
    let mut names = cases::store::names(tx, &[improvement.owner])?;
    Ok(Sheet {
        live: live(tx, by, &improvement)?,
        causes: causes::actions::tree(tx, by)?,
        owner: names.remove(&improvement.owner).unwrap_or_default(),
        cases: case_count(tx, by, id)?,
        today: today(tx)?,
        improvement,
    })
}

/// How many cases within reach led to an improvement.
pub fn case_count(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<i64> {
    by.require(Permission::CasesRead)?;
    store::case_count(tx, &by.scope, id)
}

/// Today, where the organisation is.
pub fn today(tx: &mut Tx<'_>) -> Result<Day> {
    let zone = organisation::store::get(tx)?.zone;
    Ok(zone.day_of(tx.now()))
}

/// Begins an improvement. The cases of its cause, and the one it comes from, are tied to it.
pub fn create(tx: &mut Tx<'_>, by: &Actor, input: &ImprovementInput) -> Result<Improvement> {
    by.require(Permission::ImprovementsWrite)?;
    let checked = rules::check(input)?;
    require_place(by, checked.site)?;
    rules::check_days(None, &checked, today(tx)?)?;
    named(tx, by, &checked, None)?;
    let improvement = Improvement {
        id: tx.new_id(),
        title: checked.title,
        description: checked.description,
        cause: checked.cause,
        site: checked.site,
        owner: checked.owner,
        state: State::Planned,
        cost: checked.cost,
        currency: organisation::store::get(tx)?.currency,
        measure: checked.measure,
        survey: checked.survey,
        expected: checked.expected,
        due_day: checked.due_day,
        in_place_day: None,
        remeasure_day: checked.remeasure_day,
        effect: None,
        attained: None,
        verdict: None,
        lesson: String::new(),
        said: checked.said,
        did: checked.did,
        said_other: checked.said_other,
        did_other: checked.did_other,
        told_at: None,
        told_n: Some(0),
        told: None,
        created_by: by.name.clone(),
        created_at: tx.now(),
        version: 1,
    };
    store::insert(tx, &improvement)?;
    if let Some(case) = checked.case {
        let case = cases::store::get(tx, &by.scope, case)
            .map_err(|_| Error::field("case", "improvement-error-case"))?;
        store::link(tx, improvement.id, case.id)?;
    }
    gather(tx, by, &improvement)?;
    Event::new("improvement.created", improvement.id).after(&facts(&improvement)).record(tx, by)?;
    Ok(improvement)
}

/// Ties the cases of its cause to an improvement, those opened lately and within its place.
fn gather(tx: &mut Tx<'_>, by: &Actor, i: &Improvement) -> Result<()> {
    let Some(cause) = i.cause else { return Ok(()) };
    let from = today(tx)?.plus_days(-CASES_DAYS);
    let below = causes::actions::tree(tx, by)?.below(cause);
    store::link_causes(tx, i.id, &below, i.site, from).map(drop)
}

/// Whether the rows an improvement names exist and are within reach. Its owner may stay where it was, even one who
/// could no longer be chosen.
fn named(tx: &mut Tx<'_>, by: &Actor, checked: &Checked, before: Option<&Improvement>) -> Result<()> {
    if let Some(site) = checked.site
        && (!by.scope.includes(Some(site)) || cases::store::site(tx, site)?.is_none())
    {
        return Err(Error::field("site", "case-error-site"));
    }
    if let Some(cause) = checked.cause
        && causes::store::get(tx, cause).is_err()
    {
        return Err(Error::field("cause", "case-error-cause"));
    }
    if let Some(survey) = checked.survey
        && listen::surveys::store::get(tx, survey).is_err()
    {
        return Err(Error::field("survey", "improvement-error-survey"));
    }
    let is_kept = before.is_some_and(|i| i.owner == checked.owner && i.site == checked.site);
    if !is_kept && !owners(tx, checked.site)?.iter().any(|(id, _)| *id == checked.owner) {
        return Err(Error::field("owner", "improvement-error-owner"));
    }
    Ok(())
}

fn facts(i: &Improvement) -> serde_json::Value {
    json!({
        "title": i.title,
        "cause": i.cause,
        "site": i.site,
        "owner": i.owner,
        "state": i.state,
        "cost": i.cost,
        "measure": i.measure,
        "survey": i.survey,
        "expected": i.expected,
        "due": i.due_day,
        "in_place": i.in_place_day,
        "remeasure": i.remeasure_day,
        "effect": i.effect,
    })
}

/// An improvement somebody may write, whatever its state.
pub fn writable(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Improvement> {
    by.require(Permission::ImprovementsWrite)?;
    let found = one(tx, by, id)?;
    require_place(by, found.site)?;
    Ok(found)
}

fn open(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Improvement> {
    let found = writable(tx, by, id)?;
    if found.state.is_open() { Ok(found) } else { Err(Error::refused("improvement-error-over")) }
}

fn save(
    tx: &mut Tx<'_>,
    by: &Actor,
    kind: &'static str,
    before: &Improvement,
    after: Improvement,
) -> Result<Improvement> {
    if !store::update(tx, &after)? {
        return Err(Error::Stale(before.version));
    }
    Event::new(kind, after.id).before(&facts(before)).after(&facts(&after)).record(tx, by)?;
    Ok(Improvement { version: before.version + 1, ..after })
}

/// Changes an open improvement. What its verdict rests on is fixed once it is in place: a verdict must not choose its
/// figure, its day or what was hoped for. Narrowed to a site, it lets go of the cases of the others.
///
/// # Errors
/// Stale when somebody else changed it since it was shown.
pub fn change(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: Id,
    version: i64,
    input: &ImprovementInput,
) -> Result<Improvement> {
    let before = open(tx, by, id)?;
    let checked = rules::check(input)?;
    require_place(by, checked.site)?;
    named(tx, by, &checked, Some(&before))?;
    if before.version != version {
        return Err(Error::Stale(before.version));
    }
    rules::keeps_its_proof(&before, &checked)?;
    rules::check_days(Some(&before), &checked, today(tx)?)?;
    if let Some(site) = checked.site.filter(|_| before.site != checked.site) {
        store::unlink_elsewhere(tx, id, site)?;
    }
    let after = Improvement {
        title: checked.title,
        description: checked.description,
        cause: checked.cause,
        site: checked.site,
        owner: checked.owner,
        cost: checked.cost,
        measure: checked.measure,
        survey: checked.survey,
        expected: checked.expected,
        due_day: checked.due_day,
        remeasure_day: checked.remeasure_day,
        said: checked.said,
        did: checked.did,
        said_other: checked.said_other,
        did_other: checked.did_other,
        ..before.clone()
    };
    save(tx, by, "improvement.changed", &before, after)
}

/// It is in place since a day, today at the latest.
pub fn start(tx: &mut Tx<'_>, by: &Actor, id: Id, since: &str) -> Result<Improvement> {
    let before = open(tx, by, id)?;
    if before.state != State::Planned {
        return Err(Error::refused("improvement-error-in-place"));
    }
    let day = rules::since(since, today(tx)?, before.remeasure_day)?;
    // Who was let down while it was being prepared will hear of it too.
    gather(tx, by, &before)?;
    let after = Improvement { state: State::InPlace, in_place_day: Some(day), ..before.clone() };
    save(tx, by, "improvement.in-place", &before, after)
}

/// Gives an improvement up, with the reason.
pub fn abandon(tx: &mut Tx<'_>, by: &Actor, id: Id, reason: &str) -> Result<Improvement> {
    let before = open(tx, by, id)?;
    if reason.trim().is_empty() {
        return Err(Error::field("reason", "improvement-error-reason"));
    }
    let after = Improvement { state: State::Abandoned, lesson: reason.trim().to_owned(), ..before.clone() };
    save(tx, by, "improvement.abandoned", &before, after)
}
