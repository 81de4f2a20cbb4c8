//! Who is known: finding the customer a row speaks of, and what the row changes about them. Shared by the run, which
//! then writes, and the dry run, which does not.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use kernel::identity::Actor;
use kernel::{Id, Message, Result, Tx};

use super::super::outcome::{Outcome, Reason};
use super::prepare::{Keys, Prepared};
use super::{Duplicates, Setting};
use crate::consent::Purpose;
use crate::customers::bulk::{self, Derived, Key};
use crate::customers::model::Details;

/// People a dry run keeps before it forgets those the file speaks of once.
const KEPT: usize = 20_000;

/// Somebody known, or about to be.
pub(super) struct Person {
    pub(super) id: Id,
    pub(super) version: i64,
    pub(super) details: Details,
    /// As the database had them; `None` for somebody new.
    pub(super) stored: Option<Details>,
    keys: Keys,
    /// What follows from `details`, where a row has worked it out.
    derived: Option<Arc<Derived>>,
    consents: Vec<(Purpose, bool)>,
    within_reach: bool,
    pub(super) touched: bool,
}

impl Person {
    /// What is stored beside the facts.
    pub(super) fn derived(&self) -> Arc<Derived> {
        self.derived.clone().unwrap_or_else(|| Arc::new(Derived::of(&self.details)))
    }
}

/// What a row does.
#[expect(clippy::large_enum_variant, reason = "a batch holds a thousand of them for a moment")]
pub(super) enum Deed {
    /// Adds somebody: their place.
    Create(usize),
    /// Changes somebody: their place, how they were, their version then, and what was decided about consent.
    Update { place: usize, before: Details, version: i64, consents: Vec<(Purpose, bool)> },
    /// Nothing.
    Nothing(Outcome),
}

/// Everybody the rows at hand may speak of.
#[derive(Default)]
pub(super) struct People {
    pub(super) all: Vec<Person>,
    by_id: HashMap<Id, usize>,
    by_number: HashMap<String, usize>,
    by_email: HashMap<String, Vec<usize>>,
    by_phone: HashMap<String, Vec<usize>>,
}

impl People {
    /// Loads everybody who shares a number, an e-mail address or a telephone with one of the rows.
    pub(super) fn load(&mut self, tx: &mut Tx<'_>, by: &Actor, rows: &[Prepared]) -> Result<()> {
        let unique = |keys: Vec<String>| {
            let mut keys = keys;
            keys.sort_unstable();
            keys.dedup();
            keys
        };
        let numbers = unique(rows.iter().filter_map(|row| row.keys.number.clone()).collect());
        let emails = unique(rows.iter().filter_map(|row| row.keys.email.clone()).collect());
        let phones = unique(rows.iter().flat_map(|row| row.keys.phones.iter().cloned()).collect());
        let mut found = Vec::new();
        for (key, wanted) in
            [(Key::Number, &numbers), (Key::Email, &emails), (Key::Phone, &phones), (Key::Mobile, &phones)]
        {
            bulk::by_key(tx, key, wanted, |customer| found.push(customer))?;
        }
        found.retain(|customer| !self.by_id.contains_key(&customer.id));
        let ids: Vec<Id> = found.iter().map(|customer| customer.id).collect();
        let has_consents = rows.iter().any(|row| !row.consents.is_empty());
        let consents = if has_consents { bulk::consents(tx, &ids)? } else { HashMap::new() };
        for customer in found {
            if self.by_id.contains_key(&customer.id) {
                continue;
            }
            let decided = |purpose: Purpose| {
                consents.get(&(customer.id, purpose.name().to_owned())).map(|granted| (purpose, *granted))
            };
            self.add(Person {
                id: customer.id,
                version: customer.version,
                keys: Keys::of(&customer.details),
                derived: None,
                consents: Purpose::ALL.into_iter().filter_map(decided).collect(),
                within_reach: by.scope.includes(customer.details.site),
                stored: Some(customer.details.clone()),
                details: customer.details,
                touched: false,
            });
        }
        Ok(())
    }

    fn add(&mut self, person: Person) -> usize {
        let place = self.all.len();
        self.by_id.insert(person.id, place);
        self.index(place, &person.keys);
        self.all.push(person);
        place
    }

    fn index(&mut self, place: usize, keys: &Keys) {
        if let Some(number) = &keys.number {
            self.by_number.insert(number.clone(), place);
        }
        let push = |map: &mut HashMap<String, Vec<usize>>, key: &String| {
            let places = map.entry(key.clone()).or_default();
            if !places.contains(&place) {
                places.push(place);
            }
        };
        if let Some(email) = &keys.email {
            push(&mut self.by_email, email);
        }
        for phone in &keys.phones {
            push(&mut self.by_phone, phone);
        }
    }

    /// What a row does, noted among the people at once, so that the next row sees it.
    pub(super) fn take(&mut self, setting: &Setting, row: &Prepared, new_id: impl FnOnce() -> Id) -> Deed {
        let by_number = row.keys.number.as_ref().and_then(|number| self.by_number.get(number).copied());
        if let Some(place) = by_number {
            let is_ours = self.all.get(place).is_some_and(|person| person.within_reach);
            if !is_ours || setting.duplicates == Duplicates::Create {
                let reason = Reason::field("customer-number", "customer-error-number-taken");
                return Deed::Nothing(Outcome::rejected(vec![reason]));
            }
            return self.meet(setting, row, place);
        }
        if setting.duplicates != Duplicates::Create
            && let Some(place) = self.similar(row)
        {
            return self.meet(setting, row, place);
        }
        let place = self.add(Person {
            id: new_id(),
            version: 1,
            details: row.details.clone(),
            stored: None,
            keys: row.keys.clone(),
            derived: Some(Arc::clone(&row.derived)),
            consents: row.consents.clone(),
            within_reach: true,
            touched: true,
        });
        Deed::Create(place)
    }

    /// Somebody with the same e-mail address and family name (or organisation), else the same telephone and name.
    fn similar(&self, row: &Prepared) -> Option<usize> {
        let no_one = Vec::new();
        let email = row.keys.email.as_ref().and_then(|key| self.by_email.get(key)).unwrap_or(&no_one);
        let by_email = email.iter().copied().find(|place| self.is_same(*place, row, same_household));
        by_email.or_else(|| {
            let phones = row.keys.phones.iter().filter_map(|key| self.by_phone.get(key)).flatten();
            phones.copied().find(|place| self.is_same(*place, row, same_name))
        })
    }

    fn is_same(&self, place: usize, row: &Prepared, same: fn(&Keys, &Prepared) -> bool) -> bool {
        self.all.get(place).is_some_and(|person| {
            // Two numbers of the same system are two customers, whatever they share.
            let other_number = person.keys.number.is_some() && row.keys.number.is_some();
            person.within_reach && !other_number && same(&person.keys, row)
        })
    }

    fn meet(&mut self, setting: &Setting, row: &Prepared, place: usize) -> Deed {
        let Some(person) = self.all.get_mut(place) else {
            return Deed::Nothing(Outcome::rejected(vec![Reason::row("import-error-row")]));
        };
        if setting.duplicates == Duplicates::Skip {
            let reason = Reason::row(Message::new("import-customers-skipped"));
            return Deed::Nothing(Outcome::skipped(Some(person.id), reason));
        }
        let merged = merge(&person.details, row);
        let consents: Vec<(Purpose, bool)> =
            row.consents.iter().filter(|decision| !person.consents.contains(decision)).copied().collect();
        if merged == person.details && consents.is_empty() {
            return Deed::Nothing(Outcome::unchanged(person.id));
        }
        for (purpose, granted) in &consents {
            person.consents.retain(|(known, _)| known != purpose);
            person.consents.push((*purpose, *granted));
        }
        let before = std::mem::replace(&mut person.details, merged);
        let version = person.version;
        person.version += 1;
        person.touched = true;
        person.keys = Keys::of(&person.details);
        person.derived = None;
        let keys = person.keys.clone();
        self.index(place, &keys);
        Deed::Update { place, before, version, consents }
    }
}

/// One e-mail address is often shared by a couple: the same family name is asked for, and given names that do not
/// contradict each other.
fn same_household(known: &Keys, row: &Prepared) -> bool {
    let (a, b) = (&known.names, &row.keys.names);
    if !row.has_name {
        return true;
    }
    let same_organisation = !a.organisation.is_empty() && a.organisation == b.organisation;
    let same_family = !a.family.is_empty() && a.family == b.family;
    same_organisation || (same_family && given_names_agree(&a.given, &b.given))
}

/// Whether two given names can be one person's: one missing, an initial, or the same beginning (a slip further on).
fn given_names_agree(a: &str, b: &str) -> bool {
    let letters = |name: &str| -> Vec<char> { name.chars().filter(|c| c.is_alphabetic()).take(2).collect() };
    let (a, b) = (letters(a), letters(b));
    a.iter().zip(&b).all(|(x, y)| x == y)
}

fn same_name(known: &Keys, row: &Prepared) -> bool {
    let (a, b) = (&known.names, &row.keys.names);
    row.has_name && a == b
}

/// What is known, with everything the row says put over it; what the row leaves empty stays.
fn merge(known: &Details, row: &Prepared) -> Details {
    let new = &row.details;
    let mut merged = known.clone();
    let put = |place: &mut String, value: &String| {
        if !value.is_empty() {
            place.clone_from(value);
        }
    };
    let put_some = |place: &mut Option<String>, value: &Option<String>| {
        if value.is_some() {
            place.clone_from(value);
        }
    };
    if row.has_name {
        put(&mut merged.given_name, &new.given_name);
        put(&mut merged.family_name, &new.family_name);
        put(&mut merged.organisation_name, &new.organisation_name);
    }
    if row.has_kind {
        merged.kind = new.kind;
    }
    if row.has_role {
        merged.role = new.role;
    }
    if row.has_site {
        merged.site = new.site;
    }
    put_some(&mut merged.external_number, &new.external_number);
    put_some(&mut merged.email, &new.email);
    put_some(&mut merged.phone, &new.phone);
    put_some(&mut merged.mobile, &new.mobile);
    put_some(&mut merged.preferred_channel, &new.preferred_channel);
    merged.birth_day = new.birth_day.or(merged.birth_day);
    merged.locale = new.locale.or(merged.locale);
    put(&mut merged.street, &new.street);
    put(&mut merged.postal_code, &new.postal_code);
    put(&mut merged.city, &new.city);
    put(&mut merged.country, &new.country);
    put(&mut merged.expects, &new.expects);
    merged
}

/// What a dry run keeps of the rows before: only people the file speaks of more than once.
#[derive(Default)]
pub struct Memory {
    people: People,
    /// Keys met in the first pass, as numbers; sorted out into `recurring` when the second begins.
    seen: Vec<u64>,
    recurring: HashSet<u64>,
    threshold: usize,
    next: i64,
}

impl Memory {
    /// The first pass.
    pub(super) fn look_ahead(&mut self, row: &Prepared) {
        self.seen.extend(hashes(&row.keys));
    }

    /// The second pass: what would become of these rows.
    pub(super) fn rehearse(
        &mut self,
        tx: &mut Tx<'_>,
        by: &Actor,
        setting: &Setting,
        rows: &[Prepared],
    ) -> Result<Vec<Outcome>> {
        self.sort_out();
        self.people.load(tx, by, rows)?;
        let mut outcomes = Vec::with_capacity(rows.len());
        for row in rows {
            let next = &mut self.next;
            let deed = self.people.take(setting, row, || {
                *next -= 1;
                Id(*next)
            });
            outcomes.push(match deed {
                Deed::Create(place) => Outcome::created(self.id(place)),
                Deed::Update { place, .. } => Outcome::updated(self.id(place), serde_json::Value::Null),
                Deed::Nothing(outcome) => outcome,
            });
        }
        self.forget();
        Ok(outcomes)
    }

    fn id(&self, place: usize) -> Id {
        self.people.all.get(place).map_or(Id(0), |person| person.id)
    }

    fn sort_out(&mut self) {
        let mut seen = std::mem::take(&mut self.seen);
        seen.sort_unstable();
        for pair in seen.windows(2) {
            if let [a, b] = pair
                && a == b
            {
                self.recurring.insert(*a);
            }
        }
    }

    fn forget(&mut self) {
        if self.people.all.len() < self.threshold.max(KEPT) {
            return;
        }
        let old = std::mem::take(&mut self.people);
        for person in old.all {
            if person.touched && hashes(&person.keys).any(|hash| self.recurring.contains(&hash)) {
                self.people.add(person);
            }
        }
        self.threshold = self.people.all.len() * 2;
    }
}

fn hashes(keys: &Keys) -> impl Iterator<Item = u64> {
    let named = |name: &'static str, key: &String| {
        let mut hasher = DefaultHasher::new();
        (name, key).hash(&mut hasher);
        hasher.finish()
    };
    let number = keys.number.iter().map(move |key| named("number", key));
    let email = keys.email.iter().map(move |key| named("email", key));
    number.chain(email).chain(keys.phones.iter().map(move |key| named("phone", key)))
}
