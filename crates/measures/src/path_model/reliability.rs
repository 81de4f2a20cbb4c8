//! How well the items of a block agree.

use nalgebra::DMatrix;

/// Agreement of the items of one block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reliability {
    pub(super) cronbach_alpha: Option<f64>,
    pub(super) dillon_goldstein_rho: Option<f64>,
    pub(super) eig_1: f64,
    pub(super) eig_2: Option<f64>,
}

/// From the correlations of a block's items.
pub(super) fn reliability(correlations: DMatrix<f64>) -> Reliability {
    let k = correlations.nrows() as f64;
    let all = correlations.sum();
    // k r̄ / (1 + (k − 1) r̄), with all = k + k(k − 1) r̄.
    let alpha = (k > 1.0 && all > 1e-12 * k).then(|| k / (k - 1.0) * (1.0 - k / all));
    let eigen = correlations.symmetric_eigen();
    let mut falling: Vec<(f64, usize)> = eigen.eigenvalues.iter().copied().zip(0..).collect();
    falling.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
    let (eig_1, at) = falling.first().copied().unwrap_or((0.0, 0));
    let loadings: Vec<f64> =
        eigen.eigenvectors.column(at).iter().map(|v| v * eig_1.max(0.0).sqrt()).collect();
    Reliability {
        cronbach_alpha: alpha,
        dillon_goldstein_rho: composite(&loadings),
        eig_1,
        eig_2: falling.get(1).map(|(value, _)| *value),
    }
}

/// (Σl)² / ((Σl)² + Σ(1 − l²)); undefined when the loadings cancel and explain everything.
pub(super) fn composite(loadings: &[f64]) -> Option<f64> {
    let shared = loadings.iter().sum::<f64>().powi(2);
    let left: f64 = loadings.iter().map(|loading| 1.0 - loading * loading).sum();
    let all = shared + left;
    (all > 1e-12).then(|| shared / all)
}
