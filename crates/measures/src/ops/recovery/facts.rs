//! What was done for those who complained.

use serde::Deserialize;
use serde_json::Value;

use super::super::input::{confidence, count, read, write};
use super::super::{CONFIDENCE, OpError, OpInfo, Run};
use super::OpField;
use crate::recovery::{Acknowledged, CaseFacts, JusticeAccumulator, JusticeLimits};

pub(super) const OPS: &[OpInfo] = &[OpInfo {
    name: "recovery.justice_facts",
    purpose: "What was done for customers who complained, fact by fact, in three kinds of fairness: what \
                  they got, how it was decided, how they were spoken to. The lowest share names what to \
                  repair first.",
    caution: "Facts, not feelings: ask the customers too; where facts are good and felt unfair, explain \
                  better. Do not average the kinds: money does not make up for rudeness. Look at missing: \
                  what nobody writes down cannot be judged.",
    inputs: &[
        OpField {
            name: "cases",
            meaning: "list of closed cases; every field of a case may be null or left out",
        },
        OpField {
            name: "cases[].acknowledged_after",
            meaning: "time until the complaint was acknowledged, 0 or more; \"never\"; null if unknown",
        },
        OpField {
            name: "cases[].promise_kept",
            meaning: "whether what was promised was done in time; null if nothing was promised",
        },
        OpField {
            name: "cases[].cause_told",
            meaning: "whether the customer was told what happened and why",
        },
        OpField { name: "cases[].compensated", meaning: "whether something was given for the loss" },
        OpField { name: "cases[].contacts", meaning: "contacts it took, a whole number from 1" },
        OpField { name: "cases[].customer_blamed", meaning: "whether the customer was blamed" },
        OpField {
            name: "acknowledged_within",
            meaning: "longest time to acknowledge that counts as in time, 0 or more, in the unit of the \
                          cases",
        },
        OpField {
            name: "contacts_at_most",
            meaning: "most contacts that count as few, a whole number from 1",
        },
        CONFIDENCE,
    ],
    outputs: &[
        OpField { name: "cases", meaning: "cases in all" },
        OpField { name: "distributive[].fact", meaning: "what the customer got: compensated" },
        OpField { name: "distributive[].n", meaning: "cases of which it is known" },
        OpField {
            name: "distributive[].missing",
            meaning: "cases of which it is not, or to which it does not apply",
        },
        OpField { name: "distributive[].met", meaning: "cases for which it holds" },
        OpField { name: "distributive[].share", meaning: "met / n, 0 to 1; null when n is 0" },
        OpField {
            name: "distributive[].ci_wilson",
            meaning: "[low, high], interval of the share; null with it",
        },
        OpField {
            name: "procedural[].fact",
            meaning: "how it was decided: acknowledged_in_time, promise_kept, few_contacts",
        },
        OpField { name: "procedural[].n", meaning: "cases of which it is known" },
        OpField {
            name: "procedural[].missing",
            meaning: "cases of which it is not, or to which it does not apply",
        },
        OpField { name: "procedural[].met", meaning: "cases for which it holds" },
        OpField { name: "procedural[].share", meaning: "met / n, 0 to 1; null when n is 0" },
        OpField {
            name: "procedural[].ci_wilson",
            meaning: "[low, high], interval of the share; null with it",
        },
        OpField {
            name: "interactional[].fact",
            meaning: "how the customer was spoken to: cause_told, not_blamed",
        },
        OpField { name: "interactional[].n", meaning: "cases of which it is known" },
        OpField {
            name: "interactional[].missing",
            meaning: "cases of which it is not, or to which it does not apply",
        },
        OpField { name: "interactional[].met", meaning: "cases for which it holds" },
        OpField { name: "interactional[].share", meaning: "met / n, 0 to 1; null when n is 0" },
        OpField {
            name: "interactional[].ci_wilson",
            meaning: "[low, high], interval of the share; null with it",
        },
    ],
    formula: "share of a fact = cases for which it holds / cases of which it is known, with Wilson's \
                  interval",
    source: "Tax, Brown & Chandrashekaran 1998, Customer evaluations of service complaint experiences; \
                 Colquitt 2001, On the dimensionality of organizational justice; Wilson 1927, Probable \
                 inference, the law of succession, and statistical inference",
    example: r#"{"cases": [{"acknowledged_after": 5, "promise_kept": true, "cause_told": true, "compensated": false, "contacts": 2, "customer_blamed": false}, {"acknowledged_after": "never", "promise_kept": null, "cause_told": false, "compensated": true, "contacts": 4, "customer_blamed": false}], "acknowledged_within": 24, "contacts_at_most": 2}"#,
    plot: None,
    run: Run::Alone(justice),
}];

#[derive(Deserialize)]
#[serde(untagged)]
enum AcknowledgedInput {
    After(f64),
    Word(Never),
}

#[derive(Deserialize)]
enum Never {
    #[serde(rename = "never")]
    Never,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseInput {
    acknowledged_after: Option<AcknowledgedInput>,
    promise_kept: Option<bool>,
    cause_told: Option<bool>,
    compensated: Option<bool>,
    contacts: Option<f64>,
    customer_blamed: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JusticeInput {
    cases: Vec<CaseInput>,
    acknowledged_within: f64,
    contacts_at_most: f64,
    confidence: Option<f64>,
}

fn justice(input: &Value) -> Result<Value, OpError> {
    let input: JusticeInput = read(input)?;
    let most = count("contacts_at_most", input.contacts_at_most)?;
    let mut all = JusticeAccumulator::new(JusticeLimits::new(input.acknowledged_within, most)?);
    for case in &input.cases {
        all.push(&CaseFacts {
            acknowledged: case.acknowledged_after.as_ref().map(|given| match given {
                AcknowledgedInput::After(time) => Acknowledged::After(*time),
                AcknowledgedInput::Word(Never::Never) => Acknowledged::Never,
            }),
            promise_kept: case.promise_kept,
            cause_told: case.cause_told,
            compensated: case.compensated,
            contacts: case.contacts.map(|contacts| count("contacts", contacts)).transpose()?,
            customer_blamed: case.customer_blamed,
        })?;
    }
    write(all.summary(confidence(input.confidence)?)?)
}
