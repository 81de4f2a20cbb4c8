//! How good the groups are, against a truth.

use linkage::Linkage;
use linkage::evaluate::{self, B3, Band, Curve, CurvePoint, Labelled, Pairwise, Running, Side};
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
    /// Everything it tells of a run whose rows were grouped so.
    pub(super) fn judge(
        self,
        linkage: &Linkage,
        threshold: f64,
        people: &[u32],
    ) -> Result<Judged, linkage::Error> {
        Ok(Judged {
            at: self.at(threshold, people)?,
            curve: self.curve(linkage)?,
            bands: evaluate::calibration(self.labels, linkage.pairs(BANDS[0]), &BANDS),
        })
    }

    /// The measures of a grouping. Where two files are linked, only pairs of a row of each count.
    fn at(self, threshold: f64, people: &[u32]) -> Result<Point, linkage::Error> {
        let pairwise = match self.first_file {
            Some(rows) => {
                let (left, right) = (self.labels.split_at_checked(rows), people.split_at_checked(rows));
                let (left, right) = (left.unwrap_or_default(), right.unwrap_or_default());
                let file = |truth, predicted| Labelled { truth, predicted };
                evaluate::pairs_against(file(left.0, right.0), file(left.1, right.1))?
            }
            None => evaluate::pairwise(self.labels, people)?,
        };
        let b3 = evaluate::b3(self.labels, people)?;
        Ok(Point { threshold, pairwise: pairwise.into(), b3: b3.into() })
    }

    /// The measures along the threshold.
    fn curve(self, linkage: &Linkage) -> Result<Vec<Point>, linkage::Error> {
        let running = match self.first_file {
            Some(rows) => {
                let side = |row| if row < rows { Side::Left } else { Side::Right };
                let sides: Vec<Side> = (0..self.labels.len()).map(side).collect();
                Running::across(self.labels, &sides)?
            }
            None => Running::new(self.labels)?,
        };
        let curve = Curve::of_merges(running, linkage.merges().iter().copied(), &THRESHOLDS)?;
        Ok(curve.points().iter().rev().map(Point::from).collect())
    }
}

impl From<&CurvePoint> for Point {
    fn from(point: &CurvePoint) -> Self {
        let evaluate::Evaluation { pairwise, b3 } = point.evaluation;
        Self { threshold: point.threshold, pairwise: pairwise.into(), b3: b3.into() }
    }
}
