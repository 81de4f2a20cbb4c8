use kernel::figures::Collection;
use kernel::identity::{Permission, Role};
use kernel::{Error, Id};
use testkit::Kit;

use super::actions;
use super::model::{Grouping, Measure, Query, Span};
use super::rules::IndicatorReport;
use super::store::Chosen;
use crate::testing::{Given, app, give, start, survey};

/// Two sites, a month of answers at each, the month before, a public link beside, and a site of three.
struct Demo {
    survey: Id,
    port: Id,
    halle: Id,
    small: Id,
}

fn demo(kit: &Kit) -> Demo {
    let survey = survey(kit, "Relation");
    let (port, halle, small) = (kit.site("Le Port"), kit.site("La Halle"), kit.site("Val"));
    let nps = |day: &str, value| Given::nps(survey, day, value);
    let open = Given { collection: Collection::SelfSelected, channel: "qr", ..nps("2026-11-12", 10) };
    give(
        kit,
        &[
            nps("2026-11-03", 10).at(port).times(30),
            nps("2026-11-04", 7).at(port).times(8),
            nps("2026-11-05", 9).at(port).saying("On m’a rappelée <b>le jour dit</b>."),
            nps("2026-11-06", 2).at(halle).times(12),
            nps("2026-11-07", 9).at(halle).times(28),
            nps("2026-11-07", 4).at(halle).saying("Trois personnes, trois réponses."),
            nps("2026-11-08", 0).at(small).times(3),
            nps("2026-10-10", 8).at(port).times(40),
            Given { value: None, ..nps("2026-11-09", 0) },
            open.times(50),
        ],
    );
    Demo { survey, port, halle, small }
}

fn month() -> Query {
    Query { span: Span::ThisMonth, ..Query::new(Measure::Nps) }
}

testkit::on_both! {
    with start;

    fn the_figure_is_the_same_on_the_page_in_the_interface_and_in_the_file(kit) {
        demo(kit);
        let app = app(kit);
        let director = kit.director();
        let report = kit.read(|tx| actions::measure_report(tx, &director, &month()));
        let value = report.figure.value.unwrap();
        let interval = report.figure.interval.unwrap();
        assert_eq!((report.figure.n, report.figure.missing), (83, 1));
        assert!((value - 100.0 * (59.0 - 16.0) / 83.0).abs() < 1e-9);

        let page = app.get("/indicators/nps?period=this_month").signed_in_as(Role::Director, &[]).send().expect(200).html();
        assert_eq!(page.attribute("data.figure__value", "value").unwrap(), format!("{value:.6}"));
        assert_eq!(page.text("data.figure__value"), "+52", "large, without decimals");
        assert!(page.text(".figure__range").ends_with("à 95\u{202f}%"), "{}", page.text(".figure__range"));

        let token = app.token(&[Permission::IndicatorsRead], None);
        let json = app.get("/api/v1/indicators/nps?period=this_month").bearer(&token).send().expect(200).json();
        assert_eq!(json["figure"]["value"].as_f64().unwrap(), value);
        assert_eq!(json["figure"]["interval"]["low"].as_f64().unwrap(), interval.low);
        assert_eq!(json["figure"]["n"], 83);
        assert_eq!(json["others"][0]["collection_group"], "self_selected");
        assert_eq!(json["others"][0]["figure"]["interval"], serde_json::Value::Null);

        let file = app.get("/indicators/nps/export.csv?period=this_month").signed_in_as(Role::Director, &[]).send().expect(200);
        let text = file.text();
        let first: Vec<&str> = text.lines().nth(1).unwrap().split(',').collect();
        assert_eq!(first[9].parse::<f64>().unwrap(), value);
        assert_eq!(first[10].parse::<f64>().unwrap(), interval.low);
        assert!(text.starts_with('\u{feff}') && text.contains("\nother,self_selected,"), "{text}");
    }

    fn marks_open_as_many_answers_as_they_stand_for(kit) {
        demo(kit);
        let director = kit.director();
        let report = kit.read(|tx| actions::measure_report(tx, &director, &month()));
        let app = app(kit);
        let rows = |address: &str| {
            let page = app.get(address).signed_in_as(Role::Director, &[]).send().expect(200).html();
            page.count("tbody tr") as u64
        };
        for score in report.distribution.iter().filter(|score| score.n > 0 && score.n <= 50) {
            assert_eq!(rows(&score.rows), score.n, "{}", score.rows);
        }
        for group in report.by_site.iter().filter_map(|group| group.figure.as_ref()) {
            assert_eq!(rows(&group.rows), group.n, "{}", group.rows);
        }
        assert_eq!(rows(&report.others[0].figure.rows), 50);
        // More answers than fit on a page: the rest is one link away.
        let all = app.get(&report.figure.rows).signed_in_as(Role::Director, &[]).send().expect(200).html();
        assert_eq!(all.count("tbody tr"), 50);
        let next = all.attribute("a[rel=next]", "href").unwrap();
        assert_eq!(rows(&next), 34, "83 answers, and the question left unanswered");
    }

    fn small_groups_are_hidden_on_the_page_and_in_the_interface(kit) {
        demo(kit);
        let app = app(kit);
        let token = app.token(&[Permission::IndicatorsRead], None);
        let json = app.get("/api/v1/indicators/nps?period=this_month").bearer(&token).send().expect(200).json();
        let hidden: Vec<&str> = json["by_site"].as_array().unwrap().iter()
            .filter(|group| group["figure"].is_null()).map(|group| group["name"].as_str().unwrap()).collect();
        assert_eq!(hidden.len(), 2, "Val, and the next smallest with it: {hidden:?}");
        assert!(hidden.contains(&"Val"));
        let page = app.get("/indicators/nps?period=this_month").signed_in_as(Role::Analyst, &[]).send().expect(200).html();
        assert!(page.select_text("tr").iter().any(|row| row.starts_with("Val") && row.contains("masqué") && !row.contains("−100")));
    }

    fn a_narrow_choice_below_the_floor_shows_no_value(kit) {
        let demo = demo(kit);
        let app = app(kit);
        let address = format!("/indicators/nps?period=this_month&site={}", demo.small);
        let page = app.get(&address).signed_in_as(Role::Director, &[]).send().expect(200);
        let text = page.text();
        assert!(!page.html().has("data.figure__value") && text.contains("trop peu pour un chiffre"));
        assert!(text.contains("on pourrait deviner qui a répondu"), "{text}");
        assert!(!page.html().has(".chart svg"), "neither curve nor bars");
    }

    fn a_colleague_of_one_site_sees_its_answers_only(kit) {
        let demo = demo(kit);
        let manager = kit.manager(&[demo.port]);
        let report = kit.read(|tx| actions::measure_report(tx, &manager, &month()));
        assert_eq!(report.figure.n, 39);
        assert!(report.figure.population.ends_with("Le Port"), "{}", report.figure.population);
        let foreign = Query { sites: vec![Some(demo.halle)], ..month() };
        assert!(matches!(kit.db().read(|tx| actions::measure_report(tx, &manager, &foreign)), Err(Error::NotFound)));
        let chosen = Chosen { sites: vec![Some(demo.halle)], ..Chosen::new(Measure::Nps) };
        assert!(matches!(kit.db().read(|tx| actions::answers(tx, &manager, &chosen, None, 10)), Err(Error::NotFound)));
        let all = kit.read(|tx| actions::answers(tx, &manager, &Chosen::new(Measure::Nps), None, 500));
        assert!(all.rows.iter().all(|row| row.site.is_none_or(|site| site == demo.port)));
    }

    fn without_the_right_to_answers_figures_show_and_words_do_not(kit) {
        demo(kit);
        let app = app(kit);
        let page = app.get("/indicators/nps?period=this_month").signed_in_as(Role::Analyst, &[]).send().expect(200);
        assert!(!page.text().contains("le jour dit") && !page.text().contains("/indicators/nps/answers"), "{page}");
        assert!(page.text().contains("Votre rôle voit les chiffres"));
        let refused = app.get("/indicators/nps/answers").signed_in_as(Role::Analyst, &[]).send().expect(403);
        assert!(refused.text().contains("lire les réponses"), "{refused}");
        let token = app.token(&[Permission::IndicatorsRead], None);
        app.get("/api/v1/answers?measure=nps").bearer(&token).send().expect(403);
        let reader = app.token(&[Permission::AnswersRead], None);
        app.get("/api/v1/indicators/nps").bearer(&reader).send().expect(403);
        app.get("/indicators/nps/export.csv").signed_in_as(Role::Adviser, &[]).send().expect(403);
    }

    fn customers_words_are_escaped_and_stand_in_their_language(kit) {
        demo(kit);
        let page = app(kit).get("/indicators/nps?period=this_month").signed_in_as(Role::Director, &[]).send().expect(200);
        assert!(page.text().contains("&#60;b&#62;le jour dit") || page.text().contains("&lt;b&gt;le jour dit"), "{page}");
        let html = page.html();
        assert_eq!(html.attribute("p.voice", "lang").unwrap(), "fr");
        assert!(html.text("p.voice").starts_with("«\u{202f}"), "{}", html.text("p.voice"));
        assert!(html.select_text(".said footer").iter().any(|about| about.starts_with("4 sur 10 · La Halle")));
    }

    fn answers_are_paged_without_a_gap_or_a_double(kit) {
        demo(kit);
        let app = app(kit);
        let token = app.token(&[Permission::AnswersRead], None);
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let address = format!("/api/v1/answers?measure=nps&limit=40&cursor={cursor}");
            let json = app.get(&address).bearer(&token).send().expect(200).json();
            for item in json["items"].as_array().unwrap() {
                seen.push(item["response_id"].as_str().unwrap().to_owned());
            }
            match json["next_cursor"].as_str() {
                Some(next) => cursor = next.to_owned(),
                None => break,
            }
        }
        assert_eq!(seen.len(), 174);
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 174);
        for (filter, n) in [("class=low", 16), ("value=10&collection=probability", 30), ("words=yes", 2)] {
            let address = format!("/api/v1/answers?measure=nps&limit=500&from=2026-11-01&{filter}");
            let json = app.get(&address).bearer(&token).send().expect(200).json();
            assert_eq!(json["items"].as_array().unwrap().len(), n, "{filter}");
        }
    }

    fn wrong_addresses_are_refused_in_words(kit) {
        let demo = demo(kit);
        let app = app(kit);
        let token = app.token(&[Permission::IndicatorsRead, Permission::AnswersRead], None);
        for (address, status) in [
            ("/api/v1/indicators/luck", 404),
            ("/api/v1/indicators/nps?from=2026-02-30", 422),
            ("/api/v1/indicators/nps?from=2026-03-02&to=2026-03-01", 422),
            ("/api/v1/indicators/nps?grouping=day", 422),
            ("/api/v1/indicators/nps?survey=1", 404),
            ("/api/v1/indicators/nps?site=1", 404),
            ("/api/v1/indicators/nps?channel=%27%20OR%201=1", 200),
            ("/api/v1/answers", 422),
            ("/api/v1/answers?measure=nps&value=11", 422),
            ("/api/v1/answers?measure=nps&cursor=x", 422),
            ("/api/v1/answers?measure=nps&limit=many", 422),
        ] {
            let answer = app.get(address).bearer(&token).send();
            assert_eq!(answer.status, status, "{address}: {answer}");
        }
        for address in ["/indicators/luck", "/definitions/luck"] {
            app.get(address).signed_in_as(Role::Director, &[]).send().expect(404);
        }
        let none = app.get(&format!("/api/v1/indicators/nps?channel=fax&survey={}", demo.survey)).bearer(&token).send();
        assert_eq!(none.expect(200).json()["figure"]["n"], 0);
    }

    fn every_page_of_the_room_is_shown_to_who_may_see_it(kit) {
        demo(kit);
        let app = app(kit);
        for address in [
            "/indicators",
            "/indicators/nps",
            "/indicators/csat",
            "/indicators/ces2",
            "/indicators/nps?period=all&grouping=week&collection=self_selected",
            "/indicators/nps?period=custom&from=2026-11-01&to=2026-11-15&site=none",
            "/indicators/nps/answers",
            "/indicators/fragments/home",
            "/indicators/fragments/words",
            "/definitions/nps",
            "/definitions/nps_weighted",
            "/definitions/csat",
            "/definitions/ces_v2",
            "/definitions/ces_v2_agree",
            "/verbatims",
        ] {
            let page = app.get(address).signed_in_as(Role::Manager, &[]).send().expect(200);
            let text = page.text();
            let missing = text.split(['>', '<', '"']).find(|part| {
                let is_key = part.starts_with("indicator-") || part.starts_with("definition-") || part.starts_with("verbatim-");
                is_key && !part.contains(' ')
            });
            assert_eq!(missing, None, "{address} shows a key instead of a text");
            assert!(!text.contains("style="), "{address}");
        }
    }

    fn an_empty_report_leads_to_what_is_known(kit) {
        let survey = survey(kit, "Ancienne");
        give(kit, &[Given::nps(survey, "2017-05-10", 9).times(40)]);
        let app = app(kit);
        let page = app.get("/indicators/nps").signed_in_as(Role::Director, &[]).send().expect(200);
        assert!(page.text().contains("10\u{a0}mai 2017") || page.text().contains("2017"), "{page}");
        let all = page.html().attributes("a", "href").into_iter().find(|href| href.contains("period=all")).unwrap();
        assert_eq!(app.get(&all).signed_in_as(Role::Director, &[]).send().expect(200).html().text("data.figure__value"), "+100");
    }

    fn the_response_rate_counts_the_invitations_of_the_period(kit) {
        let demo = demo(kit);
        kit.write(move |tx| {
            let (customer, now) = (tx.new_id(), tx.now());
            tx.execute(
                "INSERT INTO customers (last_contact_at, id, kind, role, given_name, family_name, organisation_name, sort_name, street,
                                        postal_code, city, country, expects, created_at, updated_at, version)
                 VALUES ($2, $1, 'person', 'customer', '', '', '', '', '', '', '', 'FR', '', $2, $2, 1)",
                &[&customer, &now],
            )?;
            for index in 0..10 {
                let (id, answered) = (tx.new_id(), (index < 4).then_some(now));
                tx.execute(
                    "INSERT INTO invitations (id, survey_id, customer_id, site_id, collection, channel, created_at,
                                              expires_at, answered_at)
                     VALUES ($1, $2, $3, $4, 'random_draw', 'email', $5, $5, $6)",
                    &[&id, &demo.survey, &customer, &demo.port, &now, &answered],
                )?;
            }
            Ok(())
        });
        let director = kit.director();
        let report = kit.read(|tx| actions::measure_report(tx, &director, &month()));
        assert_eq!(report.invited.unwrap().rate(), Some(0.4));
        let elsewhere = Query { sites: vec![Some(demo.halle)], ..month() };
        assert_eq!(kit.read(|tx| actions::measure_report(tx, &director, &elsewhere)).invited, None);
    }
}

testkit::on_both! {
    with start;

    fn figures_are_the_same_with_tallies_without_them_and_with_stale_ones(kit) {
        let (shop, survey, other) = (kit.site("Halle"), crate::testing::survey(kit, "A"), crate::testing::survey(kit, "B"));
        let days = ["2024-11-22", "2024-11-30", "2025-01-31", "2025-11-22", "2025-11-23", "2026-02-28", "2026-08-15", "2026-10-01",
                    "2026-10-31", "2026-11-01", "2026-11-21", "2026-11-22"];
        let mut answers = Vec::new();
        for (index, day) in days.iter().enumerate() {
            let score = [10, 9, 3, 8][index % 4];
            answers.push(Given::nps(survey, day, score).times(3 + index as u32));
            answers.push(Given { weight: 2.0, ..Given::nps(other, day, 10 - score).times(6).at(shop) });
            answers.push(Given { channel: "paper", value: None, ..Given::nps(other, day, 0) });
        }
        give(kit, &answers);
        let director = kit.director();
        let queries: Vec<Query> = [Span::ThisMonth, Span::LastMonth, Span::LastQuarter, Span::Year, Span::All,
            Span::Custom("2025-01-15".parse().ok(), "2026-10-15".parse().ok())]
            .into_iter()
            .flat_map(|span| [Grouping::Week, Grouping::Month, Grouping::Quarter].map(|grouping|
                Query { span, grouping, ..Query::new(Measure::Nps) }))
            .collect();
        let all = |kit: &Kit| -> Vec<IndicatorReport> {
            let report = |query: &Query| kit.read(|tx| actions::measure_report(tx, &director, query));
            queries.iter().map(report).collect()
        };
        let plain = all(kit);
        assert!(plain.iter().all(|report| report.figure.n > 0));
        while kit.write(listen::tallies::refresh) {}
        assert_eq!(kit.read(|tx| tx.query_one("SELECT COUNT(*) FROM tallied_surveys", &[], |r| r.get::<i64>(0))), 2);
        assert_eq!(all(kit), plain, "from tallies");
        kit.write(move |tx| listen::tallies::store::outdate(tx, other, "2026-10-31".parse().unwrap()));
        assert_eq!(all(kit), plain, "from tallies and answers");
    }
}

#[test]
fn one_query_reads_the_covering_index_without_sorting() {
    let kit = start(testkit::Engine::Sqlite);
    let plan = kit.read(|tx| {
        tx.query(
            "EXPLAIN QUERY PLAN
             SELECT survey_id, day, site_id, channel, collection, value, COUNT(*), SUM(weight), SUM(weight * weight)
             FROM answer_facts WHERE measure = 'nps' AND survey_id IN (1, 2) AND day >= 20000 AND day <= 20500
             GROUP BY survey_id, day, site_id, channel, collection, value",
            &[],
            |row| row.get::<String>(3),
        )
    });
    let plan = plan.join("\n");
    assert!(
        plan.contains(
            "USING COVERING INDEX answer_facts_cube (measure=? AND survey_id=? AND day>? AND day<?)"
        ),
        "{plan}"
    );
    assert!(!plan.contains("TEMP B-TREE"), "{plan}");
}
