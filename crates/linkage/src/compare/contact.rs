//! E-mail addresses, phone numbers, and numbers given by someone else.

use super::dates::one_digit;
use super::{Bits, Finding, Level, by_value, level};
use crate::distance::{jaro_winkler, osa_within};
use crate::normalise::without_particles;
use crate::records::{Dictionary, Feature, Records};

pub(super) const EMAIL: &[Level] = &[
    by_value("same", 0.70, 0.25, 0.000_001),
    level("one_slip", 0.05, 0.005, 0.000_001),
    level("same_name", 0.05, 0.01, 0.000_02),
    level("alike", 0.03, 0.03, 0.000_2),
    level("different", 0.17, 0.705, 0.999_778),
];

pub(super) const PHONE: &[Level] = &[
    by_value("same", 0.65, 0.40, 0.000_001),
    level("one_slip", 0.04, 0.01, 0.000_01),
    level("different", 0.31, 0.59, 0.999_989),
];

pub(super) const IDENTIFIER: &[Level] = &[
    by_value("same", 0.95, 0.001, 0.000_001),
    level("one_slip", 0.03, 0.001, 0.000_01),
    level("different", 0.02, 0.998, 0.999_989),
];

/// Of numbers that no two records share, held against a row that comes later. Whether the same office gave its number is
/// not known: if it did, one person has one number, and if not, never the same.
pub(super) const NEW_IDENTIFIER: &[Level] = &[
    by_value("same", 0.50, 0.001, 0.000_001),
    level("one_slip", 0.02, 0.001, 0.000_01),
    level("different", 0.48, 0.998, 0.999_989),
];

/// Comparison of e-mail addresses: the best of those each has.
pub(crate) struct Email {
    slots: Vec<(usize, Bits)>,
    given: Option<usize>,
    family: Option<usize>,
}

/// Comparison of phone numbers: the best of those each has.
pub(crate) struct Phone {
    slots: Vec<(usize, Bits)>,
}

/// Comparison of customer numbers and the like.
pub(crate) struct Identifier {
    pub(super) slot: usize,
    bits: Bits,
    levels: &'static [Level],
}

fn slots(records: &Records, feature: Feature) -> Option<Vec<(usize, Bits)>> {
    let slots: Vec<_> =
        records.with(feature).into_iter().map(|slot| (slot, Bits::of_many(records, slot))).collect();
    (!slots.is_empty()).then_some(slots)
}

/// The closest finding between the values that each side has.
fn best(
    slots: &[(usize, Bits)],
    records: &Records,
    a: usize,
    b: usize,
    level_of: impl Fn(&Dictionaries, &[u32], &[u32]) -> u8,
) -> Finding {
    let mut best = Finding::MISSING;
    for (one, bits) in slots {
        let left = &records.row(a)[records.cell(*one)..];
        if left[0] == 0 {
            continue;
        }
        for (other, other_bits) in slots {
            let right = &records.row(b)[records.cell(*other)..];
            if right[0] == 0 {
                continue;
            }
            let words = Dictionaries { left: records.words(*one), right: records.words(*other) };
            // In two columns one text has two numbers, but the same cells beside them.
            let same = if one == other {
                left[0] == right[0]
            } else {
                left[1..3] == right[1..3] && words.left(left) == words.right(right)
            };
            let found = if same {
                Finding { level: 0, rarity: bits.get(left[0]).max(other_bits.get(right[0])) }
            } else {
                Finding::at(level_of(&words, left, right))
            };
            // Of two values that both share, the rarer counts, from whichever side one looks.
            if (found.level, found.rarity) < (best.level, best.rarity) {
                best = found;
            }
        }
    }
    best
}

/// The same finding, of values given to one person or one household.
fn own(slots: &[(usize, Bits)], finding: Finding) -> Finding {
    match slots {
        [(_, bits), ..] if finding.level == 0 => Finding { rarity: bits.of_own(finding.rarity), ..finding },
        _ => finding,
    }
}

/// Where the texts of both sides are.
struct Dictionaries<'a> {
    left: &'a Dictionary,
    right: &'a Dictionary,
}

impl<'a> Dictionaries<'a> {
    fn left(&self, cells: &[u32]) -> &'a str {
        self.left.get(cells[0])
    }

    fn right(&self, cells: &[u32]) -> &'a str {
        self.right.get(cells[0])
    }
}

impl Email {
    pub(super) fn new(records: &Records) -> Option<Self> {
        let (given, family) = (records.first(Feature::Given), records.first(Feature::Family));
        slots(records, Feature::Email).map(|slots| Self { slots, given, family })
    }

    pub(super) fn compare(&self, records: &Records, a: usize, b: usize) -> Finding {
        let finding = best(&self.slots, records, a, b, email_level);
        let likeness = finding.level > 0 && finding.level < DIFFERENT;
        if likeness && self.says_the_name(records, a) && self.says_the_name(records, b) {
            return Finding::MISSING;
        }
        if finding.level == 0 && self.says_the_name(records, a) && self.says_the_name(records, b) {
            // Namesakes may have chosen the same, or whoever wrote the file may have made it up of the name.
            return finding;
        }
        own(&self.slots, finding)
    }

    /// Whether the address is made of the person's name: that it resembles a namesake's says nothing new.
    fn says_the_name(&self, records: &Records, unit: usize) -> bool {
        let holds = |slot: Option<usize>, email: &str| {
            let Some(slot) = slot else { return false };
            let name = records.words(slot).get(records.id(slot, unit));
            let said =
                |word: &str| word.len() >= 3 && email.contains(without_particles(word).unwrap_or(word));
            name.split(' ').any(said)
        };
        self.slots.iter().any(|(slot, _)| {
            let email = records.words(*slot).get(records.id(*slot, unit));
            let before = email.split('@').next().unwrap_or("");
            holds(self.family, before) || holds(self.given, before)
        })
    }
}

/// Level of addresses that have nothing in common.
const DIFFERENT: u8 = EMAIL.len() as u8 - 1;

/// Cells of an e-mail address: its number, letters of the name before the @, hash of that name.
fn email_level(words: &Dictionaries<'_>, left: &[u32], right: &[u32]) -> u8 {
    let same_name = left[2] == right[2];
    if !same_name && (left[1] ^ right[1]).count_ones() > 5 {
        return 4;
    }
    let (a, b) = (words.left(left), words.right(right));
    let (Some((name_a, host_a)), Some((name_b, host_b))) = (a.split_once('@'), b.split_once('@')) else {
        return 4;
    };
    if same_name {
        return if name_a.len() >= 4 { 2 } else { 4 };
    }
    let long = name_a.len().min(name_b.len()) >= 5;
    let close_length = name_a.len().abs_diff(name_b.len()) <= 1;
    // A number at the end tells two people of one name apart.
    if long && close_length && digits(name_a).eq(digits(name_b)) && osa_within(a, b, 1).is_some() {
        return 1;
    }
    let close = jaro_winkler(name_a, name_b).is_some_and(|score| score >= 0.92);
    if close && (host_a == host_b || name_a.len().min(name_b.len()) >= 8) { 3 } else { 4 }
}

fn digits(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().filter(u8::is_ascii_digit)
}

impl Phone {
    pub(super) fn new(records: &Records) -> Option<Self> {
        slots(records, Feature::Phone).map(|slots| Self { slots })
    }

    pub(super) fn compare(&self, records: &Records, a: usize, b: usize) -> Finding {
        own(&self.slots, best(&self.slots, records, a, b, phone_level))
    }
}

/// Cells of a phone number: its number in the dictionary, then its digits nine by nine.
fn phone_level(_: &Dictionaries<'_>, left: &[u32], right: &[u32]) -> u8 {
    let number = |cells: &[u32]| u64::from(cells[1]) + 1_000_000_000 * u64::from(cells[2]);
    if one_digit(number(left), number(right)) { 1 } else { 2 }
}

impl Identifier {
    /// `None` where no number repeats: such numbers tell rows apart, not people.
    pub(super) fn new(records: &Records, slot: usize) -> Option<Self> {
        let mut seen = vec![false; records.words(slot).len()];
        let repeats = (0..records.units()).any(|unit| match records.id(slot, unit) {
            0 => false,
            id => std::mem::replace(&mut seen[id as usize], true),
        });
        repeats.then(|| Self { slot, bits: Bits::of_many(records, slot), levels: IDENTIFIER })
    }

    /// For rows that come later, where no number repeats: strangers share one less often than once in all these pairs.
    pub(super) fn of_new(records: &Records, slot: usize) -> Self {
        let with = (0..records.units()).filter(|&unit| records.id(slot, unit) != 0).count();
        let pairs = with.saturating_mul(with.saturating_sub(1)) / 2;
        Self { slot, bits: Bits::of_counts(&[], pairs), levels: NEW_IDENTIFIER }
    }

    pub(super) const fn levels(&self) -> &'static [Level] {
        self.levels
    }

    pub(super) fn compare(&self, records: &Records, a: usize, b: usize) -> Finding {
        let cell = records.cell(self.slot);
        let (left, right) = (&records.row(a)[cell..], &records.row(b)[cell..]);
        if left[0] == 0 || right[0] == 0 {
            return Finding::MISSING;
        }
        if left[0] == right[0] {
            return Finding { level: 0, rarity: self.bits.of_own(self.bits.get(left[0])) };
        }
        let words = records.words(self.slot);
        Finding::at(number_level(words.get(left[0]), words.get(right[0])))
    }
}

fn number_level(a: &str, b: &str) -> u8 {
    let close = a.len().abs_diff(b.len()) <= 1 && a.len().min(b.len()) >= 5;
    if close && osa_within(a, b, 1).is_some() { 1 } else { 2 }
}
