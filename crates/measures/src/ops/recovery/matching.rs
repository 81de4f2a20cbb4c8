//! Like beside like.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::input::{confidence, read, write};
use super::super::{CONFIDENCE, OpError, OpInfo, Plot, Run};
use super::OpField;
use crate::recovery::{Customer, InStratum, MatchedEffect, matched_effect, stratified_effect};

/// A quarter of a standard deviation.
const CALIPER: f64 = 0.25;

pub(super) const OPS: &[OpInfo] = &[OpInfo {
    name: "recovery.matched_effect",
    purpose: "What recovery did for the customers it was done for: each is compared with customers who were \
              like them before. Read effect 0.4 as: 0.4 points more than customers like them without \
              failure. naive_difference is what a comparison of everybody with everybody would have said.",
    caution: "Trust it when every smd_after in balance is below 0.1 in size and few are unmatched; it \
              balances only what you give it. Use only what was known before the failure. No experiment: say \
              \"compared with customers like them\", not \"caused\".",
    inputs: &[
        OpField { name: "recovered", meaning: "list of recovered customers, at least 2" },
        OpField {
            name: "recovered[].outcome", meaning: "satisfaction, purchases after …; null if missing"
        },
        OpField {
            name: "recovered[].covariates",
            meaning: "1 to 8 numbers known before the failure, in a fixed order, null if missing; for method \
                      \"nearest\"",
        },
        OpField {
            name: "recovered[].stratum",
            meaning: "group known before the failure, as text, null if missing; for method \"strata\"",
        },
        OpField {
            name: "others",
            meaning: "list of customers without failure, at least 2, of the same form",
        },
        OpField { name: "others[].outcome", meaning: "as for recovered" },
        OpField { name: "others[].covariates", meaning: "as for recovered" },
        OpField { name: "others[].stratum", meaning: "as for recovered" },
        OpField {
            name: "method",
            meaning: "\"nearest\": the nearest others by covariates; \"strata\": all others of the same \
                      stratum; \"nearest\" if left out",
        },
        OpField {
            name: "caliper",
            meaning: "largest distance that is still alike, in standard deviations of the covariates, above \
                      0; 0.25 if left out; for method \"nearest\"",
        },
        OpField {
            name: "names",
            meaning: "list of names of the covariates, for the balance table; numbers if left out",
        },
        CONFIDENCE,
    ],
    outputs: &[
        OpField { name: "missing", meaning: "customers left out because a value is missing" },
        OpField { name: "recovered", meaning: "recovered customers compared" },
        OpField { name: "others", meaning: "customers to compare with" },
        OpField { name: "matched", meaning: "recovered customers with somebody alike: the effect is theirs" },
        OpField { name: "unmatched", meaning: "recovered customers with nobody alike, left out" },
        OpField { name: "others_used", meaning: "others set beside somebody" },
        OpField {
            name: "naive_difference",
            meaning: "mean of all recovered - mean of all others, without matching",
        },
        OpField { name: "effect", meaning: "mean difference to the matches; null when nobody is matched" },
        OpField { name: "se", meaning: "standard error of the effect; null when it cannot be told" },
        OpField { name: "ci", meaning: "[low, high], interval of the effect; null with se" },
        OpField { name: "balance[].name", meaning: "covariate or stratum" },
        OpField {
            name: "balance[].recovered_before",
            meaning: "mean, or share in the stratum, of all recovered",
        },
        OpField { name: "balance[].others_before", meaning: "the same of all others" },
        OpField {
            name: "balance[].smd_before",
            meaning: "their difference in standard deviations: below 0.1 in size is good, above 0.25 bad; \
                      null when nothing varies",
        },
        OpField {
            name: "balance[].recovered_after",
            meaning: "mean, or share, of the matched recovered; null when nobody is matched",
        },
        OpField { name: "balance[].others_after", meaning: "the same of their matches; null likewise" },
        OpField {
            name: "balance[].smd_after",
            meaning: "their difference in the same standard deviations; null likewise, and when nothing \
                      varies",
        },
    ],
    formula: "nearest: distance = sqrt(sum ((x - y) / s)^2), s^2 = mean of both variances; effect = mean of \
              outcome - mean outcome of the nearest within the caliper; variance = sum (d - effect)^2 / (m \
              (m - 1)) + sum (K^2 - K') sigma^2 / m^2, K how often each other serves. strata: effect = sum \
              w_s (mean_1s - mean_2s), w_s = n_1s / m; variance = sum w_s^2 (v_1s / n_1s + v_2s / n_2s)",
    source: "Rosenbaum & Rubin 1983, The central role of the propensity score in observational studies for \
             causal effects; Rosenbaum & Rubin 1985, Constructing a control group using multivariate matched \
             sampling methods; Abadie & Imbens 2006, Large sample properties of matching estimators for \
             average treatment effects; Stuart 2010, Matching methods for causal inference; Cochran 1968, \
             The effectiveness of adjustment by subclassification",
    example: r#"{"recovered": [{"outcome": 9, "covariates": [9]}, {"outcome": 7, "covariates": [8]}], "others": [{"outcome": 7, "covariates": [9]}, {"outcome": 7, "covariates": [8]}, {"outcome": 3, "covariates": [1]}, {"outcome": 3, "covariates": [1]}], "names": ["years with us"]}"#,
    plot: Some(Plot::Interval { value: "effect", interval: "ci" }),
    run: Run::Alone(matched),
}];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CustomerInput {
    outcome: Option<f64>,
    covariates: Option<Vec<Option<f64>>>,
    stratum: Option<String>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Method {
    #[default]
    Nearest,
    Strata,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    recovered: Vec<CustomerInput>,
    others: Vec<CustomerInput>,
    method: Option<Method>,
    caliper: Option<f64>,
    names: Option<Vec<String>>,
    confidence: Option<f64>,
}

#[derive(Serialize)]
struct Output {
    missing: u64,
    #[serde(flatten)]
    found: MatchedEffect,
}

fn matched(input: &Value) -> Result<Value, OpError> {
    let input: Input = read(input)?;
    let given = input.recovered.len() + input.others.len();
    let found = match input.method.as_ref().unwrap_or(&Method::Nearest) {
        Method::Nearest => by_neighbours(&input)?,
        Method::Strata => by_strata(&input)?,
    };
    write(Output { missing: given as u64 - found.recovered - found.others, found })
}

fn by_neighbours(input: &Input) -> Result<MatchedEffect, OpError> {
    let complete = |side: &[CustomerInput]| {
        let mut customers = Vec::with_capacity(side.len());
        for customer in side {
            if customer.stratum.is_some() {
                return Err(OpError::bad_shape("a stratum is for the method \"strata\""));
            }
            let given =
                customer.covariates.as_ref().ok_or_else(|| OpError::bad_shape("covariates are missing"))?;
            let covariates: Option<Vec<f64>> = given.iter().copied().collect();
            if let (Some(outcome), Some(covariates)) = (customer.outcome, covariates) {
                customers.push(Customer { outcome, covariates });
            }
        }
        Ok(customers)
    };
    let (recovered, others) = (complete(&input.recovered)?, complete(&input.others)?);
    let caliper = input.caliper.unwrap_or(CALIPER);
    let mut found = matched_effect(&recovered, &others, caliper, confidence(input.confidence)?)?;
    if let Some(names) = &input.names {
        if names.len() != found.balance.len() {
            return Err(OpError::bad_shape("there must be as many names as covariates"));
        }
        for (balance, name) in found.balance.iter_mut().zip(names) {
            balance.name.clone_from(name);
        }
    }
    Ok(found)
}

fn by_strata(input: &Input) -> Result<MatchedEffect, OpError> {
    if input.caliper.is_some() || input.names.is_some() {
        return Err(OpError::bad_shape("caliper and names are for the method \"nearest\""));
    }
    let mut sides = [Vec::new(), Vec::new()];
    for (side, customers) in sides.iter_mut().zip([&input.recovered, &input.others]) {
        for customer in customers {
            if customer.covariates.is_some() {
                return Err(OpError::bad_shape("covariates are for the method \"nearest\""));
            }
            if let (Some(outcome), Some(stratum)) = (customer.outcome, &customer.stratum) {
                side.push(InStratum { outcome, stratum });
            }
        }
    }
    let [recovered, others] = sides;
    Ok(stratified_effect(&recovered, &others, confidence(input.confidence)?)?)
}
