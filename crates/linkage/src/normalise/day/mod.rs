//! Calendar days.

use std::num::NonZeroU8;

use super::cell;

mod order;
mod parts;

pub use order::Order;
use parts::Part;

/// A day of the Gregorian calendar, in four bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: NonZeroU8,
    day: NonZeroU8,
}

impl Day {
    /// A day that exists, of the years 1 to 9999.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        if year == 0 || year > 9999 || day > days_of_month(year, month)? {
            return None;
        }
        Some(Self { year, month: NonZeroU8::new(month)?, day: NonZeroU8::new(day)? })
    }

    /// Year, 1 to 9999.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// Month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month.get()
    }

    /// Day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day.get()
    }

    /// Days since 1 January 1970; the difference of two is the number of days between them.
    ///
    /// Formula: years begin in March, so that the odd day ends a year; 146 097 days in 400 years.
    #[must_use]
    pub fn number(self) -> i32 {
        let (month, day) = (i32::from(self.month()), i32::from(self.day()));
        let year = i32::from(self.year) - i32::from(month <= 2);
        let before_month = (153 * ((month + 9) % 12) + 2) / 5;
        year * 365 + year / 4 - year / 100 + year / 400 + before_month + day - 1 - 719_468
    }

    /// The day so many days after (before, if negative) 1 January 1970.
    #[must_use]
    pub fn from_number(number: i32) -> Option<Self> {
        // Within the years 1 to 9999.
        if !(-719_162..=2_932_896).contains(&number) {
            return None;
        }
        let days = number + 719_468;
        let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
        let of_year = day - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = era * 400 + year + i32::from(month <= 2);
        Self::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn days_of_month(year: u16, month: u8) -> Option<u8> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 => Some(28 + u8::from(leap)),
        4 | 6 | 9 | 11 => Some(30),
        1..=12 => Some(31),
        _ => None,
    }
}

/// Days that systems write for "not known": zeros of databases and spreadsheets, one digit over and over.
const NO_DAY: [(u16, u8, u8); 9] = [
    (1, 1, 1),
    (1111, 11, 11),
    (1753, 1, 1),
    (1899, 12, 30),
    (1899, 12, 31),
    (1900, 1, 1),
    (1901, 1, 1),
    (9999, 12, 31),
    (9999, 9, 9),
];

/// Day written in any usual way: 1971-06-24, 24/06/1971, 24.6.71, 19710624, "24 juin 1971", "June 24th, 1971", a time after it
/// or not. `order` says what 04/06/1971 means; years first and names of months speak for themselves. Years of two digits
/// are 1931 to 2030. A day that does not exist is read with day and month swapped; `None` if that does not exist either,
/// for other text and for placeholders (1900-01-01, 1901-01-01, 1111-11-11, 0000-00-00, 9999-12-31 …).
///
/// ```
/// use linkage::normalise::{Day, Order, day};
/// assert_eq!(day("24 juin 1971", Order::DayFirst), Day::new(1971, 6, 24));
/// assert_eq!(day("04/06/1971", Order::MonthFirst), Day::new(1971, 4, 6));
/// assert_eq!(day("31/02/1971", Order::DayFirst), None);
/// ```
#[must_use]
pub fn day(text: &str, order: Order) -> Option<Day> {
    let text = cell::trimmed(text);
    let found = if order == Order::Serial { serial(text) } else { written(text, order) }?;
    (!NO_DAY.contains(&(found.year, found.month(), found.day()))).then_some(found)
}

/// Number of a day in a spreadsheet: 1 is 31 December 1899, and what follows the decimal sign is the time.
fn serial(text: &str) -> Option<Day> {
    let whole = text.split(['.', ',']).next()?;
    if whole.len() > 7 {
        return None;
    }
    let number: i32 = whole.parse().ok()?;
    // The day before day 1; spreadsheets believe in 29 February 1900, so numbers up to 60 are not read.
    const EPOCH: i32 = -25_569;
    if number > 60 { Day::from_number(EPOCH + number) } else { None }
}

fn written(text: &str, order: Order) -> Option<Day> {
    match parts::of(text)? {
        parts::Parts::Compact { digits, len } => compact(digits, len, order),
        parts::Parts::Three(parts) => of_parts(parts, order),
    }
}

/// 19710624, 24061971, 710624, 240671.
fn compact(digits: u32, len: u8, order: Order) -> Option<Day> {
    let cut = |by: u32| (digits / by / 100, digits / by % 100, digits % by);
    if len == 8 {
        let (year, month, day) = cut(100);
        let plausible = (1000..2200).contains(&year);
        if plausible && let Some(day) = existing(year, month, day) {
            return Some(day);
        }
        let (first, second, year) = cut(10_000);
        return in_order(first, second, year, order);
    }
    let (a, b, c) = cut(100);
    match order {
        Order::YearFirst => existing(full_year(a), b, c),
        _ => in_order(a, b, full_year(c), order),
    }
}

fn of_parts([a, b, c]: [Part; 3], order: Order) -> Option<Day> {
    if a.is_name {
        return existing(c.year(), a.value, b.value);
    }
    let year_first = a.len > 2 || order == Order::YearFirst && c.len <= 2;
    if b.is_name {
        let (day, year) = if year_first { (c, a) } else { (a, c) };
        return existing(year.year(), b.value, day.value);
    }
    if c.is_name {
        return None;
    }
    if year_first { either(a.year(), b.value, c.value) } else { in_order(a.value, b.value, c.year(), order) }
}

fn in_order(first: u32, second: u32, year: u32, order: Order) -> Option<Day> {
    if order == Order::MonthFirst { either(year, first, second) } else { either(year, second, first) }
}

/// The day, or the one with day and month swapped.
fn either(year: u32, month: u32, day: u32) -> Option<Day> {
    existing(year, month, day).or_else(|| existing(year, day, month))
}

fn existing(year: u32, month: u32, day: u32) -> Option<Day> {
    Day::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// Two digits of a year: up to 30 of this century, a choice without a clock.
fn full_year(two_digits: u32) -> u32 {
    two_digits + if two_digits <= 30 { 2000 } else { 1900 }
}

#[cfg(test)]
mod tests;
