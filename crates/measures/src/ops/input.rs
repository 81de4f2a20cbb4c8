//! Reading inputs and writing outputs.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::OpError;
use crate::{Confidence, Error, MAX_COUNT, Scale};

/// Reads the input object into the operation's own struct, which must refuse unknown fields.
///
/// # Errors
/// `bad_shape` for what is no object or does not fit the struct.
pub fn read<T: DeserializeOwned>(input: &Value) -> Result<T, OpError> {
    if !input.is_object() {
        return Err(OpError::bad_shape("the input must be a JSON object"));
    }
    T::deserialize(input).map_err(|error| OpError::bad_shape(error.to_string()))
}

/// Writes a result.
///
/// # Errors
/// `bad_shape` for what JSON cannot hold.
pub fn write<T: Serialize>(output: T) -> Result<Value, OpError> {
    serde_json::to_value(output).map_err(|error| OpError::bad_shape(error.to_string()))
}

pub(super) fn confidence(level: Option<f64>) -> Result<Confidence, Error> {
    level.map_or(Ok(Confidence::default()), Confidence::new)
}

/// A count given as any JSON number: refused (not rounded) when negative, fractional or above 2⁵³.
pub(super) fn count(what: &'static str, value: f64) -> Result<u64, Error> {
    if value >= 0.0 && value <= MAX_COUNT as f64 && value.fract() == 0.0 {
        return Ok(value as u64);
    }
    Err(Error::out_of_range(what, value, "a whole number from 0 to 2^53"))
}

/// A scale given as `[min, max]`.
pub(super) fn scale([min, max]: [f64; 2]) -> Result<Scale, Error> {
    Scale::new(bound("scale minimum", min)?, bound("scale maximum", max)?)
}

fn bound(what: &'static str, value: f64) -> Result<i64, Error> {
    if value.fract() == 0.0 && value.abs() <= MAX_COUNT as f64 {
        return Ok(value as i64);
    }
    Err(Error::out_of_range(what, value, "a whole number"))
}

/// Hands each answer of a list to `push`, each `null` to `missing`.
pub(super) fn each_answer<A>(
    accumulator: &mut A,
    answers: &[Option<f64>],
    mut push: impl FnMut(&mut A, f64) -> Result<(), Error>,
    mut missing: impl FnMut(&mut A, u64) -> Result<(), Error>,
) -> Result<(), Error> {
    for answer in answers {
        match answer {
            Some(value) => push(accumulator, *value)?,
            None => missing(accumulator, 1)?,
        }
    }
    Ok(())
}
