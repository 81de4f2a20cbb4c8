//! Measures along the threshold.

use serde::Serialize;

use super::groups::{Evaluation, evaluate};
use super::running::Running;
use crate::Error;

/// A link between two records that was taken to make one group of theirs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Merge {
    /// Its probability, 0 to 1.
    pub probability: f64,
    /// One record.
    pub a: u32,
    /// The other.
    pub b: u32,
}

/// The measures where every link at or above a threshold is taken.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CurvePoint {
    /// The threshold, 0 to 1.
    pub threshold: f64,
    /// The measures at it.
    #[serde(flatten)]
    pub evaluation: Evaluation,
}

/// Measures at many thresholds, the highest first.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Curve {
    points: Vec<CurvePoint>,
}

impl Curve {
    /// The curve of groupings that were made one for each threshold.
    ///
    /// # Errors
    /// As [`evaluate`], for any of the groupings, and [`Error::OutOfRange`] for a threshold that is not from 0 to 1.
    pub fn of_groupings<'a>(
        truth: &[Option<u32>],
        groupings: impl IntoIterator<Item = (f64, &'a [u32])>,
    ) -> Result<Self, Error> {
        let point = |(threshold, predicted): (f64, &[u32])| {
            Ok(CurvePoint { threshold: checked(threshold)?, evaluation: evaluate(truth, predicted)? })
        };
        let mut points = groupings.into_iter().map(point).collect::<Result<Vec<_>, Error>>()?;
        points.sort_by(|a, b| b.threshold.total_cmp(&a.threshold));
        Ok(Self { points })
    }

    /// The curve of links taken in the order of their probabilities, highest first, at the given thresholds in any
    /// order. Records of `running` that were merged before stay so.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a probability or threshold that is not from 0 to 1, and for a record there is not;
    /// [`Error::BadShape`] for a link more probable than the one before.
    ///
    /// ```
    /// use linkage::evaluate::{Curve, Merge, Running};
    /// let links = [(0.9, 0, 1), (0.4, 1, 2)].map(|(probability, a, b)| Merge { probability, a, b });
    /// let curve = Curve::of_merges(Running::new(&[Some(1), Some(1), Some(2)])?, links, &[0.2, 0.5, 0.95])?;
    /// let best = curve.best().unwrap();
    /// assert_eq!((best.threshold, best.evaluation.pairwise.f1), (0.5, Some(1.0)));
    /// # Ok::<(), linkage::Error>(())
    /// ```
    pub fn of_merges(
        mut running: Running,
        merges: impl IntoIterator<Item = Merge>,
        thresholds: &[f64],
    ) -> Result<Self, Error> {
        let mut thresholds = thresholds.iter().map(|at| checked(*at)).collect::<Result<Vec<_>, _>>()?;
        thresholds.sort_by(|a, b| b.total_cmp(a));
        thresholds.dedup();
        let mut points = Vec::with_capacity(thresholds.len());
        let mut thresholds = thresholds.into_iter().peekable();
        let mut last = 1.0;
        for merge in merges {
            if checked(merge.probability)? > last {
                return Err(Error::bad_shape("links must come with the most probable first"));
            }
            last = merge.probability;
            while let Some(threshold) = thresholds.next_if(|threshold| *threshold > merge.probability) {
                points.push(CurvePoint { threshold, evaluation: running.evaluation() });
            }
            running.merge(merge.a, merge.b)?;
        }
        points.extend(thresholds.map(|threshold| CurvePoint { threshold, evaluation: running.evaluation() }));
        Ok(Self { points })
    }

    /// Its points, the highest threshold first.
    #[must_use]
    pub fn points(&self) -> &[CurvePoint] {
        &self.points
    }

    /// The point with the highest pairwise F1, of equal ones the highest threshold; `None` without a point at which F1 is
    /// defined.
    #[must_use]
    pub fn best(&self) -> Option<&CurvePoint> {
        let f1 = |point: &&CurvePoint| point.evaluation.pairwise.f1;
        let defined = self.points.iter().filter(|point| f1(point).is_some());
        defined.reduce(|best, point| if f1(&point) > f1(&best) { point } else { best })
    }
}

/// A probability that may be 0 or 1.
fn checked(value: f64) -> Result<f64, Error> {
    if (0.0..=1.0).contains(&value) {
        return Ok(value);
    }
    Err(Error::out_of_range("probability", value, "0 to 1"))
}
