//! One satisfaction question.

use serde::Serialize;

use crate::tally::Tally;
use crate::{Confidence, DefinitionId, Error, Interval, Scale, proportion};

/// A satisfaction question: its scale, and how many of its highest answers count as satisfied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Question {
    scale: Scale,
    top_boxes: u32,
}

impl Question {
    /// 1 to 5, of which 4 and 5 are satisfied: the usual form.
    pub const FIVE_POINTS: Self = Self { scale: Scale::ONE_TO_FIVE, top_boxes: 2 };

    /// A question whose `top_boxes` highest answers count as satisfied.
    ///
    /// # Errors
    /// `out_of_range` unless 1 ≤ top_boxes < number of answers: with all of them, everyone would be satisfied.
    ///
    /// ```
    /// use measures::{Scale, satisfaction::Question};
    /// assert_eq!(Question::new(Scale::ONE_TO_TEN, 3)?.satisfied_from(), 8);
    /// assert!(Question::new(Scale::ONE_TO_FIVE, 5).is_err());
    /// # Ok::<(), measures::Error>(())
    /// ```
    pub fn new(scale: Scale, top_boxes: u32) -> Result<Self, Error> {
        if top_boxes == 0 || top_boxes >= scale.points() {
            let expected = format!("a whole number from 1 to {}", scale.points() - 1);
            return Err(Error::out_of_range("top boxes", f64::from(top_boxes), expected));
        }
        Ok(Self { scale, top_boxes })
    }

    /// The scale.
    #[must_use]
    pub const fn scale(self) -> Scale {
        self.scale
    }

    /// How many of the highest answers count as satisfied.
    #[must_use]
    pub const fn top_boxes(self) -> u32 {
        self.top_boxes
    }

    /// Lowest answer that counts as satisfied.
    #[must_use]
    pub const fn satisfied_from(self) -> i64 {
        self.scale.max() - self.top_boxes as i64 + 1
    }
}

/// Gathers the answers to one satisfaction question.
///
/// ```
/// use measures::{Confidence, satisfaction::{Accumulator, Question}};
/// let mut answers = Accumulator::new(Question::FIVE_POINTS);
/// answers.push_count(5, 3)?;
/// answers.push(2)?;
/// let csat = answers.summary(Confidence::P95)?;
/// assert_eq!(csat.share, 0.75);
/// assert_eq!(csat.mean, 4.25); // (15 + 2) / 4
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accumulator {
    question: Question,
    tally: Tally,
}

/// Satisfaction on one question.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Summary {
    /// Valid answers.
    pub n: u64,
    /// Questions left unanswered, not in n.
    pub missing: u64,
    /// Answers among the top boxes.
    pub satisfied: u64,
    /// satisfied / n, 0 to 1.
    pub share: f64,
    /// Wilson's interval of the share.
    pub ci_wilson: Interval,
    /// Mean answer, in the scale's unit.
    pub mean: f64,
    /// Mean carried to 0–100: 100 × (mean − min) / (max − min).
    pub index_0_100: f64,
    /// Standard deviation with n − 1; `None` with one answer.
    pub sd: Option<f64>,
    /// sd / √n.
    pub se_mean: Option<f64>,
    /// mean ± t·se_mean with n − 1 degrees of freedom; may pass the scale when answers are few.
    pub ci_mean_t: Option<Interval>,
}

impl Accumulator {
    /// Formula and version of this measure; the question (scale, top boxes) is part of its identity too.
    pub const DEFINITION: DefinitionId = DefinitionId::new("csat", 1);

    /// An empty accumulator for one question.
    #[must_use]
    pub const fn new(question: Question) -> Self {
        // No low group here: nothing is at or below `min − 1`.
        let tally = Tally::new(question.scale, question.scale.min() - 1, question.satisfied_from());
        Self { question, tally }
    }

    /// The question the answers belong to.
    #[must_use]
    pub const fn question(&self) -> Question {
        self.question
    }

    /// Adds one answer.
    ///
    /// # Errors
    /// `out_of_range` off the scale, or above 2⁵³ answers.
    pub fn push(&mut self, answer: i64) -> Result<(), Error> {
        self.push_count(answer, 1)
    }

    /// Adds `times` equal answers, as a database `GROUP BY` gives them.
    ///
    /// # Errors
    /// `out_of_range` off the scale, or above 2⁵³ answers.
    pub fn push_count(&mut self, answer: i64, times: u64) -> Result<(), Error> {
        self.tally.push_count(answer, times)
    }

    /// Counts `times` questions left unanswered; they change no figure.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³.
    pub fn push_missing(&mut self, times: u64) -> Result<(), Error> {
        self.tally.push_missing(times)
    }

    /// Takes over the answers of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `bad_shape` when the questions differ; `out_of_range` above 2⁵³ answers. Nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.tally.merge(&other.tally)
    }

    /// Valid answers so far.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.tally.n()
    }

    /// Share of satisfied answers with Wilson's interval; mean with Student's interval; index.
    ///
    /// Satisfaction compares what was received with what was expected: R. L. Oliver, 1980, "A cognitive model of the
    /// antecedents and consequences of satisfaction decisions". Intervals: Wilson, 1927; Student, 1908.
    ///
    /// Not for comparing questions of different scales or top boxes, nor as a loyalty measure; never trended across
    /// a change of question.
    ///
    /// # Errors
    /// `empty_sample` without a valid answer.
    pub fn summary(&self, confidence: Confidence) -> Result<Summary, Error> {
        let mean = self.tally.mean(confidence)?;
        Ok(Summary {
            n: self.tally.n(),
            missing: self.tally.missing(),
            satisfied: self.tally.high(),
            share: self.tally.share(self.tally.high()),
            ci_wilson: proportion::wilson(self.tally.high(), self.tally.n(), confidence)?,
            mean: mean.mean,
            index_0_100: mean.index_0_100,
            sd: mean.sd,
            se_mean: mean.se,
            ci_mean_t: mean.ci_t,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_to_two_questions_are_never_merged() {
        let mut five = Accumulator::new(Question::FIVE_POINTS);
        let ten = Accumulator::new(Question::new(Scale::ONE_TO_TEN, 2).unwrap());
        let top_one = Accumulator::new(Question::new(Scale::ONE_TO_FIVE, 1).unwrap());
        assert_eq!(five.merge(&ten).unwrap_err().code(), "bad_shape");
        assert_eq!(five.merge(&top_one).unwrap_err().code(), "bad_shape");
    }
}
