//! How alike two groups are.

use serde::Serialize;

/// One covariate, or one stratum, before and after matching. Before: all recovered against all others. After: the matched
/// recovered against their matches, each as often as it stands beside one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Balance {
    /// Name of the covariate (its number from 1 until it is given one) or of the stratum.
    pub name: String,
    /// Mean, or share in the stratum, of all recovered customers.
    pub recovered_before: f64,
    /// The same of all others.
    pub others_before: f64,
    /// Difference in standard deviations; below 0.1 in size is good, above 0.25 bad. `None` when nothing varies.
    pub smd_before: Option<f64>,
    /// Mean, or share, of the matched recovered customers; `None` when nobody is matched.
    pub recovered_after: Option<f64>,
    /// The same of their matches.
    pub others_after: Option<f64>,
    /// Difference in the same standard deviations as before, so that it falls only by getting closer.
    pub smd_after: Option<f64>,
}

impl Balance {
    /// From means before and after, and the standard deviation that both differences are measured in.
    pub(super) fn new(name: String, before: (f64, f64), after: Option<(f64, f64)>, sd: f64) -> Self {
        let smd = |(a, b): (f64, f64)| Some((a - b) / sd).filter(|smd| smd.is_finite());
        Self {
            name,
            recovered_before: before.0,
            others_before: before.1,
            smd_before: smd(before),
            recovered_after: after.map(|after| after.0),
            others_after: after.map(|after| after.1),
            smd_after: after.and_then(smd),
        }
    }
}
