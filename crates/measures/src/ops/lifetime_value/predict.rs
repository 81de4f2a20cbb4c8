//! What the counting models say of one customer.

use serde::Deserialize;
use serde_json::{Value, json};

use super::input::{
    BG_PARAMS, BgParams, HORIZON, P_ALIVE, PARETO_PARAMS, ParetoParams, T_OBSERVED, T_X, X, history,
};
use crate::Error;
use crate::ops::input::{count, read, write};
use crate::ops::{OpError, OpField, OpInfo, Plot, Run};

/// Counts asked for at once.
const MOST_COUNTS: usize = 10_000;

const EXPECTED_NEW: OpField = OpField {
    name: "expected_new_customer",
    meaning: "repeat purchases expected within t of somebody who starts now",
};
const EXPECTED: OpField = OpField {
    name: "expected_conditional",
    meaning: "purchases expected within the next t of this customer, the chance of having left considered",
};
const PREDICT_CAUTION: &str = "A forecast for one customer is an average over all who look the same: one of them may buy \
                               ten times and the next never. Parameters, history and t must be in one unit of time.";

pub(super) const BG_PREDICT: OpInfo = OpInfo {
    name: "clv.bgnbd_predict",
    purpose: "Whether a silent customer is still one, and how many purchases to expect of them. A long silence of somebody \
              who bought often weighs more than the same silence of somebody who bought rarely.",
    caution: "A customer without a repeat purchase counts as still there for certain, by construction of this model. A \
              forecast for one customer is an average over all who look the same. Parameters, history and t must be in \
              one unit of time.",
    inputs: &[BG_PARAMS, X, T_X, T_OBSERVED, HORIZON],
    outputs: &[P_ALIVE, EXPECTED_NEW, EXPECTED],
    formula: "P(alive) = 1 / (1 + [x > 0] a / (b + x - 1) ((alpha + T) / (alpha + t_x))^(r + x)); E new = (a + b - 1) / (a \
              - 1) (1 - (alpha / (alpha + t))^r 2F1(r, b; a + b - 1; t / (alpha + t))); E = P(alive) times the same with r \
              + x, alpha + T, a, b + x",
    source: "Fader, Hardie & Lee 2005, Counting your customers the easy way: an alternative to the Pareto/NBD model",
    example: r#"{"params": {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}, "x": 2, "t_x": 30.43, "T": 38.86, "t": 39}"#,
    plot: None,
    run: Run::Alone(bg_predict),
};

pub(super) const BG_COUNTS: OpInfo = OpInfo {
    name: "clv.bgnbd_count_probability",
    purpose: "How many new customers in a hundred will make no repeat purchase, one, two… within a time. Good for planning \
              and, against what was observed, for seeing whether the model fits.",
    caution: "It speaks of new customers, not of those who have a history. Alike shares do not prove that the model tells \
              single customers apart: see clv.backtest.",
    inputs: &[
        BG_PARAMS,
        HORIZON,
        OpField { name: "n", meaning: "list of whole numbers: the counts asked for" },
    ],
    outputs: &[OpField { name: "p", meaning: "list of probabilities, 0 to 1, one for each count asked for" }],
    formula: "P(n) = (b)_n / (a + b)_n NB(n) + [n > 0] a / (b + n - 1) (b)_n / (a + b)_n P(NB >= n), NB negative binomial \
              with r and t / (alpha + t), (z)_n = z (z + 1) ... (z + n - 1)",
    source: "Fader, Hardie & Lee 2005, Counting your customers the easy way: an alternative to the Pareto/NBD model",
    example: r#"{"params": {"r": 1, "alpha": 1, "a": 1, "b": 1}, "t": 1, "n": [0, 1, 2, 3]}"#,
    plot: Some(Plot::Bars { values: "p" }),
    run: Run::Alone(bg_counts),
};

pub(super) const PARETO_PREDICT: OpInfo = OpInfo {
    name: "clv.paretonbd_predict",
    purpose: "Whether a silent customer is still one, and how many purchases to expect of them. Unlike in BG/NBD, somebody \
              who never came back may have left too.",
    caution: PREDICT_CAUTION,
    inputs: &[PARETO_PARAMS, X, T_X, T_OBSERVED, HORIZON],
    outputs: &[P_ALIVE, EXPECTED_NEW, EXPECTED],
    formula: "P(alive) = 1 / (1 + s (alpha + T)^(r + x) (beta + T)^s integral from t_x to T of (alpha + u)^-(r + x) (beta + \
              u)^-(s + 1) du); E new = r beta / (alpha (s - 1)) (1 - (beta / (beta + t))^(s - 1)); E = P(alive) times the \
              same with r + x, alpha + T, s, beta + T",
    source: "Schmittlein, Morrison & Colombo 1987, Counting your customers: who are they and what will they do next?; \
             Fader & Hardie 2005, A note on deriving the Pareto/NBD model and related expressions",
    example: r#"{"params": {"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669}, "x": 2, "t_x": 30.43, "T": 38.86, "t": 39}"#,
    plot: None,
    run: Run::Alone(pareto_predict),
};

pub(super) const DERT: OpInfo = OpInfo {
    name: "clv.dert",
    purpose: "All purchases a customer is still expected to make, later ones counting for less. Times the margin of a \
              purchase, it is what the customer is worth from now on, without choosing where to stop.",
    caution: "delta is a continuous rate in the unit of the parameters: with weeks, 10 % a year is ln(1.1) / 52 = 0.00183. \
              It looks further ahead than any data reach, and close to delta = 0 the result is mostly about that far \
              future.",
    inputs: &[
        PARETO_PARAMS,
        X,
        T_X,
        T_OBSERVED,
        OpField { name: "delta", meaning: "continuous discount rate per unit of time, 0 or more" },
    ],
    outputs: &[OpField {
        name: "dert",
        meaning: "discounted expected residual transactions; \"inf\" where nothing is discounted and s is 1 or less",
    }],
    formula: "DERT = P(alive) (r + x) / (alpha + T) integral of e^(-delta t) ((beta + T) / (beta + T + t))^s dt = alpha^r \
              beta^s delta^(s - 1) G(r + x + 1) U(s, s, delta (beta + T)) / (G(r) (alpha + T)^(r + x + 1) L), U Tricomi's \
              and G the gamma function",
    source: "Fader, Hardie & Lee 2005, RFM and CLV: using iso-value curves for customer base analysis",
    example: r#"{"params": {"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669}, "x": 26, "t_x": 30.86, "T": 31, "delta": 0.0027}"#,
    plot: None,
    run: Run::Alone(dert),
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PredictInput<P> {
    params: P,
    x: f64,
    t_x: f64,
    #[serde(rename = "T")]
    observed: f64,
    t: f64,
}

fn bg_predict(input: &Value) -> Result<Value, OpError> {
    let input: PredictInput<BgParams> = read(input)?;
    let history = history(input.x, input.t_x, input.observed)?;
    write(input.params.model()?.predict(&history, input.t)?)
}

fn pareto_predict(input: &Value) -> Result<Value, OpError> {
    let input: PredictInput<ParetoParams> = read(input)?;
    let history = history(input.x, input.t_x, input.observed)?;
    write(input.params.model()?.predict(&history, input.t)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountsInput {
    params: BgParams,
    t: f64,
    n: Vec<f64>,
}

fn bg_counts(input: &Value) -> Result<Value, OpError> {
    let input: CountsInput = read(input)?;
    if input.n.len() > MOST_COUNTS {
        let length = input.n.len() as f64;
        return Err(
            Error::out_of_range("length of n", length, format!("at most {MOST_COUNTS} counts")).into()
        );
    }
    let counts = input.n.iter().map(|n| count("n", *n)).collect::<Result<Vec<_>, _>>()?;
    Ok(json!({ "p": input.params.model()?.count_probabilities(input.t, &counts)? }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DertInput {
    params: ParetoParams,
    x: f64,
    t_x: f64,
    #[serde(rename = "T")]
    observed: f64,
    delta: f64,
}

fn dert(input: &Value) -> Result<Value, OpError> {
    let input: DertInput = read(input)?;
    let history = history(input.x, input.t_x, input.observed)?;
    Ok(json!({ "dert": input.params.model()?.discounted_transactions(&history, input.delta)? }))
}
