//! Tables of counts, and many tests at once.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::ops::input::{count, read, write};
use crate::ops::{OpError, OpField, OpInfo, Plot, Run};
use crate::tests::{Crosstab, Yates, benjamini_hochberg, fisher, holm};

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "stats.chi2_independence",
        purpose: "Tells whether two questions hang together, such as region and satisfied or not. A p below 0.05 says that \
                  chance alone would rarely give so uneven a table. Cramer's V says how closely: 0.1 is weak, 0.3 \
                  medium, 0.5 strong.",
        caution: "Rough when min_expected is below 5, void below 1: join rows, or use stats.fisher_2x2. Each person may \
                  be counted once only. With thousands of answers even a trifle has a small p: look at Cramer's V.",
        inputs: &[
            OpField {
                name: "table",
                meaning: "list of rows, each a list of counts; at least two rows and two columns",
            },
            OpField {
                name: "yates",
                meaning: "true for Yates' correction, tables of two by two only; false if left out",
            },
        ],
        outputs: &[
            OpField { name: "n", meaning: "answers in the table" },
            OpField { name: "chi2", meaning: "statistic, 0 or more" },
            OpField { name: "df", meaning: "degrees of freedom, (rows - 1)(columns - 1)" },
            OpField {
                name: "p",
                meaning: "probability of a table as uneven if the questions were unrelated, 0 to 1",
            },
            OpField { name: "expected", meaning: "counts to be expected then, row by row" },
            OpField { name: "min_expected", meaning: "the smallest of them" },
            OpField {
                name: "share_expected_below_5",
                meaning: "share of cells that expect fewer than 5, 0 to 1",
            },
            OpField { name: "cramers_v", meaning: "closeness, 0 to 1, from the uncorrected chi2" },
        ],
        formula: "E = row total x column total / n; chi2 = sum (O - E)^2 / E; with Yates |O - E| is made smaller by \
                  min(0.5, |O - E|); V = sqrt(chi2 / (n (min(rows, columns) - 1)))",
        source: "Pearson 1900, On the criterion that a given system of deviations from the probable; Yates 1934, \
                 Contingency tables involving small numbers and the chi-squared test; Cramer 1946, Mathematical Methods \
                 of Statistics",
        example: r#"{"table": [[10, 20], [20, 10]]}"#,
        plot: Some(Plot::Heat { rows: "expected" }),
        run: Run::Alone(chi2),
    },
    OpInfo {
        name: "stats.fisher_2x2",
        purpose: "Compares two shares exactly, however few the answers: the table holds yes and no of two groups. \
                  p_two_sided below 0.05 says that chance alone would rarely make the groups so different. An odds ratio \
                  of 2 says that the odds of the first row are twice those of the second; 1 is no difference.",
        caution: "Not for the same people asked twice. Shy: with few answers it finds only large differences. For large \
                  tables stats.two_proportions says the same with an interval.",
        inputs: &[OpField { name: "table", meaning: "[[a, b], [c, d]], counts, in all at most 1e10" }],
        outputs: &[
            OpField { name: "n", meaning: "observations in the table" },
            OpField { name: "p_two_sided", meaning: "probability of a table as unlikely as this, 0 to 1" },
            OpField { name: "p_less", meaning: "probability of a or fewer in the first cell" },
            OpField { name: "p_greater", meaning: "probability of a or more in the first cell" },
            OpField {
                name: "odds_ratio_sample",
                meaning: "ad / bc; \"inf\" when bc is 0, null when both are",
            },
            OpField {
                name: "odds_ratio_conditional",
                meaning: "the likeliest odds ratio with all totals given; null when they leave no other table",
            },
        ],
        formula: "a is hypergeometric with all totals given; p_two_sided sums all tables no likelier than this one; the \
                  conditional odds ratio makes a the mean of the noncentral hypergeometric distribution",
        source: "Fisher 1935, The logic of inductive inference; Cornfield 1956, A statistical problem arising from \
                 retrospective studies",
        example: r#"{"table": [[3, 1], [1, 3]]}"#,
        plot: None,
        run: Run::Alone(exact),
    },
    OpInfo {
        name: "stats.adjust_p",
        purpose: "Corrects p-values when several tests were made: of twenty tests one falls below 0.05 by chance alone. \
                  Read the adjusted values against 0.05. Holm keeps the risk of even one false finding at 5 %; \
                  Benjamini-Hochberg lets 5 % of the findings be false, for long lists.",
        caution: "Give the p-values of all tests that were looked at, not only of those that came out well.",
        inputs: &[OpField { name: "p", meaning: "list of p-values, 0 to 1" }],
        outputs: &[
            OpField { name: "holm", meaning: "adjusted after Holm, in the order given, at most 1" },
            OpField {
                name: "benjamini_hochberg",
                meaning: "adjusted after Benjamini and Hochberg, same order",
            },
        ],
        formula: "holm: i-th smallest of m = max over j <= i of (m - j + 1) p_j; benjamini_hochberg: min over j >= i of \
                  m p_j / j; both at most 1",
        source: "Holm 1979, A simple sequentially rejective multiple test procedure; Benjamini & Hochberg 1995, \
                 Controlling the false discovery rate",
        example: r#"{"p": [0.01, 0.04, 0.03]}"#,
        plot: Some(Plot::Bars { values: "holm" }),
        run: Run::Alone(adjust),
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableInput {
    table: Vec<Vec<f64>>,
    yates: Option<bool>,
}

fn chi2(input: &Value) -> Result<Value, OpError> {
    let input: TableInput = read(input)?;
    let columns = input.table.first().map_or(0, Vec::len);
    if input.table.iter().any(|row| row.len() != columns) {
        return Err(OpError::bad_shape("all rows of the table must be of the same length"));
    }
    let mut table = Crosstab::new(input.table.len(), columns)?;
    for (row, cells) in input.table.iter().enumerate() {
        for (column, times) in cells.iter().enumerate() {
            table.push_count(row, column, count("count", *times)?)?;
        }
    }
    write(table.chi_squared(if input.yates == Some(true) { Yates::Yes } else { Yates::No })?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FisherInput {
    table: [[f64; 2]; 2],
}

fn exact(input: &Value) -> Result<Value, OpError> {
    let FisherInput { table: [[a, b], [c, d]] } = read(input)?;
    let cell = |value| count("count", value);
    write(fisher([[cell(a)?, cell(b)?], [cell(c)?, cell(d)?]])?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AdjustInput {
    p: Vec<f64>,
}

fn adjust(input: &Value) -> Result<Value, OpError> {
    let input: AdjustInput = read(input)?;
    Ok(json!({ "holm": holm(&input.p)?, "benjamini_hochberg": benjamini_hochberg(&input.p)? }))
}
