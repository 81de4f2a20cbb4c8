//! Shares.

use serde::Deserialize;
use serde_json::Value;

use super::input::{confidence, count, read, write};
use super::{CONFIDENCE, OpError, OpField, OpInfo, Run};
use crate::Error;
use crate::proportion::{Accumulator, difference};

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "proportion.summary",
        purpose: "",
        caution: "",
        inputs: &[
            OpField { name: "successes", meaning: "count" },
            OpField { name: "n", meaning: "count, at least 1 and at least successes" },
            CONFIDENCE,
        ],
        outputs: &[],
        formula: "share = successes / n; (p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)",
        source: "Wilson 1927, Probable inference, the law of succession, and statistical inference",
        example: "",
        plot: None,
        run: Run::Alone(summary),
    },
    OpInfo {
        name: "stats.two_proportions",
        purpose: "",
        caution: "",
        inputs: &[
            OpField { name: "x1", meaning: "successes of the first group" },
            OpField { name: "n1", meaning: "size of the first group" },
            OpField { name: "x2", meaning: "successes of the second group" },
            OpField { name: "n2", meaning: "size of the second group" },
            CONFIDENCE,
        ],
        outputs: &[],
        formula: "z = (p1 - p2) / sqrt(p(1-p)(1/n1 + 1/n2)), p pooled; interval from both Wilson intervals",
        source: "Newcombe 1998, Interval estimation for the difference between independent proportions",
        example: "",
        plot: None,
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
