//! Whom to ask, how many, and how to weigh them.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::input::{confidence, count, read, write};
use super::{CONFIDENCE, OpError, OpField, OpInfo, Plot, Run};
use crate::Error;
use crate::sampling::{Margin, Raking, Stratum, Weights, allocate, margin_of_error, sample_size};

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
    OpInfo {
        name: "stats.allocation",
        purpose: "Shares a sample out over parts of the population, such as regions: more where more people are, and more \
                  where their answers differ more, so that the figure over all is known best.",
        caution: "Not for comparing the parts with each other: ask as many in each then. The standard deviations are \
                  guesses made beforehand; wrong ones waste answers but do not falsify.",
        inputs: &[
            OpField { name: "n", meaning: "answers to collect, from 1 to the whole population" },
            OpField { name: "population", meaning: "list of how many people each part has" },
            OpField {
                name: "sd",
                meaning: "list of standard deviations of the answers in each part, 0 or more; equal if null or left out",
            },
        ],
        outputs: &[
            OpField { name: "real", meaning: "best number for each part before rounding, at most all of it" },
            OpField { name: "integer", meaning: "whole numbers that add up to n" },
        ],
        formula: "n_h = n N_h S_h / sum N S, at most N_h (the excess is shared again over the others); rounded down, the \
                  rest to the largest remainders, equal ones to the earlier part",
        source: "Neyman 1934, On the two different aspects of the representative method",
        example: r#"{"n": 100, "population": [500, 300, 200], "sd": [2, 5, 1]}"#,
        plot: Some(Plot::Bars { values: "integer" }),
        run: Run::Alone(shares),
    },
    OpInfo {
        name: "stats.raking",
        purpose: "Gives each respondent a weight so that the shares of, say, women and the young are those of the whole \
                  population. n_eff says how many equally weighted answers would be as precise: the price of weighting.",
        caution: "Helps only as far as those weighted up answer like those who are missing. Weights above about 5, or \
                  n_eff below half of n, say that too much rests on too few.",
        inputs: &[
            OpField {
                name: "respondents",
                meaning: "list of objects with the category of each margin; others ignored",
            },
            OpField {
                name: "targets",
                meaning: "object: for each margin an object with the share of each category, adding up to 1",
            },
        ],
        outputs: &[
            OpField { name: "weights", meaning: "one for each respondent, 1 on average" },
            OpField { name: "n", meaning: "respondents" },
            OpField { name: "deff", meaning: "by how much the variance of a mean grows, 1 or more" },
            OpField { name: "n_eff", meaning: "n / deff" },
            OpField { name: "min", meaning: "the smallest weight" },
            OpField { name: "max", meaning: "the largest weight" },
            OpField { name: "rounds", meaning: "rounds over the margins it took" },
        ],
        formula: "from 1, margin after margin, weight x target / weighted share, until all are within 1e-10; scaled to \
                  mean 1; deff = n sum w^2 / (sum w)^2",
        source: "Deming & Stephan 1940, On a least squares adjustment of a sampled frequency table when the expected \
                 marginal totals are known; Kish 1965, Survey Sampling",
        example: r#"{"respondents": [{"sex": "F"}, {"sex": "F"}, {"sex": "F"}, {"sex": "M"}], "targets": {"sex": {"F": 0.5, "M": 0.5}}}"#,
        plot: None,
        run: Run::Alone(rake),
    },
    OpInfo {
        name: "stats.design_effect",
        purpose: "Tells what unequal weights cost: 1 nothing, 2 as if half the answers were lost. n_eff is the number of \
                  equally weighted answers that would be as precise.",
        caution: "Only the effect of the weights: answers that come in clusters (branches, families) lose more.",
        inputs: &[OpField { name: "weights", meaning: "list of numbers, 0 or more, not all 0" }],
        outputs: &[
            OpField { name: "n", meaning: "weights" },
            OpField { name: "deff", meaning: "by how much the variance of a mean grows, 1 or more" },
            OpField { name: "n_eff", meaning: "n / deff" },
            OpField { name: "min", meaning: "the smallest weight" },
            OpField { name: "max", meaning: "the largest weight" },
        ],
        formula: "deff = n sum w^2 / (sum w)^2; n_eff = n / deff",
        source: "Kish 1965, Survey Sampling",
        example: r#"{"weights": [1, 1, 2, 2, 0.5]}"#,
        plot: None,
        run: Run::Alone(effect),
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AllocationInput {
    n: f64,
    population: Vec<f64>,
    sd: Option<Vec<f64>>,
}

fn shares(input: &Value) -> Result<Value, OpError> {
    let input: AllocationInput = read(input)?;
    let sd = input.sd.unwrap_or_else(|| vec![1.0; input.population.len()]);
    if sd.len() != input.population.len() {
        return Err(OpError::bad_shape("sd needs one number for each part of the population"));
    }
    let stratum =
        |(population, sd): (&f64, f64)| Ok(Stratum { population: count("population", *population)?, sd });
    let strata = input.population.iter().zip(sd).map(stratum).collect::<Result<Vec<_>, Error>>()?;
    write(allocate(count("n", input.n)?, &strata)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RakingInput {
    respondents: Vec<BTreeMap<String, Value>>,
    targets: BTreeMap<String, BTreeMap<String, f64>>,
}

fn rake(input: &Value) -> Result<Value, OpError> {
    let input: RakingInput = read(input)?;
    let margins = input
        .targets
        .values()
        .map(|shares| Margin::new(shares.iter().map(|(name, share)| (name.as_str(), *share))));
    let mut raking = Raking::new(margins.collect::<Result<_, _>>()?)?;
    let categories = |respondent: &BTreeMap<String, Value>| {
        let category = |margin| match respondent.get(margin) {
            Some(Value::String(name)) => Ok(name.clone()),
            Some(Value::Number(number)) => Ok(number.to_string()),
            _ => Err(OpError::bad_shape(format!("a respondent has no {margin:?}"))),
        };
        input.targets.keys().map(category).collect::<Result<Vec<String>, _>>()
    };
    let respondents = input.respondents.iter().map(categories).collect::<Result<Vec<_>, _>>()?;
    for respondent in &respondents {
        raking.push(&respondent.iter().map(String::as_str).collect::<Vec<_>>())?;
    }
    let raked = raking.weights()?;
    let weight =
        |respondent: &Vec<String>| raked.weight(&respondent.iter().map(String::as_str).collect::<Vec<_>>());
    let weights = respondents.iter().map(weight).collect::<Result<Vec<_>, _>>()?;
    let effect = raked.effect;
    Ok(json!({
        "weights": weights, "n": effect.n, "deff": effect.deff, "n_eff": effect.n_eff, "min": effect.min,
        "max": effect.max, "rounds": raked.rounds,
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EffectInput {
    weights: Vec<f64>,
}

fn effect(input: &Value) -> Result<Value, OpError> {
    let input: EffectInput = read(input)?;
    let mut all = Weights::new();
    input.weights.iter().try_for_each(|weight| all.push(*weight))?;
    write(all.design_effect()?)
}
