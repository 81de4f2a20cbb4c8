//! Means of groups.

use serde::Deserialize;
use serde_json::Value;

use super::sample;
use crate::ops::input::{confidence, read, write};
use crate::ops::{CONFIDENCE, OpError, OpField, OpInfo, Plot, Run};
use crate::tests::{anova, welch};

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "stats.welch_t",
        purpose: "Compares the means of two groups of different people, such as two branches. If the interval leaves out \
                  0 (p below 0.05), chance alone would rarely make them so different. Hedges' g gives the size in \
                  standard deviations: 0.2 is small, 0.5 medium, 0.8 large.",
        caution: "Not for the same people asked twice (stats.wilcoxon_signed_rank on the differences), nor for a handful \
                  of very uneven answers (stats.mann_whitney). A small p is no proof that the difference matters.",
        inputs: &[
            OpField { name: "a", meaning: "numbers of the first group, at least two, null if missing" },
            OpField { name: "b", meaning: "numbers of the second group" },
            CONFIDENCE,
        ],
        outputs: &[
            OpField { name: "n1", meaning: "numbers in the first group" },
            OpField { name: "n2", meaning: "numbers in the second group" },
            OpField { name: "missing", meaning: "answers not given, in neither" },
            OpField { name: "mean1", meaning: "mean of the first group" },
            OpField { name: "mean2", meaning: "mean of the second group" },
            OpField { name: "difference", meaning: "mean1 - mean2" },
            OpField { name: "t", meaning: "difference / standard error; null when neither group varies" },
            OpField { name: "df", meaning: "degrees of freedom, not always whole; null with t" },
            OpField {
                name: "p",
                meaning: "two-sided probability of a difference as large by chance; null with t",
            },
            OpField { name: "ci", meaning: "[low, high] of the difference" },
            OpField { name: "hedges_g", meaning: "difference in standard deviations; null with t" },
        ],
        formula: "v_i = variance_i / n_i; t = (mean1 - mean2) / sqrt(v1 + v2); df = (v1 + v2)^2 / (v1^2/(n1-1) + \
                  v2^2/(n2-1)); g = (mean1 - mean2) / s_pooled x (1 - 3 / (4(n1+n2) - 9))",
        source: "Welch 1947, The generalization of Student's problem when several different population variances are \
                 involved; Hedges 1981, Distribution theory for Glass's estimator of effect size",
        example: r#"{"a": [5, 7], "b": [1, 3]}"#,
        plot: Some(Plot::Interval { value: "difference", interval: "ci" }),
        run: Run::Alone(two_means),
    },
    OpInfo {
        name: "stats.anova",
        purpose: "Compares the means of several groups at once, such as five branches. p below 0.05 says that chance alone \
                  would rarely spread the means so far. eta2 is the share of all spread that lies between groups; omega2 \
                  is the same without the part chance adds.",
        caution: "Does not say which group differs: compare pairs with stats.welch_t and correct with stats.adjust_p. \
                  Supposes that answers spread alike within groups; if not, use stats.kruskal_wallis.",
        inputs: &[OpField {
            name: "groups",
            meaning: "list of at least two groups, each a list of numbers, null if missing",
        }],
        outputs: &[
            OpField { name: "n", meaning: "numbers in all groups" },
            OpField { name: "missing", meaning: "answers not given" },
            OpField {
                name: "f",
                meaning: "variance between over variance within; \"inf\" when only groups differ; null when nothing varies",
            },
            OpField { name: "df_between", meaning: "groups - 1" },
            OpField { name: "df_within", meaning: "n - groups" },
            OpField { name: "p", meaning: "probability of means as far apart by chance; null with f" },
            OpField {
                name: "eta2",
                meaning: "share of the spread between groups, 0 to 1; null when nothing varies",
            },
            OpField {
                name: "omega2",
                meaning: "the same corrected for chance, may be below 0; null with eta2",
            },
        ],
        formula: "SSb = sum n_j (mean_j - mean)^2; SSw = sum (x - mean_j)^2; F = (SSb/(k-1)) / (SSw/(n-k)); eta2 = \
                  SSb/SSt; omega2 = (SSb - (k-1) MSw) / (SSt + MSw)",
        source: "Fisher 1925, Statistical Methods for Research Workers; Hays 1963, Statistics for Psychologists",
        example: r#"{"groups": [[1, 3], [5, 7], [2, 6]]}"#,
        plot: None,
        run: Run::Alone(means),
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TwoInput {
    a: Vec<Option<f64>>,
    b: Vec<Option<f64>>,
    confidence: Option<f64>,
}

fn two_means(input: &Value) -> Result<Value, OpError> {
    let input: TwoInput = read(input)?;
    write(welch(&sample(&input.a)?, &sample(&input.b)?, confidence(input.confidence)?)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupsInput {
    groups: Vec<Vec<Option<f64>>>,
}

fn means(input: &Value) -> Result<Value, OpError> {
    let input: GroupsInput = read(input)?;
    let groups = input.groups.iter().map(|group| sample(group)).collect::<Result<Vec<_>, _>>()?;
    write(anova(&groups)?)
}
