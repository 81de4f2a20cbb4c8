use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use kernel::clock::SignedDuration;
use kernel::identity::Actor;
use kernel::jobs::{self, Bell, Context, Go, Handler, Handlers, Job, LEASE, Recurring, State, Step, store};
use kernel::ledger::Subscriptions;
use kernel::{Error, Id, Result};
use serde_json::{Value, json};
use testkit::{Engine, Kit};

use crate::{TABLES, mark, marks};

/// Counts to `total`, one step each.
fn count(context: &Context) -> Result<()> {
    let total: i64 = context.payload()?;
    let mut next = context.checkpoint::<i64>()?.unwrap_or(0);
    while next < total {
        let word = format!("step {next}");
        next += 1;
        let step = Step { done: next, total, checkpoint: next.into() };
        let go = context.step(move |tx| {
            mark(tx, &word)?;
            Ok(step.clone())
        })?;
        if go == Go::Stop {
            return Ok(());
        }
        if next == 2 && context.job.name == "test.watched" {
            WATCHERS.lock().unwrap().iter().for_each(|f| f(context));
        }
    }
    Ok(())
}

/// What a test does to a `test.watched` job between its second and third step.
static WATCHERS: Mutex<Vec<fn(&Context)>> = Mutex::new(Vec::new());
/// Tests with such a job take turns when they run in one process.
static TURN: Mutex<()> = Mutex::new(());

fn between_steps(f: fn(&Context), run: impl FnOnce()) {
    let _turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    WATCHERS.lock().unwrap().push(f);
    run();
    WATCHERS.lock().unwrap().clear();
}

fn handler(name: &'static str, run: fn(&Context) -> Result<()>) -> Handler {
    Handler { name, run }
}

fn start(engine: Engine) -> Kit {
    let handlers = vec![
        handler("test.count", count),
        handler("test.watched", count),
        handler("test.fail", |_| Err(Error::internal("on purpose"))),
        handler("test.refuse", |_| Err(Error::refused("final"))),
        handler("test.panic", |_| panic!("on purpose")),
        handler("test.mark", |context| context.db.write(|tx| mark(tx, "ran"))),
    ];
    Kit::builder(engine).migrations(&[kernel::MIGRATIONS, &[TABLES]]).handlers(handlers).start()
}

fn queue(kit: &Kit, name: &'static str, payload: Value) -> Id {
    kit.write(move |tx| jobs::enqueue(tx, &Actor::system("tests"), name, Some(Id(5)), &payload))
}

fn job(kit: &Kit, id: Id) -> Job {
    kit.read(|tx| store::job(tx, id))
}

/// As a worker that claims the job, does one step and dies.
fn claim_and_die(kit: &Kit) {
    let handlers = Handlers { handlers: vec![handler("test.count", die)], ..Handlers::default() };
    assert_eq!(jobs::run_due(kit.db(), &handlers, &Subscriptions::default()).unwrap(), 1);
    // To the queue `die` was a failed attempt: put the job back to how a dead worker leaves it.
    kit.write(|tx| {
        let lease = tx.now().plus(LEASE);
        tx.execute("UPDATE jobs SET state = 'running', lease_until = $1, error = NULL", &[&lease])
    });
}

fn die(context: &Context) -> Result<()> {
    let total: i64 = context.payload()?;
    context.step(move |tx| {
        mark(tx, "step 0")?;
        Ok(Step { done: 1, total, checkpoint: 1.into() })
    })?;
    Err(Error::internal("died"))
}

testkit::on_both! {
    with start;

    fn a_job_shows_how_far_it_is(kit) {
        let id = queue(kit, "test.watched", json!(4));
        assert_eq!(job(kit, id).state, State::Waiting);
        between_steps(
            |context| {
                let now = context.db.read(|tx| store::job(tx, context.job.id)).unwrap();
                assert_eq!((now.state, now.done, now.total, now.share()), (State::Running, 2, 4, Some(0.5)));
            },
            || assert_eq!(kit.run_jobs(), 1),
        );
        let done = job(kit, id);
        assert_eq!((done.state, done.done, done.attempts, done.ended_at), (State::Done, 4, 1, Some(kit.now())));
        assert_eq!(kit.read(|tx| store::of_subject(tx, Id(5))).map(|j| j.id), Some(id));
        assert_eq!(kit.read(store::open), 0);
    }

    fn a_waiting_job_is_cancelled_at_once(kit) {
        let id = queue(kit, "test.count", json!(4));
        assert!(kit.write(move |tx| store::cancel(tx, id)));
        assert_eq!(kit.run_jobs(), 0);
        assert_eq!(job(kit, id).state, State::Cancelled);
        assert!(!kit.write(move |tx| store::cancel(tx, id)));
    }

    fn a_running_job_stops_at_its_next_step_and_can_be_taken_up_again(kit) {
        let id = queue(kit, "test.watched", json!(4));
        let cancel = |context: &Context| {
            let id = context.job.id;
            assert!(context.db.write(move |tx| store::cancel(tx, id)).unwrap());
        };
        between_steps(cancel, || assert_eq!(kit.run_jobs(), 1));
        assert_eq!((job(kit, id).state, job(kit, id).done), (State::Cancelled, 2));
        assert_eq!(marks(kit), ["step 0", "step 1"]);
        assert!(kit.write(move |tx| store::retry(tx, id)));
        kit.run_jobs();
        assert_eq!(job(kit, id).state, State::Done);
        assert_eq!(marks(kit), ["step 0", "step 1", "step 2", "step 3"]);
    }

    fn a_job_that_fails_is_tried_again_later_each_time_then_given_up(kit) {
        let id = queue(kit, "test.fail", Value::Null);
        for wait in [5, 20, 80, 320] {
            assert_eq!(kit.run_jobs(), 1);
            assert_eq!(job(kit, id).state, State::Waiting);
            assert_eq!(job(kit, id).due_at.since(kit.now()), SignedDuration::from_secs(wait));
            kit.advance(SignedDuration::from_secs(wait - 1));
            assert_eq!(kit.run_jobs(), 0);
            kit.advance(SignedDuration::from_secs(1));
        }
        assert_eq!(kit.run_jobs(), 1);
        let failed = job(kit, id);
        assert_eq!((failed.state, failed.attempts), (State::Failed, 5));
        assert!(failed.error.is_some_and(|e| e.contains("on purpose")));
        kit.advance(SignedDuration::from_hours(48));
        assert_eq!(kit.run_jobs(), 0);
        kit.expect_leftovers();
    }

    fn a_refusal_is_final(kit) {
        let (refused, unknown) = (queue(kit, "test.refuse", Value::Null), queue(kit, "test.unknown", Value::Null));
        assert_eq!(kit.run_jobs(), 2);
        assert_eq!((job(kit, refused).state, job(kit, refused).attempts), (State::Failed, 1));
        assert_eq!(job(kit, unknown).state, State::Failed);
        kit.expect_leftovers();
    }

    fn a_panic_is_a_failed_attempt_and_others_go_on(kit) {
        let bad = queue(kit, "test.panic", Value::Null);
        queue(kit, "test.mark", Value::Null);
        assert_eq!(kit.run_jobs(), 2);
        assert_eq!((job(kit, bad).state, job(kit, bad).attempts), (State::Waiting, 1));
        assert_eq!(marks(kit), ["ran"]);
        kit.expect_leftovers();
    }

    fn another_worker_goes_on_where_a_dead_one_stopped(kit) {
        let id = queue(kit, "test.count", json!(3));
        claim_and_die(kit);
        assert_eq!(kit.run_jobs(), 0);
        kit.advance(LEASE + SignedDuration::from_secs(1));
        assert_eq!(kit.run_jobs(), 1);
        assert_eq!((job(kit, id).state, job(kit, id).attempts), (State::Done, 2));
        assert_eq!(marks(kit), ["step 0", "step 1", "step 2"]);
    }

    fn a_worker_that_lost_its_job_changes_nothing_more(kit) {
        let id = queue(kit, "test.watched", json!(4));
        let lose = |context: &Context| {
            let id = context.job.id;
            let sql = "UPDATE jobs SET attempts = attempts + 1 WHERE id = $1";
            context.db.write(move |tx| tx.execute(sql, &[&id])).unwrap();
        };
        between_steps(lose, || assert_eq!(kit.run_jobs(), 1));
        assert_eq!(marks(kit), ["step 0", "step 1"]);
        assert_eq!((job(kit, id).state, job(kit, id).done), (State::Running, 2));
        kit.expect_leftovers();
    }

    fn a_job_that_kills_every_worker_ends(kit) {
        let id = queue(kit, "test.mark", Value::Null);
        kit.write(|tx| tx.execute("UPDATE jobs SET state = 'running', attempts = 5", &[]));
        assert_eq!(kit.run_jobs(), 1);
        assert_eq!(job(kit, id).state, State::Failed);
        assert!(marks(kit).is_empty());
        kit.expect_leftovers();
    }

    fn a_recurring_job_is_queued_once_however_many_workers_look(kit) {
        let handlers = Handlers {
            handlers: kit.handlers().handlers.clone(),
            recurring: vec![Recurring { name: "test.mark", every: SignedDuration::from_hours(1) }],
        };
        for expected in 1..=2 {
            work_until(kit, &handlers, || marks(kit).len() >= expected);
            assert_eq!(marks(kit).len(), expected);
            kit.advance(SignedDuration::from_hours(1));
        }
        assert_eq!(kit.read(|tx| store::list(tx, None, 10)).len(), 2);
    }
}

/// Runs four workers until `done`, then two more looks of each.
fn work_until(kit: &Kit, handlers: &Handlers, done: impl Fn() -> bool) {
    let bell = Bell::default();
    let stuck = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| jobs::work(kit.db(), handlers, kit.subscriptions(), &bell));
        }
        let begun = std::time::Instant::now();
        while !done() {
            stuck.store(begun.elapsed().as_secs() > 20, Ordering::SeqCst);
            if stuck.load(Ordering::SeqCst) {
                break;
            }
            std::thread::park_timeout(std::time::Duration::from_millis(10));
        }
        for _ in 0..8 {
            bell.ring();
            std::thread::park_timeout(std::time::Duration::from_millis(10));
        }
        bell.stop();
    });
    assert!(!stuck.into_inner(), "the workers did nothing");
}
