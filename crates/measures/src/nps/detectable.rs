//! What two waves could show at all, before anyone is asked.

use crate::{Confidence, Error, MAX_COUNT, quantile};

/// Two waves to come: the shares expected in both, and how many answers each will have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Waves {
    /// Expected share of promoters, 0 to 1.
    pub share_promoters: f64,
    /// Expected share of detractors, 0 to 1; both together at most 1.
    pub share_detractors: f64,
    /// Answers in the first wave, at least 1.
    pub n1: u64,
    /// Answers in the second wave, at least 1.
    pub n2: u64,
}

/// Smallest true difference of two scores, in points, that a two-sided test would find with probability `power`.
///
/// Formula: (z₁ + z₂) × 100 × √v × √(1/n₁ + 1/n₂), where z₁ is the two-sided quantile of the confidence, z₂ the
/// quantile of the power and v = p + d − (p − d)², taken as the same in both waves.
/// Source: J. Cohen, 1988, *Statistical Power Analysis for the Behavioral Sciences*.
///
/// Not for judging a difference already observed (its interval says more), nor for waves of a few answers, where the
/// normal approximation fails. It may exceed 200: then no difference can be found.
///
/// # Errors
/// `out_of_range` when a share is outside 0–1, both exceed 1 together, a wave is empty or above 2⁵³, or the power is
/// not at least 0.5 and below 1.
///
/// ```
/// use measures::{Confidence, nps::{Waves, minimum_detectable_difference}};
/// // v = 0.7 − 0.3² = 0.61; (1.96 + 0.84) × 100 × √0.61 × √(2/200) = 21.9 points.
/// let waves = Waves { share_promoters: 0.5, share_detractors: 0.2, n1: 200, n2: 200 };
/// let points = minimum_detectable_difference(&waves, Confidence::P95, 0.8)?;
/// assert_eq!(format!("{points:.1}"), "21.9");
/// # Ok::<(), measures::Error>(())
/// ```
pub fn minimum_detectable_difference(
    waves: &Waves,
    confidence: Confidence,
    power: f64,
) -> Result<f64, Error> {
    let share = 0.0..=1.0;
    let (p, d) = (waves.share_promoters, waves.share_detractors);
    for (what, value) in [("share of promoters", p), ("share of detractors", d)] {
        if !share.contains(&value) {
            return Err(Error::out_of_range(what, value, "a number from 0 to 1"));
        }
    }
    // 0.7 + 0.3 must pass whatever the last digit of its sum.
    if p + d > 1.0 + 1e-12 {
        return Err(Error::out_of_range("sum of the two shares", p + d, "at most 1"));
    }
    for (what, n) in [("n1", waves.n1), ("n2", waves.n2)] {
        if n == 0 || n > MAX_COUNT {
            return Err(Error::out_of_range(what, n as f64, "from 1 to 2^53 answers"));
        }
    }
    if !(0.5..1.0).contains(&power) {
        return Err(Error::out_of_range("power", power, "at least 0.5 and below 1"));
    }
    let variance = (p + d - (p - d) * (p - d)).max(0.0);
    let spread = (1.0 / waves.n1 as f64 + 1.0 / waves.n2 as f64).sqrt();
    Ok((confidence.z() + quantile::normal(power)) * 100.0 * variance.sqrt() * spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_plans_are_refused() {
        let good = Waves { share_promoters: 0.5, share_detractors: 0.2, n1: 10, n2: 10 };
        let bad = [
            Waves { share_promoters: 1.2, ..good },
            Waves { share_detractors: f64::NAN, ..good },
            Waves { share_detractors: 0.6, ..good },
            Waves { n1: 0, ..good },
            Waves { n2: u64::MAX, ..good },
        ];
        for waves in bad {
            let refused = minimum_detectable_difference(&waves, Confidence::P95, 0.8);
            assert_eq!(refused.unwrap_err().code(), "out_of_range", "{waves:?}");
        }
        for power in [0.0, 0.4, 1.0, f64::NAN] {
            assert!(minimum_detectable_difference(&good, Confidence::P95, power).is_err(), "{power}");
        }
    }
}
