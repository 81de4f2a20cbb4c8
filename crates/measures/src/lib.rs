//! Measures of customer relations, as pure mathematics: no input or output, no clock, no async.
//!
//! One folder or file per measure, and the same anatomy in each:
//!
//! - an `Accumulator` takes answers one by one (`push`), by groups as a database `GROUP BY` gives them
//!   (`push_count`, `push_group`), counts what is missing (`push_missing`) and takes over another accumulator
//!   (`merge`), in any order, with the same result;
//! - `summary(confidence)` closes it: a plain struct of numbers, serialisable, with its n and its intervals;
//! - `DEFINITION` names the measure and the version of its formula: figures of two definitions are never trended.
//!
//! Units: a share is 0 to 1, a net score is in points (−100 to 100), an index runs from 0 to 100.
//! What is undefined (a spread with one answer, a test without variance) is `None`, never 0 and never NaN.
//! Nothing here panics on any input; what cannot be computed is an [`Error`] with a stable code.
//!
//! [`ops`] offers the same functions by name on JSON values.
//!
//! | Asked | Rooms |
//! |---|---|
//! | What do customers say? | [`nps`], [`satisfaction`], [`effort`], [`orientation`], [`proportion`] |
//! | Is the service what they expected? | [`service_quality`], [`mirror`], [`kano`], [`importance_performance`], [`path_model`] |
//! | Do they stay? | [`retention`], [`survival`] |
//! | What are they worth? | [`rfm`], [`concentration`], [`portfolio`], [`lifetime_value`] |
//! | Were they helped, in time and fairly? | [`recovery`], [`queueing`], [`capacity`] |
//! | Is it more than chance? | [`tests`], [`sampling`], [`agreement`] |
#![forbid(unsafe_code)]

mod amount;
mod beta;
mod confidence;
mod count;
mod day;
mod decimal;
mod definition;
mod distribution;
mod error;
mod interval;
mod least_squares;
mod maximise;
mod moments;
mod quantile;
mod ranks;
mod scale;
mod sorted_counts;
mod special;
mod spread;
mod sum;
mod tally;
mod twins;
mod unbounded;

pub mod agreement;
pub mod capacity;
pub mod concentration;
pub mod effort;
pub mod importance_performance;
pub mod kano;
pub mod lifetime_value;
pub mod mirror;
pub mod nps;
pub mod ops;
pub mod orientation;
pub mod path_model;
pub mod portfolio;
pub mod proportion;
pub mod queueing;
pub mod recovery;
pub mod retention;
pub mod rfm;
pub mod sampling;
pub mod satisfaction;
pub mod service_quality;
pub mod survival;
pub mod tests;

pub use confidence::Confidence;
pub use count::MAX_COUNT;
pub use day::{Day, Month};
pub use definition::DefinitionId;
pub use error::Error;
pub use interval::Interval;
pub use scale::Scale;
pub use unbounded::Unbounded;
