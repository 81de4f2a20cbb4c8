//! How long things last.

use serde::Deserialize;
use serde_json::Value;

use super::input::{confidence, read, write};
use super::{CONFIDENCE, OpError, OpField, OpInfo, Plot, Run};
use crate::Error;
use crate::survival::{Accumulator, Spell, logrank};

const fn field(name: &'static str, meaning: &'static str) -> OpField {
    OpField { name, meaning }
}

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "retention.kaplan_meier",
        purpose: "Which share of customers (contracts, cases) still go on after each time, counting those who have not left \
                  yet for as long as they have been watched. A survival of 0.7 at month 12 means that 70 of 100 last longer \
                  than a year; the median is the time by which half have left.",
        caution: "It takes those lost from sight to fare like those who stayed; if the firm itself ended their contracts, \
                  they do not. The end of the curve rests on few: look at how many are at risk. Show the log-log interval; \
                  the plain one fails near 0 and 1. Each interval holds at its own time, not for the whole curve.",
        inputs: &[
            field("durations", "list of times, each 0 or more, in one unit; null if unknown"),
            field(
                "events",
                "list as long: 1 or true when it ended then, 0 or false when it still goes on; null if unknown",
            ),
            field(
                "entry",
                "list as long, of the times from which each was watched, 0 or more and below the duration; left out or \
                 null when all were from their beginning",
            ),
            CONFIDENCE,
        ],
        outputs: &[
            field("n", "spells of known duration and outcome"),
            field("missing", "spells of which one of both is unknown"),
            field("events", "spells that ended"),
            field("rows", "one row for each time at which something ended, rising"),
            field("rows[].t", "the time"),
            field("rows[].at_risk", "still going on, and watched, just before"),
            field("rows[].events", "ended at this time"),
            field("rows[].survival", "share still going on after it, 0 to 1"),
            field("rows[].se", "standard error of the share, Greenwood; null where the share is 0"),
            field("rows[].ci_plain", "survival +- z se, cut to 0 and 1; null where the share is 0"),
            field(
                "rows[].ci_loglog",
                "interval on the scale of log(-log S), the one to show; null where the share is 0",
            ),
            field("median", "first time at which no more than half still go on; \"inf\" when never seen"),
            field("ci_median", "interval of the median, [low, high], either \"inf\" when never seen"),
        ],
        formula: "S(t) = product of (1 - d/n) over event times up to t, n at risk (entry < t <= duration), d ended; V = S^2 \
                  sum d/(n(n-d)); plain S +- z sqrt(V); log-log S^exp(+-z sqrt(sum d/(n(n-d))) / ln S); median = smallest t \
                  with S(t) <= 1/2; an end and a last sight at the same time: the end comes first",
        source: "Kaplan & Meier 1958, Nonparametric estimation from incomplete observations; Greenwood 1926, The natural \
                 duration of cancer; Kalbfleisch & Prentice 1980, The Statistical Analysis of Failure Time Data; Brookmeyer & \
                 Crowley 1982, A confidence interval for the median survival time",
        example: r#"{"durations": [2, 5, 6, 9], "events": [1, 1, 0, 1], "confidence": 0.95}"#,
        plot: Some(Plot::Line { points: "rows", x: "t", y: "survival", steps: true }),
        run: Run::Alone(kaplan_meier),
    },
    OpInfo {
        name: "retention.logrank",
        purpose: "Whether customers of one group leave at another rate than those of another, over the whole time. A p-value \
                  below 0.05 says that a difference as large would be rare if both left alike; more observed than expected \
                  ends means that the first group leaves sooner.",
        caution: "It tells whether, not by how much: show both curves. Where the curves cross, early and late differences \
                  cancel out. Groups that chose themselves may differ in more than the name.",
        inputs: &[
            field("durations_1", "times of the first group, each 0 or more; null if unknown"),
            field("events_1", "list as long: 1 when it ended then, 0 when it still goes on; null if unknown"),
            field("durations_2", "times of the second group"),
            field("events_2", "outcomes of the second group"),
        ],
        outputs: &[
            field(
                "chi2",
                "statistic with one degree of freedom; null when nothing ended while both were at risk",
            ),
            field(
                "p_value",
                "probability of as large a statistic if both ended at the same rate; null with it",
            ),
            field("observed_1", "ends in the first group"),
            field("expected_1", "ends expected there if both ended at the same rate"),
            field("observed_2", "ends in the second group"),
            field("expected_2", "ends expected there"),
        ],
        formula: "at each event time E1 = d n1/n, V = d (n1/n)(n2/n)(n-d)/(n-1); chi2 = (O1 - sum E1)^2 / sum V",
        source: "Mantel 1966, Evaluation of survival data and two new rank order statistics arising in its consideration",
        example: r#"{"durations_1": [1, 3, 5, 7], "events_1": [1, 1, 0, 1], "durations_2": [2, 4, 6, 8], "events_2": [1, 0, 1, 1]}"#,
        plot: None,
        run: Run::Alone(compare),
    },
];

/// Whether a spell is over, however it is written.
#[derive(Deserialize)]
#[serde(untagged)]
enum Outcome {
    Said(bool),
    Coded(f64),
}

impl Outcome {
    fn is_over(&self) -> Result<bool, Error> {
        match self {
            Self::Said(is_over) => Ok(*is_over),
            Self::Coded(0.0) => Ok(false),
            Self::Coded(1.0) => Ok(true),
            Self::Coded(other) => Err(Error::out_of_range("event", *other, "0 or 1")),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CurveInput {
    durations: Vec<Option<f64>>,
    events: Vec<Option<Outcome>>,
    entry: Option<Vec<f64>>,
    confidence: Option<f64>,
}

fn gather(
    durations: &[Option<f64>],
    events: &[Option<Outcome>],
    entry: Option<&[f64]>,
) -> Result<Accumulator, OpError> {
    if durations.len() != events.len() || entry.is_some_and(|entry| entry.len() != durations.len()) {
        return Err(OpError::bad_shape("durations, events and entry must be of the same length"));
    }
    let mut all = Accumulator::new();
    for (at, (time, event)) in durations.iter().zip(events).enumerate() {
        let (Some(time), Some(event)) = (*time, event) else {
            all.push_missing(1)?;
            continue;
        };
        let spell = Spell { time, is_over: event.is_over()? };
        match entry.and_then(|entry| entry.get(at)) {
            Some(entry) => all.push_entered(*entry, spell, 1)?,
            None => all.push(spell)?,
        }
    }
    Ok(all)
}

fn kaplan_meier(input: &Value) -> Result<Value, OpError> {
    let input: CurveInput = read(input)?;
    let all = gather(&input.durations, &input.events, input.entry.as_deref())?;
    write(all.curve()?.table(confidence(input.confidence)?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CompareInput {
    durations_1: Vec<Option<f64>>,
    events_1: Vec<Option<Outcome>>,
    durations_2: Vec<Option<f64>>,
    events_2: Vec<Option<Outcome>>,
}

fn compare(input: &Value) -> Result<Value, OpError> {
    let input: CompareInput = read(input)?;
    let first = gather(&input.durations_1, &input.events_1, None)?;
    let second = gather(&input.durations_2, &input.events_2, None)?;
    write(logrank(first, second)?)
}
