//! The generalised exponential integral.

use super::quadrature::{breaks_around, integrate};

/// Steps of the continued fraction: near c = 1 it takes about sixty.
const STEPS: u32 = 500;

/// ∫₀^∞ e^(−cv) (1 + v)^(−s) dv for c > 0 and any s ≥ 0: the generalised exponential integral e^c·E_s(c), which is
/// Tricomi's U(1, 2 − s, c) and c^(s−1)·U(s, s, c).
///
/// By a continued fraction from c = 1 on, by quadrature below, where the usual series breaks down at every whole s.
/// Source: M. Abramowitz, I. A. Stegun, 1964, *Handbook of Mathematical Functions*, 5.1.22 and 13.2.5.
pub(crate) fn scaled_exponential_integral(s: f64, c: f64) -> f64 {
    if c >= 1.0 { fraction(s, c) } else { quadrature(s, c) }
}

/// 1/(c + s − 1·s/(c + s + 2 − 2(s + 1)/(c + s + 4 − …))), by Lentz's way from above.
fn fraction(s: f64, c: f64) -> f64 {
    let mut b = c + s;
    let mut inverse = 1.0 / b;
    let (mut ratio, mut value) = (1.0 / f64::MIN_POSITIVE, inverse);
    for step in 1..=STEPS {
        let step = f64::from(step);
        let a = -step * (s + step - 1.0);
        b += 2.0;
        inverse = 1.0 / (a * inverse + b);
        ratio = b + a / ratio;
        let change = ratio * inverse;
        value *= change;
        if (change - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    value
}

/// With v = e^y − 1 the integrand e^(−c(e^y − 1) + (1 − s)y) is smooth and falls for good beyond ln(40/c).
fn quadrature(s: f64, c: f64) -> f64 {
    // Where the exponent has fallen by 45: through s alone, or through c after whatever s < 1 lets it rise.
    let by_c = (1.0 + 1000.0 / c).ln();
    let end = if s > 1.0 { by_c.min(45.0 / (s - 1.0)) } else { by_c };
    let width = 1.0_f64.min(1.0 / (1.0 + s));
    let places = [(0.0, width), ((1.0 / c).ln(), 1.0)];
    let [sum] = integrate(&breaks_around(0.0, end, &places), |y| [((1.0 - s) * y - c * y.exp_m1()).exp()]);
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_equal_those_computed_with_forty_digits() {
        for (s, c, expected) in VALUES {
            let value = scaled_exponential_integral(s, c);
            assert!((value / expected - 1.0).abs() < 2e-14, "{s} {c}: {value}, not {expected}");
        }
    }

    #[test]
    fn fraction_and_quadrature_meet_where_both_serve() {
        for s in [0.0, 0.3, 1.0, 1.5, 2.0, 7.0, 60.0] {
            for c in [1.0, 1.7, 6.0] {
                let (a, b) = (fraction(s, c), quadrature(s, c));
                assert!((a / b - 1.0).abs() < 1e-13, "{s} {c}: {a} {b}");
            }
        }
        assert!((scaled_exponential_integral(0.0, 0.25) - 4.0).abs() < 1e-13);
    }

    #[test]
    fn nothing_is_nan_however_extreme() {
        for s in [1e-100, 0.5, 1.0, 2.0, 1e6, 1e100] {
            for c in [1e-100, 1e-9, 1.0, 1e9, 1e100] {
                let value = scaled_exponential_integral(s, c);
                assert!(value.is_finite() && value > 0.0, "{s} {c}: {value}");
            }
        }
    }

    // mpmath 1.4.1, 40 digits: s, c, exp(c) * expint(s, c).
    const VALUES: [(f64, f64, f64); 56] = [
        (0.1, 1e-08, 16936622.61082976),
        (0.1, 0.135, 6.221904665264385),
        (0.1, 0.13149, 6.375474492186293),
        (0.1, 0.9, 1.0432441352796553),
        (0.1, 1.0, 0.9429310663498575),
        (0.1, 3.0, 0.32478630246779916),
        (0.1, 40.0, 0.024939134871508648),
        (0.606, 1e-08, 3194.3287093849594),
        (0.606, 0.135, 2.877186030267953),
        (0.606, 0.13149, 2.9234538507161507),
        (0.606, 0.9, 0.779847446084291),
        (0.606, 1.0, 0.7182214683177587),
        (0.606, 3.0, 0.2867226245353366),
        (0.606, 40.0, 0.024635546358649292),
        (1.0, 1e-08, 17.843465267485485),
        (1.0, 0.135, 1.7807182698428525),
        (1.0, 0.13149, 1.8007769035541585),
        (1.0, 0.9, 0.6399492266392998),
        (1.0, 1.0, 0.5963473623231941),
        (1.0, 3.0, 0.2620837402553185),
        (1.0, 40.0, 0.024404115079628575),
        (1.0000001, 1e-08, 17.84344926578592),
        (1.0000001, 0.135, 1.7807180746546671),
        (1.0000001, 0.13149, 1.800776704340581),
        (1.0000001, 0.9, 0.6399491963686803),
        (1.0000001, 1.0, 0.5963473357266565),
        (1.0000001, 3.0, 0.2620837344729039),
        (1.0000001, 40.0, 0.02440411502142944),
        (2.0, 1e-08, 0.9999998215653473),
        (2.0, 0.135, 0.7596030335712148),
        (2.0, 0.13149, 0.7632158449516637),
        (2.0, 0.9, 0.4240456960246302),
        (2.0, 1.0, 0.4036526376768059),
        (2.0, 3.0, 0.2137487792340445),
        (2.0, 40.0, 0.023835396814856948),
        (2.5, 1e-08, 0.6666666533356963),
        (2.5, 0.135, 0.5676135770797901),
        (2.5, 0.13149, 0.5694948721498256),
        (2.5, 0.9, 0.35857607311355394),
        (2.5, 1.0, 0.3438295415217495),
        (2.5, 3.0, 0.1951943659742937),
        (2.5, 40.0, 0.023560662423383658),
        (12.0, 1e-08, 0.09090909081818181),
        (12.0, 0.135, 0.08969992247921167),
        (12.0, 0.13149, 0.08973090976528342),
        (12.0, 0.9, 0.08346373154591859),
        (12.0, 1.0, 0.08271753756946042),
        (12.0, 3.0, 0.07031011132317698),
        (12.0, 40.0, 0.019314033278206157),
        (75.0, 1e-08, 0.013513513511662347),
        (75.0, 0.135, 0.013488569538065973),
        (75.0, 0.13149, 0.013489216899245761),
        (75.0, 0.9, 0.013348965050770881),
        (75.0, 1.0, 0.013330932252011618),
        (75.0, 3.0, 0.012980365650119138),
        (75.0, 40.0, 0.008744944792623638),
    ];
}
