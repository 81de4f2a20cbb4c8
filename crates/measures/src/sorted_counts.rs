//! How often each of many keys occurs, in rising order of the keys.

/// Keys that wait before they are sorted in.
const WAITING: usize = 4_096;

/// A multiset of keys: memory grows with the number of different keys, not with how often they occur; adding a key is
/// quick, since keys wait in a heap that is sorted in whenever it has grown as large as what is sorted already.
#[derive(Debug, Clone, Default)]
pub(crate) struct SortedCounts {
    /// Different keys in rising order, each with how often it occurs.
    sorted: Vec<(u64, u64)>,
    /// Single keys that wait.
    waiting: Vec<u64>,
    /// Keys with their number that wait.
    waiting_groups: Vec<(u64, u64)>,
}

impl SortedCounts {
    /// Adds a key once.
    pub(crate) fn push(&mut self, key: u64) {
        self.waiting.push(key);
        if self.waiting.len() >= WAITING.max(self.sorted.len()) {
            self.settle();
        }
    }

    /// Adds a key `times` times; the caller keeps the total within 2⁵³.
    pub(crate) fn push_count(&mut self, key: u64, times: u64) {
        match times {
            0 => return,
            1 => return self.push(key),
            _ => self.waiting_groups.push((key, times)),
        }
        if self.waiting_groups.len() >= WAITING.max(self.sorted.len()) {
            self.settle();
        }
    }

    /// Takes over the keys of `other`.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.sorted = merged(&self.sorted, &other.sorted);
        self.waiting.extend_from_slice(&other.waiting);
        self.waiting_groups.extend_from_slice(&other.waiting_groups);
        self.settle();
    }

    /// Every key with how often it occurs, in rising order.
    pub(crate) fn into_sorted(mut self) -> Vec<(u64, u64)> {
        self.settle();
        self.sorted
    }

    fn settle(&mut self) {
        self.waiting.sort_unstable();
        let singles: Vec<(u64, u64)> =
            self.waiting.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u64)).collect();
        self.waiting_groups.sort_unstable_by_key(|(key, _)| *key);
        let groups: Vec<(u64, u64)> = self
            .waiting_groups
            .chunk_by(|a, b| a.0 == b.0)
            .map(|same| (same[0].0, same.iter().map(|(_, times)| times).sum()))
            .collect();
        self.waiting.clear();
        self.waiting_groups.clear();
        for more in [singles, groups] {
            if self.sorted.is_empty() {
                self.sorted = more;
            } else if !more.is_empty() {
                self.sorted = merged(&self.sorted, &more);
            }
        }
    }
}

/// Two lists of different keys in rising order as one.
fn merged(a: &[(u64, u64)], b: &[(u64, u64)]) -> Vec<(u64, u64)> {
    let mut all = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while let (Some(left), Some(right)) = (a.get(i), b.get(j)) {
        let next = if left.0 <= right.0 { left } else { right };
        let both = left.0 == right.0;
        all.push(if both { (left.0, left.1 + right.1) } else { *next });
        i += usize::from(left.0 <= right.0);
        j += usize::from(right.0 <= left.0);
    }
    all.extend_from_slice(&a[i..]);
    all.extend_from_slice(&b[j..]);
    all
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_key_is_counted_however_it_came(
            keys in prop::collection::vec((0u64..20, 0u64..4), 0..60), cut in 0usize..60,
        ) {
            let mut expected = BTreeMap::new();
            let mut parts = [SortedCounts::default(), SortedCounts::default()];
            for (at, (key, times)) in keys.iter().enumerate() {
                if *times > 0 {
                    *expected.entry(*key).or_insert(0) += times;
                }
                parts[usize::from(at < cut)].push_count(*key, *times);
            }
            let [mut a, b] = parts;
            a.merge(&b);
            prop_assert_eq!(a.into_sorted(), expected.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn memory_follows_the_different_keys() {
        let mut counts = SortedCounts::default();
        for at in 0..100_000u64 {
            counts.push(at % 7);
        }
        assert!(counts.waiting.capacity() <= 2 * WAITING && counts.sorted.len() <= 7);
        assert_eq!(counts.into_sorted().iter().map(|(_, times)| times).sum::<u64>(), 100_000);
    }
}
