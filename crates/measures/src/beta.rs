//! The incomplete beta function where the library's loses its digits: with a parameter above some thousands, or in a tail
//! it takes from 1.

use std::f64::consts::PI;

use statrs::function::gamma;

/// Steps of the fraction; it converges in the order of √max(a, b) steps, and at once where one of them is small.
const STEPS: u32 = 200_000;

/// I(x; a, b), the share of the beta distribution below x, for a, b > 0 and 0 ≤ x ≤ 1. `y` is 1 − x, which the caller
/// knows with all its digits. Whichever side of x is the smaller is computed, so neither is 0 before its time.
///
/// Source: continued fraction of DiDonato & Morris, 1992, "Algorithm 708: Significant digit computation of the incomplete
/// beta function ratios"; factor in front after C. Loader, 2000, "Fast and accurate computation of binomial probabilities".
pub(crate) fn incomplete(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if x <= 0.0 || y <= 0.0 {
        return if x <= 0.0 { 0.0 } else { 1.0 };
    }
    let share = if x <= a / (a + b) { below(a, b, x, y) } else { 1.0 - below(b, a, y, x) };
    share.clamp(0.0, 1.0)
}

/// The share below x, for x up to the mean: factor over fraction.
fn below(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let front = factor(a, b, x, y);
    if front == 0.0 {
        return 0.0;
    }
    // β_n + α_{n+1}/(β_{n+1} + …) by Lentz's rule.
    let lambda = a * y - b * x;
    let first = a / (a + 1.0) * (lambda + 1.0);
    let (mut value, mut c, mut d) = (first, first, 0.0);
    for step in 1..=STEPS {
        let n = f64::from(step);
        let span = a + 2.0 * n - 1.0;
        let numerator = (a + n - 1.0) / span * ((a + b + n - 1.0) / span) * (n * (b - n) * x * x);
        let denominator =
            n + n * (b - n) * x / span + (a + n) / (span + 2.0) * (lambda + 1.0 + n * (1.0 + y));
        d = 1.0 / nonzero(denominator + numerator * d);
        c = nonzero(denominator + numerator / c);
        let change = c * d;
        value *= change;
        if (change - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    front / value
}

/// The smallest number there is, for 0: Lentz's rule divides by it.
fn nonzero(x: f64) -> f64 {
    if x == 0.0 { f64::MIN_POSITIVE } else { x }
}

/// xᵃ·yᵇ / B(a, b), from deviations and Stirling's remainders: no difference of large logarithms.
fn factor(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let n = a + b;
    // a − n·x and b − n·y, without their leading digits cancelling.
    let gap = a * y - b * x;
    let deviance = deviation(a, n * x, gap) + deviation(b, n * y, -gap);
    let remainders = stirling(n) - stirling(a) - stirling(b);
    (a * (b / n) / (2.0 * PI)).sqrt() * (remainders - deviance).exp()
}

/// a·ln(a/m) + m − a, of two numbers that may be close; `gap` is a − m.
fn deviation(a: f64, m: f64, gap: f64) -> f64 {
    if gap.abs() > 0.1 * (a + m) {
        return a * (a / m).ln() - gap;
    }
    // With v = (a − m)/(a + m): gap·v + 2a·(v³/3 + v⁵/5 + …).
    let v = gap / (a + m);
    let (mut sum, mut power) = (gap * v, 2.0 * a * v);
    for odd in (3..40).step_by(2) {
        power *= v * v;
        let next = sum + power / f64::from(odd);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// lnΓ(z) − ((z − ½)·ln z − z + ½·ln 2π).
fn stirling(z: f64) -> f64 {
    if z < 12.0 {
        return gamma::ln_gamma(z) - ((z - 0.5) * z.ln() - z + 0.5 * (2.0 * PI).ln());
    }
    let s = 1.0 / (z * z);
    (1.0 / 12.0 - s * (1.0 / 360.0 - s * (1.0 / 1260.0 - s * (1.0 / 1680.0 - s / 1188.0)))) / z
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn closed_forms_are_reproduced() {
        for x in [1e-9, 0.1, 0.5, 0.9, 1.0 - 1e-9] {
            let y = 1.0 - x;
            assert!((incomplete(1.0, 1.0, x, y) - x).abs() < 1e-14, "{x}");
            assert!((incomplete(3.0, 1.0, x, y) - x.powi(3)).abs() < 1e-14, "{x}");
            assert!((incomplete(1.0, 7.5, x, y) - (1.0 - y.powf(7.5))).abs() < 1e-14, "{x}");
        }
        assert_eq!(incomplete(2.0, 3.0, 0.0, 1.0), 0.0);
        assert_eq!(incomplete(2.0, 3.0, 1.0, 0.0), 1.0);
        // The share below the middle is a half, however narrow the distribution.
        for a in [0.5, 20.0, 1e6, 1e9] {
            assert!((incomplete(a, a, 0.5, 0.5) - 0.5).abs() < 1e-12, "{a}");
        }
    }

    proptest! {
        #[test]
        fn both_sides_make_one_whole_and_more_lies_below_more(
            a in 0.1..1e5f64, b in 0.1..1e5f64, x in 0.001..0.999f64,
        ) {
            let y = 1.0 - x;
            prop_assert!((incomplete(a, b, x, y) + incomplete(b, a, y, x) - 1.0).abs() < 1e-12);
            prop_assert!(incomplete(a, b, x, y) <= incomplete(a, b, x + 0.001, y - 0.001) + 1e-12);
        }
    }
}
