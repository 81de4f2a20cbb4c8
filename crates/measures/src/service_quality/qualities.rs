//! Four qualities of one service, and the gaps between them.

use serde::Serialize;

use crate::spread::bounded;
use crate::{DefinitionId, Error};

/// Formula and version of this measure.
pub const DEFINITION: DefinitionId = DefinitionId::new("quality_gaps", 1);

/// One criterion of a service scored four times, on one scale; `None` is not scored.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Criterion {
    /// What customers expect (*attendue*).
    pub expected: Option<f64>,
    /// What the organisation means to deliver (*voulue*).
    pub intended: Option<f64>,
    /// What it delivers, as measured (*réalisée*).
    pub delivered: Option<f64>,
    /// What customers perceive (*perçue*).
    pub perceived: Option<f64>,
}

/// The gaps of one criterion, in points of its scale; `None` when one of the two scores is missing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Gaps {
    /// intended − expected: negative when less is meant than customers expect.
    pub design: Option<f64>,
    /// delivered − intended: negative when less is done than was meant.
    pub conformity: Option<f64>,
    /// perceived − delivered: negative when it is better than customers see.
    pub perception: Option<f64>,
    /// perceived − expected: the sum of the other three.
    pub satisfaction: Option<f64>,
}

/// Where quality is lost between what customers expect and what they perceive.
///
/// Formulas: design = intended − expected; conformity = delivered − intended; perception = perceived − delivered;
/// satisfaction = perceived − expected = design + conformity + perception.
/// Source of the gaps: A. Parasuraman, V. A. Zeithaml & L. L. Berry, 1985, "A conceptual model of service quality and
/// its implications for future research"; the four qualities are those of the French service standards.
///
/// Not for scores of different scales, nor for a `delivered` score that is an opinion: it must be measured.
///
/// # Errors
/// `out_of_range` for a number that is not finite or beyond ±1 000 000.
///
/// ```
/// use measures::service_quality::{Criterion, gaps};
/// let gaps = gaps(&Criterion {
///     expected: Some(8.5), intended: Some(8.0), delivered: Some(7.0), perceived: Some(6.5),
/// })?;
/// assert_eq!((gaps.design, gaps.conformity), (Some(-0.5), Some(-1.0)));
/// assert_eq!((gaps.perception, gaps.satisfaction), (Some(-0.5), Some(-2.0)));
/// # Ok::<(), measures::Error>(())
/// ```
pub fn gaps(criterion: &Criterion) -> Result<Gaps, Error> {
    let Criterion { expected, intended, delivered, perceived } = *criterion;
    for score in [expected, intended, delivered, perceived].into_iter().flatten() {
        bounded("score", score)?;
    }
    let gap = |to: Option<f64>, from: Option<f64>| to.zip(from).map(|(to, from)| to - from);
    Ok(Gaps {
        design: gap(intended, expected),
        conformity: gap(delivered, intended),
        perception: gap(perceived, delivered),
        satisfaction: gap(perceived, expected),
    })
}
