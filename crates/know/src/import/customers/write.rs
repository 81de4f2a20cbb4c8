//! Writing a batch: who is new, who changed, what they accept, with an event for each.

use kernel::identity::Actor;
use kernel::ledger::{Event, record_all};
use kernel::{Id, Result, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::super::outcome::Outcome;
use super::Setting;
use super::people::{Deed, People};
use super::prepare::Prepared;
use crate::consent::Purpose;
use crate::customers::bulk::{self, NewConsent, Save};
use crate::customers::model::Details;

/// How a customer was before a row changed them: what undoing needs.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Before {
    pub(super) version: i64,
    pub(super) details: Details,
    /// Decisions the row added.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) consents: Vec<Id>,
}

/// Writes a batch.
pub(super) fn apply(
    tx: &mut Tx<'_>,
    by: &Actor,
    setting: &Setting,
    import: Id,
    rows: &[Prepared],
) -> Result<Vec<Outcome>> {
    let mut people = People::default();
    people.load(tx, by, rows)?;
    let mut work = Work::default();
    let mut outcomes = Vec::with_capacity(rows.len());
    for row in rows {
        let deed = people.take(setting, row, || tx.new_id());
        outcomes.push(work.note(tx, &people, row, deed)?);
    }
    work.write(tx, by, setting, import, &people)?;
    Ok(outcomes)
}

/// What a batch is about to write beside the people themselves.
#[derive(Default)]
struct Work {
    events: Vec<Event>,
    consents: Vec<NewConsent>,
}

impl Work {
    fn note(&mut self, tx: &mut Tx<'_>, people: &People, row: &Prepared, deed: Deed) -> Result<Outcome> {
        let person = |place: usize| people.all.get(place).ok_or(kernel::Error::NotFound);
        match deed {
            Deed::Nothing(outcome) => Ok(outcome),
            Deed::Create(place) => {
                let person = person(place)?;
                self.events.push(Event::new("customer.created", person.id).after(&person.details));
                self.decide(tx, person.id, &row.consents);
                Ok(Outcome::created(person.id))
            }
            Deed::Update { place, before, version, consents } => {
                let person = person(place)?;
                if before != person.details {
                    let event = Event::new("customer.changed", person.id);
                    self.events.push(event.before(&before).after(&person.details));
                }
                let consents = self.decide(tx, person.id, &consents);
                let before = serde_json::to_value(Before { version, details: before, consents })?;
                Ok(Outcome::updated(person.id, before))
            }
        }
    }

    fn decide(&mut self, tx: &mut Tx<'_>, customer: Id, decisions: &[(Purpose, bool)]) -> Vec<Id> {
        let mut made = Vec::with_capacity(decisions.len());
        for (purpose, granted) in decisions {
            let id = tx.new_id();
            made.push(id);
            self.consents.push(NewConsent { id, customer, purpose: purpose.name(), granted: *granted });
        }
        made
    }

    fn write(
        mut self,
        tx: &mut Tx<'_>,
        by: &Actor,
        setting: &Setting,
        import: Id,
        people: &People,
    ) -> Result<()> {
        let save = |p: &'_ super::people::Person| (p.id, p.version);
        let mut new = Vec::new();
        let mut changed = Vec::new();
        for person in people.all.iter().filter(|person| person.touched) {
            let (id, version) = save(person);
            let save = Save { id, version, details: &person.details, derived: person.derived() };
            match &person.stored {
                None => new.push(save),
                Some(stored) => changed.push((save, stored)),
            }
        }
        // Changes first: a number that moves from one to another is free before it is taken.
        bulk::update(tx, &changed)?;
        bulk::insert(tx, import, &new)?;
        bulk::insert_consents(tx, &self.consents, &setting.source, &by.name)?;
        for consent in &self.consents {
            let said = json!({
                "purpose": consent.purpose, "granted": consent.granted, "source": setting.source,
            });
            self.events.push(Event::new("consent.decided", consent.customer).after(&said));
        }
        record_all(tx, by, &self.events)
    }
}
