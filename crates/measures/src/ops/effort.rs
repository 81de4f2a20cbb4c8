//! Effort, each version apart.

use serde::Deserialize;
use serde_json::Value;

use super::input::{confidence, each_answer, read, write};
use super::{CONFIDENCE, OpError, OpField, OpInfo, Run};
use crate::effort::{v1, v2};

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "ces.v1",
        purpose: "",
        caution: "",
        inputs: &[
            OpField {
                name: "answers",
                meaning: "list of whole numbers 1 to 5 (low is good), null if missing",
            },
            CONFIDENCE,
        ],
        outputs: &[],
        formula: "mean +- t sd / sqrt(n); low effort = share of 1-2, high = share of 4-5; ease index = 100 (5 - mean) / 4",
        source: "Dixon, Freeman & Toman 2010, Stop trying to delight your customers",
        example: "",
        plot: None,
        run: Run::Alone(version_1),
    },
    OpInfo {
        name: "ces.v2",
        purpose: "",
        caution: "",
        inputs: &[
            OpField {
                name: "answers",
                meaning: "list of whole numbers 1 to 7 (high is good), null if missing",
            },
            CONFIDENCE,
        ],
        outputs: &[],
        formula: "mean +- t sd / sqrt(n); agree = share of 5-7 with Wilson's interval, disagree = share of 1-3; \
                  net ease = 100 (agree - disagree); ease index = 100 (mean - 1) / 6",
        source: "Dixon, Toman & DeLisi 2013, The Effortless Experience",
        example: "",
        plot: None,
        run: Run::Alone(version_2),
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    answers: Vec<Option<f64>>,
    confidence: Option<f64>,
}

fn version_1(input: &Value) -> Result<Value, OpError> {
    let input: Input = read(input)?;
    let mut all = v1::Accumulator::new();
    let push = |all: &mut v1::Accumulator, x| all.push(v1::Accumulator::SCALE.answer(x)?);
    each_answer(&mut all, &input.answers, push, v1::Accumulator::push_missing)?;
    write(all.summary(confidence(input.confidence)?)?)
}

fn version_2(input: &Value) -> Result<Value, OpError> {
    let input: Input = read(input)?;
    let mut all = v2::Accumulator::new();
    let push = |all: &mut v2::Accumulator, x| all.push(v2::Accumulator::SCALE.answer(x)?);
    each_answer(&mut all, &input.answers, push, v2::Accumulator::push_missing)?;
    write(all.summary(confidence(input.confidence)?)?)
}
