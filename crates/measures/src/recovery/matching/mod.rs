//! The effect of recovery against customers who are alike but for it.
//!
//! Who complains and is recovered differs from who never complained: longest with the firm, buying most, asking most.
//! A plain difference mixes that with the effect. Here every recovered customer is set beside others like them, and the
//! balance table shows how alike they were before and after. What was not measured stays unbalanced.

mod balance;
mod cells;
mod nearest;
mod strata;
mod tree;

use serde::Serialize;

pub use self::balance::Balance;
pub use self::nearest::{Customer, MAX_COVARIATES, matched_effect};
pub use self::strata::{InStratum, stratified_effect};
use crate::{Confidence, DefinitionId, Error, Interval};

/// Outcomes and covariates lie within ± this, so that sums of their squares are finite.
const LARGEST: f64 = 1e100;

/// Effect of recovery on those recovered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatchedEffect {
    /// Recovered customers.
    pub recovered: u64,
    /// Customers to compare with.
    pub others: u64,
    /// Recovered customers for whom somebody alike was found: the effect is theirs.
    pub matched: u64,
    /// Recovered customers for whom nobody was alike enough; they are left out.
    pub unmatched: u64,
    /// Others set beside at least one recovered customer.
    pub others_used: u64,
    /// Mean outcome of all recovered − mean of all others: what a comparison without matching would say.
    pub naive_difference: f64,
    /// Mean of the matched recovered customers' outcome − that of their matches, in the unit of the outcome; `None`
    /// when nobody is matched.
    pub effect: Option<f64>,
    /// Standard error of the effect; `None` with fewer than two matched, or when no spread can be told.
    pub se: Option<f64>,
    /// effect ± t·se; `None` with the standard error.
    pub ci: Option<Interval>,
    /// How alike both sides are, before and after.
    pub balance: Vec<Balance>,
}

impl MatchedEffect {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("matched_effect", 1);
}

/// Standard error and interval from a variance and its degrees of freedom.
fn interval(effect: f64, variance: f64, df: f64, confidence: Confidence) -> (f64, Interval) {
    let se = variance.sqrt();
    (se, Interval::around(effect, if se > 0.0 { confidence.student_t(df) * se } else { 0.0 }))
}

/// A number whose square stays finite, 0 for −0.
fn bounded(what: &'static str, value: f64) -> Result<f64, Error> {
    if value.abs() <= LARGEST {
        return Ok(value + 0.0);
    }
    Err(Error::out_of_range(what, value, "a number within ±1e100"))
}

fn at_least_two(what: &'static str, n: usize) -> Result<(), Error> {
    if n < 2 {
        return Err(Error::TooFew { what, n: n as u64, least: 2 });
    }
    Ok(())
}

/// Mean and sum of squared deviations, always in the order given.
fn spread(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    // The second sum takes back what rounding left in the mean.
    let rest = values.iter().map(|value| value - mean).sum::<f64>() / n;
    let mean = mean + rest;
    (mean, values.iter().map(|value| (value - mean) * (value - mean)).sum())
}

#[cfg(test)]
mod tests;
