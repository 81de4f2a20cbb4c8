//! Recommendation.

use serde::Deserialize;
use serde_json::{Value, json};

use super::input::{confidence, count, each_answer, read, write};
use super::{CONFIDENCE, OpError, OpField, OpInfo, Run};
use crate::Error;
use crate::nps::{
    Accumulator, SCALE, Waves, WeightedAccumulator, class_share_intervals, difference,
    minimum_detectable_difference,
};

const ANSWERS: OpField =
    OpField { name: "answers", meaning: "list of whole numbers 0 to 10, null if missing" };

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "nps.summary",
        purpose: "",
        caution: "",
        inputs: &[ANSWERS, CONFIDENCE],
        outputs: &[],
        formula: "nps = 100 (p - d), p the share of 9-10, d of 0-6; variance = p + d - (p - d)^2; \
                  se = 100 sqrt(variance / n); ci_wald = nps +- z se; adjusted: 0.75 detractor, 1.5 passive, \
                  0.75 promoter added; ci_score: inverted score test",
        source: "Reichheld 2003, The one number you need to grow; Tango 1998, Equivalence test and confidence \
                 interval for the difference in proportions for the paired-sample design; Agresti & Min 2005, \
                 Simple improved confidence intervals for comparing matched proportions",
        example: "",
        plot: None,
        run: Run::Alone(summary),
    },
    OpInfo {
        name: "nps.weighted",
        purpose: "",
        caution: "",
        inputs: &[
            ANSWERS,
            OpField { name: "weights", meaning: "list of numbers >= 0, one per answer" },
            CONFIDENCE,
        ],
        outputs: &[],
        formula: "as nps.summary on weighted shares; n_eff = (sum w)^2 / sum w^2; se = 100 sqrt(variance / n_eff)",
        source: "Kish 1965, Survey Sampling",
        example: "",
        plot: None,
        run: Run::Alone(weighted),
    },
    OpInfo {
        name: "nps.difference",
        purpose: "",
        caution: "",
        inputs: &[
            OpField { name: "a", meaning: "answers of the first group, as in nps.summary" },
            OpField { name: "b", meaning: "answers of the second group" },
            CONFIDENCE,
        ],
        outputs: &[],
        formula: "difference = nps_a - nps_b; se = sqrt(se_a^2 + se_b^2); z = difference / se; the same on \
                  adjusted scores",
        source: "Agresti & Min 2005, Simple improved confidence intervals for comparing matched proportions",
        example: "",
        plot: None,
        run: Run::Alone(two_groups),
    },
    OpInfo {
        name: "nps.class_share_ci",
        purpose: "",
        caution: "",
        inputs: &[
            OpField { name: "counts", meaning: "list of at least two counts, one per class" },
            CONFIDENCE,
        ],
        outputs: &[],
        formula: "for each class the score interval at confidence 1 - alpha / k, k classes",
        source: "Goodman 1965, On simultaneous confidence intervals for multinomial proportions",
        example: "",
        plot: None,
        run: Run::Alone(class_shares),
    },
    OpInfo {
        name: "nps.minimum_detectable_difference",
        purpose: "",
        caution: "",
        inputs: &[
            OpField { name: "share_promoters", meaning: "expected share, 0 to 1" },
            OpField { name: "share_detractors", meaning: "expected share, 0 to 1" },
            OpField { name: "n1", meaning: "answers in the first wave" },
            OpField { name: "n2", meaning: "answers in the second wave" },
            OpField { name: "power", meaning: "probability to find it, 0.5 or more and below 1" },
            CONFIDENCE,
        ],
        outputs: &[],
        formula: "mdd = (z_confidence + z_power) 100 sqrt(variance) sqrt(1/n1 + 1/n2)",
        source: "Cohen 1988, Statistical Power Analysis for the Behavioral Sciences",
        example: "",
        plot: None,
        run: Run::Alone(detectable),
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SummaryInput {
    answers: Vec<Option<f64>>,
    confidence: Option<f64>,
}

fn gather(answers: &[Option<f64>]) -> Result<Accumulator, Error> {
    let mut all = Accumulator::new();
    each_answer(&mut all, answers, |all, x| all.push(SCALE.answer(x)?), Accumulator::push_missing)?;
    Ok(all)
}

fn summary(input: &Value) -> Result<Value, OpError> {
    let input: SummaryInput = read(input)?;
    write(gather(&input.answers)?.summary(confidence(input.confidence)?)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WeightedInput {
    answers: Vec<Option<f64>>,
    weights: Vec<f64>,
    confidence: Option<f64>,
}

fn weighted(input: &Value) -> Result<Value, OpError> {
    let input: WeightedInput = read(input)?;
    if input.answers.len() != input.weights.len() {
        return Err(OpError::bad_shape("answers and weights must be of the same length"));
    }
    let mut all = WeightedAccumulator::new();
    for (answer, weight) in input.answers.iter().zip(&input.weights) {
        match answer {
            Some(value) => all.push_weighted(SCALE.answer(*value)?, *weight)?,
            None => all.push_missing(1)?,
        }
    }
    write(all.summary(confidence(input.confidence)?)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DifferenceInput {
    a: Vec<Option<f64>>,
    b: Vec<Option<f64>>,
    confidence: Option<f64>,
}

fn two_groups(input: &Value) -> Result<Value, OpError> {
    let input: DifferenceInput = read(input)?;
    write(difference(&gather(&input.a)?, &gather(&input.b)?, confidence(input.confidence)?)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassInput {
    counts: Vec<f64>,
    confidence: Option<f64>,
}

fn class_shares(input: &Value) -> Result<Value, OpError> {
    let input: ClassInput = read(input)?;
    let counts = input.counts.iter().map(|value| count("count", *value)).collect::<Result<Vec<_>, _>>()?;
    Ok(json!({ "ci_goodman": class_share_intervals(&counts, confidence(input.confidence)?)? }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DetectableInput {
    share_promoters: f64,
    share_detractors: f64,
    n1: f64,
    n2: f64,
    power: f64,
    confidence: Option<f64>,
}

fn detectable(input: &Value) -> Result<Value, OpError> {
    let input: DetectableInput = read(input)?;
    let waves = Waves {
        share_promoters: input.share_promoters,
        share_detractors: input.share_detractors,
        n1: count("n1", input.n1)?,
        n2: count("n2", input.n2)?,
    };
    let mdd = minimum_detectable_difference(&waves, confidence(input.confidence)?, input.power)?;
    Ok(json!({ "mdd": mdd }))
}
