//! What a person can see of cases.

use std::collections::HashMap;

use kernel::clock::SignedDuration;
use kernel::identity::{self, Actor, Permission, Role};
use kernel::{Day, Error, Id, Message, Result, Tx, organisation};
use know::customers::model::Customer;

use super::CARRIERS;
use crate::cases::model::{Asked, Case, Counts, Filter, Found, Phase, Severity, Sort, Standing, Step, View};
use crate::cases::rules::{self, Due};
use crate::cases::store::{self, Place, Window};
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
    store::list(tx, &by.scope, filter, Window::behind(beyond, limit))
}

/// A page of the queue, with the place it ends at when more cases follow.
pub fn page(
    tx: &mut Tx<'_>,
    by: &Actor,
    filter: &Filter,
    beyond: Option<Place>,
    limit: i64,
) -> Result<(Vec<Case>, Option<Place>)> {
    let found = listing(tx, by, filter, Window::behind(beyond, limit))?;
    Ok((found.cases, found.next))
}

/// A page of a queue and what lies around it.
pub struct Listing {
    /// Its cases, in order.
    pub cases: Vec<Case>,
    /// Where the page before it begins again, read backwards.
    pub previous: Option<Place>,
    /// Where the next page begins.
    pub next: Option<Place>,
}

/// A page of the queue, with the ways to its neighbours.
pub fn listing(tx: &mut Tx<'_>, by: &Actor, filter: &Filter, window: Window) -> Result<Listing> {
    by.require(Permission::CasesRead)?;
    if let Some(site) = filter.site {
        by.require_site(Some(site))?;
    }
    let more = Window { limit: window.limit + 1, ..window };
    let mut cases = store::list(tx, &by.scope, filter, more)?;
    let has_more = cases.len() as i64 > window.limit;
    match (has_more, window.is_back) {
        (true, true) => drop(cases.remove(0)),
        (true, false) => drop(cases.pop()),
        (false, _) => {}
    }
    let came_from = window.beyond.is_some();
    let (has_previous, has_next) = if window.is_back { (has_more, came_from) } else { (came_from, has_more) };
    let place =
        |case: Option<&Case>, is_there: bool| case.filter(|_| is_there).map(|c| store::place(filter, c));
    let (previous, next) = (place(cases.first(), has_previous), place(cases.last(), has_next));
    Ok(Listing { cases, previous, next })
}

/// How many cases a queue holds, as far as [`Counts::EXACT`] and one more.
pub fn count(tx: &mut Tx<'_>, by: &Actor, filter: &Filter) -> Result<i64> {
    by.require(Permission::CasesRead)?;
    store::count(tx, &by.scope, filter, None)
}

/// How many cases a part of a queue holds, in the same way.
pub fn count_due(tx: &mut Tx<'_>, by: &Actor, filter: &Filter, part: Due) -> Result<i64> {
    by.require(Permission::CasesRead)?;
    let zone = organisation::store::get(tx)?.zone;
    store::count(tx, &by.scope, filter, Some((part, &zone)))
}

/// The filter, narrowed to what was typed: part of a reference, a customer within reach, words of what it is about, of
/// what the customer said or of where they are reached.
pub fn find(tx: &mut Tx<'_>, by: &Actor, filter: Filter, typed: &str) -> Result<Filter> {
    by.require(Permission::CasesRead)?;
    let typed: String = typed.trim().chars().take(60).collect();
    if typed.is_empty() {
        return Ok(filter);
    }
    let words = know::customers::rules::search_words(&typed);
    let found = Found {
        reference: rules::holding(&typed.to_uppercase()),
        words: rules::words_of(&typed).iter().map(|word| rules::holding(word)).collect(),
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

/// The case of this reference, else those whose reference holds what was typed, else the latest ones of the customers
/// whose name was typed.
pub fn find_few(tx: &mut Tx<'_>, by: &Actor, typed: &str) -> Result<Vec<Case>> {
    if let Some(case) = by_reference(tx, by, typed)? {
        return Ok(vec![case]);
    }
    if let Some(part) = rules::part_of_reference(typed) {
        let found = store::by_part_of_reference(tx, &by.scope, &part, FEW)?;
        if !found.is_empty() {
            return Ok(found);
        }
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

/// How many open cases others gave to whoever asks within the last day.
pub fn handed(tx: &mut Tx<'_>, by: &Actor) -> Result<i64> {
    by.require(Permission::CasesRead)?;
    let yesterday = tx.now().minus(SignedDuration::from_hours(24));
    by.user().map_or(Ok(0), |me| store::handed_since(tx, me, &by.name, yesterday))
}

/// What whoever asks, or nobody in particular, promised customers for a day up to today.
pub fn promised(tx: &mut Tx<'_>, by: &Actor, today: Day) -> Result<Vec<Case>> {
    by.require(Permission::CasesRead)?;
    match by.user() {
        Some(me) if by.may(Permission::CasesWrite) => store::promised(tx, &by.scope, me, today, PROMISES),
        _ => Ok(Vec::new()),
    }
}

/// What whoever asks goes on to after a case: what is due behind it in the list they came from, from the front once
/// they are through; then what is due among theirs, then what nobody carries; at last what of theirs is to be closed.
pub fn next_after(tx: &mut Tx<'_>, by: &Actor, case: &Case, came_from: &Filter) -> Result<Option<Case>> {
    by.require(Permission::CasesRead)?;
    let Some(me) = by.user().filter(|_| by.may(Permission::CasesWrite)) else { return Ok(None) };
    let mine = Filter { view: View::Mine, owner: Some(me), ..Filter::default() };
    let free = Filter { view: View::Free, ..Filter::default() };
    let came_from = Filter { sort: Sort::Usual, ..came_from.clone() };
    let lists = [Some(came_from).filter(Filter::is_by_deadline), Some(mine.clone()), Some(free)];
    for filter in lists.into_iter().flatten() {
        for front in [Some(store::place(&filter, case)), None] {
            let next = next_in(tx, by, case, &filter, front)?;
            if let Some(next) = next.filter(|next| next.clock.phase != Phase::Over) {
                return Ok(Some(next));
            }
        }
    }
    next_in(tx, by, case, &mine, None)
}

/// The first other case of a list behind a place; what is told stands behind everything that is due.
fn next_in(
    tx: &mut Tx<'_>,
    by: &Actor,
    case: &Case,
    filter: &Filter,
    front: Option<Place>,
) -> Result<Option<Case>> {
    let found = store::list(tx, &by.scope, filter, Window::behind(front, 2))?;
    Ok(found.into_iter().find(|other| other.id != case.id))
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
