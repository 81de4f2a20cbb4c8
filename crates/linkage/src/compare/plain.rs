//! Whatever else a file holds: categories, texts, amounts.

use super::{Bits, Finding, Level, by_value, level};
use crate::distance::jaro_winkler;
use crate::records::Records;

pub(super) const CATEGORY: &[Level] = &[by_value("same", 0.9, 0.5, 0.3), level("different", 0.1, 0.5, 0.7)];

pub(super) const TEXT: &[Level] = &[
    by_value("same", 0.70, 0.2, 0.01),
    level("alike", 0.12, 0.1, 0.01),
    level("shared_words", 0.08, 0.1, 0.05),
    level("different", 0.10, 0.6, 0.93),
];

pub(super) const AMOUNT: &[Level] = &[
    by_value("same", 0.60, 0.1, 0.001),
    level("within_1_percent", 0.10, 0.05, 0.005),
    level("within_5_percent", 0.10, 0.1, 0.02),
    level("within_20_percent", 0.08, 0.1, 0.08),
    level("different", 0.12, 0.65, 0.894),
];

/// Comparison of codes and words from a short list.
pub(crate) struct Category {
    pub(super) slot: usize,
    bits: Bits,
}

/// Comparison of free texts.
pub(crate) struct Text {
    pub(super) slot: usize,
    bits: Bits,
}

/// Comparison of amounts.
pub(crate) struct Amount {
    pub(super) slot: usize,
    bits: Bits,
}

impl Category {
    pub(super) fn new(records: &Records, slot: usize) -> Self {
        Self { slot, bits: Bits::of_texts(records, slot) }
    }

    pub(super) fn compare(&self, records: &Records, a: usize, b: usize) -> Finding {
        match (records.id(self.slot, a), records.id(self.slot, b)) {
            (0, _) | (_, 0) => Finding::MISSING,
            (first, second) if first == second => Finding { level: 0, rarity: self.bits.get(first) },
            _ => Finding::at(1),
        }
    }
}

impl Text {
    pub(super) fn new(records: &Records, slot: usize) -> Self {
        Self { slot, bits: Bits::of_texts(records, slot) }
    }

    pub(super) fn compare(&self, records: &Records, a: usize, b: usize) -> Finding {
        match (records.id(self.slot, a), records.id(self.slot, b)) {
            (0, _) | (_, 0) => Finding::MISSING,
            (first, second) if first == second => Finding { level: 0, rarity: self.bits.get(first) },
            (first, second) => {
                let words = records.words(self.slot);
                Finding::at(text_level(words.get(first), words.get(second)))
            }
        }
    }
}

fn text_level(a: &str, b: &str) -> u8 {
    if a.len().max(b.len()) <= 64 && jaro_winkler(a, b).is_some_and(|score| score >= 0.9) {
        return 1;
    }
    let words = |text: &str| text.split(' ').count().min(32);
    let shared = a.split(' ').take(32).filter(|word| b.split(' ').take(32).any(|other| other == *word)).count();
    let (least, most) = (words(a).min(words(b)), words(a).max(words(b)));
    if shared > 0 && shared == least || shared * 2 >= most { 2 } else { 3 }
}

impl Amount {
    pub(super) fn new(records: &Records, slot: usize) -> Self {
        let key = |unit| amount(records, slot, unit).map_or(0, |amount| amount.to_bits() | 1);
        Self { slot, bits: Bits::of_keys((0..records.units()).map(key)) }
    }

    pub(super) fn compare(&self, records: &Records, a: usize, b: usize) -> Finding {
        let (Some(first), Some(second)) = (amount(records, self.slot, a), amount(records, self.slot, b)) else {
            return Finding::MISSING;
        };
        if first == second {
            return Finding { level: 0, rarity: self.bits.get(a as u32) };
        }
        let apart = (first - second).abs() / first.abs().max(second.abs());
        Finding::at(match apart {
            ..=0.01 => 1,
            ..=0.05 => 2,
            ..=0.20 => 3,
            _ => 4,
        })
    }
}

/// The amount of a unit, if it has one.
pub(crate) fn amount(records: &Records, slot: usize, unit: usize) -> Option<f64> {
    let (row, cell) = (records.row(unit), records.cell(slot));
    let amount = f64::from_bits(u64::from(row[cell]) | u64::from(row[cell + 1]) << 32);
    amount.is_finite().then_some(amount)
}
