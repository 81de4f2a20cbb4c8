//! Mirror survey.

use serde::Deserialize;
use serde_json::Value;

use super::input::{read, write};
use super::statistics::sample;
use super::{OpError, OpField, OpInfo, Run};
use crate::mirror::gaps;

pub(super) const OPS: &[OpInfo] = &[OpInfo {
    name: "mirror.gaps",
    purpose: "Compares what staff believe customers think with what customers say, question by question. A gap above 0 \
              says that staff over-estimate; judge each by p_holm below 0.05. spearman says whether staff know at least \
              which questions come out better.",
    caution: "Staff must have been asked what customers would say, not for their own view. Never show teams so small that \
              one person's answer can be told. Few questions say little over all.",
    inputs: &[
        OpField {
            name: "customers",
            meaning: "list of questions, each a list of customers' answers, null if missing",
        },
        OpField { name: "staff", meaning: "the same questions, each a list of what staff believe" },
    ],
    outputs: &[
        OpField { name: "items[].n_customers", meaning: "customers who answered" },
        OpField { name: "items[].n_staff", meaning: "staff who answered" },
        OpField { name: "items[].customer", meaning: "mean of customers" },
        OpField { name: "items[].staff", meaning: "mean of staff" },
        OpField { name: "items[].gap", meaning: "staff - customer: above 0 staff over-estimate" },
        OpField {
            name: "items[].t",
            meaning: "Welch's t; null with a single answer on a side or without spread",
        },
        OpField { name: "items[].df", meaning: "its degrees of freedom; null with t" },
        OpField { name: "items[].p", meaning: "two-sided probability of such a gap by chance; null with t" },
        OpField {
            name: "items[].p_holm",
            meaning: "the same, corrected for the number of questions; null with t",
        },
        OpField { name: "items[].hedges_g", meaning: "gap in standard deviations; null with t" },
        OpField { name: "mean_gap", meaning: "mean of the gaps; opposite ones cancel" },
        OpField { name: "mean_absolute_gap", meaning: "mean size of the gaps" },
        OpField {
            name: "paired_t",
            meaning: "t of the gaps over questions; null with one question or equal gaps",
        },
        OpField { name: "paired_df", meaning: "questions - 1" },
        OpField { name: "paired_p", meaning: "two-sided probability for paired_t; null with it" },
        OpField { name: "wilcoxon_w", meaning: "smaller sum of ranks of gaps by sign; null when all are 0" },
        OpField {
            name: "wilcoxon_p",
            meaning: "its probability, exact without zeros and ties; null with it",
        },
        OpField {
            name: "spearman",
            meaning: "correlation of the means of questions, -1 to 1; null if undefined",
        },
        OpField { name: "missing", meaning: "answers not given, both sides" },
    ],
    formula: "gap = mean staff - mean customers; Welch's t per question, p after Holm; over questions: paired t, \
              Wilcoxon's signed ranks (exact without zeros and ties, else normal without correction), Spearman",
    source: "FD X50-172 1999, Enquete de satisfaction des clients; Welch 1947; Holm 1979; Wilcoxon 1945; Spearman 1904",
    example: r#"{"customers": [[8, 7, 9], [5, 6, 4, 5], [9, 9, 8]], "staff": [[6, 7], [7, 6, 7], [8, 8, 9, 7]]}"#,
    plot: None,
    run: Run::Alone(mirror),
}];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MirrorInput {
    customers: Vec<Vec<Option<f64>>>,
    staff: Vec<Vec<Option<f64>>>,
}

fn mirror(input: &Value) -> Result<Value, OpError> {
    let input: MirrorInput = read(input)?;
    let side =
        |items: &[Vec<Option<f64>>]| items.iter().map(|item| sample(item)).collect::<Result<Vec<_>, _>>();
    write(gaps(&side(&input.customers)?, &side(&input.staff)?)?)
}
