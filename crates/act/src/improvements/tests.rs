//! The room through its actions and routes, on both databases.

use kernel::clock::SignedDuration;
use kernel::identity::{Actor, Role};
use kernel::texts::Locale;
use kernel::{Error, Id};
use listen::surveys::model::Template;
use testkit::Kit;

use super::model::{Attained, Effect, Improvement, ImprovementInput, State};
use super::{actions, improved, ranking, rules, store};
use crate::cases::model::{CaseInput, Origin};
use crate::causes::model::CauseInput;
use crate::testing::{Said, answer, app, customer, start, survey, texts};
use crate::{cases, causes};

mod files;
mod notice;
mod proof;
mod reach;

fn input(owner: Id) -> ImprovementInput {
    ImprovementInput {
        title: "Ouvrir une seconde caisse".into(),
        owner: owner.to_string(),
        measure: "nps".into(),
        expected: "10".into(),
        due: "2026-12-01".into(),
        remeasure: "2027-02-01".into(),
        said: "On attend trop à la caisse le samedi.".into(),
        did: "Une seconde caisse ouvre dès que cinq personnes attendent.".into(),
        ..ImprovementInput::default()
    }
}

/// What customers are to be told.
fn words(said: &str, did: &str) -> ImprovementInput {
    ImprovementInput { said: said.into(), did: did.into(), ..ImprovementInput::default() }
}

fn create(kit: &Kit, by: &Actor, input: ImprovementInput) -> Improvement {
    let by = by.clone();
    kit.write(move |tx| actions::create(tx, &by, &input))
}

fn cause(kit: &Kit, by: &Actor, code: &str, importance: &str) -> Id {
    let (by, code) = (by.clone(), code.to_owned());
    let input =
        CauseInput { name_fr: code.clone(), code, importance: importance.into(), ..CauseInput::default() };
    kit.write(move |tx| causes::actions::create(tx, &by, &input)).id
}

fn case(kit: &Kit, by: &Actor, customer: Id, cause: Id, severity: &str) -> Id {
    let (by, severity) = (by.clone(), severity.to_owned());
    let input = CaseInput {
        customer: customer.to_string(),
        title: "Attente".into(),
        cause: cause.to_string(),
        severity,
        ..CaseInput::default()
    };
    kit.write(move |tx| cases::actions::create(tx, &by, &input, Origin::Hand)).id
}

/// Answers of a day, by people who are not called back.
fn scores(kit: &Kit, survey: Id, score: i64, times: usize) {
    for _ in 0..times {
        let said = Said { customer: None, site: None, score, words: "", may_call: false, reach: "" };
        answer(kit, survey, &said);
    }
}

/// Tells the customers concerned as the preview shows them.
fn tell(kit: &Kit, by: &Actor, id: Id) -> Result<u64, Error> {
    let by = by.clone();
    kit.try_write(move |tx| {
        let shown = actions::preview(tx, &by, texts(), id)?;
        actions::tell(tx, &by, texts(), id, shown.improvement.version, shown.n)
    })
}

testkit::on_both! {
    with start;

    fn an_improvement_stays_open_until_it_is_measured_again_on_its_day(kit) {
        kit.set_time("2026-11-02T09:00:00Z");
        let by = kit.manager(&[]);
        let survey = survey(kit, Template::Nps);
        let made = create(kit, &by, ImprovementInput { survey: survey.to_string(), ..input(by.user().unwrap()) });
        let id = made.id;
        let judge = || {
            let by = by.clone();
            kit.try_write(move |tx| actions::judge(tx, &by, id, "On en retient ceci."))
        };
        assert!(matches!(judge(), Err(Error::Refused(m)) if m.key == "improvement-error-not-in-place"));
        // Sixty days of middling answers, then sixty of good ones.
        kit.set_time("2026-11-20T09:00:00Z");
        scores(kit, survey, 5, 20);
        scores(kit, survey, 9, 10);
        kit.set_time("2026-12-03T09:00:00Z");
        let actor = by.clone();
        kit.write(move |tx| actions::start(tx, &actor, id, ""));
        assert!(matches!(judge(), Err(Error::Refused(m)) if m.key == "improvement-error-too-soon"));
        kit.set_time("2027-01-10T09:00:00Z");
        scores(kit, survey, 9, 28);
        scores(kit, survey, 5, 2);
        kit.set_time("2027-02-01T09:00:00Z");
        let judged = judge().unwrap();
        let verdict = judged.verdict.clone().unwrap();
        assert_eq!((judged.state, verdict.effect), (State::Judged, Effect::Better));
        assert_eq!((verdict.before.n, verdict.after.n), (30, 30));
        assert_eq!(judged.attained, Some(Attained::Reached), "ten points were expected");
        assert_eq!(verdict.after.from, "2026-12-03".parse().unwrap());
        assert_eq!(verdict.after.to.days_since(verdict.after.from), verdict.before.to.days_since(verdict.before.from));
        let (low, high) = verdict.interval.unwrap();
        let difference = verdict.difference.unwrap();
        assert!((difference - 120.0).abs() < 1e-9 && low < difference && difference < high && low > 0.0);
        kit.advance(SignedDuration::from_hours(48));
        scores(kit, survey, 0, 40);
        assert_eq!(kit.read(|tx| actions::read(tx, &by, id)).verdict, judged.verdict, "what was judged stays");
    }

    fn no_difference_shown_is_a_verdict_and_so_is_too_few(kit) {
        kit.set_time("2026-11-20T09:00:00Z");
        let by = kit.manager(&[]);
        let survey = survey(kit, Template::Nps);
        for (before, after, expected) in [(20, 20, Effect::NoDifference), (0, 3, Effect::TooFew)] {
            let year = if before > 0 { "2026" } else { "2028" };
            let given = ImprovementInput { due: format!("{year}-11-21"), remeasure: format!("{year}-12-31"), ..input(by.user().unwrap()) };
            let id = create(kit, &by, ImprovementInput { survey: survey.to_string(), ..given }).id;
            kit.set_time(if before > 0 { "2026-11-20T09:00:00Z" } else { "2028-11-20T09:00:00Z" });
            for score in [9, 7, 3, 10] {
                scores(kit, survey, score, before / 4);
            }
            kit.set_time(if before > 0 { "2026-12-01T09:00:00Z" } else { "2028-12-01T09:00:00Z" });
            let actor = by.clone();
            kit.write(move |tx| {
                let found = actions::read(tx, &actor, id)?;
                let day = kernel::organisation::store::get(tx)?.zone.day_of(tx.now());
                let later = Improvement { remeasure_day: day.plus_days(20), ..found };
                store::update(tx, &later)?;
                actions::start(tx, &actor, id, "")
            });
            for score in [9, 7, 3, 10] {
                scores(kit, survey, score, after / 4);
            }
            scores(kit, survey, 8, after % 4);
            kit.advance(SignedDuration::from_hours(24 * 21));
            let actor = by.clone();
            let judged = kit.write(move |tx| actions::judge(tx, &actor, id, "Rien de net."));
            assert_eq!(judged.verdict.unwrap().effect, expected);
        }
    }

    fn what_is_measured_cannot_change_once_it_is_in_place(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let by = kit.manager(&[]);
        let made = create(kit, &by, input(by.user().unwrap()));
        let (id, actor) = (made.id, by.clone());
        kit.write(move |tx| actions::start(tx, &actor, id, "2026-11-20"));
        let now = kit.read(|tx| actions::read(tx, &by, id));
        let other = ImprovementInput { measure: "csat".into(), ..rules::to_input(&now, Locale::Fr) };
        let actor = by.clone();
        let outcome = kit.try_write(move |tx| actions::change(tx, &actor, id, 2, &other));
        assert!(matches!(outcome, Err(Error::Invalid(errors)) if errors[0].field == "measure"));
        let words = ImprovementInput { title: "Ouvrir deux caisses".into(), ..rules::to_input(&now, Locale::Fr) };
        let actor = by.clone();
        assert_eq!(kit.write(move |tx| actions::change(tx, &actor, id, 2, &words)).title, "Ouvrir deux caisses");
        assert_eq!(rules::due(&now, "2027-02-01".parse().unwrap()), rules::Due::Remeasure);
    }

    fn the_customers_concerned_are_told_once_and_those_who_refused_are_not(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let by = kit.manager(&[]);
        let wait = cause(kit, &by, "attente", "3");
        let other = cause(kit, &by, "prix", "3");
        let (told, refused, elsewhere) = (customer(kit, "Diatta", None), customer(kit, "Morvan", None), customer(kit, "Castaing", None));
        case(kit, &by, told, wait, "minor");
        case(kit, &by, told, wait, "minor");
        case(kit, &by, elsewhere, other, "minor");
        let no = case(kit, &by, refused, wait, "minor");
        let actor = by.clone();
        kit.write(move |tx| cases::actions::attempt(tx, &actor, no, "phone", "refused", "Plus jamais."));
        let made = create(kit, &by, ImprovementInput { cause: wait.to_string(), ..input(by.user().unwrap()) });
        let id = made.id;
        assert_eq!(kit.read(|tx| actions::case_count(tx, &by, id)), 3);
        let tell = || tell(kit, &by, id);
        assert!(matches!(tell(), Err(Error::Refused(m)) if m.key == "improvement-error-nothing-done"));
        let actor = by.clone();
        kit.write(move |tx| actions::start(tx, &actor, id, ""));
        assert_eq!([tell().unwrap(), tell().unwrap()], [1, 0], "once each");
        let to: Vec<Option<Id>> = kit.read(|tx| tx.query("SELECT customer_id FROM mails", &[], |row| row.get(0)));
        assert_eq!(to, [Some(told)]);
    }

    fn causes_are_ranked_and_a_vocal_minority_is_marked(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let by = kit.manager(&[]);
        let (wait, danger, price) = (cause(kit, &by, "attente", "3"), cause(kit, &by, "danger", "5"), cause(kit, &by, "prix", "1"));
        let people: Vec<Id> = (0..6).map(|n| customer(kit, &format!("Nom{n}"), None)).collect();
        for person in &people {
            case(kit, &by, *person, wait, "minor");
        }
        case(kit, &by, people[0], danger, "critical");
        kit.run_jobs();
        for _ in 0..4 {
            case(kit, &by, people[1], price, "minor");
        }
        let day = |text: &str| text.parse::<kernel::Day>().unwrap();
        let (_, found) = kit.read(|tx| ranking(tx, &by, None, (day("2026-11-01"), day("2026-11-30"))));
        let told: Vec<(Option<Id>, i64, i64, bool)> = found.iter().map(|r| (r.cause, r.n, r.weight, r.is_vocal)).collect();
        assert_eq!(told, [(Some(danger), 1, 20, false), (Some(wait), 6, 18, false), (Some(price), 4, 4, true)]
            .map(|(c, n, w, v)| (c, n, w, v)).to_vec());
        let (_, none) = kit.read(|tx| ranking(tx, &by, None, (day("2026-10-01"), day("2026-10-31"))));
        assert!(none.is_empty());
    }

    fn the_pages_carry_an_improvement_from_a_cause_to_its_verdict(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let by = kit.manager(&[]);
        let wait = cause(kit, &by, "attente", "3");
        case(kit, &by, customer(kit, "Diatta", None), wait, "minor");
        let app = app(kit);
        let me = app.sign_in(Role::Manager, &[]);
        let rank = app.get("/causes/ranking").signed_in(&me).send().expect(200).html();
        let begin = rank.attribute("td a.btn", "href").expect("an improvement to begin");
        let form = app.get(&begin).signed_in(&me).send().expect(200).html();
        assert!(form.has("#f-remeasure"));
        let owner = me.user.id.to_string();
        let fields = [("title", "Ouvrir une caisse"), ("cause", &wait.to_string()), ("owner", &owner), ("measure", "nps"),
            ("expected", "8"), ("due", "2026-12-01"), ("remeasure", "2027-02-01")];
        app.post("/improvements").signed_in(&me).form(&fields[..4]).send().expect(422);
        let made = app.post("/improvements").signed_in(&me).form(&fields).send().expect(303);
        let url = made.header("location").unwrap().to_owned();
        assert!(app.get(&url).signed_in(&me).send().expect(200).html().text(".head").contains("Prévue"));
        app.get(&format!("{url}/edit")).signed_in(&me).send().expect(200);
        let wrong = app.post(&format!("{url}/start")).signed_in(&me).form(&[("since", "2027-06-01")]).send().expect(422).html();
        assert!(wrong.text("#e-since").contains("pas encore venu"));
        assert_eq!(wrong.attribute("#f-since", "value").as_deref(), Some("2027-06-01"), "what was typed stays");
        app.post(&format!("{url}/start")).signed_in(&me).form(&[("since", "2026-11-20")]).send().expect(303);
        let shown = app.get(&url).signed_in(&me).send().expect(200).html();
        assert!(shown.text("#verdict").contains("Trop peu"));
        let again = app.post(&format!("{url}/start")).signed_in(&me).form(&[("since", "2026-11-21")]).send().expect(303);
        assert!(app.follow(&again).html().text(".toast--late").contains("déjà en place"));
        let early = app.post(&format!("{url}/verdict")).signed_in(&me).form(&[("lesson", "Trop tôt")]).send().expect(303);
        assert!(app.follow(&early).html().text(".toast--late").contains("pas venu"));
        app.get("/improvements").signed_in(&me).send().expect(200);
        app.get("/improvements/fragments/due").signed_in(&me).send().expect(200);
        app.post(&format!("{url}/abandonment")).signed_in(&me).form(&[("reason", "")]).send().expect(422);
        app.post(&format!("{url}/abandonment")).signed_in(&me).form(&[("reason", "Pas de budget.")]).send().expect(303);
        app.get(&url).signed_in_as(Role::Adviser, &[]).send().expect(200);
        app.post("/improvements").signed_in_as(Role::Adviser, &[]).form(&fields).send().expect(403);
    }
}
