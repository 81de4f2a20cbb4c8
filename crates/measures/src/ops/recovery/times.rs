//! How long it takes.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::input::{confidence, each_answer, read, write};
use super::super::{CONFIDENCE, OpError, OpInfo, Plot, Run};
use super::OpField;
use crate::Error;
use crate::recovery::{PercentileType, SlaAccumulator, check_duration, percentile};

const DURATIONS: OpField =
    OpField { name: "durations", meaning: "list of times, 0 or more, in any unit; null if not over yet" };
const OPEN: OpField = OpField {
    name: "open",
    meaning: "not over yet: left out, since they have no time; if many, the rest flatters",
};

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "recovery.percentiles",
        purpose: "How long it takes for half of all, for 90 in 100, for 95 in 100. Better than a mean, which \
                  a few very long ones pull up. Type 1 is always a time that was seen: use it for promises; \
                  type 7 is that of spreadsheets: use it for display.",
        caution: "Say the type beside the figure: programs that do not, disagree. With few times the high \
                  percentiles are the slowest few, nothing more. Times not over yet are left out and make \
                  the rest look quick.",
        inputs: &[DURATIONS, OpField { name: "percentiles", meaning: "list of percentages from 0 to 100" }],
        outputs: &[
            OpField { name: "n", meaning: "times known" },
            OPEN,
            OpField {
                name: "by_type.1",
                meaning: "percentiles in the order asked, inverse of the empirical distribution",
            },
            OpField { name: "by_type.2", meaning: "the same with means where it jumps" },
            OpField { name: "by_type.3", meaning: "the nearest even observation" },
            OpField { name: "by_type.4", meaning: "linear interpolation of the empirical distribution" },
            OpField { name: "by_type.5", meaning: "midway through its steps" },
            OpField { name: "by_type.6", meaning: "expected positions (Weibull)" },
            OpField { name: "by_type.7", meaning: "modes of positions (Gumbel), that of spreadsheets" },
            OpField { name: "by_type.8", meaning: "medians of positions" },
            OpField { name: "by_type.9", meaning: "approximately unbiased for normal data (Blom)" },
        ],
        formula: "for p = percentage / 100: types 1 to 3 pick or average the observations around n p; types \
                  4 to 9 interpolate at a + p (n + 1 - a - b), with a, b: 4: 0, 1; 5: 1/2, 1/2; 6: 0, 0; 7: \
                  1, 1; 8: 1/3, 1/3; 9: 3/8, 3/8",
        source: "Hyndman & Fan 1996, Sample quantiles in statistical packages",
        example: r#"{"durations": [1, 2, 4, 8, 16, 32, 64], "percentiles": [50, 75, 95]}"#,
        plot: Some(Plot::Bars { values: "by_type.7" }),
        run: Run::Alone(percentiles),
    },
    OpInfo {
        name: "recovery.sla",
        purpose: "How many were done within the time promised. Read share 0.875 as: 7 of 8 in time; the \
                  interval says how far chance alone could carry that figure.",
        caution: "Those not over yet are left out, and they are the slow ones: while many are open the share \
                  flatters. A share in time says nothing about how late the others are; look at percentiles \
                  too.",
        inputs: &[
            DURATIONS,
            OpField {
                name: "limit",
                meaning: "time promised, 0 or more, in the same unit; on the limit is in time",
            },
            CONFIDENCE,
        ],
        outputs: &[
            OpField { name: "n", meaning: "times known" },
            OPEN,
            OpField { name: "within", meaning: "times within the limit" },
            OpField { name: "share", meaning: "within / n, 0 to 1" },
            OpField { name: "ci_wilson", meaning: "[low, high], interval of the share" },
        ],
        formula: "share = times <= limit / times known, with Wilson's interval",
        source: "Wilson 1927, Probable inference, the law of succession, and statistical inference",
        example: r#"{"durations": [1, 2, 2, 3, 10, 24, 48, 50], "limit": 48}"#,
        plot: Some(Plot::Interval { value: "share", interval: "ci_wilson" }),
        run: Run::Alone(sla),
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PercentilesInput {
    durations: Vec<Option<f64>>,
    percentiles: Vec<f64>,
}

#[derive(Serialize)]
struct PercentilesOutput {
    n: u64,
    open: u64,
    by_type: std::collections::BTreeMap<u8, Vec<f64>>,
}

fn percentiles(input: &Value) -> Result<Value, OpError> {
    let input: PercentilesInput = read(input)?;
    let times = input.durations.iter().flatten().map(|time| check_duration("duration", *time));
    let mut times = times.collect::<Result<Vec<_>, _>>()?;
    times.sort_unstable_by(f64::total_cmp);
    let of = |definition: PercentileType| {
        let found = input.percentiles.iter().map(|percent| percentile(&times, *percent, definition));
        Ok((definition.number(), found.collect::<Result<Vec<_>, Error>>()?))
    };
    if times.is_empty() {
        return Err(Error::EmptySample.into());
    }
    write(PercentilesOutput {
        n: times.len() as u64,
        open: (input.durations.len() - times.len()) as u64,
        by_type: PercentileType::ALL.into_iter().map(of).collect::<Result<_, Error>>()?,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SlaInput {
    durations: Vec<Option<f64>>,
    limit: f64,
    confidence: Option<f64>,
}

fn sla(input: &Value) -> Result<Value, OpError> {
    let input: SlaInput = read(input)?;
    let mut all = SlaAccumulator::new(input.limit)?;
    each_answer(&mut all, &input.durations, SlaAccumulator::push, SlaAccumulator::push_open)?;
    write(all.summary(confidence(input.confidence)?)?)
}
