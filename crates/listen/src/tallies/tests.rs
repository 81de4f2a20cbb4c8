//! Tallies beside answers that come, come late, and go.

use kernel::figures::Collection;
use kernel::identity::{Actor, Scope};
use kernel::texts::Locale;
use kernel::{Day, Id};
use testkit::Kit;

use super::rules::Source;
use super::{readings, refresh, responses};
use crate::answering::actions::record;
use crate::answering::model::{Answer, Incoming, Outcome};
use crate::surveys::model::Template;
use crate::surveys::templates;
use crate::surveys::tests::{new_survey, published, start, texts};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn answered(kit: &Kit, survey: Id, on: &str, score: i64, weight: Option<f64>) -> Id {
    let on = day(on);
    kit.write(move |tx| {
        let content = templates::content(texts(), Template::Nps, "la Maison");
        let answers = [Answer { question: "q1".into(), value: Some(score), text: None }];
        let incoming = Incoming {
            survey,
            version: 1,
            content: &content,
            answers: &answers,
            invitation: None,
            customer: None,
            site: None,
            channel: "paper",
            collection: Collection::Census,
            locale: Locale::Fr,
            at: tx.now(),
            day: on,
            nonce: None,
            weight,
            import: None,
        };
        match record(tx, &Actor::system("test"), &incoming)? {
            Outcome::Recorded(id) | Outcome::Already(id) => Ok(id),
        }
    })
}

fn tally_all(kit: &Kit) -> usize {
    let mut steps = 0;
    while kit.write(refresh) {
        steps += 1;
    }
    steps
}

/// Everything known of a survey by month where months are whole: what is read from tallies and answers together.
fn counted(kit: &Kit, survey: Id) -> Vec<(String, i64)> {
    let all = kit.read(|tx| responses(tx, &Scope::All, survey, (Day::MIN, Day::MAX), true));
    all.into_iter().map(|(first, last, n)| (format!("{first} {last}"), n)).collect()
}

fn sources(kit: &Kit, survey: Id) -> Vec<(Source, String)> {
    let days = (day("2026-08-01"), day("2026-12-31"));
    let readings = kit.read(|tx| readings(tx, &[survey], days, &[], true));
    readings.into_iter().map(|r| (r.run.source, format!("{} {}", r.run.from, r.run.to))).collect()
}

/// What the tallies of days say, against the same counted from the facts.
fn check_against_facts(kit: &Kit) {
    let cells = |sql: &str| -> Vec<(Day, Option<i64>, i64, f64)> {
        kit.read(|tx| tx.query(sql, &[], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))))
    };
    let tallied = cells(
        "SELECT day, value, n, square FROM answer_tallies WHERE grain = 'day' AND measure = 'nps'
         ORDER BY day, value",
    );
    let facts = cells(
        "SELECT day, value, COUNT(*), SUM(weight * weight) FROM answer_facts
         WHERE day <= (SELECT MAX(through) FROM tallied_surveys) GROUP BY day, value ORDER BY day, value",
    );
    assert_eq!(tallied, facts);
}

testkit::on_both! {
    with start;

    // The tests' clock stands at 2026-11-22.
    fn tallies_hold_what_the_answers_say_through_late_answers_and_removals(kit) {
        let survey = published(kit, &kit.manager(&[]), new_survey(Template::Nps)).id;
        for (on, score) in [("2026-09-03", 9), ("2026-09-03", 9), ("2026-09-20", 2), ("2026-10-05", 10)] {
            answered(kit, survey, on, score, Some(1.5));
        }
        answered(kit, survey, &kit.today().to_string(), 7, None);
        let before: i64 = counted(kit, survey).iter().map(|(_, n)| n).sum();
        assert_eq!((before, tally_all(kit), tally_all(kit)), (5, 1, 0), "one stretch, then nothing is due");
        check_against_facts(kit);
        assert_eq!(counted(kit, survey)[..2], [
            ("2026-09-03 2026-09-20".to_owned(), 3), ("2026-10-05 2026-10-05".to_owned(), 1),
        ], "months, with the first and last day of their answers");
        assert_eq!(sources(kit, survey)[0].0, Source::Months);

        let late = answered(kit, survey, "2026-09-20", 0, None);
        assert!(sources(kit, survey).contains(&(Source::Answers, "2026-09-20 2026-09-20".into())), "read live at once");
        assert_eq!(counted(kit, survey).iter().map(|(_, n)| n).sum::<i64>(), 6);
        assert_eq!(tally_all(kit), 1);
        check_against_facts(kit);

        assert!(kit.write(move |tx| crate::responses::store::delete(tx, late)));
        assert_eq!(counted(kit, survey).iter().map(|(_, n)| n).sum::<i64>(), 5);
        assert_eq!(tally_all(kit), 1);
        check_against_facts(kit);
        assert_eq!(counted(kit, survey)[0].1, 3);
    }

    fn the_job_counts_everything_and_ends(kit) {
        let survey = published(kit, &kit.manager(&[]), new_survey(Template::Nps)).id;
        answered(kit, survey, "2026-09-03", 9, None);
        let by = Actor::system("test");
        kit.write(move |tx| kernel::jobs::enqueue(tx, &by, crate::tallies::JOB.name, None, &()));
        kit.run_jobs();
        check_against_facts(kit);
        assert_eq!(sources(kit, survey)[0].0, Source::Months);
    }
}
