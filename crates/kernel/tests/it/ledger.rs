use kernel::clock::SignedDuration;
use kernel::identity::Actor;
use kernel::ledger::{Event, Recorded, Subscription, Subscriptions, deliver_due, store};
use kernel::{Error, Id, Result, Tx};
use serde_json::json;
use testkit::{Engine, Kit};

use crate::{TABLES, mark, marks};

fn heard(tx: &mut Tx<'_>, event: &Recorded) -> Result<()> {
    let word = event.after.as_ref().and_then(|v| v["word"].as_str()).unwrap_or_default().to_owned();
    if word == "panic" {
        panic!("on purpose");
    }
    mark(tx, &format!("{}:{word}", event.subject))?;
    match word.as_str() {
        "bad" if !is_mended(tx)? => Err(Error::internal("on purpose")),
        _ => Ok(()),
    }
}

/// Whether the fault of `bad` events was mended.
fn is_mended(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(tx.query_opt("SELECT id FROM counters", &[], |row| row.get::<i64>(0))?.is_some())
}

fn subscriptions() -> Vec<Subscription> {
    let heard = Subscription { name: "test.heard", kinds: &["jar.opened", "jar.closed"], handle: heard };
    let deaf = Subscription { name: "test.deaf", kinds: &["lid.lost"], handle: |tx, _| mark(tx, "lid") };
    vec![heard, deaf]
}

fn start(engine: Engine) -> Kit {
    let migrations = [kernel::MIGRATIONS, &[TABLES]];
    Kit::builder(engine).migrations(&migrations).subscriptions(subscriptions()).start()
}

fn tell(kit: &Kit, subject: i64, word: &'static str) {
    kit.write(move |tx| {
        let event = Event::new("jar.opened", Id(subject)).after(&json!({ "word": word }));
        event.record(tx, &Actor::system("tests"))
    });
}

/// Lets the longest backoff pass so often that whatever fails is given up.
fn give_up(kit: &Kit) {
    for _ in 0..8 {
        kit.deliver();
        kit.advance(SignedDuration::from_hours(1));
    }
}

testkit::on_both! {
    with start;

    fn an_event_is_recorded_with_its_change(kit) {
        let site = kit.site("Nantes");
        let by = kit.adviser(&[site]);
        let (name, user) = (by.name.clone(), by.user());
        kit.write(move |tx| {
            let event = Event::new("lid.lost", Id(3)).before(&json!({ "lid": true })).after(&json!({ "lid": false }));
            event.record(tx, &by)
        });
        kit.deliver();
        let events = kit.events("lid");
        let [event] = &events[..] else { panic!("{events:?}") };
        assert_eq!((event.kind.as_str(), event.subject_kind.as_str(), event.subject), ("lid.lost", "lid", Id(3)));
        assert_eq!((event.at, event.actor_kind.as_str(), event.actor_id), (kit.now(), "user", user));
        assert_eq!((&event.actor_name, &event.before), (&name, &Some(json!({ "lid": true }))));
        assert_eq!(event.after, Some(json!({ "lid": false })));
    }

    fn an_event_is_undone_with_its_change(kit) {
        let refused = kit.try_write(|tx| {
            Event::new("jar.opened", Id(1)).record(tx, &Actor::system("tests"))?;
            Err::<(), _>(Error::NotFound)
        });
        assert!(refused.is_err());
        assert!(kit.events("").is_empty());
        assert_eq!(kit.read(store::waiting), 0);
    }

    fn only_who_asked_for_a_kind_is_told(kit) {
        tell(kit, 1, "plum");
        kit.deliver();
        assert_eq!(marks(kit), ["1:plum"]);
    }

    fn events_of_one_subject_are_told_in_order(kit) {
        for word in ["first", "second", "third"] {
            tell(kit, 1, word);
            tell(kit, 2, word);
        }
        kit.deliver();
        let of_one: Vec<String> = marks(kit).into_iter().filter(|m| m.starts_with("1:")).collect();
        assert_eq!(of_one, ["1:first", "1:second", "1:third"]);
        assert_eq!(marks(kit).len(), 6);
    }

    fn a_failure_holds_up_its_own_subject_and_nobody_else(kit) {
        tell(kit, 1, "bad");
        tell(kit, 1, "after");
        tell(kit, 2, "other");
        kit.deliver();
        assert_eq!(marks(kit), ["2:other"]);
        assert_eq!(kit.read(store::waiting), 2);
        kit.expect_leftovers();
    }

    fn two_processes_deliver_each_event_once(kit) {
        for subject in 1..=300 {
            tell(kit, subject, if subject % 7 == 0 { "panic" } else { "plum" });
        }
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    let process = Subscriptions::new(subscriptions());
                    while deliver_due(kit.db(), &process).unwrap() > 0 {}
                });
            }
        });
        let mut heard = marks(kit);
        heard.sort_unstable();
        let mut once: Vec<String> = (1..=300).filter(|n| n % 7 != 0).map(|n| format!("{n}:plum")).collect();
        once.sort_unstable();
        assert_eq!(heard, once);
        kit.expect_leftovers();
    }

    fn a_failure_of_two_workers_at_once_is_one_try(kit) {
        for subject in 1..=20 {
            tell(kit, subject, "panic");
        }
        for _ in 0..3 {
            std::thread::scope(|scope| {
                for _ in 0..3 {
                    scope.spawn(|| {
                        let process = Subscriptions::new(subscriptions());
                        while deliver_due(kit.db(), &process).unwrap() > 0 {}
                    });
                }
            });
            kit.advance(SignedDuration::from_hours(1));
        }
        let tries = kit.read(|tx| {
            tx.query("SELECT DISTINCT attempts FROM event_deliveries", &[], |row| row.get::<i64>(0))
        });
        assert_eq!(tries, [3]);
        kit.expect_leftovers();
    }

    fn what_failed_is_tried_again_later_each_time(kit) {
        tell(kit, 1, "bad");
        kit.deliver();
        kit.advance(SignedDuration::from_millis(1_999));
        kit.write(|tx| tx.batch("INSERT INTO counters VALUES (1, 1)"));
        kit.deliver();
        assert!(marks(kit).is_empty());
        kit.advance(SignedDuration::from_millis(1));
        kit.deliver();
        assert_eq!(marks(kit), ["1:bad"]);
        assert_eq!(kit.read(store::waiting), 0);
    }

    fn what_keeps_failing_is_shown_and_what_follows_goes_on(kit) {
        tell(kit, 1, "bad");
        tell(kit, 1, "after");
        give_up(kit);
        assert_eq!(marks(kit), ["1:after"]);
        let failed = kit.read(|tx| store::failed(tx, 10));
        assert_eq!((failed.len(), failed[0].attempts, failed[0].kind.as_str()), (1, 8, "jar.opened"));
        assert!(failed[0].error.as_deref().is_some_and(|e| e.contains("on purpose")));
        kit.write(|tx| tx.batch("INSERT INTO counters VALUES (1, 1)"));
        assert_eq!(kit.write(store::retry_failed), 1);
        kit.deliver();
        assert_eq!(marks(kit), ["1:after", "1:bad"]);
    }

    fn a_subscription_that_panics_holds_up_nobody_else(kit) {
        tell(kit, 1, "panic");
        tell(kit, 2, "fine");
        give_up(kit);
        assert_eq!(marks(kit), ["2:fine"]);
        assert_eq!(kit.read(|tx| store::failed(tx, 10)).len(), 1);
        kit.expect_leftovers();
    }

    fn events_can_be_found_by_kind_subject_and_actor(kit) {
        let by = kit.administrator();
        let actor = by.user();
        kit.write(move |tx| {
            Event::new("lid.lost", Id(1)).record(tx, &by)?;
            Event::new("jar.opened", Id(1)).record(tx, &Actor::system("tests"))?;
            Event::new("jar.closed", Id(2)).record(tx, &by)
        });
        kit.deliver();
        let found = |filter: store::Filter| kit.read(|tx| store::list(tx, &filter, 10)).len();
        let all = store::Filter::default;
        assert_eq!(found(all()), 3);
        assert_eq!(found(store::Filter { kind: "jar".into(), ..all() }), 2);
        assert_eq!(found(store::Filter { kind: "jar.closed".into(), ..all() }), 1);
        assert_eq!(found(store::Filter { subject: Some(Id(1)), ..all() }), 2);
        assert_eq!(found(store::Filter { actor, kind: "jar".into(), ..all() }), 1);
        let newest = kit.events("").pop().map(|e| e.id);
        assert_eq!(found(store::Filter { before: newest, ..all() }), 2);
    }
}
