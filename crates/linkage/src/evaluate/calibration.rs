//! Whether probabilities mean what they say.

use serde::Serialize;

/// Two rows that may be one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoredPair {
    /// The rows as they were given.
    pub rows: (u32, u32),
    /// Probability that they are one person, 0 to 1.
    pub probability: f64,
}

/// Pairs whose probabilities lie between two limits: what was said of them, and what is true.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Band {
    /// Lower limit, 0 to 1; included.
    pub from: f64,
    /// Upper limit, 0 to 1; included in the last band only.
    pub until: f64,
    /// How many pairs.
    pub pairs: u64,
    /// Mean probability that was said; `None` without pairs.
    pub said: Option<f64>,
    /// Share of the pairs that are one person; `None` without pairs.
    pub right: Option<f64>,
}

/// Holds the probabilities of pairs against the truth, between each two of the limits, which must go up. Pairs of a record whose
/// truth is not known, or that there is not, are left out, and so are those outside the limits.
///
/// ```
/// use linkage::evaluate::{ScoredPair, calibration};
/// let truth = [Some(1), Some(1), Some(2), None];
/// let pairs = [((0, 1), 0.9), ((1, 2), 0.6), ((0, 2), 0.7), ((0, 3), 0.8)];
/// let pairs = pairs.map(|(rows, probability)| ScoredPair { rows, probability });
/// let bands = calibration(&truth, pairs, &[0.5, 0.8, 1.0]);
/// assert_eq!((bands[0].pairs, bands[0].right), (2, Some(0.0)));
/// assert_eq!((bands[1].pairs, bands[1].said, bands[1].right), (1, Some(0.9), Some(1.0)));
/// ```
#[must_use]
pub fn calibration(
    truth: &[Option<u32>],
    pairs: impl IntoIterator<Item = ScoredPair>,
    limits: &[f64],
) -> Vec<Band> {
    let mut sums = vec![(0_u64, 0.0, 0_u64); limits.len().saturating_sub(1)];
    let last = limits.last().copied().unwrap_or(1.0);
    for ScoredPair { rows: (a, b), probability: said } in pairs {
        let of = |row: u32| truth.get(row as usize).copied().flatten();
        let (Some(one), Some(other)) = (of(a), of(b)) else { continue };
        if said > last {
            continue;
        }
        let above = limits.partition_point(|limit| *limit <= said).min(sums.len());
        let Some((pairs, sum, right)) = above.checked_sub(1).and_then(|at| sums.get_mut(at)) else {
            continue;
        };
        *pairs += 1;
        *sum += said;
        *right += u64::from(one == other);
    }
    let band = |(limits, (pairs, sum, right)): (&[f64], (u64, f64, u64))| {
        let of_pairs = |sum: f64| (pairs > 0).then(|| sum / pairs as f64);
        let (said, right) = (of_pairs(sum), of_pairs(right as f64));
        Band { from: limits[0], until: limits[1], pairs, said, right }
    };
    limits.windows(2).zip(sums).map(band).collect()
}
