//! What is read from dated purchases and relations.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::input::{confidence, read, write};
use super::{CONFIDENCE, OpError, OpField, OpInfo, Plot, Run};
use crate::retention::{CohortTable, Cohorts, Purchases, Relation, Seniority, SeniorityAccumulator};
use crate::{Day, Error};

const fn field(name: &'static str, meaning: &'static str) -> OpField {
    OpField { name, meaning }
}

const TRANSACTIONS: OpField =
    field("transactions", "list of [customer, day], the customer's identifier and a day written YYYY-MM-DD");

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "retention.repurchase",
        purpose: "Of the customers who bought in a period, how many bought on two days of it or more. 0.67 means that two \
                  buyers of three came back within the period.",
        caution: "Compare only periods of the same length: a longer one has more repeat buyers by its length alone. Who \
                  first buys near the end has had no time to come back; a cohort table is fairer to them.",
        inputs: &[
            TRANSACTIONS,
            field("from", "first day of the period"),
            field("to", "last day of the period, included"),
            CONFIDENCE,
        ],
        outputs: &[
            field("buyers", "distinct customers with a purchase in the period"),
            field(
                "repeat_buyers",
                "those with purchases on two days or more; tickets of one day are one purchase",
            ),
            field("repurchase_rate", "repeat_buyers / buyers, 0 to 1; null without a buyer"),
            field("ci_repurchase", "Wilson's interval of the rate, [low, high]; null with it"),
        ],
        formula: "customers with >= 2 distinct days of purchase / customers with >= 1",
        source: "Ehrenberg 1988, Repeat-Buying: Facts, Theory and Applications; interval: Wilson 1927",
        example: r#"{"transactions": [["ann", "2024-01-05"], ["ben", "2024-02-01"], ["ann", "2024-03-01"], ["ben", "2024-02-01"]], "from": "2024-01-01", "to": "2024-03-31"}"#,
        plot: Some(Plot::Interval { value: "repurchase_rate", interval: "ci_repurchase" }),
        run: Run::Alone(repurchase),
    },
    OpInfo {
        name: "retention.seniority",
        purpose: "How long customers have been customers, in years, on a given day: each of them, the mean and the middle \
                  of those still active, and the mean of all.",
        caution: "It is no forecast of how long customers stay: those still active are not at their end, so every mean is \
                  too short for that (use retention.kaplan_meier). Fast growth lowers it although nobody leaves.",
        inputs: &[
            field("customers", "list of [first day, last day], days written YYYY-MM-DD, null while it lasts"),
            field("observed", "day of observation; no day may lie after it"),
        ],
        outputs: &[
            field("tenure_years", "years of each customer, in the order given"),
            field("active", "customers still active"),
            field("ended", "customers who have left"),
            field("mean_active", "mean years of the active; null without one"),
            field(
                "median_active",
                "median years of the active, midway between the two in the middle; null without one",
            ),
            field("mean_all", "mean years of all; null without a customer"),
        ],
        formula: "days from the first to the last day, or to the day of observation, / 365.25",
        source: "Reichheld 1996, The Loyalty Effect",
        example: r#"{"customers": [["2020-01-01", null], ["2016-01-01", "2020-01-01"]], "observed": "2024-01-01"}"#,
        plot: Some(Plot::Bars { values: "tenure_years" }),
        run: Run::Alone(seniority),
    },
    OpInfo {
        name: "retention.cohorts",
        purpose: "Customers grouped by the month of their first purchase, and which share of each group was active in every \
                  month after. Read a row to see how a group fades, a column to see whether newer groups do better than \
                  older ones at the same age.",
        caution: "The first purchase must be the first ever, or old customers pass for new ones. Who pauses a month is not \
                  lost: rates may rise again. Small groups jump; the last month may not be over.",
        inputs: &[
            TRANSACTIONS,
            field("observed", "day of observation; later purchases are left out and counted"),
        ],
        outputs: &[
            field(
                "cohorts",
                "the groups, the oldest first; months in which nobody first bought are left out",
            ),
            field("cohorts[].cohort", "month of the first purchase, YYYY-MM"),
            field("cohorts[].size", "customers of the group"),
            field(
                "cohorts[].active",
                "customers active in that month, the next, and so on to the month of observation",
            ),
            field("cohorts[].rate", "the same as shares of the size, 0 to 1"),
            field("table", "the rates, one row a cohort, null for months nobody has seen yet"),
            field("after_observed", "purchases after the day of observation"),
        ],
        formula: "cell k = distinct customers of the cohort with a purchase in month +k; rate = cell / size",
        source: "Fader & Hardie 2007, How to project customer retention",
        example: r#"{"transactions": [["ann", "2024-01-31"], ["ben", "2024-01-02"], ["ann", "2024-03-01"], ["cy", "2024-02-29"]], "observed": "2024-03-31"}"#,
        plot: Some(Plot::Heat { rows: "table" }),
        run: Run::Alone(cohorts),
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RepurchaseInput {
    transactions: Vec<(String, String)>,
    from: String,
    to: String,
    confidence: Option<f64>,
}

fn repurchase(input: &Value) -> Result<Value, OpError> {
    let input: RepurchaseInput = read(input)?;
    let mut all = Purchases::new(input.from.parse()?, input.to.parse()?)?;
    for (customer, day) in &input.transactions {
        all.push(customer, day.parse()?);
    }
    write(all.summary(confidence(input.confidence)?)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeniorityInput {
    customers: Vec<(String, Option<String>)>,
    observed: String,
}

#[derive(Serialize)]
struct SeniorityOutput {
    tenure_years: Vec<f64>,
    #[serde(flatten)]
    summary: Seniority,
}

fn seniority(input: &Value) -> Result<Value, OpError> {
    let input: SeniorityInput = read(input)?;
    let mut all = SeniorityAccumulator::new(input.observed.parse()?);
    let mut push = |(start, end): &(String, Option<String>)| {
        let end = end.as_deref().map(str::parse::<Day>).transpose()?;
        all.push(&Relation { start: start.parse()?, end })
    };
    let tenure_years = input.customers.iter().map(&mut push).collect::<Result<Vec<f64>, Error>>()?;
    write(SeniorityOutput { tenure_years, summary: all.summary() })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CohortsInput {
    transactions: Vec<(String, String)>,
    observed: String,
}

#[derive(Serialize)]
struct CohortsOutput<'a> {
    #[serde(flatten)]
    cohorts: &'a CohortTable,
    table: Vec<Vec<Option<f64>>>,
}

fn cohorts(input: &Value) -> Result<Value, OpError> {
    let input: CohortsInput = read(input)?;
    let mut all = Cohorts::new(input.observed.parse()?);
    for (customer, day) in &input.transactions {
        all.push(customer, day.parse()?);
    }
    let cohorts = all.table()?;
    let longest = cohorts.cohorts.first().map_or(0, |cohort| cohort.rate.len());
    let row = |rates: &[f64]| (0..longest).map(|month| rates.get(month).copied()).collect();
    let table = cohorts.cohorts.iter().map(|cohort| row(&cohort.rate)).collect();
    write(CohortsOutput { cohorts: &cohorts, table })
}
