//! Whom we ask, and whom we leave in peace.

use kernel::Error;
use kernel::clock::SignedDuration;
use kernel::identity::{Actor, Role};
use kernel::{Id, Result};
use know::consent::Purpose;
use know::interactions::model::InteractionInput;
use testkit::{Kit, TestApp};

use super::actions;
use super::model::{Forecast, Method, Selection, State};
use crate::answering::tests::customer;
use crate::surveys::model::{Settings, Survey, Template};
use crate::surveys::tests::{new_survey, parts, published, start};

fn census() -> Selection {
    Selection { site: None, role: None, method: Method::Census, quiet_days: 90, by_mail: false }
}

fn draw(n: i64, key: &str) -> Selection {
    Selection { method: Method::Draw { n, key: key.into() }, ..census() }
}

fn refuses(kit: &Kit, who: Id) {
    let by = Actor::system("test");
    kit.write(move |tx| know::consent::actions::decide(tx, &by, who, Purpose::Survey, false, "appel"));
}

fn order(kit: &Kit, by: &Actor, survey: &Survey, selection: &Selection) -> usize {
    let (by, id, selection) = (by.clone(), survey.id, selection.clone());
    kit.write(move |tx| actions::order(tx, &by, id, &selection));
    kit.run_jobs()
}

fn invited(kit: &Kit) -> Vec<Id> {
    kit.read(|tx| tx.query("SELECT customer_id FROM invitations ORDER BY customer_id", &[], |r| r.get(0)))
}

fn try_invite(kit: &Kit, survey: Id, who: Id) -> Result<()> {
    kit.try_write(move |tx| actions::invite(tx, &Actor::system("test"), survey, who).map(|_| ()))
}

/// Gives a customer an address.
pub(crate) fn with_address(kit: &Kit, who: Id, address: &str) {
    let (key, address) = (know::customers::rules::email_key(address), address.to_owned());
    kit.write(move |tx| {
        tx.execute("UPDATE customers SET email = $2, email_key = $3 WHERE id = $1", &[&who, &address, &key])
    });
}

fn mailed(kit: &Kit, kind: &str) -> Vec<(Option<Id>, String)> {
    let sql = "SELECT customer_id, key FROM mails WHERE kind = $1 ORDER BY id";
    kit.read(|tx| tx.query(sql, &[&kind], |row| Ok((row.get(0)?, row.get(1)?))))
}

fn remind(kit: &Kit) {
    kit.write(|tx| kernel::jobs::enqueue(tx, &Actor::system("test"), super::reminders::JOB.name, None, &()));
    kit.run_jobs();
}

testkit::on_both! {
    with start;

    fn by_mail_each_is_written_to_once_and_the_others_are_counted_by_reason(kit) {
        let by = kit.manager(&[]);
        let survey = published(kit, &by, new_survey(Template::Nps));
        let all: Vec<Id> = (0..6).map(|n| customer(kit, &format!("C{n}"), None)).collect();
        for (n, who) in all.iter().enumerate().take(4) {
            with_address(kit, *who, &format!("C{n}@exemple.fr"));
        }
        with_address(kit, all[4], "");
        kit.write(|tx| tx.execute("UPDATE customers SET email = NULL, email_key = NULL WHERE email = ''", &[]));
        let gone = all[5];
        kit.write(move |tx| tx.execute("UPDATE customers SET email = NULL, email_key = NULL WHERE id = $1", &[&gone]));
        refuses(kit, all[0]);
        kit.write(|tx| tx.execute("INSERT INTO bounced_addresses (address, at, reason) VALUES ('c1@exemple.fr', 0, 'x')", &[]));
        let selection = Selection { by_mail: true, ..census() };
        let (actor, id, wanted) = (by.clone(), survey.id, selection.clone());
        let forecast = kit.read(move |tx| actions::forecast(tx, &actor, id, &wanted));
        let expected = Forecast { eligible: 2, opposed: 1, no_address: 2, bounced: 1, invited: 2, ..Forecast::default() };
        assert_eq!(forecast, expected);
        order(kit, &by, &survey, &selection);
        order(kit, &by, &survey, &selection);
        let sent = mailed(kit, "survey-invitation");
        assert_eq!(sent.iter().map(|(who, _)| who.unwrap()).collect::<Vec<_>>(), [all[2], all[3]]);
        let mail = kit.read(|tx| kernel::mail::store::by_key(tx, &sent[0].1)).unwrap();
        assert!(mail.unsubscribe.unwrap().starts_with("/u/"));
        let text = serde_json::to_string(&mail.blocks).unwrap();
        assert!(text.contains("/a/") && text.contains("Bonjour") && !text.contains("{$"), "{text}");
        assert_eq!(mail.about_id, Some(survey.id));
    }

    fn a_reminder_comes_after_some_days_and_never_to_who_answered_or_said_no(kit) {
        let by = kit.manager(&[]);
        let survey = published(kit, &by, new_survey(Template::Nps));
        let all: Vec<Id> = (0..4).map(|n| customer(kit, &format!("C{n}"), None)).collect();
        for (n, who) in all.iter().enumerate() {
            with_address(kit, *who, &format!("c{n}@exemple.fr"));
        }
        let (actor, id) = (by.clone(), survey.id);
        let wanted = crate::surveys::model::ByMail { after_contact: false, reminders: 2, reminder_days: 5 };
        kit.write(move |tx| crate::invitations::reminders::set(tx, &actor, id, &wanted));
        order(kit, &by, &survey, &Selection { by_mail: true, ..census() });
        kit.advance(SignedDuration::from_hours(24 * 4));
        remind(kit);
        assert!(mailed(kit, "survey-reminder").is_empty(), "too early");
        let answered = all[0];
        kit.write(move |tx| tx.execute("UPDATE invitations SET answered_at = 1 WHERE customer_id = $1", &[&answered]));
        refuses(kit, all[1]);
        kit.write(|tx| tx.execute("INSERT INTO bounced_addresses (address, at, reason) VALUES ('c2@exemple.fr', 0, 'x')", &[]));
        for expected in [1, 2, 2] {
            kit.advance(SignedDuration::from_hours(24 * 5 + 1));
            remind(kit);
            remind(kit);
            let sent = mailed(kit, "survey-reminder");
            assert_eq!(sent.len(), expected, "{sent:?}");
            assert!(sent.iter().all(|(who, _)| *who == Some(all[3])), "{sent:?}");
        }
        assert!(mailed(kit, "survey-reminder")[1].1.ends_with(":2"));
    }

    fn after_a_contact_a_message_leaves_where_the_survey_wants_it(kit) {
        let by = kit.manager(&[]);
        let mut new = new_survey(Template::Csat);
        new.settings = Settings { after_contact: true, quiet_days: 10, ..new.settings };
        let survey = published(kit, &by, new);
        let wanted = crate::surveys::model::ByMail { after_contact: true, ..Default::default() };
        let (actor, id) = (by.clone(), survey.id);
        kit.write(move |tx| crate::invitations::reminders::set(tx, &actor, id, &wanted));
        let (reached, unknown) = (customer(kit, "C1", None), customer(kit, "C2", None));
        with_address(kit, reached, "c1@exemple.fr");
        kit.write(move |tx| tx.execute("UPDATE customers SET email = NULL, email_key = NULL WHERE id = $1", &[&unknown]));
        for who in [reached, unknown] {
            let by = kit.adviser(&[]);
            let input = InteractionInput { channel: "phone".into(), summary: "Rappelé".into(), ..InteractionInput::default() };
            kit.write(move |tx| know::interactions::actions::create(tx, &by, who, &input));
        }
        kit.deliver();
        assert_eq!(mailed(kit, "survey-invitation").len(), 1);
        assert_eq!(invited(kit), [reached, unknown], "without an address there is a link");
    }

    fn who_said_no_or_was_asked_lately_is_left_in_peace(kit) {
        let by = kit.manager(&[]);
        let survey = published(kit, &by, new_survey(Template::Nps));
        let other = published(kit, &by, new_survey(Template::Csat));
        let all: Vec<Id> = (0..6).map(|n| customer(kit, &format!("C{n}"), None)).collect();
        refuses(kit, all[0]);
        try_invite(kit, other.id, all[1]).unwrap();
        try_invite(kit, survey.id, all[2]).unwrap();
        let (actor, id) = (by.clone(), survey.id);
        let forecast = kit.read(move |tx| actions::forecast(tx, &actor, id, &census()));
        assert_eq!(forecast, Forecast { eligible: 3, opposed: 1, waiting: 1, recent: 1, invited: 3, ..Forecast::default() });
        for (who, key) in [(all[0], "opposed"), (all[1], "recent"), (all[2], "waiting")] {
            let refusal = try_invite(kit, survey.id, who);
            assert!(matches!(refusal, Err(Error::Refused(m)) if m.key.ends_with(key)), "{key}");
        }
        assert_eq!(order(kit, &by, &survey, &census()), 1);
        assert_eq!(invited(kit), all[1..]);
        assert_eq!(order(kit, &by, &survey, &census()), 1);
        assert_eq!(invited(kit).len(), 5, "a second order asks nobody twice");
        kit.advance(SignedDuration::from_hours(24 * 91));
        assert_eq!(order(kit, &by, &survey, &census()), 1);
        assert_eq!(invited(kit).len(), 10, "after the quiet time all but the opposed may be asked again");
        let counts = kit.read(|tx| actions::counts(tx, &by, survey.id));
        assert_eq!((counts.created, counts.expired, counts.rate()), (9, 4, Some(0.0)));
    }

    fn the_same_key_draws_the_same_customers(kit) {
        let by = kit.manager(&[]);
        let survey = published(kit, &by, new_survey(Template::Nps));
        let all: Vec<Id> = (0..30).map(|n| customer(kit, &format!("C{n}"), None)).collect();
        order(kit, &by, &survey, &draw(10, "k7m4"));
        let mut expected = crate::invitations::rules::draw("k7m4", &all, 10);
        expected.sort();
        assert_eq!(invited(kit), expected);
        let told = kit.events("survey.invitations-ordered");
        assert!(told[0].after.as_ref().unwrap().to_string().contains("k7m4"), "the key can be found again");
        let collections: Vec<String> = kit.read(|tx| tx.query("SELECT DISTINCT collection FROM invitations", &[], |r| r.get(0)));
        assert_eq!(collections, ["random_draw"]);
        let id = survey.id;
        let bad = kit.try_write(move |tx| actions::order(tx, &by, id, &draw(0, "")));
        assert!(matches!(bad, Err(Error::Invalid(errors)) if errors.len() == 2));
    }

    fn an_order_reaches_no_further_than_whoever_gave_it(kit) {
        let (mine, theirs) = (kit.site("Nord"), kit.site("Sud"));
        let by = kit.manager(&[mine]);
        let survey = published(kit, &kit.manager(&[]), new_survey(Template::Nps));
        let near = customer(kit, "C1", Some(mine));
        let far = customer(kit, "C2", Some(theirs));
        order(kit, &by, &survey, &census());
        assert_eq!(invited(kit), [near]);
        let (actor, id) = (by.clone(), survey.id);
        let other = kit.try_write(move |tx| actions::invite(tx, &actor, id, far));
        assert!(matches!(other, Err(Error::NotFound)));
        try_invite(kit, survey.id, far).unwrap();
        let listed = kit.read(|tx| actions::list(tx, &by, survey.id, Some(State::Created), None, 10));
        assert_eq!(listed.len(), 1);
    }

    fn a_contact_invites_once_where_the_survey_wants_it(kit) {
        let by = kit.manager(&[]);
        let mut new = new_survey(Template::Csat);
        new.settings = Settings { after_contact: true, quiet_days: 10, ..new.settings };
        let survey = published(kit, &by, new);
        published(kit, &by, new_survey(Template::Nps));
        let (who, opposed) = (customer(kit, "C1", None), customer(kit, "C2", None));
        refuses(kit, opposed);
        let note = |who: Id| {
            let by = kit.adviser(&[]);
            let input = InteractionInput { channel: "phone".into(), summary: "Rappelé".into(), ..InteractionInput::default() };
            kit.write(move |tx| know::interactions::actions::create(tx, &by, who, &input));
            kit.deliver();
        };
        note(who);
        note(who);
        note(opposed);
        let made = kit.read(|tx| crate::invitations::store::list(tx, &kernel::identity::Scope::All, survey.id, None, None, 10));
        assert_eq!(made.len(), 1);
        assert_eq!((made[0].customer, made[0].channel.as_str(), made[0].collection.name()), (who, "phone", "census"));
        kit.advance(SignedDuration::from_hours(24 * 31));
        note(who);
        let event = kit.events("interaction").pop().unwrap();
        kit.write(move |tx| crate::invitations::subscriber::invite_after_contact(tx, &event));
        assert_eq!(invited(kit).len(), 2, "a delivery made twice invites once");
    }

    fn a_colleague_invites_from_the_sheet_and_sees_the_link(kit) {
        let app = TestApp::new(kit, parts());
        let manager = app.sign_in(Role::Manager, &[]);
        let survey = published(kit, &kit.manager(&[]), new_survey(Template::Nps));
        let who = customer(kit, "C1", None);
        let path = format!("/customers/{who}/invitations");
        let id = survey.id.to_string();
        let part = app.post(&path).signed_in(&manager).htmx().form(&[("survey", &id)]).send().expect(200);
        let link = part.html().attribute("[data-copy-text]", "data-copy-text").expect("a link to copy");
        let local = link.split_once("/a/").unwrap().1.to_owned();
        app.get(&format!("/a/{local}")).send().expect(200);
        let again = app.post(&path).signed_in(&manager).htmx().form(&[("survey", &id)]).send().expect(200);
        assert!(again.html().has("[role=alert]"));
        app.get(&format!("/customers/{who}/fragments/surveys")).signed_in(&manager).send().expect(200);
        app.post(&path).signed_in_as(Role::Adviser, &[]).form(&[("survey", &id)]).send().expect(403);
        let file = app.get(&format!("/surveys/{id}/invitations/export.csv")).signed_in(&manager).send().expect(200);
        assert!(file.text().contains(&local) && file.text().contains("Awa Diatta"));
        let page = app.get(&format!("/surveys/{id}/invitations/new?method=draw&n=3&key=abc&quiet_days=0")).signed_in(&manager);
        page.send().expect(200);
        let ordered = app.post(&format!("/surveys/{id}/invitations")).signed_in(&manager).form(&[("method", "census"), ("quiet_days", "0")]);
        ordered.send().expect(303);
        app.get(&format!("/surveys/{id}/invitations")).signed_in(&manager).send().expect(200);
        app.get(&format!("/surveys/{id}/invitations/job")).signed_in(&manager).htmx().send().expect(200);
        kit.run_jobs();
    }

    fn a_program_invites_one_or_many(kit) {
        use kernel::identity::Permission::{CustomersRead, SurveysRead, SurveysWrite};
        let app = TestApp::new(kit, parts());
        let token = app.token(&[SurveysRead, SurveysWrite, CustomersRead], None);
        let survey = published(kit, &kit.manager(&[]), new_survey(Template::Nps));
        let (one, _) = (customer(kit, "C1", None), customer(kit, "C2", None));
        let path = format!("/api/v1/surveys/{}/invitations", survey.id);
        let body = serde_json::json!({ "customer": one.to_string() });
        let made = app.post(&path).bearer(&token).json(&body).send().expect(201).json();
        assert!(made["invitation"]["url"].as_str().unwrap().contains("/a/"));
        app.post(&path).bearer(&token).json(&body).send().expect(409);
        let job = app.post(&path).bearer(&token).json(&serde_json::json!({ "draw": 5 })).send().expect(201).json();
        assert!(job["job"].is_string());
        kit.run_jobs();
        let list = app.get(&format!("{path}?state=created&limit=1")).bearer(&token).send().expect(200).json();
        assert_eq!(list["items"].as_array().unwrap().len(), 1);
        assert!(list["next_cursor"].is_string());
    }
}
