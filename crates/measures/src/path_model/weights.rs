//! The search for weights.

use nalgebra::{DMatrix, DVector};

use super::model::{Mode, Model, Scheme};
use super::regression::{Factor, coefficients};
use crate::Error;

/// Sum of squared changes of the weights (of standardised items) below which they stand still.
const STILL: f64 = 1e-20;
/// Share of the standard deviation its items could give at most, below which a score does not vary.
const FLAT: f64 = 1e-10;
/// Correlation below which there is nothing but rounding.
const UNRELATED: f64 = 1e-13;

/// Weights that stand still, and what follows from them directly. Scores have variance 1.
#[derive(Debug, Clone)]
pub(super) struct Solution {
    /// Of each item as the model takes it: standardised or not.
    pub(super) weights: Vec<f64>,
    /// Correlation of each item with the score of its own construct.
    pub(super) loadings: Vec<f64>,
    /// Correlations of the scores.
    pub(super) correlations: DMatrix<f64>,
    pub(super) iterations: u32,
}

impl Solution {
    /// Turns a construct round.
    pub(super) fn flip(&mut self, model: &Model, construct: usize) {
        let items = model.ranges[construct].clone();
        self.weights[items.clone()].iter_mut().for_each(|weight| *weight = -*weight);
        self.loadings[items].iter_mut().for_each(|loading| *loading = -*loading);
        let n = model.blocks.len();
        for other in (0..n).filter(|other| *other != construct) {
            self.correlations[(construct, other)] *= -1.0;
            self.correlations[(other, construct)] *= -1.0;
        }
    }
}

/// Seeks the weights from the covariances of the items, in at most `most` rounds.
pub(super) fn solve(model: &Model, covariances: &[f64], most: u32) -> Result<Solution, Error> {
    let mut search = Search::new(model, covariances)?;
    search.score()?;
    for round in 1..=most {
        search.renew()?;
        search.score()?;
        if search.moved() < STILL {
            return Ok(search.finish(round));
        }
    }
    Err(Error::NotFound { what: "the weights never stand still: constructs may hardly be related" })
}

/// State of the search; p items, n constructs.
struct Search<'a> {
    model: &'a Model,
    /// Standard deviations of the items as they are.
    sds: Vec<f64>,
    /// Covariances of the items as the model takes them, p × p.
    shared: Vec<f64>,
    /// Blocks of mode B taken apart.
    factors: Vec<Option<Factor>>,
    weights: Vec<f64>,
    before: Vec<f64>,
    /// Covariance of item i with score k at k·p + i.
    with_scores: Vec<f64>,
    correlations: DMatrix<f64>,
}

impl<'a> Search<'a> {
    fn new(model: &'a Model, covariances: &[f64]) -> Result<Self, Error> {
        let (p, n) = (model.items().len(), model.blocks.len());
        let sds: Vec<f64> = (0..p).map(|i| covariances[i * p + i].sqrt()).collect();
        let mut shared = covariances.to_vec();
        if model.standardise {
            for (row, a) in shared.chunks_exact_mut(p).zip(&sds) {
                row.iter_mut().zip(&sds).for_each(|(covariance, b)| *covariance /= a * b);
            }
        }
        let correlation = |i: usize, j: usize| covariances[i * p + j] / (sds[i] * sds[j]);
        let factor = |at: usize| {
            let items = model.ranges[at].clone();
            let start = items.start;
            let block = DMatrix::from_fn(items.len(), items.len(), |i, j| match i == j {
                true => 1.0,
                false => correlation(start + i, start + j),
            });
            (model.blocks[at].mode == Mode::B).then(|| Factor::of(block)).transpose()
        };
        let factors = (0..n).map(factor).collect::<Result<_, _>>()?;
        Ok(Self {
            model,
            sds,
            shared,
            factors,
            weights: vec![1.0; p],
            before: vec![0.0; p],
            with_scores: vec![0.0; n * p],
            correlations: DMatrix::identity(n, n),
        })
    }

    /// Standard deviation of an item as the model takes it.
    fn unit(&self, item: usize) -> f64 {
        if self.model.standardise { 1.0 } else { self.sds[item] }
    }

    /// Scores the constructs by the weights, with variance 1, and correlates them.
    fn score(&mut self) -> Result<(), Error> {
        let p = self.sds.len();
        for (k, items) in self.model.ranges.iter().enumerate() {
            let weights = &self.weights[items.clone()];
            let column = &mut self.with_scores[k * p..(k + 1) * p];
            for (with, row) in column.iter_mut().zip(self.shared.chunks_exact(p)) {
                *with = dot(&row[items.clone()], weights);
            }
            let sd = dot(&column[items.clone()], weights).max(0.0).sqrt();
            let most: f64 = items.clone().map(|i| self.weights[i].abs() * self.unit(i)).sum();
            if sd.is_nan() || sd <= FLAT * most {
                return Err(Error::ZeroVariance { what: format!("the score of {}", self.model.name(k)) });
            }
            self.with_scores[k * p..(k + 1) * p].iter_mut().for_each(|with| *with /= sd);
            self.weights[items.clone()].iter_mut().for_each(|weight| *weight /= sd);
        }
        for (j, items) in self.model.ranges.iter().enumerate() {
            for k in 0..j {
                let with = &self.with_scores[k * p..(k + 1) * p];
                let correlation = dot(&with[items.clone()], &self.weights[items.clone()]).clamp(-1.0, 1.0);
                self.correlations[(j, k)] = correlation;
                self.correlations[(k, j)] = correlation;
            }
        }
        Ok(())
    }

    /// Renews the weights by what the neighbours of each construct say.
    fn renew(&mut self) -> Result<(), Error> {
        std::mem::swap(&mut self.before, &mut self.weights);
        let p = self.sds.len();
        for (j, items) in self.model.ranges.iter().enumerate() {
            let near = self.neighbours(j)?;
            let mut strongest: f64 = 0.0;
            for i in items.clone() {
                self.weights[i] = near.iter().map(|(k, inner)| inner * self.with_scores[k * p + i]).sum();
                strongest = strongest.max(self.weights[i].abs() / self.unit(i));
            }
            let inner: f64 = near.iter().map(|(_, inner)| inner.abs()).sum();
            if strongest <= UNRELATED * inner {
                let what = format!("what {} shares with its neighbours", self.model.name(j));
                return Err(Error::ZeroVariance { what });
            }
            if let Some(factor) = &self.factors[j] {
                // The block was taken apart as correlations: to them and back.
                let right = DVector::from_fn(items.len(), |i, _| {
                    self.weights[items.start + i] / self.unit(items.start + i)
                });
                for (i, weight) in items.clone().zip(factor.solve(&right).iter()) {
                    self.weights[i] = weight / self.unit(i);
                }
            }
        }
        Ok(())
    }

    /// Neighbours of a construct and their inner weights.
    fn neighbours(&self, of: usize) -> Result<Vec<(usize, f64)>, Error> {
        let (before, after) = (&self.model.predecessors[of], &self.model.successors[of]);
        let both = before.iter().chain(after).copied();
        let correlation = |other: usize| self.correlations[(of, other)];
        Ok(match self.model.scheme {
            Scheme::Centroid => both.map(|other| (other, sign(correlation(other)))).collect(),
            Scheme::Factorial => both.map(|other| (other, correlation(other))).collect(),
            Scheme::Path => {
                let (driving, _) = coefficients(&self.correlations, of, before)?;
                let driven = after.iter().map(|&other| (other, correlation(other)));
                before.iter().copied().zip(driving.iter().copied()).chain(driven).collect()
            }
        })
    }

    /// Sum of squared changes of the weights' sizes in the last round, as of standardised items.
    fn moved(&self) -> f64 {
        let both = self.weights.iter().zip(&self.before).enumerate();
        both.map(|(i, (now, before))| ((now.abs() - before.abs()) * self.unit(i)).powi(2)).sum()
    }

    fn finish(self, iterations: u32) -> Solution {
        let p = self.sds.len();
        let own =
            self.model.ranges.iter().enumerate().flat_map(|(k, items)| items.clone().map(move |i| (k, i)));
        let loadings = own.map(|(k, i)| self.with_scores[k * p + i] / self.unit(i)).collect();
        let mut solution =
            Solution { weights: self.weights, loadings, correlations: self.correlations, iterations };
        for (k, items) in self.model.ranges.iter().enumerate() {
            if runs_against(&solution.loadings[items.clone()]) {
                solution.flip(self.model, k);
            }
        }
        solution
    }
}

/// More loadings below 0 than above, or as many and their sum below 0.
fn runs_against(loadings: &[f64]) -> bool {
    let above = loadings.iter().filter(|loading| **loading > 0.0).count();
    let below = loadings.iter().filter(|loading| **loading < 0.0).count();
    below > above || (below == above && loadings.iter().sum::<f64>() < 0.0)
}

fn sign(x: f64) -> f64 {
    if x == 0.0 { 0.0 } else { x.signum() }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
