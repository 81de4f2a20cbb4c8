//! Customer orientation of the organisation: how many of its scored parts are strong, medium or weak.
//!
//! The questionnaire and cut-offs known as COS are proprietary and unpublished. So the cut-offs are settings here,
//! shown with the figure, and nothing of this should be presented under that name unless it was imported.

use serde::Serialize;

use crate::{Confidence, DefinitionId, Error, Interval, count, proportion};

/// From which score on a part is medium, and from which it is strong.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Cutoffs {
    medium_from: f64,
    strong_from: f64,
}

impl Cutoffs {
    /// Scores below `medium_from` are weak, from `strong_from` on strong, between them medium.
    ///
    /// # Errors
    /// `out_of_range` unless both are finite and medium_from < strong_from.
    ///
    /// ```
    /// use measures::orientation::Cutoffs;
    /// assert!(Cutoffs::new(6.0, 8.0).is_ok());
    /// assert!(Cutoffs::new(8.0, 6.0).is_err());
    /// ```
    pub fn new(medium_from: f64, strong_from: f64) -> Result<Self, Error> {
        if !medium_from.is_finite() {
            return Err(Error::out_of_range("medium_from", medium_from, "a finite number"));
        }
        if !strong_from.is_finite() || strong_from <= medium_from {
            let expected = format!("a finite number above {medium_from}");
            return Err(Error::out_of_range("strong_from", strong_from, expected));
        }
        Ok(Self { medium_from, strong_from })
    }

    /// Lowest medium score.
    #[must_use]
    pub const fn medium_from(self) -> f64 {
        self.medium_from
    }

    /// Lowest strong score.
    #[must_use]
    pub const fn strong_from(self) -> f64 {
        self.strong_from
    }
}

/// Counts strong, medium and weak scores under one pair of cut-offs.
///
/// ```
/// use measures::{Confidence, orientation::{Accumulator, Cutoffs}};
/// let mut scores = Accumulator::new(Cutoffs::new(6.0, 8.0)?);
/// for score in [8.0, 6.0, 7.9, 5.9] {
///     scores.push(score)?;
/// }
/// let shares = scores.summary(Confidence::P95)?;
/// assert_eq!((shares.strong, shares.medium, shares.weak), (1, 2, 1));
/// assert_eq!(shares.share_medium, 0.5);
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Accumulator {
    cutoffs: Cutoffs,
    strong: u64,
    medium: u64,
    weak: u64,
    missing: u64,
}

/// Shares of strong, medium and weak scores, 0 to 1, each with Wilson's interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Summary {
    /// Valid scores.
    pub n: u64,
    /// Parts without a score, not in n.
    pub missing: u64,
    /// Scores from `strong_from` on.
    pub strong: u64,
    /// Scores from `medium_from` on, below `strong_from`.
    pub medium: u64,
    /// Scores below `medium_from`.
    pub weak: u64,
    /// strong / n.
    pub share_strong: f64,
    /// medium / n.
    pub share_medium: f64,
    /// weak / n.
    pub share_weak: f64,
    /// Interval of the strong share.
    pub ci_strong: Interval,
    /// Interval of the medium share.
    pub ci_medium: Interval,
    /// Interval of the weak share.
    pub ci_weak: Interval,
}

impl Accumulator {
    /// Formula and version of this measure; the cut-offs are part of its identity too.
    pub const DEFINITION: DefinitionId = DefinitionId::new("orientation_shares", 1);

    /// An empty accumulator.
    #[must_use]
    pub const fn new(cutoffs: Cutoffs) -> Self {
        Self { cutoffs, strong: 0, medium: 0, weak: 0, missing: 0 }
    }

    /// Adds one score.
    ///
    /// # Errors
    /// `out_of_range` for NaN or an infinity, or above 2⁵³ scores.
    pub fn push(&mut self, score: f64) -> Result<(), Error> {
        self.push_count(score, 1)
    }

    /// Adds `times` equal scores, as a database `GROUP BY` gives them.
    ///
    /// # Errors
    /// `out_of_range` for NaN or an infinity, or above 2⁵³ scores.
    pub fn push_count(&mut self, score: f64, times: u64) -> Result<(), Error> {
        if !score.is_finite() {
            return Err(Error::out_of_range("score", score, "a finite number"));
        }
        count::add(self.n(), times)?;
        if score >= self.cutoffs.strong_from {
            self.strong += times;
        } else if score >= self.cutoffs.medium_from {
            self.medium += times;
        } else {
            self.weak += times;
        }
        Ok(())
    }

    /// Counts `times` parts without a score; they change no share.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³.
    pub fn push_missing(&mut self, times: u64) -> Result<(), Error> {
        self.missing = count::add(self.missing, times)?;
        Ok(())
    }

    /// Takes over the scores of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `bad_shape` when the cut-offs differ; `out_of_range` above 2⁵³ scores. Nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if self.cutoffs != other.cutoffs {
            return Err(Error::BadShape { what: "scores under different cut-offs cannot be merged" });
        }
        count::add(self.n(), other.n())?;
        self.missing = count::add(self.missing, other.missing)?;
        self.strong += other.strong;
        self.medium += other.medium;
        self.weak += other.weak;
        Ok(())
    }

    /// Valid scores so far.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.strong + self.medium + self.weak
    }

    /// Shares and intervals.
    ///
    /// Intervals: Wilson, 1927, each share by itself. Not for ranking parts with a handful of scores: their intervals
    /// overlap almost always.
    ///
    /// # Errors
    /// `empty_sample` without a valid score.
    pub fn summary(&self, confidence: Confidence) -> Result<Summary, Error> {
        let n = self.n();
        let interval = |part| proportion::wilson(part, n, confidence);
        let (ci_strong, ci_medium, ci_weak) =
            (interval(self.strong)?, interval(self.medium)?, interval(self.weak)?);
        let share = |part: u64| part as f64 / n as f64;
        Ok(Summary {
            n,
            missing: self.missing,
            strong: self.strong,
            medium: self.medium,
            weak: self.weak,
            share_strong: share(self.strong),
            share_medium: share(self.medium),
            share_weak: share(self.weak),
            ci_strong,
            ci_medium,
            ci_weak,
        })
    }
}
