//! When a silent customer may have left: the integral at the heart of the Pareto/NBD model.

use crate::special::{GAUSS_8, GAUSS_16};

/// Fall of the exponent beyond which nothing counts.
const NEGLIGIBLE: f64 = 45.0;

/// Of a customer silent from `t_x` to `t`, the density of having left at τ against that of being there at the end,
///
/// s ((α + T)/(α + τ))^(r + x) ((β + T)/(β + τ))^s / (β + τ),  t_x ≤ τ ≤ T,
///
/// over δ = ln((m + τ)/(m + t_x)), m the smaller of α and β, where its logarithm is concave and smooth. The usual
/// closed form is a difference of two hypergeometric functions, which cancel; this only adds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Departure {
    pub(super) k: f64,
    pub(super) alpha: f64,
    pub(super) s: f64,
    pub(super) beta: f64,
    pub(super) t_x: f64,
    pub(super) t: f64,
}

/// A time of leaving, as seen from the last purchase.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    /// Its weight in the integral (times a factor common to all).
    pub(super) weight: f64,
    /// τ.
    pub(super) tau: f64,
    /// ln((α + τ)/(α + t_x)).
    pub(super) by_alpha: f64,
    /// ln((β + τ)/(β + t_x)).
    pub(super) by_beta: f64,
}

impl Departure {
    /// The logarithm of the integral; −∞ without silence. `each` sees every moment on the way: the weights add up to
    /// the second result.
    pub(super) fn integrate(&self, mut each: impl FnMut(&Moment)) -> (f64, f64) {
        let silence = self.t - self.t_x;
        let start = self.alpha.min(self.beta) + self.t_x;
        if silence / start <= 0.0 {
            return (f64::NEG_INFINITY, 0.0);
        }
        let end = self.at_end(start, silence);
        let span = self.span(start, &end);
        let half = (span.to - span.from) / (2.0 * f64::from(span.panels));
        let mut sum = 0.0;
        for index in 0..span.panels {
            let centre = span.from + half * (2.0 * f64::from(index) + 1.0);
            for (point, weight) in span.rule {
                for delta in [centre - half * point, centre + half * point] {
                    let (mut moment, exponent, share) = self.moment(start, delta);
                    moment.weight = exponent.exp() * share * half * weight;
                    sum += moment.weight;
                    each(&moment);
                }
            }
        }
        (self.s.ln() + self.k * end.by_alpha + self.s * end.by_beta + sum.ln(), sum)
    }

    /// The end of observation, seen as any other moment.
    fn at_end(&self, start: f64, silence: f64) -> Moment {
        let (by_alpha, by_beta) = (silence / (self.alpha + self.t_x), silence / (self.beta + self.t_x));
        let weight = (start + silence) / (self.beta + self.t);
        Moment { weight, tau: self.t, by_alpha: by_alpha.ln_1p(), by_beta: by_beta.ln_1p() }
    }

    /// A moment, the exponent of the integrand there but for its last factor, and that factor, (m + τ)/(β + τ).
    fn moment(&self, start: f64, delta: f64) -> (Moment, f64, f64) {
        let passed = start * delta.exp_m1();
        // By the smaller of α and β, the logarithm is δ itself.
        let (by_alpha, by_beta, share) = if self.alpha < self.beta {
            let by_beta = (passed / (self.beta + self.t_x)).ln_1p();
            (delta, by_beta, (start + passed) / (self.beta + self.t_x + passed))
        } else {
            ((passed / (self.alpha + self.t_x)).ln_1p(), delta, 1.0)
        };
        let exponent = -self.k * by_alpha - self.s * by_beta;
        (Moment { weight: 0.0, tau: self.t_x + passed, by_alpha, by_beta }, exponent, share)
    }

    /// Logarithm of the integrand.
    fn height(&self, start: f64, delta: f64) -> f64 {
        let (_, exponent, share) = self.moment(start, delta);
        exponent + share.ln()
    }

    /// Slope of that, which only falls, `passed` after the last purchase.
    fn slope(&self, start: f64, passed: f64) -> f64 {
        let of_alpha = (start + passed) / (self.alpha + self.t_x + passed);
        let of_beta = (start + passed) / (self.beta + self.t_x + passed);
        1.0 - of_beta - self.k * of_alpha - self.s * of_beta
    }

    /// Where the integrand counts, and how finely it must be looked at.
    fn span(&self, start: f64, end: &Moment) -> Span {
        let length = if self.alpha < self.beta { end.by_alpha } else { end.by_beta };
        let (first, last) = (self.slope(start, 0.0), self.slope(start, self.t - self.t_x));
        let fall = self.k * end.by_alpha + self.s * end.by_beta;
        if first <= 0.0 && fall < NEGLIGIBLE {
            return Span::of(0.0, length, first.abs().max(last.abs()));
        }
        let slope = |delta: f64| self.slope(start, start * delta.exp_m1());
        let summit = if first <= 0.0 {
            0.0
        } else if last >= 0.0 {
            length
        } else {
            halved(0.0, length, |delta| slope(delta) > 0.0)
        };
        let peak = self.height(start, summit);
        let counts = |delta: f64| self.height(start, delta) > peak - NEGLIGIBLE;
        let from = if counts(0.0) { 0.0 } else { halved(summit, 0.0, counts) };
        let mut to = length;
        if !counts(length) {
            // The integrand falls at least as fast as it starts to.
            let bound = if first < 0.0 { length.min(1.01 * NEGLIGIBLE / -first) } else { length };
            to = if counts(bound) { bound } else { halved(summit, bound, counts) };
        }
        Span::of(from, to, slope(from).abs().max(slope(to).abs()))
    }
}

#[derive(Debug)]
struct Span {
    from: f64,
    to: f64,
    panels: u32,
    rule: &'static [(f64, f64)],
}

impl Span {
    /// Panels as wide as their rule can follow: the integrand is analytic within π of the real line, and `steepest` says
    /// how quickly it changes.
    fn of(from: f64, to: f64, steepest: f64) -> Self {
        let (length, change) = (to - from, steepest * (to - from));
        if length <= 1.6 && change <= 3.5 {
            return Self { from, to, panels: 1, rule: GAUSS_8 };
        }
        let panels = (length / 4.0).max(change / 14.0).ceil().clamp(1.0, 5_000.0) as u32;
        Self { from, to, panels, rule: GAUSS_16 }
    }
}

/// Between `holds`, where a condition holds, and `fails`, where it does not, a place just past where it ends.
fn halved(holds: f64, fails: f64, condition: impl Fn(f64) -> bool) -> f64 {
    let (mut holds, mut fails) = (holds, fails);
    for _ in 0..60 {
        let middle = f64::midpoint(holds, fails);
        if condition(middle) {
            holds = middle
        } else {
            fails = middle
        }
        if (fails - holds).abs() <= 0.02 * fails.max(holds) {
            break;
        }
    }
    fails
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_equal_those_computed_with_forty_digits() {
        for (k, alpha, s, beta, t_x, t, expected) in VALUES {
            let (value, _) = Departure { k, alpha, s, beta, t_x, t }.integrate(|_| {});
            let error = (value - expected).abs();
            assert!(
                error < 3e-14 * expected.abs().max(1.0),
                "{k} {alpha} {s} {beta}: {value}, not {expected}"
            );
        }
    }

    #[test]
    fn nothing_is_nan_however_extreme() {
        let ends = [1e-100, 1e-6, 1.0, 1e6, 1e100];
        for k in [1e-100, 1.0, 1e3, 1e15, 1e100] {
            for alpha in ends {
                for s in ends {
                    for beta in ends {
                        for (t_x, t) in [(0.0, 1e-100), (0.0, 30.0), (29.9, 30.0), (1e99, 1e100)] {
                            let mut seen = 0;
                            let departure = Departure { k, alpha, s, beta, t_x, t };
                            let (value, sum) = departure.integrate(|_| seen += 1);
                            assert!(!value.is_nan() && sum >= 0.0, "{departure:?}: {value}");
                            assert!(seen < 100_000, "{departure:?}: {seen}");
                        }
                    }
                }
            }
        }
    }

    // mpmath 1.4.1, 40 digits: r + x, α, s, β, t_x, T, logarithm of the integral.
    const VALUES: [(f64, f64, f64, f64, f64, f64, f64); 10] = [
        (26.553, 10.578, 0.606, 11.669, 30.86, 31.0, -6.172694063855414),
        (0.553, 10.578, 0.606, 11.669, 0.0, 38.86, 0.8698447630110453),
        (5.553, 10.578, 0.606, 11.669, 4.0, 38.0, 5.00729239619753),
        (3.6, 3.0, 0.7, 14.0, 9.0, 20.0, 0.2352374112745611),
        (2.6, 7.0, 0.7, 7.0, 5.0, 15.0, 0.3042761160611879),
        (300.5, 2.0, 1.0, 0.01, 1.0, 900.0, 1716.8131562461938),
        (0.001, 0.001, 0.001, 10000.0, 0.0, 500.0, -9.926944668716628),
        (0.3, 10000.0, 3.0, 0.0001, 0.0, 40.0, 38.69886458314184),
        (4000.0, 50.0, 25.0, 3.0, 100.0, 101.0, 22.111278386787152),
        (1.2, 0.01, 0.02, 2000.0, 0.0, 100000.0, 4.81330566431808),
    ];
}
