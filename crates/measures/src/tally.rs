//! Answers of one scale with a low and a high group: the common ground of satisfaction and effort.

use crate::moments::{MeanSummary, Moments};
use crate::{Confidence, Error, Scale, count};

/// Sums of one scale, and how many answers are at most `low_to` or at least `high_from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    scale: Scale,
    low_to: i64,
    high_from: i64,
    moments: Moments,
    low: u64,
    high: u64,
    missing: u64,
}

impl Tally {
    pub(crate) const fn new(scale: Scale, low_to: i64, high_from: i64) -> Self {
        Self { scale, low_to, high_from, moments: Moments::new(scale), low: 0, high: 0, missing: 0 }
    }

    pub(crate) fn push_count(&mut self, value: i64, times: u64) -> Result<(), Error> {
        let value = self.scale.check(value)?;
        self.moments.push_count(value, times)?;
        if value <= self.low_to {
            self.low += times;
        }
        if value >= self.high_from {
            self.high += times;
        }
        Ok(())
    }

    pub(crate) fn push_missing(&mut self, times: u64) -> Result<(), Error> {
        self.missing = count::add(self.missing, times)?;
        Ok(())
    }

    pub(crate) fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if (self.scale, self.low_to, self.high_from) != (other.scale, other.low_to, other.high_from) {
            return Err(Error::BadShape { what: "answers of two different questions cannot be merged" });
        }
        let missing = count::add(self.missing, other.missing)?;
        self.moments.merge(&other.moments)?;
        self.missing = missing;
        self.low += other.low;
        self.high += other.high;
        Ok(())
    }

    pub(crate) const fn n(&self) -> u64 {
        self.moments.n()
    }

    pub(crate) const fn missing(&self) -> u64 {
        self.missing
    }

    pub(crate) const fn low(&self) -> u64 {
        self.low
    }

    pub(crate) const fn high(&self) -> u64 {
        self.high
    }

    /// `part` over the number of answers; only called once there is one.
    pub(crate) fn share(&self, part: u64) -> f64 {
        part as f64 / self.n() as f64
    }

    pub(crate) fn mean(&self, confidence: Confidence) -> Result<MeanSummary, Error> {
        self.moments.summary(confidence)
    }
}
