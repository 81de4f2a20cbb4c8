//! How common values are: two who share a rare one say more than two who share a common one.

use super::Halves;
use crate::records::Records;

/// How many people outside the file are imagined, all with other values: a name on two rows of four is not one that half
/// the world bears.
const OUTSIDE: usize = 16;

/// A value that came later is as rare as one among so many records at least: a set that began empty tells nothing of how
/// common values are.
const FEW: usize = 64;

/// Of the addresses and numbers that two hold, strangers share this part at least.
const LEAST_SHARED: f64 = 1.0 / 16.0;

/// The share of records that hold each value, as a logarithm in half bits, never above 0.
#[derive(Clone)]
pub(crate) struct Bits {
    shares: Vec<i8>,
    /// For values that came later: as rare as a value can be.
    rarest: i8,
    /// For values that one other has, or nobody.
    once: i8,
    /// How many of those one other has, as a logarithm in half bits.
    shared: i8,
}

impl Bits {
    /// Of the distinct texts of a column of which the world knows many more.
    pub(super) fn of_many(records: &Records, slot: usize) -> Self {
        Self::of_column(records, slot, OUTSIDE)
    }

    /// Of the distinct texts of a column that may hold all there are.
    pub(super) fn of_texts(records: &Records, slot: usize) -> Self {
        Self::of_column(records, slot, 0)
    }

    fn of_column(records: &Records, slot: usize, outside: usize) -> Self {
        let counts = Self::counts(records, slot);
        let all: u64 = counts.iter().map(|&count| u64::from(count)).sum();
        Self::of_counts(&counts, all as usize + outside)
    }

    /// How many units hold each distinct text.
    fn counts(records: &Records, slot: usize) -> Vec<u32> {
        let mut counts = vec![0_u32; records.words(slot).len()];
        for unit in 0..records.units() {
            counts[records.id(slot, unit) as usize] += 1;
        }
        counts[0] = 0;
        counts
    }

    /// Of things counted, among so many.
    pub(super) fn of_counts(counts: &[u32], all: usize) -> Self {
        let rarest = bits(1, (all + 1).max(FEW));
        // A text may be known from elsewhere (a given name, in a column of family names) and be as new here as any other.
        let share = |&count: &u32| if count == 0 { rarest } else { bits(count as usize, all) };
        let shared = shared(counts.iter().copied());
        Self { shares: counts.iter().map(share).collect(), rarest, once: bits(1, all), shared }
    }

    /// Of values told apart by a number; 0 is missing. One entry for each unit.
    pub(super) fn of_keys(keys: impl Iterator<Item = u64>) -> Self {
        let mut units = 0;
        let mut sorted: Vec<(u64, u32)> = Vec::new();
        for key in keys {
            if key != 0 {
                sorted.push((key, units));
            }
            units += 1;
        }
        sorted.sort_unstable();
        let all = sorted.len() + OUTSIDE;
        let mut shares = vec![0; units as usize];
        let shared = shared(sorted.chunk_by(|a, b| a.0 == b.0).map(|run| run.len() as u32));
        for run in sorted.chunk_by(|a, b| a.0 == b.0) {
            let share = bits(run.len(), all);
            for &(_, unit) in run {
                shares[unit as usize] = share;
            }
        }
        Self { shares, rarest: bits(1, (all + 1).max(FEW)), once: bits(1, all), shared }
    }

    /// How common a value is that several others have; `None` for one so rare that it may be a slip of the hand.
    pub(super) fn of_several(&self, id: u32) -> Option<Halves> {
        Some(self.get(id)).filter(|share| *share > Halves::from(self.once))
    }

    /// How common a value is that is given to one person or one household, by how common it is at first sight. That strangers
    /// share one is rarer than the values that one other has would have it: of those, as many are taken for shared by
    /// strangers as there are among the values that anybody has.
    pub(super) fn of_own(&self, share: Halves) -> Halves {
        if share <= Halves::from(self.once) { share + Halves::from(self.shared) } else { share }
    }

    /// How common the value with this number is.
    pub(crate) fn get(&self, id: u32) -> Halves {
        Halves::from(self.shares.get(id as usize).copied().unwrap_or(self.rarest))
    }
}

/// How many of the values that one or two have are those of two, as a logarithm in half bits.
fn shared(counts: impl Iterator<Item = u32>) -> i8 {
    let (mut once, mut twice) = (0_u32, 0_u32);
    for count in counts {
        once += u32::from(count == 1);
        twice += u32::from(count == 2);
    }
    let share = (f64::from(twice + 1) / f64::from(once + 1)).clamp(LEAST_SHARED, 1.0);
    (share.log2() * 2.0).round() as i8
}

/// log₂ of the share of the other records that hold what one of `count` holds, in half bits: two who share an address
/// that nobody else has are not made less alike by each other.
fn bits(count: usize, all: usize) -> i8 {
    if count == 0 || all == 0 {
        return 0;
    }
    let bits = ((count - 1).max(1) as f64 / all as f64).log2() * 2.0;
    bits.round().clamp(-127.0, 0.0) as i8
}
