//! Concentration of value.

use serde::Deserialize;
use serde_json::Value;

use super::input::{read, write};
use super::{OpError, OpField, OpInfo, Plot, Run};
use crate::concentration::{Concentration, Customer, Limits};

const fn field(name: &'static str, meaning: &'static str) -> OpField {
    OpField { name, meaning }
}

pub(super) const OPS: &[OpInfo] = &[OpInfo {
    name: "pareto.summary",
    purpose: "How unequally value is spread over customers: which few make most of it (class A), which share the best fifth \
              hold, and one number for the whole, Gini's coefficient, 0 when all are alike and near 1 when one has all. The \
              80/20 picture is measured here, not assumed.",
    caution: "Use margin rather than revenue, and take refunds off first: negative values are refused. Class changes neither \
              rights nor deadlines of a customer. Near a limit customers change class by chance from year to year; \
              portfolio.tiers keeps them calm. Two very different curves can have the same Gini.",
    inputs: &[
        field("customers", "list of {id, value}: text, each once; a number of 0 or more"),
        field("a_limit", "share of the value up to which customers are of class A, 0 to 1; 0.8 if left out"),
        field("b_limit", "the same for class B, at least a_limit; 0.95 if left out"),
    ],
    outputs: &[
        field("n", "customers"),
        field("total", "value of all"),
        field(
            "classes",
            "\"A\", \"B\" or \"C\" of each customer, in the order given; null when nobody is worth anything",
        ),
        field("counts", "customers of each class; null when nobody is worth anything"),
        field("counts.A", "customers of class A"),
        field("counts.B", "customers of class B"),
        field("counts.C", "customers of class C"),
        field("top_20_count", "a fifth of the customers, rounded up"),
        field("top_20_share", "share of the value these, the best, hold, 0 to 1; null without value"),
        field(
            "min_share_for_80",
            "smallest share of the customers who hold 80 % of the value; null without value",
        ),
        field("gini", "Gini's coefficient, 0 to (n - 1) / n; null without value"),
        field(
            "gini_unbiased",
            "the same times n / (n - 1), for a sample; null without value or for one customer",
        ),
        field(
            "lorenz",
            "points [share of customers, share of value the poorest so many hold]; null without value",
        ),
    ],
    formula: "sorted by value, ties by id; class by the share held before the customer: A below a_limit, B below b_limit, C; \
              top share of the ceil(0.2 n) best; G = 2 sum(i x_i) / (n sum x) - (n + 1) / n, x rising; all comparisons on exact \
              decimals",
    source: "Lorenz 1905, Methods of measuring the concentration of wealth; Gini 1914, Sulla misura della concentrazione e \
             della variabilita dei caratteri; Dickie 1951, ABC inventory analysis shoots for dollars, not pennies",
    example: r#"{"customers": [{"id": "ann", "value": 50.0}, {"id": "ben", "value": 30.0}, {"id": "cy", "value": 15.0}, {"id": "dora", "value": 5.0}], "a_limit": 0.8, "b_limit": 0.95}"#,
    plot: Some(Plot::Line { points: "lorenz", x: "0", y: "1", steps: false }),
    run: Run::Alone(summary),
}];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CustomerInput {
    id: String,
    value: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    customers: Vec<CustomerInput>,
    a_limit: Option<f64>,
    b_limit: Option<f64>,
}

fn summary(input: &Value) -> Result<Value, OpError> {
    let input: Input = read(input)?;
    let usual = Limits::USUAL;
    let limits = Limits::new(input.a_limit.unwrap_or(usual.a()), input.b_limit.unwrap_or(usual.b()))?;
    let customers: Vec<Customer<'_>> =
        input.customers.iter().map(|own| Customer { id: &own.id, value: own.value }).collect();
    write(Concentration::new(&customers)?.summary(limits)?)
}
