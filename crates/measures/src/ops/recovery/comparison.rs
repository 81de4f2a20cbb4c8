//! The recovery paradox.

use serde::Deserialize;
use serde_json::Value;

use super::super::input::{confidence, count, read, write};
use super::super::{CONFIDENCE, OpError, OpInfo, Plot, Run};
use super::OpField;
use crate::recovery::{paradox_repurchase, paradox_satisfaction};

const ALPHA: OpField = OpField {
    name: "alpha",
    meaning: "probability of error accepted, above 0 and below 1; 0.05 if left out",
};
const VERDICT: OpField = OpField {
    name: "verdict",
    meaning: "\"paradox\" if p_greater < alpha, \"shortfall\" if p_less < alpha, else \"inconclusive\"; \
              without a test by the sign of the difference",
};

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "recovery.paradox_satisfaction",
        purpose: "Whether customers whose problem was repaired end up more satisfied than those who never \
                  had one. \"paradox\" says more satisfied, \"shortfall\" less, beyond what chance explains; \
                  cliffs_delta 0.4 says that in pairs of one of each the repaired one is above 40 points \
                  more often than below.",
        caution: "Customers who complain are not like those who do not: compare like with like \
                  (recovery.matched_effect). \"inconclusive\" does not mean equal: look at the interval. \
                  Never a reason to let things fail: after a second failure it is gone.",
        inputs: &[
            OpField { name: "recovered", meaning: "answers of customers after recovery, null if missing" },
            OpField {
                name: "no_failure",
                meaning: "answers of customers of the same period without failure, null if missing",
            },
            ALPHA,
            CONFIDENCE,
        ],
        outputs: &[
            OpField { name: "n_recovered", meaning: "answers of recovered customers" },
            OpField { name: "n_no_failure", meaning: "answers of customers without failure" },
            OpField { name: "missing", meaning: "answers not given, left out" },
            OpField { name: "mean_recovered", meaning: "mean of the recovered" },
            OpField { name: "mean_no_failure", meaning: "mean of those without failure" },
            OpField { name: "difference", meaning: "mean_recovered - mean_no_failure" },
            OpField { name: "t", meaning: "Welch's statistic; null when neither group varies" },
            OpField { name: "df", meaning: "its degrees of freedom; null with t" },
            OpField { name: "p_greater", meaning: "probability of so high a t by chance alone; null with t" },
            OpField { name: "p_less", meaning: "probability of so low a t by chance alone; null with t" },
            OpField { name: "ci", meaning: "[low, high], two-sided interval of the difference" },
            OpField {
                name: "hedges_g",
                meaning: "difference in standard deviations: 0.2 small, 0.5 medium, 0.8 large; null with t",
            },
            OpField {
                name: "cliffs_delta",
                meaning: "probability that a recovered customer answers higher, minus that of lower, -1 to 1",
            },
            VERDICT,
        ],
        formula: "t = (m1 - m2) / sqrt(v1 / n1 + v2 / n2), Welch-Satterthwaite df, one-sided p of both \
                  tails; ci = difference +- t se; g = (m1 - m2) / s_pooled (1 - 3 / (4 (n1 + n2) - 9)); \
                  delta = P(r > n) - P(r < n)",
        source: "McCollough & Bharadwaj 1992, The recovery paradox; de Matos, Henrique & Rossi 2007, Service \
                 recovery paradox: a meta-analysis; Welch 1947; Hedges 1981; Cliff 1993, Dominance \
                 statistics",
        example: r#"{"recovered": [9, 10, 9, 10], "no_failure": [7, 8, 7, 8, 9]}"#,
        plot: Some(Plot::Interval { value: "difference", interval: "ci" }),
        run: Run::Alone(satisfaction),
    },
    OpInfo {
        name: "recovery.paradox_repurchase",
        purpose: "Whether customers whose problem was repaired buy again more often than those who never had \
                  one: acts beside words. Read difference 0.19 as: 19 more of 100 buy again.",
        caution: "Give both groups the same time to buy again. Research finds the paradox in what people \
                  say, not in what they do; expect none. Compare like with like (recovery.matched_effect).",
        inputs: &[
            OpField { name: "x_recovered", meaning: "recovered customers who bought again" },
            OpField { name: "n_recovered", meaning: "recovered customers" },
            OpField { name: "x_no_failure", meaning: "customers without failure who bought again" },
            OpField { name: "n_no_failure", meaning: "customers without failure" },
            ALPHA,
            CONFIDENCE,
        ],
        outputs: &[
            OpField { name: "p_recovered", meaning: "share of the recovered who bought again, 0 to 1" },
            OpField { name: "p_no_failure", meaning: "share of the others who did, 0 to 1" },
            OpField { name: "difference", meaning: "p_recovered - p_no_failure" },
            OpField {
                name: "z",
                meaning: "statistic of the pooled test; null when all or none bought again",
            },
            OpField { name: "p_greater", meaning: "probability of so high a z by chance alone; null with z" },
            OpField { name: "p_less", meaning: "probability of so low a z by chance alone; null with z" },
            OpField { name: "cohen_h", meaning: "size of the difference: 0.2 small, 0.5 medium, 0.8 large" },
            OpField { name: "ci_newcombe", meaning: "[low, high], interval of the difference" },
            VERDICT,
        ],
        formula: "z = (p1 - p2) / sqrt(p (1 - p) (1/n1 + 1/n2)), p pooled, one-sided p of both tails; \
                  interval from both Wilson intervals; h = 2 asin sqrt p1 - 2 asin sqrt p2",
        source: "de Matos, Henrique & Rossi 2007, Service recovery paradox: a meta-analysis; Newcombe 1998, \
                 Interval estimation for the difference between independent proportions; Cohen 1988, \
                 Statistical Power Analysis for the Behavioral Sciences",
        example: r#"{"x_recovered": 42, "n_recovered": 50, "x_no_failure": 130, "n_no_failure": 200}"#,
        plot: Some(Plot::Interval { value: "difference", interval: "ci_newcombe" }),
        run: Run::Alone(repurchase),
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SatisfactionInput {
    recovered: Vec<Option<f64>>,
    no_failure: Vec<Option<f64>>,
    alpha: Option<f64>,
    confidence: Option<f64>,
}

fn satisfaction(input: &Value) -> Result<Value, OpError> {
    let input: SatisfactionInput = read(input)?;
    let given = |answers: &[Option<f64>]| answers.iter().flatten().copied().collect::<Vec<f64>>();
    let (recovered, no_failure) = (given(&input.recovered), given(&input.no_failure));
    let answers = input.recovered.len() + input.no_failure.len();
    let alpha = input.alpha.unwrap_or(0.05);
    let mut found = paradox_satisfaction(&recovered, &no_failure, alpha, confidence(input.confidence)?)?;
    found.missing = (answers - recovered.len() - no_failure.len()) as u64;
    write(found)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RepurchaseInput {
    x_recovered: f64,
    n_recovered: f64,
    x_no_failure: f64,
    n_no_failure: f64,
    alpha: Option<f64>,
    confidence: Option<f64>,
}

fn repurchase(input: &Value) -> Result<Value, OpError> {
    let input: RepurchaseInput = read(input)?;
    let recovered = (count("x_recovered", input.x_recovered)?, count("n_recovered", input.n_recovered)?);
    let no_failure = (count("x_no_failure", input.x_no_failure)?, count("n_no_failure", input.n_no_failure)?);
    let alpha = input.alpha.unwrap_or(0.05);
    write(paradox_repurchase(recovered, no_failure, alpha, confidence(input.confidence)?)?)
}
