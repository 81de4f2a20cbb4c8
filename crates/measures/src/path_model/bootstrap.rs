//! How much a fitted model would differ had other customers answered.

use serde::Serialize;

use super::accumulator::{Accumulator, Moments, complete};
use super::effects::{inner, total_effects};
use super::fit::{Fit, weights_as_answered};
use super::index::index;
use super::model::Model;
use super::random::Stream;
use super::weights::{Solution, solve};
use crate::recovery::{PercentileType, percentile};
use crate::{Confidence, Error, Interval};

/// Rounds after which a replicate's search for weights is given up.
const MOST_ROUNDS: u32 = 500;
/// Most replicates.
const MOST_REPLICATES: u32 = 10_000;
/// Most multiplications in all: some tens of seconds.
const MOST_WORK: f64 = 2e10;
/// Below this share of its mean square, an item's variance in a replicate is rounding.
const FLAT: f64 = 1e-12;

/// Complete rows of a model's items, kept: the bootstrap draws from them again and again.
#[derive(Debug, Clone)]
pub struct Rows {
    items: Vec<String>,
    /// Row after row.
    values: Vec<f64>,
    dropped: u64,
}

impl Rows {
    /// No row yet, of the items of a model.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        Self { items: model.items().to_vec(), values: Vec::new(), dropped: 0 }
    }

    /// Adds one respondent's answers in the order of [`Model::items`]. A row with a missing answer is dropped and
    /// counted.
    ///
    /// # Errors
    /// As [`Accumulator::push`].
    pub fn push(&mut self, row: &[Option<f64>]) -> Result<(), Error> {
        match complete(row, self.items.len())? {
            Some(row) => self.values.extend(row),
            None => self.dropped += 1,
        }
        Ok(())
    }

    /// Complete rows so far.
    #[must_use]
    pub fn n(&self) -> usize {
        self.values.len() / self.items.len().max(1)
    }

    /// Fits a model of these items, as [`Accumulator::fit`].
    ///
    /// # Errors
    /// As [`Accumulator::fit`].
    pub fn fit(&self, model: &Model) -> Result<Fit, Error> {
        self.gathered(model)?.fit(model)
    }

    fn gathered(&self, model: &Model) -> Result<Accumulator, Error> {
        if self.items != model.items() {
            return Err(Error::BadShape { what: "the rows are not those of the model's items" });
        }
        let mut all = Accumulator::new(model);
        for row in self.values.chunks_exact(self.items.len().max(1)) {
            all.push_complete(row)?;
        }
        all.drop_rows(self.dropped)?;
        Ok(all)
    }
}

/// How to draw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// Samples to draw, 2 to 10 000; 500 give intervals of two digits.
    pub replicates: u32,
    /// Where the random numbers start: the same seed gives the same figures on any machine.
    pub seed: u64,
    /// Of the intervals.
    pub confidence: Confidence,
}

/// A figure of the fitted model and how it spreads over replicates.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// From the rows themselves; `None` when undefined there.
    pub estimate: Option<f64>,
    /// Mean over replicates; away from the estimate, it is biased.
    pub mean: Option<f64>,
    /// Standard deviation over replicates; `None` with fewer than two.
    pub std_error: Option<f64>,
    /// Percentile interval over replicates.
    pub ci: Option<Interval>,
}

/// A fitted model with its uncertainty.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bootstrap {
    /// Complete rows.
    pub n: u64,
    /// Rows with a missing answer, dropped.
    pub dropped: u64,
    /// Samples drawn.
    pub replicates: u32,
    /// Samples no model could be fitted to (an item or construct that does not vary, weights that never stand still).
    /// Many of them mean that the intervals cannot be trusted.
    pub failed: u32,
    /// Weight of each item, in the order of [`Model::items`].
    pub weights: Vec<Estimate>,
    /// Loading of each item.
    pub loadings: Vec<Estimate>,
    /// Coefficient of each path, as from and to by name.
    pub paths: Vec<(String, String, Estimate)>,
    /// Total effect of each pair of constructs that paths lead between.
    pub total_effects: Vec<(String, String, Estimate)>,
    /// R² of each construct, by name; 0 for one that nothing drives.
    pub r2: Vec<(String, Estimate)>,
    /// Index from 0 to 100 of each construct, by name; undefined without a scale.
    pub index_0_100: Vec<(String, Estimate)>,
}

/// Draws samples of the rows, with replacement and of the same size, fits the model to each, and tells how its figures
/// spread.
///
/// Each construct of a replicate is turned so that its loadings agree best with the original ones (otherwise signs that
/// flip by chance would widen the intervals). Intervals run from the α/2 to the 1 − α/2 percentile (type 7). Replicate
/// i draws from the random stream i of the seed: the result does not depend on how many processors share the work.
/// Sources: B. Efron & R. J. Tibshirani, 1993, *An Introduction to the Bootstrap*; M. Tenenhaus et al., 2005, "PLS path
/// modeling" (construct level sign changes).
///
/// Not for fewer than some 50 rows, nor for rows that are not independent (several of one customer): the intervals are
/// then too narrow. It does not mend a sample that is not representative.
///
/// # Errors
/// Those of [`Accumulator::fit`] for the rows themselves; `out_of_range` for a number of replicates that is not from 2
/// to 10 000, or so large with these rows and items that it would take minutes; `too_few` when fewer than two
/// replicates could be fitted.
///
/// ```
/// use measures::{Confidence, path_model::{Block, Model, Path, Plan, Rows, Scheme, bootstrap}};
/// let blocks = vec![Block::reflective("Ease", &["e"]), Block::reflective("Loyalty", &["l"])];
/// let model = Model::new(blocks, &[Path::new("Ease", "Loyalty")], Scheme::Path)?;
/// let mut rows = Rows::new(&model);
/// for i in 0..60 {
///     rows.push(&[Some(f64::from(i % 10)), Some(f64::from(i % 10 + i % 7))])?;
/// }
/// let plan = Plan { replicates: 200, seed: 1, confidence: Confidence::P95 };
/// let (_, _, path) = bootstrap(&model, &rows, &plan)?.paths[0].clone();
/// let ci = path.ci.unwrap();
/// assert!(0.6 < ci.low && ci.contains(path.estimate.unwrap()) && ci.high < 0.95);
/// # Ok::<(), measures::Error>(())
/// ```
pub fn bootstrap(model: &Model, rows: &Rows, plan: &Plan) -> Result<Bootstrap, Error> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    spread_over(model, rows, plan, workers)
}

fn spread_over(model: &Model, rows: &Rows, plan: &Plan, workers: usize) -> Result<Bootstrap, Error> {
    check(model, rows, plan)?;
    let moments = rows.gathered(model)?.moments(model)?;
    let solution = solve(model, &moments.covariances, MOST_ROUNDS)?;
    let original = figures(model, &moments, &solution)?;
    let sample = Sample { model, centred: centred(rows, &moments), moments: &moments, solution: &solution };
    let mut found: Vec<Option<Vec<f64>>> = vec![None; plan.replicates as usize];
    let share = found.len().div_ceil(workers.max(1));
    let draw_into = |first: usize, found: &mut [Option<Vec<f64>>]| {
        for (number, found) in found.iter_mut().enumerate() {
            *found = sample.replicate(Stream::new(plan.seed, (first + number) as u64)).ok();
        }
    };
    std::thread::scope(|scope| {
        let mut chunks = found.chunks_mut(share).enumerate();
        let own = chunks.next();
        for (worker, chunk) in chunks {
            scope.spawn(move || draw_into(worker * share, chunk));
        }
        if let Some((_, chunk)) = own {
            draw_into(0, chunk);
        }
    });
    let replicates: Vec<Vec<f64>> = found.into_iter().flatten().collect();
    if replicates.len() < 2 {
        return Err(Error::TooFew { what: "fitted replicates", n: replicates.len() as u64, least: 2 });
    }
    let estimates = estimates(&original, &replicates, plan.confidence);
    let failed = plan.replicates - replicates.len() as u32;
    Ok(named(model, estimates, (moments.n, rows.dropped), (plan.replicates, failed)))
}

fn check(model: &Model, rows: &Rows, plan: &Plan) -> Result<(), Error> {
    let replicates = f64::from(plan.replicates);
    if !(2..=MOST_REPLICATES).contains(&plan.replicates) {
        return Err(Error::out_of_range("replicates", replicates, "a whole number from 2 to 10 000"));
    }
    let (items, constructs) = (model.items().len() as f64, model.blocks.len() as f64);
    let each = (rows.n() as f64 + f64::from(MOST_ROUNDS)) * (items * items + constructs.powi(3));
    if each * replicates > MOST_WORK {
        let expected = format!("at most {} with these rows and items", (MOST_WORK / each).floor());
        return Err(Error::out_of_range("replicates", replicates, expected));
    }
    Ok(())
}

/// Rows less their means.
fn centred(rows: &Rows, moments: &Moments) -> Vec<f64> {
    let means = moments.means.iter().cycle();
    rows.values.iter().zip(means).map(|(value, mean)| value - mean).collect()
}

/// The rows replicates are drawn from, and what they are compared with.
struct Sample<'a> {
    model: &'a Model,
    centred: Vec<f64>,
    moments: &'a Moments,
    solution: &'a Solution,
}

impl Sample<'_> {
    /// The figures of one replicate.
    fn replicate(&self, stream: Stream) -> Result<Vec<f64>, Error> {
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
fn figures(model: &Model, moments: &Moments, solution: &Solution) -> Result<Vec<f64>, Error> {
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

fn estimates(original: &[f64], replicates: &[Vec<f64>], confidence: Confidence) -> Vec<Estimate> {
    let one = |(at, estimate): (usize, &f64)| {
        let mut values: Vec<f64> = replicates
            .iter()
            .filter_map(|figures| figures.get(at).copied())
            .filter(|x| x.is_finite())
            .collect();
        values.sort_unstable_by(f64::total_cmp);
        let n = values.len() as f64;
        let mean = (n > 0.0).then(|| values.iter().sum::<f64>() / n);
        let spread = |mean: f64| values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
        let tail = 50.0 * confidence.alpha();
        let bound = |percent| percentile(&values, percent, PercentileType::T7).ok();
        Estimate {
            estimate: Some(*estimate).filter(|estimate| estimate.is_finite()),
            mean,
            std_error: mean.filter(|_| n > 1.0).map(|mean| spread(mean).sqrt()),
            ci: bound(tail).zip(bound(100.0 - tail)).map(|(low, high)| Interval::new(low, high)),
        }
    };
    original.iter().enumerate().map(one).collect()
}

/// Gives the figures their names back.
fn named(
    model: &Model,
    estimates: Vec<Estimate>,
    (n, dropped): (u64, u64),
    (replicates, failed): (u32, u32),
) -> Bootstrap {
    let mut estimates = estimates.into_iter();
    let mut take = |how_many: usize| estimates.by_ref().take(how_many).collect::<Vec<_>>();
    let (items, constructs) = (model.items().len(), model.blocks.len());
    let routes = model.routes();
    let (weights, loadings) = (take(items), take(items));
    let (paths, effects) = (take(model.paths.len()), take(routes.len()));
    let (r2, indices) = (take(constructs), take(constructs));
    let pair = |((from, to), estimate): (&(usize, usize), Estimate)| {
        (model.name(*from).to_owned(), model.name(*to).to_owned(), estimate)
    };
    let by_name = |estimates: Vec<Estimate>| {
        model.blocks.iter().map(|block| block.name.clone()).zip(estimates).collect::<Vec<_>>()
    };
    Bootstrap {
        n,
        dropped,
        replicates,
        failed,
        weights,
        loadings,
        paths: model.paths.iter().zip(paths).map(pair).collect(),
        total_effects: routes.iter().zip(effects).map(pair).collect(),
        r2: by_name(r2),
        index_0_100: by_name(indices),
    }
}
