//! Clocks of cases: when something is due, how much of the time is used, and by which rule (`domain.md` A2, A7).
//!
//! Pure: a clock is worked out from a calendar and may be worked out again when the calendar changes. Cases keep what
//! was worked out, so that queues can be sorted by it.

mod rules;
mod shown;

pub use rules::{Counting, Deadlines, Policy, Rule, Stage, Times, extended, run, share, stage};
pub use shown::{ClockView, bowl};
