//! What a person can do with customers.

use kernel::errors::OnConstraint;
use kernel::identity::{Actor, Permission};
use kernel::ledger::Event;
use kernel::{Error, Id, Result, Tx, organisation};

use super::model::{Customer, CustomerInput, Details, ListQuery, Listing};
use super::rules;
use super::store::{self, Filter, Window};

/// Rows of a page of the list: what fits a screen without scrolling far.
pub const PAGE: i64 = 50;

/// One customer.
pub fn read(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Customer> {
    by.require(Permission::CustomersRead)?;
    store::get(tx, &by.scope, id)
}

/// The customer of this number in another system, else of this identifier; none out of reach.
pub fn named(tx: &mut Tx<'_>, by: &Actor, typed: &str) -> Result<Option<Customer>> {
    by.require(Permission::CustomersRead)?;
    let typed = typed.trim();
    let numbered = store::by_external_number(tx, typed)?;
    let within_reach = numbered.filter(|customer| by.scope.includes(customer.details.site));
    let Some(id) = typed.parse().ok().filter(|_| within_reach.is_none()) else { return Ok(within_reach) };
    match read(tx, by, id) {
        Err(Error::NotFound) => Ok(None),
        found => found.map(Some),
    }
}

/// Adds a customer.
pub fn create(tx: &mut Tx<'_>, by: &Actor, input: &CustomerInput) -> Result<Customer> {
    by.require(Permission::CustomersWrite)?;
    let details = checked(tx, by, input)?;
    create_checked(tx, by, &details, None)
}

/// Adds a customer whose facts are checked already, perhaps from an import.
pub fn create_checked(
    tx: &mut Tx<'_>,
    by: &Actor,
    details: &Details,
    import: Option<Id>,
) -> Result<Customer> {
    let id = tx.new_id();
    store::insert(tx, id, details, import).on_constraint(
        "customers_external_number_key",
        "external_number",
        "customer-error-number-taken",
    )?;
    Event::new("customer.created", id).after(details).record(tx, by)?;
    let now = tx.now();
    Ok(Customer {
        id,
        details: details.clone(),
        created_at: now,
        updated_at: now,
        last_contact_at: None,
        erased_at: None,
        version: 1,
    })
}

/// Changes a customer who is still at `version`.
pub fn update(tx: &mut Tx<'_>, by: &Actor, id: Id, version: i64, input: &CustomerInput) -> Result<Customer> {
    by.require(Permission::CustomersWrite)?;
    let before = store::get(tx, &by.scope, id)?.present()?;
    if before.version != version {
        return Err(Error::Stale(before.version));
    }
    let details = checked(tx, by, input)?;
    update_checked(tx, by, &before, &details)
}

/// Changes a customer to facts that are checked already; nothing happens when they are the same.
pub fn update_checked(tx: &mut Tx<'_>, by: &Actor, before: &Customer, details: &Details) -> Result<Customer> {
    if *details == before.details {
        return Ok(before.clone());
    }
    let changed = store::update(tx, before.id, before.version, details).on_constraint(
        "customers_external_number_key",
        "external_number",
        "customer-error-number-taken",
    )?;
    if !changed {
        return Err(Error::Stale(before.version + 1));
    }
    Event::new("customer.changed", before.id).before(&before.details).after(details).record(tx, by)?;
    let now = tx.now();
    Ok(Customer { details: details.clone(), updated_at: now, version: before.version + 1, ..before.clone() })
}

fn checked(tx: &mut Tx<'_>, by: &Actor, input: &CustomerInput) -> Result<Details> {
    let organisation = organisation::store::get(tx)?;
    let details = rules::check(input, organisation.zone.day_of(tx.now()))?;
    if let Some(site) = details.site {
        let known = organisation::store::sites(tx)?.iter().any(|s| s.id == site);
        if !known || !by.scope.includes(Some(site)) {
            return Err(Error::field("site", "customer-error-site"));
        }
    }
    Ok(details)
}

/// One page of the list.
pub fn list(tx: &mut Tx<'_>, by: &Actor, query: &ListQuery, limit: i64) -> Result<Listing> {
    by.require(Permission::CustomersRead)?;
    let filter = filter(tx, by, query)?;
    let after: Option<Id> = query.after.parse().ok();
    let before: Option<Id> = query.before.parse().ok();
    let backwards = before.is_some();
    let window = Window {
        sort: query.sort,
        descending: query.desc != backwards,
        beyond: before.or(after),
        limit: limit + 1,
    };
    let mut rows = store::list(tx, &by.scope, &filter, window)?;
    let more = rows.len() as i64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    if backwards {
        rows.reverse();
    }
    let (has_next, has_previous) = if backwards { (true, more) } else { (more, after.is_some()) };
    Ok(Listing { rows, total: store::count(tx, &by.scope, &filter)?, has_next, has_previous })
}

/// Every customer a list would show, one after the other.
pub fn export(
    tx: &mut Tx<'_>,
    by: &Actor,
    query: &ListQuery,
    visit: impl FnMut(Customer) -> Result<bool>,
) -> Result<()> {
    by.require(Permission::CustomersExport)?;
    let filter = filter(tx, by, query)?;
    store::each(tx, &by.scope, &filter, visit)
}

/// Customers for the search-as-you-type, best first.
pub fn find(tx: &mut Tx<'_>, by: &Actor, query: &str, limit: usize) -> Result<Vec<Customer>> {
    by.require(Permission::CustomersRead)?;
    let words = rules::search_words(query);
    let mut ids = store::search(tx, &by.scope, &words)?;
    ids.truncate(limit * 4);
    let mut found = store::by_ids(tx, &by.scope, &ids)?;
    found.truncate(limit);
    Ok(found)
}

/// How many customers a search finds.
pub fn count(tx: &mut Tx<'_>, by: &Actor, query: &str) -> Result<super::model::Count> {
    by.require(Permission::CustomersRead)?;
    let filter = filter(tx, by, &ListQuery { q: query.to_owned(), ..ListQuery::default() })?;
    store::count(tx, &by.scope, &filter)
}

fn filter(tx: &mut Tx<'_>, by: &Actor, query: &ListQuery) -> Result<Filter> {
    let words = rules::search_words(&query.q);
    let ids = if words.is_empty() { None } else { Some(store::search(tx, &by.scope, &words)?) };
    let days: Option<i64> = query.since.parse().ok().filter(|days| (1..=36_500).contains(days));
    let ago = |days: i64| tx_days_ago(tx.now(), days);
    Ok(Filter {
        site: query.site.parse().ok(),
        role: super::model::Role::parse(&query.role).ok(),
        kind: super::model::Kind::parse(&query.kind).ok(),
        contact_since: days.map(ago),
        never_heard: query.since == "never",
        import: query.import.parse().ok(),
        ids,
    })
}

fn tx_days_ago(now: kernel::Instant, days: i64) -> kernel::Instant {
    now.minus(kernel::clock::SignedDuration::from_hours(24 * days))
}
