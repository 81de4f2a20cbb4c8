//! The score interval: all true differences the data would not reject.

use crate::Interval;

/// Interval of p − d (−1 to 1) from the observed shares of promoters `p` and detractors `d` among `n` answers.
///
/// For a supposed difference δ the likeliest share of detractors q solves
/// 2q² + (−(p + d) + (2 − p + d)δ)·q − dδ(1 − δ) = 0; δ is kept when
/// n(p − d − δ)² ≤ z²·(2q + δ(1 − δ)).
/// Source: T. Tango, 1998, in its one-sample multinomial form.
pub(super) fn interval(p: f64, d: f64, n: f64, z: f64) -> Interval {
    // Written for the upper bound only: the lower one is that of the mirrored answers.
    Interval::new(-upper(d, p, n, z), upper(p, d, n, z))
}

/// Largest δ in [p − d, 1] that is not rejected. The observed difference is never rejected and 1 always is (unless
/// observed), so halving finds the bound to the last digit.
fn upper(p: f64, d: f64, n: f64, z: f64) -> f64 {
    let observed = p - d;
    let (mut kept, mut rejected) = (observed, 1.0);
    if kept >= rejected {
        return 1.0;
    }
    loop {
        let middle = f64::midpoint(kept, rejected);
        if middle <= kept || middle >= rejected {
            return middle;
        }
        let gap = observed - middle;
        if n * gap * gap <= z * z * variance(p, d, middle) {
            kept = middle;
        } else {
            rejected = middle;
        }
    }
}

/// Variance of one answer under δ, at the likeliest share of detractors.
fn variance(p: f64, d: f64, delta: f64) -> f64 {
    // For δ < 0 the mirrored problem is the same and avoids cancellation.
    let (p, d, delta) = if delta < 0.0 { (d, p, -delta) } else { (p, d, delta) };
    let b = -(p + d) + (2.0 - p + d) * delta;
    let c = -d * delta * (1.0 - delta);
    let root = (b * b - 8.0 * c).max(0.0).sqrt();
    // Of the two equal forms of the root, the one that adds numbers of the same sign.
    let q = if b > 0.0 { -2.0 * c / (b + root) } else { (root - b) / 4.0 };
    2.0 * q + delta * (1.0 - delta)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn with_passives_only_the_bound_has_a_closed_form() {
        // q = 0 there, so δ = z²/(n + z²).
        let (n, z2) = (5.0, 3.8414588206941236_f64);
        let ci = interval(0.0, 0.0, n, z2.sqrt());
        assert!((ci.high - z2 / (n + z2)).abs() < 1e-14);
        assert_eq!(ci.low, -ci.high);
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_score_and_mirrors(
            p in 0u32..1000, d in 0u32..1000, rest in 0u32..1000, z in 0.1..5.0f64,
        ) {
            let n = f64::from(p + d + rest);
            prop_assume!(n > 0.0);
            let (p, d) = (f64::from(p) / n, f64::from(d) / n);
            let ci = interval(p, d, n, z);
            let mirror = interval(d, p, n, z);
            prop_assert!(ci.low >= -1.0 && ci.high <= 1.0);
            prop_assert!(ci.low <= p - d && p - d <= ci.high);
            prop_assert_eq!(ci.low, -mirror.high);
        }
    }
}
