//! How many purchases a new customer makes.

use super::BgNbd;
use crate::distribution::beta_share;
use crate::special::rising;

/// Probability of each count within time `t`, which is 0 or more.
pub(super) fn probabilities(model: &BgNbd, t: f64, counts: &[u64]) -> Vec<f64> {
    let z = t / model.alpha;
    counts.iter().map(|n| probability(model, z, *n as f64)).collect()
}

fn probability(model: &BgNbd, z: f64, n: f64) -> f64 {
    let BgNbd { r, a, b, .. } = *model;
    if n == 0.0 {
        return (-r * z.ln_1p()).exp();
    }
    if z == 0.0 {
        return 0.0;
    }
    // ln(z / (1 + z)), of a small z too.
    let share = -(1.0 / z).ln_1p();
    let exactly = (rising(r, n).ln - rising(1.0, n).ln - r * z.ln_1p() + n * share).exp();
    let or_more = at_least(r, z, n, exactly);
    let stayed = (rising(b, n).ln - rising(a + b, n).ln).exp();
    (stayed * exactly + a / (b + n - 1.0) * stayed * or_more).clamp(0.0, 1.0)
}

/// P(NB ≥ n) = I_(z/(1+z))(n, r), n ≥ 1. In the upper tail by adding up what follows n, where the terms fall quickly.
fn at_least(r: f64, z: f64, n: f64, exactly: f64) -> f64 {
    let share = z / (1.0 + z);
    let falls = |n: f64| share * (r + n) / (n + 1.0);
    if falls(n) < 0.9 {
        let (mut term, mut sum, mut at) = (exactly, 0.0, n);
        while term > 1e-18 * sum && at < n + 1_000.0 {
            sum += term;
            term *= falls(at);
            at += 1.0;
        }
        return sum.min(1.0);
    }
    beta_share(n, r, share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_is_the_same_by_sum_and_by_function() {
        for r in [0.05, 0.243, 1.0, 7.5] {
            for z in [0.1, 2.0, 9.0] {
                let mut below = 0.0;
                let mut term = (-r * f64::ln_1p(z)).exp();
                for n in 1..200_u32 {
                    below += term;
                    term *= z / (1.0 + z) * (r + f64::from(n) - 1.0) / f64::from(n);
                    let tail = at_least(r, z, f64::from(n), term);
                    assert!((tail - (1.0 - below)).abs() < 1e-12, "{r} {z} {n}: {tail} {}", 1.0 - below);
                }
            }
        }
    }

    #[test]
    fn nothing_is_nan_however_extreme() {
        let ends = [1e-100, 1e-6, 1.0, 1e6, 1e100];
        for r in ends {
            for alpha in ends {
                for a in ends {
                    for t in [0.0, 1e-100, 1.0, 1e100] {
                        let model = BgNbd { r, alpha, a, b: 1.0 };
                        for p in probabilities(&model, t, &[0, 1, 2, 1000, 1 << 53]) {
                            assert!((0.0..=1.0).contains(&p), "{r} {alpha} {a} {t}: {p}");
                        }
                    }
                }
            }
        }
    }
}
