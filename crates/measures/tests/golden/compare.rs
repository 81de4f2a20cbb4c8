//! Compares what an operation gives with what a vector expects. Shared by the golden tests of every crate with
//! operations: each names them in `crate::operations`.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// One module per file, one test per case.
macro_rules! golden {
    ($module:ident, $file:literal, [$($case:ident),+ $(,)?]) => {
        #[cfg(test)]
        mod $module {
            const FILE: &str = include_str!(concat!("../vectors/", $file));

            $(
                #[test]
                fn $case() {
                    crate::compare::check_case(FILE, stringify!($case));
                }
            )+

            #[test]
            fn no_case_is_left_out() {
                crate::compare::check_names(FILE, &[$(stringify!($case)),+]);
            }
        }
    };
}

/// Runs the named case of a vector file and compares field by field; a field the vector does not name is not judged.
/// A test is named like its case, in lower case and with `_` for what no name may hold.
pub(crate) fn check_case(file: &str, name: &str) {
    let file: Value = serde_json::from_str(file).unwrap();
    let case = file["cases"].as_array().unwrap().iter().find(|case| test_name(case) == name).unwrap();
    if case["input"]["data"].as_str().is_some_and(|name| !vectors().join(name).exists()) {
        let _ = writeln!(std::io::stdout(), "skipped: {name} needs the data sets beside the project");
        return;
    }
    let outcome =
        measures::ops::run_among(crate::operations(), case["op"].as_str().unwrap(), &case["input"], &Beside);
    let actual = outcome.unwrap_or_else(|refused| serde_json::json!({ "error": refused.code }));
    let rule = Rule { tolerance: case["tolerance"].as_f64().unwrap(), relative: &case["relative"] };
    let differences = rule.differences(name, &actual, &case["expected"]);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// The listed names are exactly those of the file, each once.
pub(crate) fn check_names(file: &str, listed: &[&str]) {
    let file: Value = serde_json::from_str(file).unwrap();
    let cases = file["cases"].as_array().unwrap();
    let names: BTreeSet<String> = cases.iter().map(test_name).collect();
    assert_eq!(names.len(), cases.len(), "two cases share a name");
    assert_eq!(names, listed.iter().map(ToString::to_string).collect(), "cases of the file and tests differ");
}

/// Name of the test of a case.
fn test_name(case: &Value) -> String {
    let name = case["name"].as_str().unwrap().to_lowercase();
    name.replace(|character: char| !character.is_alphanumeric(), "_")
}

/// Folder of the vectors' data, beside the project: it is not part of it.
fn vectors() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors")
}

/// Lends the data sets beside the project.
struct Beside;

impl measures::ops::Files for Beside {
    fn read(&self, name: &str) -> Result<String, String> {
        std::fs::read_to_string(vectors().join(name)).map_err(|error| error.to_string())
    }
}

struct Rule<'a> {
    tolerance: f64,
    relative: &'a Value,
}

impl Rule<'_> {
    /// Every place where `actual` is not what is expected; empty when all is well.
    fn differences(&self, at: &str, actual: &Value, expected: &Value) -> Vec<String> {
        match (actual, expected) {
            (Value::Object(actual), Value::Object(expected)) => expected
                .iter()
                .flat_map(|(key, want)| {
                    let place = format!("{at}.{key}");
                    actual.get(key).map_or_else(
                        || vec![format!("{place} is absent")],
                        |have| self.field(key).differences(&place, have, want),
                    )
                })
                .collect(),
            (Value::Array(actual), Value::Array(expected)) if actual.len() == expected.len() => actual
                .iter()
                .zip(expected)
                .enumerate()
                .flat_map(|(index, (have, want))| self.differences(&format!("{at}[{index}]"), have, want))
                .collect(),
            (Value::Number(have), Value::Number(want)) if self.close(have.as_f64(), want.as_f64()) => {
                Vec::new()
            }
            _ if actual == expected => Vec::new(),
            _ => vec![format!("{at} is {actual}, expected {expected}")],
        }
    }

    /// The rule of one field: `relative` names fields judged by their own relative error.
    fn field(&self, key: &str) -> Rule<'_> {
        match self.relative[key].as_f64() {
            Some(relative) => Rule { tolerance: -relative, relative: &Value::Null },
            None => Rule { tolerance: self.tolerance, relative: self.relative },
        }
    }

    /// |a − e| ≤ tolerance × max(1, |e|); for a relative field (negative tolerance here) |a − e| ≤ relative × |e|.
    fn close(&self, actual: Option<f64>, expected: Option<f64>) -> bool {
        let (Some(actual), Some(expected)) = (actual, expected) else { return false };
        let size = if self.tolerance < 0.0 { expected.abs() } else { expected.abs().max(1.0) };
        (actual - expected).abs() <= self.tolerance.abs() * size
    }
}

mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_comparison_notices_what_differs() {
        let rule = Rule { tolerance: 1e-6, relative: &json!({ "small": 1e-3 }) };
        let wrong = [
            (json!({"a": 1.0}), json!({"a": 1.1})),
            (json!({"a": null}), json!({"a": 0.0})),
            (json!({"a": 0.0}), json!({"a": null})),
            (json!({}), json!({"a": 1.0})),
            (json!({"a": [1.0]}), json!({"a": [1.0, 2.0]})),
            (json!({"a": "x"}), json!({"a": "y"})),
            (json!({"small": 1.0e-9}), json!({"small": 1.1e-9})),
            (json!({"error": "empty_sample"}), json!({"error": "out_of_range"})),
        ];
        for (actual, expected) in &wrong {
            assert_eq!(rule.differences("x", actual, expected).len(), 1, "{actual} {expected}");
        }
        let right = json!({"a": [1.0, 1000.0005], "small": 1.0005e-9, "more": 1, "b": null});
        let expected = json!({"a": [1.0, 1000.0], "small": 1.0e-9, "b": null});
        assert!(rule.differences("x", &right, &expected).is_empty());
    }

    #[test]
    #[should_panic(expected = "cases of the file and tests differ")]
    fn a_case_that_is_not_listed_is_noticed() {
        check_names(r#"{"cases": [{"name": "one"}, {"name": "two"}]}"#, &["one"]);
    }
}
