//! Dates as people write them.

use proptest::prelude::*;

use super::dates::{DateOrder, DateRule, Inferred, infer, looks_like_date};
use crate::clock::{Day, Zone};

fn rule(order: DateOrder) -> DateRule {
    DateRule { order, latest_year: 2026 }
}

fn read(text: &str, order: DateOrder) -> Option<String> {
    rule(order).parse(text).map(|date| {
        let time = date.time.map_or(String::new(), |time| format!("T{time}"));
        let offset = date.offset_minutes.map_or(String::new(), |minutes| format!("{minutes:+}"));
        format!("{}{time}{offset}", date.day)
    })
}

#[test]
fn usual_ways_to_write_a_date_are_read() {
    let cases = [
        ("2025-12-31", "2025-12-31"),
        ("2025/12/31", "2025-12-31"),
        ("20251231", "2025-12-31"),
        ("31/12/2025", "2025-12-31"),
        ("3/2/2025", "2025-02-03"),
        ("31.12.25", "2025-12-31"),
        ("31-12-2025", "2025-12-31"),
        ("31 décembre 2025", "2025-12-31"),
        ("1er août 2025", "2025-08-01"),
        ("12 févr. 2025", "2025-02-12"),
        ("3 Mar 2025", "2025-03-03"),
        ("March 3rd, 2025", "2025-03-03"),
        ("2025-12-31T23:59:58", "2025-12-31T23:59:58"),
        ("2025-12-31 23:59", "2025-12-31T23:59:00"),
        ("2025-12-31T23:59:58.25Z", "2025-12-31T23:59:58.25+0"),
        ("2025-12-31T23:59:58+02:00", "2025-12-31T23:59:58+120"),
        ("2025-12-31T23:59:58-0530", "2025-12-31T23:59:58-330"),
        ("31/12/2025 à 9h05", "2025-12-31T09:05:00"),
        ("31/12/2025 9:05 PM", "2025-12-31T21:05:00"),
        ("31/12/2025 12:05 am", "2025-12-31T00:05:00"),
        (" 31/12/2025\u{a0}", "2025-12-31"),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text, DateOrder::DayFirst).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn the_order_of_the_column_decides() {
    assert_eq!(read("03/04/2025", DateOrder::DayFirst).as_deref(), Some("2025-04-03"));
    assert_eq!(read("03/04/2025", DateOrder::MonthFirst).as_deref(), Some("2025-03-04"));
    assert_eq!(read("25-04-03", DateOrder::YearFirst).as_deref(), Some("2025-04-03"));
    assert_eq!(read("12/31/2025", DateOrder::DayFirst), None);
    assert_eq!(read("45778", DateOrder::ExcelSerial).as_deref(), Some("2025-05-01"));
    assert_eq!(read("45778.75", DateOrder::ExcelSerial).as_deref(), Some("2025-05-01T18:00:00"));
    assert_eq!(read("45778", DateOrder::DayFirst), None);
}

#[test]
fn dates_that_do_not_exist_and_what_is_no_date_are_refused() {
    for text in [
        "30/02/2025",
        "29/02/2025",
        "31/04/2025",
        "2025-02-30",
        "00/01/2025",
        "01/13/2025",
        "20250230",
        "2025-1",
        "12/2025",
        "31/12-2025",
        "31/12/025",
        "31/12/2025 25:00",
        "31/12/2025 soir",
        "06 12 34 56 78",
        "1.5",
        "jui 2025",
        "",
        "2025",
    ] {
        assert_eq!(read(text, DateOrder::DayFirst), None, "{text}");
    }
    assert_eq!(read("29/02/2024", DateOrder::DayFirst).as_deref(), Some("2024-02-29"));
}

#[test]
fn years_in_two_figures_are_the_latest_that_is_not_after_the_limit() {
    assert_eq!(read("01/01/26", DateOrder::DayFirst).as_deref(), Some("2026-01-01"));
    assert_eq!(read("01/01/27", DateOrder::DayFirst).as_deref(), Some("1927-01-01"));
    assert_eq!(read("01/01/00", DateOrder::DayFirst).as_deref(), Some("2000-01-01"));
    let later = DateRule { order: DateOrder::DayFirst, latest_year: 2040 };
    assert_eq!(later.parse("01/01/27").map(|date| date.day), Day::from_ymd(2027, 1, 1));
}

#[test]
fn a_column_proves_its_order_or_admits_that_it_does_not() {
    let inferred = |order, proven, contradicted| Inferred { order, proven, contradicted };
    assert_eq!(infer(["01/02/2025", "25/02/2025"]), inferred(DateOrder::DayFirst, true, false));
    assert_eq!(infer(["01/02/2025", "02/25/2025"]), inferred(DateOrder::MonthFirst, true, false));
    assert_eq!(infer(["01/02/2025", "03/04/2025", "absent"]), inferred(DateOrder::DayFirst, false, false));
    assert_eq!(infer(["25/02/2025", "26/02/2025", "02/25/2025"]), inferred(DateOrder::DayFirst, false, true));
    assert_eq!(infer(["99-02-03"]), inferred(DateOrder::YearFirst, true, false));
    assert_eq!(infer(["45778", "45779.5"]), inferred(DateOrder::ExcelSerial, true, false));
    assert_eq!(infer(["2025-02-25", "2025-03-01"]), inferred(DateOrder::DayFirst, false, false));
}

#[test]
fn a_date_becomes_an_instant_in_the_zone_of_the_organisation() {
    let paris: Zone = "Europe/Paris".parse().unwrap();
    let instant = |text| rule(DateOrder::DayFirst).parse(text).unwrap().instant(&paris).to_string();
    assert_eq!(instant("01/05/2025"), "2025-04-30T22:00:00Z");
    assert_eq!(instant("01/05/2025 10:00"), "2025-05-01T08:00:00Z");
    assert_eq!(instant("2025-05-01T10:00:00-04:00"), "2025-05-01T14:00:00Z");
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_without_panic(text in "\\PC{0,30}", figures in "[0-9/.:TZ+ hàapm-]{0,24}") {
        for order in [DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::YearFirst, DateOrder::ExcelSerial] {
            let _ = rule(order).parse(&text);
            let _ = rule(order).parse(&figures);
        }
        infer([text.as_str(), figures.as_str()]);
    }

    #[test]
    fn a_date_written_in_an_order_is_read_back(days in -20_000_i64..40_000, separator in prop::sample::select(vec!['/', '.', '-'])) {
        let day = Day::from_days(days);
        let date = day.date();
        let (y, m, d) = (date.year(), date.month(), date.day());
        let s = separator;
        for (order, text) in [
            (DateOrder::DayFirst, format!("{d:02}{s}{m:02}{s}{y:04}")),
            (DateOrder::MonthFirst, format!("{m}{s}{d}{s}{y}")),
            (DateOrder::YearFirst, format!("{y:04}{s}{m:02}{s}{d:02}")),
            (DateOrder::DayFirst, format!("{y:04}{s}{m:02}{s}{d:02}")),
        ] {
            prop_assert_eq!(rule(order).parse(&text).map(|date| date.day), Some(day), "{}", text);
            prop_assert!(looks_like_date(&text));
        }
    }
}
