//! One sample of the rows, and the figures of the model fitted to it.

use super::{MOST_ROUNDS, Rows};
use crate::Error;
use crate::path_model::Model;
use crate::path_model::accumulator::Moments;
use crate::path_model::effects::{inner, total_effects};
use crate::path_model::fit::weights_as_answered;
use crate::path_model::index::index;
use crate::path_model::random::Stream;
use crate::path_model::weights::{Solution, solve};

/// Below this share of its mean square, an item's variance in a replicate is rounding.
const FLAT: f64 = 1e-12;

/// The rows replicates are drawn from, and what they are compared with.
pub(super) struct Sample<'a> {
    model: &'a Model,
    /// Rows less the means.
    centred: Vec<f64>,
    moments: &'a Moments,
    solution: &'a Solution,
}

impl<'a> Sample<'a> {
    pub(super) fn new(model: &'a Model, rows: &Rows, moments: &'a Moments, solution: &'a Solution) -> Self {
        let means = moments.means.iter().cycle();
        let centred = rows.values.iter().zip(means).map(|(value, mean)| value - mean).collect();
        Self { model, centred, moments, solution }
    }

    /// The figures of one replicate.
    pub(super) fn replicate(&self, stream: Stream) -> Result<Vec<f64>, Error> {
        let moments = self.draw(stream)?;
        let mut solution = solve(self.model, &moments.covariances, MOST_ROUNDS)?;
        for (construct, items) in self.model.ranges.iter().enumerate() {
            let (own, original) = (&solution.loadings[items.clone()], &self.solution.loadings[items.clone()]);
            if own.iter().zip(original).map(|(a, b)| a * b).sum::<f64>() < 0.0 {
                solution.flip(self.model, construct);
            }
        }
        figures(self.model, &moments, &solution)
    }

    /// Means and covariances of as many rows as there are, drawn with replacement.
    fn draw(&self, mut stream: Stream) -> Result<Moments, Error> {
        let p = self.moments.means.len();
        let n = self.moments.n;
        let mut times = vec![0_u32; n as usize];
        for _ in 0..n {
            times[stream.below(n) as usize] += 1;
        }
        let (mut means, mut products) = (vec![0.0; p], vec![0.0; p * p]);
        let drawn = self.centred.chunks_exact(p).zip(&times).filter(|(_, times)| **times > 0);
        for (row, times) in drawn {
            let times = f64::from(*times);
            for (i, x) in row.iter().enumerate() {
                let x = times * x;
                means[i] += x;
                products[i * p..=i * p + i].iter_mut().zip(row).for_each(|(product, y)| *product += x * y);
            }
        }
        let n = n as f64;
        means.iter_mut().for_each(|mean| *mean /= n);
        for i in 0..p {
            let square = products[i * p + i] / n;
            if square - means[i] * means[i] <= FLAT * square {
                return Err(Error::ZeroVariance { what: self.model.items()[i].clone() });
            }
            for j in 0..=i {
                let covariance = products[i * p + j] / n - means[i] * means[j];
                products[i * p + j] = covariance;
                products[j * p + i] = covariance;
            }
        }
        let means = means.iter().zip(&self.moments.means).map(|(mean, of_all)| mean + of_all).collect();
        Ok(Moments { n: self.moments.n, means, covariances: products })
    }
}

/// All figures in a row: weights, loadings, paths, total effects, R², indices (NaN when undefined).
pub(super) fn figures(model: &Model, moments: &Moments, solution: &Solution) -> Result<Vec<f64>, Error> {
    let inner = inner(model, &solution.correlations)?;
    let totals = total_effects(model, &inner.estimates);
    let indices = model.ranges.iter().map(|items| {
        let weights = weights_as_answered(model, moments, &solution.weights, items.clone());
        let found = model.scale.and_then(|scale| index(&weights, &moments.means[items.clone()], scale));
        found.unwrap_or(f64::NAN)
    });
    let effects = model.routes().into_iter().map(|route| totals[route]);
    let outer = solution.weights.iter().chain(&solution.loadings).copied();
    Ok(outer.chain(inner.estimates).chain(effects).chain(inner.r2).chain(indices).collect())
}
