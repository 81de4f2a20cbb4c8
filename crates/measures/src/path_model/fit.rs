//! The fitted model.

use nalgebra::DMatrix;
use serde::Serialize;

use super::accumulator::Moments;
use super::effects::{Inner, inner, total_effects};
use super::index::index;
use super::model::{Mode, Model};
use super::reliability::{composite, reliability};
use super::weights::{Solution, solve};
use crate::Error;
use crate::distribution::student_p_two_sided;

/// Rounds after which the search for weights is given up.
const MOST_ROUNDS: u32 = 5_000;

/// A fitted path model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fit {
    /// Complete rows.
    pub n: u64,
    /// Rows with a missing answer, dropped.
    pub dropped: u64,
    /// Rounds until the weights stood still.
    pub iterations: u32,
    /// Each item, block after block.
    pub outer: Vec<Outer>,
    /// Each path, in the order of the model.
    pub inner: Vec<PathEstimate>,
    /// Each construct.
    pub constructs: Vec<Construct>,
    /// Each pair of constructs that paths lead between.
    pub effects: Vec<Effect>,
    /// Goodness of fit, 0 to 1: √(mean communality of items in blocks of several × mean R² of driven constructs).
    /// Descriptive only; `None` when every block has one item.
    pub gof: Option<f64>,
    /// Items with a negative weight: their construct's index falls when they rise. Look at them before showing it.
    pub negative_weights: Vec<String>,
    /// Items with an answer off the scale: indices may leave 0–100.
    pub off_scale: Vec<String>,
}

/// An item in the fitted model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outer {
    /// Its name.
    pub item: String,
    /// The construct it stands for.
    pub construct: String,
    /// Its weight in the construct's score (of variance 1), for the item as the model takes it.
    pub weight: f64,
    /// Its correlation with the construct's score, −1 to 1; below 0.7 it says little of it (mode A).
    pub loading: f64,
    /// loading²: the share of its variance the construct explains.
    pub communality: f64,
    /// communality × R² of the construct: the share its drivers explain.
    pub redundancy: f64,
}

/// A path in the fitted model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PathEstimate {
    /// The construct that drives.
    pub from: String,
    /// The construct that is driven.
    pub to: String,
    /// Standard deviations the driven one rises by, when the other rises by one and its other drivers stand still.
    pub estimate: f64,
    /// Standard error of ordinary least squares, as if the scores were observed: too small, for they are estimates.
    pub std_error: f64,
    /// estimate / std_error, n − k − 1 degrees of freedom; `None` when nothing is left unexplained.
    pub t: Option<f64>,
    /// Two-sided probability of such a t without an effect, as if the scores were observed.
    pub p: Option<f64>,
}

/// Whether anything drives a construct.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Nothing in the model does.
    Exogenous,
    /// Something does.
    Endogenous,
}

/// A construct in the fitted model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Construct {
    /// Its name.
    pub name: String,
    /// Whether anything drives it.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// How its items make it up.
    pub mode: Mode,
    /// Share of its variance its drivers explain, 0 to 1; 0 without drivers.
    pub r2: f64,
    /// 1 − (1 − R²)(n − 1)/(n − k − 1); may fall below 0.
    pub r2_adj: f64,
    /// Mean communality of its items.
    pub mean_communality: f64,
    /// Mean redundancy of its items.
    pub mean_redundancy: f64,
    /// Average variance extracted, the mean communality in mode A, wanted above 0.5; `None` in mode B.
    pub ave: Option<f64>,
    /// (Σl)² / ((Σl)² + Σ(1 − l²)) of the loadings, wanted above 0.7; `None` in mode B.
    pub composite_reliability: Option<f64>,
    /// Standardised α: k r̄ / (1 + (k − 1) r̄); `None` with one item.
    pub cronbach_alpha: Option<f64>,
    /// As composite reliability, with the correlations with the first principal component.
    pub dillon_goldstein_rho: Option<f64>,
    /// Largest eigenvalue of the items' correlations; one dimension when only this exceeds 1.
    pub eig_1: f64,
    /// Second eigenvalue; `None` with one item.
    pub eig_2: Option<f64>,
    /// Index from 0 to 100 by the fitted weights; `None` without a scale, or when the weights cancel.
    pub index_0_100: Option<f64>,
    /// The same with equal weights, which do not move from fit to fit.
    pub equal_weight_index: Option<f64>,
}

/// What one construct does to another, in standard deviations.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Effect {
    /// The construct that acts.
    pub from: String,
    /// The construct acted upon.
    pub to: String,
    /// Along the path between them; 0 when there is none.
    pub direct: f64,
    /// Along all routes through others.
    pub indirect: f64,
    /// Both together.
    pub total: f64,
}

pub(super) fn fit(
    model: &Model,
    moments: &Moments,
    dropped: u64,
    off_scale: Vec<String>,
) -> Result<Fit, Error> {
    let solution = solve(model, &moments.covariances, MOST_ROUNDS)?;
    let inner = inner(model, &solution.correlations)?;
    let outer = outer(model, &solution, &inner);
    let constructs = constructs(model, moments, &solution, &inner);
    let negative = outer.iter().filter(|item| item.weight < 0.0).map(|item| item.item.clone());
    Ok(Fit {
        n: moments.n,
        dropped,
        iterations: solution.iterations,
        negative_weights: negative.collect(),
        off_scale,
        inner: path_estimates(model, &inner, moments.n),
        effects: effects(model, &inner),
        gof: gof(model, &outer, &inner),
        outer,
        constructs,
    })
}

fn outer(model: &Model, solution: &Solution, inner: &Inner) -> Vec<Outer> {
    let blocks = model.blocks.iter().zip(&model.ranges).zip(&inner.r2);
    let items = blocks.flat_map(|((block, range), r2)| range.clone().map(move |i| (block, i, *r2)));
    let item = |(block, i, r2): (&super::model::Block, usize, f64)| {
        let loading = solution.loadings[i];
        Outer {
            item: model.items()[i].clone(),
            construct: block.name.clone(),
            weight: solution.weights[i],
            loading,
            communality: loading * loading,
            redundancy: loading * loading * r2,
        }
    };
    items.map(item).collect()
}

fn path_estimates(model: &Model, inner: &Inner, n: u64) -> Vec<PathEstimate> {
    let one = |(path, &(from, to)): (usize, &(usize, usize))| {
        let df = n as f64 - model.predecessors[to].len() as f64 - 1.0;
        let estimate = inner.estimates[path];
        let std_error = ((1.0 - inner.r2[to]) * inner.inverse_diagonal[path] / df).max(0.0).sqrt();
        let t = Some(estimate / std_error).filter(|t| t.is_finite());
        PathEstimate {
            from: model.name(from).to_owned(),
            to: model.name(to).to_owned(),
            estimate,
            std_error,
            t,
            p: t.map(|t| student_p_two_sided(t, df)),
        }
    };
    model.paths.iter().enumerate().map(one).collect()
}

fn constructs(model: &Model, moments: &Moments, solution: &Solution, inner: &Inner) -> Vec<Construct> {
    let one = |(at, block): (usize, &super::model::Block)| {
        let items = model.ranges[at].clone();
        let loadings = &solution.loadings[items.clone()];
        let (k, r2) = (model.predecessors[at].len() as f64, inner.r2[at]);
        let n = moments.n as f64;
        let communality =
            loadings.iter().map(|loading| loading * loading).sum::<f64>() / loadings.len() as f64;
        let agreement = reliability(correlations(moments, items.clone()));
        let reflective = block.mode == Mode::A;
        let means = &moments.means[items.clone()];
        let weights = weights_as_answered(model, moments, &solution.weights, items);
        Construct {
            name: block.name.clone(),
            kind: if k == 0.0 { Kind::Exogenous } else { Kind::Endogenous },
            mode: block.mode,
            r2,
            r2_adj: if k == 0.0 { 0.0 } else { 1.0 - (1.0 - r2) * (n - 1.0) / (n - k - 1.0) },
            mean_communality: communality,
            mean_redundancy: communality * r2,
            ave: reflective.then_some(communality),
            composite_reliability: composite(loadings).filter(|_| reflective),
            cronbach_alpha: agreement.cronbach_alpha,
            dillon_goldstein_rho: agreement.dillon_goldstein_rho,
            eig_1: agreement.eig_1,
            eig_2: agreement.eig_2,
            index_0_100: model.scale.and_then(|scale| index(&weights, means, scale)),
            equal_weight_index: model.scale.and_then(|scale| index(&vec![1.0; means.len()], means, scale)),
        }
    };
    model.blocks.iter().enumerate().map(one).collect()
}

/// Weights of items as they were answered: those of standardised items divided by their standard deviations.
pub(super) fn weights_as_answered(
    model: &Model,
    moments: &Moments,
    weights: &[f64],
    items: std::ops::Range<usize>,
) -> Vec<f64> {
    let p = moments.means.len();
    let unit = |i: usize| if model.standardise { moments.covariances[i * p + i].sqrt() } else { 1.0 };
    items.map(|i| weights[i] / unit(i)).collect()
}

fn correlations(moments: &Moments, items: std::ops::Range<usize>) -> DMatrix<f64> {
    let p = moments.means.len();
    let covariance = |i: usize, j: usize| moments.covariances[(items.start + i) * p + items.start + j];
    DMatrix::from_fn(items.len(), items.len(), |i, j| match i == j {
        true => 1.0,
        false => covariance(i, j) / (covariance(i, i).sqrt() * covariance(j, j).sqrt()),
    })
}

fn effects(model: &Model, inner: &Inner) -> Vec<Effect> {
    let totals = total_effects(model, &inner.estimates);
    let one = |(from, to): (usize, usize)| {
        let path = model.paths.iter().position(|path| *path == (from, to));
        let direct = path.map_or(0.0, |path| inner.estimates[path]);
        let total = totals[(from, to)];
        let (from, to) = (model.name(from).to_owned(), model.name(to).to_owned());
        Effect { from, to, direct, indirect: total - direct, total }
    };
    model.routes().into_iter().map(one).collect()
}

fn gof(model: &Model, outer: &[Outer], inner: &Inner) -> Option<f64> {
    let several = model.ranges.iter().filter(|items| items.len() > 1).flat_map(Clone::clone);
    let communalities: Vec<f64> = several.map(|i| outer[i].communality).collect();
    let driven = model.predecessors.iter().zip(&inner.r2).filter(|(by, _)| !by.is_empty());
    let r2: Vec<f64> = driven.map(|(_, r2)| *r2).collect();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    (!communalities.is_empty()).then(|| (mean(&communalities) * mean(&r2)).sqrt())
}
