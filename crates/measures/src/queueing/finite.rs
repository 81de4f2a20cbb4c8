//! Lines with a last place: who finds it taken is turned away.

use serde::Serialize;

use super::blocking::states_over_full;
use super::traffic::{check_rate, check_servers, check_time};
use crate::{DefinitionId, Error, MAX_COUNT};

/// A line with so many places and no more. Times are those of customers who were let in.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct FiniteQueue {
    /// Share of arrivals turned away, 0 to 1.
    pub blocking: f64,
    /// Arrivals let in per unit of time.
    pub lambda_eff: f64,
    /// Mean number of customers present, served ones included.
    pub l: f64,
    /// Mean number waiting.
    pub lq: f64,
    /// Mean time from arrival to departure; `None` when nobody comes.
    pub w: Option<f64>,
    /// Mean time from arrival to service; `None` when nobody comes.
    pub wq: Option<f64>,
    /// Share of the servers' time spent serving, 0 to 1.
    pub utilisation: f64,
    /// Share of the time nobody is present, 0 to 1.
    pub p0: f64,
}

impl FiniteQueue {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("mmck", 1);
}

/// Waits and refusals with `servers` servers and `places` in all, service and waiting together (M/M/c/K).
///
/// `arrival_rate` and `service_rate` are per unit of time, the latter of one server: 1 / handling time.
/// Formula: weights of the states n = 0 … K: Aⁿ/n! up to c, then each ρ = A/c times the one before, A = arrival rate /
/// service rate. Blocking = P(K); let in = λ (1 − blocking); waiting line Lq = Σ (n − c) P(n); present L = Lq + A (1 −
/// blocking); times by Little's law, Wq = Lq / let in, W = Wq + 1 / service rate. With K = c it is Erlang's loss
/// formula.
///
/// Source: L. Kleinrock, 1975, *Queueing Systems, Volume 1*, chapter 3; J. D. C. Little, 1961, "A proof for the
/// queuing formula L = λW".
///
/// Not where people leave the line by themselves ([`super::erlang_a`]) or come back soon after being turned away.
///
/// # Errors
/// `out_of_range` without a server, with fewer places than servers, above [`super::MAX_SERVERS`] servers or 2⁵³ places,
/// for a negative arrival rate and a service rate that is not above 0.
///
/// ```
/// use measures::queueing::mmck;
/// // One server, four places, work enough to fill it: the five states are equally likely.
/// let shop = mmck(2.0, 2.0, 1, 4)?;
/// assert!((shop.blocking - 0.2).abs() < 1e-15);
/// assert!((shop.l - 2.0).abs() < 1e-14); // (0 + 1 + 2 + 3 + 4) / 5
/// # Ok::<(), measures::Error>(())
/// ```
pub fn mmck(arrival_rate: f64, service_rate: f64, servers: u64, places: u64) -> Result<FiniteQueue, Error> {
    check_rate("arrival rate", arrival_rate)?;
    check_time("service rate", service_rate)?;
    let c = check_servers("servers", servers)?;
    if servers == 0 {
        return Err(Error::out_of_range("servers", 0.0, "at least 1"));
    }
    if places < servers || places > MAX_COUNT {
        return Err(Error::out_of_range("places", places as f64, format!("from {servers} to 2^53")));
    }
    if arrival_rate == 0.0 {
        let (w, wq) = (None, None);
        return Ok(FiniteQueue {
            blocking: 0.0,
            lambda_eff: 0.0,
            l: 0.0,
            lq: 0.0,
            w,
            wq,
            utilisation: 0.0,
            p0: 1.0,
        });
    }
    let load = arrival_rate / service_rate;
    let shares = Shares::new(load, c, places - servers);
    let lambda_eff = arrival_rate * shares.let_in;
    let wq = shares.waiting / lambda_eff;
    Ok(FiniteQueue {
        blocking: shares.full,
        lambda_eff,
        l: shares.waiting + load * shares.let_in,
        lq: shares.waiting,
        w: Some(wq + 1.0 / service_rate),
        wq: Some(wq),
        utilisation: (load / c * shares.let_in).min(1.0),
        p0: empty(load, servers, places - servers),
    })
}

/// Probabilities of the line.
struct Shares {
    /// P(K).
    full: f64,
    /// 1 − P(K), summed and not subtracted.
    let_in: f64,
    /// Σ (n − c) P(n).
    waiting: f64,
}

impl Shares {
    /// For a load above 0 on `c` ≥ 1 servers with `room` places to wait. States are weighed from the likelier end of
    /// the line, so that no weight exceeds 1.
    fn new(load: f64, c: f64, room: u64) -> Self {
        // States below c, when that of c weighs 1: c/A times those up to c − 1.
        let below = c / load * states_over_full(load, c - 1.0);
        if below == f64::INFINITY {
            return Self { full: 0.0, let_in: 1.0, waiting: 0.0 };
        }
        if load <= c {
            let line = Powers::sum(load / c, room);
            let total = line.all + below;
            let let_in = (line.all_but_last + below) / total;
            return Self { full: line.last / total, let_in, waiting: line.by_position / total };
        }
        let line = Powers::sum(c / load, room);
        let below = below * line.last;
        let total = line.all + below;
        let waiting = (room as f64 * line.all - line.by_position).max(0.0) / total;
        // All but the last is all but the first from the other end.
        Self { full: 1.0 / total, let_in: (c / load * line.all_but_last + below) / total, waiting }
    }
}

/// Sums over j = 0 … m of powers of a ratio from 0 to 1.
#[derive(Clone, Copy)]
struct Powers {
    /// Σ rʲ, j to m.
    all: f64,
    /// Σ rʲ, j to m − 1.
    all_but_last: f64,
    /// Σ j rʲ.
    by_position: f64,
    /// rᵐ.
    last: f64,
}

impl Powers {
    /// By doubling: n terms and n more of the same, rⁿ times. Only positive numbers are added, so nothing cancels where
    /// the closed form 0/0 would near r = 1.
    fn sum(ratio: f64, m: u64) -> Self {
        // Over the first n terms: Σ rʲ, Σ j rʲ, rⁿ.
        let (mut n, mut all, mut by_position, mut power) = (0.0, 0.0, 0.0, 1.0);
        for bit in (0..64).rev() {
            by_position += power * (by_position + n * all);
            all += power * all;
            power *= power;
            n *= 2.0;
            if m >> bit & 1 == 1 {
                by_position += n * power;
                all += power;
                power *= ratio;
                n += 1.0;
            }
        }
        Self { all: all + power, all_but_last: all, by_position: by_position + n * power, last: power }
    }
}

/// P(0) = 1 / (Σₙ₌₀..c Aⁿ/n! + Aᶜ/c! Σⱼ₌₁..m ρʲ); 0 below every double.
fn empty(load: f64, servers: u64, room: u64) -> f64 {
    let (mut term, mut sum, mut n) = (1.0, 1.0, 0_u64);
    while n < servers {
        n += 1;
        let ratio = load / n as f64;
        term *= ratio;
        sum += term;
        if sum == f64::INFINITY {
            return 0.0;
        }
        if ratio < 1.0 && term * ratio <= 1e-18 * sum * (1.0 - ratio) {
            break;
        }
    }
    let ratio = load / servers as f64;
    let line = if n < servers {
        0.0
    } else if ratio <= 1.0 {
        term * (Powers::sum(ratio, room).all - 1.0)
    } else {
        // Σ ρʲ from the far end: ρᵐ Σ ρ⁻ʲ.
        let far = Powers::sum(1.0 / ratio, room);
        if room == 0 { 0.0 } else { term * (far.all_but_last / far.last) }
    };
    1.0 / (sum + line)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Traffic, erlang_b, erlang_c};
    use super::*;

    /// Blocking, waiting line and emptiness from the states one by one.
    fn by_states(load: f64, servers: u64, places: u64) -> [f64; 3] {
        let (mut weight, mut sum, mut line) = (1.0, 1.0, 0.0);
        for n in 1..=places {
            weight *= load / n.min(servers) as f64;
            sum += weight;
            line += weight * (n - n.min(servers)) as f64;
        }
        [weight / sum, line / sum, 1.0 / sum]
    }

    #[test]
    fn the_ends_are_the_loss_formula_and_the_endless_line() {
        let loss = mmck(10.0, 1.0, 15, 15).unwrap();
        assert!((loss.blocking - erlang_b(10.0, 15).unwrap()).abs() < 1e-15);
        assert_eq!((loss.lq, loss.wq), (0.0, Some(0.0)));
        let endless = mmck(9.9, 1.0, 10, 1 << 40).unwrap();
        let waits = erlang_c(&Traffic::from_rate(9.9, 1.0).unwrap(), 10, 0.0).unwrap();
        assert!((endless.lq / waits.queue_length.finite().unwrap() - 1.0).abs() < 1e-10, "{endless:?}");
        assert_eq!(endless.blocking, 0.0);
    }

    #[test]
    fn very_long_lines_near_balance_keep_their_digits() {
        // ρ = 1: all states of the line equally likely.
        let even = mmck(1.0, 1.0, 1, 1_000_000_000).unwrap();
        assert!((even.blocking * 1_000_000_001.0 - 1.0).abs() < 1e-9);
        assert!((even.lq - (5e8 - 1.0)).abs() < 1.0, "{even:?}");
        let above = mmck(1.0 + 1e-13, 1.0, 1, 1_000_000).unwrap();
        assert!((above.l - 5e5).abs() < 0.1, "{above:?}");
    }

    #[test]
    fn floods_and_droughts_have_an_answer() {
        let flood = mmck(1e50, 1.0, 3, 10).unwrap();
        assert_eq!((flood.blocking, flood.utilisation, flood.p0, flood.lq), (1.0, 1.0, 0.0, 7.0));
        assert!((flood.lambda_eff - 3.0).abs() < 1e-12 && (flood.wq.unwrap() - 7.0 / 3.0).abs() < 1e-12);
        let drought = mmck(1e-90, 1.0, 100_000_000, 100_000_000).unwrap();
        assert_eq!((drought.blocking, drought.p0), (0.0, 1.0));
        let nobody = mmck(0.0, 1.0, 2, 3).unwrap();
        assert_eq!((nobody.p0, nobody.w), (1.0, None));
        for (a, s, c, k) in
            [(1.0, 1.0, 4, 3), (-1.0, 1.0, 1, 1), (1.0, 0.0, 1, 1), (1.0, 1.0, 0, 0), (1.0, 1.0, 1, u64::MAX)]
        {
            assert_eq!(mmck(a, s, c, k).unwrap_err().code(), "out_of_range");
        }
    }

    proptest! {
        #[test]
        fn it_equals_the_distribution_of_states(load in 0.01..60.0_f64, servers in 1..40_u64, room in 0..60_u64) {
            let found = mmck(load, 1.0, servers, servers + room).unwrap();
            let [full, line, none] = by_states(load, servers, servers + room);
            prop_assert!((found.blocking / full - 1.0).abs() < 1e-11, "{found:?} {full}");
            prop_assert!((found.lq - line).abs() < 1e-10, "{found:?} {line}");
            prop_assert!((found.p0 / none - 1.0).abs() < 1e-11, "{found:?} {none}");
            prop_assert!((found.lambda_eff - load * (1.0 - full)).abs() < 1e-10 * load.max(1.0));
            prop_assert!((found.utilisation - load * (1.0 - full) / servers as f64).abs() < 1e-11);
            let one_more = mmck(load, 1.0, servers, servers + room + 1).unwrap();
            prop_assert!(one_more.blocking <= found.blocking + 1e-14 && one_more.lq >= found.lq - 1e-12);
        }
    }
}
