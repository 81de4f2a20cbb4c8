//! Every query about customers.

use kernel::db::{Param, Row};
use kernel::identity::Scope;
use kernel::{Id, Instant, Result, Tx};

use super::model::{Count, Customer, Details, Kind, Role, Sort};
use super::rules;

/// Rows counted exactly at most: beyond, a list says "more than".
pub const COUNT_MOST: i64 = 10_000;
/// Matches of a search looked at.
const MATCHES: i64 = 400;

pub(super) const COLUMNS: &str = "c.id, c.kind, c.role, c.external_number, c.given_name, c.family_name,
     c.organisation_name, c.birth_day, c.locale, c.site_id, c.email, c.phone, c.mobile, c.preferred_channel,
     c.street, c.postal_code, c.city, c.country, c.expects, c.created_at, c.updated_at, c.last_contact_at,
     c.erased_at, c.version";

pub(super) fn read(row: &Row<'_>) -> Result<Customer> {
    let mut c = row.columns();
    let id = c.next()?;
    let details = Details {
        kind: Kind::parse(&c.next::<String>()?)?,
        role: Role::parse(&c.next::<String>()?)?,
        external_number: c.next()?,
        given_name: c.next()?,
        family_name: c.next()?,
        organisation_name: c.next()?,
        birth_day: c.next()?,
        locale: c.next::<Option<String>>()?.and_then(|code| code.parse().ok()),
        site: c.next()?,
        email: c.next()?,
        phone: c.next()?,
        mobile: c.next()?,
        preferred_channel: c.next()?,
        street: c.next()?,
        postal_code: c.next()?,
        city: c.next()?,
        country: c.next()?,
        expects: c.next()?,
    };
    let (created_at, updated_at, last): (_, _, Instant) = (c.next()?, c.next()?, c.next()?);
    let last_contact_at = (last.as_micros() > 0).then_some(last);
    let erased_at = c.next()?;
    Ok(Customer { id, details, created_at, updated_at, last_contact_at, erased_at, version: c.next()? })
}

/// One customer within reach.
pub fn get(tx: &mut Tx<'_>, scope: &Scope, id: Id) -> Result<Customer> {
    let reach = scope.condition("c.site_id");
    tx.query_one(&format!("SELECT {COLUMNS} FROM customers c WHERE c.id = $1 AND {reach}"), &[&id], read)
}

/// Adds a customer, with what search needs.
pub fn insert(tx: &mut Tx<'_>, id: Id, d: &Details, import: Option<Id>) -> Result<()> {
    let now = tx.now();
    let keys = Keys::of(d);
    let locale = d.locale.map(kernel::texts::Locale::code);
    let never = Instant::from_micros(0);
    tx.execute(
        "INSERT INTO customers (id, kind, role, external_number, given_name, family_name, organisation_name,
             birth_day, locale, site_id, email, phone, mobile, preferred_channel, street, postal_code, city,
             country, expects, sort_name, email_key, phone_key, mobile_key, created_at, updated_at,
             last_contact_at, import_id, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
             $21, $22, $23, $24, $24, $25, $26, 1)",
        &[
            &id,
            &d.kind.name(),
            &d.role.name(),
            &d.external_number,
            &d.given_name,
            &d.family_name,
            &d.organisation_name,
            &d.birth_day,
            &locale,
            &d.site,
            &d.email,
            &d.phone,
            &d.mobile,
            &d.preferred_channel,
            &d.street,
            &d.postal_code,
            &d.city,
            &d.country,
            &d.expects,
            &keys.sort_name,
            &keys.email,
            &keys.phone,
            &keys.mobile,
            &now,
            &never,
            &import,
        ],
    )?;
    let text = rules::search_text(d);
    tx.execute("INSERT INTO customer_search (rowid, text) VALUES ($1, $2)", &[&id, &text])?;
    Ok(())
}

/// Changes a customer who is still at `version`; returns whether they were.
pub fn update(tx: &mut Tx<'_>, id: Id, version: i64, d: &Details) -> Result<bool> {
    let now = tx.now();
    let keys = Keys::of(d);
    let locale = d.locale.map(kernel::texts::Locale::code);
    let changed = tx.execute(
        "UPDATE customers SET kind = $3, role = $4, external_number = $5, given_name = $6, family_name = $7,
             organisation_name = $8, birth_day = $9, locale = $10, site_id = $11, email = $12, phone = $13,
             mobile = $14, preferred_channel = $15, street = $16, postal_code = $17, city = $18, country = $19,
             expects = $20, sort_name = $21, email_key = $22, phone_key = $23, mobile_key = $24,
             updated_at = $25, version = version + 1
         WHERE id = $1 AND version = $2",
        &[
            &id, &version, &d.kind.name(), &d.role.name(), &d.external_number, &d.given_name, &d.family_name,
            &d.organisation_name, &d.birth_day, &locale, &d.site, &d.email, &d.phone, &d.mobile,
            &d.preferred_channel, &d.street, &d.postal_code, &d.city, &d.country, &d.expects, &keys.sort_name,
            &keys.email, &keys.phone, &keys.mobile, &now,
        ],
    )?;
    if changed == 1 {
        let text = rules::search_text(d);
        tx.execute("UPDATE customer_search SET text = $2 WHERE rowid = $1", &[&id, &text])?;
    }
    Ok(changed == 1)
}

/// Removes a customer an import made, when the import is undone.
pub fn delete(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    tx.execute("DELETE FROM customer_search WHERE rowid = $1", &[&id])?;
    tx.execute("DELETE FROM consents WHERE customer_id = $1", &[&id])?;
    tx.execute("DELETE FROM customers WHERE id = $1", &[&id])?;
    Ok(())
}

/// What customers are found and sorted by, in normal form.
pub(super) struct Keys {
    pub(super) sort_name: String,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) mobile: Option<String>,
}

impl Keys {
    pub(super) fn of(d: &Details) -> Self {
        Self {
            sort_name: rules::sort_name(d),
            email: d.email.as_deref().map(rules::email_key),
            phone: d.phone.as_deref().map(|p| rules::phone_key(p, &d.country)),
            mobile: d.mobile.as_deref().map(|p| rules::phone_key(p, &d.country)),
        }
    }
}

/// Whether a customer was erased.
pub fn is_erased(tx: &mut Tx<'_>, id: Id) -> Result<bool> {
    let sql = "SELECT id FROM customers WHERE id = $1 AND erased_at IS NOT NULL";
    Ok(tx.query_opt(sql, &[&id], |row| row.get::<Id>(0))?.is_some())
}

/// Notes that we heard from each other at `at`.
pub fn touch(tx: &mut Tx<'_>, id: Id, at: Instant) -> Result<()> {
    tx.execute(
        "UPDATE customers SET last_contact_at = $2 WHERE id = $1 AND last_contact_at < $2",
        &[&id, &at],
    )?;
    Ok(())
}

/// The customer with this number in another system.
pub fn by_external_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Customer>> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM customers c WHERE c.external_number = $1"), &[&number], read)
}

/// Customers with this e-mail key, ten at most.
pub fn by_email(tx: &mut Tx<'_>, key: &str) -> Result<Vec<Customer>> {
    let sql = format!("SELECT {COLUMNS} FROM customers c WHERE c.email_key = $1 ORDER BY c.id LIMIT 10");
    tx.query(&sql, &[&key], read)
}

/// Customers with this telephone key, ten at most.
pub fn by_phone(tx: &mut Tx<'_>, key: &str) -> Result<Vec<Customer>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM customers c WHERE c.phone_key = $1 OR c.mobile_key = $1 ORDER BY c.id LIMIT 10"
    );
    tx.query(&sql, &[&key], read)
}

/// What a list is restricted to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// One site.
    pub site: Option<Id>,
    /// One role.
    pub role: Option<Role>,
    /// One kind.
    pub kind: Option<Kind>,
    /// Heard from since.
    pub contact_since: Option<Instant>,
    /// Never heard from.
    pub never_heard: bool,
    /// Made by this import.
    pub import: Option<Id>,
    /// Only these (the matches of a search).
    pub ids: Option<Vec<Id>>,
}

impl Filter {
    /// The filter as a condition. Everything written into the text is a number or a name of our own.
    fn condition(&self, scope: &Scope) -> String {
        // Some customers by their identifiers are found by these: the sign keeps SQLite from reading every customer of
        // a site instead.
        let place = if self.ids.is_some() { "+c.site_id" } else { "c.site_id" };
        let mut all = vec![scope.condition(place), "c.erased_at IS NULL".to_owned()];
        if let Some(site) = self.site {
            all.push(format!("{place} = {site}"));
        }
        if let Some(role) = self.role {
            all.push(format!("c.role = '{}'", role.name()));
        }
        if let Some(kind) = self.kind {
            all.push(format!("c.kind = '{}'", kind.name()));
        }
        if let Some(since) = self.contact_since {
            all.push(format!("c.last_contact_at >= {}", since.as_micros()));
        }
        if self.never_heard {
            all.push("c.last_contact_at = 0".to_owned());
        }
        if let Some(import) = self.import {
            all.push(format!("c.import_id = {import}"));
        }
        if let Some(ids) = &self.ids {
            let list: Vec<String> = ids.iter().map(ToString::to_string).collect();
            all.push(if list.is_empty() { "FALSE".into() } else { format!("c.id IN ({})", list.join(", ")) });
        }
        all.join(" AND ")
    }
}

/// Which rows of a list: in which order, after or before which one.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Order.
    pub sort: Sort,
    /// From the end.
    pub descending: bool,
    /// Only rows beyond this one, in the order read.
    pub beyond: Option<Id>,
    /// Rows at most.
    pub limit: i64,
}

/// Customers that match, in order. Keyset paging: `beyond` is where the last page ended.
pub fn list(tx: &mut Tx<'_>, scope: &Scope, filter: &Filter, window: Window) -> Result<Vec<Customer>> {
    let key = match window.sort {
        Sort::Name => "c.sort_name",
        Sort::Contact => "c.last_contact_at",
        Sort::City => "c.city",
        Sort::Created => "c.id",
    };
    let (compare, direction) = if window.descending { ("<", "DESC") } else { (">", "ASC") };
    let condition = filter.condition(scope);
    let inner = key.replace("c.", "k.");
    let beyond = match window.beyond {
        Some(_) => {
            format!("AND ({key}, c.id) {compare} ((SELECT {inner} FROM customers k WHERE k.id = $1), $1)")
        }
        None => "AND c.id <> $1".to_owned(),
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM customers c WHERE {condition} {beyond}
         ORDER BY {key} {direction}, c.id {direction} LIMIT $2"
    );
    let last = window.beyond.unwrap_or(Id(0));
    tx.query(&sql, &[&last, &window.limit], read)
}

/// How many match, exactly up to [`COUNT_MOST`].
pub fn count(tx: &mut Tx<'_>, scope: &Scope, filter: &Filter) -> Result<Count> {
    let condition = filter.condition(scope);
    let most = COUNT_MOST + 1;
    let sql =
        format!("SELECT COUNT(*) FROM (SELECT 1 FROM customers c WHERE {condition} LIMIT $1) AS counted");
    let found: i64 = tx.query_one(&sql, &[&most], |row| row.get(0))?;
    Ok(if found > COUNT_MOST { Count::MoreThan(COUNT_MOST) } else { Count::Exactly(found) })
}

/// Every customer that matches, one after the other, without keeping them.
pub fn each(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &Filter,
    mut visit: impl FnMut(Customer) -> Result<bool>,
) -> Result<()> {
    let condition = filter.condition(scope);
    let sql = format!("SELECT {COLUMNS} FROM customers c WHERE {condition} ORDER BY c.sort_name, c.id");
    tx.each(&sql, &[], |row| visit(read(row)?))
}

/// Identifiers of customers whose search text holds every word, [`MATCHES`] at most, names that begin with
/// the first word first.
pub fn search(tx: &mut Tx<'_>, scope: &Scope, words: &[String]) -> Result<Vec<Id>> {
    let mut found = by_name_prefix(tx, scope, words)?;
    // A trigram index cannot help with fewer than three letters: the beginnings of names must do.
    let long: Vec<String> =
        words.iter().filter(|w| w.chars().count() >= 3).map(|w| format!("%{}%", escape_like(w))).collect();
    if long.is_empty() {
        return Ok(found);
    }
    let conditions: Vec<String> = (1..=long.len()).map(|n| format!("text LIKE ${n} ESCAPE '\\'")).collect();
    // SQLite uses the trigram index for LIKE only without an ESCAPE clause; words without wildcards need none.
    let conditions = conditions.join(" AND ");
    let plain = long.iter().all(|w| !w.contains('\\'));
    let conditions = if plain { conditions.replace(" ESCAPE '\\'", "") } else { conditions };
    let sql = format!("SELECT rowid, text FROM customer_search WHERE {conditions} LIMIT {MATCHES}");
    let params: Vec<&dyn Param> = long.iter().map(|w| w as &dyn Param).collect();
    let matches: Vec<(Id, String)> = tx.query(&sql, &params, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let short: Vec<&String> = words.iter().filter(|w| w.chars().count() < 3).collect();
    for (id, text) in matches {
        if !found.contains(&id) && short.iter().all(|word| some_word_begins(&text, word)) {
            found.push(id);
        }
    }
    Ok(found)
}

fn some_word_begins(text: &str, beginning: &str) -> bool {
    text.split([' ', '-', '\'', '@', '.']).any(|word| word.starts_with(beginning))
}

fn by_name_prefix(tx: &mut Tx<'_>, scope: &Scope, words: &[String]) -> Result<Vec<Id>> {
    let Some(first) = words.first() else { return Ok(Vec::new()) };
    let upper = format!("{first}\u{10ffff}");
    let reach = scope.condition("c.site_id");
    let sql = format!(
        "SELECT c.id, c.sort_name FROM customers c
         WHERE c.sort_name >= $1 AND c.sort_name < $2 AND {reach} ORDER BY c.sort_name, c.id LIMIT {MATCHES}"
    );
    let rows: Vec<(Id, String)> = tx.query(&sql, &[first, &upper], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let fits = |name: &str| words[1..].iter().all(|word| some_word_begins(name, word));
    Ok(rows.into_iter().filter(|(_, name)| fits(name)).map(|(id, _)| id).collect())
}

fn escape_like(word: &str) -> String {
    word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// These customers, those out of reach left out, in the order given.
pub fn by_ids(tx: &mut Tx<'_>, scope: &Scope, ids: &[Id]) -> Result<Vec<Customer>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    // With the sign, no index on sites is used: SQLite would read every customer of the sites somebody reaches to
    // find these few.
    let reach = scope.condition("+c.site_id");
    let before = format!("SELECT {COLUMNS} FROM customers c WHERE c.id IN (");
    let mut found = Vec::with_capacity(ids.len());
    tx.each_in(&before, &format!(") AND {reach}"), ids, |row| {
        found.push(read(row)?);
        Ok(())
    })?;
    let place = |id: Id| ids.iter().position(|other| *other == id);
    found.sort_by_key(|c| place(c.id));
    Ok(found)
}
