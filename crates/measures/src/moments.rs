//! Mean and spread of whole-number answers, exact whatever the order.

use crate::{Confidence, Error, Interval, Scale, count};

/// Integer sums of answers counted from the scale's minimum: nothing is rounded before the end, so any order and
/// any grouping give the very same figures, and large n costs no digits.
/// A span of at most 1 000 and at most 2⁵³ answers keep n·Σx² below 2¹²⁷.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moments {
    scale: Scale,
    n: u64,
    sum: u128,
    sum_sq: u128,
}

/// Mean, spread and Student interval of the mean; the spread is undefined with one answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct MeanSummary {
    pub(crate) mean: f64,
    pub(crate) index_0_100: f64,
    pub(crate) sd: Option<f64>,
    pub(crate) se: Option<f64>,
    pub(crate) ci_t: Option<Interval>,
}

impl Moments {
    pub(crate) const fn new(scale: Scale) -> Self {
        Self { scale, n: 0, sum: 0, sum_sq: 0 }
    }

    pub(crate) const fn n(&self) -> u64 {
        self.n
    }

    /// `times` answers of `value`, which the caller has checked against the scale.
    pub(crate) fn push_count(&mut self, value: i64, times: u64) -> Result<(), Error> {
        let n = count::add(self.n, times)?;
        let above = u128::from((value - self.scale.min()).unsigned_abs());
        self.n = n;
        self.sum += above * u128::from(times);
        self.sum_sq += above * above * u128::from(times);
        Ok(())
    }

    /// Takes over the answers of `other`, which has the same scale.
    pub(crate) fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.n = count::add(self.n, other.n)?;
        self.sum += other.sum;
        self.sum_sq += other.sum_sq;
        Ok(())
    }

    pub(crate) fn summary(&self, confidence: Confidence) -> Result<MeanSummary, Error> {
        if self.n == 0 {
            return Err(Error::EmptySample);
        }
        let n = self.n as f64;
        let above = self.sum as f64 / n;
        let mean = self.scale.min() as f64 + above;
        let index_0_100 = 100.0 * above / self.scale.span() as f64;
        let sd = self.sd();
        let se = sd.map(|sd| sd / n.sqrt());
        let ci_t = se.map(|se| Interval::around(mean, confidence.student_t(n - 1.0) * se));
        Ok(MeanSummary { mean, index_0_100, sd, se, ci_t })
    }

    /// √((n·Σx² − (Σx)²) / (n(n−1))): the difference is taken in integers, so nothing cancels.
    fn sd(&self) -> Option<f64> {
        if self.n < 2 {
            return None;
        }
        let n = u128::from(self.n);
        let spread = n * self.sum_sq - self.sum * self.sum;
        Some((spread as f64 / (n * (n - 1)) as f64).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MAX_COUNT;

    #[test]
    fn the_largest_sample_on_the_widest_scale_does_not_overflow() {
        let mut moments = Moments::new(Scale::new(0, 1_000).unwrap());
        moments.push_count(0, MAX_COUNT / 2).unwrap();
        moments.push_count(1_000, MAX_COUNT / 2).unwrap();
        let summary = moments.summary(Confidence::P95).unwrap();
        assert_eq!(summary.mean, 500.0);
        assert!((summary.sd.unwrap() - 500.0).abs() < 1e-9);
        assert_eq!(moments.push_count(0, 1).unwrap_err().code(), "out_of_range");
    }

    #[test]
    fn equal_answers_have_a_spread_of_exactly_zero() {
        let mut moments = Moments::new(Scale::ONE_TO_FIVE);
        moments.push_count(4, 1_000_003).unwrap();
        assert_eq!(moments.summary(Confidence::P95).unwrap().sd, Some(0.0));
    }
}
