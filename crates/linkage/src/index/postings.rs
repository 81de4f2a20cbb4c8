//! Which units have which key.

use std::collections::HashMap;

use super::columns;
use crate::block::{Key, Parts};

/// Units by the hash of one key: those of the beginning sorted, those added since beside them.
pub(super) struct Postings {
    key: Key,
    /// Hash of the key in the upper half, unit in the lower.
    sorted: Vec<u64>,
    added: HashMap<u32, Vec<u64>>,
}

impl Postings {
    pub(super) fn new(key: Key, parts: &Parts, units: usize) -> Self {
        let columns = columns(&key, parts);
        let entry = |unit: usize| u64::from(Parts::key(&columns, unit)) << 32 | unit as u64;
        let mut sorted: Vec<u64> = (0..units).map(entry).filter(|entry| entry >> 32 != 0).collect();
        sorted.sort_unstable();
        Self { key, sorted, added: HashMap::new() }
    }

    pub(super) fn add(&mut self, parts: &Parts, row: usize, unit: u32) {
        let hash = Parts::key(&columns(&self.key, parts), row);
        if hash != 0 {
            self.added.entry(hash).or_default().push(u64::from(unit));
        }
    }

    /// Entries that share the key of a row, and how many.
    pub(super) fn get(&self, parts: &Parts, row: usize) -> (usize, [&[u64]; 2]) {
        let hash = Parts::key(&columns(&self.key, parts), row);
        if hash == 0 {
            return (0, [&[], &[]]);
        }
        let from = self.sorted.partition_point(|entry| entry >> 32 < u64::from(hash));
        let rest = &self.sorted[from..];
        let until = rest.partition_point(|entry| entry >> 32 == u64::from(hash));
        let added = self.added.get(&hash).map_or(&[][..], Vec::as_slice);
        (until + added.len(), [&rest[..until], added])
    }
}
