//! Fitting the BG/NBD model.

use super::{BgNbd, likelihood};
use crate::Error;
use crate::lifetime_value::fit::{Fit, bounds, from_starts, standard_errors};
use crate::lifetime_value::history::Histories;
use crate::lifetime_value::sample::{Pace, systematic};
use crate::maximise::{Ending, Local};

/// Distinct histories enough to find the neighbourhood of the maximum.
const SAMPLE: usize = 500;

pub(super) fn fit(histories: &Histories) -> Result<Fit<BgNbd>, Error> {
    let rows = histories.rows();
    let pace = Pace::of(&rows)?;
    // Few differ much in rate or all do; they leave soon, late, or it cannot be told.
    let starts = [
        [0.4, 0.25 * pace.time(0.4), 1.0, 3.0],
        [2.0, 0.7 * pace.time(2.0), 0.4, 4.0],
        [0.15, 0.1 * pace.time(0.15), 3.0, 6.0],
    ];
    let local_of = |rows: &[_], [r, alpha, a, b]: [f64; 4]| -> Local<4> {
        likelihood::local(&BgNbd { r, alpha, a, b }, rows)
    };
    let sample = systematic(&rows, SAMPLE);
    let sampled = sample.as_deref().map(|sample| |logs: &[f64; 4]| local_of(sample, logs.map(f64::exp)));
    let whole = |logs: &[f64; 4]| local_of(&rows, logs.map(f64::exp));
    let found = from_starts(&starts, &bounds([1.0, pace.time(1.0), 1.0, 1.0]), sampled, whole)
        .ok_or(Error::NotFound { what: "the likelihood is not finite at any start" })?;
    let [r, alpha, a, b] = found.at.map(f64::exp);
    Ok(Fit {
        params: BgNbd { r, alpha, a, b },
        log_likelihood: found.local.value,
        n: histories.n(),
        missing: histories.missing(),
        converged: found.ending == Ending::Converged,
        status: found.ending.into(),
        standard_errors: standard_errors(&found).map(|[r, alpha, a, b]| BgNbd { r, alpha, a, b }),
        evaluations: found.evaluations,
    })
}
