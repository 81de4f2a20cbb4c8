//! Pages about cases: the queue, one case, opening one.

pub(crate) mod acts;
mod choices;
pub(crate) mod edit;
pub(crate) mod history;
pub(crate) mod letter;
pub(crate) mod open;
mod others;
pub(crate) mod query;
pub(crate) mod queue;
pub(crate) mod sheet;
pub(crate) mod together;

use std::collections::HashMap;

use askama::Template;
use http::header::CACHE_CONTROL;
use http::{HeaderValue, StatusCode};
use kernel::errors::Arg;
use kernel::identity::Scope;
use kernel::texts::T;
use kernel::{Day, Id, Result, Tx};
use web_kit::{HttpResult, html_with};

use super::model::{Case, Counts};
use super::store;

/// What a list of cases shows beside the cases themselves.
#[derive(Default)]
pub(super) struct Beside {
    customers: HashMap<Id, String>,
    owners: HashMap<Id, String>,
}

impl Beside {
    /// Reads names of customers within reach, and of owners.
    pub(super) fn read(tx: &mut Tx<'_>, scope: &Scope, cases: &[Case]) -> Result<Self> {
        let mut customers: Vec<Id> = cases.iter().filter_map(|c| c.customer).collect();
        customers.sort_unstable();
        customers.dedup();
        let known = know::customers::store::by_ids(tx, scope, &customers)?;
        let mut owners: Vec<Id> = cases.iter().filter_map(|c| c.owner).collect();
        owners.sort_unstable();
        owners.dedup();
        Ok(Self {
            customers: known.iter().map(|c| (c.id, c.details.name())).collect(),
            owners: store::names(tx, &owners)?,
        })
    }

    /// Name of the customer, or where they asked to be reached, or that they are unknown.
    pub(super) fn customer(&self, t: T, case: &Case) -> String {
        let known = case.customer.and_then(|id| self.customers.get(&id)).cloned();
        let reach = Some(case.reach.clone()).filter(|reach| !reach.is_empty());
        known.or(reach).unwrap_or_else(|| t.get("case-somebody"))
    }

    /// Name of the owner; empty when nobody carries the case.
    pub(super) fn owner(&self, case: &Case) -> String {
        case.owner.and_then(|id| self.owners.get(&id)).cloned().unwrap_or_default()
    }
}

/// A number of cases in a sentence: more than so many where nobody counted further.
pub(super) fn counted(t: T, n: i64) -> Arg {
    if n > Counts::EXACT { t.one("case-more-than", "n", Counts::EXACT).into() } else { n.into() }
}

/// The same standing alone.
pub(super) fn counted_alone(t: T, n: i64) -> String {
    if n > Counts::EXACT { t.one("case-and-more", "n", Counts::EXACT) } else { t.count(n) }
}

/// The first words of a text.
pub(super) fn excerpt(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let cut: String = text.chars().take(letters).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(before, _)| before);
    format!("{whole} …")
}

/// Key under which the browser keeps what is typed into a form of a case until it is saved.
pub(super) fn draft_key(case: Id, form: &str) -> String {
    format!("case-{case}-{form}")
}

/// A page with a form that was refused. The browser may keep it for its own back button: what was typed stands in it.
pub(super) fn refused_page(status: StatusCode, view: &impl Template) -> HttpResult {
    let mut response = html_with(status, view)?;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    Ok(response)
}

/// What is promised for today or was before, as lists show it.
pub(super) struct Promised {
    pub(super) id: Id,
    pub(super) who: String,
    pub(super) words: String,
    pub(super) day: String,
    pub(super) is_late: bool,
}

impl Promised {
    /// Every promise of some cases.
    pub(super) fn all(t: T, beside: &Beside, cases: &[Case], today: Day) -> Vec<Self> {
        let of = |case: &Case| {
            let promise = case.promise.as_ref()?;
            Some(Self {
                id: case.id,
                who: beside.customer(t, case),
                words: promise.words.clone(),
                day: t.day(promise.day),
                is_late: promise.day < today,
            })
        };
        cases.iter().filter_map(of).collect()
    }
}
