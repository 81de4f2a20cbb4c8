//! Finds records of the same person in one file or two, and says why.
//!
//! Records are normalised, compared where blocking says it is worth it, weighed by the Fellegi–Sunter model whose
//! weights are estimated without labels, and gathered into clusters. Pure functions: no input or output, no clock,
//! no async.

pub mod distance;
mod error;
pub mod evaluate;
pub mod fellegi_sunter;
pub mod normalise;
#[cfg(feature = "operations")]
pub mod ops;
pub mod phonetic;

pub use self::error::Error;
