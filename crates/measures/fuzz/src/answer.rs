//! What every answer must be, whatever was asked: shared by the fuzz targets and the tests.

use measures::ops::{OpError, OpInfo};
use serde_json::Value;

/// Codes an operation may refuse with.
const CODES: [&str; 15] = [
    "bad_shape",
    "cyclic",
    "empty_category",
    "empty_sample",
    "not_found",
    "out_of_range",
    "singular",
    "ties_in_exact",
    "too_few",
    "unknown_category",
    "unknown_op",
    "unreadable",
    "zero_margin",
    "zero_variance",
    "zero_weight",
];
/// Bytes of an answer at most: so many, and so many for each byte of the question.
const ANSWER_BYTES: usize = 65_536;
const ANSWER_BYTES_EACH: usize = 64;

/// What is wrong with an answer; `None` when nothing is.
///
/// A null may stand only in a field said to be null at times: elsewhere it is a NaN or an infinity that slipped through.
pub(crate) fn complaint(op: &OpInfo, input: &Value, answer: &Result<Value, OpError>) -> Option<String> {
    match answer {
        Err(refusal) if !CODES.contains(&refusal.code) => Some(format!("unknown code {}", refusal.code)),
        Err(refusal) if refusal.message.is_empty() => Some("a refusal without a reason".to_owned()),
        // JSON knows no NaN: one in a message that quotes none was made inside.
        Err(refusal) if refusal.message.contains("NaN") && !input.to_string().contains("NaN") => {
            Some(format!("NaN inside: {}", refusal.message))
        }
        Err(_) => None,
        Ok(answer) => {
            let (asked, said) = (input.to_string().len(), answer.to_string().len());
            if said > ANSWER_BYTES + ANSWER_BYTES_EACH * asked {
                return Some(format!("{said} bytes in answer to {asked}"));
            }
            unexplained(op, "", answer)
        }
    }
}

/// The first null whose field does not say that it may be one.
fn unexplained(op: &OpInfo, path: &str, value: &Value) -> Option<String> {
    match value {
        Value::Null if !may_be_null(op, path) => Some(format!("{path} is null")),
        Value::Array(items) => {
            let inner = |item: &Value| if item.is_object() { format!("{path}[]") } else { path.to_owned() };
            items.iter().find_map(|item| unexplained(op, &inner(item), item))
        }
        Value::Object(fields) => {
            let inner = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            fields.iter().find_map(|(name, value)| unexplained(op, &inner(name), value))
        }
        _ => None,
    }
}

fn may_be_null(op: &OpInfo, path: &str) -> bool {
    described(op, path).is_some_and(|meaning| meaning.contains("null"))
}

/// What the operation says of a field of its result, or of the field it lies within.
fn described(op: &OpInfo, path: &str) -> Option<&'static str> {
    let exact = op.outputs.iter().find(|field| names(field.name, path));
    exact.map(|field| field.meaning).or_else(|| {
        let (outer, _) = path.rsplit_once('.')?;
        described(op, outer).or_else(|| described(op, outer.trim_end_matches("[]")))
    })
}

/// Whether a described name is that of a path; `*` stands for a name that comes from the input.
pub(crate) fn names(name: &str, path: &str) -> bool {
    match (name.split_once('.'), path.split_once('.')) {
        (None, None) => name == path || name == "*",
        (Some(("*", name_rest)), Some((_, rest))) => {
            // Names from the input may hold full stops themselves.
            names(name_rest, rest)
                || rest.split_once('.').is_some_and(|(_, rest)| names(name, &format!("x.{rest}")))
        }
        (Some((first, name_rest)), Some((other, rest))) => first == other && names(name_rest, rest),
        _ => false,
    }
}
