//! The linter against faulty questions, the rules, and the room through its actions and routes on both databases.

use kernel::identity::{Actor, Role};
use kernel::texts::{Locale, Texts};
use kernel::{Error, Id};
use proptest::prelude::*;
use testkit::{Engine, Kit, Parts, TestApp};

use super::linter::{Fault, lint_question};
use super::model::*;
use super::{actions, rules, templates};

pub(crate) fn start(engine: Engine) -> Kit {
    Kit::builder(engine)
        .migrations(&[kernel::MIGRATIONS, know::MIGRATIONS, crate::MIGRATIONS])
        .handlers(crate::handlers())
        .subscriptions(crate::subscriptions())
        .readers(16)
        .start()
}

pub(crate) fn texts() -> kernel::texts::T {
    let all = [kernel::texts::SOURCES, web_kit::TEXTS, know::TEXTS, crate::TEXTS].concat();
    Texts::leak(&all).unwrap().reader(Locale::Fr)
}

pub(crate) fn parts() -> Parts {
    Parts {
        routes: crate::routes(),
        texts: vec![know::TEXTS, crate::TEXTS],
        nav: crate::NAV.to_vec(),
        ..Parts::default()
    }
}

pub(crate) fn new_survey(template: Template) -> NewSurvey {
    let settings = Settings { name: "Relation".into(), after_contact: false, quiet_days: 90 };
    NewSurvey { template, settings, content: templates::content(texts(), template, "la Maison") }
}

/// A published survey.
pub(crate) fn published(kit: &Kit, by: &Actor, new: NewSurvey) -> Survey {
    let by = by.clone();
    kit.write(move |tx| {
        let draft = actions::create(tx, &by, &new)?;
        actions::publish(tx, &by, draft.id)
    })
}

fn question(kind: QuestionKind, fr: &str, en: &str) -> Question {
    Question {
        key: "q1".into(),
        kind,
        text: Words::new(fr, en),
        low: Words::new("pas du tout", "not at all"),
        high: Words::new("tout à fait", "completely"),
        options: Vec::new(),
    }
}

fn choice(options: &[(&str, &str)]) -> Question {
    let options = options.iter().map(|(fr, en)| Words::new(*fr, *en)).collect();
    Question { options, ..question(QuestionKind::Choice, "Où achetez-vous ?", "Where do you buy?") }
}

fn faults(question: &Question) -> Vec<(Locale, Fault)> {
    lint_question(question).into_iter().map(|w| (w.locale, w.fault)).collect()
}

#[test]
fn forty_faulty_questions_yield_the_expected_warnings() {
    use Fault::*;
    use QuestionKind::{Ces2, Csat, Nps, Text};
    let french: [(QuestionKind, &str, Fault); 22] = [
        (Csat, "Notre conseiller a-t-il été rapide et clair ?", TwoIdeas),
        (Csat, "Le magasin est-il propre ainsi que bien rangé ?", TwoIdeas),
        (Csat, "L’accueil ou le conseil vous ont-ils convenu ?", TwoIdeas),
        (Text, "Qu’avez-vous aimé ? Que changeriez-vous ?", TwoIdeas),
        (Ces2, "J’ai été renseigné puis servi rapidement.", TwoIdeas),
        (Csat, "La livraison n’a-t-elle pas été en retard ?", Negation),
        (Csat, "Le vendeur ne vous a pas fait attendre.", Negation),
        (Csat, "Avez-vous trouvé sans chercher ?", Negation),
        (Csat, "Nos prix sont-ils jamais trop hauts ?", Negation),
        (Text, "Pourquoi aucun produit ne vous a plu ?", Negation),
        (Csat, "Notre excellent conseiller vous a-t-il aidé ?", Leading),
        (Csat, "Comment notez-vous notre équipe formidable ?", Leading),
        (Csat, "Avez-vous apprécié notre service irréprochable ?", Leading),
        (Csat, "Êtes-vous d’accord pour dire que l’accueil est bon ?", Leading),
        (Csat, "Bien sûr, vous reviendrez ?", Leading),
        (Csat, "L’attente est courte, n’est-ce pas ?", Leading),
        (Csat, "À quel point avez-vous aimé la visite ?", Leading),
        (Nps, "Recommanderiez-vous nos chaleureuses boutiques ?", Leading),
        (
            Csat,
            "En pensant à tout ce qui s’est passé depuis votre arrivée devant la porte du magasin jusqu’à votre départ du parking, quelle note donneriez-vous à votre visite d’aujourd’hui ?",
            TooLong,
        ),
        (Csat, "Évidemment, le prix vous convient ?", Leading),
        (Csat, "Le personnel est-il aimable et disponible ?", TwoIdeas),
        (Csat, "Le site est-il fantastique ?", Leading),
    ];
    for (kind, text, fault) in french {
        let found = faults(&question(kind, text, "Fine?"));
        assert!(found.contains(&(Locale::Fr, fault)), "{text}: {found:?}");
    }
    let english: [(QuestionKind, &str, Fault); 14] = [
        (Csat, "Was our adviser quick and clear?", TwoIdeas),
        (Csat, "How clean or tidy was the shop?", TwoIdeas),
        (Csat, "Was the shop clean as well as tidy?", TwoIdeas),
        (Text, "What did you like? What would you change?", TwoIdeas),
        (Csat, "The delivery was not late.", Negation),
        (Csat, "Didn't the seller keep you waiting?", Negation),
        (Csat, "I never had to wait.", Negation),
        (Csat, "Did you find it without searching?", Negation),
        (Csat, "How good is our amazing team?", Leading),
        (Csat, "How would you rate our award-winning service?", Leading),
        (Csat, "How much did you enjoy your visit?", Leading),
        (Csat, "You will come back, of course?", Leading),
        (Csat, "Was our great adviser helpful?", Leading),
        (
            Csat,
            "Thinking of everything that took place from the moment you came through the door of the shop until you left the car park, how would you rate it?",
            TooLong,
        ),
    ];
    for (kind, text, fault) in english {
        let found = faults(&question(kind, "Bien ?", text));
        assert!(found.contains(&(Locale::En, fault)), "{text}: {found:?}");
    }
    let plain = question(Csat, "Êtes-vous satisfait ?", "Are you satisfied?");
    let unlabelled = Question { high: Words::new("", "completely"), ..plain.clone() };
    assert_eq!(faults(&unlabelled), [(Locale::Fr, MissingLabels)]);
    let unbalanced = Question {
        low: Words::new("satisfait", "satisfied"),
        high: Words::new("très satisfait", "very satisfied"),
        ..plain.clone()
    };
    assert_eq!(faults(&unbalanced), [(Locale::Fr, UnbalancedScale), (Locale::En, UnbalancedScale)]);
    let untranslated = Question { text: Words::new("Êtes-vous satisfait ?", " "), ..plain };
    assert_eq!(faults(&untranslated), [(Locale::En, MissingTranslation)]);
    let closed = choice(&[("Au marché", "At the market"), ("En ligne", "Online")]);
    assert_eq!(faults(&closed), [(Locale::Fr, MissingEscape), (Locale::En, MissingEscape)]);
}

#[test]
fn sound_questions_yield_no_warning() {
    let sound = [
        question(
            QuestionKind::Csat,
            "Êtes-vous satisfait de l’attente ?",
            "How satisfied are you with the wait?",
        ),
        question(
            QuestionKind::Nps,
            "Recommanderiez-vous la Maison à un ami ou collègue ?",
            "Would you recommend us to a friend or colleague?",
        ),
        question(
            QuestionKind::Csat,
            "Le délai était-il plus ou moins celui prévu ?",
            "Was it more or less on time?",
        ),
        question(
            QuestionKind::Csat,
            "Votre besoin est-il devenu plus grand ?",
            "Is your need greater than before?",
        ),
        question(
            QuestionKind::Text,
            "Racontez-nous la visite et le retour.",
            "Tell us about the visit and the way back.",
        ),
        question(
            QuestionKind::Csat,
            "Notre nouveau rayon vous convient-il ?",
            "Does our new department suit you?",
        ),
        choice(&[("Au marché", "At the market"), ("Autre lieu", "Somewhere else, other")]),
    ];
    for question in sound {
        assert_eq!(faults(&question), [], "{}", question.text.fr);
    }
    for template in Template::OFFERED {
        let content = templates::content(texts(), template, "la Maison");
        assert_eq!(super::linter::lint(&content), [], "{}", template.name());
        assert_eq!(rules::check_publishable(&content), [], "{}", template.name());
        for locale in Locale::ALL {
            assert!(rules::seconds(&content, locale) < 60.0, "{}", template.name());
        }
    }
}

#[test]
fn thanks_follow_the_bands_of_each_measure() {
    use QuestionKind::{Ces2, Csat, Nps};
    for (kind, low, middle, high) in
        [(Nps, 0..=6, 7..=8, 9..=10), (Csat, 1..=2, 3..=3, 4..=5), (Ces2, 1..=3, 4..=4, 5..=7)]
    {
        assert!(low.map(|v| rules::band(kind, v)).all(|b| b == Some(Band::Low)));
        assert!(middle.map(|v| rules::band(kind, v)).all(|b| b == Some(Band::Middle)));
        assert!(high.map(|v| rules::band(kind, v)).all(|b| b == Some(Band::High)));
    }
    assert_eq!(rules::band(QuestionKind::Text, 5), None);
}

#[test]
fn a_survey_must_begin_with_a_score_and_ask_each_measure_once() {
    let mut content = templates::content(texts(), Template::Nps, "la Maison");
    let twice = content.questions[0].clone();
    content.questions.push(Question { key: "q9".into(), ..twice });
    assert_eq!(rules::check_publishable(&content)[0].field, "q9.text_fr");
    content.questions.remove(0);
    content.questions.pop();
    assert_eq!(rules::check_publishable(&content)[0].field, "questions");
}

proptest! {
    #[test]
    fn rearranging_never_loses_or_doubles_a_question(steps in prop::collection::vec((0_u8..3, 0_usize..6), 0..40)) {
        let mut content = templates::content(texts_once(), Template::Csat, "la Maison");
        let before: Vec<String> = content.questions.iter().map(|q| q.key.clone()).collect();
        for (what, which) in steps {
            let key = format!("q{which}");
            match what {
                0 => rules::rearrange(&mut content, rules::Rearrange::Up(key)),
                1 => rules::rearrange(&mut content, rules::Rearrange::Down(key)),
                _ => {
                    let new = question(QuestionKind::Text, "Quoi ?", "What?");
                    rules::rearrange(&mut content, rules::Rearrange::Add(new));
                }
            }
        }
        let mut keys: Vec<String> = content.questions.iter().map(|q| q.key.clone()).collect();
        prop_assert!(before.iter().all(|key| keys.contains(key)));
        keys.sort();
        keys.dedup();
        prop_assert_eq!(keys.len(), content.questions.len());
    }

    #[test]
    fn no_text_upsets_the_linter(fr in ".{0,200}", en in ".{0,200}", low in ".{0,30}") {
        let mut odd = question(QuestionKind::Csat, &fr, &en);
        odd.low = Words::new(low.clone(), low);
        lint_question(&odd);
    }
}

fn texts_once() -> kernel::texts::T {
    static T: std::sync::OnceLock<kernel::texts::T> = std::sync::OnceLock::new();
    *T.get_or_init(texts)
}

fn id_of(path: &str) -> Id {
    path.split('/').find_map(|part| part.parse().ok()).unwrap()
}

testkit::on_both! {
    with start;

    fn a_published_wording_is_frozen_and_a_change_needs_publishing_again(kit) {
        let by = kit.manager(&[]);
        let survey = published(kit, &by, new_survey(Template::Nps));
        assert_eq!((survey.state, survey.published_number), (State::Open, Some(1)));
        let (actor, mut draft) = (by.clone(), survey.draft.clone());
        draft.questions[1].text.fr = "Pourquoi cette note ?".into();
        let settings = survey.settings.clone();
        let changed = kit.write(move |tx| actions::save(tx, &actor, survey.id, survey.version, &settings, &draft));
        let frozen = kit.read(|tx| crate::surveys::store::version_content(tx, changed.id, 1));
        assert_ne!(frozen, changed.draft);
        let actor = by.clone();
        let again = kit.write(move |tx| actions::publish(tx, &actor, changed.id));
        assert_eq!(again.published_number, Some(2));
        assert_eq!(kit.read(|tx| crate::surveys::store::version_content(tx, again.id, 1)), frozen);
        let actor = by.clone();
        let nothing_new = kit.try_write(move |tx| actions::publish(tx, &actor, again.id));
        assert!(matches!(nothing_new, Err(Error::Refused(_))));
        let kinds: Vec<String> = kit.events("survey").into_iter().map(|e| e.kind).collect();
        assert_eq!(kinds, ["survey.created", "survey.published", "survey.changed", "survey.published"]);
    }

    fn a_stale_change_is_refused_and_shown_with_what_was_typed(kit) {
        let app = TestApp::new(kit, parts());
        let manager = app.sign_in(Role::Manager, &[]);
        let made = app.post("/surveys").signed_in(&manager).form(&[("template", "csat")]).send().expect(303);
        let edit = made.header("location").unwrap().to_owned();
        let page = app.get(&edit).signed_in(&manager).send().expect(200).html();
        assert_eq!(page.count("ol.qs > li"), 3);
        let send = |version: &str, title: &str, pressed: &str| {
            app.post(&edit).signed_in(&manager).form(&[
                ("version", version), ("name", "Après contact"), ("quiet_days", "30"), ("title_fr", title),
                ("title_en", "Your contact"), ("question", "q1:csat"), ("q1.text_fr", "Satisfait ?"),
                ("q1.text_en", "Satisfied?"), ("question", "q2:text"), ("q2.text_fr", "Pourquoi ?"),
                ("q2.text_en", "Why?"), ("last_key", "3"), ("kind", "choice"), ("do", pressed),
            ]).send()
        };
        send("1", "Votre contact", "add").expect(303);
        let page = app.get(&edit).signed_in(&manager).send().expect(200).html();
        assert_eq!(page.attributes("input[name=question]", "value"), ["q1:csat", "q2:text", "q4:choice"]);
        let stale = send("1", "Un autre titre", "save").expect(412);
        assert!(stale.html().has(".notice--late[role=alert]"));
        assert_eq!(stale.html().attribute("#f-title_fr", "value").as_deref(), Some("Un autre titre"));
        let version = stale.html().attribute("input[name=version]", "value").unwrap();
        let long = send(&version, &"x".repeat(200), "save").expect(422);
        assert_eq!(long.html().attribute("#f-title_fr", "aria-invalid").as_deref(), Some("true"));
        send(&version, "Votre contact", "publish").expect(303);
        let survey = kit.read(|tx| crate::surveys::store::get(tx, id_of(&edit)));
        assert_eq!((survey.state, survey.settings.quiet_days), (State::Open, 30));
    }

    fn roles_see_what_they_may(kit) {
        let app = TestApp::new(kit, parts());
        let survey = published(kit, &kit.manager(&[]), new_survey(Template::Nps));
        for (role, read, write) in [(Role::Adviser, 200, 403), (Role::Analyst, 200, 403), (Role::Marketer, 200, 200)] {
            assert_eq!(app.get(&crate::surveys::sheet_url(survey.id)).signed_in_as(role, &[]).send().status, read, "{role:?}");
            let edit = format!("/surveys/{}/edit", survey.id);
            assert_eq!(app.get(&edit).signed_in_as(role, &[]).send().status, write, "{role:?}");
        }
        let words = app.get(&format!("/surveys/{}/responses", survey.id));
        assert_eq!(words.signed_in_as(Role::Analyst, &[]).send().status, 403);
    }

    fn every_page_of_a_survey_opens_in_both_languages(kit) {
        let app = TestApp::new(kit, parts());
        let manager = app.sign_in(Role::Manager, &[]);
        kit.site("Nord");
        let survey = published(kit, &kit.manager(&[]), new_survey(Template::Ces2));
        let id = survey.id;
        for path in [
            "/surveys".to_owned(), "/surveys/new".into(), format!("/surveys/{id}"), format!("/surveys/{id}/edit"),
            format!("/surveys/{id}/edit?check=on"), format!("/surveys/{id}/preview?lang=en"),
            format!("/surveys/{id}/qr?site=NORD&size=a4&lang=en"), format!("/surveys/{id}/invitations"),
            format!("/surveys/{id}/invitations/new"), format!("/surveys/{id}/responses"),
            format!("/surveys/{id}/invitations/export.csv"),
        ] {
            app.get(&path).signed_in(&manager).send().expect(200);
        }
        let code = app.get(&format!("/surveys/{id}/qr?site=NORD")).signed_in(&manager).send().html();
        assert_eq!(code.count("figure.qr svg"), 4);
        assert!(code.text("figure.qr code").ends_with("?site=NORD"), "as people may type it");
    }

    fn a_preview_records_nothing_and_thanks_as_the_public_page_would(kit) {
        let app = TestApp::new(kit, parts());
        let manager = app.sign_in(Role::Manager, &[]);
        let survey = published(kit, &kit.manager(&[]), new_survey(Template::Nps));
        let path = format!("/surveys/{}/preview", survey.id);
        let thanks = app.post(&path).signed_in(&manager).form(&[("q1", "2"), ("lang", "en")]).send().expect(200);
        assert!(thanks.html().text(".thanks").contains("let down"));
        app.post(&path).signed_in(&manager).form(&[("q1", "11")]).send().expect(422);
        assert!(kit.events("response").is_empty());
    }

    fn a_closed_survey_can_be_opened_again_and_copied(kit) {
        let by = kit.manager(&[]);
        let survey = published(kit, &by, new_survey(Template::Nps));
        let actor = by.clone();
        let closed = kit.write(move |tx| actions::close(tx, &actor, survey.id));
        assert_eq!(closed.state, State::Closed);
        let actor = by.clone();
        assert_eq!(kit.write(move |tx| actions::reopen(tx, &actor, closed.id)).state, State::Open);
        let actor = by.clone();
        let copy = kit.write(move |tx| actions::duplicate(tx, &actor, closed.id, "Relation (copie)"));
        assert_eq!((copy.state, copy.published_number, &copy.draft), (State::Draft, None, &closed.draft));
        assert_ne!(copy.secret, closed.secret);
        let found = kit.read(|tx| crate::surveys::find(tx, &by, "RELATION (c"));
        assert_eq!(found.len(), 1);
    }

    fn a_program_writes_publishes_and_closes_a_survey(kit) {
        use kernel::identity::Permission::{SurveysRead, SurveysWrite};
        let app = TestApp::new(kit, parts());
        let token = app.token(&[SurveysRead, SurveysWrite], None);
        let body = serde_json::json!({ "template": "nps", "name": "Par l’API" });
        let send = || app.post("/api/v1/surveys").bearer(&token).header("idempotency-key", "k1").json(&body).send();
        let made = send().expect(201);
        assert_eq!(made.json(), send().expect(201).json());
        let path = made.header("location").unwrap().to_owned();
        let empty = serde_json::json!({});
        let publish = format!("{path}/publication");
        let published = app.post(&publish).bearer(&token).json(&empty).send().expect(201).json();
        assert_eq!(published["state"], "open");
        let patch = serde_json::json!({ "name": "Autre nom" });
        app.patch(&path).bearer(&token).json(&patch).if_match(1).send().expect(412);
        app.patch(&path).bearer(&token).json(&patch).if_match(2).send().expect(200);
        let bad = serde_json::json!({ "content": { "questions": [{ "key": "a b", "kind": "nps" }] } });
        app.patch(&path).bearer(&token).json(&bad).if_match(3).send().expect(422);
        app.post(&format!("{path}/closure")).bearer(&token).json(&empty).send().expect(201);
        let opened = app.delete(&format!("{path}/closure")).bearer(&token).send().expect(200).json();
        assert_eq!(opened["state"], "open");
        let list = app.get("/api/v1/surveys").bearer(&token).send().expect(200).json();
        assert_eq!(list["items"].as_array().unwrap().len(), 1);
    }
}
