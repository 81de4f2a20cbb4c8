//! What purchases and customers are worth.

use serde::Deserialize;
use serde_json::{Value, json};

use super::counting::{CONVERGED, EVALUATIONS, STATUS};
use super::input::{BgParams, P_ALIVE, ParetoParams, T_OBSERVED, T_X, X, history, rows};
use crate::Error;
use crate::lifetime_value::{
    CountingModel, GammaGamma, Horizon, MOST_PERIODS, Spending, discounted_value, simple_value,
};
use crate::ops::input::{count, read, write};
use crate::ops::{Files, OpError, OpField, OpInfo, Run};

const RATE: OpField = OpField { name: "rate", meaning: "discount per period, 0 or more: 0.1 is 10 %" };

pub(super) const GAMMA_FIT: OpInfo = OpInfo {
    name: "clv.gammagamma_fit",
    purpose: "Learns how much purchases are worth and how far customers differ in that, so that one dear purchase of a new \
              customer is not taken for their habit. The parameters go into clv.gammagamma_mean.",
    caution: "Supposes that value and frequency of purchases have nothing to do with each other: look at their correlation \
              first. p, q and v trade off against each other: with few customers, trust what is expected of a customer \
              more than single parameters. Not for a fixed price.",
    inputs: &[
        OpField {
            name: "customers",
            meaning: "list of [x, mean value]: repeat purchases and their mean value; null where not known. Instead of data",
        },
        OpField {
            name: "data",
            meaning: "name of a CSV file with the columns x and monetary_value; empty where not known. Instead of customers",
        },
        OpField { name: "rows", meaning: "\"x >= 1\", which is what is done anyway; may be left out" },
    ],
    outputs: &[
        OpField {
            name: "params.p",
            meaning: "shape of the values of one customer: the larger, the more alike they are",
        },
        OpField {
            name: "params.q",
            meaning: "shape of the means of customers: the larger, the more alike customers are",
        },
        OpField { name: "params.v", meaning: "scale of the values, in money" },
        OpField {
            name: "log_likelihood",
            meaning: "logarithm of the density of these values, summed over customers",
        },
        OpField { name: "n", meaning: "customers fitted: those with a repeat purchase worth more than 0" },
        OpField {
            name: "left_out",
            meaning: "customers without a repeat purchase, or with a mean of 0 or less",
        },
        OpField { name: "missing", meaning: "customers left out because something is not known" },
        CONVERGED,
        STATUS,
        OpField {
            name: "standard_errors",
            meaning: "object of p, q and v: how far each may be off by chance; null unless converged",
        },
        EVALUATIONS,
    ],
    formula: "highest ln L = sum of ln G(px + q) - ln G(px) - ln G(q) + q ln v + (px - 1) ln z + px ln x - (px + q) ln(xz + \
              v), z the mean value, G the gamma function, by Newton's steps on logarithms",
    source: "Fader & Hardie 2013, The Gamma-Gamma model of monetary value",
    example: r#"{"customers": [[1, 12], [2, 35], [4, 22], [1, 60], [3, 15], [7, 41], [2, 28], [0, 0]]}"#,
    plot: None,
    run: Run::WithFiles(gamma_fit),
};

pub(super) const GAMMA_MEAN: OpInfo = OpInfo {
    name: "clv.gammagamma_mean",
    purpose: "What the next purchase of a customer is expected to be worth: between their own mean and the mean of all, the \
              closer to their own the more purchases there are.",
    caution: "Null where the model has no mean: q of 1 or less and no purchase to go by. It is a turnover or a margin, \
              whichever the parameters were fitted to.",
    inputs: &[
        OpField { name: "params", meaning: "object of p, q and v, each above 0; v is an amount of money" },
        X,
        OpField { name: "z", meaning: "mean value of these repeat purchases, 0 or more" },
    ],
    outputs: &[OpField {
        name: "expected_value",
        meaning: "expected value of a purchase, in money; null where there is no such mean",
    }],
    formula: "p (v + x z) / (p x + q - 1); without a repeat p v / (q - 1)",
    source: "Fader & Hardie 2013, The Gamma-Gamma model of monetary value",
    example: r#"{"params": {"p": 2, "q": 3, "v": 10}, "x": 1, "z": 20}"#,
    plot: None,
    run: Run::Alone(gamma_mean),
};

pub(super) const DISCOUNTED: OpInfo = OpInfo {
    name: "clv.discounted",
    purpose: "What the purchases of a customer within the coming periods are worth today: how many are expected, times what \
              one brings, later money counting for less. Use it to compare customers and to see how much may be spent to \
              keep or win one.",
    caution: "A value per transaction that is a turnover gives a turnover: use the margin. What keeping the customer costs \
              is not in it, nor anything beyond the last period. Check the model with clv.backtest first.",
    inputs: &[
        OpField { name: "model", meaning: "\"bgnbd\" or \"paretonbd\"" },
        OpField {
            name: "params",
            meaning: "object of r, alpha, a and b, or of r, alpha, s and beta, as the model has them; each above 0",
        },
        X,
        T_X,
        T_OBSERVED,
        OpField { name: "value_per_transaction", meaning: "expected value of a purchase, in money" },
        OpField { name: "periods", meaning: "how many periods, a whole number, at most 5 000" },
        OpField {
            name: "period_length",
            meaning: "length of a period in the unit of the parameters: 4.345 weeks a month",
        },
        RATE,
    ],
    outputs: &[
        OpField { name: "clv", meaning: "discounted value of the purchases expected, in money" },
        OpField {
            name: "expected_transactions",
            meaning: "purchases expected in all these periods, not discounted",
        },
        P_ALIVE,
    ],
    formula: "sum over i = 1..periods of value (E[Y(i D)] - E[Y((i - 1) D)]) / (1 + rate)^i, Y(t) the purchases within t, D \
              the length of a period; paid at the end of each period",
    source: "Berger & Nasr 1998, Customer lifetime value: marketing models and applications; Fader, Hardie & Lee 2005, \
             Counting your customers the easy way",
    example: r#"{"model": "bgnbd", "params": {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}, "x": 2, "t_x": 30.43, "T": 38.86, "value_per_transaction": 35, "periods": 12, "period_length": 4.345, "rate": 0.01}"#,
    plot: None,
    run: Run::Alone(discounted),
};

pub(super) const SIMPLE: OpInfo = OpInfo {
    name: "clv.simple",
    purpose: "What a customer is worth who brings the same margin every period and stays each time with the same \
              probability, as under a contract. 100 a year, 80 % staying and 10 % discount make 266.67 from next year on.",
    caution: "Always state margin, retention and rate beside it: a few points of retention change it a lot. Not where \
              customers buy when they please, for then staying is not seen. Where retention grows with age it is too low.",
    inputs: &[
        OpField { name: "margin", meaning: "margin per period, in money" },
        OpField { name: "retention", meaning: "share of customers who stay for the next period, 0 to 1" },
        RATE,
    ],
    outputs: &[
        OpField {
            name: "from_next_period",
            meaning: "value of all periods to come, in money; \"inf\" if it never ends",
        },
        OpField { name: "including_now", meaning: "the same with this period's margin, received now" },
    ],
    formula: "from next period = m r / (1 + d - r); including now = m (1 + d) / (1 + d - r)",
    source: "Gupta & Lehmann 2003, Customers as assets",
    example: r#"{"margin": 100, "retention": 0.8, "rate": 0.1}"#,
    plot: None,
    run: Run::Alone(simple),
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpendingInput {
    customers: Option<Vec<[Option<f64>; 2]>>,
    data: Option<String>,
    rows: Option<String>,
}

fn gamma_fit(input: &Value, files: &dyn Files) -> Result<Value, OpError> {
    let input: SpendingInput = read(input)?;
    let rows_wanted = input.rows.map(|rows| rows.replace(' ', ""));
    if rows_wanted.is_some_and(|rows| rows != "x>=1" && rows != "x>=1andmonetary_value>0") {
        return Err(OpError::bad_shape(
            "rows may only be \"x >= 1\", with or without \"and monetary_value > 0\"",
        ));
    }
    let mut all = Spending::new();
    for row in rows(input.customers, input.data.as_deref(), ["x", "monetary_value"], files)? {
        match row {
            [Some(x), Some(mean)] => all.push(count("x", x)?, mean)?,
            _ => all.push_missing(1)?,
        }
    }
    let mut output = write(GammaGamma::fit(&all)?)?;
    if let Some(fields) = output.as_object_mut() {
        fields.insert("left_out".to_owned(), all.left_out().into());
    }
    Ok(output)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpendingParams {
    p: f64,
    q: f64,
    v: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeanInput {
    params: SpendingParams,
    x: f64,
    z: f64,
}

fn gamma_mean(input: &Value) -> Result<Value, OpError> {
    let MeanInput { params, x, z } = read(input)?;
    let model = GammaGamma::new(params.p, params.q, params.v)?;
    Ok(json!({ "expected_value": model.expected_value(count("x", x)?, z)? }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DiscountedInput {
    model: String,
    params: Value,
    x: f64,
    t_x: f64,
    #[serde(rename = "T")]
    observed: f64,
    value_per_transaction: f64,
    periods: f64,
    period_length: f64,
    rate: f64,
}

/// The model of a name, with its parameters.
pub(super) fn model(name: &str, params: &Value) -> Result<CountingModel, OpError> {
    match name {
        "bgnbd" => Ok(CountingModel::BgNbd(read::<BgParams>(params)?.model()?)),
        "paretonbd" => Ok(CountingModel::ParetoNbd(read::<ParetoParams>(params)?.model()?)),
        _ => Err(OpError::bad_shape("model may be \"bgnbd\" or \"paretonbd\"")),
    }
}

fn discounted(input: &Value) -> Result<Value, OpError> {
    let input: DiscountedInput = read(input)?;
    let model = model(&input.model, &input.params)?;
    let history = history(input.x, input.t_x, input.observed)?;
    let Ok(periods) = u32::try_from(count("periods", input.periods)?) else {
        return Err(Error::out_of_range("periods", input.periods, format!("at most {MOST_PERIODS}")).into());
    };
    let horizon = Horizon::new(periods, input.period_length, input.rate)?;
    write(discounted_value(&model, &history, input.value_per_transaction, horizon)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SimpleInput {
    margin: f64,
    retention: f64,
    rate: f64,
}

fn simple(input: &Value) -> Result<Value, OpError> {
    let SimpleInput { margin, retention, rate } = read(input)?;
    write(simple_value(margin, retention, rate)?)
}
