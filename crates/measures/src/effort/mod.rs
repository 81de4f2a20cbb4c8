//! Customer Effort Score: how hard it was to get something done.
//!
//! Two questions bear this name and run in opposite directions; they are two types here, so that mixing them does
//! not compile: [`v1`] (2010, 1–5, low is good) and [`v2`] (2.0, 1–7, high is good).
//! Ask right after the task, and show it beside the real effort (contacts, transfers, forms).

pub mod v1;
pub mod v2;

use serde::Serialize;

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// A low mean is good: the question asks for effort.
    LowerIsBetter,
    /// A high mean is good: the question asks for ease.
    HigherIsBetter,
}
