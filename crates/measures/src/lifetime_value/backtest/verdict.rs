//! What a back-test comes to, in words.

use serde::Serialize;

use super::Backtest;

/// Error of the total that passes, and error that may still serve.
const GOOD: f64 = 0.10;
const FAIR: f64 = 0.25;

/// What a back-test comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The total is met (within 10 %, or as well as chance allows) and customers are told apart better than by supposing
    /// that each goes on at their own pace.
    Sound,
    /// The total is missed by up to 25 %, customers are told apart: good for ranking, with care for sums.
    Usable,
    /// The total is missed by more, or the forecast is no better than each customer's own pace.
    Unsound,
    /// Too few purchases followed to tell.
    Undecided,
}

impl Verdict {
    pub(super) fn of(test: &Backtest) -> Self {
        let Some(interval) = test.bias_interval else { return Self::Undecided };
        let mean = test.actual_total / test.n as f64;
        if interval.width() / 2.0 > FAIR * mean {
            return Self::Undecided;
        }
        let error = test.total_error.map_or(f64::INFINITY, f64::abs);
        if error > FAIR || test.rmse > test.own_pace_rmse {
            return Self::Unsound;
        }
        if error <= GOOD || interval.contains(0.0) { Self::Sound } else { Self::Usable }
    }

    pub(super) fn sentence(self, test: &Backtest) -> String {
        let (expected, actual) = (test.expected_total.round(), test.actual_total);
        let totals = format!("{expected} purchases were expected and {actual} made");
        let error = test.total_error.map_or_else(String::new, |error| format!(" ({:+.0} %)", 100.0 * error));
        let judged = match self {
            Self::Sound => "the model may be trusted for totals and for telling customers apart",
            Self::Usable => "the model tells customers apart, but its totals are to be taken with care",
            Self::Unsound if test.rmse > test.own_pace_rmse => {
                "do not use the model: supposing that each customer goes on at their own pace does better"
            }
            Self::Unsound => "do not use the model: its total is too far off",
            Self::Undecided => "too little was bought afterwards to judge the model",
        };
        format!("{totals}{error}: {judged}.")
    }
}
