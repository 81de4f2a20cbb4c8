//! What a person can do with cases. Each takes the case as it is now, within the same transaction: two people who act
//! at once see each other's work, and only forms that were filled in need to know what they showed.

mod creating;
mod ending;
mod reading;
mod taking_back;
mod together;
mod work;

pub(super) use creating::record_words;
pub use creating::{create, open, reached_by};
pub use ending::{close, extend, keep_promise, may_extend, reopen, tell, told};
pub(super) use ending::{reopened, unextended, untold};
pub use reading::{
    Listing, asked, by_reference, carriers, count, count_due, counts, customers_of, export, find, find_few,
    handed, list, listing, news, next_after, of_customer, page, promised, read, steps, teams_and_owners,
};
pub use taking_back::take_back;
pub use together::{Together, hand_over_all, take_all};
pub use work::{TOLD_AT_ONCE, attempt, change, contact, hand_over, merge, note, patch, take};

use kernel::identity::{Actor, Permission, Role};
use kernel::ledger::Event;
use kernel::organisation::Organisation;
use kernel::{Error, Id, Result, Tx};
use serde_json::json;

use super::model::{Case, Detail, Phase, StepKind};
use super::{rules, store, url};
use crate::clocks::{self, Deadlines};

/// Name Bocal itself acts under.
pub(super) const SYSTEM: &str = "bocal";
/// Rows of a page of the queue.
pub const PAGE: i64 = 50;
/// Roles that carry cases.
pub const CARRIERS: [Role; 3] = [Role::Adviser, Role::Manager, Role::Administrator];

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
        "has_no_cause": case.no_cause.is_some(),
        "remedy": case.remedy,
        "cost": case.cost,
        "phase": case.clock.phase,
        "due_at": case.clock.times.due_at,
        "contacted_at": case.contacted_at,
        "told_at": case.told_at,
        "closed_at": case.closed_at,
        "extensions": case.extensions,
        "promised_day": case.promise.as_ref().map(|promise| promise.day),
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
    let mut clock =
        rules::start_clock(&organisation.calendar(), rules, (Phase::Answer, case.severity), case.clock.from)?;
    // What was promised stays promised.
    if let Some(to) = case.clock.extended_to {
        clock.extended_to = Some(to);
        clock = rules::again(&mut Deadlines::by(&organisation.calendar()), &clock)?;
    }
    // What is already behind needs no warning of its own.
    let alerted = clocks::stage(&clock.times, at).percent().min(80);
    Ok(Case { contacted_at: Some(at), clock, alerted, ..case })
}

/// Adds an entry to the customer's timeline about something that passed between us; gives it.
pub(super) fn on_timeline(
    tx: &mut Tx<'_>,
    by: &Actor,
    case: &Case,
    channel: &str,
    summary: &str,
) -> Result<Option<Id>> {
    use know::interactions::model::{Channel, Direction, Interaction, Origin};
    let Some(customer) = case.customer else { return Ok(None) };
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
    know::interactions::actions::record(tx, by, customer, &entry, &origin)?;
    Ok(Some(entry.id))
}
