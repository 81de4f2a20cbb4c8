//! What an operation says of itself is true: its example runs, and its result has the fields described.

use std::collections::BTreeSet;

use serde_json::Value;

#[test]
fn examples_run_and_give_the_fields_described() {
    for op in measures::ops::list().iter().filter(|op| !op.example.is_empty()) {
        let input: Value = serde_json::from_str(op.example).unwrap();
        let output = measures::ops::run(op.name, &input).unwrap_or_else(|why| panic!("{}: {why}", op.name));
        let given: BTreeSet<&str> = output.as_object().unwrap().keys().map(String::as_str).collect();
        let head = |name: &'static str| name.split(['.', '[']).next().unwrap_or(name);
        let described: BTreeSet<&str> = op.outputs.iter().map(|field| head(field.name)).collect();
        assert_eq!(given, described, "{}", op.name);
    }
}
