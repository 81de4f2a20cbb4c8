//! Long work: a durable queue in the database, with progress, cancelling, retries and resumption.
//!
//! A job is a name and a small JSON payload. Its handler works in steps, each one transaction that also
//! stores where it stands ([`Context::step`]); after a crash another worker continues from there.

pub mod store;
mod worker;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use jiff::SignedDuration;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::clock::Instant;
use crate::db::{Db, Tx};
use crate::errors::{Error, Result};
use crate::identity::Actor;
use crate::ids::Id;

pub use worker::{run_due, work};

/// How long a worker holds a job without a sign of life before another takes it over.
pub const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// Who asks for jobs that come back by themselves.
pub(crate) const RECURRING: &str = "bocal";
/// Attempts before a failing job is given up.
pub const ATTEMPTS: i64 = 5;

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Waits for a worker.
    Waiting,
    /// A worker has it.
    Running,
    /// Done.
    Done,
    /// Given up after the last attempt.
    Failed,
    /// Stopped by a person; what was done stays done.
    Cancelled,
}

impl State {
    /// Name as stored; its text key is `job-state-` and this.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether nothing more will happen by itself.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }

    fn parse(name: &str) -> Result<Self> {
        [Self::Waiting, Self::Running, Self::Done, Self::Failed, Self::Cancelled]
            .into_iter()
            .find(|s| s.name() == name)
            .ok_or_else(|| Error::internal(format!("unknown job state {name}")))
    }
}

/// A job as stored.
#[derive(Clone, Debug, Serialize)]
pub struct Job {
    /// Identifier.
    pub id: Id,
    /// Which handler runs it; its text key is `job-` and this.
    pub name: String,
    /// What it works on.
    pub subject: Option<Id>,
    /// What it was told.
    #[serde(skip)]
    pub payload: Value,
    /// Where it stands.
    pub state: State,
    /// Somebody asked it to stop.
    pub cancel: bool,
    /// Who asked for it.
    pub created_by: String,
    /// When.
    pub created_at: Instant,
    /// When it may run.
    pub due_at: Instant,
    /// When it began.
    pub started_at: Option<Instant>,
    /// When it ended.
    pub ended_at: Option<Instant>,
    /// Attempts so far.
    pub attempts: i64,
    /// Units of work done.
    pub done: i64,
    /// Units of work in all; 0 while unknown.
    pub total: i64,
    /// Where to continue.
    #[serde(skip)]
    pub checkpoint: Value,
    /// What went wrong the last time.
    pub error: Option<String>,
}

impl Job {
    /// Share done, between 0 and 1, when the total is known.
    pub fn share(&self) -> Option<f64> {
        (self.total > 0).then(|| (self.done as f64 / self.total as f64).clamp(0.0, 1.0))
    }

    /// Units per second since it began.
    pub fn rate(&self, now: Instant) -> Option<f64> {
        let seconds = self.ended_at.unwrap_or(now).since(self.started_at?).as_secs_f64();
        (seconds > 0.2 && self.done > 0).then(|| self.done as f64 / seconds)
    }

    /// Time left at the present rate.
    pub fn time_left(&self, now: Instant) -> Option<SignedDuration> {
        let left = (self.total - self.done).max(0) as f64;
        self.rate(now).map(|rate| SignedDuration::from_secs_f64(left / rate))
    }
}

/// What a handler has done in one step.
#[derive(Clone, Debug)]
pub struct Step {
    /// Units of work done in all.
    pub done: i64,
    /// Units of work in all.
    pub total: i64,
    /// Where to continue after a crash.
    pub checkpoint: Value,
}

/// Whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Go {
    /// Go on.
    On,
    /// Somebody asked to stop, or another worker took over: return at once.
    Stop,
}

/// What a handler is given.
pub struct Context {
    /// The database.
    pub db: Db,
    /// The job as it was when claimed.
    pub job: Job,
    /// Says when the program ends.
    bell: Bell,
    /// A step was not taken because the program ends.
    interrupted: AtomicBool,
}

impl Context {
    /// The payload, as the type it was made from.
    pub fn payload<P: DeserializeOwned>(&self) -> Result<P> {
        Ok(serde_json::from_value(self.job.payload.clone())?)
    }

    /// Where to continue: what the last [`Step`] stored, or `None` at the beginning.
    pub fn checkpoint<C: DeserializeOwned>(&self) -> Result<Option<C>> {
        match &self.job.checkpoint {
            Value::Null => Ok(None),
            value => Ok(Some(serde_json::from_value(value.clone())?)),
        }
    }

    /// Who asked for the job, as the one its changes are recorded under.
    pub fn actor(&self) -> Actor {
        Actor::system(&self.job.created_by)
    }

    /// Does one step of the work and stores where it stands, in one transaction. Once the program is told to stop
    /// there are no more steps: the next worker goes on from here.
    pub fn step(&self, mut f: impl FnMut(&mut Tx<'_>) -> Result<Step> + Send + 'static) -> Result<Go> {
        if self.bell.is_stopped() {
            self.interrupted.store(true, Ordering::Relaxed);
            return Ok(Go::Stop);
        }
        let (id, attempt) = (self.job.id, self.job.attempts);
        // A step is long: it must not make the short changes of others wait for its end.
        self.db.write_alone(move |tx| {
            if !store::still_held(tx, id, attempt)? {
                return Ok(Go::Stop);
            }
            let step = f(tx)?;
            store::advance(tx, id, &step)?;
            Ok(Go::On)
        })
    }
}

/// Runs jobs of one name.
#[derive(Clone, Copy)]
pub struct Handler {
    /// Name of the jobs it runs: `know.import`.
    pub name: &'static str,
    /// Does the work. An error is tried again later; [`Error::Refused`] is final.
    pub run: fn(&Context) -> Result<()>,
}

/// A job that comes back by itself.
#[derive(Clone, Copy)]
pub struct Recurring {
    /// Name of its handler.
    pub name: &'static str,
    /// How often.
    pub every: SignedDuration,
}

/// All handlers and recurring jobs of the program.
#[derive(Clone, Default)]
pub struct Handlers {
    /// By name.
    pub handlers: Vec<Handler>,
    /// The schedule.
    pub recurring: Vec<Recurring>,
}

impl Handlers {
    fn named(&self, name: &str) -> Option<Handler> {
        self.handlers.iter().copied().find(|h| h.name == name)
    }
}

/// Puts a job in the queue, in the transaction that makes it necessary.
pub fn enqueue(
    tx: &mut Tx<'_>,
    by: &Actor,
    name: &'static str,
    subject: Option<Id>,
    payload: &impl Serialize,
) -> Result<Id> {
    let (id, now) = (tx.new_id(), tx.now());
    store::insert(tx, id, name, subject, &serde_json::to_value(payload)?, &by.name, now, None)?;
    Ok(id)
}

/// Wakes workers when something was queued, and tells them to stop.
#[derive(Clone, Default)]
pub struct Bell(Arc<(Mutex<Rings>, Condvar)>);

#[derive(Default)]
struct Rings {
    rung: bool,
    stop: bool,
}

impl Bell {
    /// Something may be due.
    pub fn ring(&self) {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).rung = true;
        self.0.1.notify_all();
    }

    /// The program ends.
    pub fn stop(&self) {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).stop = true;
        self.0.1.notify_all();
    }

    /// Whether the program ends.
    pub fn is_stopped(&self) -> bool {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).stop
    }

    /// Waits for a ring, at most `longest`.
    fn wait(&self, longest: Duration) {
        let rings = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        let quiet = |rings: &mut Rings| !rings.rung && !rings.stop;
        let (mut rings, _) =
            self.0.1.wait_timeout_while(rings, longest, quiet).unwrap_or_else(PoisonError::into_inner);
        rings.rung = false;
    }
}
