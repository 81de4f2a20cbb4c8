//! The measures by name, on JSON values: what the command line and the interfaces call.
//!
//! An input is a JSON object; fields that are not known are refused, so that a misspelt option never passes
//! silently. `confidence` may be left out and is 0.95 then. In lists of answers `null` is a missing answer.
//! Numbers of the output are the nearest doubles, written so that they read back exactly; `null` is undefined and
//! `"inf"` lies beyond every bound.
//!
//! Another crate may describe operations of its own with the same [`OpInfo`], read and write them with [`read`] and
//! [`write`], and run them with [`run_among`]: whoever lists, explains and runs operations need not know whose they are.

mod agreement;
mod calendar;
mod capacity;
mod concentration;
mod effort;
mod files;
mod importance_performance;
mod input;
mod kano;
mod lifetime_value;
mod mirror;
mod nps;
mod orientation;
mod path_model;
mod portfolio;
mod proportion;
mod queueing;
mod recovery;
mod retention;
mod rfm;
mod sampling;
mod satisfaction;
mod service_quality;
mod statistics;
mod survival;

use std::sync::LazyLock;

use serde::Serialize;
use serde_json::Value;

pub use self::files::{Files, NoFiles};
pub use self::input::{read, write};
use crate::Error;

/// One operation: what it is for, what goes in, what comes out, how it is computed, after whom.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct OpInfo {
    /// Name, such as `nps.summary`.
    pub name: &'static str,
    /// What it tells and how to read the result, for a reader who is no statistician.
    pub purpose: &'static str,
    /// When not to use it, and what misleads.
    pub caution: &'static str,
    /// Fields of the input object.
    pub inputs: &'static [OpField],
    /// Fields of the result.
    pub outputs: &'static [OpField],
    /// Formula in plain text.
    pub formula: &'static str,
    /// Primary source: author, year, title.
    pub source: &'static str,
    /// An input that can be tried as it stands, in JSON.
    pub example: &'static str,
    /// How a person sees the result best, beside the table.
    pub plot: Option<Plot>,
    /// How it is computed.
    #[serde(skip)]
    pub run: Run,
}

impl OpInfo {
    /// Runs it on a JSON object; a field `data` of the input may name a file that `files` lends.
    ///
    /// # Errors
    /// As [`run_with`], `unknown_op` aside.
    pub fn answer(&self, input: &Value, files: &dyn Files) -> Result<Value, OpError> {
        match self.run {
            Run::Alone(run) => run(input),
            Run::WithFiles(run) => run(input, files),
        }
    }
}

/// One field of an operation's input or result.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct OpField {
    /// Name of the field; fields within a field are joined by a full stop, and those of each item of a list by `[].`.
    pub name: &'static str,
    /// Type, unit, range and default, in words.
    pub meaning: &'static str,
}

/// A small picture of a result: which fields of it are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Plot {
    /// A value with its interval, on a scale.
    Interval {
        /// Field with the value.
        value: &'static str,
        /// Field with `[low, high]`.
        interval: &'static str,
    },
    /// One bar for each number of a list or of an object.
    Bars {
        /// Field with the numbers.
        values: &'static str,
    },
    /// A line through points; the curve falls or rises in steps when `steps`.
    Line {
        /// Field with the list of points.
        points: &'static str,
        /// Field of a point, or its position in a pair, along the line.
        x: &'static str,
        /// The same for the height.
        y: &'static str,
        /// Whether the curve keeps its height until the next point.
        steps: bool,
    },
    /// A table of shares, shaded.
    Heat {
        /// Field with the list of rows.
        rows: &'static str,
    },
}

/// How an operation is computed.
#[derive(Debug, Clone, Copy)]
pub enum Run {
    /// From the input alone.
    Alone(fn(&Value) -> Result<Value, OpError>),
    /// From the input and files it may name.
    WithFiles(fn(&Value, &dyn Files) -> Result<Value, OpError>),
}

/// Why an operation gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{code}: {message}")]
pub struct OpError {
    /// Stable code: `unknown_op`, `bad_shape`, `unreadable` (a file), or a code of the operation's own errors, such as
    /// [`Error`].
    pub code: &'static str,
    /// For developers, in English.
    pub message: String,
}

impl OpError {
    /// The input is not of the shape that is described.
    pub fn bad_shape(message: impl Into<String>) -> Self {
        Self { code: "bad_shape", message: message.into() }
    }
}

impl From<Error> for OpError {
    fn from(error: Error) -> Self {
        Self { code: error.code(), message: error.to_string() }
    }
}

/// Each room of the crate adds its operations here.
static OPS: LazyLock<Vec<OpInfo>> = LazyLock::new(|| {
    let rooms: &[&[OpInfo]] = &[
        nps::OPS,
        satisfaction::OPS,
        effort::OPS,
        orientation::OPS,
        proportion::OPS,
        sampling::OPS,
        service_quality::OPS,
        kano::OPS,
        importance_performance::OPS,
        path_model::OPS,
        agreement::OPS,
        mirror::OPS,
        queueing::OPS,
        capacity::OPS,
        retention::OPS,
        calendar::OPS,
        survival::OPS,
        rfm::OPS,
        concentration::OPS,
        portfolio::OPS,
        lifetime_value::OPS,
    ];
    [rooms, statistics::OPS, recovery::OPS].concat().concat()
});

/// Every operation there is.
///
/// ```
/// assert!(measures::ops::list().iter().any(|op| op.name == "nps.summary"));
/// ```
#[must_use]
pub fn list() -> &'static [OpInfo] {
    &OPS
}

/// Runs the operation `op` on a JSON object.
///
/// # Errors
/// `unknown_op` for a name not in [`list`]; `bad_shape` for an input that is no object, misses a field, has one
/// too many or of the wrong type; the codes of [`Error`] for what cannot be computed.
///
/// ```
/// use serde_json::json;
/// let out = measures::ops::run("nps.summary", &json!({"answers": [10, 9, 8, 3], "confidence": 0.95}))?;
/// assert_eq!(out["nps"], 25.0); // 2 of 4 for, 1 of 4 against
/// assert_eq!(measures::ops::run("nps.sumary", &json!({})).unwrap_err().code, "unknown_op");
/// # Ok::<(), measures::ops::OpError>(())
/// ```
pub fn run(op: &str, input: &Value) -> Result<Value, OpError> {
    run_with(op, input, &NoFiles)
}

/// As [`run`]; a field `data` of the input names a file that `files` lends.
///
/// # Errors
/// As [`run`], and `unreadable` for a file that is not lent.
pub fn run_with(op: &str, input: &Value, files: &dyn Files) -> Result<Value, OpError> {
    run_among(list(), op, input, files)
}

/// As [`run_with`], for the operations of `ops`.
///
/// # Errors
/// As [`run_with`].
pub fn run_among(ops: &[OpInfo], op: &str, input: &Value, files: &dyn Files) -> Result<Value, OpError> {
    let Some(info) = ops.iter().find(|info| info.name == op) else {
        return Err(OpError { code: "unknown_op", message: format!("there is no operation named {op:?}") });
    };
    info.answer(input, files)
}

const CONFIDENCE: OpField =
    OpField { name: "confidence", meaning: "number above 0 and below 1; 0.95 if left out" };

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn names_are_unique() {
        let names: HashSet<_> = list().iter().map(|op| op.name).collect();
        assert_eq!(names.len(), list().len());
    }

    #[test]
    fn a_field_too_many_or_too_few_is_refused() {
        for input in [json!({}), json!([[9], 0.95]), json!(null), json!({"answers": [9], "confidense": 0.9})]
        {
            assert_eq!(run("nps.summary", &input).unwrap_err().code, "bad_shape", "{input}");
        }
        let level = json!({"answers": [9], "confidence": 95});
        assert_eq!(run("nps.summary", &level).unwrap_err().code, "out_of_range");
    }

    #[test]
    fn confidence_is_95_percent_when_left_out() {
        let plain =
            run("csat.summary", &json!({"ratings": [5, 3], "scale": [1, 5], "top_boxes": 2})).unwrap();
        let same = json!({"ratings": [5, 3], "scale": [1, 5], "top_boxes": 2, "confidence": 0.95});
        assert_eq!(plain, run("csat.summary", &same).unwrap());
    }

    #[test]
    fn every_described_field_is_known_to_its_operation() {
        // An input made of all described fields, each null, must not be refused for an unknown field.
        for op in list() {
            let fields = op.inputs.iter().filter(|input| !input.name.contains(['.', '[']));
            let fields = fields.map(|input| (input.name.to_owned(), Value::Null));
            let refused = run(op.name, &Value::Object(fields.collect())).unwrap_err();
            assert!(!refused.message.contains("unknown field"), "{}: {refused}", op.name);
        }
    }

    proptest! {
        #[test]
        fn printed_numbers_read_back_exactly(answers in prop::collection::vec(0i64..=10, 1..30)) {
            let out = run("nps.summary", &json!({ "answers": answers })).unwrap();
            let back: Value = serde_json::from_str(&out.to_string()).unwrap();
            prop_assert_eq!(back, out);
        }
    }
}
