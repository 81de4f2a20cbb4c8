use kernel::db::quoted;
use kernel::identity::Actor;
use kernel::ledger::seals;
use kernel::{Error, Id, Result, Tx};
use know::erasure::{Reason, actions as erasure};
use listen::answering::model::Given;
use listen::responses::actions::{Brought, bring};
use listen::surveys::model::Template;
use testkit::Kit;

use crate::cases::model::{Case, CaseEdit, CaseInput, Origin, Phase};
use crate::cases::{actions, composer};
use crate::testing::{Said, answer, customer, start, survey};

/// A customer nobody else is called like, with an open case.
struct Known {
    who: Id,
    survey: Id,
    case: Id,
}

/// With everything people write about somebody: words, a note, a draft, a letter that waits.
fn known(kit: &Kit) -> Known {
    let site = kit.site("Nord");
    let who = customer(kit, "Zephyrine", Some(site));
    let survey = survey(kit, Template::Nps);
    let words = "Zephyrine n’est pas contente";
    let said = Said {
        customer: Some(who),
        site: Some(site),
        score: 1,
        words,
        may_call: true,
        reach: "06 39 98 41 12",
    };
    answer(kit, survey, &said);
    let of = "SELECT id FROM cases WHERE customer_id = $1";
    let case = kit.read(|tx| tx.query_one(of, &[&who], |row| row.get::<Id>(0)));
    let by = kit.administrator();
    let writer = by.clone();
    kit.write(move |tx| actions::note(tx, &writer, case, "Rappeler Zephyrine mardi"));
    let letter = crate::cases::store::Draft {
        subject: "Pour Zephyrine".into(),
        body: "Chère Zephyrine, nous revenons vers vous.".into(),
        confirmed: composer::Element::ALL.iter().map(|e| e.name().to_owned()).collect(),
        ..crate::cases::store::Draft::default()
    };
    let writer = by.clone();
    let sent = letter.clone();
    kit.write(move |tx| composer::send(tx, &writer, case, &sent));
    kit.write(move |tx| composer::keep(tx, &by, case, &letter));
    // A danger is told to managers by mail, with the name of the customer.
    let by = kit.manager(&[site]);
    kit.write(move |tx| {
        let edit = CaseEdit {
            severity: "critical".into(),
            title: "Zephyrine est tombée".into(),
            ..CaseEdit::default()
        };
        let version = actions::read(tx, &by, case)?.version;
        actions::change(tx, &by, case, version, &edit)
    });
    kit.run_jobs();
    Known { who, survey, case }
}

fn erase(kit: &Kit, who: Id) {
    let by = kit.administrator();
    kit.write(move |tx| erasure::erase(tx, &by, who, Reason::Asked, "awa zephyrine"));
    kit.deliver();
}

/// An answer as another program brings it.
fn brought() -> Brought {
    let words = Given { question: "q2".into(), value: None, text: Some("Encore Zephyrine".into()) };
    Brought {
        answers: vec![Given { question: "q1".into(), value: Some(0), text: None }, words],
        customer: None,
        site: None,
        channel: "web".into(),
        collection: kernel::figures::Collection::Census,
        locale: kernel::texts::Locale::Fr,
        at: None,
        weight: None,
    }
}

fn case(kit: &Kit, id: Id) -> Case {
    kit.read(|tx| actions::read(tx, &Actor::system("test"), id))
}

/// Places of the database where a word stands.
fn places(tx: &mut Tx<'_>, word: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for table in tx.tables()? {
        for column in &table.columns {
            let (name, column) = (quoted(&table.name), quoted(column));
            let sql = format!("SELECT COUNT(*) FROM {name} WHERE LOWER(CAST({column} AS TEXT)) LIKE $1");
            let n: i64 = tx.query_one(&sql, &[&format!("%{word}%")], |row| row.get(0))?;
            if n > 0 {
                found.push(format!("{name}.{column}"));
            }
        }
    }
    Ok(found)
}

testkit::on_both! {
    with start;

    fn nothing_of_an_erased_customer_is_left_anywhere(kit) {
        let known = known(kit);
        let places_of = |word: &'static str| kit.read(|tx| places(tx, word));
        assert!(places_of("zephyrine").len() > 8, "they were known: {:?}", places_of("zephyrine"));
        erase(kit, known.who);
        for word in ["zephyrine", "awa", "98 41 12", "39984112"] {
            assert_eq!(places_of(word), Vec::<String>::new(), "{word}");
        }
        kit.expect_leftovers();
    }

    fn the_open_case_of_an_erased_customer_is_closed_and_still_counted(kit) {
        let known = known(kit);
        let before = case(kit, known.case);
        erase(kit, known.who);
        let after = case(kit, known.case);
        assert!(after.closed_at.is_some() && after.clock.phase == Phase::Over);
        assert_eq!((after.title.as_str(), after.words.as_str()), ("Client effacé", ""));
        assert_eq!((after.severity, &after.score, after.site), (before.severity, &before.score, before.site));
        // Nobody can be told any more, so nothing can be opened again; no letter leaves.
        let by = kit.administrator();
        let again = kit.try_write(move |tx| actions::reopen(tx, &by, known.case, "Encore"));
        assert!(matches!(again, Err(Error::Refused(_))), "{again:?}");
        let waiting: i64 = kit.read(|tx| {
            tx.query_one("SELECT COUNT(*) FROM mails WHERE state = 'waiting'", &[], |row| row.get(0))
        });
        assert_eq!(waiting, 0);
        kit.expect_leftovers();
    }

    fn what_still_comes_in_about_an_erased_customer_is_refused(kit) {
        let known = known(kit);
        erase(kit, known.who);
        let brought = Brought { customer: Some(known.who), ..brought() };
        let kept = kit.try_write(move |tx| bring(tx, &Actor::system("test"), known.survey, &brought));
        assert!(matches!(kept, Err(Error::Invalid(_))), "{kept:?}");
        let by = kit.administrator();
        let input = CaseInput { customer: known.who.to_string(), title: "Zephyrine".into(), ..CaseInput::default() };
        let opened = kit.try_write(move |tx| actions::create(tx, &by, &input, Origin::Hand));
        assert!(opened.is_err());
        let cases: i64 = kit.read(|tx| tx.query_one("SELECT COUNT(*) FROM cases", &[], |row| row.get(0)));
        assert_eq!(cases, 1);
        kit.expect_leftovers();
    }

    fn the_seals_of_the_ledger_hold_over_what_was_erased(kit) {
        kit.set_time("2025-01-01T10:00:00Z");
        let known = known(kit);
        kit.advance(kernel::clock::SignedDuration::from_hours(1));
        let horizon = kit.write(seals::horizon);
        let seal = kit.read(|tx| seals::next(tx, horizon)).unwrap();
        kit.write(move |tx| seals::keep(tx, &seal));
        erase(kit, known.who);
        let found = kit.read(seals::verify);
        assert_eq!(found.broken, None);
        assert!(found.erased > 0);
        // What happened and when is sealed all the same.
        let who = known.who;
        kit.write(move |tx| tx.execute("UPDATE events SET at = at + 1 WHERE subject_id = $1", &[&who]));
        assert!(kit.read(seals::verify).broken.is_some());
        kit.expect_leftovers();
    }

    fn only_who_may_erases_and_only_with_the_name(kit) {
        let known = known(kit);
        let (manager, administrator) = (kit.manager(&[]), kit.administrator());
        let refused = kit.try_write(move |tx| erasure::erase(tx, &manager, known.who, Reason::Asked, "awa zephyrine"));
        assert!(matches!(refused, Err(Error::Denied(_))), "{refused:?}");
        let wrong = kit.try_write(move |tx| erasure::erase(tx, &administrator, known.who, Reason::Asked, "Awa"));
        assert!(matches!(&wrong, Err(Error::Invalid(errors)) if errors[0].field == "name"), "{wrong:?}");
        assert!(case(kit, known.case).is_open());
        erase(kit, known.who);
        let by = kit.administrator();
        let twice = kit.try_write(move |tx| erasure::erase(tx, &by, known.who, Reason::Asked, "Client effacé"));
        assert!(matches!(twice, Err(Error::Refused(_))), "{twice:?}");
        kit.expect_leftovers();
    }
}
