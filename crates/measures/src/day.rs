//! Days of the calendar, without a clock and without time zones.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::Error;

/// A day of the Gregorian calendar, years 1 to 9999, written `2024-02-29`.
///
/// ```
/// use measures::Day;
/// let (leap, first): (Day, Day) = ("2024-02-29".parse()?, "2024-03-01".parse()?);
/// assert_eq!(first.days_since(leap), 1);
/// assert_eq!(leap.month().to_string(), "2024-02");
/// assert!("2023-02-29".parse::<Day>().is_err());
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

/// A month of a year, written `2024-02`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// Months since January of the year 0.
    index: u32,
}

/// Days before each month of a common year.
const BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

impl Day {
    /// The day of that year (1 to 9999), month (1 to 12) and number.
    ///
    /// # Errors
    /// `out_of_range` when the calendar has no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, Error> {
        if !(1..=9999).contains(&year) {
            return Err(Error::out_of_range("year", f64::from(year), "a year from 1 to 9999"));
        }
        let length = match month {
            2 if is_leap(year) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return Err(Error::out_of_range("month", f64::from(month), "a month from 1 to 12")),
        };
        if !(1..=length).contains(&day) {
            let expected = format!("a day from 1 to {length} in {year:04}-{month:02}");
            return Err(Error::out_of_range("day", f64::from(day), expected));
        }
        Ok(Self { year, month, day })
    }

    /// Days from `earlier` to this day; negative when this day comes first.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        self.number() - earlier.number()
    }

    /// The month it lies in.
    #[must_use]
    pub fn month(self) -> Month {
        Month { index: u32::from(self.year) * 12 + u32::from(self.month) - 1 }
    }

    /// Days since the last day before the year 1.
    fn number(self) -> i64 {
        let past = i64::from(self.year) - 1;
        let leap_day = i64::from(self.month > 2 && is_leap(self.year));
        let before = BEFORE[usize::from(self.month - 1)];
        past * 365 + past / 4 - past / 100 + past / 400 + before + leap_day + i64::from(self.day)
    }
}

impl Month {
    /// Months from `earlier` to this month; 0 when this month comes first.
    #[must_use]
    pub const fn months_since(self, earlier: Self) -> u32 {
        self.index.saturating_sub(earlier.index)
    }
}

const fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

impl FromStr for Day {
    type Err = Error;

    /// Exactly `YYYY-MM-DD`: anything else is `bad_shape`, a day the calendar lacks is `out_of_range`.
    fn from_str(text: &str) -> Result<Self, Error> {
        const SHAPE: Error = Error::BadShape { what: "a day is written YYYY-MM-DD" };
        let &[a, b, c, d, b'-', e, f, b'-', g, h] = text.as_bytes() else { return Err(SHAPE) };
        if ![a, b, c, d, e, f, g, h].iter().all(u8::is_ascii_digit) {
            return Err(SHAPE);
        }
        let two = |tens: u8, ones: u8| (tens - b'0') * 10 + (ones - b'0');
        Self::new(u16::from(two(a, b)) * 100 + u16::from(two(c, d)), two(e, f), two(g, h))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.index / 12, self.index % 12 + 1)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn every_day_follows_the_one_before() {
        let (mut before, mut days) = (None::<Day>, 0);
        for year in 1..=9999 {
            for (month, number) in (1..=12).flat_map(|month| (1..=31).map(move |number| (month, number))) {
                let Ok(day) = Day::new(year, month, number) else { continue };
                assert!(before.is_none_or(|before| day > before && day.days_since(before) == 1), "{day}");
                (before, days) = (Some(day), days + 1);
            }
        }
        // 24 full cycles of 400 years, of 146 097 days, and 399 years more.
        assert_eq!(days, 25 * 146_097 - 366);
    }

    #[test]
    fn known_distances_are_found() {
        assert_eq!(day("2024-06-30").days_since(day("2020-02-29")), 1583);
        assert_eq!(day("2000-01-01").days_since(day("1970-01-01")), 10_957);
        assert_eq!(day("2024-04-01").month().months_since(day("2023-12-31").month()), 4);
        assert_eq!(day("0001-01-01").to_string(), "0001-01-01");
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "",
            "2024-1-01",
            "2024-01-1",
            "2024/01/01",
            "2024-01-01T00",
            "24-01-0100",
            "+024-01-01",
            "２-01-01",
        ] {
            assert_eq!(text.parse::<Day>().unwrap_err().code(), "bad_shape", "{text}");
        }
        for text in
            ["0000-01-01", "2023-13-01", "2023-00-01", "2023-02-29", "1900-02-29", "2023-04-31", "2023-01-00"]
        {
            assert_eq!(text.parse::<Day>().unwrap_err().code(), "out_of_range", "{text}");
        }
    }
}
