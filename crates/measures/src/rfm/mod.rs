//! Recency, frequency, money: three scores from 1 to 5 for every customer, 5 the best.
//!
//! Scores by rank move when other customers do; scores by fixed cuts do not. Either way the rule for ties is named:
//! programs that leave it to the order of rows give one customer two scores.

mod history;
mod score;

pub use history::{Bought, History};
pub use score::{Customer, Cuts, Method, Score, scores};
