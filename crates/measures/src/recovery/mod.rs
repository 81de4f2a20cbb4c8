//! Repair measured: how long it takes.

mod percentile;

pub use percentile::{PercentileType, percentile};
