//! Recency, frequency, money.

use serde::Deserialize;
use serde_json::{Value, json};

use super::input::{count, read};
use super::{OpError, OpField, OpInfo, Run};
use crate::Error;
use crate::rfm::{Customer, Cuts, Method, scores};

const fn field(name: &'static str, meaning: &'static str) -> OpField {
    OpField { name, meaning }
}

pub(super) const OPS: &[OpInfo] = &[OpInfo {
    name: "rfm.scores",
    purpose: "Three scores from 1 to 5 for every customer, 5 the best: how recently they bought, how often, and for how \
              much. 555 is among the best in all three; 155 was one of the best and has not been seen for long, so a call \
              is due.",
    caution: "Scores by rank say where a customer stands within this list: those of two lists, or two years, cannot be \
              compared (use fixed cuts for that). The ntile method gives equal customers different scores; min_rank does \
              not. Where most have bought only once, most share a low score: that is the truth. No score is a forecast.",
    inputs: &[
        field("method", "\"min_rank\" (recommended), \"ntile\" or \"fixed\""),
        field(
            "customers",
            "list of {id, recency_days, frequency, monetary}: text, each once; whole days since the last purchase, 0 or \
             more; number of orders; money spent, below 0 after refunds",
        ),
        field("cuts", "for \"fixed\" only: {r, f, m}, each four rising numbers, in days, orders and money"),
    ],
    outputs: &[
        field("scores", "[r, f, m] of each customer, in the order given, 1 to 5"),
        field("rfm", "the three digits of each as text, such as \"454\""),
        field("total", "r + f + m of each, 3 to 15"),
    ],
    formula: "min_rank: 1 + floor(5 b / n), b customers strictly worse; ntile: sorted from worst to best, ties by id, cut into \
              5 groups, the larger first; fixed: f and m 1 + cuts reached (>=), r 5 - cuts exceeded (>)",
    source: "Hughes 1994, Strategic Database Marketing; Bult & Wansbeek 1995, Optimal selection for direct mail",
    example: r#"{"method": "min_rank", "customers": [{"id": "ann", "recency_days": 3, "frequency": 9, "monetary": 80.0}, {"id": "ben", "recency_days": 30, "frequency": 1, "monetary": 80.0}]}"#,
    plot: None,
    run: Run::Alone(run),
}];

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum MethodName {
    MinRank,
    Ntile,
    Fixed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CustomerInput {
    id: String,
    recency_days: f64,
    frequency: f64,
    monetary: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CutsInput {
    r: [f64; 4],
    f: [f64; 4],
    m: [f64; 4],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    method: MethodName,
    customers: Vec<CustomerInput>,
    cuts: Option<CutsInput>,
}

fn run(input: &Value) -> Result<Value, OpError> {
    let input: Input = read(input)?;
    let method = match (input.method, input.cuts) {
        (MethodName::MinRank, None) => Method::MinRank,
        (MethodName::Ntile, None) => Method::Ntile,
        (MethodName::Fixed, Some(CutsInput { r, f, m })) => Method::Fixed(Cuts::new(r, f, m)?),
        _ => return Err(OpError::bad_shape("cuts go with the method \"fixed\", and with it alone")),
    };
    let customers = input
        .customers
        .iter()
        .map(|own| {
            Ok(Customer {
                id: &own.id,
                recency_days: count("recency_days", own.recency_days)?,
                frequency: count("frequency", own.frequency)?,
                monetary: own.monetary,
            })
        })
        .collect::<Result<Vec<_>, Error>>()?;
    let scores = scores(&customers, &method)?;
    Ok(json!({
        "scores": scores.iter().map(|score| [score.r, score.f, score.m]).collect::<Vec<_>>(),
        "rfm": scores.iter().map(|score| score.code()).collect::<Vec<_>>(),
        "total": scores.iter().map(|score| score.total()).collect::<Vec<_>>(),
    }))
}
