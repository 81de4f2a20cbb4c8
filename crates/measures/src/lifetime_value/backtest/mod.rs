//! Whether a model foretold what then happened.

mod holdout;
mod verdict;

use serde::Serialize;

use self::holdout::Seen;
pub use self::{holdout::Holdout, verdict::Verdict};
use super::CountingModel;
use super::history::History;
use super::prediction::{horizon, number};
use crate::{Confidence, DefinitionId, Error, Interval};

/// Customers with this many repeats or more are put together in the table.
const LAST_GROUP: u64 = 7;

/// Forecast and fact of a time that was held back.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Backtest {
    /// Customers.
    pub n: u64,
    /// Customers left out because something about them was not known.
    pub missing: u64,
    /// Length of the time held back, in the model's unit.
    pub t: f64,
    /// Purchases made in that time.
    pub actual_total: f64,
    /// Purchases expected.
    pub expected_total: f64,
    /// expected / actual − 1: 0.1 is 10 % too many. `None` when nothing was bought.
    pub total_error: Option<f64>,
    /// Mean of expected − actual, in purchases per customer.
    pub bias: f64,
    /// Interval of the bias, from the spread of the errors; one that contains 0 is what chance alone may do. `None` with
    /// one customer.
    pub bias_interval: Option<Interval>,
    /// Mean of |expected − actual|, in purchases per customer.
    pub mae: f64,
    /// Root of the mean of (expected − actual)².
    pub rmse: f64,
    /// Correlation of expected and actual, −1 to 1. `None` when one of them does not vary.
    pub correlation: Option<f64>,
    /// The same root for the simplest forecast: each customer goes on at their own pace, x / T.
    pub own_pace_rmse: f64,
    /// What that forecast expects in all.
    pub own_pace_total: f64,
    /// By repeat purchases before the time held back.
    pub by_frequency: Vec<Group>,
    /// What it comes to.
    pub verdict: Verdict,
    /// The same in one sentence.
    pub sentence: String,
}

/// Customers with equally many repeat purchases before.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Group {
    /// Repeat purchases before.
    pub x: u64,
    /// Whether customers with more are among them.
    pub or_more: bool,
    /// How many customers.
    pub customers: u64,
    /// Purchases made afterwards, per customer.
    pub mean_actual: f64,
    /// Purchases expected, per customer.
    pub mean_expected: f64,
}

impl Backtest {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("clv_backtest", 1);
}

/// Compares what a model, fitted to [`Holdout::histories`], expects within `t` with what customers then did.
///
/// Source: the comparison of Fader, Hardie & Lee 2005, by frequency in the calibration period; correlation after
/// K. Pearson, 1896.
///
/// A model tested on the time it was fitted to always looks good: hold back a time it has not seen, as long as the
/// forecasts it will be used for. One test speaks for one time: repeat it as time goes by.
///
/// ```
/// use measures::{Confidence, lifetime_value::{BgNbd, CountingModel, History, Holdout, backtest}};
/// let mut seen = Holdout::new();
/// seen.push(History::new(4, 28.0, 30.0)?, 3)?;
/// seen.push(History::new(0, 0.0, 30.0)?, 0)?;
/// let model = CountingModel::BgNbd(BgNbd::new(0.243, 4.414, 0.793, 2.426)?);
/// let test = backtest(&model, &seen, 30.0, Confidence::P95)?;
/// assert_eq!(test.actual_total, 3.0);
/// assert_eq!(test.own_pace_total, 4.0);
/// # Ok::<(), measures::Error>(())
/// ```
///
/// # Errors
/// `empty_sample` without a customer; `out_of_range` unless t is 0 or more, or when a result is beyond a double.
pub fn backtest(
    model: &CountingModel,
    holdout: &Holdout,
    t: f64,
    confidence: Confidence,
) -> Result<Backtest, Error> {
    let t = horizon(t)?;
    let seen = holdout.seen()?;
    if seen.is_empty() {
        return Err(Error::EmptySample);
    }
    let mut last: Option<(History, f64)> = None;
    let mut pairs = Vec::with_capacity(seen.len());
    for one in seen {
        // Equal histories follow each other.
        let expected = match last {
            Some((history, expected)) if history == one.history => expected,
            _ => model.expected(&one.history, t)?,
        };
        last = Some((one.history, expected));
        pairs.push(Pair { seen: one, expected });
    }
    let mut test = compare(&pairs, t, confidence)?;
    test.missing = holdout.missing();
    test.verdict = Verdict::of(&test);
    test.sentence = test.verdict.sentence(&test);
    Ok(test)
}

/// Equal customers with what is expected of each.
struct Pair {
    seen: Seen,
    expected: f64,
}

impl Pair {
    fn own_pace(&self, t: f64) -> f64 {
        let (x, observed) = (self.seen.history.repeats() as f64, self.seen.history.observed());
        if observed > 0.0 { x / observed * t } else { 0.0 }
    }
}

fn compare(pairs: &[Pair], t: f64, confidence: Confidence) -> Result<Backtest, Error> {
    let sum =
        |of: &dyn Fn(&Pair) -> f64| -> f64 { pairs.iter().map(|pair| pair.seen.n as f64 * of(pair)).sum() };
    let count: u64 = pairs.iter().map(|pair| pair.seen.n).sum();
    let n = count as f64;
    let error = |pair: &Pair| pair.expected - pair.seen.actual;
    let (actual_total, expected_total) = (sum(&|pair| pair.seen.actual), sum(&|pair| pair.expected));
    let (mean_actual, mean_expected) = (actual_total / n, expected_total / n);
    let bias = sum(&error) / n;
    let spread = sum(&|pair| (error(pair) - bias).powi(2));
    let standard_error = (spread / (n - 1.0) / n).sqrt();
    let both = sum(&|pair| (pair.seen.actual - mean_actual) * (pair.expected - mean_expected));
    let squares = sum(&|pair| (pair.seen.actual - mean_actual).powi(2)).sqrt()
        * sum(&|pair| (pair.expected - mean_expected).powi(2)).sqrt();
    let test = Backtest {
        n: count,
        missing: 0,
        t,
        actual_total,
        expected_total,
        total_error: (actual_total > 0.0).then(|| expected_total / actual_total - 1.0),
        bias,
        bias_interval: (count > 1).then(|| Interval::around(bias, confidence.z() * standard_error)),
        mae: sum(&|pair| error(pair).abs()) / n,
        rmse: (sum(&|pair| error(pair).powi(2)) / n).sqrt(),
        correlation: (squares > 0.0).then(|| (both / squares).clamp(-1.0, 1.0)),
        own_pace_rmse: (sum(&|pair| (pair.own_pace(t) - pair.seen.actual).powi(2)) / n).sqrt(),
        own_pace_total: sum(&|pair| pair.own_pace(t)),
        by_frequency: groups(pairs),
        verdict: Verdict::Undecided,
        sentence: String::new(),
    };
    for value in [test.expected_total, test.rmse, test.mae, test.own_pace_rmse, test.own_pace_total, squares]
    {
        number("a sum of the back-test", value)?;
    }
    Ok(test)
}

fn groups(pairs: &[Pair]) -> Vec<Group> {
    let group = |pair: &Pair| pair.seen.history.repeats().min(LAST_GROUP);
    let of_group = |same: &[Pair]| {
        let x = same.first().map_or(0, group);
        let customers: u64 = same.iter().map(|pair| pair.seen.n).sum();
        let mean = |of: fn(&Pair) -> f64| {
            same.iter().map(|pair| pair.seen.n as f64 * of(pair)).sum::<f64>() / customers as f64
        };
        Group {
            x,
            or_more: x == LAST_GROUP,
            customers,
            mean_actual: mean(|pair| pair.seen.actual),
            mean_expected: mean(|pair| pair.expected),
        }
    };
    pairs.chunk_by(|a, b| group(a) == group(b)).map(of_group).collect()
}
