//! Equal rows kept once.

use std::borrow::Cow;

/// Rows with how many there are of each, in no particular order until asked for.
///
/// Rows are appended and now and then sorted, which beats a hash table where most rows differ, and holds at most four
/// times the distinct ones.
#[derive(Debug, Clone)]
pub(super) struct Unique<K> {
    rows: Vec<(K, u64)>,
    /// Length at which equal rows are put together again.
    room: usize,
    tidy: bool,
}

const SMALLEST_ROOM: usize = 4096;

impl<K> Default for Unique<K> {
    fn default() -> Self {
        Self { rows: Vec::new(), room: SMALLEST_ROOM, tidy: true }
    }
}

impl<K: Ord + Copy> Unique<K> {
    /// Makes room for `more` rows that may all differ.
    pub(super) fn reserve(&mut self, more: usize) {
        self.rows.reserve(more);
        self.room = self.room.max(self.rows.len() + more);
    }

    /// Puts equal rows together now.
    pub(super) fn tidy(&mut self) {
        tidy(&mut self.rows);
        self.tidy = true;
    }

    pub(super) fn push(&mut self, key: K, times: u64) {
        if times == 0 {
            return;
        }
        self.rows.push((key, times));
        self.tidy = false;
        if self.rows.len() >= self.room {
            self.tidy();
            self.room = (4 * self.rows.len()).max(SMALLEST_ROOM);
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (key, times) in &other.rows {
            self.push(*key, *times);
        }
    }

    /// Distinct rows in rising order.
    pub(super) fn sorted(&self) -> Cow<'_, [(K, u64)]> {
        if self.tidy {
            return Cow::Borrowed(&self.rows);
        }
        let mut rows = self.rows.clone();
        tidy(&mut rows);
        Cow::Owned(rows)
    }
}

fn tidy<K: Ord + Copy>(rows: &mut Vec<(K, u64)>) {
    rows.sort_unstable_by_key(|(key, _)| *key);
    rows.dedup_by(|(key, times), (kept, all)| {
        let same = key == kept;
        if same {
            *all += *times;
        }
        same
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_rows_are_kept_once_in_bounded_memory() {
        let mut rows = Unique::default();
        for index in 0..100_000_u32 {
            rows.push(index % 7, 1);
        }
        assert!(rows.rows.len() <= SMALLEST_ROOM);
        let sorted = rows.sorted();
        assert_eq!(sorted.len(), 7);
        assert_eq!(sorted.iter().map(|(_, times)| times).sum::<u64>(), 100_000);
        assert!(sorted.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
