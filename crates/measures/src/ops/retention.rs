//! Who stays: customers, revenue, renewals.

use serde::Deserialize;
use serde_json::Value;

use super::input::{confidence, count, each_answer, read, write};
use super::{CONFIDENCE, OpError, OpField, OpInfo, Plot, Run};
use crate::retention::{EquipmentAccumulator, Flows, PeriodAccumulator, Rate, RevenueFlows, loyalty};

const fn field(name: &'static str, meaning: &'static str) -> OpField {
    OpField { name, meaning }
}

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "retention.period",
        purpose: "Of the customers there at the start of a period, how many are still there at its end. Retention of \
                  0.85 means that 85 of 100 stayed; churn is the rest. The interval shows how far chance alone could \
                  have moved it among as many customers.",
        caution: "Say beside it who counts as a customer. Periods of different length cannot be compared, and new \
                  customers leave sooner than old ones: look at cohorts before you trust an average.",
        inputs: &[
            field("start", "list of identifiers of the customers at the start; one named twice counts once"),
            field("end", "the same at the end"),
            CONFIDENCE,
        ],
        outputs: &[
            field("start", "customers at the start"),
            field("end", "customers at the end"),
            field("retained", "customers at both, even if away in between"),
            field("lost", "customers at the start only"),
            field("acquired", "customers at the end only"),
            field("retention", "retained / start, 0 to 1; null without a customer at the start"),
            field("ci_retention", "Wilson's interval of the retention, [low, high]; null with it"),
            field("churn", "lost / start = 1 - retention; null with it"),
            field("growth", "(end - start) / start, -1 or more; null with it"),
        ],
        formula: "retention = (end - acquired) / start, on sets of customers; churn = 1 - retention; growth = (end - \
                  start) / start",
        source: "Reichheld & Sasser 1990, Zero defections: quality comes to services; interval: Wilson 1927, Probable \
                 inference, the law of succession, and statistical inference",
        example: r#"{"start": ["ann", "ben", "cy", "dora"], "end": ["ben", "cy", "dora", "eve"]}"#,
        plot: Some(Plot::Interval { value: "retention", interval: "ci_retention" }),
        run: Run::Alone(period),
    },
    OpInfo {
        name: "retention.revenue",
        purpose: "How much of the recurring revenue of last period's customers is still there. The gross figure counts \
                  only losses and never exceeds 1; the net one adds what the same customers buy more, so 1.02 means they \
                  pay 2 % more in all than before.",
        caution: "Recurring revenue only, and of the same customers: sales to new ones are no part of it. A net figure \
                  above 1 can hide many lost customers behind a few that grew; show the gross one beside it.",
        inputs: &[
            field("start_revenue", "recurring revenue at the start, 0 or more"),
            field("churned", "revenue lost with customers who left, 0 or more"),
            field("contraction", "revenue lost with customers who stayed and pay less, 0 or more"),
            field("expansion", "revenue gained with customers who stayed and pay more, 0 or more"),
        ],
        outputs: &[
            field("gross_revenue_retention", "share of the revenue kept, 0 to 1; null when there was none"),
            field("net_revenue_retention", "the same with expansion, 0 or more; null with it"),
            field("gross_revenue_churn", "share of the revenue lost, 0 to 1; null with it"),
        ],
        formula: "gross = (start - churned - contraction) / start; net = gross + expansion / start; churn = 1 - gross",
        source: "Skok 2013, SaaS metrics 2.0 - a guide to measuring and improving what matters",
        example: r#"{"start_revenue": 10000, "churned": 500, "contraction": 200, "expansion": 900}"#,
        plot: None,
        run: Run::Alone(revenue),
    },
    OpInfo {
        name: "retention.rate_with_ci",
        purpose: "How much of what was due happened: contracts renewed of those that came to their term, visits made of \
                  those planned. The interval says between which values the underlying rate plausibly lies; with few \
                  cases it is wide.",
        caution: "Take only what really came due in the period. When nothing was due the rate is undefined, not 0. For \
                  amounts of money use retention.revenue: this interval is one of counts.",
        inputs: &[
            field("numerator", "count of what happened"),
            field("denominator", "count of what was due, at least the numerator"),
            CONFIDENCE,
        ],
        outputs: &[
            field("numerator", "count of what happened"),
            field("denominator", "count of what was due"),
            field("rate", "numerator / denominator, 0 to 1; null when nothing was due"),
            field("ci_wilson", "Wilson's interval, [low, high]; null with the rate"),
        ],
        formula: "rate = x / n; (p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)",
        source: "Wilson 1927, Probable inference, the law of succession, and statistical inference",
        example: r#"{"numerator": 84, "denominator": 120, "confidence": 0.95}"#,
        plot: Some(Plot::Interval { value: "rate", interval: "ci_wilson" }),
        run: Run::Alone(rate),
    },
    OpInfo {
        name: "retention.loyalty",
        purpose: "Of those who bought in the last period, how many bought again in this one. 0.8 means that four buyers \
                  of five came back.",
        caution: "Where people usually buy less often than once a period, those not due yet count as disloyal: choose the \
                  period accordingly. Coming back is not attachment where there is no choice.",
        inputs: &[
            field(
                "previous",
                "list of identifiers of the buyers of the earlier period; one named twice counts once",
            ),
            field("current", "the same for the later period"),
            CONFIDENCE,
        ],
        outputs: &[
            field("previous_buyers", "buyers of the earlier period"),
            field("loyal", "those of them who buy in the later one"),
            field("loyalty_rate", "loyal / previous_buyers, 0 to 1; null without a buyer"),
            field("ci_loyalty", "Wilson's interval, [low, high]; null with the rate"),
        ],
        formula: "loyalty = buyers of both periods / buyers of the earlier one",
        source: "Ehrenberg 1988, Repeat-Buying: Facts, Theory and Applications; interval: Wilson 1927",
        example: r#"{"previous": ["ann", "ben", "cy", "dora"], "current": ["ben", "cy", "dora", "eve"]}"#,
        plot: Some(Plot::Interval { value: "loyalty_rate", interval: "ci_loyalty" }),
        run: Run::Alone(loyal),
    },
    OpInfo {
        name: "retention.products_per_customer",
        purpose: "How many product lines customers hold, over all customers and over those who hold any, and which share \
                  of the latter hold several. Customers with several lines are usually harder to lose.",
        caution: "It measures sales, not contentment: products nobody needs raise it. Customers kept on file without a \
                  product lower the first mean; the second leaves them out.",
        inputs: &[
            field(
                "products_held",
                "list with the number of distinct product lines of each customer, null if unknown",
            ),
            CONFIDENCE,
        ],
        outputs: &[
            field("customers", "customers whose holdings are known"),
            field("missing", "customers whose holdings are not, left out of all else"),
            field("active", "customers with one line at least"),
            field("products_per_customer", "lines / customers; null without a customer"),
            field("products_per_active", "lines / active customers, 1 or more; null without one"),
            field(
                "multi_equipped_rate",
                "share of the active with two lines or more, 0 to 1; null without one",
            ),
            field("ci_multi_equipped", "Wilson's interval of that share, [low, high]; null with it"),
        ],
        formula: "lines / customers; lines / active; customers with >= 2 lines / active",
        source: "Kamakura, Ramaswami & Srivastava 1991, Applying latent trait analysis in the evaluation of prospects for \
                 cross-selling of financial services",
        example: r#"{"products_held": [1, 3, 2, 1, 0, 4]}"#,
        plot: Some(Plot::Interval { value: "multi_equipped_rate", interval: "ci_multi_equipped" }),
        run: Run::Alone(products),
    },
    OpInfo {
        name: "retention.competition",
        purpose: "Who wins the exchange of customers with competitors. A ratio of 1.5 means that three customers came from \
                  them for every two who went; the shares tell how much of growth and loss is competition at all, the \
                  rest being people new to the market or leaving it.",
        caution: "Count only origins and destinations that are known, and say how many are not. With a handful of customers \
                  the ratio jumps: read the balance.",
        inputs: &[
            field("start", "customers at the start, count"),
            field("new", "new customers, count"),
            field("won_from_competition", "those of the new who left a competitor, at most new"),
            field("lost", "customers lost, count, at most start + new"),
            field("lost_to_competition", "those of the lost who went to a competitor, at most lost"),
        ],
        outputs: &[
            field("new_rate", "new / start; null without a customer at the start"),
            field("lost_rate", "lost / start; null with it"),
            field("share_new_won", "won / new, 0 to 1; null without a new customer"),
            field("share_lost_to_competition", "lost to competitors / lost, 0 to 1; null without a loss"),
            field("won_lost_ratio", "won / lost to competitors; null without such a loss"),
            field("net_balance", "won - lost to competitors, in customers"),
        ],
        formula: "new / start; lost / start; won / new; lost to competitors / lost; won / lost to competitors; won - lost \
                  to competitors",
        source: "AFNOR 1999, FD X50-172, Management de la qualite - Enquete de satisfaction des clients",
        example: r#"{"start": 1000, "new": 120, "won_from_competition": 45, "lost": 80, "lost_to_competition": 30}"#,
        plot: None,
        run: Run::Alone(competition),
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeriodInput {
    start: Vec<String>,
    end: Vec<String>,
    confidence: Option<f64>,
}

fn period(input: &Value) -> Result<Value, OpError> {
    let input: PeriodInput = read(input)?;
    write(PeriodAccumulator::of_sets(&input.start, &input.end).summary(confidence(input.confidence)?)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RevenueInput {
    start_revenue: f64,
    churned: f64,
    contraction: f64,
    expansion: f64,
}

fn revenue(input: &Value) -> Result<Value, OpError> {
    let RevenueInput { start_revenue, churned, contraction, expansion } = read(input)?;
    write(RevenueFlows { start_revenue, churned, contraction, expansion }.retention()?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RateInput {
    numerator: f64,
    denominator: f64,
    confidence: Option<f64>,
}

fn rate(input: &Value) -> Result<Value, OpError> {
    let input: RateInput = read(input)?;
    let (x, n) = (count("numerator", input.numerator)?, count("denominator", input.denominator)?);
    write(Rate::new(x, n, confidence(input.confidence)?)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LoyaltyInput {
    previous: Vec<String>,
    current: Vec<String>,
    confidence: Option<f64>,
}

fn loyal(input: &Value) -> Result<Value, OpError> {
    let input: LoyaltyInput = read(input)?;
    write(loyalty(&input.previous, &input.current, confidence(input.confidence)?)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProductsInput {
    products_held: Vec<Option<f64>>,
    confidence: Option<f64>,
}

fn products(input: &Value) -> Result<Value, OpError> {
    let input: ProductsInput = read(input)?;
    let mut all = EquipmentAccumulator::new();
    let push = |all: &mut EquipmentAccumulator, held| all.push(count("products held", held)?);
    each_answer(&mut all, &input.products_held, push, EquipmentAccumulator::push_missing)?;
    write(all.summary(confidence(input.confidence)?)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CompetitionInput {
    start: f64,
    new: f64,
    won_from_competition: f64,
    lost: f64,
    lost_to_competition: f64,
}

fn competition(input: &Value) -> Result<Value, OpError> {
    let input: CompetitionInput = read(input)?;
    let flows = Flows {
        start: count("start", input.start)?,
        new: count("new", input.new)?,
        won_from_competition: count("won_from_competition", input.won_from_competition)?,
        lost: count("lost", input.lost)?,
        lost_to_competition: count("lost_to_competition", input.lost_to_competition)?,
    };
    write(flows.competition()?)
}
