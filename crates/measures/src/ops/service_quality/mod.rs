//! Service quality.

mod justice;

use serde::Deserialize;
use serde_json::{Value, json};

use super::input::{confidence, read, write};
use super::{CONFIDENCE, OpError, OpField, OpInfo, Plot, Run};
use crate::Error;
use crate::service_quality::{
    Answers, Criterion, ITEMS, ServperfAccumulator, ServqualAccumulator, Weights, gaps,
};

const EMPTY: OpField =
    OpField { name: "empty", meaning: "respondents without any usable answer: in no figure" };
const PERCEPTIONS: OpField = OpField {
    name: "perceptions",
    meaning: "list of respondents, each a list of 22 numbers in the order of the questionnaire, null if missing",
};
const WEIGHTS: OpField = OpField {
    name: "weights",
    meaning: "list of respondents, each a list of 5 numbers >= 0 (tangibles, reliability, responsiveness, \
              assurance, empathy) or null; null or left out when not asked",
};

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "servqual.summary",
        purpose: "Tells by how much customers perceive a service to fall short of what they expect, item by item and \
                  in five dimensions. A gap of -1 means one point of the scale below expectation; 0 means as \
                  expected. Start with the most negative dimension whose interval stays below 0.",
        caution: "Never mix with SERVPERF. Expectations asked after the service follow the experience and flatter \
                  or blacken the gap. A small gap with low expectations is no praise.",
        inputs: &[
            OpField {
                name: "expectations",
                meaning: "list of respondents, each a list of 22 numbers in the order of the questionnaire \
                          (tangibles 1-4, reliability 5-9, responsiveness 10-13, assurance 14-17, empathy 18-22), \
                          null if missing",
            },
            PERCEPTIONS,
            WEIGHTS,
            CONFIDENCE,
        ],
        outputs: &[
            OpField { name: "n", meaning: "respondents with at least one complete pair" },
            EMPTY,
            OpField { name: "missing", meaning: "pairs with a missing half, left out" },
            OpField {
                name: "item_gaps",
                meaning: "22 mean gaps, perception - expectation; null without a pair",
            },
            OpField { name: "item_n", meaning: "pairs behind each item's gap" },
            OpField {
                name: "dimension_gaps",
                meaning: "mean gap of each dimension, null when nobody has one",
            },
            OpField { name: "dimension_n", meaning: "respondents behind each dimension's gap" },
            OpField {
                name: "dimension_intervals",
                meaning: "[low, high] of each dimension's gap, Student; null with fewer than two respondents",
            },
            OpField { name: "overall", meaning: "plain mean of the five gaps, null when one is" },
            OpField {
                name: "weighted_overall",
                meaning: "mean over respondents of their gaps weighted by their own weights; null without weights",
            },
            OpField { name: "weighted_n", meaning: "respondents behind the weighted figure" },
            OpField {
                name: "weighted_interval",
                meaning: "[low, high] of the weighted figure, Student; null with fewer than two respondents",
            },
        ],
        formula: "gap = perception - expectation; respondent's dimension gap = mean of his item gaps; dimension gap = \
                  mean over respondents; overall = mean of the five; weighted = mean over respondents of \
                  sum(weight gap) / sum(weight)",
        source: "Parasuraman, Zeithaml & Berry 1988, SERVQUAL: a multiple-item scale for measuring consumer \
                 perceptions of service quality",
        example: r#"{"expectations": [[7,7,7,7, 6,6,6,6,6, 6,6,6,6, 5,5,5,5, 5,5,5,5,5]],
 "perceptions": [[6,6,6,6, 6,6,6,6,6, 4,4,4,4, 5,5,5,5, 6,6,6,6,null]],
 "weights": [[10, 40, 20, 20, 10]]}"#,
        plot: Some(Plot::Bars { values: "dimension_gaps" }),
        run: Run::Alone(servqual),
    },
    OpInfo {
        name: "servperf.summary",
        purpose: "Tells how customers perceive a service in five dimensions, on the scale they answered on. The lowest \
                  dimension is where they see the service at its weakest. Half the questions of SERVQUAL, and \
                  usually a better guide to satisfaction.",
        caution: "Never mix with SERVQUAL, nor compare scales of different length. It does not say whether customers \
                  expected any better.",
        inputs: &[PERCEPTIONS, WEIGHTS, CONFIDENCE],
        outputs: &[
            OpField { name: "n", meaning: "respondents with at least one answer" },
            EMPTY,
            OpField { name: "missing", meaning: "items left unanswered" },
            OpField { name: "items", meaning: "22 means, null without an answer" },
            OpField { name: "dimensions", meaning: "mean of each dimension, null when nobody has one" },
            OpField { name: "dimension_n", meaning: "respondents behind each dimension's mean" },
            OpField {
                name: "dimension_intervals",
                meaning: "[low, high] of each dimension's mean, Student; null with fewer than two respondents",
            },
            OpField { name: "overall", meaning: "plain mean of the five dimensions, null when one is" },
            OpField {
                name: "weighted_overall",
                meaning: "mean over respondents of their means weighted by their own weights; null without weights",
            },
            OpField { name: "weighted_n", meaning: "respondents behind the weighted figure" },
        ],
        formula: "respondent's dimension score = mean of his answers there; dimension score = mean over respondents; \
                  overall = mean of the five",
        source: "Cronin & Taylor 1992, Measuring service quality: a reexamination and extension",
        example: r#"{"perceptions": [[6,6,6,6, 6,6,6,6,6, 4,4,4,4, 5,5,5,5, 6,6,6,6,null],
 [4,4,4,4, 6,6,6,6,6, 4,4,4,4, 7,7,7,7, 6,6,6,6,6]]}"#,
        plot: Some(Plot::Bars { values: "dimensions" }),
        run: Run::Alone(servperf),
    },
    OpInfo {
        name: "qualities.gaps",
        purpose: "Tells where quality is lost between what customers expect and what they perceive: in what was meant \
                  (design), in what was done (conformity), or in what was noticed (perception). The three gaps add \
                  up to the fourth, satisfaction; the most negative one names who must act.",
        caution: "All four scores must be on one scale, and the delivered quality must be measured, not guessed. A \
                  positive gap is not always good: more than expected may be waste.",
        inputs: &[OpField {
            name: "criteria",
            meaning: "list of objects with the scores attendue (expected), voulue (intended), realisee (delivered) and \
                      percue (perceived), each a number or null",
        }],
        outputs: &[
            OpField { name: "gaps", meaning: "one object for each criterion, in the order given" },
            OpField { name: "gaps[].design", meaning: "voulue - attendue; null when one is missing" },
            OpField { name: "gaps[].conformity", meaning: "realisee - voulue; null when one is missing" },
            OpField { name: "gaps[].perception", meaning: "percue - realisee; null when one is missing" },
            OpField {
                name: "gaps[].satisfaction",
                meaning: "percue - attendue, the sum of the other three; null when one is missing",
            },
        ],
        formula: "design = voulue - attendue; conformity = realisee - voulue; perception = percue - realisee; \
                  satisfaction = percue - attendue",
        source: "Parasuraman, Zeithaml & Berry 1985, A conceptual model of service quality and its implications for \
                 future research",
        example: r#"{"criteria": [{"attendue": 8.5, "voulue": 8, "realisee": 7, "percue": 6.5}]}"#,
        plot: None,
        run: Run::Alone(qualities),
    },
    OpInfo {
        name: "justice.scores",
        purpose: "Tells how fairly customers felt treated after a complaint: in what they obtained (distributive), in \
                  how it was dealt with (procedural), and in the treatment (interactional: manners and \
                  explanations). Index 0 is wholly unfair, 100 wholly fair; the weakest kind names what to repair.",
        caution: "There is no total on purpose. Ask once, after the case is closed. Money does not offset rudeness, and \
                  those who did not answer may have felt otherwise.",
        inputs: &[
            OpField { name: "scale", meaning: "[min, max], whole numbers; high is fair" },
            OpField {
                name: "answers",
                meaning: "list of customers, each an object with the lists distributive, procedural, interpersonal and \
                          informational of whole numbers on the scale, null if missing; a list that is left out is \
                          wholly missing",
            },
            CONFIDENCE,
        ],
        outputs: &[
            OpField { name: "n", meaning: "customers with at least one answer" },
            OpField { name: "empty", meaning: "customers without one" },
            OpField { name: "distributive", meaning: "of what was obtained" },
            OpField { name: "distributive.n", meaning: "customers with an answered item of this kind" },
            OpField { name: "distributive.missing", meaning: "items of this kind left unanswered" },
            OpField {
                name: "distributive.mean",
                meaning: "mean over customers of the mean of their items, or null",
            },
            OpField { name: "distributive.index_0_100", meaning: "the mean carried to 0-100; null with it" },
            OpField {
                name: "distributive.sd",
                meaning: "standard deviation between customers, null below two",
            },
            OpField {
                name: "distributive.ci_mean_t",
                meaning: "[low, high] of the mean, Student; null below two",
            },
            OpField {
                name: "procedural",
                meaning: "of how it was dealt with; fields, and what may be null, as distributive",
            },
            OpField {
                name: "interactional",
                meaning: "of the treatment: both kinds below together; fields, and what may be null, as above",
            },
            OpField { name: "interpersonal", meaning: "of manners; fields, and what may be null, as above" },
            OpField {
                name: "informational",
                meaning: "of explanations; fields, and what may be null, as above",
            },
            OpField { name: "weakest", meaning: "kinds with the lowest mean, several when equal" },
        ],
        formula: "customer's score = mean of his answered items of the kind; mean over customers +- t sd / sqrt(n); \
                  index = 100 (mean - min) / (max - min)",
        source: "Colquitt 2001, On the dimensionality of organizational justice: a construct validation of a measure; \
                 Tax, Brown & Chandrashekaran 1998, Customer evaluations of service complaint experiences: \
                 implications for relationship marketing",
        example: r#"{"scale": [1, 7], "answers": [
 {"distributive": [6, 7], "procedural": [4, null], "interpersonal": [7, 7], "informational": [2, 3]},
 {"distributive": [5, 5], "procedural": [5, 3], "interpersonal": [6, 7], "informational": [4, 2]}]}"#,
        plot: None,
        run: Run::Alone(justice::scores),
    },
];

type Rows = Vec<Vec<Option<f64>>>;

fn answers(row: &[Option<f64>]) -> Result<Answers, OpError> {
    let items: [Option<f64>; ITEMS] = row.try_into().map_err(|_| {
        OpError::bad_shape(format!("a respondent has {} items, the questionnaire {ITEMS}", row.len()))
    })?;
    Ok(Answers::new(items)?)
}

/// Weights of each of `n` respondents; none when nobody was asked.
fn weights(given: Option<Vec<Option<Vec<f64>>>>, n: usize) -> Result<Vec<Option<Weights>>, OpError> {
    let Some(given) = given else { return Ok(vec![None; n]) };
    if given.len() != n {
        return Err(OpError::bad_shape("weights must be given for each respondent, or not at all"));
    }
    let one = |weights: Option<Vec<f64>>| {
        let Some(weights) = weights else { return Ok(None) };
        let five = <[f64; 5]>::try_from(weights)
            .map_err(|_| OpError::bad_shape("weights must be five numbers, one for each dimension"))?;
        Ok(Some(Weights::new(five)?))
    };
    given.into_iter().map(one).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ServqualInput {
    expectations: Rows,
    perceptions: Rows,
    weights: Option<Vec<Option<Vec<f64>>>>,
    confidence: Option<f64>,
}

fn servqual(input: &Value) -> Result<Value, OpError> {
    let input: ServqualInput = read(input)?;
    if input.expectations.len() != input.perceptions.len() {
        return Err(OpError::bad_shape("expectations and perceptions must be of the same respondents"));
    }
    let weights = weights(input.weights, input.perceptions.len())?;
    let mut all = ServqualAccumulator::new();
    for ((expected, perceived), weights) in input.expectations.iter().zip(&input.perceptions).zip(&weights) {
        all.push(&answers(expected)?, &answers(perceived)?, weights.as_ref())?;
    }
    write(all.summary(confidence(input.confidence)?)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ServperfInput {
    perceptions: Rows,
    weights: Option<Vec<Option<Vec<f64>>>>,
    confidence: Option<f64>,
}

fn servperf(input: &Value) -> Result<Value, OpError> {
    let input: ServperfInput = read(input)?;
    let weights = weights(input.weights, input.perceptions.len())?;
    let mut all = ServperfAccumulator::new();
    for (perceived, weights) in input.perceptions.iter().zip(&weights) {
        all.push(&answers(perceived)?, weights.as_ref())?;
    }
    write(all.summary(confidence(input.confidence)?)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QualitiesInput {
    criteria: Vec<CriterionInput>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CriterionInput {
    attendue: Option<f64>,
    voulue: Option<f64>,
    realisee: Option<f64>,
    percue: Option<f64>,
}

fn qualities(input: &Value) -> Result<Value, OpError> {
    let input: QualitiesInput = read(input)?;
    if input.criteria.is_empty() {
        return Err(Error::EmptySample.into());
    }
    let one = |scores: &CriterionInput| {
        gaps(&Criterion {
            expected: scores.attendue,
            intended: scores.voulue,
            delivered: scores.realisee,
            perceived: scores.percue,
        })
    };
    let gaps = input.criteria.iter().map(one).collect::<Result<Vec<_>, _>>()?;
    Ok(json!({ "gaps": gaps }))
}
