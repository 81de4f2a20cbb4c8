//! What an operation says of itself is true: its example runs, and its result has the fields it describes, no more and
//! no less.

use std::collections::BTreeSet;

use measures::ops;
use serde_json::Value;

/// Rooms held to it.
const ROOMS: [&str; 4] = ["retention.", "rfm.", "pareto.", "portfolio."];

/// Names of all fields within a value, those of items of a list with `[]`.
fn fields(value: &Value, prefix: &str, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(own) => {
            for (name, value) in own {
                let name = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
                fields(value, &name, names);
                names.insert(name);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| fields(item, &format!("{prefix}[]"), names)),
        _ => {}
    }
}

#[test]
fn examples_run_and_results_have_the_fields_described() {
    for op in ops::list().iter().filter(|op| ROOMS.iter().any(|room| op.name.starts_with(room))) {
        for text in [op.purpose, op.caution, op.formula, op.source, op.example] {
            assert!(!text.is_empty(), "{}", op.name);
        }
        let example: Value = serde_json::from_str(op.example).unwrap();
        let result = ops::run(op.name, &example).unwrap();
        let mut names = BTreeSet::new();
        fields(&result, "", &mut names);
        let described: BTreeSet<String> = op.outputs.iter().map(|field| field.name.to_owned()).collect();
        assert_eq!(names, described, "{}", op.name);
        for field in example.as_object().unwrap().keys() {
            assert!(op.inputs.iter().any(|input| input.name == field), "{} {field}", op.name);
        }
    }
}
