use std::collections::HashSet;

use serde_json::{Value, json};

use super::*;

fn code(op: &str, input: &Value) -> &'static str {
    run(op, input).map_or_else(|refused| refused.code, |answer| panic!("{op} {input}: {answer}"))
}

#[test]
fn names_are_unique_and_not_those_of_measures() {
    let names: HashSet<_> = list().iter().map(|op| op.name).collect();
    assert_eq!(names.len(), list().len());
    assert!(measures::ops::list().iter().all(|op| !names.contains(op.name)));
    assert!(names.iter().all(|name| name.starts_with("linkage.")));
}

#[test]
fn a_field_too_many_or_too_few_is_refused() {
    for op in list() {
        let mut example: Value = serde_json::from_str(op.example).unwrap();
        assert_eq!(code(op.name, &json!({})), "bad_shape");
        assert_eq!(code(op.name, &json!([])), "bad_shape");
        example["nmae"] = json!("x");
        assert_eq!(code(op.name, &example), "bad_shape");
    }
    assert_eq!(code("linkage.sondex", &json!({})), "unknown_op");
}

#[test]
fn what_is_out_of_range_or_of_another_length_is_refused() {
    let score = |m: Value, u: Value, prior: Value, gamma: Value| {
        code("linkage.fellegi_sunter", &json!({"m": m, "u": u, "prior": prior, "gamma": gamma}))
    };
    for wrong in [0.0, 1.0, -1.0, 1e300] {
        assert_eq!(score(json!([wrong]), json!([0.1]), json!(0.1), json!([1])), "out_of_range");
        assert_eq!(score(json!([0.9]), json!([wrong]), json!(0.1), json!([null])), "out_of_range");
        assert_eq!(score(json!([0.9]), json!([0.1]), json!(wrong), json!([1])), "out_of_range");
    }
    assert_eq!(score(json!([0.9]), json!([0.1]), json!(0.1), json!([2])), "out_of_range");
    assert_eq!(score(json!([0.9]), json!([0.1]), json!(0.1), json!([0.5])), "out_of_range");
    assert_eq!(score(json!([0.9]), json!([0.1]), json!(0.1), json!([1, 1])), "bad_shape");
    assert_eq!(score(json!([0.9]), json!([0.1]), json!(0.1), json!([true])), "bad_shape");
    assert_eq!(score(json!([null]), json!([0.1]), json!(0.1), json!([1])), "bad_shape");
}

#[test]
fn patterns_that_cannot_be_are_refused_by_step_and_fit() {
    for op in ["linkage.em_step", "linkage.em"] {
        let given =
            |patterns: Value| code(op, &json!({"patterns": patterns, "prior": 0.1, "m": [0.9], "u": [0.1]}));
        assert_eq!(given(json!([])), "empty_sample");
        assert_eq!(given(json!([[[1], 0]])), "empty_sample");
        assert_eq!(given(json!([[[1], -1]])), "out_of_range");
        assert_eq!(given(json!([[[1], 0.5]])), "out_of_range");
        assert_eq!(given(json!([[[1], 1e17]])), "out_of_range");
        assert_eq!(given(json!([[[2], 1]])), "out_of_range");
        assert_eq!(given(json!([[[1, 1], 1]])), "bad_shape");
        assert_eq!(given(json!([[1, 1]])), "bad_shape");
        assert_eq!(code(op, &json!({"patterns": [], "prior": 0.1, "m": [], "u": []})), "bad_shape");
        assert_eq!(
            code(op, &json!({"patterns": [], "prior": 0.1, "m": [0.5], "u": [0.5, 0.5]})),
            "bad_shape"
        );
    }
}

#[test]
fn no_field_leaves_the_prior() {
    let none = run("linkage.fellegi_sunter", &json!({"m": [], "u": [], "prior": 0.25, "gamma": []})).unwrap();
    assert_eq!(none["weights"], json!([]));
    assert!((none["probability"].as_f64().unwrap() - 0.25).abs() < 1e-15);
}

#[test]
fn a_record_without_truth_is_left_out_of_both_sides() {
    let truth = json!({"a": "1", "b": "1", "c": null});
    let out =
        run("linkage.pairwise", &json!({"truth": truth, "predicted": {"a": 1, "b": 1, "c": 1}})).unwrap();
    assert_eq!((&out["tp"], &out["fp"], &out["tn"]), (&json!(1), &json!(0), &json!(0)));
    let nobody = json!({"truth": {"a": null}, "predicted": {"a": 1}});
    let unsaid = json!({"truth": {"a": 1}, "predicted": {"a": null}});
    for op in ["linkage.pairwise", "linkage.b3"] {
        assert_eq!(code(op, &nobody), "empty_sample");
        assert_eq!(code(op, &json!({"truth": {}, "predicted": {}})), "empty_sample");
        assert_eq!(code(op, &unsaid), "bad_shape");
        assert_eq!(code(op, &json!({"truth": {"a": 1, "b": 1}, "predicted": {"a": 1}})), "bad_shape");
    }
}
