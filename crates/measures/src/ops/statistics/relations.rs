//! How figures hang together.

use serde::Deserialize;
use serde_json::Value;

use super::WithMissing;
use crate::ops::input::{confidence, read, write};
use crate::ops::{CONFIDENCE, OpError, OpField, OpInfo, Run};
use crate::tests::{Correlation, Method, Pairs, kendall, regression, spearman};

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "stats.correlation",
        purpose: "Tells whether two figures of the same people rise and fall together: 1 always together, 0 unrelated, -1 \
                  one rises as the other falls. Pearson asks for a straight line, Spearman and Kendall only for the same \
                  order, which suits grades. p below 0.05 says that chance alone would rarely give so much.",
        caution: "Never a proof of cause. Pearson is led astray by a few values far out. Kendall's figure is smaller than \
                  Spearman's by its nature: compare like with like.",
        inputs: &[
            OpField { name: "x", meaning: "list of numbers, null if missing" },
            OpField {
                name: "y",
                meaning: "list of numbers, one for each x; a pair with a null half is left out",
            },
            OpField { name: "kind", meaning: "\"pearson\", \"spearman\" or \"kendall\" (tau-b)" },
            OpField {
                name: "exact",
                meaning: "true for an exact p, Kendall without ties only; false if left out",
            },
            CONFIDENCE,
        ],
        outputs: &[
            OpField { name: "n", meaning: "pairs with both halves" },
            OpField { name: "missing", meaning: "pairs left out" },
            OpField { name: "r", meaning: "coefficient, -1 to 1; null where one side does not vary" },
            OpField {
                name: "p",
                meaning: "two-sided probability of one as far from 0 by chance; null with r",
            },
            OpField { name: "ci", meaning: "[low, high] of Pearson's from 4 pairs on, else null" },
        ],
        formula: "pearson: r = Sxy / sqrt(Sxx Syy), t = r sqrt((n-2)/(1-r^2)), interval tanh(artanh r +- z/sqrt(n-3)); \
                  spearman: the same r and t on ranks; kendall: tau-b = (C - D) / sqrt((N - Tx)(N - Ty)), normal p with \
                  variance corrected for ties, or exact",
        source: "Pearson 1896, Regression, heredity, and panmixia; Spearman 1904, The proof and measurement of \
                 association between two things; Kendall 1938, A new measure of rank correlation; Knight 1966, A computer \
                 method for calculating Kendall's tau with ungrouped data",
        example: r#"{"x": [1, 2, 3, 4], "y": [8, 8, 4, 4], "kind": "pearson"}"#,
        plot: None,
        run: Run::Alone(correlation),
    },
    OpInfo {
        name: "stats.ols",
        purpose: "Explains one figure (satisfaction) by others (waiting time, price) along a straight line. Each \
                  coefficient says how much y changes for one more of its column, the others being the same; its \
                  interval says how sure that is. r2 is the share of the spread of y explained.",
        caution: "Not a proof of cause. Columns that almost repeat each other make their coefficients meaningless. Look \
                  at the rest: it should not grow or bend with y.",
        inputs: &[
            OpField {
                name: "x",
                meaning: "list of rows, each a list of numbers, without the constant; null if missing",
            },
            OpField {
                name: "y",
                meaning: "list of numbers, one for each row; rows with a null are left out",
            },
            CONFIDENCE,
        ],
        outputs: &[
            OpField { name: "n", meaning: "rows used" },
            OpField { name: "missing", meaning: "rows left out" },
            OpField { name: "coef", meaning: "constant, then one coefficient for each column" },
            OpField { name: "se", meaning: "their standard errors" },
            OpField { name: "t", meaning: "coefficient / standard error; null for an exact fit" },
            OpField { name: "p", meaning: "two-sided probability of a t as large by chance; null with t" },
            OpField { name: "ci", meaning: "[low, high] of each coefficient" },
            OpField {
                name: "r2",
                meaning: "share of the spread of y explained, 0 to 1; null if y does not vary",
            },
            OpField { name: "r2_adj", meaning: "the same, lowered for the number of columns; null with r2" },
            OpField {
                name: "f",
                meaning: "explained over unexplained variance; \"inf\" for an exact fit; null if y does not vary",
            },
            OpField { name: "f_p", meaning: "probability of an F as large by chance; null with f" },
            OpField { name: "sigma", meaning: "standard deviation of the rest, in the unit of y" },
            OpField { name: "df_residual", meaning: "rows minus coefficients" },
        ],
        formula: "coefficients minimise SSr = sum (y - fit)^2; sigma^2 = SSr / (n - k - 1); se = sigma \
                  sqrt(diag((X'X)^-1)); r2 = 1 - SSr/SSt; F = ((SSt - SSr)/k) / sigma^2",
        source: "Gauss 1823, Theoria combinationis observationum; Golub 1965, Numerical methods for solving linear least \
                 squares problems",
        example: r#"{"x": [[0], [1], [2], [3]], "y": [1, 3, 2, 5]}"#,
        plot: None,
        run: Run::Alone(least_squares),
    },
];

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Pearson,
    Spearman,
    Kendall,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CorrelationInput {
    x: Vec<Option<f64>>,
    y: Vec<Option<f64>>,
    kind: Kind,
    exact: Option<bool>,
    confidence: Option<f64>,
}

fn correlation(input: &Value) -> Result<Value, OpError> {
    let input: CorrelationInput = read(input)?;
    if input.x.len() != input.y.len() {
        return Err(OpError::bad_shape("x and y must be of the same length"));
    }
    let exact = input.exact.unwrap_or_default();
    if exact && !matches!(input.kind, Kind::Kendall) {
        return Err(OpError::bad_shape("only Kendall's correlation has an exact p here"));
    }
    let confidence = confidence(input.confidence)?;
    let pairs = input.x.iter().zip(&input.y).filter_map(|(x, y)| x.zip(*y));
    let (x, y): (Vec<f64>, Vec<f64>) = pairs.unzip();
    let missing = (input.x.len() - x.len()) as u64;
    let result = match input.kind {
        Kind::Pearson => {
            let mut all = Pairs::new();
            x.iter().zip(&y).try_for_each(|(x, y)| all.push(*x, *y))?;
            all.pearson(confidence)?
        }
        Kind::Spearman => spearman(&x, &y)?,
        Kind::Kendall => kendall(&x, &y, if exact { Method::Exact } else { Method::Asymptotic })?,
    };
    write(Correlation { missing, ..result })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OlsInput {
    x: Vec<Vec<Option<f64>>>,
    y: Vec<Option<f64>>,
    confidence: Option<f64>,
}

fn least_squares(input: &Value) -> Result<Value, OpError> {
    let input: OlsInput = read(input)?;
    let width = input.x.first().map_or(0, Vec::len);
    if input.x.len() != input.y.len() || input.x.iter().any(|row| row.len() != width) {
        return Err(OpError::bad_shape("x needs one row for each y, all of the same length"));
    }
    let complete = input.x.iter().zip(&input.y).filter_map(|(row, y)| {
        let row: Option<Vec<f64>> = row.iter().copied().collect();
        row.zip(*y)
    });
    let (x, y): (Vec<Vec<f64>>, Vec<f64>) = complete.unzip();
    let missing = (input.y.len() - y.len()) as u64;
    write(WithMissing { result: regression(&x, &y, confidence(input.confidence)?)?, missing })
}
