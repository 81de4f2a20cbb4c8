//! The question 2.0: "The company made it easy for me to handle my issue", 1 (strongly disagree) to 7 (strongly
//! agree). High is good.

use serde::Serialize;

use super::Direction;
use crate::tally::Tally;
use crate::{Confidence, DefinitionId, Error, Interval, Scale, proportion};

/// Answers up to here disagree.
const DISAGREE_TO: i64 = 3;
/// Answers from here on agree.
const AGREE_FROM: i64 = 5;

/// Gathers answers to the question 2.0.
///
/// ```
/// use measures::{Confidence, effort::v2::Accumulator};
/// let mut answers = Accumulator::new();
/// answers.push_count(7, 3)?;
/// answers.push(3)?;
/// let ces = answers.summary(Confidence::P95)?;
/// assert_eq!(ces.mean, 6.0); // (21 + 3) / 4
/// assert_eq!(ces.net_ease, 50.0); // 3 of 4 agree, 1 of 4 disagrees
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accumulator {
    tally: Tally,
}

/// Effort, form 2.0.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Summary {
    /// Valid answers.
    pub n: u64,
    /// Questions left unanswered, not in n.
    pub missing: u64,
    /// Mean answer, 1 to 7; high is good.
    pub mean: f64,
    /// Standard deviation with n − 1; `None` with one answer.
    pub sd: Option<f64>,
    /// Student's interval of the mean, n − 1 degrees of freedom; may pass the scale when answers are few.
    pub ci_mean_t: Option<Interval>,
    /// Share of answers 5–7, 0 to 1.
    pub share_agree: f64,
    /// Wilson's interval of the share that agrees.
    pub ci_share_agree_wilson: Interval,
    /// Share of answers 1–3, 0 to 1.
    pub share_disagree: f64,
    /// 100 × (share that agrees − share that disagrees), in points, −100 to 100.
    pub net_ease: f64,
    /// Always [`Direction::HigherIsBetter`].
    pub direction: Direction,
    /// Ease from 0 (all answer 1) to 100 (all answer 7): 100 × (mean − 1) / 6.
    pub ease_index_0_100: f64,
}

impl Accumulator {
    /// Formula and version of this measure; not comparable with `ces_v1`.
    pub const DEFINITION: DefinitionId = DefinitionId::new("ces_v2", 1);
    /// The scale of the question.
    pub const SCALE: Scale = Scale::ONE_TO_SEVEN;

    /// An empty accumulator.
    #[must_use]
    pub const fn new() -> Self {
        Self { tally: Tally::new(Self::SCALE, DISAGREE_TO, AGREE_FROM) }
    }

    /// Adds one answer, 1 to 7.
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

    /// Mean ease, share that agrees with its interval, net ease, ease index.
    ///
    /// Source: M. Dixon, N. Toman & R. DeLisi, 2013, *The Effortless Experience*.
    /// Not for a relation as a whole (it is about one task), nor beside figures of the 2010 question.
    ///
    /// # Errors
    /// `empty_sample` without a valid answer.
    pub fn summary(&self, confidence: Confidence) -> Result<Summary, Error> {
        let mean = self.tally.mean(confidence)?;
        let (agree, disagree) = (self.tally.high(), self.tally.low());
        let (share_agree, share_disagree) = (self.tally.share(agree), self.tally.share(disagree));
        Ok(Summary {
            n: self.tally.n(),
            missing: self.tally.missing(),
            mean: mean.mean,
            sd: mean.sd,
            ci_mean_t: mean.ci_t,
            share_agree,
            ci_share_agree_wilson: proportion::wilson(agree, self.tally.n(), confidence)?,
            share_disagree,
            net_ease: 100.0 * (share_agree - share_disagree),
            direction: Direction::HigherIsBetter,
            ease_index_0_100: mean.index_0_100,
        })
    }
}

impl Default for Accumulator {
    fn default() -> Self {
        Self::new()
    }
}
