//! Regressions between constructs, and effects along all routes.

use nalgebra::DMatrix;

use super::model::Model;
use super::regression::coefficients;
use crate::Error;

/// Regressions of each driven construct on those that drive it.
#[derive(Debug, Clone)]
pub(super) struct Inner {
    /// Coefficient of each path, in the order of the model.
    pub(super) estimates: Vec<f64>,
    /// Diagonal of the inverse correlations of the driving constructs, for each path.
    pub(super) inverse_diagonal: Vec<f64>,
    /// Of each construct; 0 for one that nothing drives.
    pub(super) r2: Vec<f64>,
}

/// Regresses the constructs on each other.
pub(super) fn inner(model: &Model, correlations: &DMatrix<f64>) -> Result<Inner, Error> {
    let paths = model.paths.len();
    let mut inner = Inner {
        estimates: vec![0.0; paths],
        inverse_diagonal: vec![0.0; paths],
        r2: vec![0.0; model.blocks.len()],
    };
    for (of, on) in model.predecessors.iter().enumerate().filter(|(_, on)| !on.is_empty()) {
        let (estimates, factor) = coefficients(correlations, of, on)?;
        let inverse = factor.inverse_diagonal();
        // Predecessors are in the order of their paths.
        let own = model.paths.iter().enumerate().filter(|(_, (_, to))| *to == of).map(|(path, _)| path);
        for ((path, estimate), inverse) in own.zip(estimates.iter()).zip(inverse) {
            inner.estimates[path] = *estimate;
            inner.inverse_diagonal[path] = inverse;
        }
        let explained: f64 = on.iter().zip(estimates.iter()).map(|(by, b)| b * correlations[(*by, of)]).sum();
        inner.r2[of] = explained.clamp(0.0, 1.0);
    }
    Ok(inner)
}

/// Effect of each construct (row) on each (column) along all routes: sum of the products of their paths.
pub(super) fn total_effects(model: &Model, estimates: &[f64]) -> DMatrix<f64> {
    let n = model.blocks.len();
    let mut total = DMatrix::zeros(n, n);
    for &to in &model.order {
        for (&(by, _), estimate) in model.paths.iter().zip(estimates).filter(|((_, end), _)| *end == to) {
            for from in 0..n {
                let to_driver = if from == by { 1.0 } else { total[(from, by)] };
                total[(from, to)] += estimate * to_driver;
            }
        }
    }
    total
}
