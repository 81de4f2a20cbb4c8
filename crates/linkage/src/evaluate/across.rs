//! Two files linked.

use super::groups::counted;
use super::measure::Pairwise;
use crate::Error;

/// The records of one file.
#[derive(Debug, Clone, Copy)]
pub struct Labelled<'a> {
    /// Which person each is, `None` where it is not known.
    pub truth: &'a [Option<u32>],
    /// Which group each was put into; a label means the same in both files.
    pub predicted: &'a [u32],
}

/// Counts pairs of a record of one file and a record of the other; pairs within a file do not count.
///
/// # Errors
/// As [`super::pairwise`], for either file.
///
/// ```
/// use linkage::evaluate::{Labelled, pairs_against};
/// let left = Labelled { truth: &[Some(1), Some(2)], predicted: &[1, 2] };
/// let right = Labelled { truth: &[Some(1), Some(3)], predicted: &[1, 2] };
/// let found = pairs_against(left, right)?;
/// assert_eq!((found.true_positives, found.false_positives, found.true_negatives), (1, 1, 2));
/// # Ok::<(), linkage::Error>(())
/// ```
pub fn pairs_against(left: Labelled<'_>, right: Labelled<'_>) -> Result<Pairwise, Error> {
    let (left, right) = (left.known()?, right.known()?);
    let all = counted(left.len())? * counted(right.len())?;
    Ok(Pairwise::of(
        shared(&left, &right, |both| both),
        shared(&left, &right, |(label, _)| label),
        shared(&left, &right, |(_, truth)| truth),
        all,
    ))
}

impl Labelled<'_> {
    /// Label and truth of the records whose truth is known.
    fn known(self) -> Result<Vec<(u32, u32)>, Error> {
        if self.truth.len() != self.predicted.len() {
            return Err(Error::bad_shape("truth and prediction must be of the same records"));
        }
        let both = self.truth.iter().zip(self.predicted);
        Ok(both.filter_map(|(truth, label)| Some((*label, (*truth)?))).collect())
    }
}

/// Pairs of a record of each file with the same key.
fn shared<K: Ord>(left: &[(u32, u32)], right: &[(u32, u32)], key: impl Fn((u32, u32)) -> K) -> u64 {
    let sorted = |records: &[(u32, u32)]| {
        let mut keys: Vec<K> = records.iter().map(|record| key(*record)).collect();
        keys.sort_unstable();
        keys
    };
    let (left, right) = (sorted(left), sorted(right));
    let mut right = right.chunk_by(|a, b| a == b).peekable();
    let mut pairs = 0;
    for group in left.chunk_by(|a, b| a == b) {
        while right.next_if(|other| other[0] < group[0]).is_some() {}
        if let Some(other) = right.next_if(|other| other[0] == group[0]) {
            pairs += group.len() as u64 * other.len() as u64;
        }
    }
    pairs
}
