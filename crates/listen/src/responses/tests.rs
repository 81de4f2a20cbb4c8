//! Responses as colleagues and programs see and bring them.

use kernel::identity::Permission::{AnswersImport, AnswersRead};
use kernel::identity::Role;
use serde_json::json;
use testkit::TestApp;

use crate::answering::tests::customer;
use crate::surveys::model::Template;
use crate::surveys::tests::{new_survey, parts, published, start};

testkit::on_both! {
    with start;

    fn a_program_brings_answers_once_and_reads_them_back(kit) {
        let app = TestApp::new(kit, parts());
        let (site, other) = (kit.site("Nord"), kit.site("Sud"));
        let survey = published(kit, &kit.manager(&[]), new_survey(Template::Csat));
        let who = customer(kit, "C1", Some(site));
        let token = app.token(&[AnswersImport, AnswersRead], None);
        let path = format!("/api/v1/surveys/{}/responses", survey.id);
        let body = json!({
            "answers": [{ "question": "q1", "value": 4 }, { "question": "q2", "text": "Rapide" }],
            "customer": who.to_string(), "site": site.to_string(), "channel": "phone",
            "collection": "census", "at": "2026-11-01T23:30:00Z", "weight": 0.5,
        });
        let send = || app.post(&path).bearer(&token).header("idempotency-key", "a1").json(&body).send();
        assert_eq!(send().expect(201).json(), send().expect(201).json());
        let read = app.get(&path).bearer(&token).send().expect(200).json();
        let items = read["items"].as_array().unwrap();
        assert_eq!((items.len(), &items[0]["answers"][1]["text"]), (1, &json!("Rapide")));
        let day: kernel::Day = kit.read(|tx| tx.query_one("SELECT day FROM answer_facts", &[], |r| r.get(0)));
        assert_eq!(day.to_string(), "2026-11-02", "the day it was in Paris");
        for (field, value) in [
            ("weight", json!(-1)), ("channel", json!("Deux mots")), ("at", json!("2030-01-01T00:00:00Z")),
            ("collection", json!("magic")), ("site", json!("1")), ("customer", json!("1")),
            ("answers", json!([{ "question": "q1", "value": 9 }])),
        ] {
            let mut bad = body.clone();
            bad[field] = value;
            app.post(&path).bearer(&token).json(&bad).send().expect(422);
        }
        let elsewhere = app.token(&[AnswersRead, AnswersImport], Some(&[other]));
        let nothing = app.get(&path).bearer(&elsewhere).send().expect(200).json();
        assert!(nothing["items"].as_array().unwrap().is_empty());
        app.post(&path).bearer(&elsewhere).json(&body).send().expect(422);
    }

    fn pages_show_answers_day_by_day_without_gaps(kit) {
        let app = TestApp::new(kit, parts());
        let survey = published(kit, &kit.manager(&[]), new_survey(Template::Nps));
        let token = app.token(&[AnswersImport, AnswersRead], None);
        let path = format!("/api/v1/surveys/{}/responses", survey.id);
        for n in 0..7 {
            let at = format!("2026-11-{:02}T10:00:00Z", 1 + n % 3);
            app.post(&path).bearer(&token).json(&json!({ "answers": [{ "question": "q1", "value": n }], "at": at })).send().expect(201);
        }
        let (mut cursor, mut seen) = (String::new(), Vec::new());
        loop {
            let page = app.get(&format!("{path}?limit=3&cursor={cursor}")).bearer(&token).send().expect(200).json();
            seen.extend(page["items"].as_array().unwrap().iter().map(|i| i["id"].as_str().unwrap().to_owned()));
            match page["next_cursor"].as_str() {
                Some(next) => cursor = next.to_owned(),
                None => break,
            }
        }
        let total = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!((total, seen.len()), (7, 7));
        let list = format!("/surveys/{}/responses?from=2026-11-02&words=", survey.id);
        let html = app.get(&list).signed_in_as(Role::Manager, &[]).send().expect(200).html();
        assert_eq!(html.count("tbody tr"), 4);
        let with_words = app.get(&format!("/surveys/{}/responses?words=on", survey.id)).signed_in_as(Role::Manager, &[]);
        assert!(with_words.send().expect(200).html().has(".empty"));
    }
}
