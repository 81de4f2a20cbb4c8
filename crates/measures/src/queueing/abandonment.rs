//! Lines where people give up.

use serde::Serialize;

use super::blocking::{NEGLIGIBLE, states_over_full};
use super::traffic::{Traffic, check_servers, check_time};
use crate::{DefinitionId, Error};

/// Most callers that may be in line by the order of magnitude: the work grows with the square root.
const MAX_LINE: f64 = 1e12;

/// A line some leave before they are answered.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Abandonment {
    /// Offered load in erlangs.
    pub load: f64,
    /// Share of callers who find everybody busy, 0 to 1.
    pub waiting_probability: f64,
    /// Share of all callers who give up, 0 to 1.
    pub abandonment: f64,
    /// Mean wait of all callers, those who give up included, in the unit of time given.
    pub mean_wait: f64,
    /// Mean number of callers waiting.
    pub queue_length: f64,
    /// Share of the agents' time spent on callers, 0 to 1; `None` without agents.
    pub occupancy: Option<f64>,
}

impl Abandonment {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("erlang_a", 1);
}

/// Waits when callers hang up after a `patience` that is exponential with this mean (Erlang A, M/M/N+M).
///
/// Formula: states n = 0, 1, … callers present; each is left for the next at the arrival rate λ, for the one before
/// at min(n, N)/handling + max(n − N, 0)/patience. With their probabilities: waiting = P(n ≥ N), line
/// Q = Σ (n − N) P(n), abandonment = Q / (λ × patience), mean wait = abandonment × patience, occupancy =
/// load × (1 − abandonment) / N. All sums have positive terms only, taken outwards from the likeliest state. It has an
/// answer whatever the load, because people who leave keep the line finite.
///
/// Sources: C. Palm, 1946, "Research on telephone traffic carried by full availability groups"; O. Garnett,
/// A. Mandelbaum & M. Reiman, 2002, "Designing a call center with impatient customers".
///
/// Patience is not the mean wait of those who hung up (that one is much shorter: the patient were answered): estimate
/// it as waits of all, summed, over the number who hung up. Not where leavers call again at once.
///
/// # Errors
/// `out_of_range` for a patience that is not above 0, above [`super::MAX_SERVERS`] agents, and where agents or
/// arrivals within one patience exceed 1e12.
///
/// ```
/// use measures::queueing::{Traffic, erlang_a};
/// // One agent, and patience equal to handling time: n is Poisson with mean 1, so e⁻¹ find nobody busy.
/// let line = erlang_a(&Traffic::from_rate(1.0, 1.0)?, 1, 1.0)?;
/// assert!((line.waiting_probability - (1.0 - (-1.0_f64).exp())).abs() < 1e-15);
/// assert!((line.abandonment - (-1.0_f64).exp()).abs() < 1e-15);
/// # Ok::<(), measures::Error>(())
/// ```
pub fn erlang_a(traffic: &Traffic, agents: u64, patience: f64) -> Result<Abandonment, Error> {
    check_time("patience", patience)?;
    let agents = check_servers("agents", agents)?;
    let load = traffic.load();
    if load == 0.0 {
        let occupancy = (agents > 0.0).then_some(0.0);
        return Ok(Abandonment {
            load,
            waiting_probability: 0.0,
            abandonment: 0.0,
            mean_wait: 0.0,
            queue_length: 0.0,
            occupancy,
        });
    }
    // Rates of arrival and of answering, per patience.
    let (arriving, answered) = (traffic.rate() * patience, agents * (patience / traffic.handling()));
    if arriving.max(answered) > MAX_LINE {
        let expected = "short enough for 1e12 arrivals and answers within it";
        return Err(Error::out_of_range("patience", patience, expected));
    }
    let line = Line::new(arriving, answered);
    let (below, idle) = not_all_busy(load, agents, line.empty);
    let total = line.all + below;
    // Above every double: all busy hardly ever happens.
    let part = |x: f64| if total.is_finite() { x / total } else { 0.0 };
    let abandonment = part(line.length) / arriving;
    let occupancy = if total.is_finite() { (line.all + idle) / total } else { load / agents };
    Ok(Abandonment {
        load,
        waiting_probability: part(line.all),
        abandonment: abandonment.min(1.0),
        mean_wait: abandonment.min(1.0) * patience,
        queue_length: part(line.length),
        occupancy: (agents > 0.0).then(|| occupancy.min(1.0)),
    })
}

/// Weight of the states below "all busy", and the same with each state counted by its share of busy agents, when
/// "all busy" weighs `full`.
fn not_all_busy(load: f64, agents: f64, full: f64) -> (f64, f64) {
    if agents == 0.0 || full == 0.0 {
        return (0.0, 0.0);
    }
    // Σ of the states below N is N/A times Σ of those up to N − 1, and n P(n) = A P(n − 1) takes busy agents there.
    let busy = if agents > 1.0 { (agents - 1.0) / load * states_over_full(load, agents - 2.0) } else { 0.0 };
    (full * (agents / load) * (1.0 + busy), full * busy)
}

/// Sums over the states with all agents busy, j callers in line, by their weights relative to the likeliest.
struct Line {
    /// Σ wⱼ.
    all: f64,
    /// Σ j wⱼ.
    length: f64,
    /// w₀.
    empty: f64,
}

impl Line {
    /// wⱼ / wⱼ₋₁ = arriving / (answered + j).
    fn new(arriving: f64, answered: f64) -> Self {
        let likeliest = (arriving - answered).floor().max(0.0);
        let mut line = Self { all: 1.0, length: likeliest, empty: 1.0 };
        line.upwards(likeliest, arriving, answered);
        line.downwards(likeliest, arriving, answered);
        line
    }

    fn upwards(&mut self, from: f64, arriving: f64, answered: f64) {
        let (mut weight, mut j) = (1.0, from);
        loop {
            j += 1.0;
            let ratio = arriving / (answered + j);
            weight *= ratio;
            self.all += weight;
            self.length += j * weight;
            // Ratios fall, so Σ j wⱼ of what follows is less than that of a geometric series.
            let rest = 1.0 - ratio;
            if rest > 0.0 && weight * ratio * (j + 1.0 / rest) <= NEGLIGIBLE * rest * self.length {
                break;
            }
        }
    }

    fn downwards(&mut self, from: f64, arriving: f64, answered: f64) {
        let (mut weight, mut j) = (1.0, from);
        while j >= 1.0 {
            let ratio = (answered + j) / arriving;
            weight *= ratio;
            j -= 1.0;
            self.all += weight;
            self.length += j * weight;
            if ratio < 1.0 && weight * ratio <= NEGLIGIBLE * self.all * (1.0 - ratio) {
                break;
            }
        }
        self.empty = if j < 1.0 { weight } else { 0.0 };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{MAX_SERVERS, erlang_b, erlang_c};
    use super::*;

    fn line(load: f64, agents: u64, patience: f64) -> Abandonment {
        erlang_a(&Traffic::from_rate(load, 1.0).unwrap(), agents, patience).unwrap()
    }

    /// Waiting, abandonment and occupancy from the states one by one.
    fn by_states(load: f64, agents: u64, patience: f64) -> [f64; 3] {
        let (mut weight, mut sum, mut waits, mut length, mut busy) = (1.0, 1.0, 0.0, 0.0, 0.0);
        if agents == 0 {
            waits = 1.0;
        }
        for n in 1..20_000_u64 {
            let served = n.min(agents) as f64;
            let queue = (n - n.min(agents)) as f64;
            weight *= load / (served + queue / patience);
            sum += weight;
            busy += weight * served;
            if n >= agents {
                waits += weight;
                length += weight * queue;
            }
            if sum > 1e250 {
                [weight, sum, waits, length, busy].iter_mut().for_each(|x| *x *= 1e-250);
                (weight, sum, waits, length, busy) =
                    (weight * 1e-250, sum * 1e-250, waits * 1e-250, length * 1e-250, busy * 1e-250);
            }
        }
        [waits / sum, length / sum / (load * patience), busy / sum / agents as f64]
    }

    #[test]
    fn it_equals_the_distribution_of_states() {
        for (load, agents, patience) in [
            (10.0, 11, 2.0 / 3.0),
            (12.0, 10, 0.5),
            (9.0, 10, 20.0),
            (300.0, 10, 5.0),
            (0.1, 4, 1.0),
            (40.0, 1, 30.0),
        ] {
            let found = line(load, agents, patience);
            let [waits, leave, busy] = by_states(load, agents, patience);
            assert!(
                (found.waiting_probability - waits).abs() < 1e-12,
                "{load} {agents} {patience}: {found:?} {waits}"
            );
            assert!(
                (found.abandonment / leave - 1.0).abs() < 1e-10,
                "{load} {agents} {patience}: {found:?} {leave}"
            );
            assert!(
                (found.occupancy.unwrap() - busy).abs() < 1e-12,
                "{load} {agents} {patience}: {found:?} {busy}"
            );
        }
    }

    #[test]
    fn the_two_ends_of_patience_are_the_lines_that_lose_and_that_wait() {
        let hurried = line(9.0, 10, 1e-12);
        assert!((hurried.waiting_probability - erlang_b(9.0, 10).unwrap()).abs() < 1e-10);
        assert!((hurried.abandonment - erlang_b(9.0, 10).unwrap()).abs() < 1e-10);
        let patient = line(9.0, 10, 1e10);
        let endless = erlang_c(&Traffic::from_rate(9.0, 1.0).unwrap(), 10, 0.0).unwrap();
        assert!((patient.waiting_probability - endless.waiting_probability).abs() < 1e-8);
        assert!((patient.mean_wait - endless.asa.finite().unwrap()).abs() < 1e-6);
    }

    #[test]
    fn much_too_much_load_leaves_what_the_agents_cannot_take() {
        let flooded = line(1e6, 1_000, 10.0);
        assert!((flooded.abandonment - 0.999).abs() < 1e-12, "{flooded:?}");
        assert_eq!(flooded.occupancy, Some(1.0));
        let largest = erlang_a(&Traffic::from_rate(1e8, 1.0).unwrap(), MAX_SERVERS, 100.0).unwrap();
        assert!(largest.abandonment > 0.0 && largest.abandonment < 1e-3, "{largest:?}");
        assert!(erlang_a(&Traffic::from_rate(1.0, 1.0).unwrap(), 1, 1e13).is_err());
        assert!(erlang_a(&Traffic::from_rate(1.0, 1.0).unwrap(), 1, 0.0).is_err());
    }

    #[test]
    fn without_agents_everybody_gives_up_and_without_callers_nobody() {
        let none = line(3.0, 0, 2.0);
        assert_eq!((none.waiting_probability, none.occupancy), (1.0, None));
        assert!(
            (none.abandonment - 1.0).abs() < 1e-14 && (none.queue_length - 6.0).abs() < 1e-12,
            "{none:?}"
        );
        let idle = line(0.0, 0, 2.0);
        assert_eq!((idle.waiting_probability, idle.abandonment, idle.occupancy), (0.0, 0.0, None));
        assert_eq!(line(1.0, MAX_SERVERS, 1.0).waiting_probability, 0.0);
    }

    proptest! {
        #[test]
        fn shares_stay_shares_and_flows_balance(
            load in 0.01..80.0_f64, agents in 1..60_u64, patience in 0.01..50.0_f64,
        ) {
            let a = line(load, agents, patience);
            for share in [a.waiting_probability, a.abandonment, a.occupancy.unwrap()] {
                prop_assert!((0.0..=1.0).contains(&share));
            }
            prop_assert!(a.abandonment <= a.waiting_probability + 1e-12);
            // Who is not handled has left.
            let handled = a.occupancy.unwrap() * agents as f64;
            prop_assert!((handled - load * (1.0 - a.abandonment)).abs() < 1e-10 * load.max(1.0), "{a:?}");
            prop_assert!(line(load, agents + 1, patience).abandonment <= a.abandonment + 1e-13);
            prop_assert!(line(load * 1.1, agents, patience).abandonment >= a.abandonment - 1e-13);
        }
    }
}
