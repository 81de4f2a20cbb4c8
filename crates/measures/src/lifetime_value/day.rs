//! Days of the calendar.

use std::str::FromStr;

use crate::Error;

/// A day of the Gregorian calendar, as the days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// A date; the year from 0 to 9999.
    ///
    /// # Errors
    /// `out_of_range` for a day the calendar does not have.
    ///
    /// ```
    /// use measures::lifetime_value::Day;
    /// let day: Day = "2024-02-29".parse()?;
    /// assert_eq!(Day::new(2024, 3, 1)?.since(day), 1);
    /// assert!("2023-02-29".parse::<Day>().is_err());
    /// # Ok::<(), measures::Error>(())
    /// ```
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, Error> {
        let year = i32::from(year);
        if year > 9999 {
            return Err(Error::out_of_range("year", f64::from(year), "0 to 9999"));
        }
        if !(1..=12).contains(&month) {
            return Err(Error::out_of_range("month", f64::from(month), "1 to 12"));
        }
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if !(1..=length).contains(&day) {
            return Err(Error::out_of_range("day", f64::from(day), format!("1 to {length} in that month")));
        }
        // Years counted from March, so that a leap day is the last of its year.
        let (month, day) = (i32::from(month), i32::from(day));
        let (of, from_march) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let years = 365 * of + of.div_euclid(4) - of.div_euclid(100) + of.div_euclid(400);
        Ok(Self(years + (153 * from_march + 2) / 5 + day - 1 - 719_468))
    }

    /// Days from `other` to this one.
    #[must_use]
    pub const fn since(self, other: Self) -> i32 {
        self.0 - other.0
    }
}

impl FromStr for Day {
    type Err = Error;

    /// Reads `2024-02-29`.
    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = || Error::BadShape { what: "a date is written as 2024-02-29" };
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts[..] else { return Err(wrong()) };
        let is_plain =
            |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        if !(is_plain(year, 4) && is_plain(month, 2) && is_plain(day, 2)) {
            return Err(wrong());
        }
        let year = year.parse().map_err(|_| wrong())?;
        Self::new(year, month.parse().map_err(|_| wrong())?, day.parse().map_err(|_| wrong())?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_the_calendar_does() {
        assert_eq!(Day::new(1970, 1, 1).unwrap().0, 0);
        assert_eq!(Day::new(2000, 3, 1).unwrap().0, 11_017);
        let (mut before, mut days) = (Day::new(1896, 1, 1).unwrap(), 0);
        for year in 1896..=2004 {
            for month in 1..=12 {
                for day in 1..=31 {
                    if let Ok(next) = Day::new(year, month, day) {
                        assert!(next == before || next.since(before) == 1);
                        before = next;
                        days += 1;
                    }
                }
            }
        }
        assert_eq!(days, 109 * 365 + 27);
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "2024",
            "2024-1-1",
            "2024-13-01",
            "2024-00-10",
            "2024-02-30",
            "1900-02-29",
            "20240101",
            "-204-01-01",
            "+024-01-01",
        ] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
    }
}
