//! Kano's model.

use serde::Deserialize;
use serde_json::Value;

use super::input::{confidence, read, write};
use super::{CONFIDENCE, OpError, OpField, OpInfo, Plot, Run};
use crate::kano::{Accumulator, Feeling, classify};

pub(super) const OPS: &[OpInfo] = &[OpInfo {
    name: "kano.summary",
    purpose: "Tells what a feature is to customers: taken for granted (M), the more the better (O), a delight (A), \
              indifferent (I), unwelcome (R), or not understood (Q). `better` is how far having it satisfies, `worse` \
              how far lacking it dissatisfies. When `fong_distinct` is false the first two categories are too close to \
              call.",
    caution: "Ask each segment apart: an average of two wishes is nobody's. Categories drift in time, from delight to \
              taken for granted. Many Q mean the question was not understood.",
    inputs: &[
        OpField {
            name: "pairs",
            meaning: "list of [with the feature, without it], each 1 like, 2 must be, 3 neutral, 4 can live with, \
                      5 dislike, null if missing",
        },
        CONFIDENCE,
    ],
    outputs: &[
        OpField { name: "n", meaning: "complete pairs" },
        OpField { name: "missing", meaning: "pairs with a missing half, not in n" },
        OpField { name: "categories", meaning: "category of each pair, null when a half is missing" },
        OpField { name: "counts", meaning: "pairs in each of M, O, A, I, R, Q" },
        OpField {
            name: "category",
            meaning: "the most frequent; ties go to M, O, A, I, R, Q in this order; null when nobody answered",
        },
        OpField {
            name: "blauth",
            meaning: "the most frequent of M, O, A when these outnumber I, R, Q together, else of those; null when nobody answered",
        },
        OpField { name: "better", meaning: "0 to 1, null when nobody is in A, O, M or I" },
        OpField { name: "better_ci_wilson", meaning: "[low, high] of better; null with it" },
        OpField { name: "worse", meaning: "-1 to 0, null likewise" },
        OpField { name: "worse_ci_wilson", meaning: "[low, high] of worse; null with it" },
        OpField {
            name: "fong_critical",
            meaning: "answers by which the two largest counts must differ; null when nobody answered",
        },
        OpField { name: "fong_distinct", meaning: "whether they do; null when nobody answered" },
        OpField {
            name: "category_strength",
            meaning: "(largest - second) / n, 0 to 1; null when nobody answered",
        },
        OpField {
            name: "total_strength",
            meaning: "(M + O + A) / n, 0 to 1: how many care; null when nobody answered",
        },
    ],
    formula: "better = (A + O) / (A + O + M + I); worse = -(O + M) / (A + O + M + I); distinct when \
              a - b >= 1.65 sqrt((a + b)(2n - a - b) / (2n)) for the two largest counts a and b",
    source: "Kano, Seraku, Takahashi & Tsuji 1984, Attractive quality and must-be quality; Berger et al. 1993, Kano's \
             methods for understanding customer-defined quality; Fong 1996, Using the self-stated importance \
             questionnaire to interpret Kano questionnaire results; Lee & Newcomb 1997, Applying the Kano methodology \
             to meet customer requirements",
    example: r#"{"pairs": [[1, 3], [1, 4], [1, 5], [3, 5], [3, 3], [1, null]]}"#,
    plot: Some(Plot::Bars { values: "counts" }),
    run: Run::Alone(summary),
}];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    pairs: Vec<[Option<f64>; 2]>,
    confidence: Option<f64>,
}

fn summary(input: &Value) -> Result<Value, OpError> {
    let input: Input = read(input)?;
    let mut all = Accumulator::new();
    let mut categories = Vec::with_capacity(input.pairs.len());
    for [with, without] in input.pairs {
        let (with, without) = (with.map(Feeling::of).transpose()?, without.map(Feeling::of).transpose()?);
        let category = with.zip(without).map(|(with, without)| classify(with, without));
        match category {
            Some(category) => all.push_count(category, 1)?,
            None => all.push_missing(1)?,
        }
        categories.push(category);
    }
    let mut output = write(all.summary(confidence(input.confidence)?))?;
    if let Value::Object(fields) = &mut output {
        fields.insert("categories".to_owned(), write(categories)?);
    }
    Ok(output)
}
