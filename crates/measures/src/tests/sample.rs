//! Numbers of one group.

use crate::sum::{ExactSum, two_product};
use crate::{Error, MAX_COUNT, count};

/// Values this near to 0 count as 0, and larger ones than the other bound are refused: squares and sums stay exact.
const NEAREST_TO_ZERO: f64 = 1e-100;
const LARGEST: f64 = 1e100;
/// Whole numbers up to here are added as integers, which is quicker.
const LARGEST_WHOLE: f64 = (1_u64 << 31) as f64;

/// Adds up numbers and their squares without rounding: however answers are split, ordered and merged, mean and variance
/// are the same to the last digit, and a group in which all answer alike has a variance of exactly 0.
///
/// Values nearer to 0 than 1e−100 count as 0.
///
/// ```
/// use measures::tests::Sample;
/// let mut answers = Sample::of(&[2.0, 4.0])?;
/// answers.push(9.0)?;
/// answers.push_missing(1)?;
/// assert_eq!((answers.n(), answers.missing()), (3, 1));
/// assert_eq!(answers.mean(), Some(5.0));
/// assert_eq!(answers.variance(), Some(13.0)); // (9 + 1 + 16) / 2
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Sample {
    n: u64,
    missing: u64,
    whole_sum: i128,
    whole_squares: i128,
    sum: ExactSum,
    squares: ExactSum,
}

impl Sample {
    /// An empty group.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A group of these numbers.
    ///
    /// # Errors
    /// As [`Self::push`].
    pub fn of(values: &[f64]) -> Result<Self, Error> {
        let mut all = Self::new();
        values.iter().try_for_each(|value| all.push(*value))?;
        Ok(all)
    }

    /// Adds one number.
    ///
    /// # Errors
    /// `out_of_range` for what is no finite number or lies beyond ±1e100, or above 2⁵³ numbers.
    pub fn push(&mut self, value: f64) -> Result<(), Error> {
        self.push_count(value, 1)
    }

    /// Adds the same number several times, as a database `GROUP BY` gives it.
    ///
    /// # Errors
    /// As [`Self::push`].
    pub fn push_count(&mut self, value: f64, times: u64) -> Result<(), Error> {
        let value = bounded("value", value)?;
        self.n = count::add(self.n, times)?;
        if let Some(whole) = whole(value) {
            let all = i128::from(whole) * i128::from(times);
            self.whole_sum += all;
            self.whole_squares += i128::from(whole) * all;
            return Ok(());
        }
        let (square, rest) = two_product(value, value);
        if times == 1 {
            self.sum.add(value);
            self.squares.add(square);
            self.squares.add(rest);
            return Ok(());
        }
        let times = times as f64;
        self.sum.add_product(value, times);
        self.squares.add_product(square, times);
        self.squares.add_product(rest, times);
        Ok(())
    }

    /// Counts `times` answers that were not given; they change no figure.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³.
    pub fn push_missing(&mut self, times: u64) -> Result<(), Error> {
        self.missing = count::add(self.missing, times)?;
        Ok(())
    }

    /// Takes over the numbers of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ numbers; nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        let missing = count::add(self.missing, other.missing)?;
        self.n = count::add(self.n, other.n)?;
        self.missing = missing;
        self.whole_sum += other.whole_sum;
        self.whole_squares += other.whole_squares;
        self.sum.merge(&other.sum);
        self.squares.merge(&other.squares);
        Ok(())
    }

    /// How many numbers there are.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// How many answers were not given.
    #[must_use]
    pub const fn missing(&self) -> u64 {
        self.missing
    }

    /// Σx / n; `None` without a number.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| self.sum().total() / self.n as f64)
    }

    /// Variance Σ(x − mean)² / (n − 1); `None` with fewer than two numbers.
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        (self.n > 1).then(|| self.squared_deviations() / (self.n - 1) as f64)
    }

    /// Standard deviation, the root of [`Self::variance`].
    #[must_use]
    pub fn sd(&self) -> Option<f64> {
        self.variance().map(f64::sqrt)
    }

    /// Σ(x − mean)² = (n·Σx² − (Σx)²) / n, the difference taken without rounding; 0 without a number.
    pub(crate) fn squared_deviations(&self) -> f64 {
        let n = self.n as f64;
        let mut spread = ExactSum::default();
        spread.add_scaled(n, &self.squares());
        let sum = self.sum();
        spread.subtract_product(&sum, &sum);
        spread.total() / n.max(1.0)
    }

    /// Mean of this group minus that of `other`, not rounded with each mean; both have numbers.
    pub(crate) fn mean_minus(&self, other: &Self) -> f64 {
        let (n, m) = (self.n as f64, other.n as f64);
        let mut difference = ExactSum::default();
        difference.add_scaled(m, &self.sum());
        difference.add_scaled(-n, &other.sum());
        difference.total() / (n * m)
    }

    pub(crate) fn sum(&self) -> ExactSum {
        let mut sum = self.sum.clone();
        sum.add_whole(self.whole_sum);
        sum
    }

    fn squares(&self) -> ExactSum {
        let mut squares = self.squares.clone();
        squares.add_whole(self.whole_squares);
        squares
    }

    /// Refuses a group with fewer than `least` numbers.
    pub(crate) fn at_least(&self, least: u64) -> Result<(), Error> {
        match self.n {
            0 => Err(Error::EmptySample),
            n if n < least => Err(Error::TooFew { what: "answers in a group", n, least }),
            _ => Ok(()),
        }
    }
}

/// A number whose square and sums stay within a double; what is too near to 0 becomes 0.
pub(crate) fn bounded(what: &'static str, value: f64) -> Result<f64, Error> {
    // Also refuses what is no number.
    if value.abs() <= LARGEST {
        return Ok(if value.abs() < NEAREST_TO_ZERO { 0.0 } else { value });
    }
    Err(Error::out_of_range(what, value, "a number from -1e100 to 1e100"))
}

/// The value as a small integer, where it is one. Its square times [`MAX_COUNT`] stays far below 2¹²⁷.
pub(crate) fn whole(value: f64) -> Option<i64> {
    const { assert!(LARGEST_WHOLE * LARGEST_WHOLE * (MAX_COUNT as f64) < 1e38) };
    let near = value as i64;
    (near as f64 == value && value.abs() <= LARGEST_WHOLE).then_some(near)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_group_that_answers_alike_has_no_variance() {
        for value in [0.1, -3.7e99, 5.0, 1e-99, 0.0] {
            for n in [2, 3, 1_000_003] {
                let mut sample = Sample::new();
                sample.push_count(value, n).unwrap();
                assert_eq!(sample.variance(), Some(0.0), "{value} {n}");
            }
        }
    }

    #[test]
    fn a_spread_far_from_zero_keeps_its_digits() {
        let sample = Sample::of(&[1e15 + 1.0, 1e15 + 2.0, 1e15 + 3.0]).unwrap();
        assert_eq!(sample.variance(), Some(1.0));
        let sample = Sample::of(&[0.1, 0.1_f64.next_up()]).unwrap();
        let ulp = 0.1_f64.next_up() - 0.1;
        assert_eq!(sample.variance(), Some(ulp * ulp / 2.0));
    }

    #[test]
    fn what_is_no_number_or_too_large_is_refused() {
        for value in [f64::NAN, f64::INFINITY, -1e101] {
            assert_eq!(Sample::of(&[value]).unwrap_err().code(), "out_of_range", "{value}");
        }
        let mut full = Sample::new();
        full.push_count(-1e100, MAX_COUNT / 2).unwrap();
        full.push_count(1e100, MAX_COUNT / 2).unwrap();
        assert!((full.sd().unwrap() / 1e100 - 1.0).abs() < 1e-12);
        assert!(full.push(1.0).is_err());
        assert_eq!(Sample::new().mean(), None);
        assert_eq!(Sample::of(&[1.0]).unwrap().variance(), None);
    }

    /// Whole and broken numbers, small and large.
    fn values() -> impl Strategy<Value = Vec<f64>> {
        let value = prop_oneof![(-9..9_i32).prop_map(f64::from), -1e3..1e3f64, -1e60..1e60f64];
        prop::collection::vec(value, 2..30)
    }

    proptest! {
        #[test]
        fn order_and_splitting_change_nothing(values in values(), cut in 0..30_usize) {
            let whole = Sample::of(&values).unwrap();
            let (left, right) = values.split_at(cut.min(values.len()));
            let mut merged = Sample::of(right).unwrap();
            merged.merge(&Sample::of(left).unwrap()).unwrap();
            prop_assert_eq!(whole.mean(), merged.mean());
            prop_assert_eq!(whole.variance(), merged.variance());
        }

        #[test]
        fn counted_values_equal_single_ones(value in -1e3..1e3f64, times in 1..9_u64, other in -9..9_i32) {
            let (mut counted, mut single) = (Sample::new(), Sample::new());
            counted.push_count(value, times).unwrap();
            counted.push_count(f64::from(other), times).unwrap();
            for _ in 0..times {
                single.push(f64::from(other)).unwrap();
                single.push(value).unwrap();
            }
            prop_assert_eq!(counted.mean(), single.mean());
            prop_assert_eq!(counted.variance(), single.variance());
        }
    }
}
