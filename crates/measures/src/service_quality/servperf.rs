//! Perceptions alone.

use serde::Serialize;

use super::battery::{Answers, Battery, ITEMS, PerDimension, Weights};
use crate::spread::Spread;
use crate::{Confidence, DefinitionId, Error, Interval};

/// Gathers perceptions, respondent by respondent. Sums are exact, so the order of respondents and merges changes
/// nothing.
///
/// ```
/// use measures::{Confidence, service_quality::{Answers, ServperfAccumulator}};
/// let mut all = ServperfAccumulator::new();
/// all.push(&Answers::new([Some(5.0); 22])?, None)?;
/// all.push(&Answers::new([Some(6.0); 22])?, None)?;
/// assert_eq!(all.summary(Confidence::P95)?.overall, Some(5.5)); // (5 + 6) / 2 in every dimension
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Accumulator {
    perceptions: Battery,
}

/// Service quality by SERVPERF, in points of the questionnaire's scale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// Respondents with at least one answer.
    pub n: u64,
    /// Respondents without one: they are in no figure.
    pub empty: u64,
    /// Items left unanswered, of all respondents.
    pub missing: u64,
    /// Mean of each item; `None` without an answer.
    pub items: [Option<f64>; ITEMS],
    /// Mean over respondents of their mean in the dimension; `None` when nobody has one.
    pub dimensions: PerDimension<Option<f64>>,
    /// Respondents behind each dimension's mean.
    pub dimension_n: PerDimension<u64>,
    /// Student's interval of each dimension's mean; `None` with fewer than two respondents.
    pub dimension_intervals: PerDimension<Option<Interval>>,
    /// Plain mean of the five dimensions; `None` when one of them is.
    pub overall: Option<f64>,
    /// Mean over respondents of their means weighted by their own weights; `None` when nobody gave weights.
    pub weighted_overall: Option<f64>,
    /// Respondents behind the weighted figure.
    pub weighted_n: u64,
}

impl Accumulator {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("servperf", 1);

    /// An empty accumulator.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one respondent: what he perceives, and how he shares weight among the dimensions, where he was asked.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ answers.
    pub fn push(&mut self, perceptions: &Answers, weights: Option<&Weights>) -> Result<(), Error> {
        self.perceptions.push(perceptions.items(), weights)
    }

    /// Takes over the respondents of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ answers.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.perceptions.merge(&other.perceptions)
    }

    /// Means by item, by dimension and overall.
    ///
    /// Formulas: a respondent's score in a dimension is the mean of his answers there, the dimension's score the mean
    /// over respondents; overall = mean of the five.
    /// Source: J. J. Cronin & S. A. Taylor, 1992, "Measuring service quality: a reexamination and extension".
    ///
    /// Not to be mixed or compared with SERVQUAL figures, nor between scales of different length. It explains
    /// satisfaction well, but does not say whether a low score was expected.
    ///
    /// # Errors
    /// `empty_sample` without an answer.
    pub fn summary(&self, confidence: Confidence) -> Result<Summary, Error> {
        let all = &self.perceptions;
        if all.n == 0 {
            return Err(Error::EmptySample);
        }
        Ok(Summary {
            n: all.n,
            empty: all.empty,
            missing: all.missing,
            items: all.item_means(),
            dimensions: all.each(Spread::mean),
            dimension_n: all.each(Spread::n),
            dimension_intervals: all.intervals(confidence),
            overall: all.overall(),
            weighted_overall: all.weighted.mean(),
            weighted_n: all.weighted.n(),
        })
    }
}
