//! Fitting the Pareto/NBD model.

use super::{ParetoNbd, likelihood};
use crate::Error;
use crate::lifetime_value::fit::{Fit, bounds, from_starts, standard_errors};
use crate::lifetime_value::history::Histories;
use crate::lifetime_value::sample::{Pace, systematic};
use crate::maximise::{Ending, Local};

/// Distinct histories enough to find the neighbourhood of the maximum.
const SAMPLE: usize = 500;

pub(super) fn fit(histories: &Histories) -> Result<Fit<ParetoNbd>, Error> {
    let rows = histories.rows();
    let pace = Pace::of(&rows)?;
    let unit = pace.time(1.0);
    // Few differ much in rate or all do; they leave soon, late, or it cannot be told.
    let starts = [
        [0.5, 0.4 * unit, 0.6, 0.4 * unit],
        [2.0, 1.5 * unit, 0.3, unit],
        [0.2, 0.1 * unit, 2.0, 2.0 * unit],
    ];
    let local_of = |rows: &[_], [r, alpha, s, beta]: [f64; 4]| -> Local<4> {
        likelihood::local(&ParetoNbd { r, alpha, s, beta }, rows)
    };
    let sample = systematic(&rows, SAMPLE);
    let sampled = sample.as_deref().map(|sample| |logs: &[f64; 4]| local_of(sample, logs.map(f64::exp)));
    let whole = |logs: &[f64; 4]| local_of(&rows, logs.map(f64::exp));
    let found = from_starts(&starts, &bounds([1.0, unit, 1.0, unit]), sampled, whole)
        .ok_or(Error::NotFound { what: "the likelihood is not finite at any start" })?;
    let [r, alpha, s, beta] = found.at.map(f64::exp);
    Ok(Fit {
        params: ParetoNbd { r, alpha, s, beta },
        log_likelihood: found.local.value,
        n: histories.n(),
        missing: histories.missing(),
        converged: found.ending == Ending::Converged,
        status: found.ending.into(),
        standard_errors: standard_errors(&found).map(|[r, alpha, s, beta]| ParetoNbd { r, alpha, s, beta }),
        evaluations: found.evaluations,
    })
}
