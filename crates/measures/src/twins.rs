//! Identifiers that come twice.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

/// Whether an identifier comes twice. Short hashes are sorted first: only where two of them are equal are the
/// identifiers themselves looked at.
pub(crate) fn exist<'a>(ids: impl Iterator<Item = &'a str> + Clone) -> bool {
    let state = RandomState::new();
    let mut hashes: Vec<u64> = ids.clone().map(|id| state.hash_one(id)).collect();
    hashes.sort_unstable();
    if hashes.windows(2).all(|pair| pair[0] != pair[1]) {
        return false;
    }
    let mut known = HashSet::with_capacity(hashes.len());
    ids.into_iter().any(|id| !known.insert(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twins_are_found_and_others_are_not() {
        assert!(!exist([].into_iter()));
        assert!(!exist(["a", "b", "", "ab"].into_iter()));
        assert!(exist(["a", "b", "a"].into_iter()));
        assert!(exist(["", ""].into_iter()));
    }
}
