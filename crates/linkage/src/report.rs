//! How the work went.

use serde::Serialize;

/// What was done, in figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Rows.
    pub rows: u64,
    /// Rows that differ in what they say.
    pub distinct_rows: u64,
    /// Pairs that were compared.
    pub pairs_compared: u64,
    /// The blocking keys, in the order in which they were used.
    pub keys: Vec<KeyReport>,
    /// Pairs left out because too many rows share a key, however it is narrowed.
    pub pairs_left_out: u64,
    /// Estimated share of the pairs of one person that no key brought together, 0 to 1; `None` where too few pairs were
    /// found to tell. See [`Report::missed`].
    pub missed_share: Option<f64>,
    /// Whether each record was held to have one counterpart at most (two files).
    pub one_to_one: bool,
}

/// Where the weights come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Learning {
    /// What they were learnt from.
    pub from: Source,
    /// Fields that are compared here and that the model does not know: for them what is expected counts.
    pub not_in_model: Vec<String>,
    /// Fields that the model knows and that are not compared here.
    pub only_in_model: Vec<String>,
}

/// What weights are learnt from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The pairs of these records.
    Rows,
    /// What is expected before any data are seen: what the records seemed to show of one person was none, and only how many
    /// such pairs there are was learnt from them.
    Expected,
    /// A model of other records.
    Model,
}

/// One blocking key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyReport {
    /// What must agree.
    pub parts: Vec<String>,
    /// Pairs it brought that no earlier key had.
    pub pairs: u64,
}

impl Report {
    /// Share of pairs missed, from how many were found in all, by one key only, and by two: as unseen animals are
    /// counted from those caught once and twice (Chao 1987, "Estimating the population size for capture–recapture data
    /// with unequal catchability"): f₁(f₁ − 1) / (2(f₂ + 1)) pairs were never seen. A rough figure, since keys
    /// do not find independently of each other: too low where they overlap, and too high where hardly more than one key could
    /// find a pair at all.
    #[must_use]
    pub fn missed(found: u64, once: u64, twice: u64) -> Option<f64> {
        if found < 20 {
            return None;
        }
        let (once, twice) = (once as f64, twice as f64);
        let unseen = once * (once - 1.0).max(0.0) / (2.0 * (twice + 1.0));
        Some(unseen / (found as f64 + unseen))
    }
}
