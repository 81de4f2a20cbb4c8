//! Customer orientation.

use serde::Deserialize;
use serde_json::Value;

use super::input::{confidence, each_answer, read, write};
use super::{CONFIDENCE, OpError, OpField, OpInfo, Run};
use crate::orientation::{Accumulator, Cutoffs};

pub(super) const OPS: &[OpInfo] = &[OpInfo {
    name: "cos.shares",
    purpose: "",
    caution: "",
    inputs: &[
        OpField { name: "scores", meaning: "list of numbers, null if missing" },
        OpField { name: "medium_from", meaning: "lowest medium score" },
        OpField { name: "strong_from", meaning: "lowest strong score, above medium_from" },
        CONFIDENCE,
    ],
    outputs: &[],
    formula: "shares of scores below medium_from, between, and from strong_from on, each with Wilson's interval; the \
              cut-offs are the user's own",
    source: "Wilson 1927, Probable inference, the law of succession, and statistical inference",
    example: "",
    plot: None,
    run: Run::Alone(shares),
}];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    scores: Vec<Option<f64>>,
    medium_from: f64,
    strong_from: f64,
    confidence: Option<f64>,
}

fn shares(input: &Value) -> Result<Value, OpError> {
    let input: Input = read(input)?;
    let mut all = Accumulator::new(Cutoffs::new(input.medium_from, input.strong_from)?);
    each_answer(&mut all, &input.scores, Accumulator::push, Accumulator::push_missing)?;
    write(all.summary(confidence(input.confidence)?)?)
}
