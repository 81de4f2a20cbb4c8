//! Inputs made hostile.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

/// One thing done to an input, somewhere in it.
#[derive(Debug, Clone)]
pub(crate) enum Change {
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

pub(crate) fn change() -> impl Strategy<Value = Change> {
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
pub(crate) fn size(value: &Value) -> usize {
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

pub(crate) fn apply(input: &mut Value, index: &Index, change: &Change) {
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
