//! Answers counted once: how many gave each value, by day and by month, site, channel and way of collecting, so
//! that a figure over a year of a million answers reads a few thousand rows.
//!
//! A tally stands beside the answers and never instead of them: what is not tallied yet (today), or has changed since
//! ([`store::outdate`], in the transaction of the change), is read from the answers themselves. So a figure is exact
//! at any moment, and the job only decides how fast it is. [`runs`] says what to read from where.

mod job;
mod rules;
pub mod store;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::SignedDuration;
use kernel::identity::Scope;
use kernel::jobs::{Handler, Recurring};
use kernel::{Day, Id, Result, Tx};

pub use job::refresh;
pub use rules::{Run, Source};

/// Counts what is new or has changed.
pub const JOB: Handler = Handler { name: job::NAME, run: job::run };
/// Its schedule.
pub const OFTEN: Recurring = Recurring { name: job::NAME, every: SignedDuration::from_hours(6) };

/// Name under which whole responses are tallied, whatever they answer.
pub const RESPONSES: &str = "responses";

/// Days to read from one source, for some surveys at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Where from, and which days.
    pub run: Run,
    /// Which surveys.
    pub surveys: Vec<Id>,
}

/// What to read for the days `from ..= to` of `surveys`. `splits` are first days of stretches that must be told
/// apart: no month that holds one within is read as a whole. `by_month` allows months at all.
///
/// # Errors
/// Those of the database.
pub fn readings(
    tx: &mut Tx<'_>,
    surveys: &[Id],
    days: (Day, Day),
    splits: &[Day],
    by_month: bool,
) -> Result<Vec<Reading>> {
    let mut marks = store::marks(tx)?;
    let mut readings: BTreeMap<Run, Vec<Id>> = BTreeMap::new();
    for survey in surveys {
        let mark = marks.remove(survey).unwrap_or_default();
        for run in rules::runs(&mark, days, splits, by_month) {
            readings.entry(run).or_default().push(*survey);
        }
    }
    Ok(readings.into_iter().map(|(run, surveys)| Reading { run, surveys }).collect())
}

/// Responses of a survey within reach by stretches of days, the first first: `(first day, last day, how many)`.
///
/// # Errors
/// Those of the database.
pub fn responses(
    tx: &mut Tx<'_>,
    scope: &Scope,
    survey: Id,
    days: (Day, Day),
    by_month: bool,
) -> Result<Vec<(Day, Day, i64)>> {
    let mut all = Vec::new();
    for reading in readings(tx, &[survey], days, &[], by_month)? {
        all.extend(store::responses(tx, scope, &reading)?);
    }
    all.sort_unstable();
    Ok(all)
}
