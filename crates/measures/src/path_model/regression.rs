//! Least squares from correlations.

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

use crate::Error;

/// Below this share of its variance left unexplained by the others, a column is taken to depend on them.
const DEPENDENT: f64 = 1e-12;

/// A correlation matrix taken apart, ready to solve with. Scores and items are at hand as correlations only, so normal
/// equations are all there is; scaled to correlations they lose few digits.
#[derive(Debug, Clone)]
pub(super) struct Factor(Cholesky<f64, Dyn>);

impl Factor {
    /// # Errors
    /// `singular` when columns depend on each other.
    pub(super) fn of(correlations: DMatrix<f64>) -> Result<Self, Error> {
        let factor = Cholesky::new(correlations).ok_or(Error::Singular)?;
        let least = factor.l_dirty().diagonal().iter().fold(f64::INFINITY, |least, pivot| pivot.min(least));
        if least * least > DEPENDENT { Ok(Self(factor)) } else { Err(Error::Singular) }
    }

    pub(super) fn solve(&self, right: &DVector<f64>) -> DVector<f64> {
        self.0.solve(right)
    }

    pub(super) fn inverse_diagonal(&self) -> Vec<f64> {
        self.0.inverse().diagonal().iter().copied().collect()
    }
}

/// Standardised coefficients of the constructs `on` for construct `of`, and the factor they came from.
pub(super) fn coefficients(
    correlations: &DMatrix<f64>,
    of: usize,
    on: &[usize],
) -> Result<(DVector<f64>, Factor), Error> {
    let k = on.len();
    let factor = Factor::of(DMatrix::from_fn(k, k, |i, j| match i == j {
        true => 1.0,
        false => correlations[(on[i], on[j])],
    }))?;
    let right = DVector::from_fn(k, |i, _| correlations[(on[i], of)]);
    Ok((factor.solve(&right), factor))
}
