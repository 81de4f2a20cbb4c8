//! What a person can do with cases. Each takes the case as it is now, within the same transaction: two people who act
//! at once see each other's work, and only forms that were filled in need a version.

mod ending;
mod work;

pub use ending::{close, extend, reopen, tell, told};
pub(super) use ending::{reopened, unextended, untold};
pub use work::{attempt, change, hand_over, note, take};

use kernel::identity::{Actor, Permission, Role};
use kernel::ledger::Event;
use kernel::organisation::{self, Organisation};
use kernel::{Error, FieldError, Id, Result, Tx};
use serde_json::json;

use super::model::{
    Case, CaseInput, Counts, Detail, Filter, Found, NewCase, Origin, Phase, Remedy, Step, StepKind,
};
use super::store::{self, Place};
use super::{rules, url};
use crate::{causes, reference};

/// Name Bocal itself acts under.
pub(super) const SYSTEM: &str = "bocal";
/// Rows of a page of the queue.
pub const PAGE: i64 = 50;
/// Roles that carry cases.
pub const CARRIERS: [Role; 3] = [Role::Adviser, Role::Manager, Role::Administrator];

/// One case.
pub fn read(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Case> {
    by.require(Permission::CasesRead)?;
    store::get(tx, &by.scope, id)
}

/// What happened on a case, in order.
pub fn steps(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Vec<Step>> {
    read(tx, by, id)?;
    store::steps(tx, id)
}

/// A page of the queue.
pub fn list(
    tx: &mut Tx<'_>,
    by: &Actor,
    filter: &Filter,
    beyond: Option<Place>,
    limit: i64,
) -> Result<Vec<Case>> {
    by.require(Permission::CasesRead)?;
    if let Some(site) = filter.site {
        by.require_site(Some(site))?;
    }
    store::list(tx, &by.scope, filter, beyond, limit)
}

/// The filter, narrowed to what was typed: part of a reference, a customer within reach, words of the title.
pub fn find(tx: &mut Tx<'_>, by: &Actor, filter: Filter, typed: &str) -> Result<Filter> {
    by.require(Permission::CasesRead)?;
    let typed: String = typed.trim().chars().filter(|c| !matches!(c, '%' | '_')).take(60).collect();
    if typed.is_empty() {
        return Ok(filter);
    }
    let words = know::customers::rules::search_words(&typed);
    let found = Found {
        reference: format!("%{}%", typed.to_uppercase()),
        title: format!("%{}%", typed.to_lowercase()),
        customers: know::customers::store::search(tx, &by.scope, &words)?,
    };
    Ok(Filter { found: Some(found), ..filter })
}

/// How many cases each part of the queue holds.
pub fn counts(tx: &mut Tx<'_>, by: &Actor) -> Result<Counts> {
    by.require(Permission::CasesRead)?;
    store::counts(tx, &by.scope, by.user())
}

/// Who can carry a case of a site.
pub fn carriers(tx: &mut Tx<'_>, by: &Actor, site: Option<Id>) -> Result<Vec<(Id, String, String)>> {
    by.require(Permission::CasesRead)?;
    store::who_can(tx, &CARRIERS.map(Role::name), site)
}

/// Opens a case that a colleague or a program describes.
pub fn create(tx: &mut Tx<'_>, by: &Actor, input: &CaseInput, origin: Origin) -> Result<Case> {
    by.require(Permission::CasesWrite)?;
    let checked = rules::check(input)?;
    let at = tx.now();
    let mut errors = Vec::new();
    let customer = optional_id(&input.customer, "customer", "case-error-customer", &mut errors);
    let cause = optional_id(&input.cause, "cause", "case-error-cause", &mut errors);
    let mut site = optional_id(&input.site, "site", "case-error-site", &mut errors);
    if let Some(customer) = customer {
        match know::customers::store::get(tx, &by.scope, customer) {
            Ok(found) if found.erased_at.is_some() => {
                errors.push(FieldError::new("customer", "erasure-error-done"));
            }
            Ok(found) => site = site.or(found.details.site),
            Err(Error::NotFound) => errors.push(FieldError::new("customer", "case-error-customer")),
            Err(other) => return Err(other),
        }
    }
    if let Some(cause) = cause
        && causes::store::get(tx, cause).is_err()
    {
        errors.push(FieldError::new("cause", "case-error-cause"));
    }
    if let Some(site) = site
        && (!by.scope.includes(Some(site)) || store::site(tx, site)?.is_none())
    {
        errors.push(FieldError::new("site", "case-error-site"));
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let new = NewCase {
        origin,
        title: checked.title,
        words: checked.words,
        customer,
        reach: input.reach.trim().to_owned(),
        response: None,
        score: None,
        site,
        severity: checked.severity,
        cause,
        at,
        import: None,
    };
    let case = open(tx, by, new)?;
    record_words(tx, by, &case)?;
    Ok(case)
}

fn optional_id(
    text: &str,
    field: &'static str,
    key: &'static str,
    errors: &mut Vec<FieldError>,
) -> Option<Id> {
    let text = text.trim();
    let id = if text.is_empty() { None } else { Some(text.parse()) };
    match id {
        Some(Err(_)) => {
            errors.push(FieldError::new(field, key));
            None
        }
        Some(Ok(id)) => Some(id),
        None => None,
    }
}

/// What the customer said goes on their timeline; an answer is there already.
pub(super) fn record_words(tx: &mut Tx<'_>, by: &Actor, case: &Case) -> Result<()> {
    use know::interactions::model::{Channel, Direction, Interaction, Origin};
    let Some(customer) = case.customer else { return Ok(()) };
    let entry = Interaction {
        id: tx.new_id(),
        at: case.opened_at,
        channel: Channel::Phone,
        direction: Direction::In,
        subject: format!("{} · {}", case.title, case.reference),
        summary: String::new(),
        words: case.words.clone(),
        site: case.site,
        actor_name: by.name.clone(),
        href: url(case.id),
        amount: None,
    };
    let origin = Origin { kind: "case", id: Some(case.id), href: url(case.id) };
    know::interactions::actions::record(tx, by, customer, &entry, &origin)
}

/// Opens a case: the caller has checked permission and what it names.
pub fn open(tx: &mut Tx<'_>, by: &Actor, new: NewCase) -> Result<Case> {
    let organisation = organisation::store::get(tx)?;
    let (rules, _) = store::case_rules(tx)?;
    let day = organisation.zone.day_of(new.at);
    let clock = rules::start_clock(&organisation.calendar(), &rules, Phase::Contact, new.at)?;
    let year = i64::from(day.year());
    let number = reference::next_number(tx, year)?;
    // What is behind already when a file comes in is in the queue; it needs no warning of its own.
    let alerted = match new.import {
        Some(_) => crate::clocks::stage(&clock.times, tx.now()).percent(),
        None => 0,
    };
    let team = new.site.map(|site| store::team_of(tx, site)).transpose()?.flatten();
    let case = Case {
        id: tx.new_id(),
        reference: reference::write('B', year, number),
        origin: new.origin,
        title: new.title,
        words: new.words,
        customer: new.customer,
        reach: new.reach,
        response: new.response,
        score: new.score,
        site: new.site,
        team,
        owner: None,
        severity: new.severity,
        cause: new.cause,
        remedy: Remedy::None,
        cost: 0,
        currency: organisation.currency,
        opened_at: new.at,
        opened_day: day,
        contact_due_at: clock.times.due_at,
        contacted_at: None,
        told_at: None,
        refusal: None,
        closed_at: None,
        reopened: 0,
        clock,
        alerted,
        import: new.import,
        version: 1,
    };
    store::insert(tx, &case)?;
    store::add_step(tx, case.id, StepKind::Opened, by_whom(by), "", &Detail::default())?;
    Event::new("case.opened", case.id).after(&facts(&case)).record(tx, by)?;
    Ok(case)
}

/// What the ledger keeps of a case: no words, of nobody.
pub(super) fn facts(case: &Case) -> serde_json::Value {
    json!({
        "reference": case.reference,
        "origin": case.origin,
        "customer": case.customer,
        "response": case.response,
        "site": case.site,
        "team": case.team,
        "owner": case.owner,
        "severity": case.severity,
        "cause": case.cause,
        "remedy": case.remedy,
        "cost": case.cost,
        "phase": case.clock.phase,
        "due_at": case.clock.times.due_at,
        "contacted_at": case.contacted_at,
        "told_at": case.told_at,
        "closed_at": case.closed_at,
    })
}

/// A change of a case that was read in this transaction, with its step and its event.
pub(super) struct Move {
    /// Kind of the event.
    pub(super) event: &'static str,
    /// The step it adds.
    pub(super) step: StepKind,
    /// Its text.
    pub(super) text: String,
    /// Its details.
    pub(super) detail: Detail,
}

/// Who did something, as colleagues read it: nobody, when it was Bocal.
fn by_whom(by: &Actor) -> &str {
    if by.name == SYSTEM { "" } else { &by.name }
}

/// Writes a change: rows, step and event.
pub(super) fn apply(tx: &mut Tx<'_>, by: &Actor, before: &Case, after: Case, made: &Move) -> Result<Case> {
    if !store::update(tx, &after)? {
        return Err(Error::Stale(before.version));
    }
    store::add_step(tx, after.id, made.step, by_whom(by), &made.text, &made.detail)?;
    Event::new(made.event, after.id).before(&facts(before)).after(&facts(&after)).record(tx, by)?;
    Ok(Case { version: before.version + 1, ..after })
}

/// An open case within reach, by somebody who may work on it.
pub(super) fn open_case(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Case> {
    by.require(Permission::CasesWrite)?;
    let case = store::get(tx, &by.scope, id)?;
    if case.is_open() { Ok(case) } else { Err(Error::refused("case-error-closed")) }
}

/// The case once the customer was reached: its clock runs on to the answer, from the same beginning.
pub(super) fn reached(
    organisation: &Organisation,
    rules: &rules::CaseRules,
    case: Case,
    at: kernel::Instant,
) -> Result<Case> {
    if case.contacted_at.is_some() {
        return Ok(case);
    }
    let mut clock = rules::start_clock(&organisation.calendar(), rules, Phase::Answer, case.clock.from)?;
    // What was promised stays promised.
    if let Some(to) = case.clock.extended_to {
        clock.extended_to = Some(to);
        clock = rules::again(&organisation.calendar(), &clock)?;
    }
    // What is already behind needs no warning of its own.
    let alerted = crate::clocks::stage(&clock.times, at).percent().min(80);
    Ok(Case { contacted_at: Some(at), clock, alerted, ..case })
}

/// Adds an entry to the customer's timeline about something that passed between us.
pub(super) fn on_timeline(
    tx: &mut Tx<'_>,
    by: &Actor,
    case: &Case,
    channel: &str,
    summary: &str,
) -> Result<()> {
    use know::interactions::model::{Channel, Direction, Interaction, Origin};
    let Some(customer) = case.customer else { return Ok(()) };
    let entry = Interaction {
        id: tx.new_id(),
        at: tx.now(),
        channel: Channel::parse(channel)?,
        direction: Direction::Out,
        subject: format!("{} · {}", case.title, case.reference),
        summary: summary.to_owned(),
        words: String::new(),
        site: case.site,
        actor_name: by.name.clone(),
        href: url(case.id),
        amount: None,
    };
    let origin = Origin { kind: "case", id: Some(case.id), href: url(case.id) };
    know::interactions::actions::record(tx, by, customer, &entry, &origin)
}
