//! Shares: how many of how many, with an interval that stays honest at 0 %, at 100 % and with few answers.

mod accumulator;
mod difference;
mod interval;

pub use accumulator::{Accumulator, Summary};
pub use difference::{Difference, difference};
pub use interval::{goodman, wilson};
