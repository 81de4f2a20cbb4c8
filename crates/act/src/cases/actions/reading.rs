//! What a person can see of cases.

use std::collections::HashMap;

use kernel::clock::SignedDuration;
use kernel::identity::{self, Actor, Permission, Role};
use kernel::{Day, Error, Id, Message, Result, Tx, organisation};
use know::customers::model::Customer;

use super::CARRIERS;
use crate::cases::model::{Asked, Case, Counts, Filter, Found, Severity, Standing, Step, View};
use crate::cases::store::{self, Place};
use crate::causes;

/// Cases read at once for a file.
const CHUNK: i64 = 1_000;
/// Cases found as somebody types.
const FEW: usize = 8;
/// Promises shown at once.
const PROMISES: i64 = 20;

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

/// A page of the queue, with the place it ends at when more cases follow.
pub fn page(
    tx: &mut Tx<'_>,
    by: &Actor,
    filter: &Filter,
    beyond: Option<Place>,
    limit: i64,
) -> Result<(Vec<Case>, Option<Place>)> {
    let mut found = list(tx, by, filter, beyond, limit + 1)?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > most;
    found.truncate(most);
    let next = found.last().filter(|_| more).map(|last| store::place(filter.view, last));
    Ok((found, next))
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

/// The filter somebody asks for in names and identifiers. Nobody in particular asks: there is no queue of one's own.
///
/// # Errors
/// [`Error::Invalid`] at the first field that cannot be read.
pub fn asked(tx: &mut Tx<'_>, by: &Actor, asked: &Asked) -> Result<Filter> {
    by.require(Permission::CasesRead)?;
    let view = match asked.view.as_str() {
        "" => View::Open,
        name => View::ALL
            .into_iter()
            .find(|view| view.name() == name && *view != View::Mine)
            .ok_or_else(|| Error::field("view", "case-error-view"))?,
    };
    let id = |text: &str, field: &'static str, key: &'static str| {
        let given = Some(text.trim()).filter(|text| !text.is_empty());
        given.map(str::parse::<Id>).transpose().map_err(|_| Error::field(field, key))
    };
    let (site, cause) =
        (id(&asked.site, "site", "case-error-site")?, id(&asked.cause, "cause", "case-error-cause")?);
    let team = id(&asked.team, "team", "case-error-team")?;
    let carrier = id(&asked.owner, "owner", "case-error-colleague")?;
    let severity =
        Some(asked.severity.as_str()).filter(|s| !s.is_empty()).map(Severity::parse).transpose()?;
    let causes = match cause {
        Some(cause) => causes::actions::tree(tx, by)?.below(cause),
        None => Vec::new(),
    };
    let day = |text: &str, field: &'static str| {
        let given = Some(text.trim()).filter(|text| !text.is_empty());
        given.map(str::parse::<Day>).transpose().map_err(|_| Error::field(field, "period-error-day"))
    };
    let (from, to) = (day(&asked.from, "from")?, day(&asked.to, "to")?);
    let standing = Some(asked.standing.as_str()).filter(|name| !name.is_empty()).map(standing).transpose()?;
    let filter =
        Filter { view, site, team, causes, carrier, severity, from, to, standing, ..Filter::default() };
    find(tx, by, filter, &asked.words)
}

fn standing(name: &str) -> Result<Standing> {
    let known = Standing::ALL.into_iter().find(|standing| standing.name() == name);
    known.ok_or_else(|| {
        let names = Standing::ALL.map(Standing::name).join(", ");
        Error::field("standing", Message::new("case-error-standing").with("names", names))
    })
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

/// The case of this reference.
pub fn by_reference(tx: &mut Tx<'_>, by: &Actor, reference: &str) -> Result<Option<Case>> {
    by.require(Permission::CasesRead)?;
    store::by_reference(tx, &by.scope, &reference.trim().to_uppercase())
}

/// The case of this reference, else the latest ones of the customers whose name was typed.
pub fn find_few(tx: &mut Tx<'_>, by: &Actor, typed: &str) -> Result<Vec<Case>> {
    if let Some(case) = by_reference(tx, by, typed)? {
        return Ok(vec![case]);
    }
    if !by.may(Permission::CustomersRead) {
        return Ok(Vec::new());
    }
    let known = know::customers::actions::find(tx, by, typed, FEW)?;
    let customers: Vec<Id> = known.iter().map(|customer| customer.id).collect();
    store::of_customers(tx, &by.scope, &customers, FEW)
}

/// Cases of a customer, the latest first.
pub fn of_customer(tx: &mut Tx<'_>, by: &Actor, customer: Id, limit: usize) -> Result<Vec<Case>> {
    by.require(Permission::CasesRead)?;
    know::customers::store::get(tx, &by.scope, customer)?;
    store::of_customers(tx, &by.scope, &[customer], limit)
}

/// Opened, told and closed within the last day.
pub fn news(tx: &mut Tx<'_>, by: &Actor) -> Result<[i64; 3]> {
    by.require(Permission::CasesRead)?;
    let yesterday = tx.now().minus(SignedDuration::from_hours(24));
    store::since(tx, &by.scope, yesterday)
}

/// What whoever asks, or nobody in particular, promised customers for a day up to today.
pub fn promised(tx: &mut Tx<'_>, by: &Actor, today: Day) -> Result<Vec<Case>> {
    by.require(Permission::CasesRead)?;
    match by.user() {
        Some(me) if by.may(Permission::CasesWrite) => store::promised(tx, &by.scope, me, today, PROMISES),
        _ => Ok(Vec::new()),
    }
}

/// What whoever asks goes on to after a case: what comes behind it among theirs, from the front once they are through;
/// then what nobody carries.
pub fn next_after(tx: &mut Tx<'_>, by: &Actor, case: &Case) -> Result<Option<Case>> {
    by.require(Permission::CasesRead)?;
    let Some(me) = by.user().filter(|_| by.may(Permission::CasesWrite)) else { return Ok(None) };
    for (view, owner) in [(View::Mine, Some(me)), (View::Free, None)] {
        let filter = Filter { view, owner, ..Filter::default() };
        let is_here = case.is_open() && case.owner == owner;
        let behind = is_here.then(|| store::place(view, case));
        let fronts = if is_here { vec![behind, None] } else { vec![None] };
        for front in fronts {
            let found = store::list(tx, &by.scope, &filter, front, 2)?;
            if let Some(next) = found.into_iter().find(|other| other.id != case.id) {
                return Ok(Some(next));
            }
        }
    }
    Ok(None)
}

/// Every case of a filter, a part at a time, in the order they were opened.
pub fn export(
    tx: &mut Tx<'_>,
    by: &Actor,
    filter: &Filter,
    mut visit: impl FnMut(&mut Tx<'_>, &[Case]) -> Result<()>,
) -> Result<()> {
    by.require(Permission::CasesRead)?;
    let mut after: Option<Place> = None;
    loop {
        let part = store::in_order(tx, &by.scope, filter, after, CHUNK)?;
        let Some(last) = part.last() else { return Ok(()) };
        after = Some((last.opened_at, last.id));
        visit(tx, &part)?;
    }
}

/// Who cases are of, for whoever may see customers.
pub fn customers_of(tx: &mut Tx<'_>, by: &Actor, cases: &[Case]) -> Result<HashMap<Id, Customer>> {
    if !by.may(Permission::CustomersRead) {
        return Ok(HashMap::new());
    }
    let mut wanted: Vec<Id> = cases.iter().filter_map(|case| case.customer).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let found = know::customers::store::by_ids(tx, &by.scope, &wanted)?;
    Ok(found.into_iter().map(|customer| (customer.id, customer)).collect())
}

/// Names of teams, and of colleagues who carry cases or did.
pub fn teams_and_owners(tx: &mut Tx<'_>, by: &Actor) -> Result<(HashMap<Id, String>, HashMap<Id, String>)> {
    by.require(Permission::CasesRead)?;
    let teams = organisation::store::teams(tx)?;
    let users = identity::store::users(tx)?;
    Ok((
        teams.into_iter().map(|team| (team.id, team.name)).collect(),
        users.into_iter().map(|user| (user.id, user.name)).collect(),
    ))
}
