//! Tails of the distributions tests are judged by, and the quantiles that undo them. Normal and Student quantiles are
//! in [`crate::quantile`].

use statrs::function::gamma;

use crate::beta;
use crate::quantile::{normal, normal_p_two_sided};

/// From this many degrees of freedom on, the expansion of the χ² quantile around the normal one is exact to the last
/// digits, where the incomplete gamma function would take ever longer and lose some.
const EXPANSION_FROM: f64 = 1e5;

/// P(Z > z) of the standard normal distribution, with all its digits in both tails.
pub(crate) fn normal_above(z: f64) -> f64 {
    let outside = normal_p_two_sided(z) / 2.0;
    if z >= 0.0 { outside } else { 1.0 - outside }
}

/// P(|T| > |t|) of Student's distribution with `df` > 0 degrees of freedom.
pub(crate) fn student_p_two_sided(t: f64, df: f64) -> f64 {
    fisher_above(t * t, 1.0, df)
}

/// P(T > t) of Student's distribution with `df` > 0 degrees of freedom.
pub(crate) fn student_above(t: f64, df: f64) -> f64 {
    let outside = student_p_two_sided(t, df) / 2.0;
    if t >= 0.0 { outside } else { 1.0 - outside }
}

/// P(X > x) of the χ² distribution with `df` > 0 degrees of freedom.
pub(crate) fn chi_squared_above(x: f64, df: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    share(gamma::checked_gamma_ur(df / 2.0, x / 2.0).ok())
}

/// P(X > x) of Fisher's distribution with `of` and `within` > 0 degrees of freedom.
pub(crate) fn fisher_above(x: f64, of: f64, within: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    if of * x >= f64::MAX {
        return 0.0;
    }
    let (inner, outer) = (of * x, within);
    let all = inner + outer;
    beta::incomplete(within / 2.0, of / 2.0, outer / all, inner / all)
}

/// P(X < x) of the beta distribution with shapes `a` and `b` > 0, 0 < x < 1.
pub(crate) fn beta_share(a: f64, b: f64, x: f64) -> f64 {
    beta::incomplete(a, b, x, 1.0 - x)
}

/// x with P(X > x) = `above`, 0 < `above` < 1, of the χ² distribution with `df` > 0 degrees of freedom.
pub(crate) fn chi_squared_quantile(above: f64, df: f64) -> f64 {
    if df >= EXPANSION_FROM {
        return chi_squared_expansion(-normal(above), df);
    }
    falling_root(above, |x| chi_squared_above(x, df))
}

/// Cornish–Fisher expansion of the χ² quantile around the normal one, z (H. Goldberg & H. Levine, 1946, "Approximate
/// formulas for the percentage points and normalization of t and χ²").
fn chi_squared_expansion(z: f64, df: f64) -> f64 {
    let (s, root) = (z * z, (2.0 * df).sqrt());
    let h1 = 2.0 / 3.0 * (s - 1.0);
    let h2 = z * (s - 7.0) / 9.0;
    let h3 = -((6.0 * s + 14.0) * s - 32.0) / 405.0;
    let h4 = z * ((9.0 * s + 256.0) * s - 433.0) / 4860.0;
    let h5 = (((12.0 * s - 243.0) * s - 923.0) * s + 1472.0) / 25515.0;
    df + (z * root + (h1 + (h2 / root + (h3 + (h4 / root + h5 / df)) / df)))
}

/// x with P(X > x) = `above`, 0 < `above` < 1, of Fisher's distribution.
pub(crate) fn fisher_quantile(above: f64, of: f64, within: f64) -> f64 {
    falling_root(above, |x| fisher_above(x, of, within))
}

/// What a library gave, as a probability; what it cannot give lies beyond what a double can tell from 0.
fn share(p: Option<f64>) -> f64 {
    p.filter(|p| !p.is_nan()).map_or(0.0, |p| p.clamp(0.0, 1.0))
}

/// The positive x where a function falling from 1 to 0 equals `wanted`: a bracket by doubling or halving, then halved
/// until no double lies between, whatever the function.
fn falling_root(wanted: f64, function: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (1.0, 1.0);
    while function(low) < wanted && low > f64::MIN_POSITIVE {
        low /= 2.0;
    }
    while function(high) > wanted && high < 1e300 {
        high *= 2.0;
    }
    loop {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            return middle;
        }
        if function(middle) > wanted { low = middle } else { high = middle }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-12 * b.abs().max(1e-3)
    }

    #[test]
    fn tails_equal_their_closed_forms() {
        for x in [0.01_f64, 0.5, 1.0, 3.84, 20.0, 200.0] {
            assert!(close(chi_squared_above(x, 2.0), (-x / 2.0).exp()), "{x}");
            assert!(close(fisher_above(x, 2.0, 2.0), 1.0 / (1.0 + x)), "{x}");
            let cauchy = 1.0 - 2.0 / std::f64::consts::PI * x.atan();
            assert!((student_p_two_sided(x, 1.0) - cauchy).abs() < 1e-13, "{x}");
            assert!(close(fisher_above(x * x, 1.0, 7.0), student_p_two_sided(x, 7.0)), "{x}");
            assert!(close(chi_squared_above(x * x, 1.0), normal_p_two_sided(x)), "{x}");
        }
        assert!((normal_above(-1.0) + normal_above(1.0) - 1.0).abs() < 1e-15);
        assert!((student_above(-1.0, 3.0) + student_above(1.0, 3.0) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn quantiles_undo_tails() {
        for above in [1e-9, 0.025, 0.5, 0.975, 1.0 - 1e-6] {
            for df in [1.0, 2.0, 24.0, 1_000.0] {
                assert!(close(chi_squared_above(chi_squared_quantile(above, df), df), above), "{above} {df}");
                let x = fisher_quantile(above, df, 30.0);
                assert!(close(fisher_above(x, df, 30.0), above), "{above} {df}");
            }
        }
        // scipy 1.17.1: chi2.ppf(0.95, 10) and f.ppf(0.95, 5, 14).
        assert!((chi_squared_quantile(0.05, 10.0) - 18.307038053275146).abs() < 1e-10);
        assert!((fisher_quantile(0.05, 5.0, 14.0) - 2.9582489131221725).abs() < 1e-10);
    }

    /// scipy 1.17.1: 2·t.sf(t, df) and f.sf.
    #[test]
    fn small_tails_and_many_degrees_of_freedom_keep_their_digits() {
        let near = |a: f64, b: f64| assert!((a / b - 1.0).abs() < 1e-11, "{a} {b}");
        near(student_p_two_sided(10.0, 1_000.0), 1.6670702958600137e-22);
        near(student_p_two_sided(5.0, 1e6), 5.733997870890745e-07);
        near(student_p_two_sided(0.5, 1e9), 0.6170750775619943);
        near(fisher_above(8.0, 50.0, 1e5), 5.788338416837735e-56);
        near(fisher_above(1.0, 3.0, 1e6), 0.39162563881142354);
    }

    #[test]
    fn the_expansion_meets_the_tail_it_replaces() {
        for above in [1e-9, 0.025, 0.3, 0.5, 0.975] {
            let df = EXPANSION_FROM;
            let (expanded, solved) =
                (chi_squared_quantile(above, df), falling_root(above, |x| chi_squared_above(x, df)));
            assert!((expanded / solved - 1.0).abs() < 1e-12, "{above}: {expanded} {solved}");
        }
    }

    #[test]
    fn nothing_beyond_reach_is_nan() {
        for x in [0.0, 1e-320, 1e300, f64::INFINITY] {
            for p in [
                chi_squared_above(x, 3.0),
                fisher_above(x, 3.0, 4.0),
                student_p_two_sided(x, 3.0),
                normal_above(x),
            ] {
                assert!((0.0..=1.0).contains(&p), "{x}: {p}");
            }
        }
    }
}
