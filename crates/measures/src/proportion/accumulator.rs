//! Yes-or-no answers, gathered.

use serde::Serialize;

use crate::{Confidence, DefinitionId, Error, Interval, count, proportion};

/// Counts successes among trials: answered or not, solved or not, renewed or not.
///
/// ```
/// use measures::{Confidence, proportion::Accumulator};
/// let mut solved = Accumulator::new();
/// solved.push_count(true, 280)?;
/// solved.push_count(false, 120)?;
/// assert_eq!(solved.summary(Confidence::P95)?.share, 0.7);
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Accumulator {
    n: u64,
    successes: u64,
    missing: u64,
}

/// A share with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Summary {
    /// Valid trials.
    pub n: u64,
    /// Trials without an answer, left out of n.
    pub missing: u64,
    /// Trials that succeeded.
    pub successes: u64,
    /// successes / n, 0 to 1.
    pub share: f64,
    /// Wilson's interval of the share.
    pub ci_wilson: Interval,
}

impl Accumulator {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("share", 1);

    /// An empty accumulator.
    #[must_use]
    pub const fn new() -> Self {
        Self { n: 0, successes: 0, missing: 0 }
    }

    /// Adds one trial.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ trials.
    pub fn push(&mut self, success: bool) -> Result<(), Error> {
        self.push_count(success, 1)
    }

    /// Adds `times` trials of the same outcome, as a database `GROUP BY` gives them.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ trials.
    pub fn push_count(&mut self, success: bool, times: u64) -> Result<(), Error> {
        self.n = count::add(self.n, times)?;
        if success {
            self.successes += times;
        }
        Ok(())
    }

    /// Counts `times` trials without an answer; they change no share.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³.
    pub fn push_missing(&mut self, times: u64) -> Result<(), Error> {
        self.missing = count::add(self.missing, times)?;
        Ok(())
    }

    /// Takes over what `other` counted; the order of merges changes nothing.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ trials; nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        let n = count::add(self.n, other.n)?;
        self.missing = count::add(self.missing, other.missing)?;
        self.n = n;
        self.successes += other.successes;
        Ok(())
    }

    /// Valid trials so far.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// Share and Wilson interval.
    ///
    /// # Errors
    /// `empty_sample` without a valid trial: a share of nothing is undefined, not 0.
    pub fn summary(&self, confidence: Confidence) -> Result<Summary, Error> {
        let ci_wilson = proportion::wilson(self.successes, self.n, confidence)?;
        let share = self.successes as f64 / self.n as f64;
        Ok(Summary { n: self.n, missing: self.missing, successes: self.successes, share, ci_wilson })
    }
}
