//! Customers alike in every covariate, taken together.

use super::spread;

/// Customers of one side with the same covariates.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) at: Vec<f64>,
    pub(super) n: f64,
    /// Mean outcome.
    pub(super) mean: f64,
    /// Sum of squared deviations of the outcome from the mean.
    pub(super) deviations: f64,
}

/// Cells of one side, in the order of their covariates: the order customers came in is lost here, so that it can change
/// nothing.
pub(super) fn cells(mut customers: Vec<(Vec<f64>, f64)>) -> Vec<Cell> {
    let compare = |a: &[f64], b: &[f64]| {
        a.iter()
            .zip(b)
            .map(|(a, b)| a.total_cmp(b))
            .find(|order| order.is_ne())
            .unwrap_or(std::cmp::Ordering::Equal)
    };
    customers.sort_unstable_by(|a, b| compare(&a.0, &b.0).then(a.1.total_cmp(&b.1)));
    let mut outcomes = Vec::new();
    customers
        .chunk_by(|a, b| a.0 == b.0)
        .map(|alike| {
            outcomes.clear();
            outcomes.extend(alike.iter().map(|(_, outcome)| *outcome));
            let (mean, deviations) = spread(&outcomes);
            let at = alike.first().map(|(at, _)| at.clone()).unwrap_or_default();
            Cell { at, n: alike.len() as f64, mean, deviations }
        })
        .collect()
}

/// Mean and variance (n − 1) of one covariate over cells.
pub(super) fn covariate(cells: &[Cell], index: usize) -> (f64, f64) {
    let n: f64 = cells.iter().map(|cell| cell.n).sum();
    let mean = cells.iter().map(|cell| cell.n * cell.at[index]).sum::<f64>() / n;
    let mean = mean + cells.iter().map(|cell| cell.n * (cell.at[index] - mean)).sum::<f64>() / n;
    let squares: f64 =
        cells.iter().map(|cell| cell.n * (cell.at[index] - mean) * (cell.at[index] - mean)).sum();
    (mean, squares / (n - 1.0))
}
