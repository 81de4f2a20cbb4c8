//! Shares.

use serde::Deserialize;
use serde_json::Value;

use super::input::{confidence, count, read, write};
use super::{CONFIDENCE, OpError, OpField, OpInfo, Plot, Run};
use crate::Error;
use crate::proportion::{Accumulator, difference};

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "proportion.summary",
        purpose: "Any share: how many of how many, and between which bounds the true share lies. With few \
                  answers the bounds are wide: 3 of 4 may be anything from about 30 to 95 in 100.",
        caution: "Chance only: not what people who did not answer would have said. Too narrow for answers \
                  drawn in groups (several from one family, one shop) or weighted.",
        inputs: &[
            OpField { name: "successes", meaning: "count" },
            OpField { name: "n", meaning: "count, at least 1 and at least successes" },
            CONFIDENCE,
        ],
        outputs: &[
            OpField { name: "n", meaning: "trials" },
            OpField { name: "missing", meaning: "trials without an answer; none here" },
            OpField { name: "successes", meaning: "trials that succeeded" },
            OpField { name: "share", meaning: "successes / n, 0 to 1" },
            OpField { name: "ci_wilson", meaning: "[low, high], interval of the share" },
        ],
        formula: "share = successes / n; (p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)",
        source: "Wilson 1927, Probable inference, the law of succession, and statistical inference",
        example: r#"{"successes": 280, "n": 400}"#,
        plot: Some(Plot::Interval { value: "share", interval: "ci_wilson" }),
        run: Run::Alone(summary),
    },
    OpInfo {
        name: "stats.two_proportions",
        purpose: "Whether a share differs between two groups, and by how much. If ci_newcombe holds 0, the \
                  data do not show a difference; p is how often chance alone would make one at least as \
                  large.",
        caution: "Not for the same people asked twice, nor for weighted answers. With large groups a \
                  difference too small to matter is still found: look at its size.",
        inputs: &[
            OpField { name: "x1", meaning: "successes of the first group" },
            OpField { name: "n1", meaning: "size of the first group" },
            OpField { name: "x2", meaning: "successes of the second group" },
            OpField { name: "n2", meaning: "size of the second group" },
            CONFIDENCE,
        ],
        outputs: &[
            OpField { name: "p1", meaning: "share of the first group, 0 to 1" },
            OpField { name: "p2", meaning: "share of the second group, 0 to 1" },
            OpField { name: "difference", meaning: "p1 - p2" },
            OpField {
                name: "z",
                meaning: "statistic of the pooled test; null when both shares are 0 or both are 1",
            },
            OpField {
                name: "p",
                meaning: "two-sided probability of so large a z by chance alone; null with z",
            },
            OpField { name: "ci_newcombe", meaning: "[low, high], interval of the difference" },
        ],
        formula: "z = (p1 - p2) / sqrt(p(1-p)(1/n1 + 1/n2)), p pooled; interval from both Wilson intervals",
        source: "Newcombe 1998, Interval estimation for the difference between independent proportions",
        example: r#"{"x1": 45, "n1": 100, "x2": 60, "n2": 100}"#,
        plot: Some(Plot::Interval { value: "difference", interval: "ci_newcombe" }),
        run: Run::Alone(two_groups),
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SummaryInput {
    successes: f64,
    n: f64,
    confidence: Option<f64>,
}

fn summary(input: &Value) -> Result<Value, OpError> {
    let input: SummaryInput = read(input)?;
    let (successes, n) = (count("successes", input.successes)?, count("n", input.n)?);
    let Some(failures) = n.checked_sub(successes) else {
        return Err(Error::out_of_range("successes", input.successes, format!("at most n = {n}")).into());
    };
    let mut all = Accumulator::new();
    all.push_count(true, successes)?;
    all.push_count(false, failures)?;
    write(all.summary(confidence(input.confidence)?)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TwoInput {
    x1: f64,
    n1: f64,
    x2: f64,
    n2: f64,
    confidence: Option<f64>,
}

fn two_groups(input: &Value) -> Result<Value, OpError> {
    let input: TwoInput = read(input)?;
    let first = (count("x1", input.x1)?, count("n1", input.n1)?);
    let second = (count("x2", input.x2)?, count("n2", input.n2)?);
    write(difference(first, second, confidence(input.confidence)?)?)
}
