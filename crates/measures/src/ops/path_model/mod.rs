//! Path models.

mod given;
mod written;

use serde::Deserialize;
use serde_json::Value;

use self::given::{Answers, ModelInput, model, rows};
use super::files::Files;
use super::input::{confidence, count, read, scale, write};
use super::{CONFIDENCE, OpError, OpField, OpInfo, Plot, Run};
use crate::path_model::{IndexItem, Plan, bootstrap, index_0_100};
use crate::{Error, Scale};

const DATA: OpField =
    OpField { name: "data", meaning: "name of a CSV file with a heading; or columns and rows_data" };
const COLUMNS: OpField = OpField { name: "columns", meaning: "names of the columns of rows_data" };
const ROWS: OpField = OpField {
    name: "rows_data",
    meaning: "list of respondents, each a list of answers in the order of columns, null if missing",
};
const MODEL: OpField = OpField {
    name: "model",
    meaning: "object: blocks (each construct's list of columns), paths (list of [from, to]), scheme (path, also when \
              left out, factorial or centroid), modes (of each construct, A also when left out, or B), standardise \
              (true when left out), scale ([min, max] of the answers; without it there is no index)",
};
const DROPPED: OpField = OpField { name: "dropped", meaning: "rows with a missing answer, left out" };
const EXAMPLE_MODEL: &str = r#"{"columns": ["q1", "q2", "s1", "s2"], "rows_data": [[8, 7, 8, 9], [6, 6, 5, 6],
 [9, 8, 9, 8], [4, 5, 4, 3], [7, 9, 8, 8], [5, 4, 6, 5], [8, 8, 7, 8], [3, 4, 4, 4]],
 "model": {"blocks": {"Quality": ["q1", "q2"], "Satisfaction": ["s1", "s2"]},
 "paths": [["Quality", "Satisfaction"]], "scale": [1, 10]}}"#;

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "pls.model",
        purpose: "Tells what drives satisfaction and loyalty, from many questions at once: groups of questions are made \
                  into constructs (quality, value, satisfaction), and each path says by how many standard deviations \
                  one rises when another rises by one. index_0_100 puts each construct on 0-100. The construct with a \
                  large total effect and a low index is where to work.",
        caution: "The arrows are assumed, not found: the model cannot prove causes. p-values treat the scores as if \
                  observed; take the intervals of pls.bootstrap instead. Indices of two fits do not compare when the \
                  weights moved: equal_weight_indices do. Items named in negative_weights make an index misleading.",
        inputs: &[DATA, COLUMNS, ROWS, MODEL],
        outputs: &[
            OpField { name: "n", meaning: "complete rows" },
            DROPPED,
            OpField { name: "iterations", meaning: "rounds until the weights stood still" },
            OpField { name: "outer.*.weight", meaning: "weight of the item in its construct's score" },
            OpField {
                name: "outer.*.loading",
                meaning: "correlation with it; below 0.7 it says little (mode A)",
            },
            OpField { name: "outer.*.communality", meaning: "loading squared" },
            OpField { name: "outer.*.redundancy", meaning: "communality times R2 of its construct" },
            OpField { name: "outer.*.construct", meaning: "the construct the item stands for" },
            OpField {
                name: "inner.*.estimate",
                meaning: "coefficient of the path A->B, in standard deviations",
            },
            OpField { name: "inner.*.std_error", meaning: "as if the scores were observed" },
            OpField {
                name: "inner.*.t",
                meaning: "estimate / std_error; null when nothing is left unexplained",
            },
            OpField { name: "inner.*.p", meaning: "two-sided, as if the scores were observed" },
            OpField { name: "summary.*.type", meaning: "exogenous (nothing drives it) or endogenous" },
            OpField { name: "summary.*.mode", meaning: "A or B" },
            OpField { name: "summary.*.r2", meaning: "share its drivers explain, 0 to 1" },
            OpField { name: "summary.*.r2_adj", meaning: "the same, corrected for their number" },
            OpField { name: "summary.*.mean_communality", meaning: "mean over its items" },
            OpField { name: "summary.*.mean_redundancy", meaning: "mean over its items" },
            OpField {
                name: "summary.*.ave",
                meaning: "average variance extracted, wanted above 0.5; null in mode B",
            },
            OpField { name: "summary.*.composite_reliability", meaning: "wanted above 0.7; null in mode B" },
            OpField { name: "summary.*.cronbach_alpha", meaning: "standardised; null with one item" },
            OpField { name: "summary.*.dillon_goldstein_rho", meaning: "by the first principal component" },
            OpField { name: "summary.*.eig_1", meaning: "largest eigenvalue: only this one should exceed 1" },
            OpField { name: "summary.*.eig_2", meaning: "second eigenvalue; null with one item" },
            OpField { name: "total_effects", meaning: "for each pair A->B, effect along all routes" },
            OpField { name: "indirect_effects", meaning: "the same less the direct path" },
            OpField {
                name: "gof",
                meaning: "goodness of fit, 0 to 1, descriptive; null when blocks have one item",
            },
            OpField { name: "index_0_100", meaning: "index of each construct; null without a scale" },
            OpField { name: "equal_weight_indices", meaning: "the same with equal weights" },
            OpField { name: "negative_weights", meaning: "items of negative weight: look at them first" },
            OpField { name: "off_scale", meaning: "items with an answer off the scale" },
        ],
        formula: "Lohmoeller's algorithm: scores y = X w of variance 1; inner weights by scheme; w = cov(X, z) (mode A) \
                  or the regression of z on X (mode B), until sum of squared changes < 1e-20; paths by least squares; \
                  index = 100 sum(u (mean - min)) / sum(u (max - min)), u = w / sd",
        source: "Lohmoeller 1989, Latent Variable Path Modeling with Partial Least Squares; Tenenhaus et al. 2005, PLS \
                 path modeling; Fornell et al. 1996, The American Customer Satisfaction Index",
        example: EXAMPLE_MODEL,
        plot: Some(Plot::Bars { values: "index_0_100" }),
        run: Run::WithFiles(fit),
    },
    OpInfo {
        name: "pls.bootstrap",
        purpose: "Tells how sure the figures of a path model are: the customers are drawn again and again with \
                  replacement, and the model fitted to each draw. An interval of a path that does not hold 0 means \
                  that the effect is there; overlapping indices mean that the difference may be chance.",
        caution: "Not for fewer than some 50 rows, nor for several rows of one customer. It does not mend a sample that \
                  is not representative. Many failed replicates: do not trust the intervals.",
        inputs: &[
            DATA,
            COLUMNS,
            ROWS,
            MODEL,
            OpField { name: "replicates", meaning: "whole number from 2 to 10000; 500 if left out" },
            OpField {
                name: "seed",
                meaning: "whole number; 1 if left out: the same seed gives the same figures",
            },
            CONFIDENCE,
        ],
        outputs: &[
            OpField { name: "n", meaning: "complete rows" },
            DROPPED,
            OpField { name: "replicates", meaning: "samples drawn" },
            OpField { name: "failed", meaning: "samples no model could be fitted to" },
            OpField {
                name: "inner.*.estimate",
                meaning: "coefficient of the path A->B from the rows themselves",
            },
            OpField { name: "inner.*.mean", meaning: "mean over replicates" },
            OpField { name: "inner.*.std_error", meaning: "standard deviation over replicates" },
            OpField { name: "inner.*.ci", meaning: "[low, high], percentiles over replicates" },
            OpField { name: "total_effects", meaning: "the same four figures for each pair A->B" },
            OpField { name: "outer.*.weight", meaning: "the same four figures for each item's weight" },
            OpField { name: "outer.*.loading", meaning: "the same for its loading" },
            OpField { name: "r2", meaning: "the same for each construct's R2" },
            OpField { name: "index_0_100", meaning: "the same for each construct's index" },
        ],
        formula: "replicates of n rows drawn with replacement, constructs turned to agree with the original loadings; \
                  interval = percentiles alpha/2 and 1 - alpha/2 (type 7); xoshiro256++, one stream a replicate",
        source: "Efron & Tibshirani 1993, An Introduction to the Bootstrap; Tenenhaus et al. 2005, PLS path modeling",
        example: EXAMPLE_MODEL,
        plot: None,
        run: Run::WithFiles(resample),
    },
    OpInfo {
        name: "pls.index",
        purpose: "Tells where a construct such as satisfaction stands between 0 (every item at the bottom of its scale) \
                  and 100 (every item at the top), by weights from a fitted path model.",
        caution: "Compare only indices made with the same weights. With negative weights the index may leave 0-100 and \
                  falls when those items rise.",
        inputs: &[
            OpField { name: "weights", meaning: "list of weights, one per item" },
            OpField { name: "means", meaning: "list of mean answers, on the scale" },
            OpField {
                name: "sds",
                meaning: "list of standard deviations, above 0; null or left out when the weights are of items as \
                          they are",
            },
            OpField { name: "scale", meaning: "[min, max], whole numbers" },
        ],
        outputs: &[
            OpField { name: "index", meaning: "0 to 100 when no weight is negative" },
            OpField {
                name: "negative_weights",
                meaning: "positions, from 0, of items with a negative weight",
            },
        ],
        formula: "u = weight / sd; index = 100 sum(u (mean - min)) / sum(u (max - min))",
        source: "Fornell et al. 1996, The American Customer Satisfaction Index: nature, purpose, and findings",
        example: r#"{"weights": [0.5, 1], "means": [6, 8], "sds": [1, 2], "scale": [1, 10]}"#,
        plot: None,
        run: Run::Alone(index),
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FitInput {
    data: Option<String>,
    columns: Option<Vec<String>>,
    rows_data: Option<Vec<Vec<Value>>>,
    model: ModelInput,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BootstrapInput {
    data: Option<String>,
    columns: Option<Vec<String>>,
    rows_data: Option<Vec<Vec<Value>>>,
    model: ModelInput,
    replicates: Option<f64>,
    seed: Option<f64>,
    confidence: Option<f64>,
}

fn fit(input: &Value, files: &dyn Files) -> Result<Value, OpError> {
    let input: FitInput = read(input)?;
    let model = model(input.model)?;
    let rows = rows(&model, Answers::of(input.data, input.columns, input.rows_data)?, files)?;
    written::fit(rows.fit(&model)?)
}

fn resample(input: &Value, files: &dyn Files) -> Result<Value, OpError> {
    let input: BootstrapInput = read(input)?;
    let plan = Plan {
        replicates: u32::try_from(count("replicates", input.replicates.unwrap_or(500.0))?)
            .unwrap_or(u32::MAX),
        seed: count("seed", input.seed.unwrap_or(1.0))?,
        confidence: confidence(input.confidence)?,
    };
    let model = model(input.model)?;
    let rows = rows(&model, Answers::of(input.data, input.columns, input.rows_data)?, files)?;
    written::spread(&model, bootstrap(&model, &rows, &plan)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IndexInput {
    weights: Vec<f64>,
    means: Vec<f64>,
    sds: Option<Vec<f64>>,
    scale: [f64; 2],
}

fn index(input: &Value) -> Result<Value, OpError> {
    let input: IndexInput = read(input)?;
    let sds = input.sds.unwrap_or_else(|| vec![1.0; input.weights.len()]);
    if input.means.len() != input.weights.len() || sds.len() != input.weights.len() {
        return Err(OpError::bad_shape("weights, means and sds must be of the same length"));
    }
    let item =
        |((weight, mean), sd): ((&f64, &f64), &f64)| IndexItem { weight: *weight, mean: *mean, sd: *sd };
    let items: Vec<IndexItem> = input.weights.iter().zip(&input.means).zip(&sds).map(item).collect();
    let scale: Result<Scale, Error> = scale(input.scale);
    write(index_0_100(&items, scale?)?)
}
