//! The counting models: likelihood and fit.

use serde::Deserialize;
use serde_json::{Value, json};

use super::input::{BG_PARAMS, BgParams, CUSTOMERS, DATA, PARETO_PARAMS, ParetoParams, histories, rows};
use crate::lifetime_value::{BgNbd, Histories, ParetoNbd};
use crate::ops::input::{read, write};
use crate::ops::{Files, OpError, OpField, OpInfo, Run};

const LOG_LIKELIHOOD: OpField = OpField {
    name: "log_likelihood",
    meaning: "logarithm of the probability of these customers, summed over them; only differences on the same data mean \
              something, and the higher is the better",
};
const N: OpField = OpField { name: "n", meaning: "customers counted" };
const MISSING: OpField =
    OpField { name: "missing", meaning: "customers left out because something is not known" };
pub(super) const CONVERGED: OpField = OpField {
    name: "converged",
    meaning: "whether the data pin the parameters down; if false, status says why, and the parameters mean little",
};
pub(super) const STATUS: OpField = OpField {
    name: "status",
    meaning: "converged; flat (too few customers, or too alike, to tell parameters apart); at_bound (the data want a \
              model without one of its parts); out_of_steps",
};
pub(super) const EVALUATIONS: OpField =
    OpField { name: "evaluations", meaning: "times the likelihood of all customers was computed" };
const FIT_CAUTION: &str = "Not for contracts, where leaving is seen, nor for purchases in step with the calendar. Look at \
                           converged and the standard errors before reading anything into single parameters; with fewer \
                           than a few hundred customers they are loose even where forecasts are good. Check with \
                           clv.backtest.";
const SMALL: &str = r#"{"customers": [[0, 0, 38], [1, 5, 37], [2, 20, 36], [4, 30, 35], [1, 2, 34], [7, 33, 34], [0, 0, 33], [3, 12, 33], [0, 0, 31], [9, 28, 30]]}"#;

pub(super) const BG_LOG_LIKELIHOOD: OpInfo = OpInfo {
    name: "clv.bgnbd_loglik",
    purpose: "How well given parameters of the BG/NBD model explain the purchases of these customers. Of two sets of \
              parameters for the same customers, the one with the higher figure fits better; a difference of 2 is worth \
              noticing.",
    caution: "The figure by itself says nothing, and figures of different customers cannot be compared. A good fit of the \
              past is not yet a good forecast.",
    inputs: &[BG_PARAMS, CUSTOMERS, DATA],
    outputs: &[LOG_LIKELIHOOD, N, MISSING],
    formula: "ln L = sum of ln G(r + x)/G(r) + r ln alpha + ln B(a, b + x)/B(a, b) + ln((alpha + T)^-(r + x) + [x > 0] a \
              / (b + x - 1) (alpha + t_x)^-(r + x)), G the gamma and B the beta function",
    source: "Fader, Hardie & Lee 2005, Counting your customers the easy way: an alternative to the Pareto/NBD model",
    example: r#"{"params": {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}, "customers": [[2, 30.43, 38.86], [0, 0, 38.86]]}"#,
    plot: None,
    run: Run::WithFiles(bg_log_likelihood),
};

pub(super) const BG_FIT: OpInfo = OpInfo {
    name: "clv.bgnbd_fit",
    purpose: "Learns from past purchases how often customers buy and how soon they leave, where leaving is never announced. \
              r / alpha is the mean number of purchases per unit of time of somebody still there, a / (a + b) the mean \
              chance of leaving after a purchase. The parameters go into clv.bgnbd_predict and clv.discounted.",
    caution: FIT_CAUTION,
    inputs: &[CUSTOMERS, DATA],
    outputs: &[
        OpField {
            name: "params.r",
            meaning: "shape of the purchase rates: the smaller, the more customers differ",
        },
        OpField { name: "params.alpha", meaning: "scale of the purchase rates, a time" },
        OpField { name: "params.a", meaning: "first shape of the chance of leaving" },
        OpField { name: "params.b", meaning: "second shape of the chance of leaving" },
        LOG_LIKELIHOOD,
        N,
        MISSING,
        CONVERGED,
        STATUS,
        OpField {
            name: "standard_errors",
            meaning: "object of r, alpha, a and b: how far each may be off by chance; null unless converged",
        },
        EVALUATIONS,
    ],
    formula: "the parameters with the highest ln L of clv.bgnbd_loglik, by Newton's steps on their logarithms",
    source: "Fader, Hardie & Lee 2005, Counting your customers the easy way: an alternative to the Pareto/NBD model",
    example: SMALL,
    plot: None,
    run: Run::WithFiles(bg_fit),
};

pub(super) const PARETO_LOG_LIKELIHOOD: OpInfo = OpInfo {
    name: "clv.paretonbd_loglik",
    purpose: "How well given parameters of the Pareto/NBD model explain the purchases of these customers. Of two models of \
              the same customers, such as this one and BG/NBD, the one with the higher figure fits better.",
    caution: "The figure by itself says nothing, and figures of different customers cannot be compared. A good fit of the \
              past is not yet a good forecast.",
    inputs: &[PARETO_PARAMS, CUSTOMERS, DATA],
    outputs: &[LOG_LIKELIHOOD, N, MISSING],
    formula: "ln L = sum of ln G(r + x)/G(r) + r ln alpha + s ln beta + ln((alpha + T)^-(r + x) (beta + T)^-s + s integral \
              from t_x to T of (alpha + u)^-(r + x) (beta + u)^-(s + 1) du), G the gamma function",
    source: "Schmittlein, Morrison & Colombo 1987, Counting your customers: who are they and what will they do next?; \
             Fader & Hardie 2005, A note on deriving the Pareto/NBD model and related expressions",
    example: r#"{"params": {"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669}, "customers": [[2, 30.43, 38.86], [0, 0, 38.86]]}"#,
    plot: None,
    run: Run::WithFiles(pareto_log_likelihood),
};

pub(super) const PARETO_FIT: OpInfo = OpInfo {
    name: "clv.paretonbd_fit",
    purpose: "Learns from past purchases how often customers buy and how soon they leave, leaving being possible at any \
              time. r / alpha is the mean number of purchases per unit of time of somebody still there, s / beta the mean \
              rate of leaving. The parameters go into clv.paretonbd_predict, clv.dert and clv.discounted.",
    caution: FIT_CAUTION,
    inputs: &[CUSTOMERS, DATA],
    outputs: &[
        OpField {
            name: "params.r",
            meaning: "shape of the purchase rates: the smaller, the more customers differ",
        },
        OpField { name: "params.alpha", meaning: "scale of the purchase rates, a time" },
        OpField {
            name: "params.s",
            meaning: "shape of the leaving rates: the smaller, the more customers differ",
        },
        OpField { name: "params.beta", meaning: "scale of the leaving rates, a time" },
        LOG_LIKELIHOOD,
        N,
        MISSING,
        CONVERGED,
        STATUS,
        OpField {
            name: "standard_errors",
            meaning: "object of r, alpha, s and beta: how far each may be off by chance; null unless converged",
        },
        EVALUATIONS,
    ],
    formula: "the parameters with the highest ln L of clv.paretonbd_loglik, by Newton's steps on their logarithms",
    source: "Schmittlein, Morrison & Colombo 1987, Counting your customers: who are they and what will they do next?",
    example: SMALL,
    plot: None,
    run: Run::WithFiles(pareto_fit),
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given<P> {
    params: P,
    customers: Option<Vec<[Option<f64>; 3]>>,
    data: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    customers: Option<Vec<[Option<f64>; 3]>>,
    data: Option<String>,
}

impl Data {
    fn gather(self, files: &dyn Files) -> Result<Histories, OpError> {
        Ok(histories(&rows(self.customers, self.data.as_deref(), ["x", "t_x", "T"], files)?)?)
    }
}

fn judged(log_likelihood: f64, histories: &Histories) -> Value {
    json!({ "log_likelihood": log_likelihood, "n": histories.n(), "missing": histories.missing() })
}

fn bg_log_likelihood(input: &Value, files: &dyn Files) -> Result<Value, OpError> {
    let Given::<BgParams> { params, customers, data } = read(input)?;
    let model = params.model()?;
    let histories = Data { customers, data }.gather(files)?;
    Ok(judged(model.log_likelihood(&histories)?, &histories))
}

fn pareto_log_likelihood(input: &Value, files: &dyn Files) -> Result<Value, OpError> {
    let Given::<ParetoParams> { params, customers, data } = read(input)?;
    let model = params.model()?;
    let histories = Data { customers, data }.gather(files)?;
    Ok(judged(model.log_likelihood(&histories)?, &histories))
}

fn bg_fit(input: &Value, files: &dyn Files) -> Result<Value, OpError> {
    let data: Data = read(input)?;
    write(BgNbd::fit(&data.gather(files)?)?)
}

fn pareto_fit(input: &Value, files: &dyn Files) -> Result<Value, OpError> {
    let data: Data = read(input)?;
    write(ParetoNbd::fit(&data.gather(files)?)?)
}
