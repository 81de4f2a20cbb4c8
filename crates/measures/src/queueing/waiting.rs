//! Lines where everybody waits for as long as it takes.

use serde::Serialize;

use super::blocking::blocking;
use super::traffic::{Traffic, check_rate, check_servers};
use crate::{DefinitionId, Error, Unbounded};

/// A line without end and without anyone giving up.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Waiting {
    /// Offered load in erlangs.
    pub load: f64,
    /// Whether the agents keep up: more of them than load, or no load at all. If not, the line only grows.
    pub stable: bool,
    /// Share of callers who wait at all, 0 to 1.
    pub waiting_probability: f64,
    /// Share of callers answered within the target, 0 to 1.
    pub service_level: f64,
    /// Average speed of answer: mean wait of all callers, those who do not wait included, in the unit of time given.
    pub asa: Unbounded,
    /// Mean number of callers waiting.
    pub queue_length: Unbounded,
    /// load / agents, also above 1; `None` without agents.
    pub occupancy: Option<f64>,
}

impl Waiting {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("erlang_c", 1);
}

/// Waits when callers stay in line until they are answered (Erlang C).
///
/// Formula, with load A, agents N > A and blocking B of [`super::erlang_b`]: waiting probability
/// C = N B / (N − A + A B); service level 1 − C exp(−(N − A) × target / handling); mean wait of all
/// C × handling / (N − A); line C A / (N − A). With N ≤ A the line has no end: everybody waits, for ever. Without
/// load nobody waits.
///
/// Source: A. K. Erlang, 1917, "Solution of some problems in the theory of probabilities of significance in automatic
/// telephone exchanges".
///
/// Not where many hang up ([`super::erlang_a`]): it promises too long waits and asks for too many agents. Not for a
/// day as a whole: its peaks decide, so take intervals of a quarter or half an hour.
///
/// # Errors
/// `out_of_range` for a target that is negative or above 1e100, and above [`super::MAX_SERVERS`] agents.
///
/// ```
/// use measures::queueing::{Traffic, erlang_c};
/// // One agent busy half the time: half the callers wait, and for 6 minutes each, so 3 for all.
/// let line = erlang_c(&Traffic::new(10.0, 60.0, 3.0)?, 1, 0.0)?;
/// assert_eq!(line.waiting_probability, 0.5);
/// assert_eq!(line.asa.finite(), Some(3.0));
/// # Ok::<(), measures::Error>(())
/// ```
pub fn erlang_c(traffic: &Traffic, agents: u64, target: f64) -> Result<Waiting, Error> {
    check_rate("target", target)?;
    let agents = check_servers("agents", agents)?;
    Ok(waiting(traffic, agents, target))
}

/// The same for figures already checked.
pub(crate) fn waiting(traffic: &Traffic, agents: f64, target: f64) -> Waiting {
    let load = traffic.load();
    let occupancy = (agents > 0.0).then(|| load / agents);
    if load > 0.0 && agents <= load {
        return Waiting {
            load,
            stable: false,
            waiting_probability: 1.0,
            service_level: 0.0,
            asa: Unbounded::Infinite,
            queue_length: Unbounded::Infinite,
            occupancy,
        };
    }
    let spare = agents - load;
    // Without load nobody waits, even where nobody would answer.
    let waits = if load > 0.0 {
        let lost = blocking(load, agents);
        agents * lost / (spare + load * lost)
    } else {
        0.0
    };
    let each = |total: f64| Unbounded::At(if waits > 0.0 { waits * total / spare } else { 0.0 });
    let longer = if waits > 0.0 { waits * (-spare * (target / traffic.handling())).exp() } else { 0.0 };
    Waiting {
        load,
        stable: true,
        waiting_probability: waits,
        service_level: 1.0 - longer,
        asa: each(traffic.handling()),
        queue_length: each(load),
        occupancy,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same from the distribution of states, cut where nothing is left.
    fn by_states(load: f64, agents: u64) -> (f64, f64) {
        let (mut weight, mut sum, mut waits, mut line) = (1.0, 1.0, 0.0, 0.0);
        for n in 1..100_000_u64 {
            weight *= load / n.min(agents) as f64;
            sum += weight;
            if n >= agents {
                waits += weight;
                line += weight * (n - agents) as f64;
            }
        }
        (waits / sum, line / sum)
    }

    #[test]
    fn it_equals_the_distribution_of_states() {
        for (load, agents) in [(0.5, 1), (9.0, 10), (9.99, 10), (0.01, 3), (60.0, 71)] {
            let line = erlang_c(&Traffic::from_rate(load, 1.0).unwrap(), agents, 0.0).unwrap();
            let (waits, length) = by_states(load, agents);
            assert!((line.waiting_probability / waits - 1.0).abs() < 1e-9, "{load} {agents}");
            let found = line.queue_length.finite().unwrap();
            assert!((found / length - 1.0).abs() < 1e-8, "{load} {agents}: {found} {length}");
        }
    }

    /// Little's law, and the waits of a single agent: C = A, mean wait A h / (1 − A).
    #[test]
    fn one_agent_has_a_closed_form() {
        for load in [1e-9, 0.3, 0.999_999, 1.0 - 1e-12] {
            let line = erlang_c(&Traffic::from_rate(load, 1.0).unwrap(), 1, 2.0).unwrap();
            assert!((line.waiting_probability / load - 1.0).abs() < 1e-12, "{load}");
            let expected = load / (1.0 - load);
            assert!((line.asa.finite().unwrap() / expected - 1.0).abs() < 1e-12, "{load}");
            let level = 1.0 - load * (-(1.0 - load) * 2.0).exp();
            assert!((line.service_level - level).abs() < 1e-15, "{load}");
        }
    }

    #[test]
    fn a_million_agents_are_no_trouble() {
        let line = erlang_c(&Traffic::new(1e6 - 1_000.0, 1.0, 1.0).unwrap(), 1_000_000, 0.001).unwrap();
        // Halfin & Whitt 1981: with N = A + β √A spare agents, C tends to 1 / (1 + β Φ(β)/φ(β)), here β = 1.
        assert!((line.waiting_probability - 0.223_361).abs() < 1e-3, "{line:?}");
        assert!(line.service_level > 0.9 && line.asa.finite().unwrap() < 0.001);
    }

    #[test]
    fn without_agents_or_load_there_is_an_answer_too() {
        let idle = Traffic::new(0.0, 30.0, 3.0).unwrap();
        let none = erlang_c(&idle, 0, 0.0).unwrap();
        assert!(none.stable && none.occupancy.is_none());
        assert_eq!((none.service_level, none.asa), (1.0, Unbounded::At(0.0)));
        let busy = Traffic::new(5.0, 30.0, 3.0).unwrap();
        let nobody = erlang_c(&busy, 0, 1.0).unwrap();
        assert_eq!((nobody.stable, nobody.asa, nobody.occupancy), (false, Unbounded::Infinite, None));
        assert!(erlang_c(&busy, 1, -1.0).is_err());
        for (arrivals, interval, handling) in [(-1.0, 1.0, 1.0), (1.0, 0.0, 1.0), (1.0, 1.0, f64::NAN)] {
            assert!(Traffic::new(arrivals, interval, handling).is_err());
        }
    }

    proptest! {
        #[test]
        fn every_figure_stays_in_its_range_and_more_agents_never_hurt(
            load in 1e-6..200.0_f64, more in 1..100_u64, target in 0.0..5.0_f64,
        ) {
            let traffic = Traffic::from_rate(load, 1.0).unwrap();
            let agents = load as u64 + more;
            let (a, b) = (erlang_c(&traffic, agents, target).unwrap(), erlang_c(&traffic, agents + 1, target).unwrap());
            for line in [a, b] {
                prop_assert!((0.0..=1.0).contains(&line.waiting_probability));
                prop_assert!((0.0..=1.0).contains(&line.service_level));
            }
            prop_assert!(b.service_level >= a.service_level);
            prop_assert!(b.asa.finite() <= a.asa.finite());
            prop_assert!(a.waiting_probability >= super::super::erlang_b(load, agents).unwrap());
        }
    }
}
