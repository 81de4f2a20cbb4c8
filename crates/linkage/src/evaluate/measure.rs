//! Precision, recall and what they come to.

use serde::Serialize;

/// Pairs of records, by what they are and what they were taken for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Pairwise {
    /// Pairs of one person, found.
    #[serde(rename = "tp")]
    pub true_positives: u64,
    /// Pairs of two persons, taken for one.
    #[serde(rename = "fp")]
    pub false_positives: u64,
    /// Pairs of one person, not found.
    #[serde(rename = "fn")]
    pub false_negatives: u64,
    /// Pairs of two persons, kept apart.
    #[serde(rename = "tn")]
    pub true_negatives: u64,
    /// Share of the pairs found that are right; `None` when none was found.
    pub precision: Option<f64>,
    /// Share of the pairs of one person that were found; `None` when there is none.
    pub recall: Option<f64>,
    /// 2 TP / (2 TP + FP + FN); `None` when that is 0 / 0.
    pub f1: Option<f64>,
}

impl Pairwise {
    /// From pairs `found` and `right` among all, `both` of them found and right.
    pub(super) fn of(both: u64, found: u64, right: u64, all: u64) -> Self {
        let (false_positives, false_negatives) = (found - both, right - both);
        Self {
            true_positives: both,
            false_positives,
            false_negatives,
            true_negatives: all - found - false_negatives,
            precision: share(both, found),
            recall: share(both, right),
            f1: share_wide(2 * u128::from(both), u128::from(found) + u128::from(right)),
        }
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    share_wide(u128::from(part), u128::from(whole))
}

fn share_wide(part: u128, whole: u128) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// The mean over records of how good each one's group is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct B3 {
    /// Mean share of a record's group that is the same person.
    pub precision: f64,
    /// Mean share of a record's person that is in its group.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
}

impl B3 {
    /// Both means are above 0: a record is at least with itself.
    pub(super) fn of(precision: f64, recall: f64) -> Self {
        Self { precision, recall, f1: 2.0 * precision * recall / (precision + recall) }
    }
}
