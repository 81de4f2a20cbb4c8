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
        purpose: "",
        caution: "",
        inputs: &[
            P,
            OpField { name: "error", meaning: "half-width wanted, as a share: 0.05 is 5 points" },
            POPULATION,
            CONFIDENCE,
        ],
        outputs: &[],
        formula: "n0 = z^2 p(1-p) / e^2; n = n0 / (1 + (n0 - 1) / N), rounded up",
        source: "Cochran 1977, Sampling Techniques",
        example: "",
        plot: None,
        run: Run::Alone(size),
    },
    OpInfo {
        name: "stats.margin_of_error",
        purpose: "",
        caution: "",
        inputs: &[P, OpField { name: "n", meaning: "answers, at least 1" }, POPULATION, CONFIDENCE],
        outputs: &[],
        formula: "margin = z sqrt(p(1-p) / n) sqrt((N - n) / (N - 1))",
        source: "Cochran 1977, Sampling Techniques",
        example: "",
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
