//! Net Promoter Score: how many would recommend, less how many would not.
//!
//! One question, 0 to 10: 9–10 promoter, 7–8 passive, 0–6 detractor; score = 100 × (share of promoters − share of
//! detractors), in points from −100 to 100.
//!
//! Source: F. F. Reichheld, 2003, "The one number you need to grow". That it predicts growth better than other
//! measures was not replicated (Keiningham, Cooil, Andreassen & Aksoy, 2007, "A longitudinal examination of net
//! promoter and firm revenue growth"). Compare only the same question, moment and method of collection; it is not a
//! satisfaction score, and never the sole basis of anybody's pay.

mod accumulator;
mod class;
mod detectable;
mod difference;
mod score;
mod weighted;

pub use accumulator::{Accumulator, Summary};
pub use class::{Class, SCALE};
pub use detectable::{Waves, minimum_detectable_difference};
pub use difference::{Difference, difference};
pub use weighted::{WeightedAccumulator, WeightedSummary};

pub use crate::proportion::goodman as class_share_intervals;
