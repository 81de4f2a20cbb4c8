//! Fuzz targets of the operations, one each: see `README.md` beside.

mod answer;

use measures::ops;

/// Runs one operation on bytes that may be JSON.
///
/// # Panics
/// When the answer is not what every answer must be.
pub fn fuzz(name: &str, bytes: &[u8]) {
    let Ok(input) = serde_json::from_slice(bytes) else { return };
    let Some(op) = ops::list().iter().find(|op| op.name == name) else { panic!("no operation {name}") };
    let answer = ops::run(name, &input);
    if let Some(wrong) = answer::complaint(op, &input, &answer) {
        panic!("{name}: {wrong}");
    }
}

/// A fuzz target of one operation.
#[macro_export]
macro_rules! operation {
    ($name:literal) => {
        libfuzzer_sys::fuzz_target!(|bytes: &[u8]| $crate::fuzz($name, bytes));
    };
}
