//! Satisfaction.

use serde::Deserialize;
use serde_json::{Value, json};

use super::input::{confidence, each_answer, read, scale, write};
use super::{CONFIDENCE, OpError, OpField, OpInfo, Plot, Run};
use crate::Error;
use crate::satisfaction::{Accumulator, Item, Question, weighted_index};

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "csat.summary",
        purpose: "How many customers are satisfied (share of the highest answers) and how high the mean is. \
                  Read share 0.75 as: 3 of 4 chose one of the top answers; ci_wilson says how far chance \
                  could carry that figure.",
        caution: "A share of top answers and a mean are different figures: never compare one with the other, \
                  nor scales of different width. The share says nothing about how unsatisfied the rest is. \
                  Who was asked, and when, moves it more than most improvements do.",
        inputs: &[
            OpField { name: "ratings", meaning: "list of whole numbers on the scale, null if missing" },
            OpField { name: "scale", meaning: "[min, max], whole numbers" },
            OpField { name: "top_boxes", meaning: "how many of the highest answers count as satisfied" },
            CONFIDENCE,
        ],
        outputs: &[
            OpField { name: "n", meaning: "valid answers" },
            OpField { name: "missing", meaning: "questions left unanswered, not in n" },
            OpField { name: "satisfied", meaning: "answers among the highest" },
            OpField { name: "share", meaning: "satisfied / n, 0 to 1" },
            OpField { name: "ci_wilson", meaning: "[low, high], interval of the share" },
            OpField { name: "mean", meaning: "mean answer, on the scale" },
            OpField { name: "index_0_100", meaning: "mean carried to 0-100" },
            OpField { name: "sd", meaning: "standard deviation; null with one answer" },
            OpField { name: "se_mean", meaning: "sd / sqrt(n); null with one answer" },
            OpField { name: "ci_mean_t", meaning: "[low, high], interval of the mean; null with one answer" },
        ],
        formula: "share = satisfied / n with Wilson's interval; index = 100 (mean - min) / (max - min); mean \
                  +- t sd / sqrt(n), n - 1 degrees of freedom",
        source: "Oliver 1980, A cognitive model of the antecedents and consequences of satisfaction \
                 decisions; Wilson 1927, Probable inference, the law of succession, and statistical \
                 inference; Student 1908, The probable error of a mean",
        example: r#"{"ratings": [5, 5, 5, 2, null], "scale": [1, 5], "top_boxes": 2}"#,
        plot: Some(Plot::Interval { value: "share", interval: "ci_wilson" }),
        run: Run::Alone(summary),
    },
    OpInfo {
        name: "csat.index",
        purpose: "Several satisfaction questions made one figure from 0 (all at the worst end) to 100 (all \
                  at the best), each with the weight you give it. Read it beside its parts: they say what to \
                  work on.",
        caution: "Two indices are comparable only with the same questions and weights. Say where the weights \
                  come from. Three questions with equal weights are not the published American index and \
                  must not bear its name.",
        inputs: &[
            OpField { name: "scores", meaning: "list of scores or means, each within its scale" },
            OpField { name: "scales", meaning: "list of [min, max], one per score" },
            OpField {
                name: "weights",
                meaning: "list of numbers 0 to 1 that add up to 1; equal if left out",
            },
        ],
        outputs: &[OpField { name: "index", meaning: "0 to 100" }],
        formula: "index = sum of w_i 100 (score_i - min_i) / (max_i - min_i)",
        source: "Hill & Alexander 2000, Handbook of Customer Satisfaction and Loyalty Measurement; with \
                 three 1-10 questions the form of Fornell et al. 1996, The American Customer Satisfaction \
                 Index",
        example: r#"{"scores": [4, 3, 5], "scales": [[1, 5], [1, 5], [1, 5]], "weights": [0.5, 0.3, 0.2]}"#,
        plot: None,
        run: Run::Alone(index),
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SummaryInput {
    ratings: Vec<Option<f64>>,
    scale: [f64; 2],
    top_boxes: f64,
    confidence: Option<f64>,
}

fn summary(input: &Value) -> Result<Value, OpError> {
    let input: SummaryInput = read(input)?;
    let scale = scale(input.scale)?;
    let question = Question::new(scale, boxes(input.top_boxes)?)?;
    let mut all = Accumulator::new(question);
    let push = |all: &mut Accumulator, x| all.push(scale.answer(x)?);
    each_answer(&mut all, &input.ratings, push, Accumulator::push_missing)?;
    write(all.summary(confidence(input.confidence)?)?)
}

fn boxes(value: f64) -> Result<u32, Error> {
    if value >= 0.0 && value <= f64::from(u32::MAX) && value.fract() == 0.0 {
        return Ok(value as u32);
    }
    Err(Error::out_of_range("top boxes", value, "a whole number"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IndexInput {
    scores: Vec<f64>,
    scales: Vec<[f64; 2]>,
    weights: Option<Vec<f64>>,
}

fn index(input: &Value) -> Result<Value, OpError> {
    let input: IndexInput = read(input)?;
    let length = input.scores.len();
    let weights = input.weights.unwrap_or_else(|| vec![1.0 / length as f64; length]);
    if input.scales.len() != length || weights.len() != length {
        return Err(OpError::bad_shape("scores, scales and weights must be of the same length"));
    }
    let items = input
        .scores
        .iter()
        .zip(&input.scales)
        .zip(&weights)
        .map(|((score, bounds), weight)| Ok(Item { score: *score, scale: scale(*bounds)?, weight: *weight }))
        .collect::<Result<Vec<_>, Error>>()?;
    Ok(json!({ "index": weighted_index(&items)? }))
}
