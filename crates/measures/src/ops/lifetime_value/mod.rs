//! Customer lifetime value.

mod backtest;
mod counting;
mod input;
mod money;
mod predict;

use super::OpInfo;

pub(super) const OPS: &[OpInfo] = &[
    counting::BG_LOG_LIKELIHOOD,
    counting::BG_FIT,
    counting::PARETO_LOG_LIKELIHOOD,
    counting::PARETO_FIT,
    predict::BG_PREDICT,
    predict::BG_COUNTS,
    predict::PARETO_PREDICT,
    predict::DERT,
    money::GAMMA_FIT,
    money::GAMMA_MEAN,
    money::DISCOUNTED,
    money::SIMPLE,
    backtest::SUMMARY,
    backtest::BACKTEST,
];

#[cfg(test)]
mod tests;
