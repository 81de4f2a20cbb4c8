//! Sample size and margin.

use serde::Deserialize;
use serde_json::{Value, json};

use super::input::{confidence, count, read, write};
use super::{CONFIDENCE, OpError, OpField, OpInfo, Run};
use crate::Error;
use crate::sampling::{margin_of_error, sample_size};

const P: OpField = OpField { name: "p", meaning: "expected share, above 0 and below 1; 0.5 is the safest" };
const POPULATION: OpField =
    OpField { name: "population", meaning: "size of the population; null or left out when very large" };

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "stats.sample_size",
        purpose: "How many answers it takes to know a share within a margin. n is answers, not invitations: \
                  divide by the share you expect to answer.",
        caution: "Only for random samples: no number of volunteers makes one. For figures by group, each \
                  group needs its own n. A small population needs fewer, a large one hardly more.",
        inputs: &[
            P,
            OpField { name: "error", meaning: "half-width wanted, as a share: 0.05 is 5 points" },
            POPULATION,
            CONFIDENCE,
        ],
        outputs: &[
            OpField { name: "n0", meaning: "answers needed from a population without end, unrounded" },
            OpField { name: "n_real", meaning: "the same for this population, unrounded" },
            OpField { name: "n", meaning: "answers to collect, rounded up" },
        ],
        formula: "n0 = z^2 p(1-p) / e^2; n = n0 / (1 + (n0 - 1) / N), rounded up",
        source: "Cochran 1977, Sampling Techniques",
        example: r#"{"p": 0.5, "error": 0.05, "population": 1000}"#,
        plot: None,
        run: Run::Alone(size),
    },
    OpInfo {
        name: "stats.margin_of_error",
        purpose: "How far a share found in a random sample may lie from the true one. Read 0.049 as: give or \
                  take 4.9 points, in 95 of 100 such samples.",
        caution: "Not for people who chose themselves, quotas or chance meetings: they have no margin; show \
                  none. Near 0 or 1, or with few answers, use proportion.summary.",
        inputs: &[P, OpField { name: "n", meaning: "answers, at least 1" }, POPULATION, CONFIDENCE],
        outputs: &[OpField { name: "margin", meaning: "half-width of the interval, as a share" }],
        formula: "margin = z sqrt(p(1-p) / n) sqrt((N - n) / (N - 1))",
        source: "Cochran 1977, Sampling Techniques",
        example: r#"{"p": 0.5, "n": 400}"#,
        plot: None,
        run: Run::Alone(margin),
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SizeInput {
    p: f64,
    error: f64,
    population: Option<f64>,
    confidence: Option<f64>,
}

fn size(input: &Value) -> Result<Value, OpError> {
    let input: SizeInput = read(input)?;
    let population = population(input.population)?;
    write(sample_size(input.p, input.error, population, confidence(input.confidence)?)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MarginInput {
    p: f64,
    n: f64,
    population: Option<f64>,
    confidence: Option<f64>,
}

fn margin(input: &Value) -> Result<Value, OpError> {
    let input: MarginInput = read(input)?;
    let population = population(input.population)?;
    let n = count("n", input.n)?;
    Ok(json!({ "margin": margin_of_error(input.p, n, population, confidence(input.confidence)?)? }))
}

fn population(total: Option<f64>) -> Result<Option<u64>, Error> {
    total.map(|total| count("population", total)).transpose()
}
