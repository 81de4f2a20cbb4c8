//! Quantiles and tails of the normal and Student distributions.

use std::f64::consts::{FRAC_PI_2, PI, SQRT_2};

use statrs::function::{beta, erf, gamma};

/// From this many degrees of freedom on, the expansion around the normal quantile is exact to the last digits.
const EXPANSION_FROM: f64 = 2_000.0;

/// z with P(|Z| > z) = alpha, for 0 < alpha ≤ 1. Computed from the tail, so it keeps its digits near alpha = 0.
pub(crate) fn normal_two_sided(alpha: f64) -> f64 {
    // `abs` turns the −0 of alpha = 1 into 0.
    (SQRT_2 * erf::erfc_inv(alpha)).abs()
}

/// z with P(Z < z) = p, for 0 < p < 1.
pub(crate) fn normal(p: f64) -> f64 {
    -SQRT_2 * erf::erfc_inv(2.0 * p)
}

/// P(|Z| > |z|), through the incomplete gamma function: exact to 1e-14 where the library's `erfc` stops at 1e-10.
pub(crate) fn normal_p_two_sided(z: f64) -> f64 {
    let half_square = z * z / 2.0;
    // Also where the square of a tiny z vanishes.
    if half_square == 0.0 {
        return 1.0;
    }
    gamma::checked_gamma_ur(0.5, half_square).map_or(0.0, |p| p.clamp(0.0, 1.0))
}

/// t with P(|T| > t) = alpha for Student's distribution with `df` degrees of freedom; NaN when `df` ≤ 0.
pub(crate) fn student_two_sided(alpha: f64, df: f64) -> f64 {
    if df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    if alpha >= 1.0 {
        return 0.0;
    }
    if df == 1.0 {
        return 1.0 / (FRAC_PI_2 * alpha).tan();
    }
    if df == 2.0 {
        return (1.0 - alpha) * (2.0 / (alpha * (2.0 - alpha))).sqrt();
    }
    let near = expansion(normal_two_sided(alpha), df);
    if df >= EXPANSION_FROM { near } else { solve_student(alpha, df, near) }
}

/// Cornish–Fisher expansion of Student's quantile around the normal one (Abramowitz & Stegun 26.7.5).
fn expansion(z: f64, df: f64) -> f64 {
    let s = z * z;
    let g1 = z * (s + 1.0) / 4.0;
    let g2 = z * ((5.0 * s + 16.0) * s + 3.0) / 96.0;
    let g3 = z * (((3.0 * s + 19.0) * s + 17.0) * s - 15.0) / 384.0;
    let g4 = z * ((((79.0 * s + 776.0) * s + 1482.0) * s - 1920.0) * s - 945.0) / 92160.0;
    z + (g1 + (g2 + (g3 + g4 / df) / df) / df) / df
}

/// Newton's steps on the logarithms, which are almost a straight line in the tail, kept inside a bracket that only
/// shrinks: every step either converges or halves, so the loop ends on any input.
fn solve_student(alpha: f64, df: f64, start: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    while student_outside(high, df) > alpha && high < 1e300 {
        low = high;
        high *= 2.0;
    }
    let inside = |t: f64, low: f64, high: f64| t > low && t < high;
    let mut t = if inside(start, low, high) { start } else { f64::midpoint(low, high) };
    for _ in 0..100 {
        let outside = student_outside(t, df);
        if outside > alpha {
            low = t;
        } else {
            high = t;
        }
        let step = (outside / alpha).ln() * outside / (2.0 * student_density(t, df) * t);
        let newton = t * step.exp();
        let next = if inside(newton, low, high) { newton } else { f64::midpoint(low, high) };
        if (next - t).abs() <= 1e-14 * t {
            return next;
        }
        t = next;
    }
    t
}

/// P(|T| > t) through the regularised incomplete beta function.
fn student_outside(t: f64, df: f64) -> f64 {
    beta::checked_beta_reg(df / 2.0, 0.5, df / (df + t * t)).unwrap_or(f64::NAN)
}

fn student_density(t: f64, df: f64) -> f64 {
    let scale = gamma::ln_gamma(f64::midpoint(df, 1.0)) - gamma::ln_gamma(df / 2.0);
    scale.exp() / (df * PI).sqrt() * (1.0 + t * t / df).powf(-f64::midpoint(df, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn student_quantiles_equal_the_reference() {
        // Values of scipy 1.17.1, t.ppf(0.975, df), as used by the golden vectors.
        let reference = [
            (1.0, 12.706204736174705),
            (2.0, 4.302652729749464),
            (3.0, 3.182446305284263),
            (7.0, 2.364624251592785),
            (8.0, 2.306004135204166),
            (30.0, 2.042272456301238),
        ];
        for (df, expected) in reference {
            let t = student_two_sided(0.05, df);
            assert!((t - expected).abs() < 1e-11, "df {df}: {t} instead of {expected}");
        }
    }

    #[test]
    fn the_solver_and_the_expansion_meet() {
        for alpha in [0.5, 0.1, 0.05, 0.01, 1e-6] {
            let near = expansion(normal_two_sided(alpha), 1_999.0);
            let solved = solve_student(alpha, 1_999.0, near);
            assert!((near - solved).abs() < 1e-9, "alpha {alpha}: {near} and {solved}");
        }
    }

    #[test]
    fn the_solver_agrees_with_the_closed_forms() {
        for alpha in [0.9, 0.5, 0.05, 1e-6, 1e-12] {
            for df in [1.0, 2.0] {
                let closed = student_two_sided(alpha, df);
                let solved = solve_student(alpha, df, 1.0);
                assert!((closed - solved).abs() <= 1e-9 * closed.max(1.0), "{alpha} {df}: {closed} {solved}");
            }
        }
    }

    #[test]
    fn a_quantile_undoes_its_tail() {
        for alpha in [0.9, 0.3173, 0.05, 0.001, 1e-12] {
            let back = normal_p_two_sided(normal_two_sided(alpha));
            assert!((back / alpha - 1.0).abs() < 1e-12, "{alpha}: {back}");
        }
        assert_eq!(normal_p_two_sided(0.0), 1.0);
        assert_eq!(normal_p_two_sided(1e-300), 1.0);
        assert_eq!(normal_p_two_sided(-1e10), 0.0);
        assert!((normal(0.8) - 0.8416212335729143).abs() < 1e-12);
        assert!(normal(0.5).abs() < 1e-15);
    }
}
