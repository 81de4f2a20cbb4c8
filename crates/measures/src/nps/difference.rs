//! Two independent groups or waves.

use serde::Serialize;

use super::{Accumulator, accumulator::Estimate};
use crate::{Confidence, Error, Interval, quantile};

/// Difference of two scores, in points, plain and adjusted for small samples.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Difference {
    /// First score minus second score, −200 to 200.
    pub difference: f64,
    /// √(se₁² + se₂²).
    pub se: f64,
    /// difference / se; `None` when the standard error is 0.
    pub z: Option<f64>,
    /// Two-sided probability of a |z| as large if both were equal; `None` with `z`.
    pub p_value: Option<f64>,
    /// difference ± z·se, not clipped.
    pub ci: Interval,
    /// The same on adjusted scores.
    pub adjusted_difference: f64,
    /// Standard error of the adjusted difference.
    pub se_adjusted: f64,
    /// adjusted_difference / se_adjusted.
    pub z_adjusted: Option<f64>,
    /// Two-sided probability for `z_adjusted`.
    pub p_value_adjusted: Option<f64>,
    /// adjusted_difference ± z·se_adjusted: the one to show.
    pub ci_adjusted: Interval,
}

/// Compares the scores of two independent groups: a − b.
///
/// Formula: standard error √(v₁/n₁ + v₂/n₂) × 100 with v = p + d − (p − d)²; z test and interval on it, once on the
/// answers as they are, once after adding 0.75 detractor, 1.5 passive and 0.75 promoter to each group.
/// Sources: A. Agresti & Y. Min, 2005, "Simple improved confidence intervals for comparing matched proportions";
/// B. Rocks, 2016, "Interval estimation for the Net Promoter Score".
///
/// Not for the same people asked twice (their answers are not independent), nor for groups asked by different
/// methods or at different moments: the difference would be that of the methods.
///
/// # Errors
/// `empty_sample` when a group has no valid answer.
///
/// ```
/// use measures::{Confidence, nps};
/// let (mut spring, mut autumn) = (nps::Accumulator::new(), nps::Accumulator::new());
/// spring.push_count(10, 60)?;
/// spring.push_count(5, 40)?; // +20
/// autumn.push_count(10, 50)?;
/// autumn.push_count(5, 50)?; // 0
/// let change = nps::difference(&spring, &autumn, Confidence::P95)?;
/// assert!((change.difference - 20.0).abs() < 1e-9);
/// assert_eq!(format!("{:.0}", change.se), "14"); // 100 × √(0.96/100 + 1/100)
/// # Ok::<(), measures::Error>(())
/// ```
pub fn difference(a: &Accumulator, b: &Accumulator, confidence: Confidence) -> Result<Difference, Error> {
    if a.n() == 0 || b.n() == 0 {
        return Err(Error::EmptySample);
    }
    let plain = Contrast::of(a.plain(), b.plain(), confidence);
    let adjusted = Contrast::of(a.adjusted(), b.adjusted(), confidence);
    Ok(Difference {
        difference: plain.difference,
        se: plain.se,
        z: plain.z,
        p_value: plain.z.map(quantile::normal_p_two_sided),
        ci: plain.ci,
        adjusted_difference: adjusted.difference,
        se_adjusted: adjusted.se,
        z_adjusted: adjusted.z,
        p_value_adjusted: adjusted.z.map(quantile::normal_p_two_sided),
        ci_adjusted: adjusted.ci,
    })
}

struct Contrast {
    difference: f64,
    se: f64,
    z: Option<f64>,
    ci: Interval,
}

impl Contrast {
    fn of(a: Estimate, b: Estimate, confidence: Confidence) -> Self {
        let difference = a.nps - b.nps;
        let se = a.se.hypot(b.se);
        let z = (se > 0.0).then(|| difference / se);
        Self { difference, se, z, ci: Interval::around(difference, confidence.z() * se) }
    }
}
