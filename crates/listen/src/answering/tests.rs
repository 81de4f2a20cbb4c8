//! Answering, mostly as somebody who means no good would: replays, forged links, floods of the same form.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread::ScopedJoinHandle;
use std::time::Duration;

use kernel::identity::{Actor, Role};
use kernel::{FieldError, Id};
use know::customers::model::CustomerInput;
use testkit::{Kit, TestApp};

use super::actions::{self, Received, Sent};
use super::model::{Door, Gate, Given};
use super::rules;
use crate::invitations;
use crate::surveys::model::{Band, Survey, Template};
use crate::surveys::tests::{new_survey, parts, published, start, texts};
use crate::surveys::{self, templates};

/// A customer.
pub(crate) fn customer(kit: &Kit, number: &str, site: Option<Id>) -> Id {
    let input = CustomerInput {
        given_name: "Awa".into(),
        family_name: format!("Diatta {number}"),
        external_number: number.into(),
        site: site.map(|s| s.to_string()).unwrap_or_default(),
        ..CustomerInput::default()
    };
    let by = Actor::system("test");
    kit.write(move |tx| know::customers::actions::create(tx, &by, &input)).id
}

/// Link of an invitation of a new customer.
pub(crate) fn invited(kit: &Kit, survey: &Survey, number: &str, site: Option<Id>) -> (Id, String) {
    let (who, survey) = (customer(kit, number, site), survey.id);
    let made = kit.write(move |tx| invitations::actions::invite(tx, &Actor::system("test"), survey, who));
    let key = kit.read(kernel::organisation::store::get).link_key;
    (who, format!("/a/{}", invitations::rules::token(&key, made.id)))
}

fn count(kit: &Kit, table: &str) -> i64 {
    kit.read(|tx| tx.query_one(&format!("SELECT COUNT(*) FROM {table}"), &[], |row| row.get(0)))
}

fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
}

fn refused(content: &surveys::model::Content, pairs: &[(&str, &str)]) -> Vec<String> {
    let errors = rules::read_form(content, &fields(pairs)).err().unwrap_or_default();
    errors.into_iter().map(|FieldError { field, message }| format!("{field}: {}", message.key)).collect()
}

#[test]
fn answers_that_do_not_fit_are_refused_at_their_question() {
    let content = templates::content(texts(), Template::Nps, "la Maison");
    for (pairs, expected) in [
        (vec![], "q1: answer-error-required"),
        (vec![("q1", "")], "q1: answer-error-required"),
        (vec![("q1", "11")], "q1: answer-error-range"),
        (vec![("q1", "-1")], "q1: answer-error-range"),
        (vec![("q1", "9 ")], "q1: answer-error-value"),
        (vec![("q1", "neuf")], "q1: answer-error-value"),
        (vec![("q1", "99999999999999999999")], "q1: answer-error-value"),
        (vec![("q1", "9"), ("q1", "1")], "q1: answer-error-twice"),
        (vec![("q1", "9"), ("q7", "1")], "answers: answer-error-unknown"),
        (vec![("q1", "9"), ("q2", "a\0b")], "q2: answer-error-nul"),
        (vec![("q1", "9"), ("q3", "2")], "q3: answer-error-range"),
        (vec![("q1", "9"), ("q1.reach", "06 39 98 00 00")], "q1: answer-error-value"),
    ] {
        assert_eq!(refused(&content, &pairs), [expected], "{pairs:?}");
    }
    let long = "é".repeat(rules::COMMENT + 1);
    assert_eq!(refused(&content, &[("q1", "9"), ("q2", &long)]), ["q2: answer-error-long"]);
    let lines = "a\r\n".repeat(rules::COMMENT / 2);
    assert!(refused(&content, &[("q1", "9"), ("q2", &lines)]).is_empty());
}

#[test]
fn words_are_kept_as_they_were_typed() {
    let content = templates::content(texts(), Template::Nps, "la Maison");
    let typed = "  Très bien 👍 <b>merci</b>\r\n\tÀ bientôt \u{202e}!  ";
    let sent = fields(&[("q1", "9"), ("q2", typed), ("q3", "1"), ("q3.reach", "06 39 98 00 00")]);
    let answers = rules::read_form(&content, &sent).unwrap();
    assert_eq!(answers[1].text.as_deref(), Some(typed));
    assert_eq!((answers[2].value, answers[2].text.as_deref()), (Some(1), Some("06 39 98 00 00")));
    assert!(rules::contact_ok(&content, &answers));
    let no = [
        Given { question: "q1".into(), value: Some(0), text: None },
        Given { question: "q3".into(), value: Some(0), text: Some("secret".into()) },
    ];
    let answers = rules::check(&content, &no).unwrap();
    assert_eq!(answers[1].text, None, "who says no leaves no address");
    assert_eq!(rules::thanks_band(&content, Some(0)), Band::Low);
}

testkit::on_both! {
    with start;

    fn looking_at_a_link_records_nothing_and_answering_records_everything_once(kit) {
        let app = TestApp::new(kit, parts());
        let site = kit.site("Nord");
        let survey = published(kit, &kit.manager(&[]), new_survey(Template::Nps));
        let (who, link) = invited(kit, &survey, "C1", Some(site));
        let page = app.get(&link).language("en").send().expect(200);
        assert!(page.body.len() < 60_000);
        assert!(page.html().has("form[data-draft]") && page.html().count("input[name=q1][required]") == 11);
        assert!(page.html().text("legend").contains("recommend"), "the visitor's language");
        let before: (i64, Option<i64>) = kit.read(|tx| tx.query_one("SELECT COUNT(*), MAX(opened_at) FROM invitations", &[], |r| Ok((r.get(0)?, r.get(1)?))));
        assert_eq!((before, count(kit, "responses")), ((1, None), 0));

        let words = "Reçue à l’heure 🙂\r\n<script>";
        let sent = app.post(&link).form(&[("q1", "9"), ("q2", words), ("q3", "1"), ("lang", "fr")]).send().expect(200);
        assert!(sent.html().has("[data-draft-clear]"));
        assert!(sent.html().text(".thanks").contains("fait plaisir"));
        let same = app.post(&link).form(&[("q3", "1"), ("q2", words), ("q1", "9"), ("lang", "fr")]).send().expect(200);
        assert!(same.html().text(".thanks").contains("fait plaisir"), "a form sent twice is thanked twice");
        let other = app.post(&link).form(&[("q1", "0"), ("lang", "fr")]).send().expect(200);
        assert!(other.html().text("h1").contains("déjà"), "the first answer counts, and a second is told so");
        assert!(app.get(&link).send().expect(200).html().text("h1").contains("déjà"));
        assert_eq!((count(kit, "responses"), count(kit, "answers"), count(kit, "answer_facts")), (1, 3, 1));
        let facts = kit.read(|tx| tx.query_one(
            "SELECT measure, value, site_id, channel, collection, has_words, customer_id FROM answer_facts", &[],
            |r| Ok((r.get::<String>(0)?, r.get::<Option<i64>>(1)?, r.get::<Option<Id>>(2)?, r.get::<String>(3)?, r.get::<String>(4)?, r.get::<bool>(5)?, r.get::<Option<Id>>(6)?)),
        ));
        assert_eq!(facts, ("nps".into(), Some(9), Some(site), "link".into(), "unknown".into(), true, Some(who)));
        let timeline = kit.read(|tx| know::interactions::actions::timeline(tx, &Actor::system("test"), who, None, None, 10));
        let entry = &timeline.entries[0];
        assert_eq!((entry.words.as_str(), entry.subject.ends_with("9/10")), (words, true));
        let told = kit.events("response.received");
        assert_eq!(told.len(), 1);
        assert!(!told[0].after.as_ref().unwrap().to_string().contains("heure"), "words stay out of the ledger");
        let manager = app.sign_in(Role::Manager, &[]);
        let shown = app.get(&entry.href).signed_in(&manager).send().expect(200);
        assert!(shown.text().contains("&#60;script&#62;") || shown.text().contains("&lt;script&gt;"));
        app.get(&entry.href).signed_in_as(Role::Adviser, &[kit.site("Sud")]).send().expect(404);
        app.get(&format!("/customers/{who}/fragments/surveys")).signed_in(&manager).htmx().send().expect(200);
    }

    fn fifty_forms_of_one_invitation_at_once_record_exactly_one(kit) {
        let survey = published(kit, &kit.manager(&[]), new_survey(Template::Csat));
        let (_, link) = invited(kit, &survey, "C1", None);
        let token = link.trim_start_matches("/a/").to_owned();
        let outcomes: Vec<(i64, Option<Band>)> = std::thread::scope(|scope| {
            let handles: Vec<_> = (0..50).map(|n| {
                let (db, door) = (kit.db().clone(), Door::Invitation(token.clone()));
                let score = if n % 2 == 0 { 1 } else { 5 };
                scope.spawn(move || {
                    let said = fields(&[("q1", &score.to_string()), ("q2", "bis")]);
                    let sent = Sent { fields: said, ..Sent::default() };
                    match db.write(move |tx| actions::receive(tx, &door, &sent)).unwrap().1 {
                        Received::Thanks(thanked) => (score, Some(thanked.band)),
                        Received::Refused(Gate::Answered) => (score, None),
                        other => panic!("{other:?}"),
                    }
                })
            }).collect();
            handles.into_iter().map(|h| h.join().unwrap()).collect()
        });
        assert_eq!((count(kit, "responses"), count(kit, "answer_facts"), kit.events("response").len()), (1, 1, 1));
        let counted: i64 = kit.read(|tx| tx.query_one("SELECT value FROM answer_facts", &[], |r| r.get(0)));
        for (score, band) in outcomes {
            assert_eq!(band.is_some(), score == counted, "only whoever said what counts is thanked");
        }
    }

    fn a_form_of_the_public_link_sent_twice_records_once(kit) {
        let app = TestApp::new(kit, parts());
        kit.site("Nord");
        let survey = published(kit, &kit.manager(&[]), new_survey(Template::Nps));
        let page = app.get(&format!("{}?site=NORD&via=qr", survey.public_path())).send().expect(200).html();
        let nonce = page.attribute("input[name=nonce]", "value").unwrap();
        assert_eq!(page.attribute("input[name=site]", "value").as_deref(), Some("NORD"));
        let send = |score: &str, nonce: &str| {
            app.post(&survey.public_path()).form(&[("q1", score), ("nonce", nonce), ("site", "NORD"), ("via", "qr"), ("lang", "en")]).send()
        };
        for score in ["10", "10"] {
            assert!(send(score, &nonce).expect(200).html().text(".thanks").contains("glad"));
        }
        let other = send("0", &nonce).expect(200).html();
        assert!(!other.has(".thanks") && other.text("h1").contains("already"), "another answer is not taken, and told so");
        assert_eq!(count(kit, "responses"), 1);
        send("0", &"n".repeat(43)).expect(200);
        assert_eq!(count(kit, "responses"), 2);
        let channels: Vec<(String, bool)> = kit.read(|tx| tx.query("SELECT channel, site_id IS NOT NULL FROM responses", &[], |r| Ok((r.get(0)?, r.get(1)?))));
        assert!(channels.iter().all(|c| *c == ("qr".to_owned(), true)));
    }

    fn nobody_answers_through_a_door_that_is_not_theirs(kit) {
        let app = TestApp::new(kit, parts());
        let by = kit.manager(&[]);
        let survey = published(kit, &by, new_survey(Template::Nps));
        let draft = { let by = by.clone(); kit.write(move |tx| surveys::actions::create(tx, &by, &new_survey(Template::Nps))) };
        let (_, link) = invited(kit, &survey, "C1", None);
        for bad in ["/a/", "/a/1-x", "/s/unknown", &link.replace("/a/", "/a/1"), &link[..link.len() - 1], &format!("{link}x"), &draft.public_path()] {
            assert_eq!(app.get(bad).send().status, 404, "{bad}");
            assert_eq!(app.post(bad).form(&[("q1", "9")]).send().status, 404, "{bad}");
        }
        let foreign = app.post(&link).form(&[("q1", "9"), ("q44", "1")]).send().expect(422);
        assert!(foreign.html().has("[role=alert]"));
        let kept = app.post(&link).form(&[("q1", "12"), ("q2", "mes mots"), ("lang", "fr")]).send().expect(422).html();
        assert_eq!(kept.text("textarea"), "mes mots");
        assert!(kept.has("#e-q1"));
        let opened: Option<i64> = kit.read(|tx| tx.query_one("SELECT opened_at FROM invitations", &[], |r| r.get(0)));
        assert!(opened.is_some(), "a form was sent, if not a good one");
        assert_eq!(count(kit, "responses"), 0);
    }

    fn closed_and_expired_are_said_in_the_readers_language(kit) {
        let app = TestApp::new(kit, parts());
        let by = kit.manager(&[]);
        let survey = published(kit, &by, new_survey(Template::Nps));
        let (_, link) = invited(kit, &survey, "C1", None);
        kit.advance(kernel::clock::SignedDuration::from_hours(24 * 31));
        let expired = app.get(&link).language("en").send().expect(410);
        assert!(expired.html().text("h1").contains("no longer valid"));
        app.post(&link).form(&[("q1", "9")]).send().expect(410);
        let (actor, id) = (by.clone(), survey.id);
        kit.write(move |tx| surveys::actions::close(tx, &actor, id));
        let closed = app.get(&survey.public_path()).language("fr").send().expect(410);
        assert!(closed.html().text("h1").contains("terminée"));
        app.post(&survey.public_path()).form(&[("q1", "9"), ("nonce", &"n".repeat(43))]).send().expect(410);
        assert_eq!(count(kit, "responses"), 0);
        let arrival = kit.read(|tx| actions::arrive(tx, &Door::Link(survey.secret.clone())));
        assert_eq!(rules::gate(&arrival.target.unwrap(), kit.now()), Gate::Closed);
    }

    fn the_chosen_language_is_kept_and_answers_keep_theirs(kit) {
        let app = TestApp::new(kit, parts());
        let survey = published(kit, &kit.manager(&[]), new_survey(Template::Nps));
        let switched = app.get(&format!("{}?lang=en", survey.public_path())).language("fr").send().expect(200);
        assert!(switched.cookies().any(|(name, value)| name == web_kit::LANGUAGE_COOKIE && value == "en"));
        let later = app.get(&survey.public_path()).language("fr").cookie(web_kit::LANGUAGE_COOKIE, "en").send().html();
        assert!(later.text("button").contains("Send"));
        app.post(&survey.public_path()).form(&[("q1", "3"), ("lang", "en"), ("nonce", &"m".repeat(43))]).send().expect(200);
        let locale: String = kit.read(|tx| tx.query_one("SELECT locale FROM responses", &[], |r| r.get(0)));
        assert_eq!(locale, "en");
    }

    fn a_noisy_network_is_slowed_and_others_are_not(kit) {
        let app = TestApp::new(kit, parts());
        let survey = published(kit, &kit.manager(&[]), new_survey(Template::Nps));
        let send = |from: &str| app.post(&survey.public_path()).from(from).form(&[("q1", "99")]).send().status;
        for _ in 0..crate::answering::limiter::MOST {
            assert_eq!(send("198.51.100.7"), 422);
        }
        assert_eq!(send("198.51.100.7"), 429);
        assert_eq!(send("203.0.113.5"), 422);
        kit.advance(crate::answering::limiter::WINDOW);
        assert_eq!(send("198.51.100.7"), 422);
    }
}

/// Makes a change twice in one transaction of its own thread, the second time when told; gives how often it was begun.
fn beside<'s>(
    scope: &'s std::thread::Scope<'s, '_>,
    kit: &Kit,
    change: impl Fn(&mut kernel::Tx<'_>) -> kernel::Result<()> + Send + 'static,
) -> (Sender<()>, ScopedJoinHandle<'s, usize>) {
    let (go, told) = channel();
    let (begun, ready) = channel();
    let db = kit.db().clone();
    let handle = scope.spawn(move || {
        let runs = Arc::new(AtomicUsize::new(0));
        let count = runs.clone();
        db.write(move |tx| {
            count.fetch_add(1, Ordering::SeqCst);
            change(tx)?;
            let _ = begun.send(());
            // Run again it waits no more: nobody tells it twice.
            let _ = told.recv_timeout(Duration::from_secs(5));
            change(tx)
        })
        .unwrap();
        runs.load(Ordering::SeqCst)
    });
    ready.recv().unwrap();
    (go, handle)
}

#[test]
fn answers_that_arrive_together_collide_neither_with_each_other_nor_with_who_reads_them() {
    // Changes of SQLite come one after the other.
    if !testkit::postgres_is_there() {
        return;
    }
    let kit = start(kernel::db::Engine::Postgres);
    let survey = published(&kit, &kit.manager(&[]), new_survey(Template::Nps));
    let answer = move |tx: &mut kernel::Tx<'_>| {
        let sent = Sent { fields: fields(&[("q1", "9")]), ..Sent::default() };
        let (_, received) = actions::receive(tx, &Door::Link(survey.secret.clone()), &sent)?;
        assert!(matches!(received, Received::Thanks(_)));
        Ok(())
    };
    kit.write(answer.clone());
    let known: Id = kit.read(|tx| tx.query_one("SELECT MAX(id) FROM responses", &[], |row| row.get(0)));
    std::thread::scope(|scope| {
        // As whoever opens a case from the latest answer.
        let (reader_goes, reader) = beside(scope, &kit, move |tx| {
            crate::responses::store::answers(tx, &[known])?;
            crate::responses::store::get(tx, &kernel::identity::Scope::All, known).map(drop)
        });
        let (first_goes, first) = beside(scope, &kit, answer.clone());
        let (second_goes, second) = beside(scope, &kit, answer.clone());
        let ends = [(second_goes, second), (first_goes, first), (reader_goes, reader)];
        let runs = ends.map(|(go, change)| {
            go.send(()).unwrap();
            change.join().unwrap()
        });
        assert_eq!(runs, [1, 1, 1], "the second answer, the first, the reader: each done at once");
    });
}
