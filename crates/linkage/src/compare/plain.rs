//! Whatever else a file holds: categories, texts, amounts.

use std::collections::HashMap;

use super::{Bits, Finding, Halves, Level, by_value, level};
use crate::distance::jaro_winkler;
use crate::normalise::words_of_company;
use crate::records::{Dictionary, Feature, Records};

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

/// Amounts that are years: 1976 and 1993 are not near each other for being within one percent.
pub(super) const YEAR: &[Level] = &[
    by_value("same", 0.90, 0.10, 0.02),
    level("one_year", 0.03, 0.06, 0.04),
    level("within_3_years", 0.02, 0.10, 0.08),
    level("within_10_years", 0.02, 0.24, 0.20),
    level("different", 0.03, 0.50, 0.66),
];

/// Comparison of codes and words from a short list.
pub(crate) struct Category {
    pub(super) slot: usize,
    bits: Bits,
    /// The given names, if they settle it, as they settle the gender: who shares the name shares it too, stranger or not.
    given: Option<usize>,
}

/// Comparison of free texts: which words they share, and how rare those are.
pub(crate) struct Text {
    pub(super) slot: usize,
    bits: Bits,
    words: Words,
}

/// The words of each distinct text, legal forms of companies aside: that both are a GmbH makes no two of them one.
struct Words {
    numbers: Dictionary,
    /// Numbers of words, text by text, each once.
    words: Vec<u32>,
    /// For each text, where its words end and how many distinct words there were then.
    ends: Vec<[u32; 2]>,
    /// How common each word is.
    bits: Bits,
}

/// Comparison of amounts.
pub(crate) struct Amount {
    pub(super) slot: usize,
    bits: Bits,
    are_years: bool,
}

/// Places that several share before it is asked whether they settle a category.
const PLACES: usize = 20;

impl Category {
    /// `None` for what the place already says, such as the state of a town: it would be counted twice.
    pub(super) fn new(records: &Records, slot: usize) -> Option<Self> {
        let places = [Feature::Postal, Feature::City].into_iter().filter_map(|place| records.first(place));
        let settled = places.into_iter().any(|place| settles(records, place, slot));
        let given = records.first(Feature::Given).filter(|&given| settles(records, given, slot));
        (!settled).then(|| Self { slot, bits: Bits::of_texts(records, slot), given })
    }

    /// Whether the names of two units say already whether they agree.
    fn is_settled(&self, records: &Records, a: usize, b: usize) -> bool {
        self.given
            .is_some_and(|given| records.id(given, a) != 0 && records.id(given, a) == records.id(given, b))
    }

    pub(super) fn compare(&self, records: &Records, a: usize, b: usize) -> Finding {
        match (records.id(self.slot, a), records.id(self.slot, b)) {
            (0, _) | (_, 0) => Finding::MISSING,
            _ if self.is_settled(records, a, b) => Finding::MISSING,
            (first, second) if first == second => Finding { level: 0, rarity: self.bits.get(first) },
            _ => Finding::at(1),
        }
    }
}

/// Whether all with one place, or given name, have one category, but for a few errors, while others have others.
fn settles(records: &Records, place: usize, slot: usize) -> bool {
    let mut first: HashMap<u32, u32> = HashMap::new();
    let (mut pairs, mut agree, mut before, mut alike) = (0_usize, 0_usize, 0, 0_usize);
    for unit in 0..records.units() {
        let (place, value) = (records.id(place, unit), records.id(slot, unit));
        if place == 0 || value == 0 {
            continue;
        }
        if let Some(known) = first.insert(place, value) {
            pairs += 1;
            agree += usize::from(known == value);
            alike += usize::from(before == value);
        }
        before = value;
    }
    pairs >= PLACES && agree * 20 >= pairs * 19 && alike * 10 <= pairs * 9
}

impl Words {
    /// Words of a text that count at most.
    const MOST: usize = 24;

    fn new(records: &Records, slot: usize) -> Self {
        let none = Bits::of_counts(&[], 0);
        let mut words =
            Self { numbers: Dictionary::new(), words: Vec::new(), ends: vec![[0, 1]], bits: none };
        words.grow(records.words(slot));
        let mut counts = vec![0_u32; words.numbers.len()];
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
        for id in self.ends.len()..texts.len() {
            let from = self.words.len();
            for word in words_of_company(texts.get(id as u32)).take(Self::MOST) {
                let number = self.numbers.intern(word);
                if number != 0 && !self.words[from..].contains(&number) {
                    self.words.push(number);
                }
            }
            self.ends.push([self.words.len() as u32, self.numbers.len() as u32]);
        }
    }

    /// Forgets the last texts, down to so many, and the words that came with them.
    fn shrink(&mut self, texts: usize) {
        self.ends.truncate(texts.max(1));
        let [end, known] = self.ends.last().copied().unwrap_or([0, 1]);
        self.words.truncate(end as usize);
        self.numbers.shrink(known as usize);
    }

    fn of(&self, id: u32) -> &[u32] {
        let end = |id: u32| self.ends[id as usize][0] as usize;
        &self.words[end(id.saturating_sub(1))..end(id)]
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
        self.words.shrink(records.words(self.slot).len());
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
        let bits = Bits::of_keys((0..records.units()).map(key));
        Self { slot, bits, are_years: are_years(records, slot) }
    }

    pub(super) const fn levels(&self) -> &'static [Level] {
        if self.are_years { YEAR } else { AMOUNT }
    }

    pub(super) fn compare(&self, records: &Records, a: usize, b: usize) -> Finding {
        let (Some(first), Some(second)) = (amount(records, self.slot, a), amount(records, self.slot, b))
        else {
            return Finding::MISSING;
        };
        if first == second {
            return Finding { level: 0, rarity: self.bits.get(a as u32).max(self.bits.get(b as u32)) };
        }
        if self.are_years {
            return Finding::at(match (first - second).abs() {
                ..=1.0 => 1,
                ..=3.0 => 2,
                ..=10.0 => 3,
                _ => 4,
            });
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

/// Whether all amounts of a column are years of people alive, or of what they did.
fn are_years(records: &Records, slot: usize) -> bool {
    let mut amounts = (0..records.units()).filter_map(|unit| amount(records, slot, unit)).peekable();
    amounts.peek().is_some()
        && amounts.all(|amount| amount.fract() == 0.0 && (1_850.0..=2_100.0).contains(&amount))
}

/// The amount of a unit, if it has one.
pub(crate) fn amount(records: &Records, slot: usize, unit: usize) -> Option<f64> {
    let (row, cell) = (records.row(unit), records.cell(slot));
    let amount = f64::from_bits(u64::from(row[cell]) | u64::from(row[cell + 1]) << 32);
    amount.is_finite().then_some(amount)
}

#[cfg(test)]
mod tests {
    use super::Words;
    use crate::compare::Bits;
    use crate::records::Dictionary;

    #[test]
    fn words_of_texts_that_were_taken_out_again_are_forgotten_and_the_others_stay() {
        let mut texts = Dictionary::new();
        let mut words = Words {
            numbers: Dictionary::new(),
            words: Vec::new(),
            ends: vec![[0, 1]],
            bits: Bits::of_counts(&[], 0),
        };
        for text in ["old harbour", "new harbour works"] {
            texts.intern(text);
        }
        words.grow(&texts);
        let (known, first) = (words.numbers.len(), words.of(1).to_vec());
        for at in 0..1_000 {
            texts.intern(&format!("harbour of number{at} old"));
            words.grow(&texts);
            assert_eq!(words.of(3).len(), 4);
            texts.shrink(3);
            words.shrink(texts.len());
        }
        assert_eq!((words.numbers.len(), words.of(1)), (known, first.as_slice()));
        assert_eq!((words.ends.len(), words.words.len()), (3, 5));
        words.shrink(0);
        assert_eq!((words.numbers.len(), words.of(0).len()), (1, 0));
    }
}
