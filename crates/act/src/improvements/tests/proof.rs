//! What a verdict rests on, what is told after it, and what the figures of the ranking link to.

use cases::model::{Filter, View};

use super::*;

fn refused<T>(outcome: Result<T, Error>, key: &str) -> bool {
    matches!(outcome, Err(Error::Refused(message)) if message.key == key)
}

fn wrong<T>(outcome: Result<T, Error>) -> Vec<String> {
    match outcome {
        Err(Error::Invalid(errors)) => errors.iter().map(|e| e.field.to_string()).collect(),
        _ => Vec::new(),
    }
}

/// One in place, of a survey.
fn in_place(kit: &Kit, by: &Actor, survey: Id) -> Id {
    let typed = ImprovementInput {
        survey: survey.to_string(),
        said: String::new(),
        did: String::new(),
        ..input(by.user().unwrap())
    };
    let id = create(kit, by, typed).id;
    let by = by.clone();
    kit.write(move |tx| actions::start(tx, &by, id, "")).id
}

testkit::on_both! {
    with start;

    fn once_in_place_its_effect_stays_and_its_day_of_measure_only_moves_later(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let by = kit.manager(&[]);
        let id = in_place(kit, &by, survey(kit, Template::Nps));
        let now = rules::to_input(&kit.read(|tx| actions::read(tx, &by, id)), Locale::Fr);
        let change = |typed: ImprovementInput| {
            let by = by.clone();
            kit.try_write(move |tx| actions::change(tx, &by, id, 2, &typed))
        };
        let earlier = ImprovementInput { remeasure: "2027-01-31".into(), ..now.clone() };
        assert_eq!(wrong(change(earlier)), ["remeasure"]);
        assert_eq!(wrong(change(ImprovementInput { expected: "1".into(), ..now.clone() })), ["expected"]);
        let later = ImprovementInput { remeasure: "2027-03-01".into(), cost: "40".into(), ..now };
        assert_eq!(change(later).unwrap().remeasure_day, "2027-03-01".parse().unwrap());
    }

    fn what_is_expected_never_changes_without_a_trace(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let by = kit.manager(&[]);
        let made = create(kit, &by, input(by.user().unwrap()));
        let (id, actor) = (made.id, by.clone());
        let other = ImprovementInput { expected: "4".into(), remeasure: "2027-03-01".into(), ..rules::to_input(&made, Locale::Fr) };
        kit.write(move |tx| actions::change(tx, &actor, id, 1, &other));
        let event = kit.events("improvement.changed").pop().expect("a trace");
        let of = |state: &Option<serde_json::Value>, name: &str| state.as_ref().unwrap()[name].clone();
        assert_eq!((of(&event.before, "expected"), of(&event.after, "expected")), (10.0.into(), 4.0.into()));
        assert_ne!(of(&event.before, "remeasure"), of(&event.after, "remeasure"));
        for fixed in ["measure", "survey", "site", "expected", "remeasure"] {
            assert!(event.after.as_ref().unwrap().get(fixed).is_some(), "{fixed} is told");
        }
        let actor = by.clone();
        kit.write(move |tx| actions::start(tx, &actor, id, ""));
        let now = kit.read(|tx| actions::read(tx, &by, id));
        let more = ImprovementInput { expected: "1".into(), ..rules::to_input(&now, Locale::Fr) };
        let actor = by.clone();
        assert_eq!(wrong(kit.try_write(move |tx| actions::change(tx, &actor, id, now.version, &more))), ["expected"]);
    }

    fn a_plan_lies_ahead_and_is_measured_again_after_it_is_in_place(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let by = kit.manager(&[]);
        let mine = input(by.user().unwrap());
        let begin = |typed: ImprovementInput| {
            let by = by.clone();
            kit.try_write(move |tx| actions::create(tx, &by, &typed))
        };
        let days = |due: &str, remeasure: &str| ImprovementInput { due: due.into(), remeasure: remeasure.into(), ..mine.clone() };
        assert_eq!(wrong(begin(days("2026-11-22", "2027-02-01"))), ["due"]);
        assert_eq!(wrong(begin(days("2026-10-01", "2026-11-23"))), ["due", "remeasure"]);
        assert_eq!(wrong(begin(days("2026-12-01", "2026-11-30"))), ["remeasure"], "before it is in place");
        let id = begin(days("2026-11-23", "2026-12-10")).unwrap().id;
        kit.set_time("2026-12-12T09:00:00Z");
        let known = kit.read(|tx| actions::read(tx, &by, id));
        let change = |version: i64, typed: ImprovementInput| {
            let by = by.clone();
            kit.try_write(move |tx| actions::change(tx, &by, id, version, &typed))
        };
        let words = ImprovementInput { title: "Ouvrir deux caisses".into(), ..rules::to_input(&known, Locale::Fr) };
        change(1, words.clone()).unwrap();
        assert_eq!(wrong(change(2, ImprovementInput { due: "2026-11-24".into(), ..words.clone() })), ["due"]);
        let start = |since: &str| {
            let (by, since) = (by.clone(), since.to_owned());
            kit.try_write(move |tx| actions::start(tx, &by, id, &since))
        };
        for since in ["", "2026-12-10", "2026-12-13", "hier"] {
            assert_eq!(wrong(start(since)), ["since"], "{since}");
        }
        change(2, ImprovementInput { remeasure: "2027-01-10".into(), ..words }).unwrap();
        assert_eq!(start("2026-12-11").unwrap().in_place_day, Some("2026-12-11".parse().unwrap()));
    }

    fn no_verdict_is_given_when_nothing_can_be_compared(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let by = kit.manager(&[]);
        let id = in_place(kit, &by, survey(kit, Template::Nps));
        let actor = by.clone();
        kit.write(move |tx| {
            let found = actions::read(tx, &actor, id)?;
            store::update(tx, &Improvement { remeasure_day: "2026-11-20".parse().unwrap(), ..found })
        });
        let actor = by.clone();
        let outcome = kit.try_write(move |tx| actions::judge(tx, &actor, id, "Rien."));
        assert!(refused(outcome, "improvement-error-no-comparison"));
        assert_eq!(kit.read(|tx| actions::read(tx, &by, id)).state, State::InPlace, "it can still be judged later");
    }

    fn page_interface_and_file_say_whether_what_was_expected_was_reached(kit) {
        kit.set_time("2026-11-20T09:00:00Z");
        let by = kit.manager(&[]);
        let survey = survey(kit, Template::Nps);
        let mixed = || [9, 7, 3, 10].into_iter().for_each(|score| scores(kit, survey, score, 5));
        mixed();
        kit.set_time("2026-11-23T09:00:00Z");
        let begin = |expected: &str| {
            let typed = ImprovementInput { survey: survey.to_string(), expected: expected.into(), ..input(by.user().unwrap()) };
            let (id, actor) = (create(kit, &by, typed).id, by.clone());
            kit.write(move |tx| actions::start(tx, &actor, id, "")).id
        };
        let all = [begin("100"), begin("10")];
        kit.set_time("2026-12-05T09:00:00Z");
        mixed();
        kit.set_time("2027-02-01T09:00:00Z");
        let app = app(kit);
        let token = app.token(&[kernel::identity::Permission::CasesRead], None);
        let said = |id: Id| {
            let page = app.get(&format!("/improvements/{id}")).signed_in_as(Role::Director, &[]).send().expect(200).html();
            let body = app.get(&format!("/api/v1/improvements/{id}")).bearer(&token).send().expect(200).json();
            (page.text("#attained"), body["expected_reached"].clone())
        };
        let (sentence, none) = said(all[0]);
        assert!(sentence.contains("n’est pas atteint") && none.is_null(), "it is said as things stand: {sentence}");
        for (id, word, words) in [(all[0], "not_reached", "n’est pas atteint"), (all[1], "cannot_tell", "On ne peut pas dire")] {
            let actor = by.clone();
            kit.write(move |tx| actions::judge(tx, &actor, id, "Rien de net."));
            let (sentence, kept) = said(id);
            assert!(sentence.contains(words) && kept == word, "{sentence} {kept}");
        }
        let file = app.get("/improvements/export.csv").signed_in_as(Role::Manager, &[]).send().expect(200).text();
        assert!(file.contains("effet attendu non atteint") && file.contains("impossible à dire"), "{file}");
        let elsewhere = app.get(&format!("/improvements/{}", all[0])).signed_in_as(Role::Manager, &[kit.site("Brest")]);
        let page = elsewhere.send().expect(200).html();
        assert!(page.text("#attained").contains("effet attendu non atteint"), "in a word, without figures");
    }

    fn without_answers_after_the_side_before_is_still_measured(kit) {
        kit.set_time("2026-11-20T09:00:00Z");
        let by = kit.manager(&[]);
        let survey = survey(kit, Template::Nps);
        scores(kit, survey, 9, 10);
        kit.set_time("2026-11-23T09:00:00Z");
        let id = in_place(kit, &by, survey);
        kit.set_time("2027-02-01T09:00:00Z");
        let actor = by.clone();
        let verdict = kit.write(move |tx| actions::judge(tx, &actor, id, "Personne n’a répondu.")).verdict.unwrap();
        assert_eq!((verdict.before.n, verdict.before.value), (10, Some(100.0)));
        assert_eq!((verdict.after.n, verdict.after.value), (0, None));
        assert_eq!((verdict.effect, verdict.difference), (Effect::TooFew, None));
    }

    fn the_form_keeps_the_survey_and_the_owner_chosen_already(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let (by, owner) = (kit.manager(&[]), kit.person(Role::Adviser, &[]).id);
        let old = survey(kit, Template::Nps);
        let typed = ImprovementInput { survey: old.to_string(), ..input(owner) };
        let made = create(kit, &by, typed.clone());
        kit.write(move |tx| {
            tx.execute("UPDATE users SET disabled = TRUE WHERE id = $1", &[&owner])?;
            let t = texts();
            for n in 0..50 {
                let name = format!("Suivante {n}");
                let settings = listen::surveys::model::Settings { name, after_contact: false, quiet_days: 0 };
                let content = listen::surveys::templates::content(t, Template::Nps, "la Maison");
                let new = listen::surveys::model::NewSurvey { template: Template::Nps, settings, content };
                listen::surveys::actions::create(tx, &Actor::system("test"), &new)?;
            }
            Ok(())
        });
        let offered = kit.read(|tx| actions::choices(tx, &by, Some(&made)));
        assert!(offered.surveys.iter().any(|(id, name)| *id == old && name == "Relation"));
        assert!(offered.owners.iter().any(|(id, name)| *id == owner && !name.is_empty()));
        let fresh = kit.read(|tx| actions::choices(tx, &by, None));
        assert!(fresh.surveys.iter().all(|(id, _)| *id != old) && fresh.owners.iter().all(|(id, _)| *id != owner));
        let (actor, words, id) = (by.clone(), ImprovementInput { title: "Ouvrir deux caisses".into(), ..typed.clone() }, made.id);
        let changed = kit.write(move |tx| actions::change(tx, &actor, id, 1, &words));
        assert_eq!((changed.owner, changed.survey), (owner, Some(old)), "what was chosen stays");
        assert_eq!(wrong(kit.try_write(move |tx| actions::create(tx, &by, &typed))), ["owner"], "it is not chosen anew");
    }

    fn what_customers_are_told_is_written_after_the_verdict_until_they_are_told(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let by = kit.manager(&[]);
        let id = in_place(kit, &by, survey(kit, Template::Nps));
        let case = case(kit, &by, customer(kit, "Diatta", None), cause(kit, &by, "attente", "3"), "minor");
        kit.write(move |tx| store::link(tx, id, case));
        kit.set_time("2027-02-01T09:00:00Z");
        let actor = by.clone();
        kit.write(move |tx| actions::judge(tx, &actor, id, "Rien de net."));
        let tell = || tell(kit, &by, id);
        assert!(refused(tell(), "improvement-error-unsaid"));
        let app = app(kit);
        let me = app.sign_in(Role::Manager, &[]);
        let page = format!("/improvements/{id}");
        let form = app.get(&page).signed_in(&me).send().expect(200).html();
        let version = form.attribute("#words input[name=version]", "value").unwrap();
        let send = |said: &str, version: &str| {
            let fields = [("said", said), ("did", "Une seconde caisse."), ("version", version)];
            app.post(&format!("{page}/words")).signed_in(&me).form(&fields).send()
        };
        send("", &version).expect(422);
        let stale = send("Trop d’attente.", "1").expect(422).html();
        assert!(stale.text("#words textarea").contains("Trop d’attente."), "what was typed stays");
        send("Trop d’attente.", &version).expect(303);
        let shown = app.get(&page).signed_in(&me).send().expect(200).html();
        assert!(shown.text("#notice .panel__body").contains("Trop d’attente.") && shown.has("a[href$='/notice']"));
        assert_eq!(tell().unwrap(), 1);
        let actor = by.clone();
        let again = kit.try_write(move |tx| actions::word(tx, &actor, id, 5, &words("Autre chose.", "Rien.")));
        assert!(refused(again, "improvement-error-told"));
        assert!(!app.get(&page).signed_in(&me).send().expect(200).html().has("#words"));
    }

    fn the_list_behind_a_cause_holds_what_the_ranking_says_of_it(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let by = kit.manager(&[]);
        let wait = cause(kit, &by, "attente", "3");
        let (actor, kind) = (by.clone(), CauseInput {
            name_fr: "À la caisse".into(),
            code: "attente-caisse".into(),
            parent: wait.to_string(),
            ..CauseInput::default()
        });
        let counter = kit.write(move |tx| causes::actions::create(tx, &actor, &kind)).id;
        let who = customer(kit, "Diatta", None);
        for cause in [wait, counter, counter] {
            case(kit, &by, who, cause, "minor");
        }
        let day = |text: &str| text.parse::<kernel::Day>().unwrap();
        let (tree, found) = kit.read(|tx| ranking(tx, &by, None, (day("2026-11-01"), day("2026-11-30"))));
        let counts: Vec<_> = found.iter().map(|r| (r.cause, r.n, r.with_below)).collect();
        assert_eq!(counts, [(Some(counter), 2, 2), (Some(wait), 1, 3)], "each case is counted once");
        for row in &found {
            let causes = tree.below(row.cause.unwrap());
            let filter = Filter { view: View::All, causes, ..Filter::default() };
            let behind = kit.read(|tx| cases::actions::list(tx, &by, &filter, None, 50));
            assert_eq!(i64::try_from(behind.len()).unwrap(), row.with_below);
        }
        let app = app(kit);
        let page = app.get("/causes/ranking").signed_in_as(Role::Manager, &[]).send().expect(200).html();
        let said: Vec<bool> = page.select_text("th .sub").iter().map(|s| s.contains("suivis avec")).collect();
        assert_eq!(said, [false, true]);
    }
}
