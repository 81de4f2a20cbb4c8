//! Profit against tenure, and tiers.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::input::{read, write};
use super::{OpError, OpField, OpInfo, Plot, Run};
use crate::Error;
use crate::portfolio::{
    Accumulator, Basis, Curve, Customer, Cutoffs, Label, Ladder, Matrix, tiers as put_on_ladder,
};

const fn field(name: &'static str, meaning: &'static str) -> OpField {
    OpField { name, meaning }
}

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "portfolio.reinartz_kumar",
        purpose: "Sorts customers by what they bring and how long they have been there: true friends (both), butterflies \
                  (profitable, passing through), barnacles (long there, not profitable), strangers (neither), with the share of \
                  value of each. Long-standing customers are not always the profitable ones: here you see which are.",
        caution: "The two cut-offs are yours and decide everything: state them. Use margin after the cost to serve; on revenue, \
                  barnacles look like friends. A customer of yesterday is a stranger by tenure alone.",
        inputs: &[
            field("customers", "list of {value, tenure}: a number, below 0 for a loss; a time of 0 or more"),
            field("value_cut", "value from which on a customer is profitable"),
            field(
                "tenure_cut",
                "tenure from which on a customer is long-term, in the same unit as tenure, 0 or more",
            ),
        ],
        outputs: &[
            field(
                "labels",
                "\"true_friend\", \"butterfly\", \"barnacle\" or \"stranger\" of each customer, in the order given",
            ),
            field("counts", "customers of each label"),
            field("counts.true_friend", "profitable and long-term"),
            field("counts.butterfly", "profitable, not long-term"),
            field("counts.barnacle", "long-term, not profitable"),
            field("counts.stranger", "neither"),
            field(
                "value_share",
                "share of the value of all, of each label; losses make shares below 0 and above 1; null unless that value is above 0",
            ),
            field("value_share.true_friend", "share of the value of all; null unless that is above 0"),
            field("value_share.butterfly", "the same; null likewise"),
            field("value_share.barnacle", "the same; null likewise"),
            field("value_share.stranger", "the same; null likewise"),
        ],
        formula: "profitable when value >= value_cut, long-term when tenure >= tenure_cut; share = value of the label / value of \
                  all",
        source: "Reinartz & Kumar 2002, The mismanagement of customer loyalty",
        example: r#"{"customers": [{"value": 300, "tenure": 5}, {"value": 250, "tenure": 1}, {"value": 100, "tenure": 8}, {"value": 50, "tenure": 0.5}], "value_cut": 200, "tenure_cut": 3}"#,
        plot: Some(Plot::Bars { values: "value_share" }),
        run: Run::Alone(matrix),
    },
    OpInfo {
        name: "portfolio.tiers",
        purpose: "Puts customers into tiers, 1 the best, period after period, without letting them flicker: a customer changes \
                  tier only when the value passes a cut by a margin, or stays beyond it for a number of periods in a row. \
                  Compare changes with changes_by_cuts_alone to see how many moves were spared.",
        caution: "A large margin or many periods make tiers calm and late. A value not known leaves the customer where they are. \
                  On the curve a customer may change tier because others did. Tiers change neither rights nor deadlines.",
        inputs: &[
            field(
                "customers",
                "list of {id, values, tier, against}: text, each once; one number for each period, null if unknown; tier \
                 before the first period, left out when there was none; periods in a row against it, as given out before",
            ),
            field("cuts", "1 to 20 rising values between the tiers; either these or limits"),
            field(
                "limits",
                "1 to 20 rising shares of the value of each period, such as [0.8, 0.95]: the first tier takes the best \
                 customers up to the first share; values must be 0 or more",
            ),
            field(
                "margin",
                "how far past a cut changes the tier at once, 0 or more, in the unit of the cuts or limits: one number, or a \
                 list with one for each; null or left out when distance never suffices",
            ),
            field(
                "periods",
                "how many periods in a row past a cut change the tier, 1 or more; null or left out when duration never \
                 suffices; a margin or periods must be given",
            ),
        ],
        outputs: &[
            field(
                "tiers",
                "tier of each customer after the last period, 1 the best; null when nothing was ever known",
            ),
            field("history", "for each customer the tier after each period; null before the first value"),
            field(
                "against",
                "for each customer, for each cut from the easiest to reach on, the periods in a row against the tier",
            ),
            field("counts", "customers in each tier after the last period, the best first"),
            field("changes", "how often customers changed tier"),
            field("changes_by_cuts_alone", "how often they would have without margin and periods"),
            field("missing", "values that are not known"),
        ],
        formula: "each cut c is passed when value >= c + margin, or value >= c for so many periods in a row; lost again when value \
                  <= c - margin, or value < c for so many periods; tier = 1 + cuts not passed; on limits L the same with the share \
                  held by better customers: below L, at most L - margin, from L + margin on",
        source: "Schmitt 1938, A thermionic trigger (two thresholds instead of one)",
        example: r#"{"customers": [{"id": "ann", "values": [990, 1050, 1010, 1020]}, {"id": "ben", "values": [1100, 950, 1050, 880]}], "cuts": [1000], "margin": 100, "periods": 3}"#,
        plot: Some(Plot::Bars { values: "counts" }),
        run: Run::Alone(tiers),
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MatrixCustomer {
    value: f64,
    tenure: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MatrixInput {
    customers: Vec<MatrixCustomer>,
    value_cut: f64,
    tenure_cut: f64,
}

#[derive(Serialize)]
struct MatrixOutput {
    labels: Vec<Label>,
    #[serde(flatten)]
    matrix: Matrix,
}

fn matrix(input: &Value) -> Result<Value, OpError> {
    let input: MatrixInput = read(input)?;
    let mut all = Accumulator::new(Cutoffs::new(input.value_cut, input.tenure_cut)?);
    let labels = input
        .customers
        .iter()
        .map(|own| all.push(own.value, own.tenure))
        .collect::<Result<Vec<_>, Error>>()?;
    write(MatrixOutput { labels, matrix: all.matrix() })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TierCustomer {
    id: String,
    values: Vec<Option<f64>>,
    tier: Option<usize>,
    against: Option<Vec<u32>>,
}

/// One margin for all cuts, or one for each.
#[derive(Deserialize)]
#[serde(untagged)]
enum Margin {
    One(f64),
    Each(Vec<f64>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TiersInput {
    customers: Vec<TierCustomer>,
    cuts: Option<Vec<f64>>,
    limits: Option<Vec<f64>>,
    margin: Option<Margin>,
    periods: Option<f64>,
}

fn tiers(input: &Value) -> Result<Value, OpError> {
    let input: TiersInput = read(input)?;
    let periods = input.periods.map(periods).transpose()?;
    let margins = |cuts: &[f64]| {
        input.margin.as_ref().map(|margin| match margin {
            Margin::One(margin) => vec![*margin; cuts.len()],
            Margin::Each(margins) => margins.clone(),
        })
    };
    let basis = match (&input.cuts, &input.limits) {
        (Some(cuts), None) => Basis::Value(Ladder::new(cuts, margins(cuts).as_deref(), periods)?),
        (None, Some(limits)) => Basis::Curve(Curve::new(limits, margins(limits).as_deref(), periods)?),
        _ => return Err(OpError::bad_shape("either cuts or limits are needed")),
    };
    let customers: Vec<Customer<'_>> = input.customers.iter().map(lend).collect();
    write(put_on_ladder(&customers, &basis)?)
}

fn lend(own: &TierCustomer) -> Customer<'_> {
    Customer { id: &own.id, values: &own.values, tier: own.tier, against: own.against.as_deref() }
}

fn periods(value: f64) -> Result<NonZeroU32, Error> {
    let whole =
        (value.fract() == 0.0 && (1.0..=f64::from(u32::MAX)).contains(&value)).then_some(value as u32);
    whole
        .and_then(NonZeroU32::new)
        .ok_or_else(|| Error::out_of_range("periods", value, "a whole number of 1 or more"))
}
