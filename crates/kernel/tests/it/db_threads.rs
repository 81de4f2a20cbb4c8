use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;

use kernel::clock::SystemClock;
use kernel::db::{Db, NoSubscribers, Surroundings};
use kernel::ids::IdMaker;
use kernel::{Error, Result, Tx};
use testkit::Kit;

use crate::{mark, marks, start};

/// The same database, as another process opens it.
fn again(kit: &Kit) -> Db {
    let around = Surroundings {
        clock: Arc::new(SystemClock),
        ids: Arc::new(IdMaker::new(2)),
        routing: Arc::new(NoSubscribers),
    };
    Db::open(&kit.location(), around, 2).unwrap()
}

fn increment(tx: &mut Tx<'_>) -> Result<()> {
    let value: i64 = tx.query_one("SELECT value FROM counters WHERE id = 1", &[], |row| row.get(0))?;
    let next = value + 1;
    tx.execute("UPDATE counters SET value = $1 WHERE id = 1", &[&next]).map(drop)
}

fn counter(tx: &mut Tx<'_>) -> Result<i64> {
    tx.query_one("SELECT value FROM counters WHERE id = 1", &[], |row| row.get(0))
}

testkit::on_both! {
    with start;

    fn fifty_threads_that_add_one_make_fifty(kit) {
        kit.write(|tx| tx.batch("INSERT INTO counters VALUES (1, 0)"));
        std::thread::scope(|scope| {
            for _ in 0..50 {
                scope.spawn(|| kit.db().write(increment).unwrap());
            }
        });
        assert_eq!(kit.read(counter), 50);
    }

    fn two_processes_that_add_one_lose_none(kit) {
        kit.write(|tx| tx.batch("INSERT INTO counters VALUES (1, 0)"));
        let other = again(kit);
        std::thread::scope(|scope| {
            for db in [kit.db(), &other] {
                scope.spawn(|| (0..20).for_each(|_| db.write(increment).unwrap()));
            }
        });
        assert_eq!(kit.read(counter), 40);
    }

    fn what_write_returned_is_there_for_everybody(kit) {
        let other = again(kit);
        std::thread::scope(|scope| {
            for number in 0..20 {
                let (kit, other) = (kit.db(), &other);
                scope.spawn(move || {
                    let word = number.to_string();
                    let wanted = word.clone();
                    kit.write(move |tx| mark(tx, &word)).unwrap();
                    let sql = "SELECT COUNT(*) FROM marks WHERE word = $1";
                    let seen: i64 = other.read(|tx| tx.query_one(sql, &[&wanted], |row| row.get(0))).unwrap();
                    assert_eq!(seen, 1);
                });
            }
        });
    }

    fn write_then_tells_the_outcome_after_the_commit(kit) {
        let (send, receive) = channel();
        let (db, other) = (kit.db().clone(), again(kit));
        db.write_then(|tx| mark(tx, "done"), move |outcome| {
            let sql = "SELECT COUNT(*) FROM marks";
            let seen: i64 = other.read(|tx| tx.query_one(sql, &[], |row| row.get(0))).unwrap();
            send.send((outcome.is_ok(), seen)).unwrap();
        });
        assert_eq!(receive.recv().unwrap(), (true, 1));
    }

    fn a_panic_undoes_its_own_change_and_no_other(kit) {
        let panicked = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for number in 0..20 {
                let (db, panicked) = (kit.db(), &panicked);
                scope.spawn(move || {
                    let outcome = db.write(move |tx| {
                        mark(tx, if number % 4 == 0 { "lost" } else { "kept" })?;
                        assert!(number % 4 != 0, "on purpose");
                        Ok(())
                    });
                    if let Err(Error::Internal(_)) = outcome {
                        panicked.fetch_add(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert_eq!(panicked.into_inner(), 5);
        assert_eq!(marks(kit), ["kept"; 15]);
    }

    fn a_panic_in_a_reader_leaves_the_pool_whole(kit) {
        for _ in 0..20 {
            let read = std::panic::AssertUnwindSafe(|| kit.db().read(|_| -> Result<()> { panic!("on purpose") }));
            assert!(std::panic::catch_unwind(read).is_err());
        }
        assert!(marks(kit).is_empty());
    }

    fn a_refused_change_does_not_undo_those_committed_with_it(kit) {
        std::thread::scope(|scope| {
            for number in 0..30 {
                let db = kit.db();
                scope.spawn(move || {
                    let outcome = db.write(move |tx| {
                        mark(tx, "mark")?;
                        if number % 3 == 0 { Err(Error::NotFound) } else { Ok(()) }
                    });
                    assert_eq!(outcome.is_ok(), number % 3 != 0);
                });
            }
        });
        assert_eq!(marks(kit).len(), 20);
    }
}
