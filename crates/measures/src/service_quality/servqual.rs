//! Perceptions against expectations.

use serde::Serialize;

use super::battery::{Answers, Battery, ITEMS, PerDimension, Weights};
use crate::spread::Spread;
use crate::{Confidence, DefinitionId, Error, Interval};

/// Gathers pairs of expectations and perceptions, respondent by respondent. Sums are exact, so the order of
/// respondents and merges changes nothing.
///
/// ```
/// use measures::{Confidence, service_quality::{Answers, ServqualAccumulator}};
/// let mut all = ServqualAccumulator::new();
/// // Everything is expected at 6 and perceived at 5, but for the first item, which is not answered.
/// let mut perceived = [Some(5.0); 22];
/// perceived[0] = None;
/// all.push(&Answers::new([Some(6.0); 22])?, &Answers::new(perceived)?, None)?;
/// let summary = all.summary(Confidence::P95)?;
/// assert_eq!(summary.item_gaps[0], None);
/// assert_eq!(summary.dimension_gaps.tangibles, Some(-1.0)); // three items, each 1 short
/// assert_eq!((summary.overall, summary.missing), (Some(-1.0), 1));
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Accumulator {
    gaps: Battery,
}

/// Service quality by SERVQUAL. Gaps in points of the questionnaire's scale: negative is below expectation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// Respondents with at least one item answered on both sides.
    pub n: u64,
    /// Respondents without one: they are in no figure.
    pub empty: u64,
    /// Pairs with a missing half, of all respondents: left out.
    pub missing: u64,
    /// Mean gap of each item, perception − expectation; `None` without a pair.
    pub item_gaps: [Option<f64>; ITEMS],
    /// Pairs behind each item's gap.
    pub item_n: [u64; ITEMS],
    /// Mean over respondents of their mean gap in the dimension; `None` when nobody has one.
    pub dimension_gaps: PerDimension<Option<f64>>,
    /// Respondents behind each dimension's gap.
    pub dimension_n: PerDimension<u64>,
    /// Student's interval of each dimension's gap; `None` with fewer than two respondents.
    pub dimension_intervals: PerDimension<Option<Interval>>,
    /// Plain mean of the five dimension gaps; `None` when one of them is.
    pub overall: Option<f64>,
    /// Mean over respondents of their gaps weighted by their own weights; `None` when nobody gave weights.
    pub weighted_overall: Option<f64>,
    /// Respondents behind the weighted figure.
    pub weighted_n: u64,
    /// Student's interval of the weighted figure.
    pub weighted_interval: Option<Interval>,
}

impl Accumulator {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("servqual", 1);

    /// An empty accumulator.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one respondent: what he expects of a good service of this kind, what he perceives here, and how he shares
    /// weight among the dimensions, where he was asked. A pair with a missing half is left out and counted.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ answers.
    pub fn push(
        &mut self,
        expectations: &Answers,
        perceptions: &Answers,
        weights: Option<&Weights>,
    ) -> Result<(), Error> {
        let mut gaps = [None; ITEMS];
        for ((gap, expected), perceived) in gaps.iter_mut().zip(expectations.items()).zip(perceptions.items())
        {
            *gap = perceived.zip(*expected).map(|(perceived, expected)| perceived - expected);
        }
        self.gaps.push(&gaps, weights)
    }

    /// Takes over the respondents of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ answers.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.gaps.merge(&other.gaps)
    }

    /// Gaps by item, by dimension and overall.
    ///
    /// Formulas: gap = perception − expectation; a respondent's gap in a dimension is the mean of his gaps there, the
    /// dimension's gap the mean over respondents; overall = mean of the five; weighted = mean over respondents of
    /// Σ weight·gap / Σ weight over the dimensions he has (not mean weights times mean gaps).
    /// Source: A. Parasuraman, V. A. Zeithaml & L. L. Berry, 1988, "SERVQUAL: a multiple-item scale for measuring
    /// consumer perceptions of service quality".
    ///
    /// Not to be mixed or compared with SERVPERF figures; not where expectations were asked after the service, for
    /// they then follow the experience. A gap of 0 with low expectations is no praise: look at both sides.
    ///
    /// # Errors
    /// `empty_sample` without a complete pair.
    pub fn summary(&self, confidence: Confidence) -> Result<Summary, Error> {
        let gaps = &self.gaps;
        if gaps.n == 0 {
            return Err(Error::EmptySample);
        }
        Ok(Summary {
            n: gaps.n,
            empty: gaps.empty,
            missing: gaps.missing,
            item_gaps: gaps.item_means(),
            item_n: gaps.items.each_ref().map(Spread::n),
            dimension_gaps: gaps.each(Spread::mean),
            dimension_n: gaps.each(Spread::n),
            dimension_intervals: gaps.intervals(confidence),
            overall: gaps.overall(),
            weighted_overall: gaps.weighted.mean(),
            weighted_n: gaps.weighted.n(),
            weighted_interval: gaps.weighted.interval(confidence),
        })
    }
}
