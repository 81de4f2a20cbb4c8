//! What a pair shows.

use super::{Comparison, MISSING};
use crate::records::Records;

/// How common what two records agree on is, as logarithms in half bits, 0 or less.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Rarity {
    pub(crate) given: i16,
    pub(crate) family: i16,
    pub(crate) place: i16,
    /// By how much commoner than thought it is that two people have given names so much alike: a correction, 0 or more.
    pub(crate) likeness: i16,
    /// Of everything else, added up.
    pub(crate) rest: i16,
}

impl Rarity {
    /// Rounded to two bits: close enough to learn from, and far fewer.
    fn rounded(self) -> Self {
        let round = |halves: i16| (halves - 2) / 4 * 4;
        Self {
            given: round(self.given),
            family: round(self.family),
            place: round(self.place),
            likeness: round(self.likeness + 3),
            rest: round(self.rest),
        }
    }
}

/// Everything two records show: the level of each field, and how common what they agree on is.
///
/// Made by [`Comparator::compare`](super::Comparator::compare); weighed by [`Scorer::score`](crate::score::Scorer::score).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pattern {
    /// Four bits for each comparison; all of them where there is none.
    levels: u64,
    pub(crate) rarity: Rarity,
}

impl Pattern {
    /// Whether there is no evidence at all.
    pub(crate) fn is_silent(&self, comparisons: usize) -> bool {
        (0..comparisons).all(|at| self.level(at) == MISSING)
    }

    pub(crate) fn of(comparisons: &[Comparison], records: &Records, a: usize, b: usize) -> Self {
        let mut pattern = Self { levels: u64::MAX, rarity: Rarity::default() };
        for (at, comparison) in comparisons.iter().enumerate() {
            let finding = comparison.compare(records, a, b);
            pattern.levels ^= u64::from(finding.level ^ MISSING) << (4 * at);
            let rarity = match comparison {
                Comparison::Given(_) if finding.rarity > 0 => &mut pattern.rarity.likeness,
                Comparison::Given(_) => &mut pattern.rarity.given,
                Comparison::Family(_) => &mut pattern.rarity.family,
                Comparison::Address(_) => &mut pattern.rarity.place,
                _ => &mut pattern.rarity.rest,
            };
            *rarity += finding.rarity as i16;
        }
        pattern
    }

    /// Level of one comparison.
    pub(crate) const fn level(&self, at: usize) -> u8 {
        (self.levels >> (4 * at)) as u8 & 15
    }

    /// The same with rarities rounded.
    pub(crate) fn rounded(&self) -> Self {
        Self { levels: self.levels, rarity: self.rarity.rounded() }
    }
}
