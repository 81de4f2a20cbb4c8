//! Do several measure the same: questions of one scale, readers of one text?

mod cronbach;
mod kappa;
mod krippendorff;

pub use cronbach::{CronbachAlpha, Items};
pub use kappa::{Disagreement, Kappa, TwoRaters};
pub use krippendorff::{KrippendorffAlpha, Level, Ratings};
