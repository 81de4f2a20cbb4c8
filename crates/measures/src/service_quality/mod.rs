//! Quality of a service as its customers see it: SERVQUAL and SERVPERF, the four qualities, perceived justice.
//!
//! SERVQUAL sets what customers perceive against what they expect; SERVPERF takes the perceptions alone. Which of the
//! two is better has been debated since 1992: choose one and stay with it, for their figures are not comparable.

mod battery;
mod justice;
mod qualities;
mod servperf;
mod servqual;

pub use battery::{Answers, Dimension, ITEMS, PerDimension, Weights};
pub use justice::{
    Accumulator as JusticeAccumulator, Questionnaire as JusticeQuestionnaire, Response as JusticeResponse,
    Score as JusticeScore, Summary as JusticeSummary,
};
pub use qualities::{Criterion, DEFINITION as QUALITIES_DEFINITION, Gaps, gaps};
pub use servperf::{Accumulator as ServperfAccumulator, Summary as ServperfSummary};
pub use servqual::{Accumulator as ServqualAccumulator, Summary as ServqualSummary};
