//! Writing the plan into the database, through the rooms' own actions, with a clock set to each past moment.
//!
//! Everything that happens within one hour is one change; changes are handed to the database one after the other
//! without waiting, and each sets the clock for the next, so that ledger, invitations and answers carry the time at
//! which they happened.

mod boards;
mod cases;
mod founding;
mod history;
mod opinions;
mod store;

use std::sync::{Arc, Mutex, PoisonError};

use kernel::clock::{Clock as _, FixedClock, SystemClock};
use kernel::db::Db;
use kernel::texts::T;
use kernel::{Error, Id, Instant, Result};

use super::calendar::{FIRST, LAST, Moment, Shift};
use super::case_words::CaseWords;
use super::plan::Plan;
use super::plan::cases::Source;
use super::words::Words;
use founding::House;

/// What is written, and what is known so far of what was written.
pub(crate) struct Work {
    pub(crate) words: Words,
    pub(crate) case_words: CaseWords,
    pub(crate) plan: Plan,
    pub(crate) shift: Shift,
    /// When the demonstration is made: nothing of it happens later.
    until: Instant,
    /// Texts in the language of the organisation.
    pub(crate) texts: T,
    customers: Mutex<Vec<Option<Id>>>,
    invitations: Mutex<Vec<Option<Id>>>,
    /// Responses to invitations, and those nobody was asked for.
    responses: Mutex<Vec<Option<Id>>>,
    walk_ins: Mutex<Vec<Option<Id>>>,
    cases: Mutex<Vec<Option<Id>>>,
    improvements: Mutex<Vec<Option<Id>>>,
}

impl Work {
    /// The work of writing a plan.
    pub(crate) fn new(words: Words, case_words: CaseWords, plan: Plan, shift: Shift, texts: T) -> Self {
        let customers = Mutex::new(vec![None; plan.customers.len()]);
        let invitations = Mutex::new(vec![None; plan.invitations.len()]);
        let responses = Mutex::new(vec![None; plan.invitations.len()]);
        let walk_ins = Mutex::new(vec![None; plan.walk_ins.len()]);
        let cases = Mutex::new(vec![None; plan.cases.len()]);
        let improvements = Mutex::new(vec![None; case_words.changes.len()]);
        Self {
            words,
            case_words,
            plan,
            shift,
            until: SystemClock.now(),
            texts,
            customers,
            invitations,
            responses,
            walk_ins,
            cases,
            improvements,
        }
    }

    /// The response of an answer, once it is written.
    fn response(&self, source: Source) -> Option<Id> {
        match source {
            Source::Invited(at) => of(&self.responses, at),
            Source::WalkIn(at) => of(&self.walk_ins, at),
            Source::Hand => None,
        }
    }

    fn keep_response(&self, source: Source, id: Id) {
        match source {
            Source::Invited(at) => keep(&self.responses, at, id),
            Source::WalkIn(at) => keep(&self.walk_ins, at, id),
            Source::Hand => {}
        }
    }

    fn case(&self, at: usize) -> Option<Id> {
        of(&self.cases, at)
    }

    fn keep_case(&self, at: usize, id: Id) {
        keep(&self.cases, at, id);
    }

    fn improvement(&self, at: usize) -> Option<Id> {
        of(&self.improvements, at)
    }

    fn keep_improvement(&self, at: usize, id: Id) {
        keep(&self.improvements, at, id);
    }

    fn customer(&self, at: usize) -> Result<Id> {
        known(&self.customers, at, "customer")
    }

    fn keep_customer(&self, at: usize, id: Id) {
        keep(&self.customers, at, id);
    }

    fn invitation(&self, at: usize) -> Result<Id> {
        known(&self.invitations, at, "invitation")
    }

    fn keep_invitation(&self, at: usize, id: Id) {
        keep(&self.invitations, at, id);
    }
}

fn of(list: &Mutex<Vec<Option<Id>>>, at: usize) -> Option<Id> {
    list.lock().unwrap_or_else(PoisonError::into_inner).get(at).copied().flatten()
}

fn known(list: &Mutex<Vec<Option<Id>>>, at: usize, what: &str) -> Result<Id> {
    of(list, at)
        .ok_or_else(|| Error::internal(format!("{what} {at} of the demonstration is not written yet")))
}

fn keep(list: &Mutex<Vec<Option<Id>>>, at: usize, id: Id) {
    let mut list = list.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(slot) = list.get_mut(at) {
        *slot = Some(id);
    }
}

/// Something that happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    Join(usize),
    Contact(usize),
    Invite(usize),
    Answer(usize),
    WalkIn(usize),
    Order(usize),
    /// Something done on a case: the case, and which of its deeds.
    Case(usize, usize),
    /// An improvement is decided, in place, measured again.
    Improve(usize, usize),
    /// A figure is pinned.
    Pin(usize),
}

/// Everything that happens after the opening, in order.
fn acts(work: &Work) -> Vec<(Moment, Act)> {
    let (plan, words) = (&work.plan, &work.case_words);
    let mut acts: Vec<(Moment, Act)> = Vec::new();
    let joins = plan.customers.iter().enumerate().filter(|(_, c)| c.joined >= FIRST);
    acts.extend(joins.map(|(at, c)| (Moment::at(c.joined, 8 * 60), Act::Join(at))));
    acts.extend(plan.contacts.iter().enumerate().map(|(at, c)| (c.at, Act::Contact(at))));
    acts.extend(plan.orders.iter().enumerate().map(|(at, o)| (o.at, Act::Order(at))));
    acts.extend(plan.walk_ins.iter().enumerate().map(|(at, w)| (w.reply.at, Act::WalkIn(at))));
    for (at, invitation) in plan.invitations.iter().enumerate() {
        acts.push((invitation.at, Act::Invite(at)));
        acts.extend(invitation.reply.as_ref().map(|reply| (reply.at, Act::Answer(at))));
    }
    for (at, case) in plan.cases.iter().enumerate() {
        acts.extend(case.deeds.iter().enumerate().map(|(rank, (moment, _))| (*moment, Act::Case(at, rank))));
    }
    for (rank, change) in words.changes.iter().enumerate() {
        let days = cases::days(rank, change);
        let told = days.into_iter().enumerate().filter(|(_, day)| *day <= LAST);
        acts.extend(told.map(|(step, day)| (Moment::at(day, 9 * 60 + 12), Act::Improve(rank, step))));
    }
    let pinned = Moment::at(boards::PINNED, 10 * 60 + 5);
    acts.extend((0..work.words.tiles.len()).map(|at| (pinned, Act::Pin(at))));
    acts.retain(|(moment, _)| work.shift.instant(*moment, 59) <= work.until);
    acts.sort_unstable();
    acts
}

/// Writes everything. `progress` hears how many of how many steps are done.
pub(crate) fn write(
    db: &Db,
    clock: &Arc<FixedClock>,
    work: Work,
    progress: impl Fn(u64, u64) + Send + Sync + 'static,
) -> Result<()> {
    let work = Arc::new(work);
    let house = found(db, clock, &work)?;
    let acts = acts(&work);
    let hours: Vec<Vec<(Moment, Act)>> =
        acts.chunk_by(|a, b| a.0.hour() == b.0.hour()).map(<[(Moment, Act)]>::to_vec).collect();
    let moments: Vec<Instant> = hours.iter().map(|hour| moment_of(&work.shift, hour)).collect();
    let failed: Arc<Mutex<Option<Error>>> = Arc::new(Mutex::new(None));
    let (total, progress) = (acts.len() as u64, Arc::new(progress));
    let mut done = 0;
    if let Some(first) = moments.first() {
        clock.set(*first);
    }
    for (rank, hour) in hours.into_iter().enumerate() {
        done += hour.len() as u64;
        let next = moments.get(rank + 1).copied();
        let (work, house, clock) = (work.clone(), house.clone(), clock.clone());
        let (seen, failure, progress, done) = (failed.clone(), failed.clone(), progress.clone(), done);
        db.write_then(
            move |tx| {
                // After a failure nothing more is written: the caller hears of the first one.
                let has_failed = seen.lock().is_ok_and(|failed| failed.is_some());
                let outcome = if has_failed { Ok(()) } else { history::hour(tx, &work, &house, &hour) };
                if let Some(next) = next {
                    clock.set(next);
                }
                outcome
            },
            move |outcome| {
                progress(done, total);
                if let (Err(error), Ok(mut failed)) = (outcome, failure.lock()) {
                    failed.get_or_insert(error);
                }
            },
        );
    }
    // Changes are made in the order they were handed over: when this one is made, all are.
    db.write(|_| Ok(()))?;
    let failure = failed.lock().unwrap_or_else(PoisonError::into_inner).take();
    failure.map_or(Ok(()), Err)
}

/// The instant an hour is written at: that of its last act.
fn moment_of(shift: &Shift, hour: &[(Moment, Act)]) -> Instant {
    let last = hour.last().map_or(Moment(0), |(moment, _)| *moment);
    shift.instant(last, last.0.wrapping_mul(7) + hour.len() as i64)
}

/// The organisation, its people, its customers of before and its surveys.
fn found(db: &Db, clock: &Arc<FixedClock>, work: &Arc<Work>) -> Result<Arc<House>> {
    // Monday to Wednesday before the first day.
    clock.set(work.shift.instant(Moment::at(FIRST - 3, 9 * 60 + 4), 11));
    let at = work.clone();
    let people = db.write(move |tx| founding::organisation(tx, &at))?;
    clock.set(work.shift.instant(Moment::at(FIRST - 2, 10 * 60 + 31), 40));
    let former: Vec<usize> =
        (0..work.plan.customers.len()).filter(|at| work.plan.customers[*at].joined < FIRST).collect();
    for batch in former.chunks(250) {
        let (work, people, batch) = (work.clone(), people.clone(), batch.to_vec());
        db.write(move |tx| batch.iter().try_for_each(|at| history::join(tx, &work, &people, *at)))?;
    }
    clock.set(work.shift.instant(Moment::at(FIRST - 1, 14 * 60 + 22), 5));
    let at = work.clone();
    db.write(move |tx| {
        let house = House { surveys: opinions::surveys(tx, &at, &people)?, ..people.clone() };
        cases::causes(tx, &at, &house)?;
        Ok(Arc::new(house))
    })
}
