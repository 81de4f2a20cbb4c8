//! Deliveries of events to their subscribers.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::SignedDuration;

use super::{Recorded, store};
use crate::db::{Db, Routing, Tx};
use crate::errors::Result;

/// Deliveries made in one transaction at most.
const BATCH: i64 = 200;
/// Attempts before an administrator is shown the failure.
const ATTEMPTS: i64 = 8;

/// What a later room does when something happened in an earlier one. The handler runs in the transaction
/// that marks the delivery as made, so its effects on the database happen exactly once; it must be
/// idempotent all the same, because deliveries can be tried again by hand.
#[derive(Clone, Copy)]
pub struct Subscription {
    /// Unique name, stored with each delivery: `listen.invite_after_contact`.
    pub name: &'static str,
    /// Kinds of events it wants.
    pub kinds: &'static [&'static str],
    /// What it does.
    pub handle: fn(&mut Tx<'_>, &Recorded) -> Result<()>,
}

/// All subscriptions of the program.
#[derive(Clone, Default)]
pub struct Subscriptions(Vec<Subscription>);

impl Subscriptions {
    /// The given subscriptions.
    pub fn new(all: Vec<Subscription>) -> Self {
        Self(all)
    }

    fn named(&self, name: &str) -> Option<&Subscription> {
        self.0.iter().find(|s| s.name == name)
    }
}

impl Routing for Subscriptions {
    fn subscribers(&self, kind: &str) -> Vec<&'static str> {
        self.0.iter().filter(|s| s.kinds.contains(&kind)).map(|s| s.name).collect()
    }
}

/// Makes the deliveries that are due and returns how many were tried; call again while it is not zero.
/// A handler that fails is tried again later and does not keep the others from going on.
pub fn deliver_due(db: &Db, subscriptions: &Subscriptions) -> Result<usize> {
    // Most of the time nothing waits: a look costs no transaction of the writer.
    if db.read(|tx| store::due(tx, 1))?.is_empty() {
        return Ok(0);
    }
    let subscriptions = subscriptions.clone();
    db.write(move |tx| {
        let due = store::due(tx, BATCH)?;
        for waiting in &due {
            deliver(tx, &subscriptions, waiting)?;
        }
        Ok(due.len())
    })
}

fn deliver(tx: &mut Tx<'_>, subscriptions: &Subscriptions, waiting: &store::Waiting) -> Result<()> {
    let Some(subscription) = subscriptions.named(&waiting.subscription) else {
        // The room was removed from the program: what waited for it has nobody to hear it.
        return store::delivered(tx, &waiting.subscription, waiting.event);
    };
    let event = store::event(tx, waiting.event)?;
    match tx.attempt(|tx| handle(tx, subscription, &event)) {
        Ok(()) => store::delivered(tx, &waiting.subscription, waiting.event),
        Err(crate::Error::Conflict) => Err(crate::Error::Conflict),
        Err(error) => {
            let attempts = waiting.attempts + 1;
            tracing::warn!(subscription = subscription.name, event = %event.id, attempts, %error, "delivery failed");
            let due = tx.now().plus(backoff(attempts));
            store::postpone(tx, waiting, due, attempts >= ATTEMPTS, &error.to_string())
        }
    }
}

/// Runs a handler; a panic is a failure like any other, so that it holds up nobody else's deliveries.
fn handle(tx: &mut Tx<'_>, subscription: &Subscription, event: &Recorded) -> Result<()> {
    catch_unwind(AssertUnwindSafe(|| (subscription.handle)(tx, event)))
        .unwrap_or_else(|_| Err(crate::Error::internal("the subscription panicked")))
}

/// 2 s, 4 s, 8 s … up to an hour.
fn backoff(attempts: i64) -> SignedDuration {
    SignedDuration::from_secs((1_i64 << attempts.clamp(1, 12)).min(3_600))
}
