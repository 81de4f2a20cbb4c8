//! Tests: could chance alone have made this difference, this relation?
//!
//! A p-value is the probability of a result at least as far from nothing as the one seen, were there nothing to find. It
//! is no probability that the finding is wrong and says nothing of its size: beside each stands a measure of size.
//! All p-values are two-sided unless named otherwise; where a test cannot be made (nothing varies) statistic and p are
//! `None`.

mod multiplicity;
mod sample;
mod welch;

pub use multiplicity::{benjamini_hochberg, holm};
pub use sample::Sample;
pub use welch::{Welch, welch};
