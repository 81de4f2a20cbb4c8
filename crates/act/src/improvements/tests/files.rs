//! Improvements and the ranking as files.

use super::*;

fn cells(file: &str) -> Vec<Vec<String>> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(file.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

testkit::on_both! {
    with start;

    fn the_ranking_as_a_file_says_what_the_page_says_and_adds_no_currency_to_another(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let by = kit.manager(&[]);
        let wait = cause(kit, &by, "attente", "3");
        let who = customer(kit, "Diatta", None);
        for (cost, currency) in [(1_250_i64, "EUR"), (80, "EUR"), (300, "CHF")] {
            let id = case(kit, &by, who, wait, "major");
            kit.write(move |tx| tx.execute("UPDATE cases SET cost = $2, currency = $3 WHERE id = $1", &[&id, &cost, &currency]));
        }
        let day = |text: &str| text.parse::<kernel::Day>().unwrap();
        let period = (day("2026-11-01"), day("2026-11-30"));
        let (_, found) = kit.read(|tx| ranking(tx, &by, None, period));
        assert_eq!(found[0].costs.iter().collect::<Vec<_>>(), [("CHF", 300), ("EUR", 1_330)]);
        let file = kit.read(|tx| actions::ranking_csv(tx, &by, texts(), None, period));
        let rows = cells(&file);
        assert_eq!(rows[0][10..], ["Coût (CHF)", "Coût (EUR)"]);
        assert_eq!(rows[1], ["2026-11-01", "2026-11-30", "attente", "3", "1", "1", "2", "3", "18", "", "3,00", "13,30"]);
        let english = kit.read(|tx| actions::ranking_csv(tx, &by, texts().in_locale(Locale::En), None, period));
        assert_eq!(cells(&english)[1][11], "13.30");
        let app = app(kit);
        let page = app.get("/causes/ranking").signed_in_as(Role::Manager, &[]).send().expect(200).html();
        assert!(page.text("tbody tr").contains("13,30"));
        let link = page.attribute("a[href*='export.csv']", "href").unwrap();
        app.get(&link).signed_in_as(Role::Manager, &[]).send().expect(200);
        let wrong = app.get("/causes/ranking?from=2026-12-01&to=2026-11-01").signed_in_as(Role::Manager, &[]).send().expect(422).html();
        assert!(wrong.has("#e-from"));
        assert_eq!(wrong.attribute("#f-from", "value").as_deref(), Some("2026-12-01"), "what was typed stays");
        app.get("/causes/ranking/export.csv?from=hier").signed_in_as(Role::Manager, &[]).send().expect(422);
    }

    fn improvements_as_a_file_are_those_of_the_list(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let by = kit.manager(&[]);
        let typed = ImprovementInput { cost: "12,5".into(), title: "=SOMME(A1)".into(), ..input(by.user().unwrap()) };
        create(kit, &by, typed);
        let rows = cells(&kit.read(|tx| actions::csv(tx, &by, texts())));
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[1][0], "'=SOMME(A1)", "no spreadsheet takes it for a formula");
        let of = |head: &str| rows[1][rows[0].iter().position(|h| h == head).unwrap()].as_str();
        assert_eq!([of("Coût"), of("Devise"), of("Effet attendu"), of("État"), of("Où")], ["12,50", "EUR", "10", "Prévue", "Partout"]);
        let app = app(kit);
        app.get("/improvements/export.csv").signed_in_as(Role::Adviser, &[]).send().expect(200);
    }
}
