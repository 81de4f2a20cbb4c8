//! Finds records of the same person in one file or two, and says why.
//!
//! Records are normalised, compared where blocking says it is worth it, weighed by the Fellegi–Sunter model whose
//! weights are estimated without labels, and gathered into clusters. Pure functions: no input or output, no clock,
//! no async.

mod block;
mod cluster;
pub mod columns;
mod compare;
pub mod distance;
mod error;
mod estimate;
pub mod evaluate;
mod explain;
pub mod fellegi_sunter;
mod index;
mod link;
mod mix;
mod model;
pub mod normalise;
mod observe;
#[cfg(feature = "operations")]
pub mod ops;
pub mod phonetic;
mod records;
mod report;

pub use self::error::Error;
pub use self::explain::{Alternative, Explanation, FieldFinding};
pub use self::index::{Found, Index};
pub use self::link::{Linkage, Options, People, Progress, ScoredPair, Stage};
pub use self::model::{FieldModel, LevelModel, Model};
pub use self::records::{Column, Intake, Records};
pub use self::report::{KeyReport, Report};
