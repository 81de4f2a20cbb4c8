//! The rooms of this crate by name, on JSON values: what the command line and the interfaces call.
//!
//! Described and run as the operations of `measures` are: see [`measures::ops`].

mod evaluation;
mod model;
mod names;

use std::sync::LazyLock;

use measures::ops::{NoFiles, OpError, OpInfo, run_among};
use serde_json::Value;

use crate::Error;

static OPS: LazyLock<Vec<OpInfo>> = LazyLock::new(|| [model::OPS, evaluation::OPS, names::OPS].concat());

/// Every operation there is.
///
/// ```
/// assert!(linkage::ops::list().iter().any(|op| op.name == "linkage.soundex"));
/// ```
#[must_use]
pub fn list() -> &'static [OpInfo] {
    &OPS
}

/// Runs the operation `op` on a JSON object.
///
/// # Errors
/// `unknown_op` for a name not in [`list`]; `bad_shape` for an input that is no object, misses a field, has one too many
/// or of the wrong type; the codes of [`Error`] for what cannot be computed.
///
/// ```
/// use serde_json::json;
/// let out = linkage::ops::run("linkage.soundex", &json!({"name": "Lefèvre"}))?;
/// assert_eq!(out["key"], "L116");
/// # Ok::<(), measures::ops::OpError>(())
/// ```
pub fn run(op: &str, input: &Value) -> Result<Value, OpError> {
    run_among(list(), op, input, &NoFiles)
}

impl From<Error> for OpError {
    fn from(error: Error) -> Self {
        Self { code: error.code(), message: error.to_string() }
    }
}

#[cfg(test)]
mod tests;
