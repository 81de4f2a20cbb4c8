//! Reading answers of which some are missing.

use serde::Serialize;

use crate::Error;
use crate::tests::Sample;

/// A result, and how many answers were left out because they are missing.
#[derive(Serialize)]
pub(in crate::ops) struct WithMissing<T> {
    #[serde(flatten)]
    pub(in crate::ops) result: T,
    pub(in crate::ops) missing: u64,
}

/// Adds up a list of answers, `null` if missing.
pub(in crate::ops) fn sample(answers: &[Option<f64>]) -> Result<Sample, Error> {
    let mut all = Sample::new();
    for answer in answers {
        match answer {
            Some(value) => all.push(*value)?,
            None => all.push_missing(1)?,
        }
    }
    Ok(all)
}

/// The answers that were given, and how many were not.
pub(in crate::ops) fn present(answers: &[Option<f64>]) -> (Vec<f64>, u64) {
    let given: Vec<f64> = answers.iter().flatten().copied().collect();
    let missing = answers.len() - given.len();
    (given, missing as u64)
}
