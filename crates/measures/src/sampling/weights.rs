//! What unequal weights cost.

use serde::Serialize;

use crate::sum::{ExactSum, two_product};
use crate::{DefinitionId, Error, count};

const SMALLEST: f64 = 1e-100;
const LARGEST: f64 = 1e100;

/// Adds up weights and their squares without rounding, so that order, splits and merges change nothing.
///
/// ```
/// use measures::sampling::Weights;
/// let mut weights = Weights::new();
/// weights.push(1.0)?;
/// weights.push_count(3.0, 2)?;
/// let effect = weights.design_effect()?;
/// // 3 · (1 + 9 + 9) / (1 + 3 + 3)²
/// assert!((effect.deff - 57.0 / 49.0).abs() < 1e-15);
/// assert!((effect.n_eff - 49.0 / 19.0).abs() < 1e-15);
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Weights {
    n: u64,
    sum: ExactSum,
    squares: ExactSum,
    bounds: Option<(f64, f64)>,
}

/// How much precision unequal weights cost.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct DesignEffect {
    /// Weights.
    pub n: u64,
    /// By how much the variance of a mean grows: 1 with equal weights, 2 when half the answers are lost.
    pub deff: f64,
    /// How many equally weighted answers would be as precise.
    pub n_eff: f64,
    /// The smallest weight.
    pub min: f64,
    /// The largest weight.
    pub max: f64,
}

impl Weights {
    /// Formula and version of the design effect.
    pub const DEFINITION: DefinitionId = DefinitionId::new("design_effect", 1);

    /// No weight.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one weight.
    ///
    /// # Errors
    /// `out_of_range` for a weight that is neither 0 nor between 1e−100 and 1e100, or above 2⁵³ weights.
    pub fn push(&mut self, weight: f64) -> Result<(), Error> {
        self.push_count(weight, 1)
    }

    /// Adds the same weight several times.
    ///
    /// # Errors
    /// As [`Self::push`].
    pub fn push_count(&mut self, weight: f64, times: u64) -> Result<(), Error> {
        if weight != 0.0 && !(SMALLEST..=LARGEST).contains(&weight) {
            return Err(Error::out_of_range("weight", weight, "0, or a number from 1e-100 to 1e100"));
        }
        self.n = count::add(self.n, times)?;
        if times == 0 {
            return Ok(());
        }
        let weight = weight.abs();
        let (square, rest) = two_product(weight, weight);
        self.sum.add_product(weight, times as f64);
        self.squares.add_product(square, times as f64);
        self.squares.add_product(rest, times as f64);
        self.widen((weight, weight));
        Ok(())
    }

    /// Takes over the weights of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ weights; nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.n = count::add(self.n, other.n)?;
        self.sum.merge(&other.sum);
        self.squares.merge(&other.squares);
        if let Some(bounds) = other.bounds {
            self.widen(bounds);
        }
        Ok(())
    }

    fn widen(&mut self, (low, high): (f64, f64)) {
        let (min, max) = self.bounds.unwrap_or((low, high));
        self.bounds = Some((min.min(low), max.max(high)));
    }

    /// Kish's design effect.
    ///
    /// Formula: deff = n·Σw²/(Σw)² = 1 + (coefficient of variation)², n_eff = n/deff = (Σw)²/Σw².
    /// Source: L. Kish, 1965, *Survey Sampling*.
    ///
    /// Not the whole effect of a design: clusters make it larger, strata smaller; where weights go with the answers it may
    /// be off in both directions.
    ///
    /// # Errors
    /// `empty_sample` without a weight; `zero_weight` when all are 0.
    pub fn design_effect(&self) -> Result<DesignEffect, Error> {
        let Some((min, max)) = self.bounds else {
            return Err(Error::EmptySample);
        };
        let (sum, squares) = (self.sum.total(), self.squares.total());
        if sum <= 0.0 || squares <= 0.0 {
            return Err(Error::ZeroWeight);
        }
        // Divided before multiplied: the square of the sum could leave the range of a double.
        let n_eff = sum / squares * sum;
        Ok(DesignEffect { n: self.n, deff: self.n as f64 / n_eff, n_eff, min, max })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn weights_that_cannot_be_are_refused() {
        let mut weights = Weights::new();
        for wrong in [-1.0, f64::NAN, f64::INFINITY, 1e-300] {
            assert_eq!(weights.push(wrong).unwrap_err().code(), "out_of_range", "{wrong}");
        }
        assert_eq!(weights.design_effect().unwrap_err().code(), "empty_sample");
        weights.push(0.0).unwrap();
        assert_eq!(weights.design_effect().unwrap_err().code(), "zero_weight");
    }

    proptest! {
        #[test]
        fn between_1_and_n_and_the_same_in_any_order(
            values in prop::collection::vec(0.001..1e3f64, 1..40), cut in 0..40_usize,
        ) {
            let of = |values: &[f64]| {
                let mut all = Weights::new();
                values.iter().try_for_each(|w| all.push(*w)).unwrap();
                all
            };
            let effect = of(&values).design_effect().unwrap();
            prop_assert!(effect.deff >= 1.0 - 1e-12 && effect.deff <= values.len() as f64 * (1.0 + 1e-12));
            let (left, right) = values.split_at(cut.min(values.len()));
            let mut merged = of(right);
            merged.merge(&of(left)).unwrap();
            prop_assert_eq!(merged.design_effect().unwrap(), effect);
        }
    }
}
