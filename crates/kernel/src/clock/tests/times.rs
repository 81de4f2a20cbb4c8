//! Instants, days, zones and clocks.

use std::sync::Arc;

use jiff::civil::datetime;
use proptest::prelude::*;

use super::*;

#[test]
fn an_instant_is_written_in_rfc_3339_and_keeps_its_microseconds() {
    let instant = Instant::from_micros(1_795_314_600_123_456);
    assert_eq!(instant.to_string(), "2026-11-22T02:30:00.123456Z");
    assert_eq!(at(&instant.to_string()), instant);
    assert_eq!(serde_json::to_string(&Instant::from_micros(0)).unwrap(), r#""1970-01-01T00:00:00Z""#);
}

#[test]
fn an_instant_is_read_with_an_offset_and_rounded_down_to_the_microsecond() {
    assert_eq!(at("2025-05-02T10:00:00+02:00"), at("2025-05-02T08:00:00Z"));
    assert_eq!(at("1970-01-01T00:00:00.0000019Z").as_micros(), 1);
    assert_eq!(at("1969-12-31T23:59:59.9999999Z").as_micros(), -1);
}

#[test]
fn what_is_no_instant_is_refused() {
    for text in ["", "2025-05-02", "2025-05-02T10:00:00", "-000100-01-01T00:00:00Z", "soon"] {
        assert_eq!(text.parse::<Instant>(), Err(TimeError::NotAnInstant(text.to_owned())));
    }
}

#[test]
fn instants_clamp_at_both_ends_of_time() {
    assert_eq!(Instant::from_micros(i64::MAX), Instant::MAX);
    assert_eq!(Instant::from_micros(i64::MIN), Instant::MIN);
    assert_eq!(Instant::MAX.plus(SignedDuration::MAX), Instant::MAX);
    assert_eq!(Instant::MIN.minus(SignedDuration::MAX), Instant::MIN);
    assert_eq!(Instant::from_jiff(jiff::Timestamp::MAX), Instant::MAX);
    assert_eq!(Instant::from_jiff(jiff::Timestamp::MIN), Instant::MIN);
    assert_eq!(Instant::MIN.to_string(), "0001-01-01T00:00:00Z");
    assert_eq!(Instant::MAX.to_string(), "9999-12-30T21:59:59.999999Z");
}

proptest! {
    #[test]
    fn instants_survive_text_json_and_jiff(micros: i64) {
        let instant = Instant::from_micros(micros);
        prop_assert_eq!(at(&instant.to_string()), instant);
        prop_assert_eq!(Instant::from_jiff(instant.to_jiff()), instant);
        let json = serde_json::to_string(&instant).unwrap();
        prop_assert_eq!(serde_json::from_str::<Instant>(&json).unwrap(), instant);
    }

    #[test]
    fn since_undoes_plus(micros in -4_000_000_000_000_000_i64..4_000_000_000_000_000, by in -1_000_000_000_000_i64..1_000_000_000_000) {
        let (start, amount) = (Instant::from_micros(micros), SignedDuration::from_micros(by));
        prop_assert_eq!(start.plus(amount).since(start), amount);
        prop_assert_eq!(start.plus(amount).minus(amount), start);
    }
}

// Days

#[test]
fn days_count_from_1970_and_clamp() {
    assert_eq!(Day::from_ymd(1970, 1, 1), Some(Day::from_days(0)));
    assert_eq!(Day::from_ymd(2000, 3, 1).map(Day::as_days), Some(11_017));
    assert_eq!(Day::from_ymd(2025, 2, 30), None);
    assert_eq!(Day::from_ymd(0, 1, 1), None);
    assert_eq!(Day::from_ymd(1, 1, 1), Some(Day::MIN));
    assert_eq!(Day::from_ymd(9999, 12, 31), Some(Day::MAX));
    assert_eq!(Day::MAX.plus_days(i64::MAX), Day::MAX);
    assert_eq!(Day::MIN.plus_days(i64::MIN), Day::MIN);
}

#[test]
fn months_are_clamped_to_the_last_day_of_a_shorter_month() {
    assert_eq!(day("2025-12-31").add_months(2), day("2026-02-28"));
    assert_eq!(day("2023-12-31").add_months(2), day("2024-02-29"));
    assert_eq!(day("2024-02-29").add_months(12), day("2025-02-28"));
    assert_eq!(day("2025-03-31").add_months(-1), day("2025-02-28"));
    assert_eq!(day("2025-05-15").add_months(0), day("2025-05-15"));
    assert_eq!(day("2025-05-15").add_months(i32::MAX), Day::MAX);
    assert_eq!(day("2025-05-15").add_months(i32::MIN), Day::MIN);
}

#[test]
fn periods_start_where_the_calendar_says() {
    let sunday = day("2026-11-22");
    assert_eq!(sunday.weekday(), Weekday::Sunday);
    assert_eq!(sunday.start_of_iso_week(), day("2026-11-16"));
    assert_eq!(sunday.start_of_month(), day("2026-11-01"));
    assert_eq!(sunday.end_of_month(), day("2026-11-30"));
    assert_eq!(sunday.start_of_quarter(), day("2026-10-01"));
    assert_eq!(sunday.start_of_year(), day("2026-01-01"));
    assert_eq!(day("2024-12-30").start_of_iso_week(), day("2024-12-30"));
    assert_eq!(day("1969-12-31").start_of_iso_week(), day("1969-12-29"));
}

#[test]
fn what_is_no_day_is_refused() {
    for text in ["", "2025-02-29", "2025-13-01", "25-01-01", "2025-01-01T10:00:00", "20250101", "0000-01-01"]
    {
        assert_eq!(text.parse::<Day>(), Err(TimeError::NotADay(text.to_owned())), "{text}");
    }
}

proptest! {
    #[test]
    fn days_agree_with_the_date_library(days in Day::MIN.as_days()..=Day::MAX.as_days()) {
        let it = Day::from_days(days);
        prop_assert_eq!(Day::from_date(it.date()), it);
        prop_assert_eq!(it.weekday(), it.date().weekday());
        prop_assert_eq!(it.to_string().parse::<Day>().unwrap(), it);
        let monday = it.start_of_iso_week();
        prop_assert!(monday <= it && it.days_since(monday) < 7);
        prop_assert!(monday == Day::MIN || monday.weekday() == Weekday::Monday);
        let quarter = it.start_of_quarter();
        prop_assert!(quarter <= it && it.days_since(quarter) < 92);
        prop_assert!([1, 4, 7, 10].contains(&quarter.date().month()) && quarter.date().day() == 1);
    }
}

// Zones

#[test]
fn a_zone_is_known_by_its_name_without_regard_to_case() {
    assert_eq!(zone("europe/paris").name(), "Europe/Paris");
    assert_eq!(serde_json::to_string(&zone("America/Toronto")).unwrap(), r#""America/Toronto""#);
    assert!(Zone::names().len() > 300);
}

#[test]
fn an_unknown_zone_names_the_ones_that_look_like_it() {
    let nearest_to = |text: &str| match text.parse::<Zone>() {
        Err(TimeError::UnknownZone { nearest, .. }) => nearest,
        other => panic!("{other:?}"),
    };
    assert_eq!(nearest_to("Paris").first().map(String::as_str), Some("Europe/Paris"));
    assert!(nearest_to("Montreal").contains(&"America/Montreal".to_owned()));
    assert!(nearest_to("new york").contains(&"America/New_York".to_owned()));
    assert_eq!(nearest_to("").first().map(String::as_str), Some("Europe/Paris"));
    assert!(!nearest_to(&"é/".repeat(10_000)).is_empty());
}

#[test]
fn the_same_instant_is_another_day_elsewhere() {
    let late = at("2026-11-22T23:30:00Z");
    assert_eq!(zone("Europe/Paris").day_of(late), day("2026-11-23"));
    assert_eq!(zone("America/Toronto").day_of(late), day("2026-11-22"));
    assert_eq!(Zone::UTC.local(late), datetime(2026, 11, 22, 23, 30, 0, 0));
}

#[test]
fn a_time_that_clocks_skip_moves_forward_and_one_shown_twice_is_the_first() {
    let paris = zone("Europe/Paris");
    assert_eq!(paris.instant_of(datetime(2025, 3, 30, 2, 30, 0, 0)), at("2025-03-30T01:30:00Z"));
    assert_eq!(paris.instant_of(datetime(2025, 10, 26, 2, 30, 0, 0)), at("2025-10-26T00:30:00Z"));
}

#[test]
fn days_last_23_24_or_25_hours() {
    let paris = zone("Europe/Paris");
    for (text, hours) in [("2025-03-30", 23), ("2025-05-02", 24), ("2025-10-26", 25)] {
        let range = paris.range_of(day(text));
        assert_eq!(range.end.since(range.start), SignedDuration::from_hours(hours), "{text}");
    }
    assert_eq!(paris.end_of_day(day("2025-05-15")), at("2025-05-15T21:59:59.999999Z"));
    assert_eq!(paris.end_of_day(Day::MAX), Instant::MAX);
}

#[test]
fn a_day_starts_at_the_first_time_shown_where_midnight_is_skipped() {
    // Clocks went from 23:30 to 00:30 in Toronto in 1919; Samoa skipped 30 December 2011 altogether.
    let toronto = zone("America/Toronto");
    let first = toronto.local(toronto.start_of_day(day("1919-03-31")));
    assert_eq!(first, datetime(1919, 3, 31, 0, 30, 0, 0));
    let skipped = zone("Pacific/Apia").range_of(day("2011-12-30"));
    assert!(skipped.is_empty());
}

proptest! {
    #[test]
    fn every_instant_lies_in_the_range_of_its_day(
        seconds in -1_500_000_000_i64..4_000_000_000,
        name in prop::sample::select(vec!["Europe/Paris", "America/Toronto", "America/St_Johns", "Pacific/Apia", "Asia/Kathmandu", "UTC"]),
    ) {
        let zone = zone(name);
        let instant = Instant::from_micros(seconds * 1_000_000);
        let range = zone.range_of(zone.day_of(instant));
        prop_assert!(range.contains(&instant));
        prop_assert_eq!(zone.day_of(range.start), zone.day_of(instant));
        prop_assert!(zone.end_of_day(zone.day_of(instant)) < range.end);
    }

    #[test]
    fn zones_never_fail_at_the_ends_of_time(days: i64, micros: i64) {
        for name in ["Pacific/Kiritimati", "Pacific/Pago_Pago"] {
            let zone = zone(name);
            let day = Day::from_days(days);
            prop_assert!(zone.start_of_day(day) <= zone.end_of_day(day) || day == Day::MIN);
            let here = zone.day_of(Instant::from_micros(micros));
            prop_assert!((Day::MIN..=Day::MAX).contains(&here));
        }
    }
}

// Clocks

#[test]
fn a_fixed_clock_moves_only_when_told() {
    let clock = Arc::new(FixedClock::at(at("2026-11-22T08:00:00Z")));
    let shared: Arc<dyn Clock> = clock.clone();
    assert_eq!(clock.advance(HOUR), at("2026-11-22T09:00:00Z"));
    assert_eq!(shared.now(), at("2026-11-22T09:00:00Z"));
    clock.set(at("2020-01-01T00:00:00Z"));
    assert_eq!(shared.now(), at("2020-01-01T00:00:00Z"));
}

#[test]
fn the_system_clock_shows_a_time_after_this_was_written() {
    assert!(SystemClock.now() > at("2025-01-01T00:00:00Z"));
}
