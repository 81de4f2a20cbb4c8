//! Questions meant to measure one thing.

use serde::Serialize;

use crate::sum::ExactSum;
use crate::tests::Sample;
use crate::{Confidence, DefinitionId, Error, Interval, distribution};

/// Adds up answers to several questions, respondent by respondent. Sums are exact: order, splits and merges change
/// nothing.
///
/// ```
/// use measures::{Confidence, agreement::Items};
/// let mut items = Items::new(2)?;
/// for answers in [[1.0, 2.0], [2.0, 1.0], [3.0, 3.0]] {
///     items.push(&answers.map(Some))?;
/// }
/// // Variances 1 and 1, of the sums 3: 2/1 · (1 − 2/3).
/// let alpha = items.alpha(Confidence::P95)?;
/// assert!((alpha.alpha.unwrap_or(0.0) - 2.0 / 3.0).abs() < 1e-12);
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Items {
    items: Vec<Sample>,
    /// Sums over the questions of a respondent, exact too: their parts, added one by one.
    total: Products,
    missing: u64,
}

/// Σ(Σx) and Σ(Σx)² over respondents, without rounding the inner sums.
#[derive(Debug, Clone, Default)]
struct Products {
    sum: ExactSum,
    squares: ExactSum,
}

/// Internal consistency of a set of questions.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CronbachAlpha {
    /// Respondents who answered every question.
    pub n: u64,
    /// Respondents left out because an answer is missing.
    pub missing: u64,
    /// Questions.
    pub k: u64,
    /// At most 1; below 0 when questions run against each other; `None` when the sums do not vary.
    pub alpha: Option<f64>,
    /// Feldt's interval; `None` with `alpha`.
    pub ci: Option<Interval>,
}

impl Items {
    /// Formula and version of this coefficient.
    pub const DEFINITION: DefinitionId = DefinitionId::new("cronbach_alpha", 1);

    /// No respondent yet, `k` questions.
    ///
    /// # Errors
    /// `too_few` below two questions.
    pub fn new(k: usize) -> Result<Self, Error> {
        if k < 2 {
            return Err(Error::TooFew { what: "questions", n: k as u64, least: 2 });
        }
        Ok(Self { items: vec![Sample::new(); k], total: Products::default(), missing: 0 })
    }

    /// Adds the answers of one respondent; who left one out is counted as missing and changes nothing else.
    ///
    /// # Errors
    /// `bad_shape` unless there is one answer for each question; `out_of_range` for what is no number up to 1e100, or
    /// above 2⁵³ respondents.
    pub fn push(&mut self, answers: &[Option<f64>]) -> Result<(), Error> {
        if answers.len() != self.items.len() {
            return Err(Error::BadShape { what: "every respondent needs one answer for each question" });
        }
        if answers.contains(&None) {
            self.missing = crate::count::add(self.missing, 1)?;
            return Ok(());
        }
        let mut sum = ExactSum::default();
        // Checked before any is added, so that a refusal leaves nothing half done.
        for answer in answers.iter().flatten() {
            sum.add(crate::tests::bounded("answer", *answer)?);
        }
        for (item, answer) in self.items.iter_mut().zip(answers.iter().flatten()) {
            item.push(*answer)?;
        }
        self.total.sum.merge(&sum);
        self.total.squares.add_square(&sum);
        Ok(())
    }

    /// Takes over the respondents of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `bad_shape` for another number of questions; `out_of_range` above 2⁵³ respondents.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if self.items.len() != other.items.len() {
            return Err(Error::BadShape { what: "sets of different numbers of questions cannot be merged" });
        }
        let missing = crate::count::add(self.missing, other.missing)?;
        self.items.iter_mut().zip(&other.items).try_for_each(|(item, more)| item.merge(more))?;
        self.missing = missing;
        self.total.sum.merge(&other.total.sum);
        self.total.squares.merge(&other.total.squares);
        Ok(())
    }

    /// Cronbach's alpha.
    ///
    /// Formula: α = k/(k−1) · (1 − Σ variance of each question / variance of the sums); interval
    /// 1 − (1 − α)·F, F the quantiles of Fisher's distribution with n − 1 and (n − 1)(k − 1) degrees of freedom.
    /// Sources: L. J. Cronbach, 1951, "Coefficient alpha and the internal structure of tests"; L. S. Feldt, 1965, "The
    /// approximate sampling distribution of Kuder-Richardson reliability coefficient twenty".
    ///
    /// Not a proof that the questions measure one thing: many loosely related ones reach 0.9 too; turn round questions asked
    /// the other way beforehand.
    ///
    /// # Errors
    /// `empty_sample` without a complete respondent; `too_few` with one.
    pub fn alpha(&self, confidence: Confidence) -> Result<CronbachAlpha, Error> {
        let (n, k) = (self.items[0].n(), self.items.len() as u64);
        self.items[0].at_least(2)?;
        let parts: f64 = self.items.iter().map(Sample::squared_deviations).sum();
        let whole = self.total.squared_deviations(n as f64);
        let (df, others) = ((n - 1) as f64, (k - 1) as f64);
        let alpha = (whole > 0.0).then(|| k as f64 / others * (1.0 - parts / whole));
        let half = confidence.alpha() / 2.0;
        let end = |alpha: f64, above: f64| {
            1.0 - (1.0 - alpha) * distribution::fisher_quantile(above, df, df * others)
        };
        let ci = alpha.map(|alpha| Interval::new(end(alpha, half), end(alpha, 1.0 - half)));
        Ok(CronbachAlpha { n, missing: self.missing, k, alpha, ci })
    }
}

impl Products {
    fn squared_deviations(&self, n: f64) -> f64 {
        let mut spread = ExactSum::default();
        spread.add_scaled(n, &self.squares);
        spread.subtract_product(&self.sum, &self.sum);
        spread.total() / n
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(rows: &[Vec<f64>]) -> Items {
        let mut items = Items::new(rows[0].len()).unwrap();
        for row in rows {
            items.push(&row.iter().map(|x| Some(*x)).collect::<Vec<_>>()).unwrap();
        }
        items
    }

    #[test]
    fn sums_that_do_not_vary_have_no_alpha_and_one_question_asked_twice_has_1() {
        let flat = of(&[vec![1.1, 5.3], vec![5.3, 1.1]]).alpha(Confidence::P95).unwrap();
        assert_eq!((flat.alpha, flat.ci), (None, None));
        let same = of(&[vec![1.0, 1.0], vec![4.0, 4.0]]).alpha(Confidence::P95).unwrap();
        assert_eq!((same.alpha, same.ci), (Some(1.0), Some(Interval::new(1.0, 1.0))));
    }

    #[test]
    fn what_is_missing_is_counted_and_what_is_too_little_refused() {
        let mut items = Items::new(2).unwrap();
        items.push(&[Some(1.0), None]).unwrap();
        assert_eq!(items.alpha(Confidence::P95).unwrap_err().code(), "empty_sample");
        items.push(&[Some(1.0), Some(2.0)]).unwrap();
        assert_eq!(items.alpha(Confidence::P95).unwrap_err().code(), "too_few");
        assert_eq!(items.push(&[Some(1.0)]).unwrap_err().code(), "bad_shape");
        assert_eq!(items.push(&[Some(f64::NAN), Some(1.0)]).unwrap_err().code(), "out_of_range");
        assert_eq!(Items::new(1).unwrap_err().code(), "too_few");
        assert!(items.merge(&Items::new(3).unwrap()).is_err());
    }

    proptest! {
        #[test]
        fn at_most_1_within_its_interval_and_the_same_in_any_order(
            rows in prop::collection::vec(prop::collection::vec((0..60_i32).prop_map(|x| f64::from(x) / 7.0), 3), 3..30),
            cut in 0..30_usize,
        ) {
            let all = of(&rows).alpha(Confidence::P95).unwrap();
            let mut merged = Items::new(3).unwrap();
            let (left, right) = rows.split_at(cut.min(rows.len()));
            for part in [right, left] {
                if !part.is_empty() {
                    merged.merge(&of(part)).unwrap();
                }
            }
            prop_assert_eq!(merged.alpha(Confidence::P95).unwrap(), all);
            if let (Some(alpha), Some(ci)) = (all.alpha, all.ci) {
                prop_assert!(alpha <= 1.0 && ci.low <= alpha && alpha <= ci.high && ci.high <= 1.0);
            }
        }
    }
}
