//! Agreement.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

use super::input::{confidence, read, write};
use super::{CONFIDENCE, OpError, OpField, OpInfo, Plot, Run};
use crate::Error;
use crate::agreement::{Disagreement, Items, Level, Ratings, TwoRaters};

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "stats.cronbach_alpha",
        purpose: "Tells whether several questions measure one thing, so that their sum may be used as one figure: 0.7 is \
                  the usual least, above 0.95 they repeat each other. The interval says how sure that is with so many \
                  respondents.",
        caution: "High with many questions even if they measure several things. Turn round questions asked the other way \
                  beforehand. Respondents who left a question out are not counted.",
        inputs: &[
            OpField {
                name: "items",
                meaning: "list of respondents, each a list of answers to the same questions, null if missing",
            },
            CONFIDENCE,
        ],
        outputs: &[
            OpField { name: "n", meaning: "respondents with every answer" },
            OpField { name: "missing", meaning: "respondents left out" },
            OpField { name: "k", meaning: "questions" },
            OpField { name: "alpha", meaning: "at most 1; null when the sums do not vary" },
            OpField { name: "ci", meaning: "[low, high] after Feldt; null with alpha" },
        ],
        formula: "alpha = k/(k-1) (1 - sum of variances of questions / variance of sums); interval 1 - (1 - alpha) F, F \
                  with n - 1 and (n - 1)(k - 1) degrees of freedom",
        source: "Cronbach 1951, Coefficient alpha and the internal structure of tests; Feldt 1965, The approximate \
                 sampling distribution of Kuder-Richardson reliability coefficient twenty",
        example: r#"{"items": [[1, 2], [2, 1], [3, 3], [5, 4]]}"#,
        plot: Some(Plot::Interval { value: "alpha", interval: "ci" }),
        run: Run::Alone(alpha),
    },
    OpInfo {
        name: "stats.cohen_kappa",
        purpose: "Tells whether two people sort the same comments alike, beyond what chance would give: 0 is chance, 1 \
                  full agreement, above 0.6 is usually called good. With ordered categories, linear or quadratic weights \
                  count near misses less.",
        caution: "When almost all belong to one category, kappa is low although nearly all agree: show \
                  observed_agreement beside it. For more than two raters use stats.krippendorff_alpha.",
        inputs: &[
            OpField { name: "a", meaning: "categories the first rater chose, null if missing" },
            OpField { name: "b", meaning: "categories the second chose, for the same things" },
            OpField { name: "categories", meaning: "all categories, in their order if they have one" },
            OpField { name: "weights", meaning: "\"none\" (if left out), \"linear\" or \"quadratic\"" },
        ],
        outputs: &[
            OpField { name: "n", meaning: "things both have rated" },
            OpField { name: "missing", meaning: "things left out" },
            OpField { name: "observed_agreement", meaning: "share put into the same category, 0 to 1" },
            OpField { name: "kappa", meaning: "at most 1; null when chance alone would agree fully" },
            OpField { name: "se", meaning: "standard error of kappa; null with it" },
        ],
        formula: "kappa = 1 - sum v observed / sum v expected, v = 1, |i-j|/(k-1) or its square; se after Fleiss, Cohen \
                  and Everitt",
        source: "Cohen 1960, A coefficient of agreement for nominal scales; Cohen 1968, Weighted kappa; Fleiss, Cohen & \
                 Everitt 1969, Large sample standard errors of kappa and weighted kappa",
        example: r#"{"a": ["good", "good", "bad", "bad"], "b": ["good", "bad", "bad", "bad"], "categories": ["bad", "good"]}"#,
        plot: None,
        run: Run::Alone(kappa),
    },
    OpInfo {
        name: "stats.krippendorff_alpha",
        purpose: "Tells whether any number of people rate the same things alike, beyond chance, ratings missing or not: 0 \
                  is chance, 1 full agreement. Above 0.8 conclusions may be drawn, above 0.667 tentative ones.",
        caution: "Raters must not have spoken with each other. Choose the level that the values have: marks are ordinal, \
                  names nominal. When almost all ratings are one value, alpha is low although nearly all agree.",
        inputs: &[
            OpField {
                name: "ratings",
                meaning: "list of raters, each a list of numbers, one for each thing, null if missing",
            },
            OpField { name: "level", meaning: "\"nominal\", \"ordinal\", \"interval\" or \"ratio\"" },
        ],
        outputs: &[
            OpField {
                name: "alpha",
                meaning: "at most 1; null when all ratings are one value or nothing was rated twice",
            },
            OpField { name: "pairable", meaning: "ratings of things with at least two" },
            OpField { name: "units", meaning: "things, rated or not" },
            OpField { name: "missing", meaning: "ratings not given" },
        ],
        formula: "alpha = 1 - (n - 1) sum over things (sum of d^2 over pairs / (ratings - 1)) / sum of d^2 over all \
                  pairs; d: 0 or 1, difference of middle ranks, difference, (c-k)/(c+k)",
        source: "Krippendorff 2004, Content Analysis; Krippendorff 2011, Computing Krippendorff's alpha-reliability",
        example: r#"{"ratings": [[1, 1, 2, 3], [1, 2, 2, 3], [null, 1, 2, 3]], "level": "ordinal"}"#,
        plot: None,
        run: Run::Alone(krippendorff),
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AlphaInput {
    items: Vec<Vec<Option<f64>>>,
    confidence: Option<f64>,
}

fn alpha(input: &Value) -> Result<Value, OpError> {
    let input: AlphaInput = read(input)?;
    let first = input.items.first().ok_or(Error::EmptySample)?;
    let mut items = Items::new(first.len())?;
    input.items.iter().try_for_each(|row| items.push(row))?;
    write(items.alpha(confidence(input.confidence)?)?)
}

/// A category: a name, or a number standing for one.
#[derive(Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(from = "Written")]
struct Label(String);

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Name(String),
    Number(serde_json::Number),
}

impl From<Written> for Label {
    fn from(written: Written) -> Self {
        match written {
            Written::Name(name) => Self(name),
            Written::Number(number) => Self(number.to_string()),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KappaInput {
    a: Vec<Option<Label>>,
    b: Vec<Option<Label>>,
    categories: Vec<Label>,
    weights: Option<Disagreement>,
}

fn kappa(input: &Value) -> Result<Value, OpError> {
    let input: KappaInput = read(input)?;
    if input.a.len() != input.b.len() {
        return Err(OpError::bad_shape("a and b must be of the same length"));
    }
    let places: HashMap<&Label, usize> = input.categories.iter().zip(0..).collect();
    if places.len() != input.categories.len() {
        return Err(OpError::bad_shape("a category is given twice"));
    }
    let place = |label: &Label| {
        places.get(label).copied().ok_or_else(|| Error::UnknownCategory { name: label.0.clone() })
    };
    let mut raters = TwoRaters::new(input.categories.len())?;
    for pair in input.a.iter().zip(&input.b) {
        match pair {
            (Some(a), Some(b)) => raters.push(place(a)?, place(b)?)?,
            (Some(one), None) | (None, Some(one)) => {
                place(one)?;
                raters.push_missing(1)?;
            }
            (None, None) => raters.push_missing(1)?,
        }
    }
    write(raters.kappa(input.weights.unwrap_or_default())?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RatingsInput {
    ratings: Vec<Vec<Option<f64>>>,
    level: Level,
}

fn krippendorff(input: &Value) -> Result<Value, OpError> {
    let input: RatingsInput = read(input)?;
    let units = input.ratings.first().map_or(0, Vec::len);
    if input.ratings.iter().any(|rater| rater.len() != units) {
        return Err(OpError::bad_shape("every rater needs one rating for each thing, null if missing"));
    }
    let mut all = Ratings::new();
    let mut unit = Vec::with_capacity(input.ratings.len());
    for at in 0..units {
        unit.clear();
        unit.extend(input.ratings.iter().map(|rater| rater[at]));
        all.push_unit(&unit)?;
    }
    write(all.alpha(input.level)?)
}
