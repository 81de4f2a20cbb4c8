//! Descriptions against the examples beside them.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use measures::ops::{NoFiles, OpInfo, Plot};
use serde_json::Value;

use crate::answer::names;
use crate::operations;

pub(crate) fn example(op: &OpInfo) -> Value {
    serde_json::from_str(op.example).unwrap_or_else(|error| panic!("{}: {error}", op.name))
}

fn result(op: &OpInfo) -> Value {
    op.answer(&example(op), &NoFiles).unwrap_or_else(|refused| panic!("{}: {refused}", op.name))
}

#[test]
fn every_operation_says_what_it_is_for() {
    for op in operations() {
        for (what, text) in [
            ("purpose", op.purpose),
            ("caution", op.caution),
            ("formula", op.formula),
            ("source", op.source),
            ("example", op.example),
        ] {
            assert!(!text.trim().is_empty(), "{} has no {what}", op.name);
        }
        for (what, fields) in [("inputs", op.inputs), ("outputs", op.outputs)] {
            assert!(!fields.is_empty(), "{} has no {what}", op.name);
            let names: HashSet<_> = fields.iter().map(|field| field.name).collect();
            assert_eq!(names.len(), fields.len(), "{}: one of the {what} is described twice", op.name);
            let silent = fields.iter().find(|field| field.meaning.trim().is_empty());
            assert!(silent.is_none(), "{}: {silent:?} means nothing", op.name);
        }
    }
}

/// Every place in a JSON value: names within names joined by full stops, those of items by "[].". The values beside them
/// are the fields at that place.
fn places<'v>(value: &'v Value, path: &str, found: &mut BTreeMap<String, Vec<&'v Value>>) {
    if !path.is_empty() {
        found.entry(path.to_owned()).or_default().push(value);
    }
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let inner = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                places(field, &inner, found);
            }
        }
        Value::Array(items) => {
            for item in items.iter().filter(|item| item.is_object()) {
                let mut inner = BTreeMap::new();
                places(item, "", &mut inner);
                for (name, values) in inner {
                    found.entry(format!("{path}[].{name}")).or_default().extend(values);
                }
            }
        }
        _ => {}
    }
}

/// Whether a place holds names that are told apart.
fn is_nested(values: &[&Value]) -> bool {
    let holds_names = |value: &Value| match value {
        Value::Object(fields) => !fields.is_empty(),
        Value::Array(items) => items.iter().any(Value::is_object),
        _ => false,
    };
    values.iter().any(|value| holds_names(value))
}

#[test]
fn every_field_of_a_result_is_described_and_every_field_described_is_there() {
    for op in operations() {
        let result = result(op);
        let mut found = BTreeMap::new();
        places(&result, "", &mut found);
        let described: BTreeSet<&str> = op.outputs.iter().map(|field| field.name).collect();
        for (path, values) in &found {
            let is_described = described.iter().any(|name| names(name, path));
            assert!(
                is_described || is_nested(values) || is_within_a_whole(&described, path),
                "{}: {path} is not described",
                op.name
            );
        }
        for name in described {
            assert!(found.keys().any(|path| names(name, path)), "{}: the example has no {name}", op.name);
        }
    }
}

/// Whether a place lies within one that is described as a whole: a table keyed by names from the input, a field whose
/// inner ones are those of another.
fn is_within_a_whole(described: &BTreeSet<&str>, path: &str) -> bool {
    let is_whole = |name: &str| !described.iter().any(|other| other.starts_with(&format!("{name}.")));
    let outer = path.match_indices('.').map(|(at, _)| &path[..at]).filter(|outer| !outer.ends_with("[]"));
    outer.flat_map(|outer| described.iter().filter(move |name| names(name, outer))).any(|name| is_whole(name))
}

#[test]
fn examples_use_fields_that_are_described() {
    for op in operations() {
        let input = example(op);
        let mut found = BTreeMap::new();
        places(&input, "", &mut found);
        let described = |path: &str| op.inputs.iter().any(|field| field.name == path);
        for (path, values) in &found {
            let top = path.split(['.', '[']).next().unwrap_or_default();
            assert!(
                described(path) || is_nested(values) || described(top),
                "{}: {path} is not described",
                op.name
            );
        }
    }
}

/// A field by its path, as pictures name it: items of a list by their position.
fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(value, |value, part| match value {
        Value::Array(items) => items.get(part.parse::<usize>().ok()?),
        _ => value.get(part),
    })
}

#[test]
fn pictures_draw_fields_of_the_result() {
    let is_interval = |value: &Value| {
        value.as_array().is_some_and(|both| both.len() == 2 && both.iter().all(Value::is_number))
    };
    for op in operations() {
        let result = result(op);
        let is_there = match op.plot {
            None => true,
            Some(Plot::Interval { value, interval }) => {
                at(&result, value).is_some_and(Value::is_number)
                    && at(&result, interval).is_some_and(is_interval)
            }
            Some(Plot::Bars { values }) => at(&result, values).is_some_and(|values| match values {
                Value::Object(fields) => fields.values().any(Value::is_number),
                Value::Array(items) => items.iter().any(Value::is_number),
                _ => false,
            }),
            Some(Plot::Line { points, x, y, .. }) => {
                at(&result, points).and_then(Value::as_array).is_some_and(|points| {
                    points.len() > 1
                        && points.iter().any(|point| at(point, x).is_some() && at(point, y).is_some())
                })
            }
            Some(Plot::Heat { rows }) => {
                at(&result, rows).and_then(Value::as_array).is_some_and(|rows| !rows.is_empty())
            }
        };
        assert!(is_there, "{}: {:?} draws what the example does not have: {result}", op.name, op.plot);
    }
}
