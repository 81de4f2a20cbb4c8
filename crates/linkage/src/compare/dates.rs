//! Birth dates, and days of events.

use super::{Bits, Finding, Level, by_value, level};
use crate::records::Records;

pub(super) const BIRTH: &[Level] = &[
    by_value("same", 0.93, 0.03, 0.000_05),
    level("one_slip", 0.04, 0.004, 0.001),
    level("two_parts", 0.01, 0.006, 0.005),
    level("same_year", 0.005, 0.03, 0.015),
    level("different", 0.015, 0.93, 0.978_95),
];

/// Days between two events. Where two files are linked the second file may lag behind the first, or go before it: that
/// is another level, for payments arrive after they were sent.
pub(super) const GAP: &[Level] = &[
    by_value("same", 0.50, 0.1, 0.01),
    level("next_day", 0.10, 0.1, 0.02),
    level("within_3_days", 0.10, 0.1, 0.03),
    level("within_a_week", 0.10, 0.1, 0.05),
    level("within_two_weeks", 0.05, 0.05, 0.05),
    level("within_a_month", 0.05, 0.05, 0.08),
    level("day_before", 0.02, 0.05, 0.02),
    level("3_days_before", 0.02, 0.05, 0.03),
    level("a_week_before", 0.01, 0.05, 0.05),
    level("a_month_before", 0.01, 0.05, 0.06),
    level("different", 0.04, 0.3, 0.6),
];

/// Comparison of birth dates.
pub(crate) struct Birth {
    slot: usize,
    bits: Bits,
}

impl Birth {
    pub(super) fn new(records: &Records, slot: usize) -> Self {
        Self { slot, bits: day_bits(records, slot) }
    }

    pub(super) fn compare(&self, records: &Records, a: usize, b: usize) -> Finding {
        let (first, second) = (records.id(self.slot, a), records.id(self.slot, b));
        if first == 0 || second == 0 {
            return Finding::MISSING;
        }
        if first == second {
            return Finding { level: 0, rarity: self.bits.get(a as u32).max(self.bits.get(b as u32)) };
        }
        Finding::at(birth_level(first, second))
    }
}

fn birth_level(a: u32, b: u32) -> u8 {
    let parts = |day: u32| (day / 10_000, day / 100 % 100, day % 100);
    let ((year_a, month_a, day_a), (year_b, month_b, day_b)) = (parts(a), parts(b));
    let crossed = year_a == year_b && month_a == day_b && day_a == month_b;
    if (crossed && year_a == year_b) || one_digit(u64::from(a), u64::from(b)) {
        return 1;
    }
    // The first of January often stands for a day that nobody knows.
    if (month_a, day_a) == (1, 1) || (month_b, day_b) == (1, 1) {
        return if year_a == year_b { 3 } else { 4 };
    }
    let equal = u8::from(year_a == year_b) + u8::from(month_a == month_b) + u8::from(day_a == day_b);
    match (equal, year_a == year_b) {
        (2.., _) => 2,
        (_, true) => 3,
        _ => 4,
    }
}

/// Whether one digit differs, or two neighbours changed places.
pub(super) fn one_digit(a: u64, b: u64) -> bool {
    let (mut a, mut b) = (a, b);
    let mut before: Option<(u64, u64)> = None;
    let (mut differ, mut crossed) = (0, false);
    while a != b {
        let (left, right) = (a % 10, b % 10);
        if left != right {
            differ += 1;
            crossed = differ == 2 && before == Some((right, left));
        }
        before = Some((left, right));
        (a, b) = (a / 10, b / 10);
    }
    differ == 1 || (differ == 2 && crossed)
}

/// Comparison of the days on which something happened.
pub(crate) struct Gap {
    pub(super) slot: usize,
    bits: Bits,
}

impl Gap {
    pub(super) fn new(records: &Records, slot: usize) -> Self {
        Self { slot, bits: day_bits(records, slot) }
    }

    pub(super) fn compare(&self, records: &Records, a: usize, b: usize) -> Finding {
        let (first, second) = (records.id(self.slot, a), records.id(self.slot, b));
        if first == 0 || second == 0 {
            return Finding::MISSING;
        }
        let (first, second) =
            if records.file(a) <= records.file(b) { (first, second) } else { (second, first) };
        let (first, second) = (number_of(first), number_of(second));
        let before = records.linking && second < first;
        match (first.abs_diff(second), before) {
            (0, _) => Finding { level: 0, rarity: self.bits.get(a as u32).max(self.bits.get(b as u32)) },
            (1, false) => Finding::at(1),
            (2..=3, false) => Finding::at(2),
            (4..=7, false) => Finding::at(3),
            (8..=14, false) => Finding::at(4),
            (15..=31, false) => Finding::at(5),
            (1, true) => Finding::at(6),
            (2..=3, true) => Finding::at(7),
            (4..=7, true) => Finding::at(8),
            (8..=31, true) => Finding::at(9),
            _ => Finding::at(10),
        }
    }
}

/// How common the day of each unit is.
fn day_bits(records: &Records, slot: usize) -> Bits {
    Bits::of_keys((0..records.units()).map(|unit| u64::from(records.id(slot, unit))))
}

/// Days since a day long ago, by the calendar of Gregory (months counted from March).
pub(crate) fn number_of(day: u32) -> u32 {
    let (year, month, day) = (day / 10_000, day / 100 % 100, day % 100);
    let (year, month) = if month > 2 { (year, month - 3) } else { (year.saturating_sub(1), month + 9) };
    365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day
}
