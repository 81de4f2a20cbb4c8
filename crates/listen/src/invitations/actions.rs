//! What a person can do with invitations.

use std::collections::{HashMap, HashSet};

use kernel::clock::SignedDuration;
use kernel::figures::Collection;
use kernel::identity::{Actor, Permission, Scope};
use kernel::ledger::Event;
use kernel::{Error, FieldError, Id, Instant, Message, Result, Tx, jobs};
use serde_json::json;

use super::mailing::{self, Purpose};
use super::model::{Asked, Counts, Forecast, Invitation, Line, Method, Order, Selection, Standing, State};
use super::{job, rules, store};
use crate::surveys;
use crate::surveys::model::{State as SurveyState, Survey};

/// Rows of a page of the list.
pub const PAGE: i64 = 50;
/// What a customer's sheet shows at most.
const ON_SHEET: i64 = 20;

pub(super) fn days(n: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * n)
}

/// How invitations of a survey went, within reach.
pub fn counts(tx: &mut Tx<'_>, by: &Actor, survey: Id) -> Result<Counts> {
    by.require(Permission::SurveysRead)?;
    store::counts(tx, &by.scope, survey)
}

/// A page of the invitations of a survey, newest first.
pub fn list(
    tx: &mut Tx<'_>,
    by: &Actor,
    survey: Id,
    state: Option<State>,
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<Line>> {
    by.require(Permission::SurveysWrite)?;
    surveys::store::get(tx, survey)?;
    let found = store::list(tx, &by.scope, survey, state, before, limit)?;
    let ids: Vec<Id> = found.iter().map(|i| i.customer).collect();
    let known = know::customers::store::by_ids(tx, &by.scope, &ids)?;
    let names: HashMap<Id, String> = known.iter().map(|c| (c.id, c.details.name())).collect();
    let line = |invitation: Invitation| Line {
        name: names.get(&invitation.customer).cloned().unwrap_or_default(),
        invitation,
    };
    Ok(found.into_iter().map(line).collect())
}

/// What is wrong with a selection.
fn check(selection: &Selection) -> Result<()> {
    let mut errors = Vec::new();
    if let Method::Draw { n, key } = &selection.method {
        if !(1..=rules::MOST).contains(n) {
            errors.push(FieldError::new("n", Message::new("invitation-error-n").with("most", rules::MOST)));
        }
        let fits =
            (1..=40).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !fits {
            errors.push(FieldError::new("key", "invitation-error-key"));
        }
    }
    if !(0..=3_650).contains(&selection.quiet_days) {
        errors.push(FieldError::new("quiet_days", "invitation-error-quiet-days"));
    }
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}

fn open_survey(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Survey> {
    by.require(Permission::SurveysWrite)?;
    let survey = surveys::store::get(tx, id)?;
    if survey.state == SurveyState::Open { Ok(survey) } else { Err(Error::refused("survey-error-not-open")) }
}

/// Who would be invited, and why the others would not.
pub fn forecast(tx: &mut Tx<'_>, by: &Actor, survey: Id, selection: &Selection) -> Result<Forecast> {
    open_survey(tx, by, survey)?;
    check(selection)?;
    let since = tx.now().minus(days(selection.quiet_days));
    let forecast = store::forecast(tx, &by.scope, survey, selection, since)?;
    let invited = match &selection.method {
        Method::Census => forecast.eligible,
        Method::Draw { n, .. } => forecast.eligible.min(*n),
    };
    Ok(Forecast { invited, ..forecast })
}

/// Has invitations made, by a job.
pub fn order(tx: &mut Tx<'_>, by: &Actor, survey: Id, selection: &Selection) -> Result<Id> {
    open_survey(tx, by, survey)?;
    check(selection)?;
    Event::new("survey.invitations-ordered", survey).after(selection).record(tx, by)?;
    let reach = match &by.scope {
        Scope::All => None,
        Scope::Sites(sites) => Some(sites.clone()),
    };
    let order = Order { survey, selection: selection.clone(), reach };
    jobs::enqueue(tx, by, job::NAME, Some(survey), &order)
}

/// The customers an order would invite now, in the order they are invited.
pub(crate) fn chosen(
    tx: &mut Tx<'_>,
    scope: &Scope,
    survey: Id,
    selection: &Selection,
    n_already: i64,
) -> Result<Vec<(Id, Option<Id>)>> {
    let since = tx.now().minus(days(selection.quiet_days));
    let eligible = store::eligible(tx, scope, survey, selection, since)?;
    let Method::Draw { n, key } = &selection.method else { return Ok(eligible) };
    let sites: HashMap<Id, Option<Id>> = eligible.iter().copied().collect();
    let ids: Vec<Id> = eligible.iter().map(|(id, _)| *id).collect();
    let left = usize::try_from(n - n_already).unwrap_or(0);
    let drawn = rules::draw(key, &ids, left);
    Ok(drawn.into_iter().map(|id| (id, sites.get(&id).copied().flatten())).collect())
}

/// Makes invitations for these customers and their sites. The caller has checked permission, consent and cap.
pub fn create(
    tx: &mut Tx<'_>,
    by: &Actor,
    survey: Id,
    customers: &[(Id, Option<Id>)],
    collection: Collection,
    channel: &str,
) -> Result<Vec<Invitation>> {
    if customers.is_empty() {
        return Ok(Vec::new());
    }
    let now = tx.now();
    let made: Vec<Invitation> = customers
        .iter()
        .map(|(customer, site)| Invitation {
            id: tx.new_id(),
            survey,
            customer: *customer,
            site: *site,
            collection,
            channel: channel.to_owned(),
            created_at: now,
            expires_at: now.plus(days(rules::LIFE_DAYS)),
            opened_at: None,
            answered_at: None,
        })
        .collect();
    store::insert(tx, &made)?;
    let said = json!({ "n": made.len(), "collection": collection.name(), "channel": channel });
    Event::new("survey.invited", survey).after(&said).record(tx, by)?;
    Ok(made)
}

/// Invites one customer; refuses, with the reason, who does not want it or was asked lately.
pub fn invite(tx: &mut Tx<'_>, by: &Actor, survey: Id, customer: Id) -> Result<Invitation> {
    invite_one(tx, by, survey, customer, false)
}

/// Invites one customer by e-mail; refuses, with the reason, who cannot be written to, too.
pub fn invite_by_mail(tx: &mut Tx<'_>, by: &Actor, survey: Id, customer: Id) -> Result<Invitation> {
    invite_one(tx, by, survey, customer, true)
}

fn invite_one(tx: &mut Tx<'_>, by: &Actor, survey: Id, customer: Id, by_mail: bool) -> Result<Invitation> {
    let survey = open_survey(tx, by, survey)?;
    let found = know::customers::actions::read(tx, by, customer)?.present()?;
    let since = tx.now().minus(days(survey.settings.quiet_days));
    let standing = store::standing(tx, survey.id, customer, since, by_mail)?;
    if standing != Standing::Eligible {
        return Err(Error::refused(
            Message::new(standing.refusal()).with("days", survey.settings.quiet_days),
        ));
    }
    let whom = (customer, found.details.site);
    if by_mail {
        let made = create_by_mail(tx, by, &survey, &[whom], Collection::Unknown, mailing::CHANNEL)?;
        return made.into_iter().next().ok_or_else(|| Error::refused("invitation-refused-no-address"));
    }
    one(tx, by, survey.id, whom, Collection::Unknown, "link")
}

/// Makes invitations for those of these customers who can be written to, and queues a message for each. The caller has
/// checked permission, consent and cap.
pub fn create_by_mail(
    tx: &mut Tx<'_>,
    by: &Actor,
    survey: &Survey,
    customers: &[(Id, Option<Id>)],
    collection: Collection,
    channel: &str,
) -> Result<Vec<Invitation>> {
    let ids: Vec<Id> = customers.iter().map(|(id, _)| *id).collect();
    let found = know::customers::store::by_ids(tx, &Scope::All, &ids)?;
    let usable: HashSet<Id> = found.iter().filter(|c| mailing::has_usable_address(c)).map(|c| c.id).collect();
    let whom: Vec<_> = customers.iter().filter(|(id, _)| usable.contains(id)).copied().collect();
    let made = create(tx, by, survey.id, &whom, collection, channel)?;
    send(tx, by, survey, &made)?;
    Ok(made)
}

/// Queues the message of each of these invitations, and notes when the first reminder is due.
fn send(tx: &mut Tx<'_>, by: &Actor, survey: &Survey, made: &[Invitation]) -> Result<()> {
    if made.is_empty() {
        return Ok(());
    }
    mailing::queue(tx, by, survey, made, Purpose::Invite)?;
    if survey.by_mail.reminders > 0 {
        let at = tx.now().plus(days(survey.by_mail.reminder_days));
        store::set_first_reminder(tx, made, at)?;
    }
    Ok(())
}

/// Makes one invitation.
fn one(
    tx: &mut Tx<'_>,
    by: &Actor,
    survey: Id,
    customer: (Id, Option<Id>),
    collection: Collection,
    channel: &str,
) -> Result<Invitation> {
    create(tx, by, survey, &[customer], collection, channel)?.pop().ok_or(Error::NotFound)
}

/// Invites a customer after a contact at `at`, unless they do not want it, were asked lately, or were invited for
/// this contact already.
pub fn invite_after_contact(
    tx: &mut Tx<'_>,
    by: &Actor,
    survey: &Survey,
    customer: (Id, Option<Id>),
    channel: &str,
    at: Instant,
) -> Result<Option<Invitation>> {
    let since = tx.now().minus(days(survey.settings.quiet_days));
    if store::invited_since(tx, survey.id, customer.0, at)?
        || store::standing(tx, survey.id, customer.0, since, false)? != Standing::Eligible
    {
        return Ok(None);
    }
    let by_mail = survey.by_mail.after_contact
        && store::standing(tx, survey.id, customer.0, since, true)? == Standing::Eligible;
    if by_mail {
        let made = create_by_mail(tx, by, survey, &[customer], Collection::Census, channel)?;
        if let Some(made) = made.into_iter().next() {
            return Ok(Some(made));
        }
    }
    one(tx, by, survey.id, customer, Collection::Census, channel).map(Some)
}

/// What a customer was asked, newest first.
pub fn of_customer(tx: &mut Tx<'_>, by: &Actor, customer: Id) -> Result<Vec<Asked>> {
    know::customers::actions::read(tx, by, customer)?;
    store::of_customer(tx, customer, ON_SHEET)
}
