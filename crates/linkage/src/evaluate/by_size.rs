//! Sums of fractions, kept as whole numbers.

use std::collections::BTreeMap;

/// For each size of a group, the sum over groups of that size of the squares of their parts: the whole numbers of which a
/// B³ figure is made. No digit depends on the order of records or on what labels are called.
#[derive(Debug, Clone, Default)]
pub(super) struct BySize(BTreeMap<u64, u128>);

impl BySize {
    pub(super) fn add(&mut self, size: u64, squares: u128) {
        *self.0.entry(size).or_default() += squares;
    }

    /// Takes away what was added before.
    pub(super) fn subtract(&mut self, size: u64, squares: u128) {
        if let Some(sum) = self.0.get_mut(&size) {
            *sum = sum.saturating_sub(squares);
            if *sum == 0 {
                self.0.remove(&size);
            }
        }
    }

    /// Mean over `records` of their parts' share of their group.
    pub(super) fn mean(&self, records: u64) -> f64 {
        let (mut whole, mut rest) = (0_u128, 0.0);
        for (size, squares) in &self.0 {
            let size = u128::from(*size);
            whole += squares / size;
            rest += (squares % size) as f64 / size as f64;
        }
        (whole as f64 + rest) / records as f64
    }
}
