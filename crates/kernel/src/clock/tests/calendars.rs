//! Public holidays and legal days. The dates of the tables were worked out by hand from the rules and the
//! published dates of Easter.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn dates(regime: Regime, year: i16) -> Vec<String> {
    let short = |holiday: Holiday| holiday.day.to_string()[5..].to_owned();
    regime.holidays(year).into_iter().map(short).collect()
}

#[test]
fn french_holidays_are_the_published_ones() {
    let table: [(i16, [&str; 11]); 5] = [
        (
            2024,
            [
                "01-01", "04-01", "05-01", "05-08", "05-09", "05-20", "07-14", "08-15", "11-01", "11-11",
                "12-25",
            ],
        ),
        (
            2025,
            [
                "01-01", "04-21", "05-01", "05-08", "05-29", "06-09", "07-14", "08-15", "11-01", "11-11",
                "12-25",
            ],
        ),
        (
            2026,
            [
                "01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11",
                "12-25",
            ],
        ),
        (
            2027,
            [
                "01-01", "03-29", "05-01", "05-06", "05-08", "05-17", "07-14", "08-15", "11-01", "11-11",
                "12-25",
            ],
        ),
        (
            2028,
            [
                "01-01", "04-17", "05-01", "05-08", "05-25", "06-05", "07-14", "08-15", "11-01", "11-11",
                "12-25",
            ],
        ),
    ];
    for (year, expected) in table {
        assert_eq!(dates(Regime::France, year), expected, "{year}");
    }
}

#[test]
fn alsace_and_moselle_add_good_friday_and_saint_stephen() {
    let added = |year| {
        let common = dates(Regime::France, year);
        let mut days = dates(Regime::FranceAlsaceMoselle, year);
        days.retain(|day| !common.contains(day));
        days
    };
    for (year, good_friday) in
        [(2024, "03-29"), (2025, "04-18"), (2026, "04-03"), (2027, "03-26"), (2028, "04-14")]
    {
        assert_eq!(added(year), [good_friday, "12-26"], "{year}");
    }
}

#[test]
fn quebec_holidays_are_the_published_ones() {
    let table: [(i16, [&str; 8]); 5] = [
        (2024, ["01-01", "03-29", "05-20", "06-24", "07-01", "09-02", "10-14", "12-25"]),
        (2025, ["01-01", "04-18", "05-19", "06-24", "07-01", "09-01", "10-13", "12-25"]),
        (2026, ["01-01", "04-03", "05-18", "06-24", "07-01", "09-07", "10-12", "12-25"]),
        (2027, ["01-01", "03-26", "05-24", "06-24", "07-01", "09-06", "10-11", "12-25"]),
        (2028, ["01-01", "04-14", "05-22", "06-24", "07-01", "09-04", "10-09", "12-25"]),
    ];
    for (year, expected) in table {
        assert_eq!(dates(Regime::Quebec(QuebecEaster::GoodFriday), year), expected, "{year}");
    }
    assert!(dates(Regime::Quebec(QuebecEaster::EasterMonday), 2025).contains(&"04-21".to_owned()));
    assert!(!dates(Regime::Quebec(QuebecEaster::EasterMonday), 2025).contains(&"04-18".to_owned()));
}

#[test]
fn canada_day_moves_to_the_second_when_the_first_is_a_sunday() {
    assert!(dates(Regime::Quebec(QuebecEaster::GoodFriday), 2029).contains(&"07-02".to_owned()));
    assert!(!dates(Regime::Quebec(QuebecEaster::GoodFriday), 2029).contains(&"07-01".to_owned()));
}

#[test]
fn belgian_and_swiss_federal_holidays_are_the_published_ones() {
    let table: [(i16, [&str; 10]); 5] = [
        (2024, ["01-01", "04-01", "05-01", "05-09", "05-20", "07-21", "08-15", "11-01", "11-11", "12-25"]),
        (2025, ["01-01", "04-21", "05-01", "05-29", "06-09", "07-21", "08-15", "11-01", "11-11", "12-25"]),
        (2026, ["01-01", "04-06", "05-01", "05-14", "05-25", "07-21", "08-15", "11-01", "11-11", "12-25"]),
        (2027, ["01-01", "03-29", "05-01", "05-06", "05-17", "07-21", "08-15", "11-01", "11-11", "12-25"]),
        (2028, ["01-01", "04-17", "05-01", "05-25", "06-05", "07-21", "08-15", "11-01", "11-11", "12-25"]),
    ];
    for (year, expected) in table {
        assert_eq!(dates(Regime::Belgium, year), expected, "{year}");
        assert_eq!(dates(Regime::Switzerland, year), ["08-01"], "{year}");
    }
}

#[test]
fn easter_falls_on_its_published_extremes() {
    // Easter Monday one day after: the earliest (22 March 1818), the latest (25 April 1943 and 2038).
    for (year, monday) in [(1818, "03-23"), (1943, "04-26"), (2000, "04-24"), (2038, "04-26")] {
        assert!(dates(Regime::France, year).contains(&monday.to_owned()), "{year}");
    }
}

#[test]
fn two_feasts_may_share_a_day() {
    let first_of_may: Vec<&str> = Regime::France
        .holidays(2008)
        .into_iter()
        .filter(|holiday| holiday.day == day("2008-05-01"))
        .map(|holiday| holiday.key)
        .collect();
    assert_eq!(first_of_may, ["holiday-ascension", "holiday-workers"]);
}

#[test]
fn every_holiday_has_a_listed_key_and_every_key_a_holiday() {
    let mut used: Vec<&str> =
        Regime::ALL.iter().flat_map(|regime| regime.holidays(2026)).map(|holiday| holiday.key).collect();
    used.sort_unstable();
    used.dedup();
    let mut listed = HOLIDAY_KEYS;
    listed.sort_unstable();
    assert_eq!(used, listed);
}

#[test]
fn regimes_are_read_by_their_code() {
    for regime in Regime::ALL {
        assert_eq!(regime.code().parse(), Ok(regime));
    }
    let refused = "bretagne".parse::<Regime>().unwrap_err();
    assert_eq!(refused.key(), "clock-unknown-regime");
    assert!(refused.to_string().contains("france-alsace-moselle"));
}

proptest! {
    #[test]
    fn is_holiday_agrees_with_the_list(days in Day::MIN.as_days()..=Day::MAX.as_days(), which in 0..Regime::ALL.len()) {
        let (it, regime) = (Day::from_days(days), Regime::ALL[which]);
        let listed = regime.holidays(it.year()).iter().any(|holiday| holiday.day == it);
        prop_assert_eq!(regime.is_holiday(it), listed);
    }

    #[test]
    fn easter_is_a_sunday_between_22_march_and_25_april(year in 1583_i16..=9999) {
        let monday = Regime::Belgium.holidays(year).into_iter().find(|holiday| holiday.key == "holiday-easter-monday").unwrap().day;
        let sunday = monday.plus_days(-1);
        prop_assert_eq!(sunday.weekday(), Weekday::Sunday);
        prop_assert!((date(year, 3, 22)..=date(year, 4, 25)).contains(&sunday.date()));
    }
}

// Legal days

#[test]
fn ten_days_from_friday_2_may_2025_skip_the_eighth() {
    let sent = day("2025-05-02");
    assert_eq!(france().add_ouvrables(sent, 10), day("2025-05-15"));
    assert_eq!(france().add_ouvres(sent, 10), day("2025-05-19"));
}

#[test]
fn two_months_from_31_december_2025_end_on_28_february_2026() {
    let limit = france().add_months_deadline(day("2025-12-31"), 2);
    assert_eq!(limit, day("2026-02-28"));
    // A Saturday: still ouvrable, not ouvré.
    assert_eq!(france().ouvrable_from(limit), limit);
    assert_eq!(france().ouvre_from(limit), day("2026-03-02"));
}

#[test]
fn an_own_closing_day_never_lengthens_a_legal_deadline() {
    let closed = france().with_closures([day("2025-05-05"), day("2025-05-06")]);
    assert_eq!(closed.add_ouvrables(day("2025-05-02"), 10), day("2025-05-15"));
    assert!(closed.is_ouvre(day("2025-05-05")));
}

#[test]
fn a_limit_of_zero_days_ends_the_day_it_starts() {
    assert_eq!(france().add_ouvrables(day("2025-05-04"), 0), day("2025-05-04"));
}

#[test]
fn limits_end_at_the_end_of_the_calendar() {
    assert_eq!(france().add_ouvres(day("9999-12-20"), u16::MAX), Day::MAX);
}

proptest! {
    #[test]
    fn a_limit_holds_exactly_its_count_of_days(start in 15_000_i64..25_000, n in 0_u16..200) {
        let (calendar, from) = (france(), Day::from_days(start));
        let until = calendar.add_ouvrables(from, n);
        let counted = (start + 1..=until.as_days()).filter(|&number| calendar.is_ouvrable(Day::from_days(number))).count();
        prop_assert_eq!(counted, usize::from(n));
        prop_assert!(n == 0 || calendar.is_ouvrable(until));
        prop_assert!(calendar.add_ouvres(from, n) >= until);
    }
}
