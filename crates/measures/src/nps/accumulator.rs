//! Unweighted answers.

use serde::Serialize;

use super::{Class, score};
use crate::{Confidence, DefinitionId, Error, Interval, count};

/// Counts promoters, passives and detractors.
///
/// ```
/// use measures::{Confidence, nps::Accumulator};
/// // 50 promoters, 30 passives, 20 detractors: +30, give or take 15.3 points.
/// let mut answers = Accumulator::new();
/// answers.push_count(10, 50)?;
/// answers.push_count(8, 30)?;
/// answers.push_count(3, 20)?;
/// let nps = answers.summary(Confidence::P95)?;
/// assert!((nps.nps - 30.0).abs() < 1e-9);
/// assert_eq!(format!("{:.1}", nps.ci_wald.width() / 2.0), "15.3");
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Accumulator {
    promoters: u64,
    passives: u64,
    detractors: u64,
    missing: u64,
}

/// A Net Promoter Score and how sure it is. Scores and bounds in points, shares 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Summary {
    /// Valid answers.
    pub n: u64,
    /// Questions left unanswered, not in n.
    pub missing: u64,
    /// Answers 9–10.
    pub promoters: u64,
    /// Answers 7–8.
    pub passives: u64,
    /// Answers 0–6.
    pub detractors: u64,
    /// promoters / n.
    pub share_promoters: f64,
    /// passives / n.
    pub share_passives: f64,
    /// detractors / n.
    pub share_detractors: f64,
    /// 100 × (share of promoters − share of detractors), unrounded.
    pub nps: f64,
    /// Variance of one answer coded −1, 0, +1: p + d − (p − d)², divided by n and not by n − 1; 0 to 1.
    pub variance: f64,
    /// Standard error, 100 × √(variance / n), in points.
    pub se: f64,
    /// nps ± z·se, not clipped: may pass ±100, and collapses to a point when all answer alike.
    pub ci_wald: Interval,
    /// Score after adding 0.75 detractor, 1.5 passive and 0.75 promoter.
    pub adjusted_nps: f64,
    /// Standard error of the adjusted score, over n + 3.
    pub se_adjusted: f64,
    /// adjusted_nps ± z·se_adjusted, clipped to ±100: sound with few answers.
    pub ci_adjusted_wald: Interval,
    /// Interval by inverting the score test: the one to show by default.
    pub ci_score: Interval,
}

impl Accumulator {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("nps", 1);

    /// An empty accumulator.
    #[must_use]
    pub const fn new() -> Self {
        Self { promoters: 0, passives: 0, detractors: 0, missing: 0 }
    }

    /// Adds one answer, 0 to 10.
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
        self.push_class(Class::of(answer)?, times)
    }

    /// Adds a whole column of answers, a byte each: many times quicker than one after the other.
    ///
    /// # Errors
    /// `out_of_range` when one is off the scale, or above 2⁵³ answers; none is added then.
    ///
    /// ```
    /// let mut all = measures::nps::Accumulator::new();
    /// all.push_column(&[10, 9, 8, 3])?;
    /// assert_eq!(all.summary(measures::Confidence::P95)?.nps, 25.0);
    /// # Ok::<(), measures::Error>(())
    /// ```
    pub fn push_column(&mut self, answers: &[u8]) -> Result<(), Error> {
        // Four counts side by side: neighbours do not wait for each other.
        let mut counts = [[0_u64; 256]; 4];
        let mut fours = answers.chunks_exact(4);
        for four in &mut fours {
            for (counts, answer) in counts.iter_mut().zip(four) {
                counts[usize::from(*answer)] += 1;
            }
        }
        for (counts, answer) in counts.iter_mut().zip(fours.remainder()) {
            counts[usize::from(*answer)] += 1;
        }
        let mut all = *self;
        for answer in 0..=u8::MAX {
            match counts.iter().map(|counts| counts[usize::from(answer)]).sum() {
                0 => {}
                times => all.push_count(i64::from(answer), times)?,
            }
        }
        *self = all;
        Ok(())
    }

    /// Adds `times` answers already sorted into a class.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ answers.
    pub fn push_class(&mut self, class: Class, times: u64) -> Result<(), Error> {
        count::add(self.n(), times)?;
        match class {
            Class::Promoter => self.promoters += times,
            Class::Passive => self.passives += times,
            Class::Detractor => self.detractors += times,
        }
        Ok(())
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
        count::add(self.n(), other.n())?;
        self.missing = count::add(self.missing, other.missing)?;
        self.promoters += other.promoters;
        self.passives += other.passives;
        self.detractors += other.detractors;
        Ok(())
    }

    /// Valid answers so far.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.promoters + self.passives + self.detractors
    }

    /// Promoters, passives and detractors so far.
    #[must_use]
    pub const fn counts(&self) -> [u64; 3] {
        [self.promoters, self.passives, self.detractors]
    }

    /// Score, variance and three intervals.
    ///
    /// Formulas: p and d the shares of promoters and detractors; score 100(p − d);
    /// variance v = p + d − (p − d)²; standard error 100√(v/n).
    /// Sources: Reichheld 2003 (score); A. Agresti & Y. Min, 2005, "Simple improved confidence intervals for
    /// comparing matched proportions" and B. Rocks, 2016, "Interval estimation for the Net Promoter Score" (adjusted
    /// interval); T. Tango, 1998, "Equivalence test and confidence interval for the difference in proportions for the
    /// paired-sample design" (score interval).
    ///
    /// Not for weighted answers ([`super::WeightedAccumulator`]), nor as a margin of error of a self-selected sample.
    ///
    /// # Errors
    /// `empty_sample` without a valid answer.
    pub fn summary(&self, confidence: Confidence) -> Result<Summary, Error> {
        if self.n() == 0 {
            return Err(Error::EmptySample);
        }
        let (n, z) = (self.n() as f64, confidence.z());
        let (plain, adjusted) = (self.plain(), self.adjusted());
        let score = score::interval(self.promoters as f64 / n, self.detractors as f64 / n, n, z);
        Ok(Summary {
            n: self.n(),
            missing: self.missing,
            promoters: self.promoters,
            passives: self.passives,
            detractors: self.detractors,
            share_promoters: self.promoters as f64 / n,
            share_passives: self.passives as f64 / n,
            share_detractors: self.detractors as f64 / n,
            nps: plain.nps,
            variance: plain.variance,
            se: plain.se,
            ci_wald: Interval::around(plain.nps, z * plain.se),
            adjusted_nps: adjusted.nps,
            se_adjusted: adjusted.se,
            ci_adjusted_wald: Interval::around(adjusted.nps, z * adjusted.se).clipped(-100.0, 100.0),
            ci_score: Interval::new(100.0 * score.low, 100.0 * score.high),
        })
    }

    /// The score as observed; only called with an answer.
    pub(super) fn plain(&self) -> Estimate {
        let n = self.n() as f64;
        Estimate::of(self.promoters as f64 / n, self.detractors as f64 / n, n)
    }

    /// The score with the three pseudo-answers of the adjusted interval.
    pub(super) fn adjusted(&self) -> Estimate {
        let n = self.n() as f64 + 3.0;
        Estimate::of((self.promoters as f64 + 0.75) / n, (self.detractors as f64 + 0.75) / n, n)
    }
}

/// A score with its variance per answer and its standard error.
#[derive(Debug, Clone, Copy)]
pub(super) struct Estimate {
    pub(super) nps: f64,
    pub(super) variance: f64,
    pub(super) se: f64,
}

impl Estimate {
    /// From the shares of promoters and detractors and the number of (effective) answers.
    pub(super) fn of(promoters: f64, detractors: f64, n: f64) -> Self {
        let net = promoters - detractors;
        // Rounding may leave −1e-17 where all answers are equal.
        let variance = (promoters + detractors - net * net).max(0.0);
        Self { nps: 100.0 * net, variance, se: 100.0 * (variance / n).sqrt() }
    }
}
