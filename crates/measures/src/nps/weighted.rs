//! Answers that do not all count alike.

use serde::Serialize;

use super::{Class, accumulator::Estimate};
use crate::{Confidence, DefinitionId, Error, Interval, count, sum::ExactSum};

/// Weights between these bounds (or zero) keep every square and sum a normal double.
const SMALLEST_WEIGHT: f64 = 1e-100;
const LARGEST_WEIGHT: f64 = 1e100;
/// Sums made elsewhere are rounded: by this much, relatively, they may break the inequalities they must obey.
const ROUNDING: f64 = 1e-6;

/// Adds up weights by class. Sums are exact, so the order of answers and merges changes nothing.
///
/// ```
/// use measures::{Confidence, nps::WeightedAccumulator};
/// let mut answers = WeightedAccumulator::new();
/// answers.push_weighted(10, 3.0)?;
/// answers.push_weighted(0, 1.0)?;
/// let nps = answers.summary(Confidence::P95)?;
/// assert_eq!(nps.nps, 50.0); // 3 of 4 for, 1 of 4 against
/// assert_eq!(nps.n_eff, 1.6); // 4² / (3² + 1²)
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct WeightedAccumulator {
    n: u64,
    missing: u64,
    promoters: ExactSum,
    passives: ExactSum,
    detractors: ExactSum,
    squares: ExactSum,
}

/// A weighted Net Promoter Score. Score and bounds in points, shares 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WeightedSummary {
    /// Valid answers, unweighted.
    pub n: u64,
    /// Questions left unanswered, not in n.
    pub missing: u64,
    /// Weight of promoters / weight of all.
    pub share_promoters: f64,
    /// Weight of passives / weight of all.
    pub share_passives: f64,
    /// Weight of detractors / weight of all.
    pub share_detractors: f64,
    /// 100 × (weighted share of promoters − weighted share of detractors).
    pub nps: f64,
    /// p + d − (p − d)² on weighted shares.
    pub variance: f64,
    /// How many equally weighted answers would be as precise: (Σw)² / Σw².
    pub n_eff: f64,
    /// 100 × √(variance / n_eff), in points.
    pub se: f64,
    /// nps ± z·se, not clipped to ±100.
    pub ci: Interval,
}

impl WeightedAccumulator {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("nps_weighted", 1);

    /// An empty accumulator.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one answer, 0 to 10, of the given weight.
    ///
    /// # Errors
    /// `out_of_range` off the scale, above 2⁵³ answers, or for a weight that is neither 0 nor between 1e−100
    /// and 1e100.
    pub fn push_weighted(&mut self, answer: i64, weight: f64) -> Result<(), Error> {
        let class = Class::of(answer)?;
        if weight != 0.0 && !(SMALLEST_WEIGHT..=LARGEST_WEIGHT).contains(&weight) {
            return Err(Error::out_of_range("weight", weight, "0, or a number from 1e-100 to 1e100"));
        }
        self.n = count::add(self.n, 1)?;
        self.add(class, weight, weight * weight);
        Ok(())
    }

    /// Adds `n` answers of the same value given by their sums, as `COUNT(*)`, `SUM(w)` and `SUM(w*w)` of a
    /// database `GROUP BY` give them.
    ///
    /// # Errors
    /// `out_of_range` off the scale, above 2⁵³ answers, for a sum that is negative or not finite, or for sums no
    /// `n` weights can have: Σw² ≤ (Σw)² ≤ n·Σw² must hold but for rounding.
    ///
    /// ```
    /// use measures::{Confidence, nps::WeightedAccumulator};
    /// let mut answers = WeightedAccumulator::new();
    /// answers.push_group(9, 2, 3.0, 5.0)?; // weights 1 and 2
    /// answers.push_group(5, 1, 1.0, 1.0)?;
    /// assert_eq!(answers.summary(Confidence::P95)?.nps, 50.0);
    /// # Ok::<(), measures::Error>(())
    /// ```
    pub fn push_group(&mut self, answer: i64, n: u64, sum_w: f64, sum_w2: f64) -> Result<(), Error> {
        let class = Class::of(answer)?;
        let total = count::add(self.n, n)?;
        check_sums(n, sum_w, sum_w2)?;
        self.n = total;
        self.add(class, sum_w, sum_w2);
        Ok(())
    }

    /// Adds `times` equal answers of weight 1.
    ///
    /// # Errors
    /// `out_of_range` off the scale or above 2⁵³ answers.
    pub fn push_count(&mut self, answer: i64, times: u64) -> Result<(), Error> {
        self.push_group(answer, times, times as f64, times as f64)
    }

    /// Counts `times` questions left unanswered; they change no score.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³.
    pub fn push_missing(&mut self, times: u64) -> Result<(), Error> {
        self.missing = count::add(self.missing, times)?;
        Ok(())
    }

    /// Takes over the answers of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ answers; nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        let n = count::add(self.n, other.n)?;
        self.missing = count::add(self.missing, other.missing)?;
        self.n = n;
        self.promoters.merge(&other.promoters);
        self.passives.merge(&other.passives);
        self.detractors.merge(&other.detractors);
        self.squares.merge(&other.squares);
        Ok(())
    }

    /// Valid answers so far, unweighted.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// Weighted score, effective number of answers and interval.
    ///
    /// Formulas: as [`super::Accumulator::summary`] on weighted shares, with n_eff = (Σw)² / Σw² for n.
    /// Source: L. Kish, 1965, *Survey Sampling*. The weights count as known and fixed; when they were themselves
    /// estimated, or answers come in clusters, the true interval is wider.
    ///
    /// # Errors
    /// `empty_sample` without a valid answer; `zero_weight` when all weights are 0.
    pub fn summary(&self, confidence: Confidence) -> Result<WeightedSummary, Error> {
        if self.n == 0 {
            return Err(Error::EmptySample);
        }
        let mut all = self.promoters.clone();
        all.merge(&self.passives);
        all.merge(&self.detractors);
        let (weight, squares) = (all.total(), self.squares.total());
        if weight <= 0.0 || squares <= 0.0 {
            return Err(Error::ZeroWeight);
        }
        let share_promoters = self.promoters.total() / weight;
        let share_detractors = self.detractors.total() / weight;
        // Divided before multiplied: the square of the sum could leave the range of a double.
        let n_eff = weight / squares * weight;
        let estimate = Estimate::of(share_promoters, share_detractors, n_eff);
        Ok(WeightedSummary {
            n: self.n,
            missing: self.missing,
            share_promoters,
            share_passives: self.passives.total() / weight,
            share_detractors,
            nps: estimate.nps,
            variance: estimate.variance,
            n_eff,
            se: estimate.se,
            ci: Interval::around(estimate.nps, confidence.z() * estimate.se),
        })
    }

    fn add(&mut self, class: Class, weight: f64, square: f64) {
        match class {
            Class::Promoter => self.promoters.add(weight),
            Class::Passive => self.passives.add(weight),
            Class::Detractor => self.detractors.add(weight),
        }
        self.squares.add(square);
    }
}

/// Refuses sums that `n` non-negative weights cannot have.
fn check_sums(n: u64, sum_w: f64, sum_w2: f64) -> Result<(), Error> {
    let largest = LARGEST_WEIGHT * n as f64;
    if sum_w != 0.0 && !(SMALLEST_WEIGHT..=largest).contains(&sum_w) {
        return Err(Error::out_of_range("sum of weights", sum_w, "0, or from 1e-100 to 1e100 per answer"));
    }
    let square = sum_w * sum_w;
    let low = square / (n.max(1) as f64) * (1.0 - ROUNDING);
    let high = square * (1.0 + ROUNDING);
    if !(low..=high).contains(&sum_w2) {
        let expected = format!("a number from {low:e} to {high:e} for these weights");
        return Err(Error::out_of_range("sum of squared weights", sum_w2, expected));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_weights_give_the_unweighted_score() {
        let mut weighted = WeightedAccumulator::new();
        let mut plain = super::super::Accumulator::new();
        for (answer, times) in [(10, 50), (8, 30), (3, 20)] {
            weighted.push_count(answer, times).unwrap();
            plain.push_count(answer, times).unwrap();
        }
        let (weighted, plain) =
            (weighted.summary(Confidence::P95).unwrap(), plain.summary(Confidence::P95).unwrap());
        assert!((weighted.nps - plain.nps).abs() < 1e-12);
        assert!((weighted.n_eff - 100.0).abs() < 1e-12);
        assert!((weighted.se - plain.se).abs() < 1e-12);
    }

    #[test]
    fn weights_that_cannot_be_are_refused() {
        let mut answers = WeightedAccumulator::new();
        for weight in [-1.0, f64::NAN, f64::INFINITY, 1e200, 1e-200] {
            assert_eq!(answers.push_weighted(9, weight).unwrap_err().code(), "out_of_range", "{weight}");
        }
        for (n, w, w2) in [(2, 3.0, 1.0), (2, 3.0, 10.0), (0, 1.0, 1.0), (2, -3.0, 5.0), (2, f64::NAN, 5.0)] {
            assert_eq!(answers.push_group(9, n, w, w2).unwrap_err().code(), "out_of_range", "{n} {w} {w2}");
        }
        assert_eq!(answers.n(), 0);
        assert_eq!(answers.summary(Confidence::P95).unwrap_err().code(), "empty_sample");
        answers.push_weighted(9, 0.0).unwrap();
        assert_eq!(answers.summary(Confidence::P95).unwrap_err().code(), "zero_weight");
    }

    #[test]
    fn the_largest_weights_stay_finite() {
        let mut answers = WeightedAccumulator::new();
        answers.push_weighted(9, LARGEST_WEIGHT).unwrap();
        answers
            .push_group(1, 1 << 52, LARGEST_WEIGHT * 4.5e15, LARGEST_WEIGHT * LARGEST_WEIGHT * 4.5e15)
            .unwrap();
        let summary = answers.summary(Confidence::P95).unwrap();
        assert!(summary.n_eff.is_finite() && summary.se.is_finite());
    }
}
