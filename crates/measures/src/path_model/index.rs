//! A construct as an index from 0 to 100.

use serde::Serialize;

use crate::{Error, Scale};

/// One item of an index.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IndexItem {
    /// Weight in the model.
    pub weight: f64,
    /// Mean answer, on the scale.
    pub mean: f64,
    /// Standard deviation when the weight is that of a standardised item; 1 when it is not.
    pub sd: f64,
}

/// An index, and whether it can be taken at face value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Index {
    /// 0 when every item is at the bottom of the scale, 100 when at the top.
    pub index: f64,
    /// Positions, from 0, of items with a negative weight: with any, the index may leave 0–100 and falls when those
    /// items rise. Look at the items before showing it.
    pub negative_weights: Vec<usize>,
}

/// Index from 0 to 100 of a construct of a path model.
///
/// Formula: uᵢ = weightᵢ / sdᵢ; index = 100 × Σ uᵢ (meanᵢ − min) / Σ uᵢ (max − min).
/// Source: C. Fornell, M. D. Johnson, E. W. Anderson, J. Cha & B. E. Bryant, 1996, "The American Customer Satisfaction
/// Index: nature, purpose, and findings".
///
/// Not to be compared between models that were fitted apart, for their weights differ: a change of weights then looks
/// like a change of satisfaction. Without a fitted model use [`crate::satisfaction::weighted_index`] with equal weights.
///
/// # Errors
/// `empty_sample` without an item; `out_of_range` for a mean off the scale, a weight that is not finite, or an sd below
/// 0; `zero_variance` for an sd of 0; `zero_weight` when the weights cancel.
///
/// ```
/// use measures::{Scale, path_model::{IndexItem, index_0_100}};
/// let item = |weight, mean, sd| IndexItem { weight, mean, sd };
/// // u = 0.5 / 1, 1 / 2: equal. 100 × (0.5·5 + 0.5·7) / (0.5·9 + 0.5·9) = 66.67
/// let index = index_0_100(&[item(0.5, 6.0, 1.0), item(1.0, 8.0, 2.0)], Scale::ONE_TO_TEN)?;
/// assert_eq!(format!("{:.2}", index.index), "66.67");
/// # Ok::<(), measures::Error>(())
/// ```
pub fn index_0_100(items: &[IndexItem], scale: Scale) -> Result<Index, Error> {
    if items.is_empty() {
        return Err(Error::EmptySample);
    }
    for item in items {
        check(item, scale)?;
    }
    let u: Vec<f64> = items.iter().map(|item| item.weight / item.sd).collect();
    let means: Vec<f64> = items.iter().map(|item| item.mean).collect();
    let index = index(&u, &means, scale).ok_or(Error::ZeroWeight)?;
    let negative = |(at, item): (usize, &IndexItem)| (item.weight < 0.0).then_some(at);
    Ok(Index { index, negative_weights: items.iter().enumerate().filter_map(negative).collect() })
}

/// The index by weights of items as they are; `None` when the weights cancel.
pub(super) fn index(u: &[f64], means: &[f64], scale: Scale) -> Option<f64> {
    // Divided first, so that no sum overflows.
    let largest = u.iter().fold(0.0_f64, |largest, u| largest.max(u.abs()));
    let weights: f64 = u.iter().map(|u| u / largest).sum();
    let above: f64 = u.iter().zip(means).map(|(u, mean)| u / largest * (mean - scale.min() as f64)).sum();
    let index = 100.0 * above / (weights * scale.span() as f64);
    (weights.abs() > 1e-12 && index.is_finite()).then_some(index)
}

fn check(item: &IndexItem, scale: Scale) -> Result<(), Error> {
    let (min, max) = (scale.min(), scale.max());
    if !(min as f64..=max as f64).contains(&item.mean) {
        return Err(Error::out_of_range("mean", item.mean, format!("a number from {min} to {max}")));
    }
    if item.weight.is_nan() || item.weight.abs() > 1e100 {
        return Err(Error::out_of_range("weight", item.weight, "a number within ±1e100"));
    }
    if item.sd == 0.0 {
        return Err(Error::ZeroVariance { what: "an item".to_owned() });
    }
    if !(1e-100..=1e100).contains(&item.sd) {
        return Err(Error::out_of_range("standard deviation", item.sd, "a number above 0"));
    }
    Ok(())
}
