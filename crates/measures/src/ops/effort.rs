//! Effort, each version apart.

use serde::Deserialize;
use serde_json::Value;

use super::input::{confidence, each_answer, read, write};
use super::{CONFIDENCE, OpError, OpField, OpInfo, Plot, Run};
use crate::effort::{v1, v2};

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "ces.v1",
        purpose: "How much effort customers had to make to get something done, by the question of 2010: 1 \
                  very low, 5 very high. Low is good. share_high_effort is whom to call back first; \
                  ease_index_0_100 turns it round, so that high is good.",
        caution: "Never beside, or in one trend with, figures of the 2.0 question, whose scale is turned and \
                  longer. About one task, not about the firm.",
        inputs: &[
            OpField {
                name: "answers",
                meaning: "list of whole numbers 1 to 5 (low is good), null if missing",
            },
            CONFIDENCE,
        ],
        outputs: &[
            OpField { name: "n", meaning: "valid answers" },
            OpField { name: "missing", meaning: "questions left unanswered, not in n" },
            OpField { name: "mean", meaning: "mean answer, 1 to 5; low is good" },
            OpField { name: "sd", meaning: "standard deviation; null with one answer" },
            OpField { name: "ci_mean_t", meaning: "[low, high], interval of the mean; null with one answer" },
            OpField { name: "share_low_effort", meaning: "share of answers 1-2, 0 to 1" },
            OpField { name: "share_high_effort", meaning: "share of answers 4-5, 0 to 1" },
            OpField { name: "direction", meaning: "always \"lower_is_better\"" },
            OpField { name: "ease_index_0_100", meaning: "100 (5 - mean) / 4, high is good" },
        ],
        formula: "mean +- t sd / sqrt(n); low effort = share of 1-2, high = share of 4-5; ease index = 100 \
                  (5 - mean) / 4",
        source: "Dixon, Freeman & Toman 2010, Stop trying to delight your customers",
        example: r#"{"answers": [1, 1, 1, 5, null]}"#,
        plot: None,
        run: Run::Alone(version_1),
    },
    OpInfo {
        name: "ces.v2",
        purpose: "How easy customers found it to get their issue handled, by the question 2.0: 1 strongly \
                  disagree, 7 strongly agree that it was easy. High is good. Read share_agree 0.8 as: 8 in \
                  10 found it easy.",
        caution: "Never beside, or in one trend with, figures of the question of 2010. About one task, not \
                  about the firm; ask right after it.",
        inputs: &[
            OpField {
                name: "answers",
                meaning: "list of whole numbers 1 to 7 (high is good), null if missing",
            },
            CONFIDENCE,
        ],
        outputs: &[
            OpField { name: "n", meaning: "valid answers" },
            OpField { name: "missing", meaning: "questions left unanswered, not in n" },
            OpField { name: "mean", meaning: "mean answer, 1 to 7; high is good" },
            OpField { name: "sd", meaning: "standard deviation; null with one answer" },
            OpField { name: "ci_mean_t", meaning: "[low, high], interval of the mean; null with one answer" },
            OpField { name: "share_agree", meaning: "share of answers 5-7, 0 to 1" },
            OpField { name: "ci_share_agree_wilson", meaning: "[low, high], interval of share_agree" },
            OpField { name: "share_disagree", meaning: "share of answers 1-3, 0 to 1" },
            OpField { name: "net_ease", meaning: "100 (share_agree - share_disagree), -100 to 100" },
            OpField { name: "direction", meaning: "always \"higher_is_better\"" },
            OpField { name: "ease_index_0_100", meaning: "100 (mean - 1) / 6" },
        ],
        formula: "mean +- t sd / sqrt(n); agree = share of 5-7 with Wilson's interval, disagree = share of \
                  1-3; net ease = 100 (agree - disagree); ease index = 100 (mean - 1) / 6",
        source: "Dixon, Toman & DeLisi 2013, The Effortless Experience",
        example: r#"{"answers": [7, 7, 7, 3, null]}"#,
        plot: Some(Plot::Interval { value: "share_agree", interval: "ci_share_agree_wilson" }),
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
