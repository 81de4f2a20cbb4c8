//! The Fellegi–Sunter model and its estimation.

use measures::ops::{OpError, OpField, OpInfo, Plot, Run, read, write};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Error;
use crate::fellegi_sunter::{self as model, Agreement, Probability, TwoClass, TwoLevelPatterns};

const M: OpField = OpField {
    name: "m",
    meaning: "for each field, how often it agrees when both records are one person; strictly between 0 and 1",
};
const U: OpField = OpField {
    name: "u",
    meaning: "for each field, how often it agrees by chance when they are two persons; strictly between 0 and 1",
};
const START: [OpField; 4] = [
    OpField {
        name: "patterns",
        meaning: "list of [pattern, count]: a pattern has 1 (agrees), 0 (differs) or null (missing) for each field, count \
                  is how many pairs show it, a whole number from 0",
    },
    OpField { name: "prior", meaning: "share of matches to start from, strictly between 0 and 1" },
    OpField { name: "m", meaning: "for each field, share of matches in which it agrees, to start from" },
    OpField { name: "u", meaning: "for each field, share of other pairs in which it agrees, to start from" },
];
const ESTIMATED: [OpField; 3] = [
    OpField { name: "prior", meaning: "share of matches among the pairs" },
    OpField { name: "m", meaning: "for each field, share of matches in which it agrees" },
    OpField { name: "u", meaning: "for each field, share of other pairs in which it agrees" },
];
const EXAMPLE: &str = r#"{"patterns": [[[0, 0, 0], 2196], [[0, 0, 1], 863], [[0, 1, 0], 126], [[0, 1, 1], 67], [[1, 0, 0], 269], [[1, 0, 1], 161], [[1, 1, 0], 102], [[1, 1, null], 216]], "prior": 0.2, "m": [0.8, 0.8, 0.8], "u": [0.2, 0.2, 0.2]}"#;
const EM_SOURCE: &str = "Dempster, Laird & Rubin 1977, Maximum likelihood from incomplete data via the EM algorithm; Winkler 1988, \
                         Using the EM algorithm for weight computation in the Fellegi-Sunter model of record linkage";

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "linkage.fellegi_sunter",
        purpose: "Tells how probable it is that two records are the same person, from which fields agree. Each field adds \
                  its weight in bits: +1 doubles the odds, -1 halves them. A rare thing in common, such as an e-mail \
                  address, says much; a city in common little.",
        caution: "Fields are taken as independent: two that say the same thing, such as city and postal code, count \
                  twice and make the probability too sure. The prior is the share of matches among the pairs compared, \
                  mostly very small.",
        inputs: &[
            M,
            U,
            OpField { name: "prior", meaning: "share of matches among the pairs; strictly between 0 and 1" },
            OpField { name: "gamma", meaning: "for each field 1 (agrees), 0 (differs) or null (missing)" },
        ],
        outputs: &[
            OpField { name: "weights", meaning: "for each field, bits it adds; 0 where missing" },
            OpField { name: "match_weight", meaning: "bits in all, those of the prior among them" },
            OpField { name: "probability", meaning: "of the same person, 0 to 1" },
        ],
        formula: "weight = log2(m/u) when the field agrees, log2((1-m)/(1-u)) when it differs, 0 when missing; \
                  match_weight w = log2(prior/(1-prior)) + sum of weights; probability = 2^w/(1 + 2^w)",
        source: "Fellegi & Sunter 1969, A theory for record linkage; Newcombe, Kennedy, Axford & James 1959, Automatic \
                 linkage of vital records",
        example: r#"{"m": [0.95, 0.9, 0.8], "u": [0.01, 0.05, 0.2], "prior": 0.001, "gamma": [1, 0, null]}"#,
        plot: Some(Plot::Bars { values: "weights" }),
        run: Run::Alone(fellegi_sunter),
    },
    OpInfo {
        name: "linkage.em_step",
        purpose: "Takes one step of linkage.em, to check it or to follow how an estimate comes about: which pairs would be \
                  matches under the present numbers, and which numbers fit those pairs best.",
        caution: "One step is no estimate: use linkage.em for that. Classes are not relabelled.",
        inputs: &START,
        outputs: &[
            ESTIMATED[0],
            ESTIMATED[1],
            ESTIMATED[2],
            OpField { name: "log_likelihood_before", meaning: "natural logarithm, of the numbers given" },
        ],
        formula: "g = prior P(pattern|m) / (prior P(pattern|m) + (1-prior) P(pattern|u)); prior = mean of g; m = sum of g \
                  where the field agrees / sum of g where it is not missing, u the same with 1 - g",
        source: EM_SOURCE,
        example: EXAMPLE,
        plot: Some(Plot::Bars { values: "m" }),
        run: Run::Alone(em_step),
    },
    OpInfo {
        name: "linkage.em",
        purpose: "Learns how often each field agrees for one person and by chance, without anybody having said which pairs \
                  are the same person: pairs in which much agrees and pairs in which little does are told apart by \
                  themselves. The result goes into linkage.fellegi_sunter.",
        caution: "Needs at least three fields, and matches that are not too rare among the pairs: with a share below some \
                  thousandths, take u from pairs drawn at random. Fields that depend on each other, such as city and \
                  postal code, can make it find households in place of persons. Another start may end elsewhere.",
        inputs: &START,
        outputs: &[
            ESTIMATED[0],
            ESTIMATED[1],
            ESTIMATED[2],
            OpField { name: "log_likelihood", meaning: "natural logarithm, of the numbers found" },
            OpField { name: "iterations", meaning: "steps taken" },
            OpField {
                name: "converged",
                meaning: "whether it came to an end: no number moved by more than 1e-14",
            },
        ],
        formula: "steps as in linkage.em_step until nothing moves; the matches are the class with the larger sum of \
                  log2(m/u); every number stays at least 1e-12 from 0 and 1",
        source: EM_SOURCE,
        example: EXAMPLE,
        plot: Some(Plot::Bars { values: "m" }),
        run: Run::Alone(em),
    },
];

/// What a comparison says, given as any JSON number.
fn agreement(gamma: Option<f64>) -> Result<Option<Agreement>, Error> {
    match gamma {
        None => Ok(None),
        Some(0.0) => Ok(Some(Agreement::Differ)),
        Some(1.0) => Ok(Some(Agreement::Agree)),
        Some(other) => Err(Error::out_of_range("comparison", other, "0 or 1")),
    }
}

fn agreements(gamma: &[Option<f64>]) -> Result<Vec<Option<Agreement>>, Error> {
    gamma.iter().map(|gamma| agreement(*gamma)).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScoreInput {
    m: Vec<f64>,
    u: Vec<f64>,
    prior: f64,
    gamma: Vec<Option<f64>>,
}

fn fellegi_sunter(input: &Value) -> Result<Value, OpError> {
    let input: ScoreInput = read(input)?;
    if input.gamma.len() != input.m.len() {
        return Err(OpError::bad_shape("m, u and gamma must be of the same length"));
    }
    let model = TwoClass::new(input.prior, &input.m, &input.u)?;
    write(model.score(&agreements(&input.gamma)?)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FitInput {
    patterns: Vec<(Vec<Option<f64>>, f64)>,
    prior: f64,
    m: Vec<f64>,
    u: Vec<f64>,
}

impl FitInput {
    fn checked(&self) -> Result<(TwoLevelPatterns, TwoClass), Error> {
        let model = TwoClass::new(self.prior, &self.m, &self.u)?;
        let mut patterns = TwoLevelPatterns::new(self.m.len())?;
        for (pattern, count) in &self.patterns {
            if count.fract() != 0.0 {
                return Err(Error::out_of_range("count", *count, "a whole number from 0 to 2^53"));
            }
            patterns.push(&agreements(pattern)?, *count)?;
        }
        Ok((patterns, model))
    }
}

/// A model as it is written.
#[derive(Serialize)]
struct Written {
    prior: Probability,
    m: Vec<Probability>,
    u: Vec<Probability>,
}

impl From<TwoClass> for Written {
    fn from(model: TwoClass) -> Self {
        let (m, u) = model.fields.iter().map(|field| (field.m, field.u)).unzip();
        Self { prior: model.prior, m, u }
    }
}

#[derive(Serialize)]
struct StepOutput {
    #[serde(flatten)]
    model: Written,
    log_likelihood_before: f64,
}

fn em_step(input: &Value) -> Result<Value, OpError> {
    let (patterns, start) = read::<FitInput>(input)?.checked()?;
    let step = model::em_step(&patterns, &start)?;
    write(StepOutput { model: step.model.into(), log_likelihood_before: step.log_likelihood_before })
}

#[derive(Serialize)]
struct FitOutput {
    #[serde(flatten)]
    model: Written,
    log_likelihood: f64,
    iterations: usize,
    converged: bool,
}

fn em(input: &Value) -> Result<Value, OpError> {
    let (patterns, start) = read::<FitInput>(input)?.checked()?;
    let fit = model::em(&patterns, &start)?;
    let (log_likelihood, iterations, converged) = (fit.log_likelihood, fit.iterations, fit.converged);
    write(FitOutput { model: fit.model.into(), log_likelihood, iterations, converged })
}
