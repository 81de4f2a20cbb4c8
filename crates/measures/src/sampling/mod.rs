//! Whom to ask, how many, and how to weigh those who answered.
//!
//! Sizes and margins suppose simple random sampling: every member of the population had the same known chance to be
//! drawn. People who chose themselves, quotas and chance meetings have no margin of error: show none for them.
//! [`allocate`] shares a sample out over strata; [`Raking`] brings answers in line with what is known of the population,
//! and [`Weights`] tells what that costs.

mod allocation;
mod raking;
mod size;
mod weights;

pub use allocation::{Allocation, Stratum, allocate};
pub use raking::{Margin, Raked, Raking};
pub use size::{SampleSize, margin_of_error, sample_size};
pub use weights::{DesignEffect, Weights};
