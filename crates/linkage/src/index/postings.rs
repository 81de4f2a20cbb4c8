//! Which units have which key.

use std::collections::HashMap;

use crate::block::{Key, Parts, entries};

/// Stands in place of a unit that was taken out: it sorts behind all others of its hash.
const NOBODY: u32 = u32::MAX;

/// Units by the hash of one key: those of the beginning sorted, those added since beside them.
pub(super) struct Postings {
    pub(super) key: Key,
    /// Hash of the key in the upper half, unit in the lower.
    sorted: Vec<u64>,
    /// How many of these are nobody.
    taken: usize,
    added: HashMap<u32, Vec<u32>>,
}

/// Units that share a hash.
#[derive(Clone, Copy)]
pub(super) struct Units<'a> {
    sorted: &'a [u64],
    added: &'a [u32],
}

impl Units<'_> {
    pub(super) const fn len(&self) -> usize {
        self.sorted.len() + self.added.len()
    }

    /// The last one first.
    pub(super) fn newest_first(&self) -> impl Iterator<Item = u32> {
        self.added.iter().rev().copied().chain(self.sorted.iter().rev().map(|&entry| entry as u32))
    }
}

impl Postings {
    pub(super) fn new(key: Key, parts: &Parts, units: usize) -> Self {
        let mut sorted = entries(&parts.ways(&key), 0..units);
        sorted.shrink_to_fit();
        Self { key, sorted, taken: 0, added: HashMap::new() }
    }

    pub(super) fn add(&mut self, hash: u32, unit: u32) {
        self.added.entry(hash).or_default().push(unit);
    }

    /// Takes a unit out from under a hash.
    pub(super) fn remove(&mut self, hash: u32, unit: u32) {
        if let Ok(at) = self.sorted.binary_search(&entry(hash, unit)) {
            let end = at + self.sorted[at..].partition_point(|&other| other < entry(hash, NOBODY));
            self.sorted[at..end].rotate_left(1);
            self.sorted[end - 1] = entry(hash, NOBODY);
            self.taken += 1;
            if self.taken * 2 > self.sorted.len() {
                self.sorted.retain(|&entry| entry as u32 != NOBODY);
                self.sorted.shrink_to_fit();
                self.taken = 0;
            }
            return;
        }
        let Some(units) = self.added.get_mut(&hash) else { return };
        units.retain(|other| *other != unit);
        if units.is_empty() {
            self.added.remove(&hash);
        }
    }

    /// The units that have this hash.
    pub(super) fn get(&self, hash: u32) -> Units<'_> {
        let from = self.sorted.partition_point(|&other| other < entry(hash, 0));
        let rest = &self.sorted[from..];
        let until = rest.partition_point(|&other| other < entry(hash, NOBODY));
        let added = self.added.get(&hash).map_or(&[][..], Vec::as_slice);
        Units { sorted: &rest[..until], added }
    }

    /// How many units it holds, those taken out and not yet given back included.
    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.sorted.len() + self.added.values().map(Vec::len).sum::<usize>()
    }
}

fn entry(hash: u32, unit: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(unit)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{Postings, entry};

    #[test]
    fn who_is_taken_out_is_gone_and_the_others_stay_in_order() {
        let sorted: Vec<u64> = (1..=3).flat_map(|hash| (0..40).map(move |unit| entry(hash, unit))).collect();
        let mut postings = Postings { key: Vec::new(), sorted, taken: 0, added: HashMap::new() };
        (40..50).for_each(|unit| postings.add(2, unit));
        let mut left: Vec<u32> = (0..50).rev().collect();
        for step in 0..50 {
            let unit = left.remove((step * 17 + 5) % left.len());
            postings.remove(2, unit);
            postings.remove(2, unit);
            postings.remove(9, unit);
            assert_eq!(postings.get(2).newest_first().collect::<Vec<u32>>(), left);
            assert_eq!((postings.get(1).len(), postings.get(2).len()), (40, left.len()));
            assert!(postings.held() <= 130);
        }
        assert!(postings.added.is_empty() && postings.sorted.is_sorted());
        (0..40).for_each(|unit| postings.remove(1, unit));
        assert_eq!((postings.get(1).len(), postings.get(3).len()), (0, 40));
        assert!(postings.held() <= 80, "{}", postings.held());
    }
}
