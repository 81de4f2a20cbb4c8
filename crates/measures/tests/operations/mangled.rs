//! Answers to hostile inputs.

use measures::ops::{NoFiles, OpInfo};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

use crate::answer;
use crate::described::example;
use crate::mangle::{apply, change, size};
use crate::operations;

/// Processor seconds an operation may take, unoptimised, on the largest input made here.
const MOST_SECONDS: f64 = 5.0;

/// Processor time of this thread; the clock on the wall would count what else the machine does. `None` where the system
/// does not tell.
fn processor_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds / 1e9)
}

/// Runs an operation and says what is wrong with the answer.
fn asked(op: &OpInfo, input: &Value) -> Result<(), TestCaseError> {
    let before = processor_seconds();
    let answer = op.answer(input, &NoFiles);
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
    for op in operations() {
        asked(op, &example(op)).unwrap();
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
    #![proptest_config(ProptestConfig { cases: 1_500, max_shrink_iters: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_example_however_mangled_is_answered_or_refused(
        index in any::<Index>(), changes in prop::collection::vec((any::<Index>(), change()), 1..4),
    ) {
        let op = index.get(operations());
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
        let op = index.get(operations());
        let fields = op.inputs.iter().filter(|input| !input.name.contains(['.', '[']));
        let fields = fields.zip(values).map(|(input, value)| (input.name.to_owned(), value));
        asked(op, &Value::Object(fields.collect()))?;
    }
}
