//! How much a fitted model would differ had other customers answered.

mod rows;
mod sample;

use serde::Serialize;

pub use self::rows::Rows;
use self::sample::{Sample, figures};
use super::model::Model;
use super::random::Stream;
use super::weights::solve;
use crate::recovery::{PercentileType, percentile};
use crate::{Confidence, Error, Interval};

/// Rounds after which a replicate's search for weights is given up.
const MOST_ROUNDS: u32 = 500;
/// Most replicates.
const MOST_REPLICATES: u32 = 10_000;
/// Most multiplications in all: some tens of seconds.
const MOST_WORK: f64 = 2e10;

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
/// Those of [`super::Accumulator::fit`] for the rows themselves; `out_of_range` for a number of replicates that is not from 2
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
    let sample = Sample::new(model, rows, &moments, &solution);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path_model::model::{Block, Path, Scheme};

    fn model() -> Model {
        let blocks = vec![Block::reflective("A", &["a", "b"]), Block::reflective("C", &["c", "d"])];
        Model::new(blocks, &[Path::new("A", "C")], Scheme::Centroid).unwrap()
    }

    #[test]
    fn sharing_the_work_changes_nothing() {
        let model = model();
        let mut rows = Rows::new(&model);
        for i in 0..31 {
            let answers = [i % 7, i % 5 + i % 7, i % 7 + i % 3, i % 11 + i % 7];
            rows.push(&answers.map(|x| Some(f64::from(x)))).unwrap();
        }
        let plan = Plan { replicates: 37, seed: 3, confidence: Confidence::P95 };
        let alone = spread_over(&model, &rows, &plan, 1).unwrap();
        for workers in [2, 3, 8, 100] {
            assert_eq!(spread_over(&model, &rows, &plan, workers).unwrap(), alone, "{workers}");
        }
    }

    #[test]
    fn replicates_that_cannot_be_fitted_are_counted() {
        let model = model();
        let mut rows = Rows::new(&model);
        // With six rows, of which one alone has another answer to b, many samples miss that row.
        for (i, b) in [1, 1, 1, 1, 1, 2].into_iter().enumerate() {
            let i = i as f64;
            rows.push(&[Some(i % 4.0), Some(f64::from(b)), Some(i), Some(i * i % 5.0)]).unwrap();
        }
        let plan = Plan { replicates: 400, seed: 3, confidence: Confidence::P95 };
        let found = spread_over(&model, &rows, &plan, 2).unwrap();
        // (5/6)^6 = 0.335 of them.
        assert!((100..200).contains(&found.failed), "{}", found.failed);
    }
}
