//! Means and covariances of the items.

use super::fit::{Fit, fit};
use super::model::Model;
use crate::sum::ExactSum;
use crate::{Error, count};

/// Largest answer in absolute value: keeps every product of covariances far from overflow.
const LARGEST: f64 = 1e9;
/// Smallest variance of an item.
const SMALLEST_VARIANCE: f64 = 1e-100;

/// Gathers rows of answers, one for each respondent. Sums are exact, so the order of rows and merges changes nothing;
/// memory depends on the number of items alone.
///
/// ```
/// use measures::path_model::{Accumulator, Block, Model, Path, Scheme};
/// let blocks = vec![Block::reflective("Ease", &["e"]), Block::reflective("Loyalty", &["l"])];
/// let model = Model::new(blocks, &[Path::new("Ease", "Loyalty")], Scheme::Path)?;
/// let mut rows = Accumulator::new(&model);
/// for (ease, loyalty) in [(1.0, 2.0), (2.0, 1.0), (3.0, 4.0), (4.0, 3.0)] {
///     rows.push(&[Some(ease), Some(loyalty)])?;
/// }
/// rows.push(&[Some(9.0), None])?; // an answer is missing: the row is dropped, and counted
/// let fit = rows.fit(&model)?;
/// assert_eq!((fit.n, fit.dropped), (4, 1));
/// // With one item each, the path is their correlation: (4·28 − 10·10) / (4·30 − 10·10) = 12 / 20.
/// assert!((fit.inner[0].estimate - 0.6).abs() < 1e-12);
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Accumulator {
    items: Vec<String>,
    n: u64,
    dropped: u64,
    sums: Vec<ExactSum>,
    /// Of pairs (i, j), j ≤ i, row after row.
    products: Vec<ExactSum>,
    bounds: Vec<(f64, f64)>,
}

/// What a fit needs of the answers.
#[derive(Debug, Clone)]
pub(super) struct Moments {
    pub(super) n: u64,
    pub(super) means: Vec<f64>,
    /// Covariances divided by n, row after row.
    pub(super) covariances: Vec<f64>,
}

impl Accumulator {
    /// An empty accumulator for the items of a model.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        let items = model.items().to_vec();
        let p = items.len();
        Self {
            items,
            n: 0,
            dropped: 0,
            sums: vec![ExactSum::default(); p],
            products: vec![ExactSum::default(); p * (p + 1) / 2],
            bounds: vec![(f64::INFINITY, f64::NEG_INFINITY); p],
        }
    }

    /// Adds one respondent's answers in the order of [`Model::items`]. A row with a missing answer is dropped and
    /// counted: what it would have been is not guessed.
    ///
    /// # Errors
    /// `bad_shape` for another number of answers than items; `out_of_range` for an answer that is not finite or beyond
    /// ±10⁹, or above 2⁵³ rows.
    pub fn push(&mut self, row: &[Option<f64>]) -> Result<(), Error> {
        let Some(row) = complete(row, self.items.len())? else {
            self.dropped = count::add(self.dropped, 1)?;
            return Ok(());
        };
        self.push_complete(&row)
    }

    pub(super) fn push_complete(&mut self, row: &[f64]) -> Result<(), Error> {
        self.n = count::add(self.n, 1)?;
        let mut products = self.products.as_mut_slice();
        for (i, &x) in row.iter().enumerate() {
            self.sums[i].add(x);
            let (low, high) = &mut self.bounds[i];
            (*low, *high) = (low.min(x), high.max(x));
            let (own, rest) = products.split_at_mut(i + 1);
            own.iter_mut().zip(row).for_each(|(product, &y)| product.add_product(x, y));
            products = rest;
        }
        Ok(())
    }

    pub(super) fn drop_rows(&mut self, rows: u64) -> Result<(), Error> {
        self.dropped = count::add(self.dropped, rows)?;
        Ok(())
    }

    /// Takes over the rows of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `bad_shape` when the items differ; `out_of_range` above 2⁵³ rows. Nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if self.items != other.items {
            return Err(Error::BadShape { what: "answers to different items cannot be merged" });
        }
        let dropped = count::add(self.dropped, other.dropped)?;
        self.n = count::add(self.n, other.n)?;
        self.dropped = dropped;
        self.sums.iter_mut().zip(&other.sums).for_each(|(mine, theirs)| mine.merge(theirs));
        self.products.iter_mut().zip(&other.products).for_each(|(mine, theirs)| mine.merge(theirs));
        for ((low, high), (other_low, other_high)) in self.bounds.iter_mut().zip(&other.bounds) {
            (*low, *high) = (low.min(*other_low), high.max(*other_high));
        }
        Ok(())
    }

    /// Complete rows so far.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// Rows dropped so far.
    #[must_use]
    pub const fn dropped(&self) -> u64 {
        self.dropped
    }

    /// Fits a model of these items.
    ///
    /// Algorithm: items centred and, unless the model says otherwise, divided by their standard deviation (divisor n).
    /// All weights start equal; then in turn: each construct is scored from its items with variance 1, compared with its
    /// neighbours by the scheme, and its weights renewed, by covariances with the neighbours' sum (mode A) or by a
    /// regression of it on the items (mode B), until the weights stand still (sum of squared changes below 10⁻²⁰). A
    /// construct that more of its items run against than along is turned round. Paths are then ordinary regressions of
    /// each construct on those that drive it.
    /// Sources: J.-B. Lohmöller, 1989, *Latent Variable Path Modeling with Partial Least Squares*; M. Tenenhaus,
    /// V. Esposito Vinzi, Y.-M. Chatelin & C. Lauro, 2005, "PLS path modeling".
    ///
    /// Not a proof of causes: the arrows are assumed, not found. Weights and paths are those of a sample: show them with
    /// [`super::bootstrap`]. The estimates lean towards large loadings and small paths when items are few.
    ///
    /// # Errors
    /// `bad_shape` for a model of other items; `too_few` with fewer complete rows than constructs driving one, and 2
    /// more; `zero_variance` for an item or a construct that does not vary; `singular` when constructs driving one, or
    /// items of a mode B block, depend on each other; `not_found` when the weights never stand still.
    pub fn fit(&self, model: &Model) -> Result<Fit, Error> {
        fit(model, &self.moments(model)?, self.dropped, self.off_scale(model))
    }

    pub(super) fn moments(&self, model: &Model) -> Result<Moments, Error> {
        if self.items != model.items() {
            return Err(Error::BadShape { what: "the rows are not those of the model's items" });
        }
        if self.n < model.least_rows() {
            return Err(Error::TooFew { what: "complete rows", n: self.n, least: model.least_rows() });
        }
        let constant = |(name, (low, high)): (&String, &(f64, f64))| (low >= high).then(|| name.clone());
        if let Some(what) = self.items.iter().zip(&self.bounds).find_map(constant) {
            return Err(Error::ZeroVariance { what });
        }
        let n = self.n as f64;
        let means: Vec<f64> = self.sums.iter().map(|sum| sum.mean(n)).collect();
        let p = means.len();
        let mut covariances = vec![0.0; p * p];
        let mut products = self.products.iter();
        for i in 0..p {
            for j in 0..=i {
                // Σ(x − a)(y − b) = Σxy − aΣy − bΣx + nab, every term exact, so that nothing cancels.
                let mut around = products.next().cloned().unwrap_or_default();
                around.add_scaled(-means[i], &self.sums[j]);
                around.add_scaled(-means[j], &self.sums[i]);
                let mut constant = ExactSum::default();
                constant.add_product(means[i], means[j]);
                around.add_scaled(n, &constant);
                covariances[i * p + j] = around.total() / n;
                covariances[j * p + i] = covariances[i * p + j];
            }
            // What the smallest doubles hardly tell from 0.
            if covariances[i * p + i] < SMALLEST_VARIANCE {
                return Err(Error::ZeroVariance { what: self.items[i].clone() });
            }
        }
        Ok(Moments { n: self.n, means, covariances })
    }

    /// Items with an answer off the model's scale.
    fn off_scale(&self, model: &Model) -> Vec<String> {
        let Some(scale) = model.scale else { return Vec::new() };
        let (min, max) = (scale.min() as f64, scale.max() as f64);
        let off = |(_, (low, high)): &(&String, &(f64, f64))| *low < min || *high > max;
        self.items.iter().zip(&self.bounds).filter(off).map(|(name, _)| name.clone()).collect()
    }
}

/// The answers of a row when none is missing.
pub(super) fn complete(row: &[Option<f64>], items: usize) -> Result<Option<Vec<f64>>, Error> {
    if row.len() != items {
        return Err(Error::BadShape { what: "a row has another number of answers than there are items" });
    }
    for value in row.iter().flatten() {
        if value.is_nan() || value.abs() > LARGEST {
            return Err(Error::out_of_range("answer", *value, "a number within ±1 000 000 000"));
        }
    }
    Ok(row.iter().copied().collect())
}
