//! A day of the civil calendar.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, Span};

use super::{TimeError, serde_as_text};

const EPOCH: Date = Date::constant(1970, 1, 1);
const SECONDS_PER_DAY: i64 = 86_400;

/// A day of the civil (Gregorian) calendar: days since 1970-01-01, with no zone.
///
/// Always between 0001-01-01 and 9999-12-31; arithmetic **clamps** to that range.
/// Written `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i64);

impl Day {
    /// The first day, 0001-01-01.
    pub const MIN: Self = Self(-719_162);
    /// The last day, 9999-12-31.
    pub const MAX: Self = Self(2_932_896);

    /// The day `days` after 1970-01-01 (before it if negative), clamped.
    #[must_use]
    pub const fn from_days(days: i64) -> Self {
        if days < Self::MIN.0 {
            return Self::MIN;
        }
        if days > Self::MAX.0 {
            return Self::MAX;
        }
        Self(days)
    }

    /// Days since 1970-01-01, as stored in the database.
    #[must_use]
    pub const fn as_days(self) -> i64 {
        self.0
    }

    /// The given date, or `None` where there is no such date (30 February, year 0).
    #[must_use]
    pub fn from_ymd(year: i16, month: i8, day: i8) -> Option<Self> {
        if year < 1 {
            return None;
        }
        Date::new(year, month, day).ok().map(Self::from_date)
    }

    /// From a jiff date, clamped.
    #[must_use]
    pub fn from_date(date: Date) -> Self {
        Self::from_days(date.duration_since(EPOCH).as_secs() / SECONDS_PER_DAY)
    }

    /// The same day as a jiff date.
    #[must_use]
    pub fn date(self) -> Date {
        EPOCH.saturating_add(SignedDuration::from_secs(self.0 * SECONDS_PER_DAY))
    }

    /// The year, 1 to 9999.
    #[must_use]
    pub fn year(self) -> i16 {
        self.date().year()
    }

    /// This day moved by `days`, forward or back, clamped.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        Self::from_days(self.0.saturating_add(days))
    }

    /// Days from `other` to this day; negative if this one is earlier.
    #[must_use]
    pub const fn days_since(self, other: Self) -> i64 {
        self.0 - other.0
    }

    /// This day moved by whole months, forward or back. Where the month reached
    /// is too short the result is its last day: 31 December plus two months is 28 (or 29) February.
    #[must_use]
    pub fn add_months(self, months: i32) -> Self {
        // A span refuses more months than lie between year -9999 and 9999: that far is the end of the calendar.
        let end = if months < 0 { Self::MIN } else { Self::MAX };
        let Ok(span) = Span::new().try_months(months) else {
            return end;
        };
        self.date().checked_add(span).map_or(end, Self::from_date)
    }

    /// Day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        const WEEK: [Weekday; 7] = [
            Weekday::Monday,
            Weekday::Tuesday,
            Weekday::Wednesday,
            Weekday::Thursday,
            Weekday::Friday,
            Weekday::Saturday,
            Weekday::Sunday,
        ];
        WEEK.into_iter().nth(self.days_into_week()).unwrap_or(Weekday::Sunday)
    }

    /// Days since Monday, 0 to 6. (1970-01-01 was a Thursday.)
    fn days_into_week(self) -> usize {
        usize::try_from((self.0 + 3).rem_euclid(7)).unwrap_or_default()
    }

    /// Monday of this day's ISO 8601 week.
    #[must_use]
    pub const fn start_of_iso_week(self) -> Self {
        self.plus_days(-(self.0 + 3).rem_euclid(7))
    }

    /// First day of this day's month.
    #[must_use]
    pub fn start_of_month(self) -> Self {
        Self::from_date(self.date().first_of_month())
    }

    /// Last day of this day's month.
    #[must_use]
    pub fn end_of_month(self) -> Self {
        Self::from_date(self.date().last_of_month())
    }

    /// First day of this day's quarter: 1 January, April, July or October.
    #[must_use]
    pub fn start_of_quarter(self) -> Self {
        let months_in = (self.date().month() - 1) % 3;
        self.start_of_month().add_months(-i32::from(months_in))
    }

    /// 1 January of this day's year.
    #[must_use]
    pub fn start_of_year(self) -> Self {
        Self::from_date(self.date().first_of_year())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.date(), f)
    }
}

impl FromStr for Day {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        let trimmed = text.trim();
        // jiff also reads date-times here; a form field holding a time is a mistake we want to see.
        let date = (trimmed.len() == 10).then(|| trimmed.parse::<Date>().ok());
        date.flatten()
            .filter(|date| date.year() >= 1)
            .map(Self::from_date)
            .ok_or_else(|| TimeError::NotADay(text.to_owned()))
    }
}

serde_as_text!(Day);
