//! Opening cases.

use kernel::identity::{Actor, Permission, Scope};
use kernel::ledger::Event;
use kernel::{Error, FieldError, Id, Result, Tx, organisation};
use know::customers::model::Customer;
use know::interactions::model::Channel;

use super::{by_whom, facts};
use crate::cases::model::{Case, CaseInput, Detail, NewCase, Origin, Phase, Remedy, StepKind};
use crate::cases::{danger, rules, store, url};
use crate::{causes, reference};

/// Opens a case that a colleague or a program describes.
pub fn create(tx: &mut Tx<'_>, by: &Actor, input: &CaseInput, origin: Origin) -> Result<Case> {
    by.require(Permission::CasesWrite)?;
    let at = tx.now();
    let mut errors = Vec::new();
    let checked = rules::check(input, &mut errors);
    let customer = optional_id(&input.customer, "customer", "case-error-customer", &mut errors);
    let cause = optional_id(&input.cause, "cause", "case-error-cause", &mut errors);
    let typed = optional_id(&input.site, "site", "case-error-site", &mut errors);
    let channel = said_by(&input.channel, origin, &mut errors);
    let lives_at = match customer {
        Some(customer) => customers_site(tx, by, customer, &mut errors)?,
        None => None,
    };
    if let Some(cause) = cause
        && causes::store::get(tx, cause).is_err()
    {
        errors.push(FieldError::new("cause", "case-error-cause"));
    }
    if let Some(site) = typed
        && (!by.scope.includes(Some(site)) || store::site(tx, site)?.is_none())
    {
        errors.push(FieldError::new("site", "case-error-site"));
    }
    let site = match typed.or(lives_at) {
        Some(site) => Some(site),
        None => site_within_reach(tx, by, customer.is_some(), &mut errors)?,
    };
    let is_unknown = origin == Origin::Hand && input.customer.trim().is_empty() && !input.somebody_else;
    if is_unknown && !reached_by(tx, by, &input.reach)?.is_empty() {
        // A number of a known customer is no number to call.
        errors.retain(|error| error.field != "reach");
        errors.push(FieldError::new("reach", "case-error-known"));
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let new = NewCase {
        origin,
        title: checked.title,
        words: checked.words,
        customer,
        reach: checked.reach,
        response: None,
        score: None,
        site,
        severity: checked.severity,
        cause,
        at,
        import: None,
    };
    let case = open(tx, by, new)?;
    record_words(tx, by, &case, channel)?;
    Ok(case)
}

/// Customers within reach whom this telephone number or e-mail address reaches, or whose number in another system it is.
pub fn reached_by(tx: &mut Tx<'_>, by: &Actor, reach: &str) -> Result<Vec<Customer>> {
    use know::customers::{rules, store};
    let reach = reach.trim();
    if reach.is_empty() || !by.may(Permission::CustomersRead) {
        return Ok(Vec::new());
    }
    let mut found: Vec<Customer> = store::by_external_number(tx, reach)?.into_iter().collect();
    if reach.contains('@') {
        found.extend(store::by_email(tx, &rules::email_key(reach))?);
    } else if rules::phone("reach", reach).is_ok() {
        found.extend(store::by_phone(tx, &rules::phone_key(reach, ""))?);
    }
    found.retain(|customer| customer.erased_at.is_none() && by.scope.includes(customer.details.site));
    found.sort_by_key(|customer| customer.id);
    found.dedup_by_key(|customer| customer.id);
    Ok(found)
}

/// How the customer said it.
fn said_by(text: &str, origin: Origin, errors: &mut Vec<FieldError>) -> Channel {
    match (text.trim(), origin) {
        ("", Origin::Api) => Channel::Web,
        ("", _) => Channel::Phone,
        (name, _) => {
            let found = Channel::NOTED.into_iter().find(|channel| channel.name() == name);
            found.unwrap_or_else(|| {
                errors.push(FieldError::new("channel", "case-error-said-by"));
                Channel::Phone
            })
        }
    }
}

/// The site of a customer within reach.
fn customers_site(
    tx: &mut Tx<'_>,
    by: &Actor,
    customer: Id,
    errors: &mut Vec<FieldError>,
) -> Result<Option<Id>> {
    match know::customers::store::get(tx, &by.scope, customer) {
        Ok(found) if found.erased_at.is_some() => {
            errors.push(FieldError::new("customer", "erasure-error-done"));
            Ok(None)
        }
        Ok(found) => Ok(found.details.site),
        Err(Error::NotFound) => {
            errors.push(FieldError::new("customer", "case-error-customer"));
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

/// The only site whoever opens a case reaches; among several, somebody unknown needs one to be named, or no team would
/// hear of it.
fn site_within_reach(
    tx: &mut Tx<'_>,
    by: &Actor,
    is_known: bool,
    errors: &mut Vec<FieldError>,
) -> Result<Option<Id>> {
    // Whoever reaches every site says by no site that the case is of none, for a customer who is of none.
    if is_known && matches!(by.scope, Scope::All) {
        return Ok(None);
    }
    let sites = organisation::store::sites(tx)?;
    let mut reached = sites.iter().filter(|site| !site.closed && by.scope.includes(Some(site.id)));
    match (reached.next(), reached.next()) {
        (Some(only), None) => Ok(Some(only.id)),
        (Some(_), Some(_)) if !is_known => {
            errors.push(FieldError::new("site", "case-error-site-missing"));
            Ok(None)
        }
        _ => Ok(None),
    }
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
pub(in crate::cases) fn record_words(
    tx: &mut Tx<'_>,
    by: &Actor,
    case: &Case,
    channel: Channel,
) -> Result<()> {
    use know::interactions::model::{Direction, Interaction, Origin};
    let Some(customer) = case.customer else { return Ok(()) };
    let entry = Interaction {
        id: tx.new_id(),
        at: case.opened_at,
        channel,
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

/// Opens a case: the caller has checked permission and what it names. A danger is told to managers at once.
pub fn open(tx: &mut Tx<'_>, by: &Actor, new: NewCase) -> Result<Case> {
    let organisation = organisation::store::get(tx)?;
    let (rules, _) = store::case_rules(tx)?;
    let day = organisation.zone.day_of(new.at);
    let clock = rules::start_clock(&organisation.calendar(), &rules, (Phase::Contact, new.severity), new.at)?;
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
        no_cause: None,
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
        extensions: 0,
        promise: None,
        clock,
        alerted,
        import: new.import,
        version: 1,
    };
    store::insert(tx, &case)?;
    store::add_step(tx, case.id, StepKind::Opened, by_whom(by), "", &Detail::default())?;
    Event::new("case.opened", case.id).after(&facts(&case)).record(tx, by)?;
    if case.is_danger() {
        danger::escalate(tx, by, &case)?;
    }
    Ok(case)
}
