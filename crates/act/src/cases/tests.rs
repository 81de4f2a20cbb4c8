//! The room through its actions, jobs and routes, on both databases.

use kernel::clock::SignedDuration;
use kernel::identity::{Actor, Role};
use kernel::ledger::Event;
use kernel::{Error, Id, Result};
use listen::surveys::model::Template;
use serde_json::json;
use testkit::Kit;

use super::composer;
use super::model::{Case, CaseEdit, CaseInput, Closing, Filter, Origin, Phase, StepKind, View};
use super::rules::{self, NextStep};
use super::store::{self, Draft};
use super::{actions, alerts};
use crate::clocks::{Deadlines, Rule};
use crate::testing::{Said, answer, app, customer, start, survey, texts};

mod danger;
mod ending;
mod forms;
mod news;
mod opening;
mod queue;
mod since;
mod taken_back;

const WORDS: &str = "Vingt-cinq minutes pour payer un sac de graines.";
const LETTER: &str = "Bonjour,\n\nVous avez attendu vingt-cinq minutes samedi. Je comprends votre agacement. C’est arrivé \
    parce que deux collègues manquaient.\n\nDésormais une seconde caisse ouvre. Je vous rappelle jeudi 26 novembre.\n\nAwa";

fn unhappy(customer: Id, site: Option<Id>) -> Said {
    Said { customer: Some(customer), site, score: 3, words: WORDS, may_call: true, reach: "" }
}

fn open_cases(kit: &Kit) -> Vec<Case> {
    let filter = Filter { view: View::Open, ..Filter::default() };
    kit.read(|tx| actions::list(tx, &Actor::system("test"), &filter, None, 1_000))
}

fn get(kit: &Kit, id: Id) -> Case {
    kit.read(|tx| store::get(tx, &kernel::identity::Scope::All, id))
}

fn opened(kit: &Kit, site: Option<Id>) -> Case {
    let who = customer(kit, "Diatta", site);
    let survey = survey(kit, Template::Nps);
    answer(kit, survey, &unhappy(who, site));
    open_cases(kit).pop().expect("a case")
}

fn act(
    kit: &Kit,
    by: &Actor,
    f: impl Fn(&mut kernel::Tx<'_>, &Actor) -> Result<Case> + Send + 'static,
) -> Result<Case> {
    let by = by.clone();
    kit.try_write(move |tx| f(tx, &by))
}

fn kinds(kit: &Kit, id: Id) -> Vec<&'static str> {
    kit.read(|tx| store::steps(tx, id)).iter().map(|step| step.kind.name()).collect()
}

/// What the mail room tells of a mail.
fn mail_says(kit: &Kit, kind: &'static str, case: Id, mail: Id) {
    kit.write(move |tx| {
        let said =
            json!({ "mail": mail, "key": "k", "kind": "case-reply", "about_kind": "case", "about_id": case });
        Event::new(kind, mail).after(&said).record(tx, &Actor::system("mail")).map(drop)
    });
    kit.deliver();
}

/// A closing that says all that is asked.
fn closing() -> Closing {
    Closing { no_cause: "Rien n’a été trouvé.".into(), remedy: "none".into(), ..Closing::default() }
}

fn letter(body: &str) -> Draft {
    Draft { subject: "Votre attente de samedi".into(), body: body.into(), ..Draft::default() }
}

testkit::on_both! {
    with start;

    fn an_unhappy_answer_opens_a_case_with_the_customers_words_and_a_deadline(kit) {
        let site = kit.site("Nantes");
        // A Monday at 10:00 in Paris.
        kit.set_time("2026-11-23T09:00:00Z");
        let case = opened(kit, Some(site));
        assert!(crate::reference::holds(&case.reference), "{}", case.reference);
        assert_eq!((case.words.as_str(), case.score.clone()), (WORDS, Some(("nps".into(), 3))));
        assert_eq!((case.site, case.origin, case.clock.phase), (Some(site), Origin::Answer, Phase::Contact));
        assert_eq!(case.clock.times.due_at, "2026-11-25T09:00:00Z".parse().unwrap(), "48 h in working days");
        assert_eq!(rules::next_step(&case), NextStep::Take);
    }

    fn a_happy_answer_or_one_that_wants_no_call_opens_none(kit) {
        let survey = survey(kit, Template::Nps);
        let who = customer(kit, "Diatta", None);
        answer(kit, survey, &Said { score: 7, ..unhappy(who, None) });
        answer(kit, survey, &Said { may_call: false, ..unhappy(who, None) });
        answer(kit, survey, &Said { customer: None, ..unhappy(who, None) });
        assert!(open_cases(kit).is_empty(), "nobody can be called who left no address");
        answer(kit, survey, &Said { customer: None, reach: "06 39 98 00 00", ..unhappy(who, None) });
        let cases = open_cases(kit);
        assert_eq!(cases.iter().map(|c| c.reach.as_str()).collect::<Vec<_>>(), ["06 39 98 00 00"]);
    }

    fn each_measure_opens_by_its_own_threshold(kit) {
        for (n, (template, most)) in [(Template::Nps, 6), (Template::Csat, 2), (Template::Ces2, 3)].into_iter().enumerate() {
            let survey = survey(kit, template);
            let happy = customer(kit, &format!("Content{n}"), None);
            let not = customer(kit, &format!("Pas{n}"), None);
            answer(kit, survey, &Said { score: most + 1, ..unhappy(happy, None) });
            answer(kit, survey, &Said { score: most, ..unhappy(not, None) });
        }
        assert_eq!(open_cases(kit).len(), 3);
    }

    fn an_event_delivered_twice_opens_one_case_and_a_second_answer_joins_it(kit) {
        let case = opened(kit, None);
        let event = kit.events("response.received").pop().expect("the event");
        kit.write(move |tx| crate::cases::opening::on_answer(tx, &event));
        assert_eq!(open_cases(kit).len(), 1);
        let other = survey(kit, Template::Csat);
        answer(kit, other, &Said { score: 1, words: "Et on ne me rappelle pas.", ..unhappy(case.customer.unwrap(), None) });
        let event = kit.events("response.received").pop().expect("the event");
        kit.write(move |tx| crate::cases::opening::on_answer(tx, &event));
        assert_eq!(open_cases(kit).len(), 1, "the customer is not called twice");
        assert_eq!(kinds(kit, case.id), ["opened", "again"]);
    }

    fn a_case_goes_its_whole_way(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let site = kit.site("Nantes");
        let case = opened(kit, Some(site));
        let (id, adviser) = (case.id, kit.adviser(&[site]));
        act(kit, &adviser, move |tx, by| actions::take(tx, by, id)).unwrap();
        kit.advance(SignedDuration::from_hours(2));
        act(kit, &adviser, move |tx, by| actions::attempt(tx, by, id, "phone", "not_reached", "Répondeur.")).unwrap();
        assert_eq!(get(kit, id).contacted_at, None, "an answering machine is no contact");
        act(kit, &adviser, move |tx, by| actions::attempt(tx, by, id, "phone", "reached", "Elle veut des excuses.")).unwrap();
        let contacted = get(kit, id);
        assert_eq!((contacted.contacted_at, contacted.clock.phase), (Some(kit.now()), Phase::Answer));
        assert_eq!(contacted.contact_due_at, case.contact_due_at, "the target of the contact stays on record");
        assert_eq!(contacted.clock.times.due_at, "2026-12-07T09:00:00Z".parse().unwrap(), "ten working days");
        let refused = act(kit, &adviser, move |tx, by| actions::close(tx, by, id, &closing()));
        assert!(matches!(refused, Err(Error::Refused(m)) if m.key == "case-error-untold"));
        act(kit, &adviser, move |tx, by| actions::tell(tx, by, id, "phone", "Une seconde caisse ouvre le samedi.")).unwrap();
        act(kit, &adviser, move |tx, by| actions::close(tx, by, id, &closing())).unwrap();
        let closed = get(kit, id);
        assert!(!closed.is_open() && closed.told_at.is_some());
        assert_eq!(kinds(kit, id), ["opened", "taken", "attempted", "attempted", "told", "closed"]);
        let customer = case.customer.unwrap();
        let flow = kit.read(|tx| know::interactions::store::counts(tx, customer));
        assert_eq!(flow.iter().map(|(channel, n)| (channel.name(), *n)).collect::<Vec<_>>(), [("phone", 2), ("survey", 1)]);
        act(kit, &adviser, move |tx, by| actions::reopen(tx, by, id, "Elle rappelle : rien n’a changé.")).unwrap();
        let again = get(kit, id);
        assert_eq!((again.reopened, again.told_at, again.clock.phase), (1, None, Phase::Answer));
        let ledger: String = kit.events("case").iter().map(|e| format!("{:?}{:?}", e.before, e.after)).collect();
        assert!(!ledger.contains("graines") && !ledger.contains("excuses"), "no words in the ledger");
    }

    fn who_refuses_contact_says_why_and_the_case_can_be_closed(kit) {
        let case = opened(kit, None);
        let (id, adviser) = (case.id, kit.adviser(&[]));
        let outcome = act(kit, &adviser, move |tx, by| actions::attempt(tx, by, id, "phone", "refused", " "));
        assert!(matches!(outcome, Err(Error::Invalid(errors)) if errors[0].field == "note"));
        act(kit, &adviser, move |tx, by| actions::attempt(tx, by, id, "phone", "refused", "Ne veut plus en parler.")).unwrap();
        act(kit, &adviser, move |tx, by| actions::close(tx, by, id, &closing())).unwrap();
        assert_eq!(get(kit, id).refusal.as_deref(), Some("Ne veut plus en parler."));
    }

    fn two_who_act_at_once_hear_of_each_other(kit) {
        let case = opened(kit, None);
        let (id, one, other) = (case.id, kit.adviser(&[]), kit.adviser(&[]));
        act(kit, &one, move |tx, by| actions::take(tx, by, id)).unwrap();
        let second = act(kit, &other, move |tx, by| actions::take(tx, by, id));
        assert!(matches!(second, Err(Error::Refused(m)) if m.key == "case-error-taken"));
        act(kit, &one, move |tx, by| actions::tell(tx, by, id, "counter", "Excuses faites.")).unwrap();
        act(kit, &one, move |tx, by| actions::close(tx, by, id, &closing())).unwrap();
        let second = act(kit, &other, move |tx, by| actions::close(tx, by, id, &closing()));
        assert!(matches!(second, Err(Error::Refused(m)) if m.key == "case-error-closed"));
        assert_eq!(kinds(kit, id).iter().filter(|k| **k == "closed").count(), 1);
    }

    fn a_stale_form_loses_nothing(kit) {
        let case = opened(kit, None);
        let (id, by) = (case.id, kit.manager(&[]));
        let edit = |title: &str| CaseEdit { title: title.into(), ..rules::to_edit(&case) };
        let (first, second) = (edit("Attente en caisse"), edit("Graines trop chères"));
        act(kit, &by, move |tx, by| actions::change(tx, by, id, 1, &first)).unwrap();
        let outcome = act(kit, &by, move |tx, by| actions::change(tx, by, id, 1, &second));
        assert!(matches!(outcome, Err(Error::Stale(2))));
        assert_eq!(get(kit, id).title, "Attente en caisse");
    }

    fn a_case_is_given_only_to_who_reaches_it(kit) {
        let (nantes, brest) = (kit.site("Nantes"), kit.site("Brest"));
        let case = opened(kit, Some(nantes));
        let (id, by) = (case.id, kit.manager(&[nantes]));
        let near = kit.person(Role::Adviser, &[nantes]).id;
        for wrong in [kit.person(Role::Adviser, &[brest]).id, kit.person(Role::Analyst, &[nantes]).id] {
            let outcome = act(kit, &by, move |tx, by| actions::hand_over(tx, by, id, &wrong.to_string(), ""));
            assert!(matches!(outcome, Err(Error::Invalid(errors)) if errors[0].field == "to"));
        }
        act(kit, &by, move |tx, by| actions::hand_over(tx, by, id, &near.to_string(), "Elle te connaît.")).unwrap();
        assert_eq!(get(kit, id).owner, Some(near));
        act(kit, &by, move |tx, by| actions::hand_over(tx, by, id, "team", "")).unwrap();
        assert_eq!(get(kit, id).owner, None);
    }

    fn a_letter_waits_for_what_is_missing_and_told_means_taken_by_the_mail_server(kit) {
        let case = opened(kit, None);
        let (id, by) = (case.id, kit.adviser(&[]));
        let short = letter("Bonjour, nous avons bien reçu votre avis.");
        let outcome = act(kit, &by, move |tx, by| composer::send(tx, by, id, &short));
        let Err(Error::Invalid(errors)) = outcome else { panic!("sent") };
        let keys: Vec<String> = errors.iter().map(|e| e.message.key.to_string()).collect();
        assert_eq!(keys, ["letter-error-facts", "letter-error-feeling", "letter-error-cause", "letter-error-change", "letter-error-next"]);
        let whole = letter(LETTER);
        for _ in 0..2 {
            let whole = whole.clone();
            act(kit, &by, move |tx, by| composer::send(tx, by, id, &whole)).unwrap();
        }
        assert_eq!(kinds(kit, id), ["opened", "replied"], "pressing twice sends once");
        assert_eq!(get(kit, id).told_at, None, "a letter that waits told nobody anything");
        let mail = kit.read(|tx| store::steps(tx, id)).pop().unwrap().detail.mail.unwrap();
        for _ in 0..2 {
            mail_says(kit, "mail.sent", id, mail);
        }
        assert_eq!(kinds(kit, id), ["opened", "replied", "told"]);
        let told = get(kit, id);
        assert!(told.told_at.is_some() && told.contacted_at.is_some());
    }

    fn a_letter_that_comes_back_opens_the_case_again(kit) {
        let case = opened(kit, None);
        let (id, by) = (case.id, kit.adviser(&[]));
        act(kit, &by, move |tx, by| composer::send(tx, by, id, &letter(LETTER))).unwrap();
        let mail = kit.read(|tx| store::steps(tx, id)).pop().unwrap().detail.mail.unwrap();
        mail_says(kit, "mail.sent", id, mail);
        act(kit, &by, move |tx, by| actions::close(tx, by, id, &closing())).unwrap();
        for _ in 0..2 {
            mail_says(kit, "mail.bounced", id, mail);
        }
        let back = get(kit, id);
        assert!(back.is_open() && back.told_at.is_none(), "who was not told is to be told");
        assert_eq!(kinds(kit, id), ["opened", "replied", "told", "closed", "not-delivered", "reopened"]);
    }

    fn an_element_vouched_for_is_noted_with_the_letter(kit) {
        let case = opened(kit, None);
        let (id, by) = (case.id, kit.adviser(&[]));
        let draft = Draft { confirmed: vec!["next".into()], ..letter(&LETTER.replace("jeudi 26 novembre", "bientôt")) };
        act(kit, &by, move |tx, by| composer::send(tx, by, id, &draft)).unwrap();
        let step = kit.read(|tx| store::steps(tx, id)).pop().unwrap();
        assert_eq!((step.kind, step.detail.confirmed), (StepKind::Replied, vec!["next".to_owned()]));
    }

    fn drafts_live_on_the_server_each_with_its_author(kit) {
        let case = opened(kit, None);
        let (id, one, other) = (case.id, kit.adviser(&[]), kit.adviser(&[]));
        act(kit, &one, move |tx, by| composer::keep(tx, by, id, &letter("Un début"))).unwrap();
        act(kit, &other, move |tx, by| composer::keep(tx, by, id, &letter("Un autre"))).unwrap();
        act(kit, &one, move |tx, by| composer::keep(tx, by, id, &letter("Un début plus long"))).unwrap();
        let t = texts();
        let read = |by: &Actor| kit.read(|tx| composer::draft(tx, by, t, &case)).body;
        assert_eq!((read(&one), read(&other)), ("Un début plus long".into(), "Un autre".into()));
        assert_eq!(kit.read(|tx| store::other_drafts(tx, id, one.user().unwrap())).len(), 1);
        assert!(read(&kit.adviser(&[])).contains("Awa Diatta"), "a new letter begins with a greeting");
    }

    fn an_extension_needs_a_later_working_day_and_a_reason_that_is_told(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let case = opened(kit, None);
        let (id, by, t) = (case.id, kit.manager(&[]), texts());
        for (until, reason, field) in
            [("2026-11-24", "x", "until"), ("2026-11-29", "x", "until"), ("demain", "x", "until"), ("2026-11-30", " ", "reason")]
        {
            let outcome = act(kit, &by, move |tx, by| actions::extend(tx, by, t, id, until, "phone", reason));
            assert!(matches!(outcome, Err(Error::Invalid(errors)) if errors[0].field == field), "{until}");
        }
        act(kit, &by, move |tx, by| actions::extend(tx, by, t, id, "2026-11-30", "mail", "La pièce arrive lundi.")).unwrap();
        let after = get(kit, id);
        assert_eq!(after.clock.times.due_at, "2026-11-30T17:00:00Z".parse().unwrap(), "the end of work of that day");
        assert_eq!(after.clock.rule(), Rule::Extended);
        let mails: i64 = kit.read(|tx| tx.query_one("SELECT COUNT(*) FROM mails WHERE kind = 'case-extension'", &[], |r| r.get(0)));
        assert_eq!(mails, 1, "the customer is written to");
        assert_eq!(after.contact_due_at, case.contact_due_at, "being late against the first target stays visible");
    }

    fn warnings_come_once_at_half_four_fifths_and_all_of_the_time(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let site = kit.site("Nantes");
        let manager = kit.person(Role::Manager, &[site]);
        let case = opened(kit, Some(site));
        let (id, adviser) = (case.id, kit.adviser(&[site]));
        act(kit, &adviser, move |tx, by| actions::take(tx, by, id)).unwrap();
        let run = |hours: i64| {
            kit.advance(SignedDuration::from_hours(hours));
            kit.write(|tx| kernel::jobs::enqueue(tx, &Actor::system("t"), crate::cases::alerts::NAME, None, &json!(null)).map(drop));
            kit.run_jobs();
            get(kit, id).alerted
        };
        assert_eq!([run(1), run(24), run(1), run(20), run(24), run(24)], [0, 50, 50, 80, 100, 100]);
        let warned = kit.read(|tx| tx.query("SELECT user_id FROM mails WHERE kind = 'case-alert' ORDER BY id", &[], |r| r.get::<Option<Id>>(0)));
        let (owner, manager) = (adviser.user(), Some(manager.id));
        assert_eq!(warned.len(), 3, "one to the owner at 80 %, two at 100 %");
        assert_eq!(warned[0], owner);
        assert!(warned[1..].contains(&owner) && warned[1..].contains(&manager));
        assert_eq!(kinds(kit, id).iter().filter(|k| **k == "alerted").count(), 3);
        assert_eq!(kit.events("case.escalated").len(), 1);
    }

    fn a_closing_day_added_later_moves_open_clocks_and_leaves_promises(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let case = opened(kit, None);
        let promised = {
            let who = customer(kit, "Morvan", None);
            let survey = survey(kit, Template::Nps);
            answer(kit, survey, &unhappy(who, None));
            let found = open_cases(kit).into_iter().find(|c| c.customer == Some(who)).unwrap();
            let (id, by, t) = (found.id, kit.manager(&[]), texts());
            act(kit, &by, move |tx, by| actions::extend(tx, by, t, id, "2026-11-27", "phone", "Une pièce manque.")).unwrap()
        };
        kit.write(|tx| {
            let before = kernel::organisation::store::get(tx)?;
            let day = "2026-11-24".parse().map_err(Error::caused)?;
            let after = kernel::organisation::Organisation { closures: vec![day], ..before };
            kernel::organisation::store::update(tx, &after)?;
            let said = |closed: &[&str]| json!({ "name": "x", "closures": closed });
            Event::new("organisation.changed", Id(1)).before(&said(&[])).after(&said(&["2026-11-24"])).record(tx, &Actor::system("t")).map(drop)
        });
        kit.run_jobs();
        let moved = get(kit, case.id);
        assert_eq!(moved.clock.times.due_at, "2026-11-26T09:00:00Z".parse().unwrap(), "a day later");
        assert_eq!(moved.contact_due_at, moved.clock.times.due_at);
        assert_eq!(get(kit, promised.id).clock.times.due_at, promised.clock.times.due_at, "a promise stays");
        assert_eq!(kinds(kit, case.id), ["opened", "rescheduled"], "the history says when it moved");
        assert_eq!(kinds(kit, promised.id), ["opened", "extended"]);
        let said = kit.read(|tx| store::steps(tx, case.id)).pop().unwrap().detail.until;
        assert_eq!(said, Some(moved.clock.times.due_at));
    }

    fn a_clock_worked_out_while_its_case_changed_is_worked_out_again(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let case = opened(kit, None);
        let closed = |kit: &Kit| {
            let day = "2026-11-24".parse().unwrap();
            kit.read(kernel::organisation::store::get).calendar().with_closures([day])
        };
        let (id, calendar) = (case.id, closed(kit));
        let read = kit.read(|tx| store::clocks(tx, &[id]));
        let late = alerts::moved(&mut Deadlines::by(&calendar), read).unwrap();
        assert_eq!(late.len(), 1, "a closing day moves it");
        let by = kit.manager(&[]);
        act(kit, &by, move |tx, by| actions::attempt(tx, by, id, "phone", "reached", "")).unwrap();
        let reached = get(kit, id);
        kit.write(move |tx| alerts::set_clocks(tx, &calendar, &late));
        assert_eq!(get(kit, id).clock, reached.clock, "by the calendar that holds, from where the case now stands");
    }

    fn the_cases_of_a_colleague_who_leaves_go_back_to_the_team(kit) {
        let case = opened(kit, None);
        let (id, adviser) = (case.id, kit.adviser(&[]));
        act(kit, &adviser, move |tx, by| actions::take(tx, by, id)).unwrap();
        let user = adviser.user().unwrap();
        kit.write(move |tx| Event::new("colleague.disabled", user).record(tx, &Actor::system("t")).map(drop));
        kit.deliver();
        assert_eq!(get(kit, id).owner, None);
        assert_eq!(kinds(kit, id), ["opened", "taken", "owner-left"]);
    }

    fn an_adviser_neither_sees_nor_touches_a_case_of_another_site(kit) {
        let (mine, theirs) = (kit.site("Nantes"), kit.site("Brest"));
        let case = opened(kit, Some(theirs));
        let (id, by) = (case.id, kit.adviser(&[mine]));
        assert!(matches!(act(kit, &by, move |tx, by| actions::read(tx, by, id)), Err(Error::NotFound)));
        assert!(matches!(act(kit, &by, move |tx, by| actions::take(tx, by, id)), Err(Error::NotFound)));
        assert!(matches!(act(kit, &by, move |tx, by| actions::note(tx, by, id, "x")), Err(Error::NotFound)));
        let filter = Filter { view: View::All, ..Filter::default() };
        assert!(kit.read(|tx| actions::list(tx, &by, &filter, None, 10)).is_empty());
        assert_eq!(kit.read(|tx| actions::counts(tx, &by)).open, 0);
        let director = kit.director();
        assert!(matches!(act(kit, &director, move |tx, by| actions::take(tx, by, id)), Err(Error::Denied(_))));
    }

    fn paging_shows_every_case_once_in_every_view(kit) {
        let by = kit.administrator();
        for n in 0..23 {
            let who = customer(kit, &format!("Nom{n}"), None);
            let input = CaseInput { customer: who.to_string(), title: format!("Cas {n}"), ..CaseInput::default() };
            let case = act(kit, &by, move |tx, by| actions::create(tx, by, &input, Origin::Hand)).unwrap();
            if n % 3 == 0 {
                act(kit, &by, move |tx, by| actions::tell(tx, by, case.id, "phone", "Dit.")).unwrap();
                act(kit, &by, move |tx, by| actions::close(tx, by, case.id, &closing())).unwrap();
            }
        }
        for (view, expected) in [(View::Open, 15), (View::Free, 15), (View::Closed, 8), (View::All, 23), (View::Mine, 0)] {
            let filter = Filter { view, owner: by.user(), ..Filter::default() };
            let (mut seen, mut beyond) = (Vec::new(), None);
            loop {
                let page = kit.read(|tx| actions::list(tx, &by, &filter, beyond, 4));
                seen.extend(page.iter().map(|c| c.id));
                let Some(last) = page.last() else { break };
                beyond = Some(store::place(&filter, last));
            }
            let once: std::collections::BTreeSet<Id> = seen.iter().copied().collect();
            assert_eq!((seen.len(), once.len()), (expected, expected), "{view:?}");
        }
    }

    fn the_page_tells_the_story_and_its_forms_work_without_a_script(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let site = kit.site("Nantes");
        let case = opened(kit, Some(site));
        let app = app(kit);
        let url = format!("/cases/{}", case.id);
        let me = app.sign_in(Role::Adviser, &[site]);
        let page = app.get(&url).signed_in(&me).send().expect(200).html();
        assert!(page.text("blockquote.said").contains("graines"));
        assert!(page.text(".legal").contains("Il reste"));
        let queue = app.get("/cases?view=free").signed_in(&me).send().expect(200).html();
        assert!(queue.text("tbody").contains(&case.reference));
        app.post(&format!("{url}/ownership")).signed_in(&me).form(&[]).send().expect(303);
        let bad = app.post(&format!("{url}/attempts")).signed_in(&me).form(&[("outcome", "refused"), ("channel", "phone")]).send().expect(422);
        assert!(bad.html().text(".notice--late").contains("pourquoi"));
        app.post(&format!("{url}/attempts")).signed_in(&me).form(&[("outcome", "reached"), ("channel", "phone"), ("text", "Jointe.")]).send().expect(303);
        let draft = [("subject", "Objet"), ("body", "Je comprends.")];
        let kept = app.post(&format!("{url}/draft")).signed_in(&me).htmx().form(&draft).send().expect(200).html();
        assert_eq!(kept.count("li.ko"), 4, "one element is there");
        let refused = app.post(&format!("{url}/reply")).signed_in(&me).form(&draft).send().expect(303);
        assert!(app.follow(&refused).html().text("#f-body").contains("Je comprends."), "what was typed is kept");
        app.post(&format!("{url}/reply")).signed_in(&me).form(&[("subject", "Objet"), ("body", LETTER)]).send().expect(303);
        let closed = app.post(&format!("{url}/closure")).signed_in(&me).form(&[]).send().expect(303);
        assert!(app.follow(&closed).html().text(".toast").contains("informé"), "not told yet");
        let edit = [("title", "Attente"), ("version", "1"), ("severity", "minor")];
        let stale = app.post(&url).signed_in(&me).form(&edit).send().expect(409).html();
        assert!(stale.text("#conflict").contains("Attente"), "both versions are shown");
        let export = app.get("/cases/export.csv?view=all").signed_in(&me).send().expect(200).text();
        assert!(export.contains(&case.reference) && export.lines().count() == 2);
        let fragment = app.get(&format!("/customers/{}/fragments/cases", case.customer.unwrap())).signed_in(&me).send();
        assert!(fragment.expect(200).html().text("li").contains(&case.reference));
        app.get("/cases/fragments/mine").signed_in(&me).send().expect(200);
        app.get("/cases/fragments/news").signed_in(&me).send().expect(200);
    }

    fn rules_are_decided_with_their_date_and_change_what_opens_next(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Administrator, &[]);
        app.get("/cases/rules").signed_in(&me).send().expect(200);
        let fields = [
            ("contact_hours", "24"), ("answer_hours", "80"), ("counting", "open_hours"), ("danger_contact_hours", "2"),
            ("danger_answer_hours", "8"), ("extensions_most", "1"), ("extended_times", "3"), ("nps_most", "2"), ("csat_most", "0"), ("ces2_most", "0"),
        ];
        app.post("/cases/rules").signed_in(&me).form(&[("contact_hours", "zéro")]).send().expect(422);
        app.post("/cases/rules").signed_in(&me).form(&fields).send().expect(303);
        let (decided, since) = kit.read(store::case_rules);
        assert_eq!((decided.contact_hours, decided.nps_most, decided.mails_at(crate::clocks::Stage::Late)), (24, 2, false));
        assert!(since.is_some());
        let who = customer(kit, "Diatta", None);
        let survey = survey(kit, Template::Nps);
        answer(kit, survey, &unhappy(who, None));
        assert!(open_cases(kit).is_empty(), "a 3 no longer opens a case");
        let local = app.sign_in(Role::Manager, &[kit.site("Nantes")]);
        app.post("/cases/rules").signed_in(&local).form(&fields).send().expect(403);
    }
}
