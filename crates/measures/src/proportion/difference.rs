//! Two shares side by side.

use serde::Serialize;

use crate::{Confidence, Error, Interval, count, proportion, quantile};

/// Difference of two independent shares, with test and interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Difference {
    /// First share, 0 to 1.
    pub p1: f64,
    /// Second share, 0 to 1.
    pub p2: f64,
    /// p1 − p2, −1 to 1.
    pub difference: f64,
    /// Statistic of the pooled test; `None` when both shares are 0 or both are 1.
    pub z: Option<f64>,
    /// Two-sided probability of a |z| as large if both shares were equal; `None` with `z`.
    pub p: Option<f64>,
    /// Newcombe's hybrid score interval of the difference.
    pub ci_newcombe: Interval,
}

/// Compares x1 of n1 with x2 of n2.
///
/// Formula: z = (p1 − p2) / √(p(1−p)(1/n1 + 1/n2)) with the pooled p; interval, from both Wilson intervals (l, u):
/// p1 − p2 − √((p1−l1)² + (u2−p2)²) to p1 − p2 + √((u1−p1)² + (p2−l2)²).
///
/// Source: R. G. Newcombe, 1998, "Interval estimation for the difference between independent proportions:
/// comparison of eleven methods" (method 10).
///
/// Not for the same people asked twice (paired answers), nor for weighted answers.
///
/// # Errors
/// `empty_sample` when n1 or n2 is 0; `out_of_range` when a count exceeds its n.
///
/// ```
/// use measures::{Confidence, proportion};
/// let d = proportion::difference((45, 100), (60, 100), Confidence::P95)?;
/// assert_eq!(format!("{:.2} {:.2}", d.difference, d.z.unwrap_or(0.0)), "-0.15 -2.12");
/// # Ok::<(), measures::Error>(())
/// ```
pub fn difference(
    first: (u64, u64),
    second: (u64, u64),
    confidence: Confidence,
) -> Result<Difference, Error> {
    let (x1, n1) = count::pair(first.0, first.1)?;
    let (x2, n2) = count::pair(second.0, second.1)?;
    let ci1 = proportion::wilson(first.0, first.1, confidence)?;
    let ci2 = proportion::wilson(second.0, second.1, confidence)?;
    let (p1, p2) = (x1 / n1, x2 / n2);
    let difference = p1 - p2;
    let pooled = (x1 + x2) / (n1 + n2);
    let se = (pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n2)).sqrt();
    let z = (se > 0.0).then(|| difference / se);
    let ci_newcombe = Interval::new(
        difference - (p1 - ci1.low).hypot(ci2.high - p2),
        difference + (ci1.high - p1).hypot(p2 - ci2.low),
    );
    Ok(Difference { p1, p2, difference, z, p: z.map(quantile::normal_p_two_sided), ci_newcombe })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_comparisons_are_reproduced() {
        let d = difference((45, 100), (60, 100), Confidence::P95).unwrap();
        assert!((d.z.unwrap() - -2.1239769762143657).abs() < 1e-9);
        assert!((d.p.unwrap() - 0.033672068856345876).abs() < 1e-9);
        assert!((d.ci_newcombe.low - -0.2804485210107637).abs() < 1e-9);
        assert!((d.ci_newcombe.high - -0.011723935319973455).abs() < 1e-9);
    }

    #[test]
    fn without_any_success_the_test_is_undefined_and_the_interval_is_not() {
        let d = difference((0, 10), (0, 12), Confidence::P95).unwrap();
        assert_eq!((d.z, d.p), (None, None));
        assert!((d.ci_newcombe.low - -0.24249400665524085).abs() < 1e-9);
        assert!((d.ci_newcombe.high - 0.2775327998628892).abs() < 1e-9);
        assert_eq!(difference((0, 0), (1, 5), Confidence::P95).unwrap_err().code(), "empty_sample");
    }
}
