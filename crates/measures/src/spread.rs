//! Mean and spread of any numbers, the same in whatever order they come.

use crate::sum::ExactSum;
use crate::{Confidence, Error, Interval, count};

/// Largest number taken in absolute value: answers and differences of answers are far below.
pub(crate) const LARGEST: f64 = 1e6;

/// The number itself when it is finite and within [`LARGEST`].
pub(crate) fn bounded(what: &'static str, value: f64) -> Result<f64, Error> {
    if value.abs() <= LARGEST {
        return Ok(value);
    }
    Err(Error::out_of_range(what, value, "a number within ±1 000 000"))
}

/// Exact sums of numbers and of their squares: no order or grouping changes a digit, and a spread that is small beside
/// the mean keeps its digits. For whole-number answers of one scale, [`crate::moments`] is quicker.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spread {
    n: u64,
    sum: ExactSum,
    squares: ExactSum,
}

impl Spread {
    /// Adds a number the caller has [`bounded`].
    pub(crate) fn push(&mut self, value: f64) -> Result<(), Error> {
        self.n = count::add(self.n, 1)?;
        self.sum.add(value);
        self.squares.add_product(value, value);
        Ok(())
    }

    pub(crate) fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.n = count::add(self.n, other.n)?;
        self.sum.merge(&other.sum);
        self.squares.merge(&other.squares);
        Ok(())
    }

    pub(crate) const fn n(&self) -> u64 {
        self.n
    }

    /// `None` without a number.
    pub(crate) fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| self.sum.mean(self.n as f64))
    }

    /// Standard deviation with n − 1; `None` with fewer than two numbers.
    pub(crate) fn sd(&self) -> Option<f64> {
        let mean = self.mean().filter(|_| self.n > 1)?;
        // Σ(x − m)² = Σx² − 2mΣx + nm², every term exact, so that nothing cancels.
        let mut around = self.squares.clone();
        around.add_scaled(-2.0 * mean, &self.sum);
        let mut square = ExactSum::default();
        square.add_product(mean, mean);
        around.add_scaled(self.n as f64, &square);
        Some((around.total().max(0.0) / (self.n - 1) as f64).sqrt())
    }

    /// mean ± t·sd/√n, n − 1 degrees of freedom.
    pub(crate) fn interval(&self, confidence: Confidence) -> Option<Interval> {
        let n = self.n as f64;
        let half_width = confidence.student_t(n - 1.0) * self.sd()? / n.sqrt();
        Some(Interval::around(self.mean()?, half_width))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[f64]) -> Spread {
        let mut all = Spread::default();
        values.iter().for_each(|value| all.push(*value).unwrap());
        all
    }

    #[test]
    fn a_small_spread_beside_a_large_mean_keeps_its_digits() {
        let far = of(&[999_999.0, 999_999.000_001, 999_999.000_002]);
        assert!((far.sd().unwrap() / 1e-6 - 1.0).abs() < 1e-3, "{far:?}");
        assert!(of(&[0.1; 7]).sd().unwrap() < 1e-16);
        assert_eq!(of(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]).sd(), Some((32.0_f64 / 7.0).sqrt()));
    }

    #[test]
    fn what_takes_more_numbers_than_there_are_is_undefined() {
        assert_eq!((of(&[]).mean(), of(&[]).sd(), of(&[3.0]).sd()), (None, None, None));
        assert_eq!(of(&[3.0]).mean(), Some(3.0));
        assert_eq!(of(&[3.0]).interval(Confidence::P95), None);
        for wrong in [f64::NAN, f64::INFINITY, -1e7] {
            assert_eq!(bounded("answer", wrong).unwrap_err().code(), "out_of_range");
        }
    }
}
