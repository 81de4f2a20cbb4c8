//! Recommendation.

use serde::Deserialize;
use serde_json::{Value, json};

use super::input::{confidence, count, each_answer, read, write};
use super::{CONFIDENCE, OpError, OpField, OpInfo, Plot, Run};
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
        purpose: "How many more customers would recommend than would not: share of answers 9-10 minus share \
                  of 0-6, in points from -100 to 100. Read ci_score with it: the true score lies between \
                  these bounds in 95 of 100 such surveys. Two scores whose difference is small beside their \
                  intervals are not known to differ.",
        caution: "Not for another scale than 0-10, nor for several answers of one customer as if they were \
                  several customers. People who chose themselves to answer are no random sample: the \
                  interval then measures chance only. It does not say why; and with fewer than about 50 \
                  answers the score jumps from survey to survey.",
        inputs: &[ANSWERS, CONFIDENCE],
        outputs: &[
            OpField { name: "n", meaning: "valid answers" },
            OpField { name: "missing", meaning: "questions left unanswered, not in n" },
            OpField { name: "promoters", meaning: "answers 9-10" },
            OpField { name: "passives", meaning: "answers 7-8" },
            OpField { name: "detractors", meaning: "answers 0-6" },
            OpField { name: "share_promoters", meaning: "promoters / n, 0 to 1" },
            OpField { name: "share_passives", meaning: "passives / n, 0 to 1" },
            OpField { name: "share_detractors", meaning: "detractors / n, 0 to 1" },
            OpField {
                name: "nps",
                meaning: "100 (share_promoters - share_detractors), -100 to 100, unrounded",
            },
            OpField { name: "variance", meaning: "variance of one answer coded -1, 0, 1; 0 to 1" },
            OpField { name: "se", meaning: "standard error of the score, in points" },
            OpField {
                name: "ci_wald",
                meaning: "[low, high], nps +- z se; may pass 100, and is a point when all answer alike",
            },
            OpField {
                name: "adjusted_nps",
                meaning: "score after adding 0.75 detractor, 1.5 passive and 0.75 promoter",
            },
            OpField { name: "se_adjusted", meaning: "standard error of the adjusted score" },
            OpField {
                name: "ci_adjusted_wald",
                meaning: "[low, high] around the adjusted score, within -100 to 100: sound with few answers",
            },
            OpField { name: "ci_score", meaning: "[low, high], inverted score test: the one to show" },
        ],
        formula: "nps = 100 (p - d), p the share of 9-10, d of 0-6; variance = p + d - (p - d)^2; se = 100 \
                  sqrt(variance / n); ci_wald = nps +- z se; adjusted: 0.75 detractor, 1.5 passive, 0.75 \
                  promoter added; ci_score: inverted score test",
        source: "Reichheld 2003, The one number you need to grow; Tango 1998, Equivalence test and \
                 confidence interval for the difference in proportions for the paired-sample design; Agresti \
                 & Min 2005, Simple improved confidence intervals for comparing matched proportions",
        example: r#"{"answers": [10, 9, 9, 8, 7, 6, 3, null]}"#,
        plot: Some(Plot::Interval { value: "nps", interval: "ci_score" }),
        run: Run::Alone(summary),
    },
    OpInfo {
        name: "nps.weighted",
        purpose: "The same score when answers do not count alike, because some groups answered less than \
                  their share or were asked more. n_eff says how many equal answers would be as precise: if \
                  it is far below n, the weights cost much.",
        caution: "Weights must come from the sample's design or from known totals, never from the wish for a \
                  better score. A few very large weights make the score that of a few customers: look at \
                  n_eff.",
        inputs: &[
            ANSWERS,
            OpField { name: "weights", meaning: "list of numbers >= 0, one per answer" },
            CONFIDENCE,
        ],
        outputs: &[
            OpField { name: "n", meaning: "valid answers, unweighted" },
            OpField { name: "missing", meaning: "questions left unanswered, not in n" },
            OpField { name: "share_promoters", meaning: "weight of answers 9-10 / weight of all, 0 to 1" },
            OpField { name: "share_passives", meaning: "the same of 7-8" },
            OpField { name: "share_detractors", meaning: "the same of 0-6" },
            OpField { name: "nps", meaning: "100 (share_promoters - share_detractors), -100 to 100" },
            OpField {
                name: "variance",
                meaning: "variance of one answer coded -1, 0, 1, on weighted shares",
            },
            OpField { name: "n_eff", meaning: "how many equally weighted answers would be as precise" },
            OpField { name: "se", meaning: "standard error of the score, in points" },
            OpField { name: "ci", meaning: "[low, high], nps +- z se" },
        ],
        formula: "as nps.summary on weighted shares; n_eff = (sum w)^2 / sum w^2; se = 100 sqrt(variance / \
                  n_eff)",
        source: "Kish 1965, Survey Sampling",
        example: r#"{"answers": [10, 0, 8], "weights": [3, 1, 1]}"#,
        plot: Some(Plot::Interval { value: "nps", interval: "ci" }),
        run: Run::Alone(weighted),
    },
    OpInfo {
        name: "nps.difference",
        purpose: "Whether two groups or two waves differ in their score, and by how much: a minus b, in \
                  points. If ci_adjusted holds 0, the data do not show a difference. p_value_adjusted is how \
                  often chance alone would make one at least as large.",
        caution: "Not for the same customers asked twice: their answers are not independent. Groups asked by \
                  other means, or at other moments, differ by that too. \"Not shown\" is not \"equal\": look \
                  how wide the interval is.",
        inputs: &[
            OpField { name: "a", meaning: "answers of the first group, as in nps.summary" },
            OpField { name: "b", meaning: "answers of the second group" },
            CONFIDENCE,
        ],
        outputs: &[
            OpField { name: "difference", meaning: "score of a - score of b, -200 to 200" },
            OpField { name: "se", meaning: "its standard error" },
            OpField { name: "z", meaning: "difference / se; null when se is 0" },
            OpField {
                name: "p_value",
                meaning: "two-sided probability of so large a z by chance alone; null with z",
            },
            OpField { name: "ci", meaning: "[low, high], difference +- z se" },
            OpField { name: "adjusted_difference", meaning: "the same on scores adjusted for few answers" },
            OpField { name: "se_adjusted", meaning: "its standard error" },
            OpField { name: "z_adjusted", meaning: "adjusted_difference / se_adjusted" },
            OpField { name: "p_value_adjusted", meaning: "two-sided probability for z_adjusted" },
            OpField {
                name: "ci_adjusted",
                meaning: "[low, high] around the adjusted difference: the one to show",
            },
        ],
        formula: "difference = nps_a - nps_b; se = sqrt(se_a^2 + se_b^2); z = difference / se; the same on \
                  adjusted scores",
        source: "Agresti & Min 2005, Simple improved confidence intervals for comparing matched proportions",
        example: r#"{"a": [10, 9, 10, 3, 8], "b": [7, 6, 9, 2, 8, 5]}"#,
        plot: Some(Plot::Interval { value: "adjusted_difference", interval: "ci_adjusted" }),
        run: Run::Alone(two_groups),
    },
    OpInfo {
        name: "nps.class_share_ci",
        purpose: "Between which bounds the share of each class lies (promoters, passives, detractors, or any \
                  others), all of them true together with the confidence given.",
        caution: "For one class alone proportion.summary is narrower. Not sound when a class is expected to \
                  hold fewer than about 5.",
        inputs: &[
            OpField { name: "counts", meaning: "list of at least two counts, one per class" },
            CONFIDENCE,
        ],
        outputs: &[OpField {
            name: "ci_goodman",
            meaning: "list of [low, high], one per class in the order given, 0 to 1",
        }],
        formula: "for each class the score interval at confidence 1 - alpha / k, k classes",
        source: "Goodman 1965, On simultaneous confidence intervals for multinomial proportions",
        example: r#"{"counts": [60, 25, 15]}"#,
        plot: None,
        run: Run::Alone(class_shares),
    },
    OpInfo {
        name: "nps.minimum_detectable_difference",
        purpose: "How large a change of the score must be for two waves of this size to notice it, before \
                  anyone is asked. If a change that matters to you is smaller than mdd, ask more people or \
                  do not expect an answer.",
        caution: "For planning, not for judging a difference already seen: its interval says more. With \
                  waves of a few answers it promises too much.",
        inputs: &[
            OpField { name: "share_promoters", meaning: "expected share, 0 to 1" },
            OpField { name: "share_detractors", meaning: "expected share, 0 to 1" },
            OpField { name: "n1", meaning: "answers in the first wave" },
            OpField { name: "n2", meaning: "answers in the second wave" },
            OpField { name: "power", meaning: "probability to find it, 0.5 or more and below 1" },
            CONFIDENCE,
        ],
        outputs: &[OpField {
            name: "mdd",
            meaning: "smallest true difference found with the probability given, in points; above 200 none \
                      can be",
        }],
        formula: "mdd = (z_confidence + z_power) 100 sqrt(variance) sqrt(1/n1 + 1/n2)",
        source: "Cohen 1988, Statistical Power Analysis for the Behavioral Sciences",
        example: r#"{"share_promoters": 0.5, "share_detractors": 0.2, "n1": 200, "n2": 200, "power": 0.8}"#,
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
