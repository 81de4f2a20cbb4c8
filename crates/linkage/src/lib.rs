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
mod estimate;
mod link;
mod mix;
pub mod normalise;
mod observe;
pub mod phonetic;
mod records;
mod stub;

pub use self::link::{Linkage, Options, People};
pub use self::records::{Column, Intake, Records};
