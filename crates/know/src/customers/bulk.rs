//! Queries about many customers at once, for imports.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use kernel::db::{Param, Row};
use kernel::{Id, Instant, Result, Tx};

use super::model::{Customer, Details};
use super::rules;
use super::store::{COLUMNS, Keys, read};

/// A customer to be written, new or known.
pub(crate) struct Save<'d> {
    /// Identifier.
    pub(crate) id: Id,
    /// Version from now on.
    pub(crate) version: i64,
    /// What is known.
    pub(crate) details: &'d Details,
    /// What follows from it.
    pub(crate) derived: Arc<Derived>,
}

/// What is stored beside the facts of a customer, to find and sort them by. Imports work it out before the
/// transaction: all changes wait for one writer.
pub(crate) struct Derived {
    keys: Keys,
    search: String,
}

impl Derived {
    /// What follows from these facts.
    pub(crate) fn of(details: &Details) -> Self {
        Self { keys: Keys::of(details), search: rules::search_text(details) }
    }
}

const COLUMN_COUNT: usize = 28;
const INTO: &str =
    "INSERT INTO customers (id, kind, role, external_number, given_name, family_name, organisation_name,
         birth_day, locale, site_id, email, phone, mobile, preferred_channel, street, postal_code, city,
         country, expects, sort_name, email_key, phone_key, mobile_key, created_at, updated_at,
         last_contact_at, import_id, version) VALUES";
const OR_UPDATE: &str = "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, role = excluded.role,
         external_number = excluded.external_number, given_name = excluded.given_name,
         family_name = excluded.family_name, organisation_name = excluded.organisation_name,
         birth_day = excluded.birth_day, locale = excluded.locale, site_id = excluded.site_id,
         email = excluded.email, phone = excluded.phone, mobile = excluded.mobile,
         preferred_channel = excluded.preferred_channel, street = excluded.street,
         postal_code = excluded.postal_code, city = excluded.city, country = excluded.country,
         expects = excluded.expects, sort_name = excluded.sort_name, email_key = excluded.email_key,
         phone_key = excluded.phone_key, mobile_key = excluded.mobile_key, updated_at = excluded.updated_at,
         version = excluded.version";

/// Adds new customers, each once; search finds them.
pub(crate) fn insert(tx: &mut Tx<'_>, import: Id, saves: &[Save<'_>]) -> Result<()> {
    save(tx, Some(import), saves, "")?;
    let mut values: Vec<&dyn Param> = Vec::with_capacity(saves.len() * 2);
    for save in saves {
        values.extend([&save.id as &dyn Param, &save.derived.search]);
    }
    tx.insert_many("INSERT INTO customer_search (rowid, text) VALUES", "", 2, &values).map(drop)
}

/// Changes customers, each once. The caller read them in this transaction, so their versions hold.
pub(crate) fn update(tx: &mut Tx<'_>, saves: &[(Save<'_>, &Details)]) -> Result<()> {
    let (mut new, mut searches) = (Vec::with_capacity(saves.len()), Vec::new());
    for (save, before) in saves {
        if save.derived.search != rules::search_text(before) {
            searches.push((save.id, &save.derived.search));
        }
        let derived = Arc::clone(&save.derived);
        new.push(Save { id: save.id, version: save.version, details: save.details, derived });
    }
    self::save(tx, None, &new, OR_UPDATE)?;
    // In order: SQLite's full-text index gathers changes in memory only as long as identifiers rise.
    searches.sort_unstable_by_key(|(id, _)| *id);
    for (id, text) in searches {
        tx.execute("UPDATE customer_search SET text = $2 WHERE rowid = $1", &[&id, text])?;
    }
    Ok(())
}

fn save(tx: &mut Tx<'_>, import: Option<Id>, saves: &[Save<'_>], then: &str) -> Result<()> {
    let (now, never) = (tx.now(), Instant::from_micros(0));
    let words: Vec<_> = saves
        .iter()
        .map(|s| {
            (s.details.kind.name(), s.details.role.name(), s.details.locale.map(kernel::texts::Locale::code))
        })
        .collect();
    let mut values: Vec<&dyn Param> = Vec::with_capacity(saves.len() * COLUMN_COUNT);
    for (save, (kind, role, locale)) in saves.iter().zip(&words) {
        let (d, keys) = (save.details, &save.derived.keys);
        let row: [&dyn Param; COLUMN_COUNT] = [
            &save.id,
            kind,
            role,
            &d.external_number,
            &d.given_name,
            &d.family_name,
            &d.organisation_name,
            &d.birth_day,
            locale,
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
            &now,
            &never,
            &import,
            &save.version,
        ];
        values.extend(row);
    }
    tx.insert_many(INTO, then, COLUMN_COUNT, &values).map(drop)
}

/// By what customers are looked up.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Key {
    /// Identifier.
    Id,
    /// Number in another system.
    Number,
    /// Normal form of the e-mail address.
    Email,
    /// Normal form of the fixed telephone.
    Phone,
    /// Normal form of the mobile telephone.
    Mobile,
}

impl Key {
    const fn column(self) -> &'static str {
        match self {
            Self::Id => "c.id",
            Self::Number => "c.external_number",
            Self::Email => "c.email_key",
            Self::Phone => "c.phone_key",
            Self::Mobile => "c.mobile_key",
        }
    }
}

/// Every customer with one of these keys, whoever may see them. Give each key once.
pub(crate) fn by_key<V: Param>(
    tx: &mut Tx<'_>,
    key: Key,
    wanted: &[V],
    mut visit: impl FnMut(Customer),
) -> Result<()> {
    let before = format!("SELECT {COLUMNS} FROM customers c WHERE {} IN (", key.column());
    tx.each_in(&before, ")", wanted, |row: &Row<'_>| {
        visit(read(row)?);
        Ok(())
    })
}

/// Current decisions of these customers, by customer and purpose.
pub(crate) fn consents(tx: &mut Tx<'_>, customers: &[Id]) -> Result<HashMap<(Id, String), bool>> {
    let mut latest = HashMap::new();
    let before = "SELECT customer_id, purpose, granted FROM consents WHERE customer_id IN (";
    // In order of identifiers: the later one holds.
    tx.each_in(before, ") ORDER BY id", customers, |row| {
        latest.insert((row.get(0)?, row.get(1)?), row.get(2)?);
        Ok(())
    })?;
    Ok(latest)
}
/// Which of these customers something else hangs on: a contact, a purchase, a decision noted by anybody but the
/// import that brought them (`source`).
pub(crate) fn attached(tx: &mut Tx<'_>, customers: &[Id], source: &str) -> Result<HashSet<Id>> {
    let mut found = HashSet::new();
    for table in ["interactions", "transactions"] {
        let before = format!("SELECT DISTINCT customer_id FROM {table} WHERE customer_id IN (");
        tx.each_in(&before, ")", customers, |row| {
            found.insert(row.get(0)?);
            Ok(())
        })?;
    }
    let before = "SELECT customer_id, source FROM consents WHERE customer_id IN (";
    tx.each_in(before, ")", customers, |row| {
        if row.get::<String>(1)? != source {
            found.insert(row.get(0)?);
        }
        Ok(())
    })?;
    Ok(found)
}

/// Removes customers an import made.
pub(crate) fn remove(tx: &mut Tx<'_>, customers: &[Id]) -> Result<()> {
    for some in customers.chunks(500) {
        let list: Vec<String> = some.iter().map(ToString::to_string).collect();
        let list = list.join(", ");
        tx.execute(&format!("DELETE FROM customer_search WHERE rowid IN ({list})"), &[])?;
        tx.execute(&format!("DELETE FROM consents WHERE customer_id IN ({list})"), &[])?;
        tx.execute(&format!("DELETE FROM customers WHERE id IN ({list})"), &[])?;
    }
    Ok(())
}

/// A decision about consent, to be stored.
pub(crate) struct NewConsent {
    /// Identifier.
    pub(crate) id: Id,
    /// Whose.
    pub(crate) customer: Id,
    /// On what.
    pub(crate) purpose: &'static str,
    /// Yes or no.
    pub(crate) granted: bool,
}

/// Adds decisions.
pub(crate) fn insert_consents(
    tx: &mut Tx<'_>,
    consents: &[NewConsent],
    source: &str,
    by: &str,
) -> Result<()> {
    let now = tx.now();
    let mut values: Vec<&dyn Param> = Vec::with_capacity(consents.len() * 7);
    for consent in consents {
        values.extend([&consent.id as &dyn Param, &consent.customer, &consent.purpose, &consent.granted]);
        values.extend([&source as &dyn Param, &now, &by]);
    }
    let into = "INSERT INTO consents (id, customer_id, purpose, granted, source, at, actor_name) VALUES";
    tx.insert_many(into, "", 7, &values).map(drop)
}

/// Removes decisions an import brought.
pub(crate) fn remove_consents(tx: &mut Tx<'_>, consents: &[Id]) -> Result<()> {
    for some in consents.chunks(500) {
        let list: Vec<String> = some.iter().map(ToString::to_string).collect();
        tx.execute(&format!("DELETE FROM consents WHERE id IN ({})", list.join(", ")), &[])?;
    }
    Ok(())
}
