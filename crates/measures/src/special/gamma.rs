//! The gamma function and its derivatives, in logarithms.

use std::f64::consts::PI;

/// From here on, Stirling's series is exact to the last digits.
const STIRLING_FROM: f64 = 10.0;
/// Up to this many factors, a product is quicker and no less exact than the series.
const FACTORS: f64 = 24.0;

/// ln Γ(z) of a z > 0.
pub(crate) fn ln_gamma(z: f64) -> f64 {
    let (mut z, mut below) = (z, 1.0);
    while z < STIRLING_FROM {
        below *= z;
        z += 1.0;
    }
    (z - 0.5) * z.ln() - z + 0.5 * (2.0 * PI).ln() + stirling(z) - below.ln()
}

/// Ψ(z), the derivative of ln Γ, of a z > 0.
pub(crate) fn digamma(z: f64) -> f64 {
    let (mut z, mut below) = (z, 0.0);
    while z < STIRLING_FROM {
        below += 1.0 / z;
        z += 1.0;
    }
    z.ln() - digamma_rest(z) - below
}

/// Ψ′(z), the second derivative of ln Γ, of a z > 0.
pub(crate) fn trigamma(z: f64) -> f64 {
    let (mut z, mut below) = (z, 0.0);
    while z < STIRLING_FROM {
        below += 1.0 / (z * z);
        z += 1.0;
    }
    1.0 / z + trigamma_rest(z) + below
}

/// −ln B(p, q) of p, q > 0, less p·ln((p + q)/p) + q·ln((p + q)/q): what is left when both are large is small, so
/// that a caller who has such terms already loses no digits.
pub(crate) fn ln_beta_rest(p: f64, q: f64) -> f64 {
    if p < STIRLING_FROM || q < STIRLING_FROM {
        let whole = ln_gamma_ratio(p, q);
        return whole - p * (q / p).ln_1p() - q * (p / q).ln_1p();
    }
    0.5 * (p / (p + q) * q / (2.0 * PI)).ln() + stirling(p + q) - stirling(p) - stirling(q)
}

/// ln Γ(p + q) − ln Γ(p) − ln Γ(q) where one of the two is small.
fn ln_gamma_ratio(p: f64, q: f64) -> f64 {
    let (small, large) = if p < q { (p, q) } else { (q, p) };
    if large < STIRLING_FROM {
        return ln_gamma(p + q) - ln_gamma(p) - ln_gamma(q);
    }
    let rise = (large - 0.5) * (small / large).ln_1p() + small * ((large + small).ln() - 1.0);
    rise + stirling(large + small) - stirling(large) - ln_gamma(small)
}

/// The product z(z + 1)…(z + n − 1) = Γ(z + n) / Γ(z).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Rising {
    /// Its logarithm.
    pub(crate) ln: f64,
    /// The derivative of that: the sum of 1 / (z + j).
    pub(crate) first: f64,
    /// The sum of 1 / (z + j)², minus the second derivative.
    pub(crate) second: f64,
}

/// The product of n factors rising from z > 0; n is a whole number, however large.
pub(crate) fn rising(z: f64, n: f64) -> Rising {
    let mut all = Rising::default();
    let (mut z, mut n) = (z, n);
    while n > 0.0 && (n <= FACTORS || z < STIRLING_FROM) {
        all.ln += z.ln();
        all.first += 1.0 / z;
        all.second += 1.0 / (z * z);
        z += 1.0;
        n -= 1.0;
    }
    if n > 0.0 {
        let end = z + n;
        all.ln += (z - 0.5) * (n / z).ln_1p() + n * (end.ln() - 1.0) + stirling(end) - stirling(z);
        all.first += (n / z).ln_1p() - digamma_rest(end) + digamma_rest(z);
        all.second += n / z / end + trigamma_rest(z) - trigamma_rest(end);
    }
    all
}

/// ln Γ(z) − (z − ½) ln z + z − ½ ln 2π, from z = 10 on.
fn stirling(z: f64) -> f64 {
    let s = 1.0 / (z * z);
    let series = 1.0 / 1188.0 - s * (691.0 / 360_360.0 - s / 156.0);
    (1.0 / 12.0 - s * (1.0 / 360.0 - s * (1.0 / 1260.0 - s * (1.0 / 1680.0 - s * series)))) / z
}

/// ln z − Ψ(z), from z = 10 on.
fn digamma_rest(z: f64) -> f64 {
    let s = 1.0 / (z * z);
    let series = 1.0 / 240.0 - s * (1.0 / 132.0 - s * (691.0 / 32_760.0 - s / 12.0));
    0.5 / z + s * (1.0 / 12.0 - s * (1.0 / 120.0 - s * (1.0 / 252.0 - s * series)))
}

/// Ψ′(z) − 1/z, from z = 10 on.
fn trigamma_rest(z: f64) -> f64 {
    let s = 1.0 / (z * z);
    let series = 1.0 / 30.0 - s * (5.0 / 66.0 - s * (691.0 / 2730.0 - s * 7.0 / 6.0));
    (0.5 + (1.0 / 6.0 - s * (1.0 / 30.0 - s * (1.0 / 42.0 - s * series))) / z) * s
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() <= 4e-15 * b.abs().max(1.0)
    }

    #[test]
    fn values_equal_those_computed_with_forty_digits() {
        for (z, ln, first, second) in GAMMAS {
            assert!(close(ln_gamma(z), ln), "ln Γ({z}) = {}, not {ln}", ln_gamma(z));
            assert!(close(digamma(z), first), "Ψ({z}) = {}, not {first}", digamma(z));
            assert!(close(trigamma(z), second), "Ψ′({z}) = {}, not {second}", trigamma(z));
        }
    }

    #[test]
    fn a_rising_product_is_the_same_by_factors_and_by_series() {
        for z in [1e-9, 0.243, 1.0, 3.7, 9.99, 10.0, 450.0, 1e9] {
            for n in [0.0, 1.0, 2.0, 23.0, 24.0, 25.0, 40.0, 700.0] {
                let mut direct = Rising::default();
                for j in 0..n as u32 {
                    let factor = z + f64::from(j);
                    direct.ln += factor.ln();
                    direct.first += 1.0 / factor;
                    direct.second += 1.0 / (factor * factor);
                }
                let quick = rising(z, n);
                for (a, b) in
                    [(quick.ln, direct.ln), (quick.first, direct.first), (quick.second, direct.second)]
                {
                    assert!((a - b).abs() <= 1e-13 * b.abs(), "{z} {n}: {a} {b}");
                }
            }
        }
    }

    #[test]
    fn the_rest_of_a_beta_function_completes_it() {
        for p in [1e-8, 0.3, 2.0, 9.0, 11.0, 1e3, 1e12] {
            for q in [1e-8, 0.5, 3.0, 12.0, 1e5] {
                let whole = ln_beta_rest(p, q) + p * (q / p).ln_1p() + q * (p / q).ln_1p();
                let mirrored = ln_beta_rest(q, p) + p * (q / p).ln_1p() + q * (p / q).ln_1p();
                assert!((whole - mirrored).abs() <= 1e-13 * whole.abs().max(1.0), "{p} {q}");
                if p + q < 1e4 {
                    let direct = ln_gamma(p + q) - ln_gamma(p) - ln_gamma(q);
                    assert!((whole - direct).abs() <= 1e-11 * direct.abs().max(1.0), "{p} {q}");
                }
            }
        }
    }

    #[test]
    fn nothing_is_nan_however_extreme() {
        for z in [1e-100, 1e-9, 1.0, 1e15, 1e100] {
            assert!(ln_gamma(z).is_finite() && digamma(z).is_finite() && trigamma(z) >= 0.0, "{z}");
            for n in [0.0, 1.0, 30.0, 1e15] {
                let all = rising(z, n);
                assert!(all.ln.is_finite() && all.first >= 0.0 && all.second >= 0.0, "{z} {n}");
            }
        }
    }

    // mpmath 1.4.1, 40 digits: z, loggamma(z), psi(0, z), psi(1, z).
    const GAMMAS: [(f64, f64, f64, f64); 11] = [
        (1e-05, 11.512919692895826, -100000.57719921567, 10000000001.644909),
        (0.243, 1.3180435846996699, -4.351093864423211, 18.141779787095828),
        (0.793, 0.15887133028636516, -0.9812143097443874, 2.330865851267949),
        (1.0, 0.0, -0.5772156649015329, 1.6449340668482264),
        (1.5, -0.12078223763524522, 0.03648997397857652, 0.9348022005446793),
        (2.0, 0.0, 0.42278433509846713, 0.6449340668482264),
        (9.75, 12.242204940050762, 2.225109535044576, 0.10800324333663186),
        (10.0, 12.801827480081469, 2.251752589066721, 0.10516633568168575),
        (37.5, 97.52177522288821, 3.6109483445963386, 0.027025382266785015),
        (10000.0, 82099.71749644238, 9.210290371142849, 0.00010000500016666666),
        (1000000000000.0, 26631021115915.652, 27.63102111592805, 1.0000000000005e-12),
    ];
}
