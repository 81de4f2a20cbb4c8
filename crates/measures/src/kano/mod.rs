//! Kano's model: which features customers take for granted, which they want more of, which delight them.
//!
//! Each feature is asked for twice: how would you feel if it were there, how if it were not. The pair of answers gives
//! one of six categories.

mod accumulator;
mod answer;

pub use accumulator::{Accumulator, Counts, Summary};
pub use answer::{Category, Feeling, classify};
