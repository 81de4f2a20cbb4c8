use kernel::clock::SignedDuration;
use kernel::identity::Actor;
use kernel::ledger::Event;
use kernel::ledger::seals::{self, Broken, Damage, Verified};
use kernel::{Id, Instant};
use serde_json::json;
use testkit::{Engine, Kit};

fn start(engine: Engine) -> Kit {
    crate::start(engine)
}

/// Records events, a second apart.
fn record(kit: &Kit, count: usize) -> Vec<Id> {
    let mut ids = Vec::new();
    for n in 0..count {
        ids.push(kit.write(move |tx| {
            let event =
                Event::new("jar.opened", Id(3)).before(&json!({ "n": n, "word": "Été" })).after(&json!(n));
            event.record(tx, &Actor::system("tests"))
        }));
        kit.advance(SignedDuration::from_secs(1));
    }
    ids
}

/// Seals what is old enough.
fn seal(kit: &Kit) -> i64 {
    let horizon = kit.write(seals::horizon);
    let mut sealed = 0;
    while let Some(seal) = kit.read(|tx| seals::next(tx, horizon)) {
        sealed += seal.count;
        kit.write(move |tx| seals::keep(tx, &seal));
    }
    sealed
}

fn later(kit: &Kit) -> Instant {
    // On PostgreSQL changes that are open count by the server's own clock, which is behind that of the test.
    kit.advance(SignedDuration::from_hours(1))
}

/// Three seals of three events each.
fn three_seals(kit: &Kit) -> Vec<Id> {
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.extend(record(kit, 3));
        later(kit);
        assert_eq!(seal(kit), 3);
    }
    assert_eq!(verified(kit).broken, None);
    ids
}

fn verified(kit: &Kit) -> Verified {
    kit.read(seals::verify)
}

fn broken(kit: &Kit) -> (i64, Option<Id>, Damage) {
    let Some(Broken { seal, event, damage }) = verified(kit).broken else { panic!("nothing is broken") };
    (seal, event, damage)
}

testkit::on_both! {
    with start;

    fn events_are_sealed_once_they_are_old_enough_and_each_once(kit) {
        // The clock of the test is years from the server's: without other changes open, only the margin counts.
        kit.set_time("2025-01-01T10:00:00Z");
        let ids = record(kit, 5);
        assert_eq!(seal(kit), 0, "a change that began then may still be open");
        kit.advance(SignedDuration::from_secs(58));
        assert_eq!(seal(kit), 3);
        later(kit);
        assert_eq!((seal(kit), seal(kit)), (2, 0));
        let found = verified(kit);
        assert_eq!((found.events, found.head.seals, found.broken), (5, 2, None));
        assert_eq!(found.head.last_event, Some(ids[4]));
        assert_eq!(kit.read(seals::oldest_unsealed), None);
        record(kit, 1);
        assert!(kit.read(seals::oldest_unsealed).is_some());
    }

    fn a_large_ledger_is_sealed_in_batches(kit) {
        kit.set_time("2025-01-01T10:00:00Z");
        kit.write(|tx| {
            let events: Vec<Event> = (0..5_000).map(|n| Event::new("jar.opened", Id(n)).after(&n)).collect();
            kernel::ledger::record_all(tx, &Actor::system("tests"), &events)
        });
        later(kit);
        assert_eq!(seal(kit), 5_000);
        let found = verified(kit);
        assert_eq!((found.events, found.head.seals, found.broken), (5_000, 2, None));
    }

    fn whatever_is_changed_in_an_event_shows_with_its_place(kit) {
        kit.set_time("2025-01-01T10:00:00Z");
        let ids = three_seals(kit);
        let fifth = ids[4];
        for (change, back) in [
            ("at = at + 1", "at = at - 1"),
            ("actor_kind = 'user'", "actor_kind = 'system'"),
            ("actor_id = 9", "actor_id = NULL"),
            ("actor_name = 'x'", "actor_name = 'tests'"),
            ("kind = 'jar.closed'", "kind = 'jar.opened'"),
            ("subject_kind = 'lid'", "subject_kind = 'jar'"),
            ("subject_id = 4", "subject_id = 3"),
            ("after = '2'", "after = '1'"),
            ("after = NULL", "after = '1'"),
        ] {
            let set = |what: &'static str| {
                kit.write(move |tx| tx.execute(&format!("UPDATE events SET {what} WHERE id = $1"), &[&fifth]))
            };
            set(change);
            assert_eq!(broken(kit), (2, Some(fifth), Damage::Event), "{change}");
            set(back);
            assert_eq!(verified(kit).broken, None, "{back}");
        }
    }

    fn an_event_that_was_removed_shows(kit) {
        kit.set_time("2025-01-01T10:00:00Z");
        let ids = three_seals(kit);
        let (fifth, last) = (ids[4], ids[8]);
        kit.write(move |tx| tx.execute("DELETE FROM events WHERE id = $1", &[&last]));
        assert_eq!(broken(kit), (3, None, Damage::EventsMissing));
        kit.write(move |tx| tx.execute("DELETE FROM events WHERE id = $1", &[&fifth]));
        assert_eq!(broken(kit), (2, Some(ids[5]), Damage::Event), "what stands in its place");
    }

    fn an_event_that_was_added_among_sealed_ones_shows(kit) {
        kit.set_time("2025-01-01T10:00:00Z");
        let ids = three_seals(kit);
        let added = Id(ids[6].0 - 1);
        kit.write(move |tx| {
            tx.execute(
                "INSERT INTO events SELECT $1, at, actor_kind, actor_id, actor_name, kind, subject_kind, subject_id,
                        before, after FROM events WHERE id = $2",
                &[&added, &Id(added.0 + 1)],
            )
        });
        assert_eq!(broken(kit), (3, Some(added), Damage::Event));
    }

    fn a_seal_that_was_changed_or_removed_shows(kit) {
        kit.set_time("2025-01-01T10:00:00Z");
        three_seals(kit);
        kit.write(|tx| tx.execute("UPDATE ledger_seals SET count = 2 WHERE id = 3", &[]));
        assert_eq!(broken(kit), (3, None, Damage::Seal));
        let other = "a".repeat(64);
        kit.write(move |tx| tx.execute("UPDATE ledger_seals SET sha256 = $1 WHERE id = 1", &[&other]));
        assert_eq!(broken(kit), (1, None, Damage::Seal));
        kit.write(|tx| tx.execute("DELETE FROM ledger_seals WHERE id = 1", &[]));
        assert_eq!(broken(kit), (1, None, Damage::SealMissing));
    }

    fn a_change_that_is_still_open_keeps_its_events_out_of_the_seals(kit) {
        if kit.db().engine() == kernel::db::Engine::Sqlite {
            return;
        }
        // The server's clock tells how long it is open: the one of the test is far ahead.
        kit.set_time("2090-01-01T10:00:00Z");
        record(kit, 2);
        later(kit);
        let db = kit.open(&kit.location());
        let (opened, is_open) = std::sync::mpsc::sync_channel(1);
        let (finish, may_finish) = std::sync::mpsc::sync_channel::<()>(1);
        let may_finish = std::sync::Mutex::new(may_finish);
        let open = std::thread::spawn(move || {
            db.write(move |tx| {
                tx.query("SELECT id FROM marks", &[], |_| Ok(()))?;
                opened.send(()).unwrap();
                may_finish.lock().unwrap().recv().unwrap();
                Ok(())
            })
        });
        is_open.recv().unwrap();
        assert_eq!(seal(kit), 0);
        finish.send(()).unwrap();
        open.join().unwrap().unwrap();
    }
}
