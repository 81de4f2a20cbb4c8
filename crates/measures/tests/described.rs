//! What an operation says of itself is what it does.

use std::collections::BTreeSet;

use serde_json::Value;

/// Names of all fields, nested ones joined by a full stop, those of each item of a list by `[].`.
fn fields(at: &str, value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                let place = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
                fields(&place, value, found);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            items.iter().for_each(|item| fields(&format!("{at}[]"), item, found));
        }
        _ => {
            found.insert(at.to_owned());
        }
    }
}

#[test]
fn examples_run_and_give_the_described_fields_and_no_others() {
    for op in measures::ops::list().iter().filter(|op| !op.example.is_empty()) {
        let input: Value = serde_json::from_str(op.example).unwrap();
        let output = match measures::ops::run(op.name, &input) {
            // It names a file, which is lent by whoever calls.
            Err(refused) if refused.code == "unreadable" => continue,
            outcome => outcome.unwrap(),
        };
        let mut found = BTreeSet::new();
        fields("", &output, &mut found);
        let described: BTreeSet<String> = op.outputs.iter().map(|field| field.name.to_owned()).collect();
        assert_eq!(found, described, "{}", op.name);
        let given: BTreeSet<&str> = op.inputs.iter().map(|field| field.name).collect();
        let unknown = input.as_object().unwrap().keys().find(|name| !given.contains(name.as_str()));
        assert_eq!(unknown, None, "{}", op.name);
    }
}
