//! The append-only memory of everything that changed: audit trail, outbox and source of "as of" views.
//!
//! A change writes its rows and one event in the same transaction. Later rooms subscribe to kinds of events;
//! a delivery is queued with the event and runs at least once, in order for each subject.

mod deliver;
mod seal_store;
pub mod seals;
pub mod store;

pub use deliver::{Subscription, Subscriptions, deliver_due};
use serde::Serialize;
use serde_json::Value;

use crate::clock::Instant;
use crate::db::Tx;
use crate::errors::Result;
use crate::identity::Actor;
use crate::ids::Id;

/// What an event tells, before it is recorded.
#[derive(Clone, Debug)]
pub struct Event {
    kind: &'static str,
    subject_kind: &'static str,
    subject: Id,
    /// As JSON, once: many events are recorded in a second.
    before: Option<String>,
    after: Option<String>,
}

impl Event {
    /// `kind` is what happened (`customer.created`), to `subject` of the kind before the dot.
    pub fn new(kind: &'static str, subject: Id) -> Self {
        let subject_kind = kind.split('.').next().unwrap_or(kind);
        Self { kind, subject_kind, subject, before: None, after: None }
    }

    /// The state before the change.
    #[must_use]
    pub fn before(mut self, state: &impl Serialize) -> Self {
        self.before = serde_json::to_string(state).ok();
        self
    }

    /// The state after the change, or what the event says.
    #[must_use]
    pub fn after(mut self, state: &impl Serialize) -> Self {
        self.after = serde_json::to_string(state).ok();
        self
    }

    /// Records the event in the transaction of the change, and queues it for its subscribers.
    pub fn record(self, tx: &mut Tx<'_>, by: &Actor) -> Result<Id> {
        let id = tx.new_id();
        store::insert(tx, id, by, &self)?;
        for subscription in tx.subscribers(self.kind) {
            store::queue(tx, subscription, id, self.subject)?;
        }
        Ok(id)
    }
}

/// Records many events with few statements, each as [`Event::record`] would.
pub fn record_all(tx: &mut Tx<'_>, by: &Actor, events: &[Event]) -> Result<()> {
    let with_ids: Vec<(Id, &Event)> = events.iter().map(|event| (tx.new_id(), event)).collect();
    store::insert_all(tx, by, &with_ids)?;
    for (id, event) in with_ids {
        for subscription in tx.subscribers(event.kind) {
            store::queue(tx, subscription, id, event.subject)?;
        }
    }
    Ok(())
}

/// An event as it was recorded.
#[derive(Clone, Debug, Serialize)]
pub struct Recorded {
    /// Its identifier, in order of time.
    pub id: Id,
    /// When.
    pub at: Instant,
    /// `user`, `token`, `system` or `public`.
    pub actor_kind: String,
    /// The user or token, if it was one.
    pub actor_id: Option<Id>,
    /// Their name at that time.
    pub actor_name: String,
    /// What happened.
    pub kind: String,
    /// To which kind of thing.
    pub subject_kind: String,
    /// To which one.
    pub subject: Id,
    /// State before.
    pub before: Option<Value>,
    /// State after.
    pub after: Option<Value>,
}
