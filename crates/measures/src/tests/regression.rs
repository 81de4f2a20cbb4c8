//! One figure explained by others.

use nalgebra::{DMatrix, DVector};
use serde::Serialize;

use super::Sample;
use super::anova::ratio;
use super::sample::bounded;
use crate::least_squares::least_squares;
use crate::{Confidence, DefinitionId, Error, Interval, Unbounded, distribution};

/// Below this share of the spread of y, what is left is the rounding of an exact fit.
const EXACT: f64 = 1e-26;

/// A straight relation of one figure to others. Lists start with the constant, then follow the columns of x.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Regression {
    /// Rows used.
    pub n: u64,
    /// Change of y for one more of a column, all others being the same; the first is y where all columns are 0.
    pub coef: Vec<f64>,
    /// Standard errors of the coefficients; 0 for an exact fit.
    pub se: Vec<f64>,
    /// coefficient / standard error; `None` for an exact fit.
    pub t: Vec<Option<f64>>,
    /// Two-sided probability of a |t| as large if the coefficient were 0; `None` with `t`.
    pub p: Vec<Option<f64>>,
    /// coefficient ± t·standard error.
    pub ci: Vec<Interval>,
    /// Share of the spread of y explained, in this sample: 0 to 1; `None` when y does not vary.
    pub r2: Option<f64>,
    /// The same, lowered for the number of columns: may be below 0.
    pub r2_adj: Option<f64>,
    /// Explained over unexplained variance; infinite for an exact fit; `None` when y does not vary.
    pub f: Option<Unbounded>,
    /// Probability of an F as large if no column mattered; `None` with `f`.
    pub f_p: Option<f64>,
    /// Standard deviation of what is left unexplained, in the unit of y.
    pub sigma: f64,
    /// Rows minus coefficients.
    pub df_residual: u64,
}

impl Regression {
    /// Formula and version of this fit.
    pub const DEFINITION: DefinitionId = DefinitionId::new("least_squares", 1);
}

/// Fits y = constant + Σ coefficient·column by least squares. All rows are needed: they are brought to triangular form,
/// which keeps twice the digits of sums of products.
///
/// Formula: minimises Σ(y − ŷ)²; σ² = Σ(y − ŷ)²/(n − k − 1); standard errors σ·√diag((XᵀX)⁻¹); R² = 1 − Σ(y − ŷ)²/Σ(y − ȳ)².
/// Source: C. F. Gauss, 1823, *Theoria combinationis observationum erroribus minimis obnoxiae*; G. H. Golub, 1965,
/// "Numerical methods for solving linear least squares problems".
///
/// Not a proof of cause; not where the spread of what is left grows with y, rows hang together, or columns almost repeat
/// each other (standard errors explode).
///
/// # Errors
/// `bad_shape` for lists of different lengths or without a column; `empty_sample` without a row; `too_few` unless there
/// are more rows than coefficients; `singular` when columns depend on each other or one does not vary; `out_of_range`
/// beyond ±1e100.
///
/// ```
/// use measures::{Confidence, tests::regression};
/// let x = [vec![0.0], vec![1.0], vec![2.0]];
/// let fit = regression(&x, &[0.0, 2.0, 1.0], Confidence::P95)?;
/// // Slope Σ(x − 1)·y / Σ(x − 1)² = 1/2, through the means (1, 1).
/// assert!((fit.coef[0] - 0.5).abs() < 1e-12 && (fit.coef[1] - 0.5).abs() < 1e-12);
/// assert!((fit.r2.unwrap_or(0.0) - 0.25).abs() < 1e-12);
/// # Ok::<(), measures::Error>(())
/// ```
pub fn regression(x: &[Vec<f64>], y: &[f64], confidence: Confidence) -> Result<Regression, Error> {
    let columns = check(x, y)?;
    let (n, k) = (y.len() as u64, columns as u64);
    if n <= k + 1 {
        return Err(Error::TooFew { what: "rows", n, least: k + 2 });
    }
    let spread = Sample::of(y)?.squared_deviations();
    let matrix = DMatrix::from_fn(x.len(), columns + 1, |row, column| match column {
        0 => 1.0,
        _ => x[row][column - 1],
    });
    let fit = least_squares(matrix, &DVector::from_column_slice(y))?;
    let size = y.iter().map(|y| y * y).sum::<f64>();
    let residual = if fit.residual <= EXACT * size { 0.0 } else { fit.residual };
    let (df_model, df) = (k as f64, (n - k - 1) as f64);
    let variance = residual / df;
    let se: Vec<f64> = fit.inverse_diagonal.iter().map(|inverse| (variance * inverse).sqrt()).collect();
    let t: Vec<Option<f64>> =
        fit.coefficients.iter().zip(&se).map(|(b, se)| (*se > 0.0).then(|| b / se)).collect();
    let quantile = confidence.student_t(df);
    let varies = spread > 0.0;
    let r2 = varies.then(|| (1.0 - residual / spread).max(0.0));
    let f = varies.then(|| ratio((spread - residual).max(0.0) / df_model, variance));
    Ok(Regression {
        n,
        p: t.iter().map(|t| t.map(|t| distribution::student_p_two_sided(t, df))).collect(),
        ci: fit.coefficients.iter().zip(&se).map(|(b, se)| Interval::around(*b, quantile * se)).collect(),
        coef: fit.coefficients,
        se,
        t,
        r2,
        r2_adj: r2.map(|r2| 1.0 - (1.0 - r2) * (df_model + df) / df),
        f,
        f_p: f.map(|f| f.finite().map_or(0.0, |f| distribution::fisher_above(f, df_model, df))),
        sigma: variance.sqrt(),
        df_residual: n - k - 1,
    })
}

/// Number of columns of a table that fits y.
fn check(x: &[Vec<f64>], y: &[f64]) -> Result<usize, Error> {
    if x.len() != y.len() {
        return Err(Error::BadShape { what: "x needs one row for each y" });
    }
    let Some(first) = x.first() else {
        return Err(Error::EmptySample);
    };
    if first.is_empty() || x.iter().any(|row| row.len() != first.len()) {
        return Err(Error::BadShape { what: "every row of x needs the same columns, at least one" });
    }
    x.iter().flatten().try_for_each(|value| bounded("x", *value).map(|_| ()))?;
    Ok(first.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Pairs;
    use super::*;

    #[test]
    fn what_cannot_be_fitted_is_said() {
        let fit = |x: &[Vec<f64>], y: &[f64]| regression(x, y, Confidence::P95).unwrap_err().code();
        assert_eq!(fit(&[], &[]), "empty_sample");
        assert_eq!(fit(&[vec![1.0]], &[]), "bad_shape");
        assert_eq!(fit(&[vec![], vec![]], &[1.0, 2.0]), "bad_shape");
        assert_eq!(fit(&[vec![1.0], vec![1.0, 2.0]], &[1.0, 2.0]), "bad_shape");
        assert_eq!(fit(&[vec![1.0], vec![2.0]], &[1.0, 2.0]), "too_few");
        assert_eq!(fit(&[vec![1.0], vec![1.0], vec![1.0]], &[1.0, 2.0, 4.0]), "singular");
        assert_eq!(fit(&[vec![f64::NAN], vec![1.0], vec![2.0]], &[1.0, 2.0, 4.0]), "out_of_range");
    }

    #[test]
    fn an_exact_fit_leaves_nothing_and_a_constant_has_nothing_to_explain() {
        let x: Vec<Vec<f64>> = (0..6).map(|i| vec![f64::from(i), f64::from(i * i)]).collect();
        let y: Vec<f64> = (0..6).map(|i| 3.0 - 0.7 * f64::from(i) + 0.1 * f64::from(i * i)).collect();
        let fit = regression(&x, &y, Confidence::P95).unwrap();
        assert_eq!(
            (fit.f, fit.f_p, fit.sigma, fit.r2),
            (Some(Unbounded::Infinite), Some(0.0), 0.0, Some(1.0))
        );
        assert_eq!(fit.t, [None, None, None]);
        let flat = regression(&x, &[0.3; 6], Confidence::P95).unwrap();
        assert_eq!((flat.r2, flat.r2_adj, flat.f, flat.f_p), (None, None, None, None));
        assert!((flat.coef[0] - 0.3).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn with_one_column_it_is_the_correlation(
            pairs in prop::collection::vec((-50.0..50.0f64, -50.0..50.0f64), 4..30), shift in -5.0..5.0f64,
        ) {
            let mut all = Pairs::new();
            pairs.iter().try_for_each(|(x, y)| all.push(*x, *y)).unwrap();
            let found = all.pearson(Confidence::P95).unwrap();
            let rows: Vec<Vec<f64>> = pairs.iter().map(|(x, _)| vec![*x]).collect();
            let y: Vec<f64> = pairs.iter().map(|(_, y)| *y).collect();
            let fit = regression(&rows, &y, Confidence::P95).unwrap();
            prop_assert!((fit.r2.unwrap() - found.r.unwrap().powi(2)).abs() < 1e-9);
            prop_assert!((fit.p[1].unwrap() - found.p.unwrap()).abs() < 1e-7);
            prop_assert!((fit.f_p.unwrap() - found.p.unwrap()).abs() < 1e-7);
            let moved: Vec<f64> = y.iter().map(|y| y + shift).collect();
            let other = regression(&rows, &moved, Confidence::P95).unwrap();
            prop_assert!((other.coef[1] - fit.coef[1]).abs() < 1e-9);
            prop_assert!((other.coef[0] - fit.coef[0] - shift).abs() < 1e-9);
        }
    }
}
