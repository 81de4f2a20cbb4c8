//! What the operations make of rightful, senseless and hostile inputs.

use serde_json::{Value, json};

use super::OPS;
use crate::ops::{OpError, run};

fn code(op: &str, input: Value) -> &'static str {
    run(op, &input).err().map_or("none", |error: OpError| error.code)
}

#[test]
fn every_example_runs_and_gives_the_fields_it_describes() {
    for op in OPS {
        let input: Value = serde_json::from_str(op.example).unwrap();
        let output = run(op.name, &input).unwrap();
        for field in op.outputs {
            let mut at = vec![&output];
            for part in field.name.split('.') {
                let name = part.trim_end_matches("[]");
                at = at
                    .into_iter()
                    .map(|value| value.get(name).unwrap_or_else(|| panic!("{}: {}", op.name, field.name)))
                    .collect();
                if part.ends_with("[]") {
                    at = at.into_iter().flat_map(|value| value.as_array().unwrap()).collect();
                }
            }
            assert!(!at.is_empty());
        }
        assert!(!op.purpose.is_empty() && !op.caution.is_empty());
        let described =
            |name: &str| op.outputs.iter().any(|field| field.name.split(['.', '[']).next() == Some(name));
        for name in output.as_object().unwrap().keys() {
            assert!(described(name), "{}: {name} is not described", op.name);
        }
    }
}

#[test]
fn customers_that_cannot_be_are_refused() {
    let params = json!({"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426});
    for (x, t_x, t) in
        [(2.0, 21.0, 20.0), (0.0, 3.0, 20.0), (-1.0, 0.0, 20.0), (1.5, 3.0, 20.0), (1.0, -1.0, 20.0)]
    {
        let input = json!({"params": params, "x": x, "t_x": t_x, "T": t, "t": 10});
        assert_eq!(code("clv.bgnbd_predict", input), "out_of_range", "{x} {t_x} {t}");
        let rows = json!({"params": params, "customers": [[x, t_x, t]]});
        assert_eq!(code("clv.bgnbd_loglik", rows), "out_of_range", "{x} {t_x} {t}");
    }
    let negative = json!({"params": params, "x": 1, "t_x": 1, "T": 2, "t": -1});
    assert_eq!(code("clv.bgnbd_predict", negative), "out_of_range");
    let zero = json!({"params": {"r": 0, "alpha": 4.414, "a": 0.793, "b": 2.426}, "customers": [[1, 1, 2]]});
    assert_eq!(code("clv.bgnbd_loglik", zero), "out_of_range");
}

#[test]
fn what_is_not_known_is_counted() {
    let params = json!({"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426});
    let known = json!({"params": params, "customers": [[2, 30.43, 38.86]]});
    let more = json!({"params": params, "customers": [[2, 30.43, 38.86], [null, 1, 2], [1, 1, null]]});
    let (known, more) = (run("clv.bgnbd_loglik", &known).unwrap(), run("clv.bgnbd_loglik", &more).unwrap());
    assert_eq!(known["log_likelihood"], more["log_likelihood"]);
    assert_eq!((&more["n"], &more["missing"]), (&json!(1), &json!(2)));
    for op in ["clv.bgnbd_fit", "clv.paretonbd_fit"] {
        assert_eq!(code(op, json!({"customers": [[null, 1, 2]]})), "empty_sample");
        assert_eq!(code(op, json!({"customers": []})), "empty_sample");
        assert_eq!(code(op, json!({"customers": [], "data": "a.csv"})), "bad_shape");
        assert_eq!(code(op, json!({})), "bad_shape");
        assert_eq!(code(op, json!({"data": "a.csv"})), "unreadable");
    }
}

#[test]
fn hostile_customers_are_refused_or_said_not_to_converge() {
    let same = |x: u32, t_x: f64, t: f64, times: usize| json!({"customers": vec![json!([x, t_x, t]); times]});
    for op in ["clv.bgnbd_fit", "clv.paretonbd_fit"] {
        assert_eq!(code(op, same(0, 0.0, 30.0, 50)), "too_few", "{op}: nobody came back");
        for input in [
            same(3, 20.0, 30.0, 1),
            same(3, 20.0, 30.0, 500),
            same(1, 0.0, 30.0, 5),
            same(9, 30.0, 30.0, 40),
            json!({"customers": [[9_007_199_254_740_992_u64, 1.0, 1.0], [1, 1e-90, 1e90]]}),
            json!({"customers": [[1, 1e100, 1e100], [0, 0, 0]]}),
        ] {
            let fit = run(op, &input).unwrap();
            assert_eq!(fit["converged"], false, "{op} {input}: {fit}");
            assert!(fit["log_likelihood"].is_f64() && fit["params"]["r"].is_f64(), "{op} {input}: {fit}");
            assert!(fit["standard_errors"].is_null());
        }
        assert_eq!(code(op, json!({"customers": [[1, 0, 0]]})), "zero_variance");
    }
}

#[test]
fn purchases_become_customers_in_the_order_of_their_names() {
    let input = json!({
        "transactions": [["b", "2024-01-01", 1], [10, "2024-01-01", 1], [9, "2024-01-01", 1], ["a", "2024-01-09", 1]],
        "observation_end": "2024-01-08",
    });
    let output = run("clv.summary", &input).unwrap();
    let ids: Vec<_> = output["customers"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect();
    assert_eq!(ids, [json!(9), json!(10), json!("b")]);
    let wrong = |date: &str| {
        code("clv.summary", json!({"transactions": [["a", date, 1]], "observation_end": "2024-01-08"}))
    };
    assert_eq!((wrong("yesterday"), wrong("2024-02-30")), ("bad_shape", "out_of_range"));
}

#[test]
fn a_backtest_is_the_same_from_purchases_and_from_rows() {
    let params = json!({"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426});
    let purchases = json!({
        "model": "bgnbd", "params": params, "calibration_end": "2024-03-04", "observation_end": "2024-04-01",
        "transactions": [
            ["a", "2024-01-01", 1], ["a", "2024-01-08", 1], ["a", "2024-03-04", 1], ["a", "2024-03-05", 1],
            ["a", "2024-03-05", 1], ["b", "2024-02-05", 1], ["b", "2024-04-02", 1], ["c", "2024-03-20", 1],
        ],
    });
    let rows = json!({
        "model": "bgnbd", "params": params, "t": 4, "customers": [[2, 9, 9, 1], [0, 0, 4, 0]],
    });
    assert_eq!(run("clv.backtest", &purchases).unwrap(), run("clv.backtest", &rows).unwrap());
    let both =
        json!({"model": "bgnbd", "t": 4, "customers": [[2, 9, 9, 1]], "observation_end": "2024-04-01"});
    assert_eq!(code("clv.backtest", both), "bad_shape");
}
