//! How many people it takes, and how full they are.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::input::{read, write};
use super::{OpError, OpField, OpInfo, Plot, Run};
use crate::capacity::{Accumulator, Profile, Wanted, Zone, ZoneBounds, agents_needed, occupation};
use crate::queueing::Traffic;

const DEMAND: &str = "what was asked for, 0 or more, those turned away included";
const CAPACITY: &str = "what can be served at most, 0 or more, in the same unit";
const THRESHOLDS: OpField = OpField {
    name: "thresholds",
    meaning: "[a, b, c] rising: zone 4 below a, 3 up to b, 2 up to c, 1 above; [0.75, 0.9, 1] if left out",
};

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "capacity.agents_needed",
        purpose: "How many agents must be there to keep what was promised to callers, and how many people to \
                  plan for it. agents is who must sit there; staff adds those on leave, in training, on a \
                  break.",
        caution: "Staff each half hour, not the day. It supposes that nobody hangs up, so it asks for \
                  slightly too many where they do. One agent fewer may break the promise by far: waits grow \
                  steeply near full occupancy.",
        inputs: &[
            OpField { name: "arrivals", meaning: "calls within the interval, 0 or more" },
            OpField { name: "interval", meaning: "length of the interval, above 0, in any unit of time" },
            OpField { name: "aht", meaning: "mean handling time, above 0, in the same unit" },
            OpField {
                name: "target",
                meaning: "wait that still counts as in time, 0 or more, in the same unit",
            },
            OpField { name: "service_level", meaning: "share of calls to answer in time, from 0 to below 1" },
            OpField {
                name: "max_occupancy",
                meaning: "highest share of time an agent may be busy, above 0 to 1; no limit if null or left \
                          out",
            },
            OpField { name: "max_asa", meaning: "longest mean wait, above 0; no limit if null or left out" },
            OpField {
                name: "shrinkage",
                meaning: "share of paid time agents are not there, from 0 to below 1; 0 if left out",
            },
        ],
        outputs: &[
            OpField { name: "agents", meaning: "agents who must be there" },
            OpField { name: "staff", meaning: "people to plan: agents / (1 - shrinkage), rounded up" },
            OpField { name: "load", meaning: "offered load in erlangs" },
            OpField { name: "service_level", meaning: "share of calls answered in time with these agents" },
            OpField {
                name: "asa",
                meaning: "mean wait of all callers with these agents, in the unit of time",
            },
            OpField { name: "occupancy", meaning: "load / agents; null when none is needed" },
        ],
        formula: "smallest N > load at which capacity.erlang_c keeps every limit; staff = N / (1 - \
                  shrinkage), rounded up",
        source: "Erlang 1917, Solution of some problems in the theory of probabilities of significance in \
                 automatic telephone exchanges; Gans, Koole & Mandelbaum 2003, Telephone call centers: \
                 tutorial, review, and research prospects",
        example: r#"{"arrivals": 100, "interval": 30, "aht": 3, "target": 0.5, "service_level": 0.8, "shrinkage": 0.3}"#,
        plot: None,
        run: Run::Alone(needed),
    },
    OpInfo {
        name: "capacity.zone",
        purpose: "How full a place or a team is, in four zones: 1 more demand than capacity, 2 full, 3 at \
                  its best, 4 too empty. In zone 1 refused says how much found no place; there, soften \
                  demand or add capacity.",
        caution: "Count those turned away in demand, or zone 1 never shows. The bounds 75, 90 and 100 % are \
                  rules of thumb: set those of your own service.",
        inputs: &[
            OpField { name: "demand", meaning: DEMAND },
            OpField { name: "capacity", meaning: CAPACITY },
            THRESHOLDS,
        ],
        outputs: &[
            OpField {
                name: "utilisation",
                meaning: "demand / capacity; \"inf\" where there is no capacity for it, null where there is \
                          neither",
            },
            OpField { name: "zone", meaning: "1, 2, 3 or 4; null without demand and capacity" },
            OpField { name: "refused", meaning: "demand above capacity, in its unit" },
        ],
        formula: "u = demand / capacity; zone 1 if u > 1, 2 if 0.90 < u <= 1, 3 if 0.75 <= u <= 0.90, 4 if u \
                  < 0.75, compared in decimal arithmetic",
        source: "Sasser 1976, Match supply and demand in service industries; Lovelock & Wirtz, Services \
                 Marketing",
        example: r#"{"demand": 95, "capacity": 80}"#,
        plot: None,
        run: Run::Alone(zone),
    },
    OpInfo {
        name: "capacity.zone_profile",
        purpose: "How a day or a week is spread over the four zones, and how much demand found no place. \
                  Many intervals in zones 1 and 4 at once mean that capacity stands at the wrong hours, not \
                  that there is too little.",
        caution: "overall_utilisation hides peaks: an empty morning and an overfull evening look like a good \
                  day. Intervals should be as short as customers' patience.",
        inputs: &[
            OpField { name: "intervals", meaning: "list of intervals in their order" },
            OpField { name: "intervals[].demand", meaning: DEMAND },
            OpField { name: "intervals[].capacity", meaning: CAPACITY },
            THRESHOLDS,
        ],
        outputs: &[
            OpField { name: "zones", meaning: "zone of each interval, null without demand and capacity" },
            OpField { name: "counts.1", meaning: "intervals in zone 1" },
            OpField { name: "counts.2", meaning: "intervals in zone 2" },
            OpField { name: "counts.3", meaning: "intervals in zone 3" },
            OpField { name: "counts.4", meaning: "intervals in zone 4" },
            OpField { name: "undefined", meaning: "intervals without demand and capacity" },
            OpField {
                name: "refused_total",
                meaning: "demand above capacity, interval by interval, added up",
            },
            OpField {
                name: "overall_utilisation",
                meaning: "all demand / all capacity; \"inf\" without capacity, null with neither",
            },
        ],
        formula: "zone of each interval as in capacity.zone; refused_total = sum of max(0, demand - \
                  capacity)",
        source: "Sasser 1976, Match supply and demand in service industries; Lovelock & Wirtz, Services \
                 Marketing",
        example: r#"{"intervals": [{"demand": 30, "capacity": 80}, {"demand": 64, "capacity": 80}, {"demand": 95, "capacity": 80}]}"#,
        plot: Some(Plot::Bars { values: "counts" }),
        run: Run::Alone(profile),
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NeededInput {
    arrivals: f64,
    interval: f64,
    aht: f64,
    target: f64,
    service_level: f64,
    max_occupancy: Option<f64>,
    max_asa: Option<f64>,
    shrinkage: Option<f64>,
}

fn needed(input: &Value) -> Result<Value, OpError> {
    let input: NeededInput = read(input)?;
    let traffic = Traffic::new(input.arrivals, input.interval, input.aht)?;
    let wanted = Wanted {
        target: input.target,
        service_level: input.service_level,
        max_occupancy: input.max_occupancy,
        max_asa: input.max_asa,
        shrinkage: input.shrinkage.unwrap_or(0.0),
    };
    write(agents_needed(&traffic, &wanted)?)
}

fn bounds(thresholds: Option<[f64; 3]>) -> Result<ZoneBounds, OpError> {
    let Some([best_from, best_to, full_to]) = thresholds else { return Ok(ZoneBounds::USUAL) };
    Ok(ZoneBounds::new(best_from, best_to, full_to)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ZoneInput {
    demand: f64,
    capacity: f64,
    thresholds: Option<[f64; 3]>,
}

fn zone(input: &Value) -> Result<Value, OpError> {
    let input: ZoneInput = read(input)?;
    write(occupation(input.demand, input.capacity, bounds(input.thresholds)?)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IntervalInput {
    demand: f64,
    capacity: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileInput {
    intervals: Vec<IntervalInput>,
    thresholds: Option<[f64; 3]>,
}

#[derive(Serialize)]
struct ProfileOutput {
    zones: Vec<Option<Zone>>,
    #[serde(flatten)]
    profile: Profile,
}

fn profile(input: &Value) -> Result<Value, OpError> {
    let input: ProfileInput = read(input)?;
    let mut all = Accumulator::new(bounds(input.thresholds)?);
    let zones = input
        .intervals
        .iter()
        .map(|interval| Ok(all.push(interval.demand, interval.capacity)?.zone))
        .collect::<Result<Vec<_>, OpError>>()?;
    write(ProfileOutput { zones, profile: all.summary() })
}
