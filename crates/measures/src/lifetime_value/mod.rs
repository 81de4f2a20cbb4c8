//! Customer lifetime value: who is still a customer, how much they will buy, and what that is worth.
//!
//! - [`Purchases`] makes, of single purchases, what the models need of each customer; [`Histories`] and [`Spending`]
//!   gather customers, equal ones once.
//! - [`BgNbd`] and [`ParetoNbd`] tell how many purchases are to come and whether a silent customer has left;
//!   [`GammaGamma`] what one of them is worth.
//! - [`discounted_value`] puts both together; [`ParetoNbd::discounted_transactions`] without an end;
//!   [`simple_value`] where staying is seen, as in a contract.
//! - [`backtest`] says whether a model deserved belief.
//!
//! # How models are fitted
//!
//! Value, slopes and curvatures of a likelihood come out of one pass over the distinct customers; Newton's steps on the
//! logarithms of the parameters, within a distance they proved right for, then need some ten passes from a rough start
//! and three from a start found on a sample. Chunks of fixed size are added up in order, so that the result is the same
//! whatever the number of cores. docs/decisions/0018 compares it with a general optimiser.
//!
//! # How their expectations are computed
//!
//! The closed forms of the literature are differences of hypergeometric functions, which cancel where the parameters are
//! extreme and divide 0 by 0 at a = 1 or s = 1. Here every expectation is a series or an integral of positive terms.

mod backtest;
mod bg_nbd;
mod chunks;
mod day;
mod discount;
mod fit;
mod gamma_gamma;
mod history;
mod pareto_nbd;
mod prediction;
mod purchases;
mod sample;
mod simple;
mod unique;

pub use backtest::{Backtest, Group, Holdout, Verdict, backtest};
pub use bg_nbd::BgNbd;
pub use day::Day;
pub use discount::{DiscountedValue, Horizon, MOST_PERIODS, discounted_value};
pub use fit::{Fit, FitStatus};
pub use gamma_gamma::{GammaGamma, Spending};
pub use history::{Histories, History};
pub use pareto_nbd::ParetoNbd;
pub use prediction::{CountingModel, Prediction};
pub use purchases::{Customer, Purchases};
pub use simple::{SimpleValue, simple_value};

use crate::Error;

/// A parameter of a model: above 0, and such that its powers stay within a double.
fn checked(what: &'static str, value: f64) -> Result<f64, Error> {
    if (1e-100..=1e100).contains(&value) {
        return Ok(value);
    }
    Err(Error::out_of_range(what, value, "above 0 (1e-100 to 1e100)"))
}
