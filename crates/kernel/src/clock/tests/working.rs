//! Working hours and working time.

use proptest::prelude::*;

use super::*;

fn openings(texts: &[&str]) -> Vec<Opening> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

/// Monday to Friday 09:00–12:30 and 14:00–18:00, Saturday 09:00–12:00: 40.5 hours a week.
fn shop() -> Calendar {
    let hours = WorkingHours::monday_to_friday(&openings(&["09:00-12:30", "14:00-18:00"]))
        .and_then(|hours| hours.with(Weekday::Saturday, openings(&["09:00-12:00"])))
        .unwrap();
    france().with_hours(hours)
}

fn around_the_clock(name: &str) -> Calendar {
    let week = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];
    let hours = week
        .into_iter()
        .try_fold(WorkingHours::closed(), |hours, weekday| hours.with(weekday, openings(&["00:00-24:00"])))
        .unwrap();
    Calendar::new(Regime::Switzerland, zone(name)).with_hours(hours)
}

#[test]
fn openings_are_read_and_written() {
    let opening: Opening = " 9:00 – 24:00 ".parse().unwrap();
    assert_eq!((opening.opens(), opening.closes()), (540, 1_440));
    assert_eq!(opening.to_string(), "09:00-24:00");
    for text in
        ["", "09:00", "12:00-09:00", "09:00-09:00", "09:00-24:01", "9-12", "09:60-10:00", "+9:00-10:00"]
    {
        assert!(text.parse::<Opening>().is_err(), "{text}");
    }
}

#[test]
fn overlapping_openings_are_refused_and_touching_ones_are_not() {
    let overlapping = WorkingHours::monday_to_friday(&openings(&["14:00-18:00", "09:00-14:01"]));
    assert!(matches!(overlapping, Err(TimeError::OverlappingOpenings(..))));
    assert!(WorkingHours::monday_to_friday(&openings(&["09:00-14:00", "14:00-18:00"])).is_ok());
}

#[test]
fn a_calendar_survives_json() {
    let calendar = shop().with_closures([day("2025-12-26")]);
    let json = serde_json::to_string(&calendar).unwrap();
    assert!(json.contains(r#""saturday":["09:00-12:00"]"#), "{json}");
    assert_eq!(serde_json::from_str::<Calendar>(&json).unwrap(), calendar);
    let bare: Calendar = serde_json::from_str(r#"{"regime":"france","zone":"Europe/Paris"}"#).unwrap();
    assert_eq!(bare, france());
    assert!(serde_json::from_str::<WorkingHours>(r#"{"lundi":[]}"#).is_err());
}

#[test]
fn working_time_runs_over_lunch_night_weekend_holidays_and_closures() {
    let shop = shop().with_closures([day("2025-05-09")]);
    // Wednesday 7 May 17:00 + 3 h: 1 h on Wednesday; the 8th is a holiday, the 9th closed; 2 h on Saturday.
    let due = shop.add_working(at("2025-05-07T15:00:00Z"), HOUR * 3);
    assert_eq!(due, Ok(at("2025-05-10T09:00:00Z")));
    // Monday 12:00 + 1 h: half an hour before lunch, half an hour after.
    let due = shop.add_working(at("2025-05-12T10:00:00Z"), HOUR);
    assert_eq!(due, Ok(at("2025-05-12T12:30:00Z")));
    // Sunday noon + 1 h: from Monday 9:00.
    let due = shop.add_working(at("2025-05-11T10:00:00Z"), HOUR);
    assert_eq!(due, Ok(at("2025-05-12T08:00:00Z")));
}

#[test]
fn an_amount_used_up_at_closing_ends_at_closing() {
    let due = shop().add_working(at("2025-05-12T07:00:00Z"), MINUTE * 450);
    assert_eq!(due, Ok(at("2025-05-12T16:00:00Z")));
    assert_eq!(
        shop().add_working(at("2025-05-11T10:00:00Z"), SignedDuration::ZERO),
        Ok(at("2025-05-11T10:00:00Z"))
    );
}

#[test]
fn openings_laid_out_answer_as_a_walk_does_in_whatever_order_they_are_asked() {
    let shop = shop().with_closures([day("2025-05-09")]);
    let mut laid = Openings::new(shop.clone());
    for n in 0..400_i32 {
        // To and fro, also far beyond what is laid out and long before it.
        let far = if n % 50 == 0 { 24 * 1_000 } else { 0 };
        let from = at("2025-05-05T00:00:00Z").plus(HOUR * (n * 37 % 5_000 - far) + MINUTE * (n % 60));
        let amounts = [HOUR * 40, SignedDuration::ZERO, MINUTE * n, HOUR * 8];
        let alone = amounts.map(|amount| shop.add_working(from, amount).unwrap());
        assert_eq!(laid.add_each(from, amounts), Ok(alone), "{from:?}");
        for to in [from, from.plus(HOUR * n), from.plus(HOUR * n * 30), from.minus(HOUR * 5)] {
            assert_eq!(laid.between(from, to), shop.working_between(from, to), "{from:?} to {to:?}");
        }
    }
}

#[test]
fn openings_laid_out_refuse_what_a_walk_refuses() {
    let from = at("2025-05-02T08:00:00Z");
    let mut laid = Openings::new(shop());
    assert_eq!(laid.add_each(from, [HOUR, -HOUR]), Err(CalendarError::NegativeAmount));
    assert_eq!(laid.add_each(from, [SignedDuration::MAX]), Err(CalendarError::TooFar));
    assert_eq!(laid.add_each(Instant::MAX, [HOUR]), Err(CalendarError::TooFar));
    assert_eq!(laid.between(Instant::MIN, Instant::MAX), Err(CalendarError::TooFar));
    // What lies within reach of a later question lies beyond that of an earlier one.
    let long = HOUR * 8 * 4 * 52 * 100;
    let [later, earlier] = [from.plus(HOUR * 24 * 365), from];
    for from in [later, earlier] {
        assert_eq!(laid.add_each(from, [long]).map(|[at]| at), shop().add_working(from, long));
    }
    let mut never = Openings::new(france());
    assert_eq!(never.add_each(from, [HOUR]), Err(CalendarError::NoWorkingHours));
    assert_eq!(never.between(from, from), Err(CalendarError::NoWorkingHours));
}

#[test]
fn a_full_week_counts_its_forty_hours_and_a_half() {
    let (monday, next) = (at("2025-06-15T22:00:00Z"), at("2025-06-22T22:00:00Z"));
    assert_eq!(shop().working_between(monday, next), Ok(MINUTE * 2_430));
    assert_eq!(shop().working_between(next, monday), Ok(-(MINUTE * 2_430)));
}

#[test]
fn nights_count_as_long_as_they_last_when_clocks_change() {
    let desk = around_the_clock("Europe/Zurich");
    let zone = desk.zone().clone();
    for (text, hours) in [("2025-03-30", 23), ("2025-10-26", 25), ("2025-08-01", 0)] {
        let range = zone.range_of(day(text));
        assert_eq!(desk.working_between(range.start, range.end), Ok(HOUR * hours), "{text}");
    }
}

#[test]
fn openings_beside_a_jump_neither_overlap_nor_count_skipped_time() {
    let hours = WorkingHours::closed()
        .with(Weekday::Sunday, openings(&["01:00-02:20", "02:20-02:40", "02:40-05:00"]))
        .unwrap();
    let desk = france().with_hours(hours);
    for (text, hours) in [("2025-03-30", 3), ("2025-10-26", 5)] {
        let range = desk.zone().range_of(day(text));
        assert_eq!(desk.working_between(range.start, range.end), Ok(HOUR * hours), "{text}");
    }
}

#[test]
fn a_calendar_that_never_opens_is_an_error_and_not_a_loop() {
    let (from, amount) = (at("2025-05-02T08:00:00Z"), HOUR);
    assert_eq!(france().add_working(from, amount), Err(CalendarError::NoWorkingHours));
    let empty = france().with_hours(WorkingHours::closed());
    assert_eq!(empty.working_between(from, from), Err(CalendarError::NoWorkingHours));
    assert_eq!(shop().add_working(from, -amount), Err(CalendarError::NegativeAmount));
    assert_eq!(shop().add_working(from, SignedDuration::MAX), Err(CalendarError::TooFar));
    assert_eq!(shop().working_between(Instant::MIN, Instant::MAX), Err(CalendarError::TooFar));
    assert_eq!(shop().add_working(Instant::MAX, amount), Err(CalendarError::TooFar));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn working_between_undoes_add_working(start in 1_700_000_000_i64..1_800_000_000, minutes in 0_i64..20_000) {
        let (from, amount) = (Instant::from_micros(start * 1_000_000), MINUTE * i32::try_from(minutes).unwrap());
        let due = shop().add_working(from, amount).unwrap();
        prop_assert_eq!(shop().working_between(from, due), Ok(amount));
    }

    #[test]
    fn working_time_adds_up(start in 1_700_000_000_i64..1_800_000_000, first in 0_i64..2_000_000, second in 0_i64..2_000_000) {
        let from = Instant::from_micros(start * 1_000_000);
        let middle = from.plus(SignedDuration::from_secs(first));
        let to = middle.plus(SignedDuration::from_secs(second));
        let parts = shop().working_between(from, middle).unwrap() + shop().working_between(middle, to).unwrap();
        prop_assert_eq!(shop().working_between(from, to), Ok(parts));
    }

    #[test]
    fn working_time_is_the_minutes_whose_wall_clock_is_in_an_opening(week in 0_i64..104, minute in 0_i64..10_080, length in 0_i64..4_000) {
        let shop = shop();
        let from = Instant::from_micros((1_735_686_000 + week * 604_800 + minute * 60) * 1_000_000);
        let open = |instant: Instant| {
            let local = shop.zone().local(instant);
            let minute = u16::try_from(i32::from(local.hour()) * 60 + i32::from(local.minute())).unwrap();
            let day = Day::from_date(local.date());
            let hours = shop.hours().unwrap().on(day.weekday());
            shop.is_open(day) && hours.iter().any(|opening| (opening.opens()..opening.closes()).contains(&minute))
        };
        let counted = (0..length).filter(|&step| open(from.plus(SignedDuration::from_mins(step)))).count();
        let to = from.plus(SignedDuration::from_mins(length));
        prop_assert_eq!(shop.working_between(from, to), Ok(MINUTE * i32::try_from(counted).unwrap()));
    }
}
