//! How many to ask, and what a margin of error is, for a share in a random sample.

use serde::Serialize;

use crate::{Confidence, Error, MAX_COUNT};

/// How many answers are needed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SampleSize {
    /// Answers needed from a population without end.
    pub n0: f64,
    /// The same after the finite correction, before rounding.
    pub n_real: f64,
    /// Answers to collect: `n_real` rounded up, at most the population.
    pub n: u64,
}

/// Answers needed so that a share near `p` is known within ± `error`.
///
/// Formula: n₀ = z²p(1−p)/e²; with a population of N: n = n₀ / (1 + (n₀−1)/N); rounded up.
/// `p` is the expected share, 0.5 when nothing is known (the safest); `error` is a share too: 0.05 is ±5 points;
/// `population` is `None` when very large.
/// Source: W. G. Cochran, 1977, *Sampling Techniques*, 3rd edition, chapter 4.
///
/// Not for samples that are not random, nor for the number of people to *invite* (divide by the response rate).
///
/// # Errors
/// `out_of_range` unless 0 < p < 1, 0 < error < 1 and the population is 1 to 2⁵³, or when n₀ exceeds 2⁵³.
///
/// ```
/// use measures::{Confidence, sampling::sample_size};
/// // 1.96² × 0.25 / 0.05² = 384.1
/// assert_eq!(sample_size(0.5, 0.05, None, Confidence::P95)?.n, 385);
/// assert_eq!(sample_size(0.5, 0.05, Some(1_000), Confidence::P95)?.n, 278);
/// assert_eq!(sample_size(0.5, 0.05, Some(200), Confidence::P95)?.n, 132);
/// # Ok::<(), measures::Error>(())
/// ```
pub fn sample_size(
    p: f64,
    error: f64,
    population: Option<u64>,
    confidence: Confidence,
) -> Result<SampleSize, Error> {
    check_open_share("p", p)?;
    check_open_share("error", error)?;
    let population = population.map(check_population).transpose()?;
    let z = confidence.z();
    // Divided first: the square of a tiny error could vanish.
    let n0 = (z / error) * (z / error) * p * (1.0 - p);
    if n0 > MAX_COUNT as f64 {
        return Err(Error::out_of_range("error", error, "large enough for at most 2^53 answers"));
    }
    let Some(total) = population else {
        return Ok(SampleSize { n0, n_real: n0, n: whole(n0) });
    };
    // Algebraically n0 / (1 + (n0 − 1)/N), without a denominator that could reach 0.
    let n_real = n0 * total as f64 / (total as f64 - 1.0 + n0);
    Ok(SampleSize { n0, n_real, n: whole(n_real).min(total) })
}

/// Half-width of the classical interval of a share, as a share: 0.049 is ±4.9 points.
///
/// Formula: z·√(p(1−p)/n), times √((N−n)/(N−1)) when the population N is known; 0 when everyone was asked.
/// Source: W. G. Cochran, 1977, *Sampling Techniques*, 3rd edition, chapter 3.
///
/// Not for samples that are not random; not for an observed share near 0 or 1 or a few answers
/// ([`crate::proportion::wilson`] serves there), which is why p = 0 and p = 1 are refused.
///
/// # Errors
/// `empty_sample` when n = 0; `out_of_range` unless 0 < p < 1 and n ≤ population ≤ 2⁵³.
///
/// ```
/// use measures::{Confidence, sampling::margin_of_error};
/// // 1.96 × √(0.25 / 400) = 1.96 × 0.025
/// let margin = margin_of_error(0.5, 400, None, Confidence::P95)?;
/// assert_eq!(format!("{margin:.3}"), "0.049");
/// # Ok::<(), measures::Error>(())
/// ```
pub fn margin_of_error(
    p: f64,
    n: u64,
    population: Option<u64>,
    confidence: Confidence,
) -> Result<f64, Error> {
    check_open_share("p", p)?;
    if n == 0 {
        return Err(Error::EmptySample);
    }
    let population = population.map(check_population).transpose()?;
    let most = population.unwrap_or(MAX_COUNT);
    if n > most {
        return Err(Error::out_of_range("n", n as f64, format!("at most {most}")));
    }
    let margin = confidence.z() * (p * (1.0 - p) / n as f64).sqrt();
    Ok(margin * population.map_or(1.0, |total| finite_correction(n, total)))
}

/// √((N−n)/(N−1)), 0 for a census (also of one).
fn finite_correction(n: u64, total: u64) -> f64 {
    if n == total {
        return 0.0;
    }
    ((total - n) as f64 / (total - 1) as f64).sqrt()
}

/// Rounded up, at least 1: no figure comes from nobody.
fn whole(n: f64) -> u64 {
    // Between 0 and 2^53, checked by the caller.
    (n.ceil() as u64).max(1)
}

fn check_open_share(what: &'static str, value: f64) -> Result<(), Error> {
    if value > 0.0 && value < 1.0 {
        return Ok(());
    }
    Err(Error::out_of_range(what, value, "a number above 0 and below 1"))
}

fn check_population(total: u64) -> Result<u64, Error> {
    if (1..=MAX_COUNT).contains(&total) {
        return Ok(total);
    }
    Err(Error::out_of_range("population", total as f64, "from 1 to 2^53"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_sizes_are_reproduced() {
        let size = sample_size(0.1, 0.03, Some(50_000), Confidence::P99).unwrap();
        assert!((size.n0 - 663.4896601021214).abs() < 1e-6);
        assert!((size.n_real - 654.8135164236065).abs() < 1e-6);
        assert_eq!(size.n, 655);
    }

    #[test]
    fn known_margins_are_reproduced() {
        let margin = |n, total| margin_of_error(0.5, n, total, Confidence::P95).unwrap();
        assert!((margin(400, None) - 0.04899909961350135).abs() < 1e-9);
        assert!((margin(400, Some(1_000)) - 0.03797353087095147).abs() < 1e-9);
        assert_eq!(margin(50, Some(50)), 0.0);
        assert_eq!(margin(1, Some(1)), 0.0);
    }

    #[test]
    fn impossible_plans_are_refused() {
        for (p, e) in [(0.0, 0.05), (1.0, 0.05), (0.5, 0.0), (0.5, 1.0), (f64::NAN, 0.1), (0.5, 1e-300)] {
            assert_eq!(
                sample_size(p, e, None, Confidence::P95).unwrap_err().code(),
                "out_of_range",
                "{p} {e}"
            );
        }
        assert!(sample_size(0.5, 0.05, Some(0), Confidence::P95).is_err());
        assert!(margin_of_error(0.5, 51, Some(50), Confidence::P95).is_err());
        assert_eq!(margin_of_error(0.5, 0, None, Confidence::P95).unwrap_err().code(), "empty_sample");
    }

    proptest! {
        #[test]
        fn never_more_are_asked_than_there_are_and_the_margin_is_kept(
            p in 0.01..0.99f64, e in 0.001..0.5f64, total in 2u64..10_000_000,
        ) {
            let size = sample_size(p, e, Some(total), Confidence::P95).unwrap();
            prop_assert!(size.n >= 1 && size.n <= total);
            let margin = margin_of_error(p, size.n, Some(total), Confidence::P95).unwrap();
            prop_assert!(margin <= e * (1.0 + 1e-9));
        }
    }
}
