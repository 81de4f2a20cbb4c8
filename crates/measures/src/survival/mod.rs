//! How long things last when some are not over yet: customers who stay, contracts, cases that still run.
//!
//! Leaving out what still runs makes everything look quick; taking it to end now does too. Here each spell counts
//! for the time it has been watched, and no longer.

mod accumulator;
mod curve;
mod logrank;
mod passing;
mod table;
mod watch;

pub use accumulator::Accumulator;
pub use curve::{Spell, Step, SurvivalCurve};
pub use logrank::{LogRank, logrank};
pub use passing::Passing;
pub use table::{Row, Table};
