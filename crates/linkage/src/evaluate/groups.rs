//! Two groupings of the same records.

use serde::Serialize;

use super::by_size::BySize;
use super::measure::{B3, Pairwise};
use crate::Error;

/// Both measures of one grouping.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Evaluation {
    /// By pairs of records.
    pub pairwise: Pairwise,
    /// By records.
    pub b3: B3,
}

/// Counts pairs of records in a grouping against the truth, `None` where it is not known.
///
/// # Errors
/// [`Error::BadShape`] for lists of different lengths; [`Error::EmptySample`] when no record has a truth;
/// [`Error::OutOfRange`] for more than 2³² − 1 records.
///
/// ```
/// use linkage::evaluate::pairwise;
/// // Three records of one person, one of them not found; one record of which nobody knows.
/// let found = pairwise(&[Some(1), Some(1), Some(1), Some(2), None], &[7, 7, 8, 9, 7])?;
/// assert_eq!((found.true_positives, found.false_positives, found.false_negatives), (1, 0, 2));
/// assert_eq!(found.precision, Some(1.0));
/// # Ok::<(), linkage::Error>(())
/// ```
pub fn pairwise(truth: &[Option<u32>], predicted: &[u32]) -> Result<Pairwise, Error> {
    evaluate(truth, predicted).map(|both| both.pairwise)
}

/// B³ precision, recall and F1 of a grouping against the truth, `None` where it is not known.
///
/// # Errors
/// As [`pairwise`].
///
/// ```
/// let found = linkage::evaluate::b3(&[Some(1), Some(2)], &[5, 5])?;
/// assert_eq!((found.precision, found.recall), (0.5, 1.0));
/// # Ok::<(), linkage::Error>(())
/// ```
pub fn b3(truth: &[Option<u32>], predicted: &[u32]) -> Result<B3, Error> {
    evaluate(truth, predicted).map(|both| both.b3)
}

/// Both measures at once.
///
/// # Errors
/// As [`pairwise`].
pub fn evaluate(truth: &[Option<u32>], predicted: &[u32]) -> Result<Evaluation, Error> {
    if truth.len() != predicted.len() {
        return Err(Error::bad_shape("truth and prediction must be of the same records"));
    }
    let known = truth.iter().zip(predicted).filter_map(|(truth, label)| Some(both(*label, (*truth)?)));
    let mut labels: Vec<u64> = known.collect();
    let records = counted(labels.len())?;
    let found = Groups::of(&mut labels);
    labels.iter_mut().for_each(|both| *both = both.rotate_left(u32::BITS));
    let right = Groups::of(&mut labels);
    Ok(Evaluation {
        pairwise: Pairwise::of(found.shared, found.pairs, right.pairs, pairs(records)),
        b3: B3::of(found.squares.mean(records), right.squares.mean(records)),
    })
}

/// Records, if they are some and not too many for their pairs to be counted.
pub(super) fn counted(records: usize) -> Result<u64, Error> {
    match u32::try_from(records) {
        Ok(0) => Err(Error::EmptySample),
        Ok(records) => Ok(u64::from(records)),
        Err(_) => Err(Error::out_of_range("number of records", records as f64, "at most 2^32 - 1")),
    }
}

/// Pairs among so many, below 2³².
pub(super) const fn pairs(n: u64) -> u64 {
    n * n.saturating_sub(1) / 2
}

/// A group and a part of it as one number that sorts by the group first.
fn both(group: u32, part: u32) -> u64 {
    u64::from(group) << u32::BITS | u64::from(part)
}

/// Groups of records, each of parts that the other grouping makes.
struct Groups {
    /// Pairs within groups.
    pairs: u64,
    /// Pairs within parts.
    shared: u64,
    squares: BySize,
}

impl Groups {
    fn of(labels: &mut [u64]) -> Self {
        labels.sort_unstable();
        let mut groups = Self { pairs: 0, shared: 0, squares: BySize::default() };
        for group in labels.chunk_by(|a, b| a >> u32::BITS == b >> u32::BITS) {
            let size = group.len() as u64;
            groups.pairs += pairs(size);
            let mut squares = 0;
            for part in group.chunk_by(|a, b| a == b).map(|part| part.len() as u64) {
                groups.shared += pairs(part);
                squares += u128::from(part).pow(2);
            }
            groups.squares.add(size, squares);
        }
        groups
    }
}
