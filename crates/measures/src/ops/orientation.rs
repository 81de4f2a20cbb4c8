//! Customer orientation.

use serde::Deserialize;
use serde_json::Value;

use super::input::{confidence, each_answer, read, write};
use super::{CONFIDENCE, OpError, OpField, OpInfo, Plot, Run};
use crate::orientation::{Accumulator, Cutoffs};

pub(super) const OPS: &[OpInfo] = &[OpInfo {
    name: "cos.shares",
    purpose: "How many of the scored parts of the organisation are strong, medium and weak in customer \
              orientation, under your own cut-offs. Many weak ones say where to begin.",
    caution: "The cut-offs make the shares: fix them before looking, show them with the figure, and compare \
              only figures with the same ones. The questionnaire of that name is not published: do not claim \
              its name.",
    inputs: &[
        OpField { name: "scores", meaning: "list of numbers, null if missing" },
        OpField { name: "medium_from", meaning: "lowest medium score" },
        OpField { name: "strong_from", meaning: "lowest strong score, above medium_from" },
        CONFIDENCE,
    ],
    outputs: &[
        OpField { name: "n", meaning: "valid scores" },
        OpField { name: "missing", meaning: "parts without a score, not in n" },
        OpField { name: "strong", meaning: "scores from strong_from on" },
        OpField { name: "medium", meaning: "scores from medium_from on, below strong_from" },
        OpField { name: "weak", meaning: "scores below medium_from" },
        OpField { name: "share_strong", meaning: "strong / n, 0 to 1" },
        OpField { name: "share_medium", meaning: "medium / n, 0 to 1" },
        OpField { name: "share_weak", meaning: "weak / n, 0 to 1" },
        OpField { name: "ci_strong", meaning: "[low, high], interval of the strong share" },
        OpField { name: "ci_medium", meaning: "[low, high], interval of the medium share" },
        OpField { name: "ci_weak", meaning: "[low, high], interval of the weak share" },
    ],
    formula: "shares of scores below medium_from, between, and from strong_from on, each with Wilson's \
              interval; the cut-offs are the user's own",
    source: "Wilson 1927, Probable inference, the law of succession, and statistical inference",
    example: r#"{"scores": [8, 6, 7.9, 5.9, null], "medium_from": 6, "strong_from": 8}"#,
    plot: Some(Plot::Interval { value: "share_strong", interval: "ci_strong" }),
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
