//! Time that is left, discounted.

use crate::special::scaled_exponential_integral;

/// ∫₀^∞ e^(−cv) (1 + v)^(−s) dv; `None` where it has no bound, which is at c = 0 and s ≤ 1.
pub(super) fn time(s: f64, c: f64) -> Option<f64> {
    if c > 0.0 {
        return Some(scaled_exponential_integral(s, c));
    }
    (s > 1.0).then(|| 1.0 / (s - 1.0))
}
