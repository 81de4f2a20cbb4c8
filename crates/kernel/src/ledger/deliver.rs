//! Deliveries of events to their subscribers.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, TryLockError};

use jiff::SignedDuration;

use super::{Recorded, store};
use crate::db::{Db, Routing, Tx};
use crate::errors::Result;
use crate::ids::Id;

/// Deliveries made in one transaction at most.
const BATCH: i64 = 500;
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
pub struct Subscriptions {
    all: Arc<[Subscription]>,
    /// Held by the thread that makes deliveries: two would take the same ones from the head of the queue.
    turn: Arc<Mutex<()>>,
}

impl Subscriptions {
    /// The given subscriptions.
    pub fn new(all: Vec<Subscription>) -> Self {
        Self { all: all.into(), turn: Arc::default() }
    }
}

impl Routing for Subscriptions {
    fn subscribers(&self, kind: &str) -> Vec<&'static str> {
        self.all.iter().filter(|s| s.kinds.contains(&kind)).map(|s| s.name).collect()
    }
}

/// Makes the deliveries that are due and returns how many were tried; call again while it is not zero. While another
/// thread is at it there is nothing to do. A handler that fails is tried again later and does not keep the others from
/// going on.
pub fn deliver_due(db: &Db, subscriptions: &Subscriptions) -> Result<usize> {
    let _turn = match subscriptions.turn.try_lock() {
        Ok(turn) => turn,
        Err(TryLockError::Poisoned(turn)) => turn.into_inner(),
        Err(TryLockError::WouldBlock) => return Ok(0),
    };
    // Looked for outside the change: on PostgreSQL, a change that reads the queue collides with all that add to it.
    let due = db.read(|tx| store::due(tx, BATCH))?;
    if due.is_empty() {
        return Ok(0);
    }
    let (all, tried) = (Arc::clone(&subscriptions.all), due.len());
    let batch = due.clone();
    match db.write(move |tx| deliver_all(tx, &all, &batch)) {
        Ok(()) => return Ok(tried),
        Err(crate::Error::Conflict) => return Err(crate::Error::Conflict),
        Err(error) => tracing::debug!(%error, "deliveries go one by one"),
    }
    for waiting in due {
        let all = Arc::clone(&subscriptions.all);
        db.write(move |tx| deliver(tx, &all, &waiting))?;
    }
    Ok(tried)
}

/// Makes many deliveries with few statements, all of them or none.
fn deliver_all(tx: &mut Tx<'_>, subscriptions: &[Subscription], due: &[store::Waiting]) -> Result<()> {
    let mut by_subscription: BTreeMap<&str, Vec<Id>> = BTreeMap::new();
    for waiting in due {
        by_subscription.entry(&waiting.subscription).or_default().push(waiting.event);
    }
    for (subscription, events) in &by_subscription {
        if store::take(tx, subscription, events)? != events.len() as u64 {
            return Err(crate::Error::internal("another process made some of these deliveries"));
        }
    }
    let ids: BTreeSet<Id> = due.iter().map(|waiting| waiting.event).collect();
    let events = store::events(tx, &ids.into_iter().collect::<Vec<_>>())?;
    for waiting in due {
        // A room that was removed from the program has nobody to hear what waited for it.
        let Some(subscription) = named(subscriptions, &waiting.subscription) else { continue };
        let event = events.get(&waiting.event).ok_or(crate::Error::NotFound)?;
        handle(tx, subscription, event)?;
    }
    Ok(())
}

/// Makes one delivery, or notes why it failed.
fn deliver(tx: &mut Tx<'_>, subscriptions: &[Subscription], waiting: &store::Waiting) -> Result<()> {
    let made = tx.attempt(|tx| {
        // Another process may have made it, or tried in vain, since it was looked for.
        if !store::take_as_looked_for(tx, waiting)? {
            return Ok(());
        }
        let Some(subscription) = named(subscriptions, &waiting.subscription) else { return Ok(()) };
        let event = store::event(tx, waiting.event)?;
        handle(tx, subscription, &event)
    });
    match made {
        Ok(()) => Ok(()),
        Err(crate::Error::Conflict) => Err(crate::Error::Conflict),
        Err(error) => {
            let attempts = waiting.attempts + 1;
            let subscription = &waiting.subscription;
            tracing::warn!(subscription, event = %waiting.event, attempts, %error, "delivery failed");
            let due = tx.now().plus(backoff(attempts));
            store::postpone(tx, waiting, due, attempts >= ATTEMPTS, &error.to_string())
        }
    }
}

fn named<'s>(subscriptions: &'s [Subscription], name: &str) -> Option<&'s Subscription> {
    subscriptions.iter().find(|s| s.name == name)
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
