//! Log-likelihood of the BG/NBD model with its slopes and curvatures, all in one pass.

use super::BgNbd;
use crate::lifetime_value::chunks::{summed, workers};
use crate::lifetime_value::history::Row;
use crate::maximise::Local;
use crate::special::{Rising, rising};

/// Rows summed in one go. Fixed, so that sums do not depend on the number of cores.
const CHUNK: usize = 8192;
/// Below this, a thread costs more than it saves.
const LEAST_PER_WORKER: usize = 20_000;

/// Log-likelihood of all rows, with its derivatives by the logarithms of r, α, a and b. Rows of equal x must follow
/// each other.
pub(super) fn local(params: &BgNbd, rows: &[Row]) -> Local<4> {
    local_with(params, rows, workers(rows.len(), LEAST_PER_WORKER))
}

fn local_with(params: &BgNbd, rows: &[Row], workers: usize) -> Local<4> {
    summed(rows, CHUNK, workers, |chunk| of_chunk(params, chunk))
}

fn of_chunk(params: &BgNbd, rows: &[Row]) -> Local<4> {
    let mut all = Local::ZERO;
    for same in rows.chunk_by(|a, b| a.x == b.x) {
        let x = same.first().map_or(0.0, |row| row.x);
        let sums = if x == 0.0 { Sums::of_silent(params, same) } else { Sums::of_repeaters(params, x, same) };
        add_group(&mut all, params, x, &sums);
    }
    all
}

/// What depends on the times of customers with equal x. With
/// D = ln(a / (b + x − 1)) + (r + x)·d and d = ln((α + T) / (α + t_x)), the share σ = 1 / (1 + e^−D) is the
/// probability that the customer has left.
#[derive(Debug, Default)]
struct Sums {
    n: f64,
    /// ln(1 + T/α).
    u: f64,
    /// α / (α + T), and it times its complement.
    rest: f64,
    rest2: f64,
    /// ln(1 + e^D).
    softplus: f64,
    /// σ alone, and times d, ∂d/∂ln α and ∂²d/∂(ln α)².
    left: [f64; 4],
    /// σ(1 − σ) alone, and times d, d′, d², d·d′ and d′².
    spread: [f64; 6],
}

/// The sum of the logarithms of many factors, taken of their product while that stays within a double.
struct Logs {
    product: f64,
    sum: f64,
}

impl Logs {
    const NONE: Self = Self { product: 1.0, sum: 0.0 };

    /// Adds n ln(1 + x) of an x that is not negative.
    fn add(&mut self, n: f64, x: f64) {
        // Below, 1 + x would lose digits of x; above, the product its room.
        if n != 1.0 || !(1e-3..1e100).contains(&x) {
            self.sum += n * x.ln_1p();
            return;
        }
        self.product *= 1.0 + x;
        if self.product > 1e200 {
            self.sum += self.product.ln();
            self.product = 1.0;
        }
    }

    fn total(&self) -> f64 {
        self.sum + self.product.ln()
    }
}

impl Sums {
    /// Without a repeat, a customer is alive by construction.
    fn of_silent(params: &BgNbd, rows: &[Row]) -> Self {
        let (mut sums, mut ends) = (Self::default(), Logs::NONE);
        for row in rows {
            let ratio = row.t / params.alpha;
            ends.add(row.n, ratio);
            sums.add_end(1.0 / (1.0 + ratio), row.n);
        }
        sums.u = ends.total();
        sums
    }

    fn add_end(&mut self, rest: f64, n: f64) {
        self.n += n;
        self.rest += n * rest;
        self.rest2 += n * rest * (1.0 - rest);
    }

    fn of_repeaters(params: &BgNbd, x: f64, rows: &[Row]) -> Self {
        let alpha = params.alpha;
        let k = params.r + x;
        let constant = (params.a / (params.b + x - 1.0)).ln();
        let (mut sums, mut ends, mut odds_of) = (Self::default(), Logs::NONE, Logs::NONE);
        for row in rows {
            let ratio = row.t / alpha;
            ends.add(row.n, ratio);
            let at_end = 1.0 / (1.0 + ratio);
            sums.add_end(at_end, row.n);
            let last = 1.0 / (alpha + row.t_x);
            let silence = (row.t - row.t_x) * last;
            let d = if silence > 0.2 { (1.0 + silence).ln() } else { silence.ln_1p() };
            let odds = k.mul_add(d, constant);
            let e = (-odds.abs()).exp();
            let inverse = 1.0 / (1.0 + e);
            let left = if odds >= 0.0 { inverse } else { e * inverse };
            sums.softplus += row.n * odds.max(0.0);
            odds_of.add(row.n, e);
            sums.add_left(row.n, left, e * inverse * inverse, d, at_end, alpha * last);
        }
        sums.u = ends.total();
        sums.softplus += odds_of.total();
        sums
    }

    fn add_left(&mut self, n: f64, left: f64, spread: f64, d: f64, at_end: f64, at_last: f64) {
        let first = at_end - at_last;
        let second = at_end * (1.0 - at_end) - at_last * (1.0 - at_last);
        let (left, spread) = (n * left, n * spread);
        for (sum, term) in self.left.iter_mut().zip([1.0, d, first, second]) {
            *sum += left * term;
        }
        for (sum, term) in self.spread.iter_mut().zip([1.0, d, first, d * d, d * first, first * first]) {
            *sum += spread * term;
        }
    }
}

/// ln L = n [ln (r)_x + ln (b)_x − ln (a + b)_x − x ln α] + Σ [−(r + x) ln(1 + T/α) + ln(1 + e^D)], (z)_x the rising
/// product. Only the upper half of the curvatures is filled.
fn add_group(all: &mut Local<4>, params: &BgNbd, x: f64, sums: &Sums) {
    let BgNbd { r, alpha, a, b } = *params;
    let k = r + x;
    let (of_r, of_b, of_ab) = if x == 0.0 {
        (Rising::default(), Rising::default(), Rising::default())
    } else {
        (rising(r, x), rising(b, x), rising(a + b, x))
    };
    let n = sums.n;
    all.value += n * (of_r.ln + of_b.ln - of_ab.ln - x * alpha.ln()) - k * sums.u + sums.softplus;

    let [left, left_d, left_first, left_second] = sums.left;
    let [spread, spread_d, spread_f, spread_dd, spread_df, spread_ff] = sums.spread;
    // ∂D/∂ln b and its derivative.
    let drop = if x == 0.0 { 0.0 } else { -b / (b + x - 1.0) };
    let drop2 = if x == 0.0 { 0.0 } else { drop * (x - 1.0) / (b + x - 1.0) };

    let slope_r = r * (n * of_r.first - sums.u + left_d);
    all.gradient[0] += slope_r;
    all.gradient[1] += r * n - k * sums.rest + k * left_first;
    all.gradient[2] += -a * n * of_ab.first + left;
    let slope_b = b * n * (of_b.first - of_ab.first) + drop * left;
    all.gradient[3] += slope_b;

    let h = &mut all.hessian;
    h[0][0] += slope_r - r * r * n * of_r.second + r * r * spread_dd;
    h[0][1] += r * (n - sums.rest) + r * left_first + r * k * spread_df;
    h[0][2] += r * spread_d;
    h[0][3] += r * drop * spread_d;
    h[1][1] += -k * sums.rest2 + k * left_second + k * k * spread_ff;
    h[1][2] += k * spread_f;
    h[1][3] += k * drop * spread_f;
    h[2][2] += a * n * (a * of_ab.second - of_ab.first) + spread;
    h[2][3] += a * b * n * of_ab.second + drop * spread;
    let own = b * n * (of_b.first - of_ab.first) - b * b * n * (of_b.second - of_ab.second);
    h[3][3] += own + drop2 * left + drop * drop * spread;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maximise::assert_derivatives;

    fn rows() -> Vec<Row> {
        let row = |x, t_x, t, n| Row { x, t_x, t, n };
        vec![
            row(0.0, 0.0, 38.86, 3.0),
            row(0.0, 0.0, 20.0, 1.0),
            row(1.0, 0.0, 0.0, 1.0),
            row(1.0, 5.0, 30.0, 2.0),
            row(1.0, 29.0, 30.0, 1.0),
            row(7.0, 12.0, 12.0, 1.0),
            row(7.0, 3.0, 39.0, 1.0),
            row(60.0, 38.0, 39.0, 1.0),
        ]
    }

    fn at(logs: &[f64; 4]) -> Local<4> {
        let [r, alpha, a, b] = logs.map(f64::exp);
        local(&BgNbd { r, alpha, a, b }, &rows())
    }

    #[test]
    fn slopes_and_curvatures_are_those_of_the_value() {
        for logs in [[-1.4, 1.5, -0.2, 0.9], [2.0, 3.0, 1.5, -3.0], [0.0, -2.0, -4.0, 4.0]] {
            assert_derivatives(at, logs);
        }
    }

    #[test]
    fn any_number_of_workers_gives_the_same_sum() {
        let row = |i: u32| {
            let x = f64::from(i / 10_000);
            let t = 20.0 + f64::from(i % 977) / 50.0;
            Row { x, t_x: if x == 0.0 { 0.0 } else { t * f64::from(i % 89) / 89.0 }, t, n: 1.0 }
        };
        let rows: Vec<Row> = (0..50_000).map(row).collect();
        let params = BgNbd { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
        let one = local_with(&params, &rows, 1);
        for workers in [2, 3, 8] {
            assert_eq!(one, local_with(&params, &rows, workers));
        }
    }

    #[test]
    fn nothing_is_nan_however_extreme() {
        for r in [1e-9, 1.0, 1e9] {
            for alpha in [1e-9, 1.0, 1e9] {
                for a in [1e-9, 1.0, 1e9] {
                    for b in [1e-9, 1.0, 1e9] {
                        let local = local(&BgNbd { r, alpha, a, b }, &rows());
                        let numbers = local.gradient.iter().chain(local.hessian.iter().flatten());
                        assert!(local.value.is_finite() && numbers.copied().all(f64::is_finite));
                    }
                }
            }
        }
    }
}
