//! Repair measured: how long it takes.

mod percentile;
mod survival;

pub use percentile::{PercentileType, percentile};
pub use survival::{Spell, SurvivalCurve};
