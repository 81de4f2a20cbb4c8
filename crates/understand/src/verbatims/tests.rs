use kernel::identity::Role;
use kernel::{Error, Id};
use testkit::Kit;

use super::model::{Input, Query};
use super::{actions, rules};
use crate::indicators::Span;
use crate::testing::{Given, app, give, start, survey};

fn demo(kit: &Kit) -> (Id, Id, Id) {
    let survey = survey(kit, "Relation");
    let (port, halle) = (kit.site("Le Port"), kit.site("La Halle"));
    let nps = |day: &str, value| Given::nps(survey, day, value);
    give(
        kit,
        &[
            nps("2026-11-20", 10).at(port).saying("Conseillère parfaite, DÉLAI tenu. Œuvre utile"),
            nps("2026-11-19", 3).at(halle).saying("<script>alert(1)</script> délai trop long"),
            nps("2026-10-01", 8).at(port).saying("Correct"),
            nps("2026-11-21", 9).at(port),
        ],
    );
    (survey, port, halle)
}

fn everything() -> Query {
    Query { span: Span::All, ..Query::default() }
}

testkit::on_both! {
    with start;

    fn words_are_found_whatever_their_case_and_accents(kit) {
        demo(kit);
        let director = kit.director();
        let found = |q: &str| {
            let query = rules::parse(&Input { q: q.into(), ..Input::default() }).unwrap();
            kit.read(|tx| actions::find(tx, &director, &query)).verbatims.len()
        };
        assert_eq!(found("delai"), 2);
        assert_eq!(found("DELAI long"), 1);
        assert_eq!(found("oeuvre"), 1);
        assert_eq!(found("%"), 0, "a sign of the query language is only a sign");
        assert_eq!(found(""), 3);
        assert_eq!(found("introuvable"), 0);
    }

    fn words_are_chosen_by_score_site_survey_and_period(kit) {
        let (survey, port, halle) = demo(kit);
        let director = kit.director();
        let count = |query: Query| kit.read(|tx| actions::find(tx, &director, &query)).verbatims.len();
        assert_eq!(count(Query { class: Some(crate::indicators::Class::Low), ..everything() }), 1);
        assert_eq!(count(Query { measure: Some(crate::indicators::Measure::Csat), ..everything() }), 0);
        assert_eq!(count(Query { sites: vec![Some(port)], ..everything() }), 2);
        assert_eq!(count(Query { survey: Some(survey), span: Span::ThisMonth, ..everything() }), 2);
        assert_eq!(count(Query { sites: vec![Some(halle)], span: Span::LastMonth, ..everything() }), 0);
    }

    fn a_colleague_of_one_site_reads_its_words_only(kit) {
        let (_, port, halle) = demo(kit);
        let adviser = kit.adviser(&[port]);
        let read = kit.read(|tx| actions::find(tx, &adviser, &everything()));
        assert_eq!(read.verbatims.len(), 2);
        let foreign = Query { sites: vec![Some(halle)], ..everything() };
        assert!(matches!(kit.db().read(|tx| actions::find(tx, &adviser, &foreign)), Err(Error::NotFound)));
        let analyst = kit.analyst();
        assert!(matches!(kit.db().read(|tx| actions::find(tx, &analyst, &everything())), Err(Error::Denied(_))));
    }

    fn pages_follow_each_other_without_a_gap_or_a_double(kit) {
        let survey = survey(kit, "Longue");
        let all: Vec<Given> =
            (0..70).map(|i| Given::nps(survey, "2026-11-01", 5).saying(&format!("mot {i}"))).collect();
        give(kit, &all);
        let director = kit.director();
        let (mut seen, mut query, mut pages) = (Vec::new(), everything(), 0);
        loop {
            let found = kit.read(|tx| actions::find(tx, &director, &query));
            pages += 1;
            assert_eq!(found.reached, None);
            seen.extend(found.verbatims.into_iter().flat_map(|verbatim| verbatim.words));
            match found.next {
                Some(place) => query.after = Some(place),
                None => break,
            }
        }
        assert_eq!((seen.len(), pages), (70, 3));
        assert_eq!(seen[0], "mot 69", "the newest first");
    }

    fn what_customers_write_is_text_and_nothing_else(kit) {
        demo(kit);
        let app = app(kit);
        let page = app.get("/verbatims").signed_in_as(Role::Manager, &[]).send().expect(200);
        assert!(!page.text().contains("<script>alert"), "{page}");
        assert_eq!(page.html().count("p.voice[lang=fr]"), 3);
        let week = app.get("/indicators/fragments/words").signed_in_as(Role::Manager, &[]).send().expect(200);
        assert_eq!(week.html().count("p.voice"), 2, "this week only");
        app.get("/verbatims?q=%3Cb%3E&class=low&period=all").signed_in_as(Role::Manager, &[]).send().expect(200);
        app.get("/verbatims?class=happy").signed_in_as(Role::Manager, &[]).send().expect(422);
        app.get("/verbatims").signed_in_as(Role::Analyst, &[]).send().expect(403);
    }
}
