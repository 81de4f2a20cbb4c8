//! Purchases to expect from a customer who is still there.

use crate::special::{breaks_around, integrate};

/// Longest series worth adding up.
const MOST_TERMS: f64 = 5_000.0;
/// Smallest first term the series starts from.
const LEAST_START: f64 = 1e-280;
/// Beyond this the dropout probability is as good as one number.
const CERTAIN: f64 = 1e10;

/// E[(1 − (1 + pz)^(−r)) / p] over p ~ Beta(a, b): purchases within a time t = zα of a customer whose rate is
/// Gamma(r, α) and who may leave after each purchase with probability p.
///
/// The closed form, (a + b − 1)/(a − 1)·[1 − (1 + z)^(−r)·₂F₁(r, b; a + b − 1; z/(1 + z))], divides 0 by 0 at a = 1
/// and cancels around it. Both ways here only add positive terms, and nothing happens at a = 1.
pub(super) fn purchases(r: f64, z: f64, a: f64, b: f64) -> f64 {
    let start = (-r * z.ln_1p()).exp();
    let terms = r * z + 40.0 * (1.0 + z);
    if start > LEAST_START && terms < MOST_TERMS { series(start, r, z, a, b) } else { quadrature(r, z, a, b) }
}

/// A customer who never left would buy n times with negative binomial probability; one who may leave makes each of
/// these purchases only while still there: Σ_n NB(n; r, z/(1 + z)) Σ_{k<n} (b)_k / (a + b)_k.
fn series(start: f64, r: f64, z: f64, a: f64, b: f64) -> f64 {
    let share = z / (1.0 + z);
    let (mut probability, mut alive, mut made, mut n) = (start, 1.0, 0.0, 0.0);
    let mut sum = 0.0;
    while n < 2.0 * MOST_TERMS {
        made += alive;
        alive *= (b + n) / (a + b + n);
        probability *= share * (r + n) / (n + 1.0);
        n += 1.0;
        sum += probability * made;
        let next = share * (r + n) / (n + 1.0) * (1.0 + 1.0 / n);
        if next < 1.0 && probability * made * next <= 1e-17 * sum * (1.0 - next) {
            break;
        }
    }
    sum
}

/// The mean itself, over y = ln(p / (1 − p)), where densities of any a and b are smooth and fall off evenly.
fn quadrature(r: f64, z: f64, a: f64, b: f64) -> f64 {
    let whole = r * z;
    if a > CERTAIN && b > CERTAIN {
        return whole * relative(r, z, a / (a + b));
    }
    let peak = (a / b).ln();
    let width = 1.0_f64.min((1.0 / a + 1.0 / b).sqrt());
    let (knee, bend) = (-whole.ln_1p(), -z.ln_1p());
    let from = peak.min(knee).min(bend).min(0.0) - 45.0 * (1.0 / a + width) - 2.0;
    let to = peak.max(0.0) + 45.0 * (1.0 / b + width) + 2.0;
    // Seen from the peak, so that sharp ones lose no digits.
    let places = [(0.0, width), (knee - peak, 1.0), (bend - peak, 1.0), (-peak, 1.0)];
    let [weighted, all] = integrate(&breaks_around(from - peak, to - peak, &places), |y| {
        let density = log_density(a, b, y).exp();
        [density * relative(r, z, 1.0 / (1.0 + (-peak - y).exp())), density]
    });
    // The density is not 0 everywhere: its peak is among the breaks.
    if all > 0.0 { whole * (weighted / all) } else { whole * relative(r, z, a / (a + b)) }
}

/// ln(p^a (1 − p)^b) less its value at the peak a / (a + b), from which the logarithm of p / (1 − p) is `y` away:
/// a·y − (a + b) ln(1 + (e^y − 1)·a / (a + b)), with the smaller of a and b before y, so that little cancels.
fn log_density(a: f64, b: f64, y: f64) -> f64 {
    if a > b {
        return log_density(b, a, -y);
    }
    let share = a / (a + b);
    let value = if y < 700.0 {
        a * y - (a + b) * (share * y.exp_m1()).ln_1p()
    } else {
        -b * y - (a + b) * (share + (1.0 - share) * (-y).exp()).ln()
    };
    // Rounding may leave a little above the peak.
    value.min(0.0)
}

/// (1 − (1 + pz)^(−r)) / (prz), which falls from 1 at p = 0.
fn relative(r: f64, z: f64, p: f64) -> f64 {
    let whole = p * r * z;
    if whole == 0.0 || p * z == 0.0 {
        return 1.0;
    }
    -(-r * (p * z).ln_1p()).exp_m1() / whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_equal_those_computed_with_forty_digits() {
        for (r, z, a, b, expected) in VALUES {
            let value = purchases(r, z, a, b);
            assert!((value / expected - 1.0).abs() < 1e-13, "{r} {z} {a} {b}: {value}, not {expected}");
        }
    }

    #[test]
    fn series_and_quadrature_meet() {
        for r in [0.05, 0.243, 1.0, 8.0, 90.0_f64] {
            for z in [1e-9, 0.01, 1.0, 12.0_f64] {
                for (a, b) in
                    [(0.793, 2.426), (1.0, 2.0), (1e-6, 3.0), (3.0, 1e-6), (50.0, 80.0), (1e-4, 1e-4)]
                {
                    let start = (-r * z.ln_1p()).exp();
                    let (s, q) = (series(start, r, z, a, b), quadrature(r, z, a, b));
                    assert!((s / q - 1.0).abs() < 1e-12, "{r} {z} {a} {b}: {s} {q}");
                }
            }
        }
    }

    #[test]
    fn nothing_happens_where_the_closed_form_divides_by_zero() {
        for z in [0.3, 5.0, 1e4] {
            let (low, at, high) = (
                purchases(0.5, z, 1.0 - 1e-9, 2.0),
                purchases(0.5, z, 1.0, 2.0),
                purchases(0.5, z, 1.0 + 1e-9, 2.0),
            );
            assert!(low > at && at > high && low - high < 1e-7 * at, "{low} {at} {high}");
        }
    }

    #[test]
    fn nothing_is_nan_however_extreme() {
        let ends = [1e-100, 1e-6, 1.0, 1e9, 1e100];
        for r in ends {
            for z in [0.0, 1.0, 1e200] {
                for a in ends {
                    for b in ends {
                        let value = purchases(r, z, a, b);
                        assert!(value >= 0.0 && value <= r * z * (1.0 + 1e-9), "{r} {z} {a} {b}: {value}");
                    }
                }
            }
        }
    }

    // mpmath 1.4.1, 60 digits, the closed form (at a = 1 the mean of both sides): r, z, a, b, value.
    const VALUES: [(f64, f64, f64, f64, f64); 12] = [
        (0.243, 8.83552333484368, 0.793, 2.426, 1.196723193320817),
        (26.243, 1.4683458519229682, 0.793, 28.426, 26.584559702377582),
        (0.5, 8.333333333333334, 1.0, 2.0, 1.8136880289506312),
        (4.5, 0.7575757575757576, 1.0, 6.0, 2.6797828478591246),
        (0.3, 0.001, 0.2, 0.3, 0.00029992204780529547),
        (0.3, 2000.0, 0.7, 1.9, 19.24328111776187),
        (2.0, 1000000.0, 3.5, 0.5, 1.1999999999968047),
        (50.0, 40.0, 0.01, 5.0, 1900.2989798809551),
        (300.0, 0.5, 8.0, 20.0, 3.857139429987969),
        (5000.0, 0.01, 0.4, 90.0, 45.54259569190072),
        (0.9, 3.0, 1.0000001, 4.0, 1.8595600793912757),
        (1.5, 1000000000.0, 1.0, 1.0, 21.33697147582654),
    ];
}
