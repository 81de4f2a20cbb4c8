//! The 22 items of the questionnaire and their five dimensions.

use std::ops::Range;

use serde::Serialize;

use crate::spread::{LARGEST, Spread, bounded};
use crate::{Confidence, Error, Interval, count};

/// Items of the questionnaire.
pub const ITEMS: usize = 22;

/// The five dimensions, in the order of their items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// Premises, equipment, appearance: items 1–4.
    Tangibles,
    /// Doing what was promised, right and on time: items 5–9.
    Reliability,
    /// Willing and prompt help: items 10–13.
    Responsiveness,
    /// Knowledge and courtesy that inspire trust: items 14–17.
    Assurance,
    /// Individual attention: items 18–22.
    Empathy,
}

impl Dimension {
    /// All five, in the order of the questionnaire.
    pub const ALL: [Self; 5] =
        [Self::Tangibles, Self::Reliability, Self::Responsiveness, Self::Assurance, Self::Empathy];

    /// Positions of its items, from 0.
    ///
    /// ```
    /// use measures::service_quality::Dimension;
    /// assert_eq!(Dimension::Empathy.items(), 17..22);
    /// ```
    #[must_use]
    pub const fn items(self) -> Range<usize> {
        match self {
            Self::Tangibles => 0..4,
            Self::Reliability => 4..9,
            Self::Responsiveness => 9..13,
            Self::Assurance => 13..17,
            Self::Empathy => 17..22,
        }
    }
}

/// One thing for each dimension.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PerDimension<T> {
    /// Of items 1–4.
    pub tangibles: T,
    /// Of items 5–9.
    pub reliability: T,
    /// Of items 10–13.
    pub responsiveness: T,
    /// Of items 14–17.
    pub assurance: T,
    /// Of items 18–22.
    pub empathy: T,
}

impl<T> PerDimension<T> {
    pub(super) fn new([tangibles, reliability, responsiveness, assurance, empathy]: [T; 5]) -> Self {
        Self { tangibles, reliability, responsiveness, assurance, empathy }
    }

    /// That of one dimension.
    #[must_use]
    pub const fn of(&self, dimension: Dimension) -> &T {
        match dimension {
            Dimension::Tangibles => &self.tangibles,
            Dimension::Reliability => &self.reliability,
            Dimension::Responsiveness => &self.responsiveness,
            Dimension::Assurance => &self.assurance,
            Dimension::Empathy => &self.empathy,
        }
    }
}

/// What one respondent answered to the 22 items, in the order of the questionnaire; `None` is unanswered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answers([Option<f64>; ITEMS]);

impl Answers {
    /// Answers of one respondent. The scale is the questionnaire's own (seven points in the original); expectations
    /// and perceptions must share it.
    ///
    /// # Errors
    /// `out_of_range` for a number that is not finite or beyond ±1 000 000.
    pub fn new(items: [Option<f64>; ITEMS]) -> Result<Self, Error> {
        for value in items.iter().flatten() {
            bounded("answer", *value)?;
        }
        Ok(Self(items))
    }

    pub(super) const fn items(&self) -> &[Option<f64>; ITEMS] {
        &self.0
    }
}

/// How much each dimension matters to one respondent, in the order of [`Dimension::ALL`]: usually 100 points shared
/// out, but only their proportions count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights([f64; 5]);

impl Weights {
    /// Weights of one respondent.
    ///
    /// # Errors
    /// `out_of_range` for a weight below 0 or above 1 000 000; `zero_weight` when all are 0.
    ///
    /// ```
    /// use measures::service_quality::Weights;
    /// assert!(Weights::new([11.0, 32.0, 22.0, 19.0, 16.0]).is_ok());
    /// assert_eq!(Weights::new([0.0; 5]).unwrap_err().code(), "zero_weight");
    /// ```
    pub fn new(weights: [f64; 5]) -> Result<Self, Error> {
        for weight in weights {
            if !(0.0..=LARGEST).contains(&weight) {
                return Err(Error::out_of_range("weight", weight, "a number from 0 to 1 000 000"));
            }
        }
        if weights.iter().sum::<f64>() <= 0.0 {
            return Err(Error::ZeroWeight);
        }
        Ok(Self(weights))
    }

    /// Weighted mean over the dimensions that are there; `None` when these weigh nothing.
    fn mean(&self, dimensions: &[Option<f64>; 5]) -> Option<f64> {
        let (mut sum, mut weights) = (0.0, 0.0);
        for (value, weight) in dimensions.iter().zip(self.0) {
            if let Some(value) = value {
                sum += weight * value;
                weights += weight;
            }
        }
        // A weight too small to divide by weighs nothing.
        Some(sum / weights).filter(|mean| weights > 0.0 && mean.is_finite())
    }
}

/// Means of 22 items and their dimensions over respondents: of gaps or of perceptions.
#[derive(Debug, Clone, Default)]
pub(super) struct Battery {
    pub(super) n: u64,
    pub(super) empty: u64,
    pub(super) missing: u64,
    pub(super) items: [Spread; ITEMS],
    pub(super) dimensions: [Spread; 5],
    pub(super) weighted: Spread,
}

impl Battery {
    pub(super) fn push(
        &mut self,
        values: &[Option<f64>; ITEMS],
        weights: Option<&Weights>,
    ) -> Result<(), Error> {
        let answered = values.iter().flatten().count();
        self.missing = count::add(self.missing, (ITEMS - answered) as u64)?;
        if answered == 0 {
            self.empty = count::add(self.empty, 1)?;
            return Ok(());
        }
        self.n = count::add(self.n, 1)?;
        for (item, value) in self.items.iter_mut().zip(values) {
            value.map_or(Ok(()), |value| item.push(value))?;
        }
        let own = Dimension::ALL.map(|dimension| mean(values.get(dimension.items()).unwrap_or_default()));
        for (dimension, value) in self.dimensions.iter_mut().zip(own) {
            value.map_or(Ok(()), |value| dimension.push(value))?;
        }
        weights.and_then(|weights| weights.mean(&own)).map_or(Ok(()), |value| self.weighted.push(value))
    }

    pub(super) fn merge(&mut self, other: &Self) -> Result<(), Error> {
        // No part counts more respondents than there are: checked first, nothing is taken over by half.
        count::add(self.n + self.empty, other.n + other.empty)?;
        self.missing = count::add(self.missing, other.missing)?;
        self.n += other.n;
        self.empty += other.empty;
        for (mine, theirs) in self.items.iter_mut().zip(&other.items) {
            mine.merge(theirs)?;
        }
        for (mine, theirs) in self.dimensions.iter_mut().zip(&other.dimensions) {
            mine.merge(theirs)?;
        }
        self.weighted.merge(&other.weighted)
    }

    /// Means of the items.
    pub(super) fn item_means(&self) -> [Option<f64>; ITEMS] {
        std::array::from_fn(|item| self.items.get(item).and_then(Spread::mean))
    }

    /// Something of each dimension.
    pub(super) fn each<T>(&self, what: impl Fn(&Spread) -> T) -> PerDimension<T> {
        PerDimension::new(self.dimensions.each_ref().map(what))
    }

    pub(super) fn intervals(&self, confidence: Confidence) -> PerDimension<Option<Interval>> {
        self.each(|dimension| dimension.interval(confidence))
    }

    /// Plain mean of the five dimensions; `None` when one of them is.
    pub(super) fn overall(&self) -> Option<f64> {
        let means: Option<Vec<f64>> = self.dimensions.iter().map(Spread::mean).collect();
        means.map(|means| means.iter().sum::<f64>() / 5.0)
    }
}

fn mean(values: &[Option<f64>]) -> Option<f64> {
    let n = values.iter().flatten().count();
    (n > 0).then(|| values.iter().flatten().sum::<f64>() / n as f64)
}
