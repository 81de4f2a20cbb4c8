//! From purchases to customers, and whether a model foretold what came after.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::input::{history, rows};
use super::money::model;
use crate::Error;
use crate::lifetime_value::{BgNbd, CountingModel, Day, Holdout, ParetoNbd, Purchases, backtest};
use crate::ops::input::{confidence, count, read, write};
use crate::ops::{CONFIDENCE, Files, OpError, OpField, OpInfo, Plot, Run};

const TRANSACTIONS: OpField = OpField {
    name: "transactions",
    meaning: "list of [customer, date, value]: text or a whole number, a date as 2024-02-29, a number",
};

pub(super) const SUMMARY: OpInfo = OpInfo {
    name: "clv.summary",
    purpose: "Turns a list of purchases into what the models of lifetime value need of each customer: how often they came \
              back, when last, how long they have been known, and what a purchase was worth.",
    caution: "Several purchases on one day are one. The first purchase counts neither in x nor in the mean value. \
              Customers whose first purchase lies after the end are not in it. Refunds lower the value of their day but \
              count as a day with a purchase: leave them out beforehand where that is wrong.",
    inputs: &[
        TRANSACTIONS,
        OpField { name: "observation_end", meaning: "last day that is seen, as 2024-08-31" },
    ],
    outputs: &[
        OpField { name: "customers[].id", meaning: "customer; in rising order, numbers first" },
        OpField { name: "customers[].x", meaning: "days with a purchase after the first one" },
        OpField { name: "customers[].t_x", meaning: "days from the first purchase to the last" },
        OpField { name: "customers[].T", meaning: "days from the first purchase to the end" },
        OpField {
            name: "customers[].monetary_value",
            meaning: "mean value of a day with a purchase, the first not counted; 0 without a repeat",
        },
    ],
    formula: "x = days with a purchase - 1; t_x = last day - first day; T = end - first day; monetary value = value of the \
              repeat days / x",
    source: "Fader, Hardie & Lee 2005, RFM and CLV: using iso-value curves for customer base analysis",
    example: r#"{"transactions": [["Ada", "2024-02-19", 14], ["Ada", "2024-03-05", 10], ["Ada", "2024-03-05", 12.5], ["Bo", "2024-07-08", 84]], "observation_end": "2024-08-31"}"#,
    plot: None,
    run: Run::Alone(summary),
};

pub(super) const BACKTEST: OpInfo = OpInfo {
    name: "clv.backtest",
    purpose: "Whether a forecast deserves belief: the model learns from the purchases until a day, foretells the time after \
              it, and is compared with what customers then did. Read the sentence first, then the table: expected and \
              actual should go up together.",
    caution: "The time held back should be as long as the forecasts the model will be used for. One test speaks for one \
              time: a campaign or a holiday in it changes the result, so repeat it. Parameters that were fitted to the time \
              held back always look good.",
    inputs: &[
        OpField { name: "model", meaning: "\"bgnbd\" or \"paretonbd\"" },
        OpField {
            name: "params",
            meaning: "parameters to test, as clv.discounted takes them; fitted to what was known before if left out",
        },
        OpField {
            name: "customers",
            meaning: "list of [x, t_x, T, actual]: the history until the day, and the purchases within t after it; null \
                      where not known. Instead of data or transactions",
        },
        OpField { name: "data", meaning: "name of a CSV file with the columns x, t_x, T and actual" },
        OpField { name: "t", meaning: "time held back, with customers or data" },
        TRANSACTIONS,
        OpField { name: "calibration_end", meaning: "with transactions: last day the model learns from" },
        OpField { name: "observation_end", meaning: "with transactions: last day of the time held back" },
        OpField {
            name: "days_per_unit",
            meaning: "with transactions: days in the model's unit of time, above 0; 7 (weeks) if left out",
        },
        CONFIDENCE,
    ],
    outputs: &[
        OpField { name: "params", meaning: "the parameters tested" },
        OpField {
            name: "converged",
            meaning: "whether the fit pinned them down; null where they were given",
        },
        OpField { name: "n", meaning: "customers" },
        OpField { name: "missing", meaning: "customers left out because something is not known" },
        OpField { name: "t", meaning: "time held back, in the model's unit" },
        OpField { name: "actual_total", meaning: "purchases made in the time held back" },
        OpField { name: "expected_total", meaning: "purchases expected" },
        OpField {
            name: "total_error",
            meaning: "expected / actual - 1: 0.1 is 10 % too many; null if nothing was bought",
        },
        OpField { name: "bias", meaning: "mean of expected - actual, purchases per customer" },
        OpField {
            name: "bias_interval",
            meaning: "[low, high] of the bias; with 0 inside, chance alone may explain it. Null with one customer",
        },
        OpField { name: "mae", meaning: "mean of |expected - actual|, purchases per customer" },
        OpField { name: "rmse", meaning: "root of the mean squared error, purchases per customer" },
        OpField {
            name: "correlation",
            meaning: "of expected and actual over customers, -1 to 1; null when one of them does not vary",
        },
        OpField {
            name: "own_pace_rmse",
            meaning: "the same root if each customer went on at their own pace x / T: a model should do better",
        },
        OpField { name: "own_pace_total", meaning: "purchases expected in that case" },
        OpField { name: "by_frequency[].x", meaning: "repeat purchases before" },
        OpField { name: "by_frequency[].or_more", meaning: "whether customers with more are among them" },
        OpField { name: "by_frequency[].customers", meaning: "how many customers" },
        OpField { name: "by_frequency[].mean_actual", meaning: "purchases made afterwards, per customer" },
        OpField { name: "by_frequency[].mean_expected", meaning: "purchases expected, per customer" },
        OpField {
            name: "verdict",
            meaning: "sound (total within 10 % or within chance); usable (within 25 %); unsound (further off, or no better \
                      than each customer's own pace); undecided (too little was bought)",
        },
        OpField { name: "sentence", meaning: "the verdict in words" },
    ],
    formula: "error_i = E[Y(t) | x, t_x, T] - actual_i; bias = mean error +- z sd / sqrt(n); mae = mean |error|; rmse = \
              sqrt(mean error^2); correlation after Pearson",
    source: "Fader, Hardie & Lee 2005, Counting your customers the easy way (comparison by frequency in the calibration \
             period)",
    example: r#"{"model": "bgnbd", "params": {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}, "t": 39, "customers": [[0, 0, 38, 0], [1, 5, 37, 0], [2, 20, 36, 1], [4, 30, 35, 3], [7, 33, 34, 6], [0, 0, 33, 1]]}"#,
    plot: Some(Plot::Line { points: "by_frequency", x: "x", y: "mean_expected", steps: false }),
    run: Run::WithFiles(back_test),
};

/// What a customer is called: numbers before texts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(untagged)]
enum Id {
    Number(i64),
    Text(String),
}

type Transaction = (Id, String, f64);

fn gather(transactions: Vec<Transaction>) -> Result<Purchases<Id>, OpError> {
    let mut all = Purchases::new();
    for (id, date, value) in transactions {
        all.push(id, date.parse()?, value)?;
    }
    Ok(all)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SummaryInput {
    transactions: Vec<Transaction>,
    observation_end: String,
}

fn summary(input: &Value) -> Result<Value, OpError> {
    let input: SummaryInput = read(input)?;
    let end: Day = input.observation_end.parse()?;
    Ok(json!({ "customers": gather(input.transactions)?.customers(end) }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BacktestInput {
    model: String,
    params: Option<Value>,
    customers: Option<Vec<[Option<f64>; 4]>>,
    data: Option<String>,
    t: Option<f64>,
    transactions: Option<Vec<Transaction>>,
    calibration_end: Option<String>,
    observation_end: Option<String>,
    days_per_unit: Option<f64>,
    confidence: Option<f64>,
}

fn back_test(input: &Value, files: &dyn Files) -> Result<Value, OpError> {
    let mut input: BacktestInput = read(input)?;
    let confidence = confidence(input.confidence)?;
    let (holdout, t) = match input.transactions.take() {
        Some(transactions) => from_transactions(transactions, &input)?,
        None => from_rows(&mut input, files)?,
    };
    let (model, converged) = match &input.params {
        Some(params) => (model(&input.model, params)?, None),
        None => fitted(&input.model, &holdout)?,
    };
    let mut output = write(backtest(&model, &holdout, t, confidence)?)?;
    if let Some(fields) = output.as_object_mut() {
        fields.insert("params".to_owned(), write(model)?);
        fields.insert("converged".to_owned(), json!(converged));
    }
    Ok(output)
}

fn fitted(name: &str, holdout: &Holdout) -> Result<(CountingModel, Option<bool>), OpError> {
    let histories = holdout.histories()?;
    match name {
        "bgnbd" => {
            let fit = BgNbd::fit(&histories)?;
            Ok((CountingModel::BgNbd(fit.params), Some(fit.converged)))
        }
        "paretonbd" => {
            let fit = ParetoNbd::fit(&histories)?;
            Ok((CountingModel::ParetoNbd(fit.params), Some(fit.converged)))
        }
        _ => Err(OpError::bad_shape("model may be \"bgnbd\" or \"paretonbd\"")),
    }
}

fn from_rows(input: &mut BacktestInput, files: &dyn Files) -> Result<(Holdout, f64), OpError> {
    if input.calibration_end.is_some() || input.observation_end.is_some() || input.days_per_unit.is_some() {
        return Err(OpError::bad_shape(
            "calibration_end, observation_end and days_per_unit go with transactions",
        ));
    }
    let t = input.t.ok_or_else(|| OpError::bad_shape("t is missing: the time held back"))?;
    let mut all = Holdout::new();
    let columns = ["x", "t_x", "T", "actual"];
    for row in rows(input.customers.take(), input.data.as_deref(), columns, files)? {
        match row {
            [Some(x), Some(t_x), Some(observed), Some(actual)] => {
                all.push(history(x, t_x, observed)?, count("actual", actual)?)?;
            }
            _ => all.push_missing(1)?,
        }
    }
    Ok((all, t))
}

fn from_transactions(
    transactions: Vec<Transaction>,
    input: &BacktestInput,
) -> Result<(Holdout, f64), OpError> {
    if input.customers.is_some() || input.data.is_some() || input.t.is_some() {
        return Err(OpError::bad_shape("give transactions, or customers or data with t: one of the two"));
    }
    let day = |what: &str, text: Option<&String>| -> Result<Day, OpError> {
        Ok(text.ok_or_else(|| OpError::bad_shape(format!("{what} is missing")))?.parse()?)
    };
    let from = day("calibration_end", input.calibration_end.as_ref())?;
    let until = day("observation_end", input.observation_end.as_ref())?;
    let days = f64::from(until.since(from));
    if days < 1.0 {
        let error = Error::out_of_range("days held back", days, "observation_end after calibration_end");
        return Err(error.into());
    }
    let unit = input.days_per_unit.unwrap_or(7.0);
    let purchases = gather(transactions)?;
    let mut all = Holdout::new();
    for customer in purchases.customers(from) {
        all.push(customer.history(unit)?, purchases.days_between(&customer.id, from, until))?;
    }
    Ok((all, days / unit))
}
