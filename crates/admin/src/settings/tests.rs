//! Settings.

use kernel::Day;
use kernel::clock::{QuebecEaster, Regime};
use kernel::identity::Role;

use super::rules::{closures, closures_text, hours_text, next_holidays, openings};
use super::{SettingsInput, actions};
use crate::tests::{app, start};

#[test]
fn hours_are_read_as_they_are_written() {
    assert_eq!(hours_text(&openings("9:00-12:30, 14:00-18:00").unwrap()), "09:00-12:30, 14:00-18:00");
    assert!(openings("").unwrap().is_empty());
    assert!(openings("9h-12h").is_err());
}

#[test]
fn closing_days_are_read_in_both_writings_sorted_and_once() {
    let days = closures("31/12/2026\r\n2026-12-24, 24/12/2026\n").unwrap();
    assert_eq!(closures_text(&days), "2026-12-24\n2026-12-31");
    for bad in ["30/02/2026", "demain", "1/2/26", "24/12/2026/1"] {
        assert!(closures(bad).is_err(), "{bad}");
    }
}

#[test]
fn the_next_holidays_go_on_into_the_new_year() {
    let today: Day = "2026-11-22".parse().unwrap();
    let days: Vec<String> =
        next_holidays(Regime::France, today, 2).iter().map(|h| h.day.to_string()).collect();
    assert_eq!(days, ["2026-12-25", "2027-01-01"]);
    assert_eq!(next_holidays(Regime::Quebec(QuebecEaster::GoodFriday), today, 6).len(), 6);
}

testkit::on_both! {
    with start;

    fn the_page_shows_what_a_limit_of_ten_working_days_leads_to(kit) {
        let app = app(kit);
        let page = app.get("/settings").signed_in_as(Role::Administrator, &[]).send().expect(200);
        // Sunday 22 November 2026 plus ten days without Sundays.
        assert!(page.text().contains("jeudi 3\u{a0}décembre 2026"), "{page}");
        assert!(page.text().contains("Noël"));
    }

    fn settings_change_with_their_history_and_never_silently_over_another_change(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Administrator, &[]);
        let form = [
            ("name", "Maison neuve"), ("regime", "belgium"), ("zone", "Europe/Brussels"), ("currency", "EUR"),
            ("locale", "fr"), ("monday", "8:00-12:00"), ("closures", "24/12/2026"), ("version", "1"),
        ];
        app.post("/settings").signed_in(&me).form(&form).send().expect(303);
        let by = kit.administrator();
        let (saved, roles) = kit.read(|tx| actions::read(tx, &by));
        assert_eq!(SettingsInput::of(&saved, &roles).monday, "08:00-12:00");
        assert_eq!(saved.version, 2);
        let event = kit.events("organisation.changed").remove(0);
        assert_eq!(event.before.unwrap()["name"], "Maison des Essais");
        let page = app.post("/settings").signed_in(&me).form(&[("name", "Autre"), ("regime", "belgium"), ("zone", "Europe/Brussels"), ("currency", "EUR"), ("locale", "fr"), ("monday", "8:00-12:00"), ("version", "1")]).send().expect(422).html();
        assert_eq!(page.attribute("input[name=name]", "value").as_deref(), Some("Autre"));
        assert!(page.has(".versions"));
    }

    fn every_wrong_line_is_named(kit) {
        let app = app(kit);
        let form = [("name", ""), ("regime", "mars"), ("zone", "Pari"), ("currency", "BTC"), ("locale", "de"), ("tuesday", "9-12"), ("closures", "jamais"), ("version", "1")];
        let page = app.post("/settings").signed_in_as(Role::Administrator, &[]).form(&form).send().expect(422).html();
        for field in ["name", "regime", "zone", "currency", "locale", "tuesday", "closures"] {
            assert!(page.has(&format!("#e-{field}")), "{field}");
        }
    }

    fn emptying_all_working_hours_is_asked_before_it_is_done(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Administrator, &[]);
        let with = |more: &[(&str, &str)]| {
            let form = [("name", "Maison"), ("regime", "belgium"), ("zone", "Europe/Brussels"), ("currency", "EUR"), ("locale", "fr")];
            app.post("/settings").signed_in(&me).form(&[form.as_slice(), more].concat()).send()
        };
        with(&[("monday", "8:00-12:00"), ("version", "1")]).expect(303);
        let page = with(&[("version", "2")]).expect(422).html();
        assert!(page.has("#e-no_hours") && page.has("input[type=checkbox][name=no_hours]"));
        with(&[("version", "2"), ("no_hours", "true")]).expect(303);
        let by = kit.administrator();
        assert!(kit.read(|tx| actions::read(tx, &by)).0.hours.is_empty(), "where it is meant, it is done");
        with(&[("version", "3")]).expect(303);
    }
}
