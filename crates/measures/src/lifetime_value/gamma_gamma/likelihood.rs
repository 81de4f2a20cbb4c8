//! Log-likelihood of the Gamma–Gamma model with its slopes and curvatures, all in one pass.

use super::GammaGamma;
use super::spending::Row;
use crate::lifetime_value::chunks::{summed, workers};
use crate::maximise::Local;
use crate::special::{digamma, ln_beta_rest, trigamma};

/// Rows summed in one go. Fixed, so that sums do not depend on the number of cores.
const CHUNK: usize = 8192;
/// Below this, a thread costs more than it saves.
const LEAST_PER_WORKER: usize = 20_000;

/// Log-likelihood of all rows, with its derivatives by the logarithms of p, q and v. Rows of equal x must follow each
/// other.
pub(super) fn local(params: &GammaGamma, rows: &[Row]) -> Local<3> {
    summed(rows, CHUNK, workers(rows.len(), LEAST_PER_WORKER), |chunk| of_chunk(params, chunk))
}

fn of_chunk(params: &GammaGamma, rows: &[Row]) -> Local<3> {
    let mut all = Local::ZERO;
    for same in rows.chunk_by(|a, b| a.x == b.x) {
        add_group(&mut all, params, same);
    }
    all
}

/// With A = px and y = v/(xz + v):
/// ln f = −ln B(A, q) + A ln(1 − y) + q ln y − ln z, which is largest where y = q/(A + q); both logarithms are taken
/// relative to it, so that large A and q lose nothing.
fn add_group(all: &mut Local<3>, params: &GammaGamma, rows: &[Row]) {
    let GammaGamma { p, q, v } = *params;
    let x = rows.first().map_or(1.0, |row| row.x);
    let a = p * x;
    let (mut n, mut by_a, mut by_q, mut rest, mut rest2, mut values) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for row in rows {
        let odds = v / (x * row.z);
        let y = odds / (1.0 + odds);
        n += row.n;
        by_a -= row.n * odds.ln_1p();
        by_q -= row.n * (1.0 / odds).ln_1p();
        rest += row.n * y;
        rest2 += row.n * y / (1.0 + odds);
        values += row.n * row.ln_z;
    }
    let beta = ln_beta_rest(a, q);
    all.value += a * (by_a + n * (q / a).ln_1p()) + q * (by_q + n * (a / q).ln_1p()) + n * beta - values;
    let (both, both2) = (digamma(a + q), trigamma(a + q));
    let slope_p = a * (n * (both - digamma(a)) + by_a);
    let slope_q = q * (n * (both - digamma(q)) + by_q);
    all.gradient[0] += slope_p;
    all.gradient[1] += slope_q;
    all.gradient[2] += q * n - (a + q) * rest;
    let h = &mut all.hessian;
    h[0][0] += slope_p + a * a * n * (both2 - trigamma(a));
    h[0][1] += a * q * n * both2;
    h[0][2] -= a * rest;
    h[1][1] += slope_q + q * q * n * (both2 - trigamma(q));
    h[1][2] += q * (n - rest);
    h[2][2] -= (a + q) * rest2;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maximise::assert_derivatives;

    fn rows() -> Vec<Row> {
        let row = |x, z: f64, n| Row { x, z, ln_z: z.ln(), n };
        vec![row(1.0, 12.0, 3.0), row(1.0, 60.0, 1.0), row(4.0, 25.0, 2.0), row(29.0, 0.01, 1.0)]
    }

    fn at(logs: &[f64; 3]) -> Local<3> {
        let [p, q, v] = logs.map(f64::exp);
        local(&GammaGamma { p, q, v }, &rows())
    }

    #[test]
    fn slopes_and_curvatures_are_those_of_the_value() {
        for logs in [[1.8, 1.3, 2.7], [-2.0, 0.5, -3.0], [5.0, 4.0, 1.0]] {
            assert_derivatives(at, logs);
        }
    }

    #[test]
    fn nothing_is_nan_however_extreme() {
        for p in [1e-9, 1.0, 1e9] {
            for q in [1e-9, 1.0, 1e9] {
                for v in [1e-9, 1.0, 1e9] {
                    let local = local(&GammaGamma { p, q, v }, &rows());
                    let numbers = local.gradient.iter().chain(local.hessian.iter().flatten());
                    assert!(local.value.is_finite() && numbers.copied().all(f64::is_finite), "{p} {q} {v}");
                }
            }
        }
    }
}
