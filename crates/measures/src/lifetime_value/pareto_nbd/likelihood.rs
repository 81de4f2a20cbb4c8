//! Log-likelihood of the Pareto/NBD model with its slopes and curvatures, all in one pass.

use super::ParetoNbd;
use super::departure::{Departure, Moment};
use crate::lifetime_value::chunks::{summed, workers};
use crate::lifetime_value::history::Row;
use crate::maximise::Local;
use crate::special::{Rising, rising};

/// Rows summed in one go. Fixed, so that sums do not depend on the number of cores.
const CHUNK: usize = 1024;
/// Below this, a thread costs more than it saves.
const LEAST_PER_WORKER: usize = 1_000;

/// Log-likelihood of all rows, with its derivatives by the logarithms of r, α, s and β. Rows of equal x must follow
/// each other.
pub(super) fn local(params: &ParetoNbd, rows: &[Row]) -> Local<4> {
    summed(rows, CHUNK, workers(rows.len(), LEAST_PER_WORKER), |chunk| of_chunk(params, chunk))
}

fn of_chunk(params: &ParetoNbd, rows: &[Row]) -> Local<4> {
    let mut all = Local::ZERO;
    for same in rows.chunk_by(|a, b| a.x == b.x) {
        let x = same.first().map_or(0.0, |row| row.x);
        let of_r = rising(params.r, x);
        for row in same {
            add_row(&mut all, params, row, &of_r);
        }
    }
    all
}

/// L = (r)_x ∫ e^ψ over the moments of leaving and the end of observation, where
/// ψ = −r ln(1 + τ/α) − x ln(α + τ) − s ln(1 + τ/β) + ln(s/(β + τ)), the last term only for those who left. Slopes of
/// ln L are means of those of ψ; its curvatures, means of those of ψ and the covariance of its slopes.
fn add_row(all: &mut Local<4>, params: &ParetoNbd, row: &Row, of_r: &Rising) {
    let ParetoNbd { r, alpha, s, beta } = *params;
    let k = r + row.x;
    let mut inside = Slopes::default();
    let (u_x, v_x) = ((row.t_x / alpha).ln_1p(), (row.t_x / beta).ln_1p());
    let departure = Departure { k, alpha, s, beta, t_x: row.t_x, t: row.t };
    let (log_odds, weight) = departure.integrate(|moment: &Moment| {
        let (p, q) = (moment.tau / (alpha + moment.tau), moment.tau / (beta + moment.tau));
        let slopes = [
            -r * (u_x + moment.by_alpha),
            k * p - row.x,
            1.0 - s * (v_x + moment.by_beta),
            (s + 1.0) * q - 1.0,
        ];
        inside.add(moment.weight, &slopes, &bends(params, k, p, q, s + 1.0));
    });
    let e = (-log_odds.abs()).exp();
    let left = if log_odds >= 0.0 { 1.0 / (1.0 + e) } else { e / (1.0 + e) };

    let (u, v) = ((row.t / alpha).ln_1p(), (row.t / beta).ln_1p());
    let (p, q) = (row.t / (alpha + row.t), row.t / (beta + row.t));
    let end = [-r * u, k * p - row.x, -s * v, s * q];
    let mut mean = Slopes::default();
    mean.add(1.0 - left, &end, &bends(params, k, p, q, s));
    if weight > 0.0 {
        mean.merge(&inside, left / weight);
    }

    let n = row.n;
    all.value += n * (of_r.ln - k * u - row.x * alpha.ln() - s * v + log_odds.max(0.0) + e.ln_1p());
    all.gradient[0] += n * r * of_r.first;
    for i in 0..4 {
        all.gradient[i] += n * mean.first[i];
    }
    // Diagonals in r and s: the slopes of −r ln(…) and −s ln(…) by ln r and ln s are themselves.
    let own_s = mean.first[2] - if weight > 0.0 { left } else { 0.0 };
    let own = [mean.first[0] + r * of_r.first - r * r * of_r.second, mean.bends[1], own_s, mean.bends[3]];
    let across = [(0, 1, mean.bends[0]), (2, 3, mean.bends[2])];
    for (i, own) in own.into_iter().enumerate() {
        all.hessian[i][i] += n * own;
    }
    for (i, j, bend) in across {
        all.hessian[i][j] += n * bend;
    }
    mean.add_covariance(&mut all.hessian, n);
}

/// Curvatures of ψ by (ln r, ln α), (ln α)², (ln s, ln β) and (ln β)²; `power` is that of β + τ.
fn bends(params: &ParetoNbd, k: f64, p: f64, q: f64, power: f64) -> [f64; 4] {
    [params.r * p, -k * p * (1.0 - p), params.s * q, -power * q * (1.0 - q)]
}

/// Weighted sums of slopes, of their products and of curvatures.
#[derive(Debug, Default, Clone, Copy)]
struct Slopes {
    first: [f64; 4],
    products: [[f64; 4]; 4],
    bends: [f64; 4],
}

impl Slopes {
    fn add(&mut self, weight: f64, slopes: &[f64; 4], bends: &[f64; 4]) {
        for (i, slope) in slopes.iter().enumerate() {
            let weighted = weight * slope;
            self.first[i] += weighted;
            self.bends[i] += weight * bends[i];
            for (sum, other) in self.products[i].iter_mut().zip(slopes).skip(i) {
                *sum += weighted * other;
            }
        }
    }

    fn merge(&mut self, other: &Self, factor: f64) {
        for i in 0..4 {
            self.first[i] += factor * other.first[i];
            self.bends[i] += factor * other.bends[i];
            for (sum, term) in self.products[i].iter_mut().zip(other.products[i]) {
                *sum += factor * term;
            }
        }
    }

    fn add_covariance(&self, to: &mut [[f64; 4]; 4], n: f64) {
        for (i, row) in to.iter_mut().enumerate() {
            for (j, cell) in row.iter_mut().enumerate().skip(i) {
                *cell += n * (self.products[i][j] - self.first[i] * self.first[j]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maximise::assert_derivatives;

    fn rows() -> Vec<Row> {
        let row = |x, t_x, t, n| Row { x, t_x, t, n };
        vec![
            row(0.0, 0.0, 38.86, 3.0),
            row(0.0, 0.0, 0.0, 1.0),
            row(1.0, 5.0, 30.0, 2.0),
            row(1.0, 29.0, 30.0, 1.0),
            row(7.0, 12.0, 12.0, 1.0),
            row(7.0, 3.0, 39.0, 1.0),
            row(60.0, 38.0, 39.0, 1.0),
        ]
    }

    fn at(logs: &[f64; 4]) -> Local<4> {
        let [r, alpha, s, beta] = logs.map(f64::exp);
        local(&ParetoNbd { r, alpha, s, beta }, &rows())
    }

    #[test]
    fn slopes_and_curvatures_are_those_of_the_value() {
        for logs in [[-0.6, 2.3, -0.5, 2.4], [2.0, 3.0, 1.5, -3.0], [0.0, -2.0, -4.0, 4.0]] {
            assert_derivatives(at, logs);
        }
    }

    #[test]
    fn nothing_is_nan_however_extreme() {
        for r in [1e-9, 1.0, 1e9] {
            for alpha in [1e-9, 1.0, 1e9] {
                for s in [1e-9, 1.0, 1e9] {
                    for beta in [1e-9, 1.0, 1e9] {
                        let local = local(&ParetoNbd { r, alpha, s, beta }, &rows());
                        let numbers = local.gradient.iter().chain(local.hessian.iter().flatten());
                        assert!(local.value.is_finite() && numbers.copied().all(f64::is_finite));
                    }
                }
            }
        }
    }
}
