//! Customers sorted by what they bring and how long they stay, and tiers that do not flicker.

mod ladder;
mod matrix;
mod tiers;

pub use ladder::{Ladder, Side, Standing};
pub use matrix::{Accumulator, ByLabel, Cutoffs, Label, Matrix};
pub use tiers::{Basis, Curve, Customer, Tiers, tiers};
