//! Score intervals of one share, and of several shares of one total.

use crate::{Confidence, Error, Interval, count, quantile};

/// Wilson's score interval of a share, bounds 0 to 1.
///
/// Formula, with p = successes / n and z the two-sided normal quantile:
/// (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n).
/// At 0 successes the lower bound is exactly 0, at n successes the upper bound is exactly 1.
///
/// Source: E. B. Wilson, 1927, "Probable inference, the law of succession, and statistical inference".
///
/// Not for answers drawn in clusters or with weights (the interval would be too narrow), nor as a margin of error
/// for people who chose themselves to answer: it measures chance only.
///
/// # Errors
/// `empty_sample` when n = 0; `out_of_range` when successes > n or n > 2⁵³.
///
/// ```
/// use measures::{Confidence, proportion};
/// // 280 requests of 400 solved at first contact: 70 % [65.3; 74.3].
/// let ci = proportion::wilson(280, 400, Confidence::P95)?;
/// assert_eq!(format!("{:.1} {:.1}", 100.0 * ci.low, 100.0 * ci.high), "65.3 74.3");
/// # Ok::<(), measures::Error>(())
/// ```
pub fn wilson(successes: u64, n: u64, confidence: Confidence) -> Result<Interval, Error> {
    let (x, total) = count::pair(successes, n)?;
    Ok(score_interval(x, total, confidence.z()))
}

/// Goodman's simultaneous intervals: one per class of a total, together true with the given confidence.
///
/// Formula: Wilson's, each class at the confidence 1 − α/k, where k is the number of classes
/// (z² is the χ² quantile with one degree of freedom at 1 − α/k). Bounds 0 to 1, in the order of the classes.
///
/// Source: L. A. Goodman, 1965, "On simultaneous confidence intervals for multinomial proportions".
///
/// Not for one class looked at alone (use [`wilson`], narrower), nor when expected counts are below about 5.
///
/// # Errors
/// `bad_shape` with fewer than 2 classes; `empty_sample` when all are 0; `out_of_range` when they add up above 2⁵³.
///
/// ```
/// use measures::{Confidence, proportion};
/// let shares = proportion::goodman(&[60, 25, 15], Confidence::P95)?;
/// assert_eq!(format!("{:.2} {:.2}", shares[0].low, shares[0].high), "0.48 0.71");
/// # Ok::<(), measures::Error>(())
/// ```
pub fn goodman(counts: &[u64], confidence: Confidence) -> Result<Vec<Interval>, Error> {
    if counts.len() < 2 {
        return Err(Error::BadShape { what: "at least two classes are needed" });
    }
    let total = counts.iter().try_fold(0, |total, part| count::add(total, *part))?;
    if total == 0 {
        return Err(Error::EmptySample);
    }
    let z = quantile::normal_two_sided(confidence.alpha() / counts.len() as f64);
    Ok(counts.iter().map(|part| score_interval(*part as f64, total as f64, z)).collect())
}

fn score_interval(x: f64, n: f64, z: f64) -> Interval {
    let z2 = z * z;
    let centre = (x + z2 / 2.0) / (n + z2);
    let half = z * (x * ((n - x) / n) + z2 / 4.0).sqrt() / (n + z2);
    // The ends are exact by algebra; rounding must not make them 1e-17 off.
    let low = if x == 0.0 { 0.0 } else { (centre - half).max(0.0) };
    let high = if x == n { 1.0 } else { (centre + half).min(1.0) };
    Interval::new(low, high)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::MAX_COUNT;

    #[test]
    fn impossible_counts_are_refused() {
        assert_eq!(wilson(0, 0, Confidence::P95).unwrap_err().code(), "empty_sample");
        assert_eq!(wilson(5, 4, Confidence::P95).unwrap_err().code(), "out_of_range");
        assert_eq!(wilson(1, u64::MAX, Confidence::P95).unwrap_err().code(), "out_of_range");
        assert_eq!(goodman(&[3], Confidence::P95).unwrap_err().code(), "bad_shape");
        assert_eq!(goodman(&[0, 0], Confidence::P95).unwrap_err().code(), "empty_sample");
        assert_eq!(goodman(&[u64::MAX, 1], Confidence::P95).unwrap_err().code(), "out_of_range");
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_share_and_mirrors(
            n in 1..=MAX_COUNT, part in 0.0..=1.0f64, level in 0.001..0.999f64,
        ) {
            let x = ((n as f64 * part) as u64).min(n);
            let confidence = Confidence::new(level).unwrap();
            let ci = wilson(x, n, confidence).unwrap();
            let share = x as f64 / n as f64;
            prop_assert!(ci.low >= 0.0 && ci.high <= 1.0);
            prop_assert!(ci.low <= share + 1e-12 && share <= ci.high + 1e-12);
            let mirror = wilson(n - x, n, confidence).unwrap();
            prop_assert!((ci.low - (1.0 - mirror.high)).abs() < 1e-12);
        }
    }
}
