//! What every operation owes its callers: a description that fits, and an answer to whatever is asked.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use measures::ops::{self, OpInfo, Plot};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

#[path = "../fuzz/src/answer.rs"]
mod answer;

/// Processor seconds an operation may take, unoptimised, on the largest input made here.
const MOST_SECONDS: f64 = 5.0;

fn example(op: &OpInfo) -> Value {
    serde_json::from_str(op.example).unwrap_or_else(|error| panic!("{}: {error}", op.name))
}

fn result(op: &OpInfo) -> Value {
    ops::run(op.name, &example(op)).unwrap_or_else(|refused| panic!("{}: {refused}", op.name))
}

#[test]
fn every_operation_says_what_it_is_for() {
    for op in ops::list() {
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
    for op in ops::list() {
        let result = result(op);
        let mut found = BTreeMap::new();
        places(&result, "", &mut found);
        let described: BTreeSet<&str> = op.outputs.iter().map(|field| field.name).collect();
        for (path, values) in &found {
            // A table keyed by names that come from the input is described as a whole.
            let by_the_whole = described.iter().any(|name| {
                let rest = path.strip_prefix(name).and_then(|rest| rest.strip_prefix('.'));
                rest.is_some() && !described.iter().any(|other| other.starts_with(&format!("{name}.")))
            });
            let is_described = described.contains(path.as_str()) || is_nested(values) || by_the_whole;
            assert!(is_described, "{}: {path} is not described", op.name);
        }
        for name in described {
            assert!(found.contains_key(name), "{}: the example has no {name}", op.name);
        }
    }
}

#[test]
fn examples_use_fields_that_are_described() {
    for op in ops::list() {
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
    for op in ops::list() {
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

/// Processor time of this thread; the clock on the wall would count what else the machine does. `None` where the system
/// does not tell.
fn processor_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds / 1e9)
}

/// Runs an operation and says what is wrong with the answer.
fn asked(op: &OpInfo, input: &Value) -> Result<(), TestCaseError> {
    let before = processor_seconds();
    let answer = ops::run(op.name, input);
    let seconds = before.zip(processor_seconds()).map_or(0.0, |(before, after)| after - before);
    let shown: String = input.to_string().chars().take(2_000).collect();
    prop_assert!(seconds < MOST_SECONDS, "{} took {seconds} s of processor time for {shown}", op.name);
    if let Some(wrong) = answer::complaint(op, input, &answer) {
        return Err(TestCaseError::fail(format!("{}: {wrong}: {shown}", op.name)));
    }
    Ok(())
}

#[test]
fn examples_are_answered_without_complaint() {
    for op in ops::list() {
        asked(op, &example(op)).unwrap();
    }
}

/// One thing done to an input, somewhere in it.
#[derive(Debug, Clone)]
enum Change {
    Replace(Value),
    Drop,
    Nest(usize),
    Scale(f64),
    Empty,
    Repeat(usize),
    Rename,
    Swap(Index),
}

fn hostile() -> impl Strategy<Value = Value> {
    let numbers = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.5,
        2.0,
        1e308,
        -1e308,
        5e-324,
        -5e-324,
        1e-100,
        1e-101,
        1e100,
        1e101,
        1e15,
        9_007_199_254_740_992.0,
        9_007_199_254_740_994.0,
        1.0 - f64::EPSILON / 2.0,
        1.0 + f64::EPSILON,
        1e-16,
        1e6,
        1e8,
        1e9,
        4_294_967_296.0,
        0.1,
        100.0,
        101.0,
    ];
    let others = [
        json!(null),
        json!(true),
        json!([]),
        json!({}),
        json!(""),
        json!("inf"),
        json!("never"),
        json!("NaN"),
        json!("2024-02-30"),
        json!("9999-12-31"),
        json!("0000-01-01"),
        json!(u64::MAX),
        json!(i64::MIN),
        json!([null]),
        json!([1e308, -1e308]),
        json!("é".repeat(3_000)),
    ];
    prop_oneof![4 => select(numbers.to_vec()).prop_map(Value::from), 2 => select(others.to_vec()), 1 => any::<f64>().prop_map(Value::from)]
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        6 => hostile().prop_map(Change::Replace),
        1 => Just(Change::Drop),
        1 => select(vec![1, 3, 60]).prop_map(Change::Nest),
        2 => select(vec![-1.0, 0.0, 1e-300, 1e-12, 0.5, 3.0, 1e6, 1e12, 1e300]).prop_map(Change::Scale),
        1 => Just(Change::Empty),
        2 => select(vec![2, 3, 50, 2_000]).prop_map(Change::Repeat),
        1 => Just(Change::Rename),
        1 => any::<Index>().prop_map(Change::Swap),
    ]
}

/// Places in a value, itself included.
fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(fields) => fields.values().map(size).sum(),
        _ => 0,
    }
}

/// The value at a place, counted in the order of [`size`].
fn place(value: &mut Value, mut index: usize) -> &mut Value {
    if index == 0 {
        return value;
    }
    index -= 1;
    let inner: Vec<&mut Value> = match value {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(fields) => fields.values_mut().collect(),
        _ => unreachable!("counted by size"),
    };
    for field in inner {
        let within = size(field);
        if index < within {
            return place(field, index);
        }
        index -= within;
    }
    unreachable!("counted by size")
}

fn apply(input: &mut Value, index: &Index, change: &Change) {
    let all = size(input);
    let other = match change {
        Change::Swap(other) => place(input, other.index(all)).clone(),
        _ => Value::Null,
    };
    // Not the input as a whole, which would be refused at the door.
    let target = place(input, if all > 1 { 1 + index.index(all - 1) } else { 0 });
    match change {
        Change::Replace(value) => *target = value.clone(),
        Change::Nest(times) => (0..*times).for_each(|_| *target = json!([target.take()])),
        Change::Swap(_) => *target = other,
        Change::Drop | Change::Rename | Change::Empty | Change::Repeat(_) | Change::Scale(_) => {
            match target {
                Value::Object(fields) => reshape(fields, index, change),
                Value::Array(items) => match change {
                    Change::Drop => drop(items.pop()),
                    Change::Empty => items.clear(),
                    Change::Repeat(times) if !items.is_empty() => {
                        *items = items.iter().cycle().take(*times).cloned().collect()
                    }
                    Change::Scale(factor) => items.iter_mut().for_each(|item| scale(item, *factor)),
                    _ => {}
                },
                value => match change {
                    Change::Scale(factor) => scale(value, *factor),
                    _ => *value = Value::Null,
                },
            }
        }
    }
}

fn reshape(fields: &mut Map<String, Value>, index: &Index, change: &Change) {
    let Some(name) =
        (!fields.is_empty()).then(|| fields.keys().nth(index.index(fields.len())).cloned()).flatten()
    else {
        return;
    };
    match change {
        Change::Drop => drop(fields.remove(&name)),
        Change::Empty => fields.clear(),
        Change::Rename => {
            let value = fields.remove(&name).unwrap_or_default();
            fields.insert(name + "_", value);
        }
        _ => {}
    }
}

fn scale(value: &mut Value, factor: f64) {
    if let Some(number) = value.as_f64() {
        *value = json!(number * factor);
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-2.0..12.0f64).prop_map(Value::from),
        (0i64..12).prop_map(Value::from),
        ".{0,3}".prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 12, 5, |inner| prop::collection::vec(inner, 0..5).prop_map(Value::from))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, max_shrink_iters: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_example_however_mangled_is_answered_or_refused(
        index in any::<Index>(), changes in prop::collection::vec((any::<Index>(), change()), 1..4),
    ) {
        let op = index.get(ops::list());
        let mut input = example(op);
        for (at, change) in &changes {
            apply(&mut input, at, change);
            // Repeating what was repeated would make millions.
            if size(&input) > 20_000 {
                break;
            }
        }
        asked(op, &input)?;
    }

    #[test]
    fn any_json_is_answered_or_refused(values in prop::collection::vec(any_json(), 8), index in any::<Index>()) {
        let op = index.get(ops::list());
        let fields = op.inputs.iter().filter(|input| !input.name.contains(['.', '[']));
        let fields = fields.zip(values).map(|(input, value)| (input.name.to_owned(), value));
        asked(op, &Value::Object(fields.collect()))?;
    }
}
