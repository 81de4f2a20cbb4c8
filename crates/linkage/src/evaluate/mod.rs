//! How good a grouping of records is, against the truth.
//!
//! A grouping gives each record a label; records with the same label are one person. The truth does the same, `None`
//! where it is not known: such records are left out of both sides. What is counted is counted exactly, in time near that
//! of sorting the records, never pair by pair.
//!
//! [`pairwise`] counts pairs of records, which gives large groups much weight; [`b3`] asks each record how good its own
//! group is. [`Running`] keeps both up to date while groups are merged, which makes a [`Curve`] over all thresholds as
//! cheap as one figure.
//!
//! [`calibration`] asks whether the probabilities of pairs mean what they say.
//!
//! Sources: Bagga & Baldwin 1998, Algorithms for scoring coreference chains; Christen 2012, Data Matching, ch. 7.

mod across;
mod by_size;
mod calibration;
mod curve;
mod groups;
mod measure;
mod running;

pub use self::across::{Labelled, pairs_against};
pub use self::calibration::{Band, ScoredPair, calibration};
pub use self::curve::{Curve, CurvePoint, Merge};
pub use self::groups::{Evaluation, b3, evaluate, pairwise};
pub use self::measure::{B3, Pairwise};
pub use self::running::{Running, Side};

#[cfg(test)]
mod tests;
