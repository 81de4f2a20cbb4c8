//! Numbers, dates and money as French and English write them.
//!
//! Written here rather than taken from ICU, whose French has neither "1er" nor the minus sign U+2212, and
//! breaks between a number and its unit: see `docs/decisions/0003-numbers-and-dates.md`.

use fluent_bundle::FluentValue;
use jiff::SignedDuration;

use super::typography::{NARROW, WIDE};
use super::{Locale, T};
use crate::clock::{Day, Instant, Zone};

type Memoizer = intl_memoizer::concurrent::IntlLangMemoizer;

pub(super) fn fluent_fr(value: &FluentValue<'_>, _: &Memoizer) -> Option<String> {
    fluent_number(value, Locale::Fr)
}

pub(super) fn fluent_en(value: &FluentValue<'_>, _: &Memoizer) -> Option<String> {
    fluent_number(value, Locale::En)
}

fn fluent_number(value: &FluentValue<'_>, locale: Locale) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let digits = if number.value.fract() == 0.0 { 0 } else { 2 };
    Some(decimal(locale, number.value, digits, false))
}

/// `value` with `digits` decimals, grouped by thousands; `signed` writes the plus sign too.
pub(super) fn decimal(locale: Locale, value: f64, digits: usize, signed: bool) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let plain = format!("{:.digits$}", value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let is_zero = plain.bytes().all(|b| b == b'0' || b == b'.');
    let mut out = String::with_capacity(plain.len() + 8);
    if value < 0.0 && !is_zero {
        out.push('\u{2212}');
    } else if signed && !is_zero {
        out.push('+');
    }
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            out.push(if locale == Locale::Fr { NARROW } else { ',' });
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(if locale == Locale::Fr { ',' } else { '.' });
        out.push_str(fraction);
    }
    out
}

impl T {
    /// A whole number, grouped by thousands.
    pub fn count(&self, n: impl TryInto<i64>) -> String {
        decimal(self.locale(), n.try_into().unwrap_or(i64::MAX) as f64, 0, false)
    }

    /// What stands between the columns of a file, as the spreadsheets of the reader's country read it.
    pub fn csv_delimiter(&self) -> u8 {
        match self.locale() {
            Locale::Fr => b';',
            Locale::En => b',',
        }
    }

    /// A number with so many decimals.
    pub fn decimal(&self, value: f64, digits: usize) -> String {
        decimal(self.locale(), value, digits, false)
    }

    /// A number with its sign, plus included, and so many decimals.
    pub fn signed(&self, value: f64, digits: usize) -> String {
        decimal(self.locale(), value, digits, true)
    }

    /// A share of one as a percentage with so many decimals: 0.412 is "41,2 %".
    pub fn percent(&self, share: f64, digits: usize) -> String {
        let number = decimal(self.locale(), share * 100.0, digits, false);
        match self.locale() {
            Locale::Fr => format!("{number}{NARROW}%"),
            Locale::En => format!("{number}%"),
        }
    }

    /// An amount in minor units of a currency with two decimals (EUR, CAD, CHF).
    pub fn money(&self, minor: i64, currency: &str) -> String {
        let sign = match currency {
            "EUR" => "€",
            "CAD" => "$",
            other => other,
        };
        if self.locale() == Locale::Fr {
            let number = decimal(Locale::Fr, minor as f64 / 100.0, 2, false);
            return format!("{number}{NARROW}{sign}");
        }
        let number = decimal(Locale::En, minor.unsigned_abs() as f64 / 100.0, 2, false);
        let minus = if minor < 0 { "\u{2212}" } else { "" };
        // A sign stands against its number, a code apart from it.
        let gap = if sign.chars().count() > 1 { "\u{a0}" } else { "" };
        format!("{minus}{sign}{gap}{number}")
    }

    /// A day in a few signs: "24 nov. 2026", "1er oct. 2026"; "24 Nov 2026" in English.
    pub fn day(&self, day: Day) -> String {
        let date = day.date();
        format!("{}{WIDE}{}", self.day_and_month(day), date.year())
    }

    /// A day without its year: "24 nov.", "1er oct.".
    pub fn day_and_month(&self, day: Day) -> String {
        let date = day.date();
        let number = match (self.locale(), date.day()) {
            (Locale::Fr, 1) => "1ᵉʳ".to_owned(),
            (_, other) => other.to_string(),
        };
        format!("{number}{WIDE}{}", self.get(month_key(date.month(), true)))
    }

    /// A day in full: "mardi 24 novembre 2026".
    pub fn long_day(&self, day: Day) -> String {
        let date = day.date();
        let number = match (self.locale(), date.day()) {
            (Locale::Fr, 1) => "1ᵉʳ".to_owned(),
            (_, other) => other.to_string(),
        };
        let weekday = self.get(weekday_key(day));
        format!("{weekday} {number}{WIDE}{} {}", self.get(month_key(date.month(), false)), date.year())
    }

    /// A month with its year: "nov. 2026".
    pub fn month(&self, day: Day) -> String {
        let date = day.date();
        format!("{}{WIDE}{}", self.get(month_key(date.month(), true)), date.year())
    }

    /// The time of day in `zone`: "09:12".
    pub fn time(&self, instant: Instant, zone: &Zone) -> String {
        let local = zone.local(instant);
        format!("{:02}:{:02}", local.hour(), local.minute())
    }

    /// Day and time in `zone`.
    pub fn moment(&self, instant: Instant, zone: &Zone) -> String {
        let day = self.day(zone.day_of(instant));
        let time = self.time(instant, zone);
        format!("{day}{}{time}", self.get("date-time-between"))
    }

    /// Day and time of something that happened; the day alone where it is the very beginning of that day: whoever brought
    /// it knew no hour.
    pub fn happened(&self, instant: Instant, zone: &Zone) -> String {
        let day = zone.day_of(instant);
        if zone.start_of_day(day) == instant { self.day(day) } else { self.moment(instant, zone) }
    }

    /// How long something takes, in its largest unit: "12 s", "3 min", "2 h", "5 j".
    pub fn duration(&self, duration: SignedDuration) -> String {
        let seconds = duration.as_secs().unsigned_abs();
        let (number, key) = match seconds {
            0..=89 => (seconds, "duration-seconds"),
            90..=5_399 => ((seconds + 30) / 60, "duration-minutes"),
            5_400..=172_799 => ((seconds + 1_800) / 3_600, "duration-hours"),
            _ => ((seconds + 43_200) / 86_400, "duration-days"),
        };
        self.one(key, "n", number)
    }

    /// A size in bytes: "1,2 Mo".
    pub fn bytes(&self, bytes: i64) -> String {
        let size = bytes as f64;
        let (number, key) = match bytes {
            ..=999 => (decimal(self.locale(), size, 0, false), "size-bytes"),
            1_000..=999_999 => (decimal(self.locale(), size / 1e3, 0, false), "size-kilobytes"),
            _ => (decimal(self.locale(), size / 1e6, 1, false), "size-megabytes"),
        };
        self.one(key, "n", number)
    }
}

const fn month_key(month: i8, short: bool) -> &'static str {
    const SHORT: [&str; 12] = [
        "month-1-short",
        "month-2-short",
        "month-3-short",
        "month-4-short",
        "month-5-short",
        "month-6-short",
        "month-7-short",
        "month-8-short",
        "month-9-short",
        "month-10-short",
        "month-11-short",
        "month-12-short",
    ];
    const LONG: [&str; 12] = [
        "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9",
        "month-10", "month-11", "month-12",
    ];
    let index = (month - 1) as usize;
    if short { SHORT[index % 12] } else { LONG[index % 12] }
}

/// Key of the name of a day's weekday.
pub(crate) fn weekday_key(day: Day) -> &'static str {
    const KEYS: [&str; 7] =
        ["weekday-1", "weekday-2", "weekday-3", "weekday-4", "weekday-5", "weekday-6", "weekday-7"];
    KEYS[(day.weekday().to_monday_zero_offset() as usize) % 7]
}
