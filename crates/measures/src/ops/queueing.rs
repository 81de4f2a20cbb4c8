//! Waiting lines.

use serde::Deserialize;
use serde_json::{Value, json};

use super::input::{count, read, write};
use super::{OpError, OpField, OpInfo, Run};
use crate::queueing::{Traffic, erlang_a, erlang_b, erlang_c, mmck};

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "capacity.erlang_b",
        purpose: "How many callers find every line or agent busy and are turned away, when nobody can wait. \
                  Read 0.04 as: 4 callers in 100 get the busy signal.",
        caution: "Not where callers can wait (use capacity.erlang_c) or try again at once: then more come \
                  than were counted.",
        inputs: &[
            OpField {
                name: "load",
                meaning: "offered load in erlangs, 0 or more: arrivals per minute times minutes each is \
                          handled",
            },
            OpField { name: "servers", meaning: "lines or agents, a whole number from 0" },
        ],
        outputs: &[OpField { name: "blocking", meaning: "share of arrivals turned away, 0 to 1" }],
        formula: "blocking = (A^N / N!) / sum over k = 0..N of A^k / k!, A the load, N the servers",
        source: "Erlang 1917, Solution of some problems in the theory of probabilities of significance in \
                 automatic telephone exchanges",
        example: r#"{"load": 1, "servers": 2}"#,
        plot: None,
        run: Run::Alone(loss),
    },
    OpInfo {
        name: "capacity.erlang_c",
        purpose: "How long callers wait when everybody waits until answered: how many wait at all, how many \
                  are answered within the target, the mean wait of all. If stable is false there is more \
                  work than the agents can ever do and the line only grows.",
        caution: "Where many hang up it promises waits longer than they are (use capacity.erlang_a). Use it \
                  for a quarter or half an hour, not for a day: the peaks decide. Close to full occupancy a \
                  little more work lengthens waits a lot.",
        inputs: &[
            OpField { name: "arrivals", meaning: "calls within the interval, 0 or more" },
            OpField { name: "interval", meaning: "length of the interval, above 0, in any unit of time" },
            OpField { name: "aht", meaning: "mean handling time, above 0, in the same unit" },
            OpField { name: "agents", meaning: "agents who answer, a whole number from 0" },
            OpField {
                name: "target",
                meaning: "wait that still counts as in time, 0 or more, in the same unit",
            },
        ],
        outputs: &[
            OpField {
                name: "load",
                meaning: "offered load in erlangs: agents that would be busy on average",
            },
            OpField { name: "stable", meaning: "whether the agents keep up" },
            OpField { name: "waiting_probability", meaning: "share of callers who wait at all, 0 to 1" },
            OpField { name: "service_level", meaning: "share of callers answered within the target, 0 to 1" },
            OpField {
                name: "asa",
                meaning: "mean wait of all callers, also those who do not wait, in the unit of time; \"inf\" \
                          if not stable",
            },
            OpField {
                name: "queue_length",
                meaning: "mean number of callers waiting; \"inf\" if not stable",
            },
            OpField { name: "occupancy", meaning: "load / agents, may exceed 1; null without agents" },
        ],
        formula: "A = arrivals aht / interval; B = blocking of capacity.erlang_b; C = N B / (N - A + A B); \
                  service level = 1 - C exp(-(N - A) target / aht); asa = C aht / (N - A); queue = C A / (N \
                  - A)",
        source: "Erlang 1917, Solution of some problems in the theory of probabilities of significance in \
                 automatic telephone exchanges",
        example: r#"{"arrivals": 10, "interval": 60, "aht": 3, "agents": 1, "target": 0}"#,
        plot: None,
        run: Run::Alone(waiting),
    },
    OpInfo {
        name: "capacity.erlang_a",
        purpose: "How long callers wait and how many give up, when their patience is limited. Read \
                  abandonment 0.09 as: 9 callers in 100 hang up before they are answered.",
        caution: "Patience is not the mean wait of those who hung up, which is far shorter: divide the waits \
                  of all callers, added up, by the number who hung up. Callers who ring again at once are \
                  new arrivals: count them.",
        inputs: &[
            OpField { name: "arrival_rate", meaning: "calls per unit of time, 0 or more" },
            OpField { name: "aht", meaning: "mean handling time, above 0" },
            OpField { name: "patience", meaning: "mean time a caller would wait before hanging up, above 0" },
            OpField { name: "agents", meaning: "agents who answer, a whole number from 0" },
        ],
        outputs: &[
            OpField { name: "load", meaning: "offered load in erlangs" },
            OpField {
                name: "waiting_probability",
                meaning: "share of callers who find everybody busy, 0 to 1",
            },
            OpField { name: "abandonment", meaning: "share of all callers who give up, 0 to 1" },
            OpField { name: "mean_wait", meaning: "mean wait of all callers, also those who give up" },
            OpField { name: "queue_length", meaning: "mean number of callers waiting" },
            OpField {
                name: "occupancy",
                meaning: "share of the agents' time spent on callers, 0 to 1; null without agents",
            },
        ],
        formula: "probabilities of n callers present, left at the rate min(n, N) / aht + max(n - N, 0) / \
                  patience; abandonment = mean queue / (arrival_rate patience); mean wait = abandonment \
                  patience; occupancy = load (1 - abandonment) / N",
        source: "Palm 1946, Research on telephone traffic carried by full availability groups; Garnett, \
                 Mandelbaum & Reiman 2002, Designing a call center with impatient customers",
        example: r#"{"arrival_rate": 1, "aht": 1, "patience": 1, "agents": 1}"#,
        plot: None,
        run: Run::Alone(impatient),
    },
    OpInfo {
        name: "capacity.mmck",
        purpose: "How a place with so many servers and so many places in all fares: how many are turned \
                  away, how many are inside, how long those let in wait and stay. Read blocking 0.2 as: one \
                  customer in five finds the place full.",
        caution: "Times are those of customers let in; those turned away have none. Customers who leave the \
                  line by themselves are not in this model (use capacity.erlang_a).",
        inputs: &[
            OpField { name: "arrival_rate", meaning: "customers per unit of time, 0 or more" },
            OpField {
                name: "service_rate",
                meaning: "customers one server finishes per unit of time, above 0",
            },
            OpField { name: "servers", meaning: "servers, a whole number from 1" },
            OpField {
                name: "places",
                meaning: "places in all, service and waiting together, a whole number, at least servers",
            },
        ],
        outputs: &[
            OpField { name: "blocking", meaning: "share of arrivals turned away, 0 to 1" },
            OpField { name: "lambda_eff", meaning: "customers let in per unit of time" },
            OpField { name: "l", meaning: "mean number present, those being served included" },
            OpField { name: "lq", meaning: "mean number waiting" },
            OpField { name: "w", meaning: "mean time from arrival to departure; null when nobody comes" },
            OpField { name: "wq", meaning: "mean time from arrival to service; null when nobody comes" },
            OpField { name: "utilisation", meaning: "share of the servers' time spent serving, 0 to 1" },
            OpField { name: "p0", meaning: "share of the time nobody is present, 0 to 1" },
        ],
        formula: "weights of n present: A^n / n! up to c, then A / c times the one before; blocking = P(K); \
                  lambda_eff = arrival_rate (1 - blocking); lq = sum of (n - c) P(n); wq = lq / lambda_eff; \
                  w = wq + 1 / service_rate; l = lambda_eff w",
        source: "Kleinrock 1975, Queueing Systems, Volume 1; Little 1961, A proof for the queuing formula L \
                 = lambda W",
        example: r#"{"arrival_rate": 2, "service_rate": 2, "servers": 1, "places": 4}"#,
        plot: None,
        run: Run::Alone(finite),
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LossInput {
    load: f64,
    servers: f64,
}

fn loss(input: &Value) -> Result<Value, OpError> {
    let input: LossInput = read(input)?;
    Ok(json!({ "blocking": erlang_b(input.load, count("servers", input.servers)?)? }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WaitingInput {
    arrivals: f64,
    interval: f64,
    aht: f64,
    agents: f64,
    target: f64,
}

fn waiting(input: &Value) -> Result<Value, OpError> {
    let input: WaitingInput = read(input)?;
    let traffic = Traffic::new(input.arrivals, input.interval, input.aht)?;
    write(erlang_c(&traffic, count("agents", input.agents)?, input.target)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ImpatientInput {
    arrival_rate: f64,
    aht: f64,
    patience: f64,
    agents: f64,
}

fn impatient(input: &Value) -> Result<Value, OpError> {
    let input: ImpatientInput = read(input)?;
    let traffic = Traffic::from_rate(input.arrival_rate, input.aht)?;
    write(erlang_a(&traffic, count("agents", input.agents)?, input.patience)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FiniteInput {
    arrival_rate: f64,
    service_rate: f64,
    servers: f64,
    places: f64,
}

fn finite(input: &Value) -> Result<Value, OpError> {
    let input: FiniteInput = read(input)?;
    let (servers, places) = (count("servers", input.servers)?, count("places", input.places)?);
    write(mmck(input.arrival_rate, input.service_rate, servers, places)?)
}
