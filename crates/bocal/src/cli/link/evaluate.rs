//! How good the groups are, against a truth.

use linkage::Linkage;
use linkage::evaluate::{self, B3, Band, Curve, CurvePoint, Pairwise, Running, Side};
use serde::Serialize;

/// Thresholds of the curve.
const THRESHOLDS: [f64; 12] = [0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999];

/// Limits of the bands in which probabilities are held against the truth.
const BANDS: [f64; 7] = [0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1.0];

/// Precision, recall and their harmonic mean; none where there is nothing to divide by.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(super) struct Rates {
    pub(super) precision: Option<f64>,
    pub(super) recall: Option<f64>,
    pub(super) f1: Option<f64>,
}

impl From<Pairwise> for Rates {
    fn from(found: Pairwise) -> Self {
        Self { precision: found.precision, recall: found.recall, f1: found.f1 }
    }
}

impl From<B3> for Rates {
    fn from(found: B3) -> Self {
        Self { precision: Some(found.precision), recall: Some(found.recall), f1: Some(found.f1) }
    }
}

/// Both measures at a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(super) struct Point {
    pub(super) threshold: f64,
    pub(super) pairwise: Rates,
    pub(super) b3: Rates,
}

/// Everything that the truth tells of a run.
#[derive(Debug)]
pub(super) struct Judged {
    /// The measures at the threshold.
    pub(super) at: Point,
    /// The measures along it.
    pub(super) curve: Vec<Point>,
    /// What probabilities said, and what is true.
    pub(super) bands: Vec<Band>,
}

/// The truth of every row, and how many of them are of the first file where two are linked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Truth<'a> {
    pub(super) labels: &'a [Option<u32>],
    pub(super) first_file: Option<usize>,
}

impl Truth<'_> {
    /// Everything it tells of a run. Where two files are linked, only pairs of a row of each count.
    pub(super) fn judge(self, linkage: &Linkage, threshold: f64) -> Result<Judged, linkage::Error> {
        let thresholds: Vec<f64> = THRESHOLDS.into_iter().chain([threshold]).collect();
        let curve = Curve::of_merges(self.running()?, linkage.merges().iter().copied(), &thresholds)?;
        let mut points: Vec<Point> = curve.points().iter().rev().map(Point::from).collect();
        let at = points.iter().find(|point| point.threshold == threshold).copied();
        points.retain(|point| THRESHOLDS.contains(&point.threshold));
        Ok(Judged {
            at: at.ok_or(linkage::Error::EmptySample)?,
            curve: points,
            bands: evaluate::calibration(self.labels, linkage.pairs(BANDS[0]), &BANDS),
        })
    }

    /// Every row alone.
    fn running(self) -> Result<Running, linkage::Error> {
        let Some(rows) = self.first_file else { return Running::new(self.labels) };
        let side = |row| if row < rows { Side::Left } else { Side::Right };
        let sides: Vec<Side> = (0..self.labels.len()).map(side).collect();
        Running::across(self.labels, &sides)
    }
}

impl From<&CurvePoint> for Point {
    fn from(point: &CurvePoint) -> Self {
        let evaluate::Evaluation { pairwise, b3 } = point.evaluation;
        Self { threshold: point.threshold, pairwise: pairwise.into(), b3: b3.into() }
    }
}
