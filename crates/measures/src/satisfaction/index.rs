//! Several satisfaction questions made into one figure from 0 to 100.

use crate::{DefinitionId, Error, Scale};

/// Formula and version of the weighted index.
pub const INDEX_DEFINITION: DefinitionId = DefinitionId::new("csi", 1);

/// By how much the weights may miss 1: room for the rounding of decimals such as 0.1, not for a forgotten item.
const WEIGHT_TOLERANCE: f64 = 1e-9;

/// One part of an index: a score (an answer or a mean), the scale it was given on, and its weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Item {
    /// Score, within the scale; may be a mean, so fractions are allowed.
    pub score: f64,
    /// Scale of the score.
    pub scale: Scale,
    /// Weight, 0 to 1; all weights add up to 1.
    pub weight: f64,
}

/// Customer satisfaction index: the weighted mean of scores carried to 0–100.
///
/// Formula: Σ wᵢ × 100 × (scoreᵢ − minᵢ) / (maxᵢ − minᵢ), with Σ wᵢ = 1.
/// Source of the form: N. Hill & J. Alexander, 2000, *Handbook of Customer Satisfaction and Loyalty Measurement*;
/// where the weights come from (stated, derived, equal) must be said with the figure.
///
/// Not for comparing two indices whose items or weights differ.
///
/// # Errors
/// `empty_sample` without an item; `out_of_range` when a score leaves its scale, a weight is outside 0–1, or the
/// weights do not add up to 1.
///
/// ```
/// use measures::{Scale, satisfaction::{Item, weighted_index}};
/// let item = |score, weight| Item { score, scale: Scale::ONE_TO_FIVE, weight };
/// // 0.5 × 75 + 0.3 × 50 + 0.2 × 100 = 72.5
/// let index = weighted_index(&[item(4.0, 0.5), item(3.0, 0.3), item(5.0, 0.2)])?;
/// assert!((index - 72.5).abs() < 1e-9);
/// # Ok::<(), measures::Error>(())
/// ```
pub fn weighted_index(items: &[Item]) -> Result<f64, Error> {
    if items.is_empty() {
        return Err(Error::EmptySample);
    }
    for item in items {
        check(item)?;
    }
    let weights: f64 = items.iter().map(|item| item.weight).sum();
    if (weights - 1.0).abs() > WEIGHT_TOLERANCE {
        return Err(Error::out_of_range("sum of weights", weights, "1"));
    }
    Ok(items.iter().map(|item| item.weight * item.scale.index_0_100(item.score)).sum())
}

/// Index of the American type: three questions on 1–10 (overall, against expectation, against the ideal), 0–100.
///
/// Formula: ((x₁−1)w₁ + (x₂−1)w₂ + (x₃−1)w₃) / 9 × 100. The published index estimates its weights by a path model
/// (C. Fornell, M. D. Johnson, E. W. Anderson, J. Cha & B. E. Bryant, 1996, "The American Customer Satisfaction
/// Index: nature, purpose, and findings"); without such an estimate use equal weights (`None`) and say so.
///
/// Not to be named or compared with the published index: the weights are not the same.
///
/// # Errors
/// `out_of_range` when a score is outside 1–10, a weight outside 0–1, or the weights do not add up to 1.
///
/// ```
/// use measures::satisfaction::acsi_type_index;
/// // (7 + 6 + 5) / 3 / 9 × 100
/// let index = acsi_type_index([8.0, 7.0, 6.0], None)?;
/// assert_eq!(format!("{index:.2}"), "66.67");
/// # Ok::<(), measures::Error>(())
/// ```
pub fn acsi_type_index(scores: [f64; 3], weights: Option<[f64; 3]>) -> Result<f64, Error> {
    let [w1, w2, w3] = weights.unwrap_or([1.0 / 3.0; 3]);
    let [x1, x2, x3] = scores;
    let item = |score, weight| Item { score, scale: Scale::ONE_TO_TEN, weight };
    weighted_index(&[item(x1, w1), item(x2, w2), item(x3, w3)])
}

fn check(item: &Item) -> Result<(), Error> {
    let (min, max) = (item.scale.min(), item.scale.max());
    if !(min as f64..=max as f64).contains(&item.score) {
        return Err(Error::out_of_range("score", item.score, format!("a number from {min} to {max}")));
    }
    if !(0.0..=1.0).contains(&item.weight) {
        return Err(Error::out_of_range("weight", item.weight, "a number from 0 to 1"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_of_nothing_or_of_wrong_parts_is_refused() {
        let good = Item { score: 4.0, scale: Scale::ONE_TO_FIVE, weight: 1.0 };
        assert_eq!(weighted_index(&[]).unwrap_err().code(), "empty_sample");
        for bad in [
            Item { score: 6.0, ..good },
            Item { score: f64::NAN, ..good },
            Item { weight: 0.9, ..good },
            Item { weight: -1.0, ..good },
        ] {
            assert_eq!(weighted_index(&[bad]).unwrap_err().code(), "out_of_range", "{bad:?}");
        }
    }

    #[test]
    fn the_ends_of_the_scale_are_0_and_100() {
        assert_eq!(acsi_type_index([1.0; 3], None), Ok(0.0));
        assert!((acsi_type_index([10.0; 3], None).unwrap() - 100.0).abs() < 1e-9);
    }
}
