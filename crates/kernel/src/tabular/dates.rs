//! Dates as people write them.
//!
//! Which number is the day is a property of a column, not of a cell: [`infer`] looks at the whole column, then
//! [`DateRule::parse`] reads each cell.

use jiff::civil::{DateTime, Time};
use serde::{Deserialize, Serialize};

use crate::clock::{Day, Instant, Zone};

use super::guess::fold;

/// First days of spreadsheets, as they are written before a time that has no day.
const SPREADSHEET_FIRST_DAYS: [&str; 6] =
    ["1899-12-30", "1899-12-31", "12/30/1899", "12/31/1899", "30/12/1899", "31/12/1899"];

/// Whether a text is a time of day that a spreadsheet wrote with its first day in front: `12/31/1899 09:30:00 AM`.
pub(super) fn is_spreadsheet_time(text: &str) -> bool {
    let time = |day: &&str| text.trim().strip_prefix(*day).is_some_and(|rest| rest.contains(':'));
    SPREADSHEET_FIRST_DAYS.iter().any(time)
}

/// In which order a date in figures is written. A year of four figures in front is always year, month, day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 31/12/2025, 31.12.25.
    #[default]
    DayFirst,
    /// 12/31/2025.
    MonthFirst,
    /// 25-12-31: two figures of the year in front.
    YearFirst,
    /// Days since 30 December 1899, as Excel counts from March 1900 on.
    ExcelSerial,
}

/// How a column is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateRule {
    /// Order of the figures.
    pub order: DateOrder,
    /// Years in two figures are the latest such year that is not after this one. With 2026, "26" is 2026 and "27"
    /// is 1927. For dates of birth give the present year, for dates to come a later one.
    pub latest_year: i16,
}

/// What [`infer`] found out about a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inferred {
    /// The order to read the column with.
    pub order: DateOrder,
    /// Whether some cell proves it. Otherwise the day first is only the habit, and the person should be asked.
    pub proven: bool,
    /// Whether other cells prove the contrary: the column mixes orders.
    pub contradicted: bool,
}

/// A date that was read, with what else stood in the cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParsedDate {
    /// The date.
    pub day: Day,
    /// The time of day, if any.
    pub time: Option<Time>,
    /// Minutes ahead of UTC, if the cell says.
    pub offset_minutes: Option<i32>,
}

impl ParsedDate {
    /// The instant: with the offset of the cell, else in `zone`; without a time, the start of the day.
    pub fn instant(self, zone: &Zone) -> Instant {
        let Some(time) = self.time else { return zone.start_of_day(self.day) };
        let local = DateTime::from_parts(self.day.date(), time);
        match self.offset_minutes {
            Some(minutes) => {
                Zone::UTC.instant_of(local).minus(jiff::SignedDuration::from_mins(i64::from(minutes)))
            }
            None => zone.instant_of(local),
        }
    }
}

impl DateRule {
    /// Reads one cell. `None` if it is no date, or one that does not exist (30 February).
    pub fn parse(&self, text: &str) -> Option<ParsedDate> {
        let text = text.trim();
        // Longer than any date written out: not worth a look.
        if text.is_empty() || text.len() > 64 {
            return None;
        }
        if self.order == DateOrder::ExcelSerial
            && let Some(parsed) = excel_serial(text)
        {
            return Some(parsed);
        }
        let (date, rest) = split_date(text)?;
        let (year, month, day) = date.in_order(self)?;
        let day = Day::from_ymd(year, month, day)?;
        let (time, offset_minutes) = parse_time(rest)?;
        Some(ParsedDate { day, time, offset_minutes })
    }

    /// A year as written: with four figures it is meant as it stands.
    fn year(&self, written: Number) -> Option<i16> {
        match written.figures {
            4 => Some(written.value),
            2 => {
                let century = self.latest_year.div_euclid(100) * 100;
                let year = century.checked_add(written.value)?;
                Some(if year > self.latest_year { year - 100 } else { year })
            }
            _ => None,
        }
    }
}

/// Finds the order of a column from its cells; cells that are no dates are passed over.
pub fn infer<'a>(cells: impl IntoIterator<Item = &'a str>) -> Inferred {
    let (mut day_first, mut month_first, mut year_first) = (0_u32, 0_u32, 0_u32);
    let (mut serial, mut dated) = (0_u32, 0_u32);
    for cell in cells {
        let cell = cell.trim();
        if excel_serial(cell).is_some() {
            serial += 1;
            continue;
        }
        let Some((Figures::Three([a, b, _]), _)) = split_date(cell) else { continue };
        dated += 1;
        // A year of four figures in front proves nothing about the others.
        match (a, b) {
            (a, _) if a.figures > 2 => {}
            (a, _) if a.value > 31 => year_first += 1,
            (a, b) if a.value > 12 && b.value <= 12 => day_first += 1,
            (a, b) if b.value > 12 && a.value <= 12 => month_first += 1,
            _ => {}
        }
    }
    if serial > 0 && dated == 0 {
        return Inferred { order: DateOrder::ExcelSerial, proven: true, contradicted: false };
    }
    let proofs = [
        (DateOrder::DayFirst, day_first),
        (DateOrder::MonthFirst, month_first),
        (DateOrder::YearFirst, year_first),
    ];
    let mut best = (DateOrder::DayFirst, 0);
    for (order, count) in proofs {
        if count > best.1 {
            best = (order, count);
        }
    }
    let contradicted = proofs.iter().filter(|(_, count)| *count > 0).count() > 1;
    Inferred { order: best.0, proven: best.1 > 0 && !contradicted, contradicted }
}

/// Whether a cell reads as a date in some order. Excel's day numbers do not count: they look like any number.
pub fn looks_like_date(text: &str) -> bool {
    let orders = [DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::YearFirst];
    orders.into_iter().any(|order| DateRule { order, latest_year: 2_099 }.parse(text).is_some())
}

/// A number as written.
#[derive(Debug, Clone, Copy)]
struct Number {
    value: i16,
    figures: usize,
}

/// The parts of a written date.
enum Figures {
    /// Three numbers, as they stand.
    Three([Number; 3]),
    /// The month in words: day, month, year.
    Named(Number, i8, Number),
}

impl Figures {
    fn in_order(&self, rule: &DateRule) -> Option<(i16, i8, i8)> {
        let small = |number: Number| (number.figures <= 2).then(|| i8::try_from(number.value).ok()).flatten();
        let (year, month, day) = match *self {
            Self::Named(day, month, year) => return Some((rule.year(year)?, month, small(day)?)),
            Self::Three([year, month, day]) if year.figures == 4 => (year, month, day),
            Self::Three([a, b, c]) => match rule.order {
                DateOrder::MonthFirst => (c, a, b),
                DateOrder::YearFirst if c.figures <= 2 => (a, b, c),
                _ => (c, b, a),
            },
        };
        Some((rule.year(year)?, small(month)?, small(day)?))
    }
}

/// The date in front of a cell, and the rest.
fn split_date(text: &str) -> Option<(Figures, &str)> {
    compact(text).or_else(|| with_separators(text)).or_else(|| with_month_name(text))
}

/// 20251231, alone or before a `T`.
fn compact(text: &str) -> Option<(Figures, &str)> {
    let figures = text.bytes().take_while(u8::is_ascii_digit).count();
    if figures != 8 {
        return None;
    }
    let (date, rest) = (text.get(..8)?, text.get(8..)?);
    let part = |from: usize, to: usize| number(date.get(from..to)?);
    let year = part(0, 4)?;
    // Other numbers of eight figures abound: customers, invoices.
    if !(1_850..=2_150).contains(&year.value) || !(rest.is_empty() || rest.starts_with('T')) {
        return None;
    }
    Some((Figures::Three([year, part(4, 6)?, part(6, 8)?]), rest))
}

/// 31/12/2025, 31.12.25, 2025-12-31: one separator, twice the same.
fn with_separators(text: &str) -> Option<(Figures, &str)> {
    let (first, rest) = leading_number(text)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '/' | '.' | '-'))?;
    let (second, rest) = leading_number(rest.strip_prefix(separator)?)?;
    let (third, rest) = leading_number(rest.strip_prefix(separator)?)?;
    Some((Figures::Three([first, second, third]), rest))
}

/// "12 mars 2025", "1er mai 25", "March 3, 2025".
fn with_month_name(text: &str) -> Option<(Figures, &str)> {
    let word_end = |text: &str| text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let gap = |text: &'_ str| text.trim_start_matches([' ', '.', '-', ',', '\u{a0}']).len();
    let skip = |text| -> Option<&str> { str::get(text, str::len(text) - gap(text)..) };
    if let Some((day, rest)) = leading_number(text) {
        let rest =
            ["er", "st", "nd", "rd", "th"].iter().find_map(|end| rest.strip_prefix(end)).unwrap_or(rest);
        let rest = skip(rest)?;
        let (word, rest) = rest.split_at_checked(word_end(rest))?;
        let (year, rest) = leading_number(skip(rest)?)?;
        return Some((Figures::Named(day, month_named(word)?, year), rest));
    }
    let (word, rest) = text.split_at_checked(word_end(text))?;
    let month = month_named(word)?;
    let (day, rest) = leading_number(skip(rest)?)?;
    let rest = ["st", "nd", "rd", "th"].iter().find_map(|end| rest.strip_prefix(end)).unwrap_or(rest);
    let (year, rest) = leading_number(skip(rest)?)?;
    Some((Figures::Named(day, month, year), rest))
}

fn month_named(word: &str) -> Option<i8> {
    const FRENCH: [&str; 12] = [
        "janvier",
        "fevrier",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "aout",
        "septembre",
        "octobre",
        "novembre",
        "decembre",
    ];
    const ENGLISH: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = fold(word);
    // "jui" could be June or July; every other start of three letters is one month.
    if word.len() < 3 || word == "jui" {
        return None;
    }
    let place = |months: &[&str; 12]| months.iter().position(|month| month.starts_with(&word));
    let index = place(&FRENCH).or_else(|| place(&ENGLISH))?;
    i8::try_from(index + 1).ok()
}

/// One to four figures in front of a text.
fn leading_number(text: &str) -> Option<(Number, &str)> {
    let figures = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(figures)?;
    Some((number(digits)?, rest))
}

fn number(digits: &str) -> Option<Number> {
    let allowed = (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    allowed.then(|| digits.parse().ok()).flatten().map(|value| Number { value, figures: digits.len() })
}

/// What may follow a date: nothing, or a time with or without an offset. `None` for anything else.
fn parse_time(rest: &str) -> Option<(Option<Time>, Option<i32>)> {
    let rest = rest.trim_start_matches([',', 'T', 't', ' ', '\u{a0}', '\u{202f}']);
    let rest = ["à ", "at "].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest).trim();
    if rest.is_empty() {
        return Some((None, None));
    }
    let (clock, offset) = split_offset(rest)?;
    let (clock, half) = split_half(clock.trim());
    let (hour, rest) = leading_number(clock)?;
    let rest = rest.strip_prefix([':', 'h', 'H'])?;
    let (minute, rest) =
        if rest.is_empty() { (Number { value: 0, figures: 2 }, rest) } else { leading_number(rest)? };
    let (second, rest) = match rest.strip_prefix([':', 'm']) {
        Some(rest) if !rest.is_empty() => leading_number(rest)?,
        _ => (Number { value: 0, figures: 2 }, rest),
    };
    let nanoseconds = fraction(rest)?;
    let hour = match (half, hour.value) {
        (None, hour) => hour,
        (Some(afternoon), hour @ 1..=12) => hour % 12 + if afternoon { 12 } else { 0 },
        _ => return None,
    };
    let small = |value: i16| i8::try_from(value).ok();
    let time = Time::new(small(hour)?, small(minute.value)?, small(second.value)?, nanoseconds).ok()?;
    Some((Some(time), offset))
}

/// Nothing, or a point (or comma) and figures, as nanoseconds.
fn fraction(text: &str) -> Option<i32> {
    if text.is_empty() {
        return Some(0);
    }
    let digits = text.strip_prefix(['.', ','])?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let nine: String = digits.chars().chain(std::iter::repeat('0')).take(9).collect();
    nine.parse().ok()
}

/// Takes `Z`, `+02:00`, `+0200` or `-05` off the end.
fn split_offset(text: &str) -> Option<(&str, Option<i32>)> {
    if let Some(clock) = text.strip_suffix(['Z', 'z']) {
        return Some((clock, Some(0)));
    }
    let Some(at) = text.rfind(['+', '-']) else { return Some((text, None)) };
    let (clock, offset) = text.split_at_checked(at)?;
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let digits: String = offset.get(1..)?.chars().filter(|&c| c != ':').collect();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i32, i32) = match digits.len() {
        2 => (digits.parse().ok()?, 0),
        4 => (digits.get(..2)?.parse().ok()?, digits.get(2..)?.parse().ok()?),
        _ => return None,
    };
    (hours <= 14 && minutes < 60).then_some((clock, Some(sign * (hours * 60 + minutes))))
}

/// Takes AM or PM off the end; `true` is the afternoon.
fn split_half(text: &str) -> (&str, Option<bool>) {
    for (end, afternoon) in [("am", false), ("AM", false), ("pm", true), ("PM", true)] {
        if let Some(clock) = text.strip_suffix(end) {
            return (clock.trim_end(), Some(afternoon));
        }
    }
    (text, None)
}

/// A day number of Excel between 1950 and 2099, with the time as its fraction.
fn excel_serial(text: &str) -> Option<ParsedDate> {
    let figures = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    if text.len() < 5 || text.len() > 20 || !text.chars().all(figures) {
        return None;
    }
    let serial: f64 = text.replace(',', ".").parse().ok()?;
    if !(18_264.0..73_051.0).contains(&serial) {
        return None;
    }
    let seconds = (serial * 86_400.0).round() as i64;
    let (days, of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // 25 569 is 1970-01-01 in that count.
    let day = Day::from_days(days - 25_569);
    let part = |value: i64| i8::try_from(value).ok();
    let time = Time::new(part(of_day / 3_600)?, part(of_day / 60 % 60)?, part(of_day % 60)?, 0).ok()?;
    Some(ParsedDate { day, time: (of_day > 0).then_some(time), offset_minutes: None })
}
