//! Tests by rank.

use serde::Deserialize;
use serde_json::Value;

use super::{WithMissing, present};
use crate::ops::input::{read, write};
use crate::ops::{OpError, OpField, OpInfo, Run};
use crate::tests::{Method, kruskal_wallis, mann_whitney, wilcoxon};

const MISSING: OpField = OpField { name: "missing", meaning: "answers not given, left out" };

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "stats.mann_whitney",
        purpose: "Compares two groups of different people by the order of their answers alone: right for grades and marks \
                  whose steps need not be equal. p below 0.05 says that chance alone would rarely mix them so unevenly. \
                  rank_biserial of 0.3 says: of random pairs, one from each group, the first group wins 30 points more \
                  often than it loses.",
        caution: "Not for the same people asked twice, nor a test of medians. With few answers ask for the exact method, \
                  which takes no ties.",
        inputs: &[
            OpField { name: "a", meaning: "numbers of the first group, null if missing" },
            OpField { name: "b", meaning: "numbers of the second group" },
            OpField { name: "method", meaning: "\"asymptotic\" (if left out) or \"exact\"" },
        ],
        outputs: &[
            OpField { name: "n1", meaning: "numbers in the first group" },
            OpField { name: "n2", meaning: "numbers in the second group" },
            OpField {
                name: "u1",
                meaning: "pairs in which the first group is higher, equal pairs counted half",
            },
            OpField { name: "u2", meaning: "the same for the second group" },
            OpField {
                name: "rank_biserial",
                meaning: "-1 to 1: share of pairs won minus share lost (Cliff's delta)",
            },
            OpField {
                name: "z",
                meaning: "statistic of the asymptotic method; null if exact or all are equal",
            },
            OpField {
                name: "p",
                meaning: "two-sided probability of so uneven a U by chance; null if all are equal",
            },
            MISSING,
        ],
        formula: "u1 = pairs a > b + half of a = b; z = (max(u1, u2) - n1 n2/2 - 0.5) / sd; sd^2 = n1 n2/12 (n + 1 - \
                  sum(t^3 - t) / (n(n-1))); exact p = min(1, 2 P(U <= min(u1, u2))); rank_biserial = 2 u1/(n1 n2) - 1",
        source: "Mann & Whitney 1947, On a test of whether one of two random variables is stochastically larger than the \
                 other; Cliff 1993, Dominance statistics",
        example: r#"{"a": [1, 2, 3], "b": [10, 11, 12], "method": "exact"}"#,
        plot: None,
        run: Run::Alone(two_groups),
    },
    OpInfo {
        name: "stats.wilcoxon_signed_rank",
        purpose: "Tests whether differences of the same people or branches (after minus before) lean to one side. p below \
                  0.05 says that chance alone would rarely tip them so far. rank_biserial runs from -1 (all fell) to 1 \
                  (all rose).",
        caution: "Those who did not change are left out: look at zeros. Supposes that differences spread evenly about \
                  their middle. The exact method takes no ties.",
        inputs: &[
            OpField { name: "differences", meaning: "list of numbers, after minus before, null if missing" },
            OpField { name: "method", meaning: "\"approx\" (if left out) or \"exact\"" },
            OpField {
                name: "correction",
                meaning: "true to move the approximation half a step to the middle; false if left out",
            },
        ],
        outputs: &[
            OpField { name: "n", meaning: "differences other than 0" },
            OpField { name: "zeros", meaning: "differences of 0, left out" },
            OpField { name: "w_plus", meaning: "sum of the ranks of rises; null when all are 0" },
            OpField { name: "w_minus", meaning: "sum of the ranks of falls; null when all are 0" },
            OpField { name: "w", meaning: "the smaller of both; null when all are 0" },
            OpField {
                name: "p",
                meaning: "two-sided probability of so uneven sums by chance; null when all are 0",
            },
            OpField {
                name: "rank_biserial",
                meaning: "(w_plus - w_minus) / their sum, -1 to 1; null when all are 0",
            },
            MISSING,
        ],
        formula: "zeros dropped, |d| ranked; z = (w - n(n+1)/4 + c) / sqrt(n(n+1)(2n+1)/24 - sum(t^3 - t)/48), c = 0.5 \
                  with correction, else 0; exact p = min(1, 2 P(W <= w))",
        source: "Wilcoxon 1945, Individual comparisons by ranking methods",
        example: r#"{"differences": [1, 2, 3, -4], "method": "exact"}"#,
        plot: None,
        run: Run::Alone(pairs),
    },
    OpInfo {
        name: "stats.kruskal_wallis",
        purpose: "Compares several groups of different people by the order of their answers alone. p below 0.05 says that \
                  chance alone would rarely spread them so far. epsilon2 is the share of the spread of ranks that lies \
                  between groups.",
        caution: "Does not say which group differs: compare pairs with stats.mann_whitney and correct with \
                  stats.adjust_p. Rough below 5 answers a group.",
        inputs: &[OpField {
            name: "groups",
            meaning: "list of at least two groups, each a list of numbers, null if missing",
        }],
        outputs: &[
            OpField { name: "n", meaning: "numbers in all groups" },
            OpField {
                name: "h",
                meaning: "statistic corrected for ties, 0 or more; null when all are equal",
            },
            OpField { name: "df", meaning: "groups - 1" },
            OpField { name: "p", meaning: "probability of groups as far apart by chance; null with h" },
            OpField { name: "epsilon2", meaning: "H / (n - 1), 0 to 1; null with h" },
            MISSING,
        ],
        formula: "H = (12 / (n(n+1)) sum R_j^2/n_j - 3(n+1)) / (1 - sum(t^3 - t) / (n^3 - n)); p from chi-squared with \
                  groups - 1 degrees of freedom; epsilon2 = H / (n - 1)",
        source: "Kruskal & Wallis 1952, Use of ranks in one-criterion variance analysis",
        example: r#"{"groups": [[1, 2], [3, 4]]}"#,
        plot: None,
        run: Run::Alone(groups),
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TwoInput {
    a: Vec<Option<f64>>,
    b: Vec<Option<f64>>,
    method: Option<Method>,
}

fn two_groups(input: &Value) -> Result<Value, OpError> {
    let input: TwoInput = read(input)?;
    let ((a, without_a), (b, without_b)) = (present(&input.a), present(&input.b));
    let result = mann_whitney(&a, &b, input.method.unwrap_or_default())?;
    write(WithMissing { result, missing: without_a + without_b })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PairsInput {
    differences: Vec<Option<f64>>,
    method: Option<Method>,
    correction: Option<bool>,
}

fn pairs(input: &Value) -> Result<Value, OpError> {
    let input: PairsInput = read(input)?;
    let (differences, missing) = present(&input.differences);
    let correction = input.correction.unwrap_or_default();
    let result = wilcoxon(&differences, input.method.unwrap_or_default(), correction)?;
    write(WithMissing { result, missing })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupsInput {
    groups: Vec<Vec<Option<f64>>>,
}

fn groups(input: &Value) -> Result<Value, OpError> {
    let input: GroupsInput = read(input)?;
    let (groups, missing): (Vec<_>, Vec<_>) = input.groups.iter().map(|group| present(group)).unzip();
    let slices: Vec<&[f64]> = groups.iter().map(Vec::as_slice).collect();
    write(WithMissing { result: kruskal_wallis(&slices)?, missing: missing.iter().sum::<u64>() })
}
