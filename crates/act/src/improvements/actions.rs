//! What a person can do with improvements.

use kernel::identity::{Actor, Permission};
use kernel::ledger::Event;
use kernel::mail::{self, About, Block, Outgoing, Recipient};
use kernel::texts::T;
use kernel::{Day, Error, Id, Result, Tx, organisation};
use serde_json::json;
use understand::indicators::{self, Query, Span};

use super::model::{Effect, Improvement, ImprovementInput, Side, State, Verdict};
use super::rules::{self, Checked};
use super::{store, url};
use crate::cases::store::who_can;
use crate::{cases, causes};

/// Cases of a cause opened up to so many days ago belong to an improvement that removes it.
const CASES_DAYS: i64 = 180;
/// Mails queued in one go.
const MAILS: usize = 500;
/// Rows of the list.
pub const MOST: i64 = 500;

/// One improvement.
pub fn read(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Improvement> {
    by.require(Permission::CasesRead)?;
    store::get(tx, &by.scope, id)
}

/// Improvements: open ones by what is due next, then the others.
pub fn list(tx: &mut Tx<'_>, by: &Actor, state: Option<State>) -> Result<Vec<Improvement>> {
    by.require(Permission::CasesRead)?;
    store::list(tx, &by.scope, state, MOST)
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
    named(tx, by, &checked)?;
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
        verdict: None,
        lesson: String::new(),
        said: checked.said,
        did: checked.did,
        told_at: None,
        told_n: 0,
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

/// Whether the rows an improvement names exist and are within reach.
fn named(tx: &mut Tx<'_>, by: &Actor, checked: &Checked) -> Result<()> {
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
    let able = owners(tx, checked.site)?;
    if !able.iter().any(|(id, _, _)| *id == checked.owner) {
        return Err(Error::field("owner", "improvement-error-owner"));
    }
    Ok(())
}

/// Who can see to an improvement of a site.
pub fn owners(tx: &mut Tx<'_>, site: Option<Id>) -> Result<Vec<(Id, String, String)>> {
    let roles =
        kernel::identity::Role::ALL.iter().filter(|r| r.permissions().contains(Permission::CasesRead));
    let names: Vec<&str> = roles.map(|role| role.name()).collect();
    who_can(tx, &names, site)
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
        "expected": i.expected,
        "due": i.due_day,
        "in_place": i.in_place_day,
        "remeasure": i.remeasure_day,
        "effect": i.verdict.as_ref().map(|v| v.effect),
    })
}

fn open(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Improvement> {
    by.require(Permission::ImprovementsWrite)?;
    let found = store::get(tx, &by.scope, id)?;
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

/// Changes an open improvement. What is measured is fixed once it is in place: a verdict must not choose its figure.
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
    named(tx, by, &checked)?;
    if before.version != version {
        return Err(Error::Stale(before.version));
    }
    let is_fixed = before.state == State::InPlace
        && (checked.measure != before.measure
            || checked.survey != before.survey
            || checked.site != before.site);
    if is_fixed {
        return Err(Error::field("measure", "improvement-error-fixed"));
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
    let today = today(tx)?;
    let day = if since.trim().is_empty() { Some(today) } else { since.trim().parse::<Day>().ok() };
    let day = day.filter(|day| *day <= today && *day < before.remeasure_day);
    let Some(day) = day else { return Err(Error::field("since", "improvement-error-since")) };
    // Who was let down while it was being prepared will hear of it too.
    gather(tx, by, &before)?;
    let after = Improvement { state: State::InPlace, in_place_day: Some(day), ..before.clone() };
    save(tx, by, "improvement.in-place", &before, after)
}

/// Before against after, as things stand: as many days before it was in place as since, up to the day of measure.
pub fn compare(tx: &mut Tx<'_>, i: &Improvement) -> Result<Option<Verdict>> {
    let Some(since) = i.in_place_day else { return Ok(None) };
    let last = today(tx)?.min(i.remeasure_day);
    if last < since {
        return Ok(None);
    }
    let query = Query {
        span: Span::Custom(Some(since), Some(last)),
        survey: i.survey,
        sites: i.site.map(|site| vec![Some(site)]).unwrap_or_default(),
        ..Query::new(i.measure)
    };
    // The verdict speaks of the whole improvement, whoever reads it: its reach was checked with the improvement.
    let report = indicators::measure_report(tx, &Actor::system("bocal"), &query)?;
    let side = |figure: &kernel::figures::Figure, from: Day, to: Day| Side {
        from,
        to,
        value: figure.value,
        n: figure.n,
        interval: figure.interval.map(|i| (i.low, i.high)),
    };
    let days = last.days_since(since) + 1;
    let before = (since.plus_days(-days), since.plus_days(-1));
    let (previous, difference, interval, effect) = match &report.change {
        Some(change) => (
            side(&change.previous, before.0, before.1),
            Some(change.difference),
            change.interval,
            Effect::of(change.conclusion),
        ),
        None => {
            let empty = Side { from: before.0, to: before.1, value: None, n: 0, interval: None };
            (empty, None, None, Effect::TooFew)
        }
    };
    let definition = format!("{}/{}", report.figure.definition.id, report.figure.definition.version);
    Ok(Some(Verdict {
        at: tx.now(),
        definition,
        before: previous,
        after: side(&report.figure, since, last),
        difference,
        interval,
        effect,
    }))
}

/// Measures again and keeps what that shows, with what was learnt. Not before the day that was set: a verdict must not
/// be taken when it looks best.
pub fn judge(tx: &mut Tx<'_>, by: &Actor, id: Id, lesson: &str) -> Result<Improvement> {
    let before = open(tx, by, id)?;
    if before.state != State::InPlace {
        return Err(Error::refused("improvement-error-not-in-place"));
    }
    if today(tx)? < before.remeasure_day {
        return Err(Error::refused("improvement-error-too-soon"));
    }
    if lesson.trim().is_empty() {
        return Err(Error::field("lesson", "improvement-error-lesson"));
    }
    if lesson.chars().count() > cases::rules::TEXT {
        let message = kernel::Message::new("case-error-long").with("most", cases::rules::TEXT);
        return Err(Error::field("lesson", message));
    }
    let verdict = compare(tx, &before)?;
    let after =
        Improvement { state: State::Judged, verdict, lesson: lesson.trim().to_owned(), ..before.clone() };
    save(tx, by, "improvement.judged", &before, after)
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

/// Tells the customers whose cases led to it what they said and what was done, once each. Returns how many are
/// written to.
pub fn tell(tx: &mut Tx<'_>, by: &Actor, t: T, id: Id) -> Result<u64> {
    by.require(Permission::ImprovementsWrite)?;
    let before = store::get(tx, &by.scope, id)?;
    if !matches!(before.state, State::InPlace | State::Judged) {
        return Err(Error::refused("improvement-error-nothing-done"));
    }
    if before.said.is_empty() || before.did.is_empty() {
        return Err(Error::refused("improvement-error-unsaid"));
    }
    let house = organisation::store::get(tx)?;
    let concerned = store::concerned(tx, id)?;
    let mails: Vec<Outgoing> = concerned
        .into_iter()
        .map(|c| {
            let locale = c.locale.unwrap_or(house.locale);
            let t = t.in_locale(locale);
            Outgoing {
                key: format!("improvement-told:{id}:{}", c.customer),
                kind: "improvement-told",
                to: Recipient {
                    address: c.address,
                    name: String::new(),
                    customer: Some(c.customer),
                    user: None,
                },
                locale,
                subject: t.one("improvement-mail-subject", "organisation", house.name.clone()),
                blocks: vec![
                    Block::Text(t.get("improvement-mail-said")),
                    Block::Quote(before.said.clone()),
                    Block::Text(t.get("improvement-mail-did")),
                    Block::Text(before.did.clone()),
                    Block::Small(t.get("improvement-mail-why")),
                ],
                about: Some(About { kind: "improvement", id, href: url(id) }),
                site: c.site,
                unsubscribe: None,
                not_before: None,
            }
        })
        .collect();
    let mut queued = 0;
    for some in mails.chunks(MAILS) {
        queued += mail::queue_all(tx, by, some)?;
    }
    let now = tx.now();
    let after = Improvement {
        told_at: Some(now),
        told_n: before.told_n + i64::try_from(queued).unwrap_or(0),
        ..before.clone()
    };
    save(tx, by, "improvement.told", &before, after)?;
    Ok(queued)
}
