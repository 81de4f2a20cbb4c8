use proptest::prelude::*;

use super::{Day, Order, day};

#[test]
fn days_are_read_in_all_usual_ways() {
    for text in [
        "1971-06-24",
        "24/06/1971",
        "24.6.1971",
        "24-6-71",
        "19710624",
        "24061971",
        "240671",
        "24 juin 1971",
        "24 JUIN 71",
        "June 24th, 1971",
        "24 June 1971",
        "1971/06/24 00:00:00",
        "1971-06-24T12:30:00Z",
        "24/06/1971 10h30",
        "1971-24-06",
        "06/24/1971",
        "né le 24 juin 1971",
        "19710624.0",
        "1971 juin 24",
    ] {
        assert_eq!(day(text, Order::DayFirst), Day::new(1971, 6, 24), "{text}");
    }
    assert_eq!(day("1er août 2003", Order::DayFirst), Day::new(2003, 8, 1));
    assert_eq!(day("04/06/1971", Order::MonthFirst), Day::new(1971, 4, 6));
    assert_eq!(day("71-06-04", Order::YearFirst), Day::new(1971, 6, 4));
    assert_eq!(day("26108", Order::Serial), Day::new(1971, 6, 24));
    assert_eq!(day("26108.5", Order::Serial), Day::new(1971, 6, 24));
}

#[test]
fn what_is_no_day_is_nothing() {
    for text in [
        "",
        "n/a",
        "1900-01-01",
        "01/01/1901",
        "0000-00-00",
        "11/11/1111",
        "31/02/1971",
        "1971-13-13",
        "9999-12-31",
        "0612345678",
        "juin 1971",
        "12",
        "2001-02-29",
        "24 brumaire 1971",
        "99999999",
        "06 12 34 20 78",
    ] {
        assert_eq!(day(text, Order::DayFirst), None, "{text}");
    }
}

#[test]
fn the_order_is_what_makes_days_exist() {
    assert_eq!(Order::guess(["01/02/1980", "25/03/1990"]), Order::DayFirst);
    assert_eq!(Order::guess(["01/02/1980", "03/25/1990", ""]), Order::MonthFirst);
    assert_eq!(Order::guess(["80-02-01", "99-03-25"]), Order::YearFirst);
    assert_eq!(Order::guess(["26108", "30000"]), Order::Serial);
    assert_eq!(Order::guess(["26108", "1917", "30000"]), Order::Serial);
    assert_eq!(Order::guess(["1971", "1956", "2003"]), Order::DayFirst, "years are no days");
    assert_eq!(Order::guess(["26108", "24/06/1971"]), Order::DayFirst);
    assert_eq!(Order::guess([]), Order::DayFirst);
}

proptest! {
    #[test]
    fn numbers_of_days_go_back_and_forth(number in -719_162..=2_932_896_i32) {
        let day = Day::from_number(number).unwrap();
        prop_assert_eq!(day.number(), number);
        let written = day.to_string();
        prop_assert_eq!(super::written(&written, Order::DayFirst), Some(day));
    }
}
