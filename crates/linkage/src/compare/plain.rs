//! Whatever else a file holds: categories, texts, amounts.

use std::collections::HashMap;

use super::{Bits, Finding, Halves, Level, by_value, level};
use crate::distance::jaro_winkler;
use crate::records::{Dictionary, Records};

pub(super) const CATEGORY: &[Level] = &[by_value("same", 0.9, 0.5, 0.3), level("different", 0.1, 0.5, 0.7)];

pub(super) const TEXT: &[Level] = &[
    by_value("same", 0.60, 0.2, 0.01),
    by_value("most_words", 0.15, 0.1, 0.01),
    by_value("some_words", 0.10, 0.1, 0.05),
    level("alike", 0.05, 0.1, 0.01),
    level("different", 0.10, 0.5, 0.92),
];

pub(super) const AMOUNT: &[Level] = &[
    by_value("same", 0.60, 0.1, 0.001),
    level("within_1_percent", 0.10, 0.05, 0.005),
    level("within_3_percent", 0.05, 0.05, 0.01),
    level("within_6_percent", 0.05, 0.05, 0.02),
    level("within_10_percent", 0.04, 0.05, 0.03),
    level("within_20_percent", 0.04, 0.05, 0.06),
    level("different", 0.12, 0.65, 0.874),
];

/// Comparison of codes and words from a short list.
pub(crate) struct Category {
    pub(super) slot: usize,
    bits: Bits,
}

/// Comparison of free texts: which words they share, and how rare those are.
pub(crate) struct Text {
    pub(super) slot: usize,
    bits: Bits,
    words: Words,
}

/// The words of each distinct text.
struct Words {
    numbers: HashMap<String, u32>,
    /// Numbers of words, text by text, each once.
    words: Vec<u32>,
    starts: Vec<u32>,
    /// How common each word is.
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

impl Words {
    /// Words of a text that count at most.
    const MOST: usize = 24;

    fn new(records: &Records, slot: usize) -> Self {
        let none = Bits::of_counts(&[], 0);
        let mut words = Self { numbers: HashMap::new(), words: Vec::new(), starts: vec![0, 0], bits: none };
        words.grow(records.words(slot));
        let mut counts = vec![0_u32; words.numbers.len() + 1];
        let mut all = 0;
        for unit in 0..records.units() {
            let id = records.id(slot, unit);
            all += usize::from(id != 0);
            words.of(id).iter().for_each(|&word| counts[word as usize] += 1);
        }
        words.bits = Bits::of_counts(&counts, all);
        words
    }

    fn grow(&mut self, texts: &Dictionary) {
        for id in self.starts.len() - 1..texts.len() {
            let from = self.words.len();
            for word in texts.get(id as u32).split(' ').take(Self::MOST) {
                let next = self.numbers.len() as u32 + 1;
                let number = match self.numbers.get(word) {
                    Some(&number) => number,
                    None => *self.numbers.entry(word.to_owned()).or_insert(next),
                };
                if !self.words[from..].contains(&number) {
                    self.words.push(number);
                }
            }
            self.starts.push(self.words.len() as u32);
        }
    }

    fn of(&self, id: u32) -> &[u32] {
        let at = id as usize;
        &self.words[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// How rare the words are that both have, and the words of the poorer of both.
    fn shared(&self, a: u32, b: u32) -> (Halves, Halves) {
        let (left, right) = (self.of(a), self.of(b));
        let sum = |words: &[u32]| words.iter().map(|&word| self.bits.get(word)).sum::<Halves>();
        let shared = left.iter().filter(|word| right.contains(word)).map(|&word| self.bits.get(word)).sum();
        (shared, sum(left).max(sum(right)))
    }
}

impl Text {
    pub(super) fn grow(&mut self, records: &Records) {
        self.words.grow(records.words(self.slot));
    }

    pub(super) fn shrink(&mut self, records: &Records) {
        let words = &mut self.words;
        words.starts.truncate(records.words(self.slot).len() + 1);
        words.words.truncate(words.starts.last().map_or(0, |end| *end as usize));
    }

    pub(super) fn new(records: &Records, slot: usize) -> Self {
        Self { slot, bits: Bits::of_texts(records, slot), words: Words::new(records, slot) }
    }

    pub(super) fn compare(&self, records: &Records, a: usize, b: usize) -> Finding {
        let (first, second) = (records.id(self.slot, a), records.id(self.slot, b));
        if first == 0 || second == 0 {
            return Finding::MISSING;
        }
        if first == second {
            return Finding { level: 0, rarity: self.bits.get(first) };
        }
        let (shared, all) = self.words.shared(first, second);
        let texts = records.words(self.slot);
        let (one, other) = (texts.get(first), texts.get(second));
        if shared < 0 && (shared * 4 <= all * 3 || cut(one, other)) {
            return Finding { level: 1, rarity: shared };
        }
        if shared * 4 <= all && shared < 0 {
            return Finding { level: 2, rarity: shared };
        }
        let alike =
            one.len().max(other.len()) <= 64 && jaro_winkler(one, other).is_some_and(|score| score >= 0.9);
        Finding::at(if alike { 3 } else { 4 })
    }
}

/// Whether one text is the beginning of the other.
fn cut(a: &str, b: &str) -> bool {
    let short = a.len().min(b.len());
    short >= 6 && a.as_bytes()[..short] == b.as_bytes()[..short]
}

impl Amount {
    pub(super) fn new(records: &Records, slot: usize) -> Self {
        let key = |unit| amount(records, slot, unit).map_or(0, |amount| amount.to_bits() | 1);
        Self { slot, bits: Bits::of_keys((0..records.units()).map(key)) }
    }

    pub(super) fn compare(&self, records: &Records, a: usize, b: usize) -> Finding {
        let (Some(first), Some(second)) = (amount(records, self.slot, a), amount(records, self.slot, b))
        else {
            return Finding::MISSING;
        };
        if first == second {
            return Finding { level: 0, rarity: self.bits.get(a as u32).max(self.bits.get(b as u32)) };
        }
        let apart = (first - second).abs() / first.abs().max(second.abs());
        Finding::at(match apart {
            ..=0.01 => 1,
            ..=0.03 => 2,
            ..=0.06 => 3,
            ..=0.10 => 4,
            ..=0.20 => 5,
            _ => 6,
        })
    }
}

/// The amount of a unit, if it has one.
pub(crate) fn amount(records: &Records, slot: usize, unit: usize) -> Option<f64> {
    let (row, cell) = (records.row(unit), records.cell(slot));
    let amount = f64::from_bits(u64::from(row[cell]) | u64::from(row[cell + 1]) << 32);
    amount.is_finite().then_some(amount)
}
