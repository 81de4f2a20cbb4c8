//! The question of 2010: "How much effort did you personally have to put forth to handle your request?", 1 (very
//! low) to 5 (very high). Low is good.

use serde::Serialize;

use super::Direction;
use crate::tally::Tally;
use crate::{Confidence, DefinitionId, Error, Interval, Scale};

/// Answers up to here are low effort.
const LOW_TO: i64 = 2;
/// Answers from here on are high effort.
const HIGH_FROM: i64 = 4;

/// Gathers answers to the question of 2010.
///
/// ```
/// use measures::{Confidence, effort::v1::Accumulator};
/// let mut answers = Accumulator::new();
/// answers.push_count(1, 3)?;
/// answers.push(5)?;
/// let ces = answers.summary(Confidence::P95)?;
/// assert_eq!(ces.mean, 2.0); // (3 + 5) / 4
/// assert_eq!(ces.ease_index_0_100, 75.0); // (5 − 2) / 4
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accumulator {
    tally: Tally,
}

/// Effort, 2010 form.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Summary {
    /// Valid answers.
    pub n: u64,
    /// Questions left unanswered, not in n.
    pub missing: u64,
    /// Mean answer, 1 to 5; low is good.
    pub mean: f64,
    /// Standard deviation with n − 1; `None` with one answer.
    pub sd: Option<f64>,
    /// Student's interval of the mean, n − 1 degrees of freedom; may pass the scale when answers are few.
    pub ci_mean_t: Option<Interval>,
    /// Share of answers 1–2, 0 to 1.
    pub share_low_effort: f64,
    /// Share of answers 4–5, 0 to 1.
    pub share_high_effort: f64,
    /// Always [`Direction::LowerIsBetter`].
    pub direction: Direction,
    /// Ease from 0 (all answer 5) to 100 (all answer 1): 100 × (5 − mean) / 4.
    pub ease_index_0_100: f64,
}

impl Accumulator {
    /// Formula and version of this measure; not comparable with `ces_v2`.
    pub const DEFINITION: DefinitionId = DefinitionId::new("ces_v1", 1);
    /// The scale of the question.
    pub const SCALE: Scale = Scale::ONE_TO_FIVE;

    /// An empty accumulator.
    #[must_use]
    pub const fn new() -> Self {
        Self { tally: Tally::new(Self::SCALE, LOW_TO, HIGH_FROM) }
    }

    /// Adds one answer, 1 to 5.
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
    /// `out_of_range` above 2⁵³ answers; nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.tally.merge(&other.tally)
    }

    /// Valid answers so far.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.tally.n()
    }

    /// Mean effort, shares of low and high effort, ease index.
    ///
    /// Source: M. Dixon, K. Freeman & N. Toman, 2010, "Stop trying to delight your customers".
    /// Not for a relation as a whole (it is about one task), nor beside figures of the 2.0 question.
    ///
    /// # Errors
    /// `empty_sample` without a valid answer.
    pub fn summary(&self, confidence: Confidence) -> Result<Summary, Error> {
        let mean = self.tally.mean(confidence)?;
        Ok(Summary {
            n: self.tally.n(),
            missing: self.tally.missing(),
            mean: mean.mean,
            sd: mean.sd,
            ci_mean_t: mean.ci_t,
            share_low_effort: self.tally.share(self.tally.low()),
            share_high_effort: self.tally.share(self.tally.high()),
            direction: Direction::LowerIsBetter,
            ease_index_0_100: 100.0 - mean.index_0_100,
        })
    }
}

impl Default for Accumulator {
    fn default() -> Self {
        Self::new()
    }
}
