//! How many agents a promise takes.

use serde::Serialize;

use crate::decimal::Decimal;
use crate::queueing::{MAX_SERVERS, Traffic, Waiting, check_rate, check_time, waiting};
use crate::{DefinitionId, Error, Unbounded};

/// What is promised to callers, and to agents.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wanted {
    /// Time within which a call counts as answered in time, 0 or more, in the unit of the traffic.
    pub target: f64,
    /// Share of calls to answer in time, from 0 to below 1.
    pub service_level: f64,
    /// Highest share of the time an agent may be busy, above 0 and at most 1.
    pub max_occupancy: Option<f64>,
    /// Longest mean wait of all callers, above 0.
    pub max_asa: Option<f64>,
    /// Share of paid time agents are not there (leave, breaks, training), from 0 to below 1.
    pub shrinkage: f64,
}

/// Agents a promise takes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Staffing {
    /// Agents who must be there, answering or ready.
    pub agents: u64,
    /// People to plan so that as many are there: agents / (1 − shrinkage), rounded up.
    pub staff: u64,
    /// Offered load in erlangs.
    pub load: f64,
    /// Share of calls answered within the target with these agents.
    pub service_level: f64,
    /// Mean wait of all callers with these agents, in the unit of time given.
    pub asa: Unbounded,
    /// load / agents; `None` when none is needed.
    pub occupancy: Option<f64>,
}

impl Staffing {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("agents_needed", 1);
}

/// Fewest agents that keep every promise.
///
/// Formula: the smallest N above the load at which [`crate::queueing::erlang_c`] gives the service level, and where
/// asked the occupancy and the mean wait; each gets better with every agent more, so the search doubles its steps and
/// then halves them. Staff is N / (1 − shrinkage) rounded up, in decimal arithmetic: 21 agents at 30 % are 30 people,
/// not 31. Without load no agent is needed.
///
/// Source: A. K. Erlang, 1917, "Solution of some problems in the theory of probabilities of significance in automatic
/// telephone exchanges"; for the rounding up of small teams, N. Gans, G. Koole & A. Mandelbaum, 2003, "Telephone call
/// centers: tutorial, review, and research prospects".
///
/// Not for a whole day at once (staff each interval), nor where callers hang up: it then asks for a few too many.
///
/// # Errors
/// `out_of_range` for a promise outside its bounds (a service level of 1 is never reached), and where it takes more
/// than [`MAX_SERVERS`] agents.
///
/// ```
/// use measures::capacity::{Wanted, agents_needed};
/// use measures::queueing::Traffic;
/// // 100 calls of 3 minutes in half an hour, 80 % within 20 seconds, 30 % of paid time away.
/// let wanted = Wanted {
///     target: 20.0 / 60.0, service_level: 0.8, max_occupancy: None, max_asa: None, shrinkage: 0.3,
/// };
/// let needed = agents_needed(&Traffic::new(100.0, 30.0, 3.0)?, &wanted)?;
/// assert_eq!((needed.agents, needed.staff), (14, 20));
/// # Ok::<(), measures::Error>(())
/// ```
pub fn agents_needed(traffic: &Traffic, wanted: &Wanted) -> Result<Staffing, Error> {
    wanted.check()?;
    let load = traffic.load();
    let agents = if load > 0.0 { fewest(traffic, wanted)? } else { 0 };
    let line = waiting(traffic, agents as f64, wanted.target);
    Ok(Staffing {
        agents,
        staff: staff(agents, wanted.shrinkage),
        load,
        service_level: line.service_level,
        asa: line.asa,
        occupancy: line.occupancy,
    })
}

impl Wanted {
    fn check(&self) -> Result<(), Error> {
        check_rate("target", self.target)?;
        for (what, share) in [("service level", self.service_level), ("shrinkage", self.shrinkage)] {
            if !(0.0..1.0).contains(&share) {
                return Err(Error::out_of_range(what, share, "from 0 to below 1"));
            }
        }
        if let Some(most) = self.max_occupancy.filter(|most| !(*most > 0.0 && *most <= 1.0)) {
            return Err(Error::out_of_range("max_occupancy", most, "above 0 and at most 1"));
        }
        self.max_asa.map_or(Ok(()), |most| check_time("max_asa", most))
    }

    /// The promises that take the whole line to judge.
    fn is_kept(&self, line: &Waiting) -> bool {
        let in_time = line.service_level >= self.service_level;
        let soon = |most: f64| line.asa.finite().is_some_and(|asa| asa <= most);
        in_time && self.max_asa.is_none_or(soon)
    }
}

/// For a load above 0.
fn fewest(traffic: &Traffic, wanted: &Wanted) -> Result<u64, Error> {
    let too_many =
        || Error::out_of_range("load", traffic.load(), format!("what {MAX_SERVERS} agents can take"));
    let load = traffic.load();
    // The first whole number above the load, and the first with the occupancy allowed.
    let most = wanted.max_occupancy.unwrap_or(1.0);
    let start = (load / most).floor().max(1.0);
    if load >= MAX_SERVERS as f64 || start >= MAX_SERVERS as f64 {
        return Err(too_many());
    }
    let mut least = (start as u64).max(load as u64 + 1);
    while load / least as f64 > most {
        least += 1;
    }
    let is_kept = |agents: u64| wanted.is_kept(&waiting(traffic, agents as f64, wanted.target));
    if is_kept(least) {
        return Ok(least);
    }
    let (mut broken, mut step) = (least, 1);
    let mut kept = loop {
        let next = (broken + step).min(MAX_SERVERS);
        if is_kept(next) {
            break next;
        }
        if next == MAX_SERVERS {
            return Err(too_many());
        }
        broken = next;
        step *= 2;
    };
    while kept - broken > 1 {
        let middle = u64::midpoint(broken, kept);
        if is_kept(middle) { kept = middle } else { broken = middle }
    }
    Ok(kept)
}

/// agents / (1 − shrinkage), rounded up, by the shrinkage as it is written.
fn staff(agents: u64, shrinkage: f64) -> u64 {
    let Some((away, places)) = Decimal::of(shrinkage).as_fraction(30) else {
        // Less than anyone can notice, but not nothing.
        return agents + u64::from(agents > 0);
    };
    let whole = 10_u128.pow(places);
    let there = whole.saturating_sub(away).max(1);
    u64::try_from((u128::from(agents) * whole).div_ceil(there)).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PLAIN: Wanted =
        Wanted { target: 0.0, service_level: 0.8, max_occupancy: None, max_asa: None, shrinkage: 0.0 };

    fn needed(load: f64, wanted: &Wanted) -> Staffing {
        agents_needed(&Traffic::from_rate(load, 1.0).unwrap(), wanted).unwrap()
    }

    #[test]
    fn people_are_rounded_in_tens() {
        for (agents, shrinkage, people) in [
            (21, 0.3, 30),
            (14, 0.3, 20),
            (1, 0.9, 10),
            (9, 0.1, 10),
            (7, 0.0, 7),
            (0, 0.3, 0),
            (3, 1e-300, 4),
        ] {
            assert_eq!(staff(agents, shrinkage), people, "{agents} {shrinkage}");
        }
        assert_eq!(staff(10, 1.0 - 1e-16), 10_u64.pow(17));
    }

    #[test]
    fn promises_that_cannot_be_kept_are_refused() {
        let traffic = Traffic::from_rate(10.0, 1.0).unwrap();
        for wanted in [
            Wanted { service_level: 1.0, ..PLAIN },
            Wanted { service_level: f64::NAN, ..PLAIN },
            Wanted { shrinkage: 1.0, ..PLAIN },
            Wanted { max_occupancy: Some(0.0), ..PLAIN },
            Wanted { max_occupancy: Some(1.1), ..PLAIN },
            Wanted { max_occupancy: Some(1e-12), ..PLAIN },
            Wanted { max_asa: Some(0.0), ..PLAIN },
            Wanted { target: -1.0, ..PLAIN },
        ] {
            assert_eq!(agents_needed(&traffic, &wanted).unwrap_err().code(), "out_of_range", "{wanted:?}");
        }
        assert!(agents_needed(&Traffic::from_rate(1e8, 1.0).unwrap(), &PLAIN).is_err());
    }

    #[test]
    fn no_load_needs_nobody_and_a_large_load_is_found_quickly() {
        let none = needed(0.0, &Wanted { shrinkage: 0.3, ..PLAIN });
        assert_eq!((none.agents, none.staff, none.service_level, none.asa), (0, 0, 1.0, Unbounded::At(0.0)));
        let million = needed(1e6, &PLAIN);
        assert!(million.agents > 1_000_000 && million.agents < 1_002_000, "{million:?}");
        // Exactly 85 % is allowed.
        assert_eq!(
            needed(17.0, &Wanted { max_occupancy: Some(0.85), service_level: 0.0, ..PLAIN }).agents,
            20
        );
    }

    proptest! {
        #[test]
        fn one_agent_fewer_breaks_a_promise(
            load in 0.01..300.0_f64, level in 0.0..0.999_f64, target in 0.0..2.0_f64,
            occupancy in prop::option::of(0.05..=1.0_f64), asa in prop::option::of(1e-6..5.0_f64),
        ) {
            let wanted = Wanted { target, service_level: level, max_occupancy: occupancy, max_asa: asa, shrinkage: 0.0 };
            let traffic = Traffic::from_rate(load, 1.0).unwrap();
            let found = agents_needed(&traffic, &wanted).unwrap();
            let all_kept = |agents: u64| {
                let line = waiting(&traffic, agents as f64, target);
                agents as f64 > load && wanted.is_kept(&line) && occupancy.is_none_or(|most| load / agents as f64 <= most)
            };
            prop_assert!(all_kept(found.agents));
            prop_assert!(!all_kept(found.agents - 1));
        }
    }
}
