//! What a person can do with responses.

use std::collections::HashMap;

use kernel::figures::Collection;
use kernel::identity::{Actor, Permission};
use kernel::texts::Locale;
use kernel::{Day, Error, FieldError, Id, Instant, Result, Tx};
use know::customers::model::Customer;

use super::model::{Filter, Full, Response, Sheet};
use super::store;
use crate::answering::actions::record;
use crate::answering::model::{Answer, Given, Incoming, Outcome};
use crate::answering::rules;
use crate::answering::store::{by_survey, house};
use crate::surveys;
use crate::surveys::model::{Content, State};

/// Rows of a page of the list.
pub const PAGE: i64 = 50;

/// A page of the responses of a survey, the latest first.
pub fn list(
    tx: &mut Tx<'_>,
    by: &Actor,
    survey: Id,
    filter: &Filter,
    beyond: Option<(Day, Id)>,
    limit: i64,
) -> Result<Vec<Full>> {
    by.require(Permission::AnswersRead)?;
    surveys::store::get(tx, survey)?;
    let found = store::list(tx, &by.scope, survey, filter, beyond, limit)?;
    filled(tx, by, found)
}

/// Adds answers and names.
fn filled(tx: &mut Tx<'_>, by: &Actor, responses: Vec<Response>) -> Result<Vec<Full>> {
    let ids: Vec<Id> = responses.iter().map(|r| r.id).collect();
    let mut answers = store::answers(tx, &ids)?;
    let customers: Vec<Id> = responses.iter().filter_map(|r| r.customer).collect();
    let may_see = by.may(Permission::CustomersRead);
    let known = if may_see { know::customers::store::by_ids(tx, &by.scope, &customers)? } else { Vec::new() };
    let names: HashMap<Id, String> = known.iter().map(|c| (c.id, c.details.name())).collect();
    let full = |response: Response| Full {
        answers: answers.remove(&response.id).unwrap_or_default(),
        customer_name: response.customer.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
        response,
    };
    Ok(responses.into_iter().map(full).collect())
}

/// One response with what was asked.
pub fn read(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Sheet> {
    by.require(Permission::AnswersRead)?;
    let response = store::get(tx, &by.scope, id)?;
    let survey = surveys::store::get(tx, response.survey)?;
    let content = surveys::store::version_content(tx, response.survey, response.version)?;
    let full = filled(tx, by, vec![response])?.pop().ok_or(Error::NotFound)?;
    Ok(Sheet {
        full: Full { answers: ordered(&content, full.answers), ..full },
        survey_name: survey.settings.name,
        content,
    })
}

/// Answers in the order of the questions.
pub fn ordered(content: &Content, mut answers: Vec<Answer>) -> Vec<Answer> {
    answers.sort_by_key(|a| content.questions.iter().position(|q| q.key == a.question));
    answers
}

/// Answers brought by a program.
#[derive(Clone, Debug)]
pub struct Brought {
    /// The answers.
    pub answers: Vec<Given>,
    /// Who answered, when known.
    pub customer: Option<Id>,
    /// Where.
    pub site: Option<Id>,
    /// Through what.
    pub channel: String,
    /// How it was collected.
    pub collection: Collection,
    /// Language of the reader.
    pub locale: Locale,
    /// When; now when not said.
    pub at: Option<Instant>,
    /// Weight in figures.
    pub weight: Option<f64>,
}

/// Records answers brought by a program.
pub fn bring(tx: &mut Tx<'_>, by: &Actor, survey: Id, brought: &Brought) -> Result<Id> {
    by.require(Permission::AnswersImport)?;
    surveys::store::get(tx, survey)?;
    let target = by_survey(tx, survey)?.ok_or_else(|| Error::refused("survey-error-not-published"))?;
    if target.state != State::Open {
        return Err(Error::refused("survey-error-not-open"));
    }
    check(tx, by, brought)?;
    let answers = crate::answering::actions::checked(&target.content, &brought.answers)?;
    let at = brought.at.unwrap_or(tx.now());
    let incoming = Incoming {
        survey,
        version: target.number,
        content: &target.content,
        answers: &answers,
        invitation: None,
        customer: brought.customer,
        site: brought.site,
        channel: &brought.channel,
        collection: brought.collection,
        locale: brought.locale,
        at,
        day: house(tx)?.zone.day_of(at),
        nonce: None,
        weight: brought.weight,
        import: None,
    };
    record(tx, by, &incoming).map(Outcome::id)
}

fn check(tx: &mut Tx<'_>, by: &Actor, brought: &Brought) -> Result<()> {
    let mut errors = Vec::new();
    let is_word = |text: &str| {
        (1..=40).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    if !is_word(&brought.channel) {
        errors.push(FieldError::new("channel", "response-error-channel"));
    }
    if brought.weight.is_some_and(|weight| !rules::is_weight(weight)) {
        errors.push(FieldError::new("weight", "response-error-weight"));
    }
    if brought.at.is_some_and(|at| at > tx.now() || at.as_micros() < 0) {
        errors.push(FieldError::new("at", "response-error-at"));
    }
    if let Some(site) = brought.site {
        let known = kernel::organisation::store::sites(tx)?.iter().any(|s| s.id == site);
        if !known || !by.scope.includes(Some(site)) {
            errors.push(FieldError::new("site", "response-error-site"));
        }
    }
    if let Some(customer) = brought.customer
        && know::customers::store::get(tx, &by.scope, customer).and_then(Customer::present).is_err()
    {
        errors.push(FieldError::new("customer", "response-error-customer"));
    }
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}
