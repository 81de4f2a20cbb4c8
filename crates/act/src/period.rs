//! The period of a board or of a ranking, as typed.

use kernel::{Day, Error, FieldError, Result};

/// First and last day. Where nothing is said, the last day is today, and the first so many days before the last.
///
/// # Errors
/// [`Error::Invalid`] at the field that is no day, or at the first day when it comes after the last.
pub fn read(from: &str, to: &str, today: Day, days: i64) -> Result<(Day, Day)> {
    let day = |text: &str, usual: Day| match text.trim() {
        "" => Some(usual),
        text => text.parse::<Day>().ok(),
    };
    let last = day(to, today);
    let first = day(from, last.unwrap_or(today).plus_days(-days));
    let wrong =
        |field: &'static str, is_wrong: bool| is_wrong.then(|| FieldError::new(field, "period-error-day"));
    let errors: Vec<FieldError> =
        [wrong("from", first.is_none()), wrong("to", last.is_none())].into_iter().flatten().collect();
    match (first, last) {
        (Some(first), Some(last)) if first > last => Err(Error::field("from", "period-error-order")),
        (Some(first), Some(last)) => Ok((first, last)),
        _ => Err(Error::Invalid(errors)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(from: &str, to: &str) -> Vec<String> {
        match read(from, to, day("2026-11-23"), 90) {
            Err(Error::Invalid(errors)) => errors.iter().map(|e| e.field.to_string()).collect(),
            _ => Vec::new(),
        }
    }

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_no_day_or_ends_before_it_begins_is_refused_at_its_field() {
        assert_eq!(wrong("hier", "2026-11-01"), ["from"]);
        assert_eq!(wrong("2026-02-30", "demain"), ["from", "to"]);
        assert_eq!(wrong("2026-11-02", "2026-11-01"), ["from"]);
        assert_eq!(wrong("2026-12-01", ""), ["from"], "after today");
    }

    #[test]
    fn without_a_period_it_is_the_last_days_up_to_today() {
        let today = day("2026-11-23");
        assert_eq!(read("", "", today, 90).unwrap(), (day("2026-08-25"), today));
        assert_eq!(read("", "2026-10-31", today, 30).unwrap(), (day("2026-10-01"), day("2026-10-31")));
        assert_eq!(
            read("2026-11-01", "2026-11-01", today, 90).unwrap().0,
            day("2026-11-01"),
            "one day is a period"
        );
    }
}
