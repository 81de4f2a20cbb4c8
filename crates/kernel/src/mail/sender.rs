//! Sending: one dispatcher writes to the database, several couriers carry messages away.
//!
//! Before a courier is given a mail, its claim is durable; after it answered, the answer is. What was claimed and never
//! answered is all that a crash leaves in doubt: as many mails as there are couriers, at most.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::thread;
use std::time::{Duration, Instant as Moment};

use jiff::SignedDuration;

use super::courier::{Answer, Courier};
use super::message;
use super::model::{Block, Mail, State};
use super::outlet::Outlet;
use super::record::{self, Claim};
use super::rules;
use super::said::Said;
use crate::clock::{Clock, Instant};
use crate::db::Db;
use crate::errors::{Error, Result};
use crate::ids::Id;
use crate::jobs::Bell;
use crate::organisation;
use crate::secrets;
use crate::texts::Locale;

/// How often the dispatcher looks for mails by itself.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// A courier without work for so long lets go of its connection.
const REST_AFTER: Duration = Duration::from_secs(20);
/// How long nothing is tried after nobody could be reached.
const PAUSE: SignedDuration = SignedDuration::from_secs(30);
/// How long a program told to stop waits for what is on its way.
const GRACE: Duration = Duration::from_secs(12);
/// Mails looked up at a time.
const AHEAD: i64 = 200;
/// How often claims of processes that died are looked for.
const SWEEP_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// What a courier made of a mail.
struct Done {
    courier: usize,
    id: Id,
    answer: Answer,
}

/// Sends what is due until the bell says stop. What is on its way then is waited for, but not for ever: where the mail
/// server does not answer in time, it is doubtful, and its courier is left behind.
pub fn send(db: &Db, outlet: &Outlet, bell: &Bell) -> Result<()> {
    let process = secrets::token()?;
    let (answers, answered) = mpsc::channel();
    let outlet = Arc::new(outlet.clone());
    let mut couriers = Vec::with_capacity(outlet.connections);
    for number in 0..outlet.connections {
        let (give, given) = mpsc::sync_channel(1);
        let (answers, outlet, clock) = (answers.clone(), Arc::clone(&outlet), Arc::clone(db.clock()));
        let thread = thread::Builder::new().name(format!("mail-{number}"));
        thread.spawn(move || carry_all(number, &given, &answers, &outlet, clock.as_ref()))?;
        couriers.push(give);
    }
    drop(answers);
    Dispatcher::new(db, &outlet, bell, process, couriers).run(&answered);
    Ok(())
}

/// The work of one courier.
fn carry_all(
    number: usize,
    given: &Receiver<(Mail, String)>,
    answers: &Sender<Done>,
    outlet: &Outlet,
    clock: &dyn Clock,
) {
    let mut courier = outlet.courier();
    loop {
        match given.recv_timeout(REST_AFTER) {
            Ok((mail, organisation)) => {
                let answer = carry(courier.as_mut(), outlet, &mail, &organisation, clock.now());
                if answers.send(Done { courier: number, id: mail.id, answer }).is_err() {
                    return;
                }
            }
            Err(RecvTimeoutError::Timeout) => courier.rest(),
            Err(RecvTimeoutError::Disconnected) => return courier.rest(),
        }
    }
}

fn carry(courier: &mut dyn Courier, outlet: &Outlet, mail: &Mail, organisation: &str, at: Instant) -> Answer {
    match message::make(mail, outlet, organisation, at) {
        Ok(ready) => courier.carry(&ready),
        // Trying again would make the same message.
        Err(error) => Answer::Refused(error.to_string()),
    }
}

struct Dispatcher<'a> {
    db: &'a Db,
    outlet: &'a Outlet,
    bell: &'a Bell,
    process: String,
    couriers: Vec<SyncSender<(Mail, String)>>,
    idle: Vec<usize>,
    /// Mails that couriers have.
    on_their_way: BTreeSet<Id>,
    /// Mails that were due when last looked: a claim sees whether they still are.
    ahead: VecDeque<Id>,
    /// Answers that are not durable yet.
    done: Vec<(Id, Answer)>,
    paused_until: Instant,
    swept_at: Option<Instant>,
}

impl<'a> Dispatcher<'a> {
    fn new(
        db: &'a Db,
        outlet: &'a Outlet,
        bell: &'a Bell,
        process: String,
        couriers: Vec<SyncSender<(Mail, String)>>,
    ) -> Self {
        let idle = (0..couriers.len()).collect();
        let paused_until = Instant::MIN;
        Self {
            db,
            outlet,
            bell,
            process,
            couriers,
            idle,
            on_their_way: BTreeSet::new(),
            ahead: VecDeque::new(),
            done: Vec::new(),
            paused_until,
            swept_at: None,
        }
    }

    fn run(mut self, answered: &Receiver<Done>) {
        let mut told_to_stop = None;
        loop {
            if self.bell.is_stopped() {
                let since = *told_to_stop.get_or_insert_with(Moment::now);
                if self.on_their_way.is_empty() && self.done.is_empty() {
                    return;
                }
                if since.elapsed() >= GRACE {
                    return self.leave_in_doubt();
                }
            }
            let progress = self.round();
            if let Err(error) = &progress {
                tracing::error!(%error, "mail");
            }
            let wait = if progress.unwrap_or(false) { Duration::ZERO } else { LOOK_EVERY };
            self.gather(answered, wait);
        }
    }

    /// Notes that nobody knows what becomes of what is still on its way.
    fn leave_in_doubt(mut self) {
        tracing::warn!(n = self.on_their_way.len(), "mails were on their way when the program stopped");
        let doubts = std::mem::take(&mut self.on_their_way);
        self.done.extend(doubts.into_iter().map(|id| (id, Answer::Unknown(Said::Stopped.code()))));
        if let Err(error) = self.round() {
            // The next process finds them claimed by one that is no more.
            tracing::error!(%error, "mail");
        }
    }

    /// Takes in what couriers answered, waiting for the first at most so long.
    fn gather(&mut self, answered: &Receiver<Done>, wait: Duration) {
        let first = if wait.is_zero() { answered.try_recv().ok() } else { answered.recv_timeout(wait).ok() };
        let rest = std::iter::from_fn(|| answered.try_recv().ok());
        for done in first.into_iter().chain(rest) {
            if let Answer::Unreachable(said) = &done.answer {
                tracing::warn!(words = self.outlet.for_the_log(said), "no mail can leave");
                self.paused_until = self.db.clock().now().plus(PAUSE);
            }
            self.idle.push(done.courier);
            self.on_their_way.remove(&done.id);
            self.done.push((done.id, done.answer));
        }
    }

    /// One durable step: writes answers down, and claims as many mails as couriers are free. Returns whether there is
    /// more to do at once.
    fn round(&mut self) -> Result<bool> {
        let now = self.db.clock().now();
        self.sweep(now)?;
        let may_claim = !self.bell.is_stopped() && now >= self.paused_until;
        let wanted = if may_claim { self.next(self.idle.len())? } else { Vec::new() };
        if wanted.is_empty() && self.done.is_empty() {
            return Ok(false);
        }
        let (done, process) = (self.done.clone(), self.process.clone());
        let domain = self.outlet.domain().to_owned();
        let claim = self.db.write(move |tx| {
            record::answers(tx, &process, &done)?;
            record::claim(tx, &process, &domain, &wanted)
        })?;
        self.done.clear();
        Ok(self.hand_out(claim))
    }

    /// So many mails to claim, at most. The queue is looked at outside the change, and far ahead: most changes then
    /// touch the mails they claim and no others.
    fn next(&mut self, wanted: usize) -> Result<Vec<Id>> {
        if wanted > 0 && self.ahead.is_empty() {
            self.ahead = self.db.read(|tx| record::due(tx, AHEAD))?.into();
        }
        Ok(self.ahead.drain(..wanted.min(self.ahead.len())).collect())
    }

    fn hand_out(&mut self, claim: Claim) -> bool {
        let any = !claim.mails.is_empty();
        for mail in claim.mails {
            let Some(courier) = self.idle.pop() else { break };
            // An idle courier has room for one; one that panicked leaves its mail claimed, hence in doubt.
            if let Some(give) = self.couriers.get(courier) {
                self.on_their_way.insert(mail.id);
                let _ = give.try_send((mail, claim.organisation.clone()));
            }
        }
        !self.idle.is_empty() && (any || !self.ahead.is_empty())
    }

    /// Looks after what processes that died had claimed.
    fn sweep(&mut self, now: Instant) -> Result<()> {
        if self.swept_at.is_some_and(|at| at.plus(SWEEP_EVERY) > now) {
            return Ok(());
        }
        orphans(self.db, self.outlet, &self.process, self.swept_at.is_none())?;
        self.swept_at = Some(now);
        Ok(())
    }
}

/// Decides about claims of dead processes: where a folder shows it, by looking; otherwise they are doubtful.
fn orphans(db: &Db, outlet: &Outlet, process: &str, at_start: bool) -> Result<()> {
    let process = process.to_owned();
    let found = db.read({
        let process = process.clone();
        move |tx| record::orphans(tx, &process, at_start)
    })?;
    if found.is_empty() {
        return Ok(());
    }
    let folder = outlet.folder();
    let looked: Vec<(Id, Option<bool>)> = found
        .into_iter()
        .map(|(id, message_id)| (id, folder.as_ref().map(|folder| folder.holds(&message_id))))
        .collect();
    tracing::warn!(n = looked.len(), "mails were on their way when a process died");
    db.write(move |tx| record::settle_orphans(tx, &looked))
}

/// Sends everything that is due now, one after the other, and returns how many were tried. For tests and commands; the
/// server uses [`send`].
pub fn send_due(db: &Db, outlet: &Outlet) -> Result<usize> {
    let process = secrets::token()?;
    orphans(db, outlet, &process, true)?;
    let mut courier = outlet.courier();
    let mut tried = 0;
    let mut done: Vec<(Id, Answer)> = Vec::new();
    loop {
        let (process, domain) = (process.clone(), outlet.domain().to_owned());
        let answers = std::mem::take(&mut done);
        let next = db.read(|tx| record::due(tx, 1))?;
        let is_last = next.is_empty();
        let claim = db.write(move |tx| {
            record::answers(tx, &process, &answers)?;
            record::claim(tx, &process, &domain, &next)
        })?;
        if is_last {
            return Ok(tried);
        }
        let Some(mail) = claim.mails.into_iter().next() else { continue };
        let answer = carry(courier.as_mut(), outlet, &mail, &claim.organisation, db.clock().now());
        done.push((mail.id, answer));
        tried += 1;
    }
}

/// Sends one message at once, without the queue, to see whether mail leaves; says what went wrong.
pub fn try_out(db: &Db, outlet: &Outlet, address: &str, locale: Locale) -> Result<()> {
    rules::address(address)?;
    let now = db.clock().now();
    let organisation = db.read(organisation::store::get)?.name;
    let t = outlet.texts.reader(locale);
    let mail = Mail {
        id: Id(0),
        key: String::new(),
        kind: "test".to_owned(),
        address: address.to_owned(),
        name: String::new(),
        customer: None,
        user: None,
        locale,
        subject: t.one("mail-test-subject", "organisation", organisation.as_str()),
        blocks: vec![Block::Text(t.get("mail-test"))],
        about_kind: None,
        about_id: None,
        about_href: None,
        site: None,
        unsubscribe: None,
        state: State::Claimed,
        attempts: 1,
        due_at: now,
        created_at: now,
        created_by: String::new(),
        claimed_at: Some(now),
        sent_at: None,
        settled_at: None,
        outcome: None,
        error: None,
        message_id: Some(format!("test.{}@{}", secrets::token()?, outlet.domain())),
    };
    let ready = message::make(&mail, outlet, &organisation, now)?;
    let mut courier = outlet.courier();
    let answer = courier.carry(&ready);
    courier.rest();
    match answer {
        Answer::Taken => Ok(()),
        Answer::Refused(words)
        | Answer::Later(words)
        | Answer::Lost(words)
        | Answer::Unreachable(words)
        | Answer::Unknown(words) => Err(Error::internal(outlet.for_the_log(&words))),
    }
}
