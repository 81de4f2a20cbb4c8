//! Workers: take due jobs, run them, record how they ended.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use jiff::SignedDuration;
use serde_json::Value;

use super::{ATTEMPTS, Bell, Context, Handlers, Job, Recurring, State, store};
use crate::db::{Db, Tx};
use crate::errors::{Error, Result};
use crate::ledger::{Subscriptions, deliver_due};

/// How often a worker looks by itself, for what other processes queued.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Runs jobs and deliveries until the bell says stop. One thread each.
pub fn work(db: &Db, handlers: &Handlers, subscriptions: &Subscriptions, bell: &Bell) {
    while !bell.is_stopped() {
        if let Err(error) = round(db, handlers, subscriptions, bell) {
            tracing::error!(%error, "worker");
        }
        bell.wait(LOOK_EVERY);
    }
}

fn round(db: &Db, handlers: &Handlers, subscriptions: &Subscriptions, bell: &Bell) -> Result<()> {
    while !bell.is_stopped() && deliver_due(db, subscriptions)? > 0 {}
    queue_recurring(db, handlers)?;
    while !bell.is_stopped() && run_one(db, handlers, bell)? {
        while !bell.is_stopped() && deliver_due(db, subscriptions)? > 0 {}
    }
    Ok(())
}

/// Runs everything that is due now, deliveries included, and returns the number of jobs run. For tests and
/// commands; the server uses [`work`].
pub fn run_due(db: &Db, handlers: &Handlers, subscriptions: &Subscriptions) -> Result<usize> {
    let mut run = 0;
    loop {
        while deliver_due(db, subscriptions)? > 0 {}
        if !run_one(db, handlers, &Bell::default())? {
            return Ok(run);
        }
        run += 1;
    }
}

fn run_one(db: &Db, handlers: &Handlers, bell: &Bell) -> Result<bool> {
    if !db.read(store::any_due)? {
        return Ok(false);
    }
    let Some(job) = db.write(store::claim)? else { return Ok(false) };
    let context =
        Context { db: db.clone(), job: job.clone(), bell: bell.clone(), interrupted: AtomicBool::new(false) };
    let outcome = run(&context, handlers);
    if context.interrupted.into_inner() {
        let (id, attempt) = (job.id, job.attempts);
        db.write(move |tx| store::release(tx, id, attempt))?;
        return Ok(true);
    }
    settle(db, &job, outcome)?;
    Ok(true)
}

fn run(context: &Context, handlers: &Handlers) -> Result<()> {
    let job = &context.job;
    let Some(handler) = handlers.named(&job.name) else {
        return Err(Error::refused("job-error-unknown"));
    };
    // Only a worker that died leaves a job in its last attempt: one that kills its worker must end too.
    if job.attempts > ATTEMPTS {
        return Err(Error::internal("its worker died in every attempt"));
    }
    catch_unwind(AssertUnwindSafe(|| (handler.run)(context)))
        .unwrap_or_else(|_| Err(Error::internal("the job panicked")))
}

fn settle(db: &Db, job: &Job, outcome: Result<()>) -> Result<()> {
    let (id, attempt) = (job.id, job.attempts);
    let Err(error) = outcome else {
        return db.write(move |tx| {
            let state = if store::job(tx, id)?.cancel { State::Cancelled } else { State::Done };
            store::end(tx, id, attempt, state, None)
        });
    };
    let text = error.to_string();
    tracing::warn!(job = %id, name = job.name, attempt, error = text, "job failed");
    let last = attempt >= ATTEMPTS || matches!(error, Error::Refused(_) | Error::Invalid(_));
    db.write(move |tx| {
        if last {
            return store::end(tx, id, attempt, State::Failed, Some(&text));
        }
        let due = tx.now().plus(backoff(attempt));
        store::postpone(tx, id, attempt, due, &text)
    })
}

/// 5 s, 20 s, 80 s, 320 s.
fn backoff(attempt: i64) -> SignedDuration {
    SignedDuration::from_secs(5 * 4_i64.pow(u32::try_from(attempt.clamp(1, 6) - 1).unwrap_or(0)))
}

fn queue_recurring(db: &Db, handlers: &Handlers) -> Result<()> {
    for recurring in handlers.recurring.iter().copied() {
        if db.read(|tx| is_its_time(tx, recurring))? {
            db.write(move |tx| queue_one(tx, recurring))?;
        }
    }
    Ok(())
}

fn is_its_time(tx: &mut Tx<'_>, recurring: Recurring) -> Result<bool> {
    let last = store::last_queued(tx, recurring.name)?;
    Ok(last.is_none_or(|at| at.plus(recurring.every) <= tx.now()))
}

fn queue_one(tx: &mut Tx<'_>, recurring: Recurring) -> Result<()> {
    // Another worker may have queued it, and even run it, since this one looked.
    if !is_its_time(tx, recurring)? {
        return Ok(());
    }
    let (id, due, name) = (tx.new_id(), tx.now(), recurring.name);
    // While it waits or runs, its name is its own key: it is never in the queue twice.
    store::insert(tx, id, name, None, &Value::Null, super::RECURRING, due, Some(name)).map(drop)
}
