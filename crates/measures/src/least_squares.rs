//! Least squares.

use nalgebra::{DMatrix, DVector};

use crate::Error;

/// Below this share of the largest, a diagonal of the triangle is taken for nothing: columns depend on each other.
const DEPENDENT: f64 = 1e-10;

/// The coefficients that leave the least squares, and what their spread is computed from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LeastSquares {
    /// One coefficient for each column.
    pub(crate) coefficients: Vec<f64>,
    /// Diagonal of (XᵀX)⁻¹, one for each column: times the residual variance, it is that of a coefficient.
    pub(crate) inverse_diagonal: Vec<f64>,
    /// Sum of squared residuals.
    pub(crate) residual: f64,
}

/// Solves min ‖y − Xβ‖² by orthogonal triangles (Householder), which loses half as many digits as normal equations do.
///
/// # Errors
/// `too_few` with fewer rows than columns; `singular` when columns depend on each other.
pub(crate) fn least_squares(x: DMatrix<f64>, y: &DVector<f64>) -> Result<LeastSquares, Error> {
    let (rows, columns) = x.shape();
    if rows < columns || columns == 0 {
        return Err(Error::TooFew { what: "rows", n: rows as u64, least: columns.max(1) as u64 });
    }
    // Columns of one length, so that units do not decide what is dependent.
    let lengths: Vec<f64> = x.column_iter().map(|column| column.norm()).collect();
    if lengths.iter().any(|length| *length <= 0.0 || !length.is_finite()) {
        return Err(Error::Singular);
    }
    let mut scaled = x.clone();
    for (mut column, length) in scaled.column_iter_mut().zip(&lengths) {
        column /= *length;
    }
    let qr = scaled.qr();
    let r = qr.r();
    let diagonal = r.diagonal().abs();
    if diagonal.min() <= DEPENDENT * diagonal.max() {
        return Err(Error::Singular);
    }
    let projected = qr.q().tr_mul(y);
    let solved = r.solve_upper_triangular(&projected).ok_or(Error::Singular)?;
    let inverse = r.solve_upper_triangular(&DMatrix::identity(columns, columns)).ok_or(Error::Singular)?;
    let coefficients: Vec<f64> = solved.iter().zip(&lengths).map(|(b, length)| b / length).collect();
    let inverse_diagonal = inverse
        .row_iter()
        .zip(&lengths)
        .map(|(row, length)| row.norm_squared() / (length * length))
        .collect();
    let residual = (y - x * DVector::from_column_slice(&coefficients)).norm_squared();
    Ok(LeastSquares { coefficients, inverse_diagonal, residual })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Anscombe, 1973, first set: 3.0001 + 0.5001 x, standard error of the slope 0.1179.
    #[test]
    fn the_line_of_anscombe_is_found() {
        let x = [10.0, 8.0, 13.0, 9.0, 11.0, 14.0, 6.0, 4.0, 12.0, 7.0, 5.0];
        let y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
        let matrix = DMatrix::from_fn(11, 2, |row, column| if column == 0 { 1.0 } else { x[row] });
        let fit = least_squares(matrix, &DVector::from_column_slice(&y)).unwrap();
        assert!((fit.coefficients[0] - 3.0000909090909).abs() < 1e-12, "{fit:?}");
        assert!((fit.coefficients[1] - 0.5000909090909).abs() < 1e-12, "{fit:?}");
        let se = (fit.residual / 9.0 * fit.inverse_diagonal[1]).sqrt();
        assert!((se - 0.11790550059563408).abs() < 1e-12, "{se}");
    }

    #[test]
    fn columns_that_depend_on_each_other_are_refused_whatever_their_units() {
        for unit in [1e-9, 1.0, 1e12] {
            let matrix = DMatrix::from_fn(5, 3, |row, column| match column {
                0 => 1.0,
                1 => row as f64 * unit,
                _ => 2.0 * row as f64 * unit + unit,
            });
            assert_eq!(least_squares(matrix, &DVector::zeros(5)), Err(Error::Singular), "{unit}");
        }
        assert!(least_squares(DMatrix::zeros(1, 2), &DVector::zeros(1)).is_err());
    }
}
