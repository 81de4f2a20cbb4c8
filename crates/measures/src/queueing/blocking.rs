//! Lines without a place to wait.

use super::traffic::{check_rate, check_servers};
use crate::Error;

/// What a sum may leave out, as a share of itself.
pub(super) const NEGLIGIBLE: f64 = 1e-18;

/// Share of arrivals that find all `servers` busy and are lost, 0 to 1 (Erlang B).
///
/// Formula: (Aᴺ/N!) / Σₖ₌₀..N Aᵏ/k!, A the load in erlangs and N the servers. Computed as 1 / Σₖ N!/((N−k)! Aᵏ), whose
/// terms are all positive and soon negligible: about 50 √N of them at most. Without load nobody is lost; without
/// servers everybody is.
///
/// Source: A. K. Erlang, 1917, "Solution of some problems in the theory of probabilities of significance in automatic
/// telephone exchanges". It holds whatever the spread of handling times.
///
/// Not where callers wait ([`super::erlang_c`]) or call again at once: the true load is higher then than the load
/// that was counted.
///
/// # Errors
/// `out_of_range` for a load that is negative or above 1e100, and above [`super::MAX_SERVERS`] servers.
///
/// ```
/// use measures::queueing::erlang_b;
/// // One server, as much work as it can do: half of it is lost. Two: (1/2) / (1 + 1 + 1/2).
/// assert_eq!(erlang_b(1.0, 1)?, 0.5);
/// assert!((erlang_b(1.0, 2)? - 0.2).abs() < 1e-15);
/// # Ok::<(), measures::Error>(())
/// ```
pub fn erlang_b(load: f64, servers: u64) -> Result<f64, Error> {
    check_rate("load", load)?;
    let servers = check_servers("servers", servers)?;
    Ok(blocking(load, servers))
}

/// The same for figures already checked.
pub(crate) fn blocking(load: f64, servers: f64) -> f64 {
    if load == 0.0 {
        return if servers == 0.0 { 1.0 } else { 0.0 };
    }
    1.0 / states_over_full(load, servers)
}

/// Σₖ N!/((N−k)! Aᵏ): the weight of all states up to "all busy", that of "all busy" being 1. Above every double when
/// it hardly ever happens. The load must be above 0, the servers a whole number.
pub(super) fn states_over_full(load: f64, servers: f64) -> f64 {
    let (mut term, mut sum, mut busy) = (1.0, 1.0, servers);
    while busy >= 1.0 {
        let ratio = busy / load;
        term *= ratio;
        sum += term;
        busy -= 1.0;
        // Ratios fall, so what follows is less than a geometric series.
        if sum == f64::INFINITY || (ratio < 1.0 && term * ratio <= NEGLIGIBLE * sum * (1.0 - ratio)) {
            break;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// B(n) = A B(n−1) / (n + A B(n−1)) from B(0) = 1: the recursion in every textbook.
    fn by_recursion(load: f64, servers: u64) -> f64 {
        (1..=servers).fold(1.0, |b, n| load * b / (n as f64 + load * b))
    }

    #[test]
    fn large_systems_agree_with_the_recursion() {
        for (load, servers) in [(1e6, 1_000_000), (999_000.0, 1_000_000), (1e6, 998_000), (20.5, 5)] {
            let (sum, recursion) = (erlang_b(load, servers).unwrap(), by_recursion(load, servers));
            assert!((sum / recursion - 1.0).abs() < 1e-10, "{load} {servers}: {sum} {recursion}");
        }
    }

    /// With as many servers as load, B tends to √(2 / πA) (Jagerman 1974).
    #[test]
    fn the_largest_system_is_computed_and_near_its_limit() {
        let load = MAX as f64;
        let limit = (2.0 / (std::f64::consts::PI * load)).sqrt();
        assert!((erlang_b(load, MAX).unwrap() / limit - 1.0).abs() < 1e-3);
        assert_eq!(erlang_b(1.0, MAX).unwrap(), 0.0);
        assert_eq!(erlang_b(1e100, 5).unwrap(), 1.0);
    }

    const MAX: u64 = super::super::MAX_SERVERS;

    #[test]
    fn nonsense_is_refused_and_nothing_is_nothing() {
        for load in [-1.0, f64::NAN, f64::INFINITY, 5e-324, 1e300] {
            assert_eq!(erlang_b(load, 3).unwrap_err().code(), "out_of_range", "{load}");
        }
        assert!(erlang_b(1.0, MAX + 1).is_err());
        assert_eq!(erlang_b(0.0, 0), Ok(1.0));
        assert_eq!(erlang_b(0.0, 4), Ok(0.0));
    }

    proptest! {
        #[test]
        fn it_equals_the_recursion_and_moves_the_right_way(load in 1e-3..300.0_f64, servers in 0..300_u64) {
            let b = erlang_b(load, servers).unwrap();
            let recursion = by_recursion(load, servers);
            // Below 1e-300 a share is nothing.
            prop_assert!((b - recursion).abs() <= 1e-12 * recursion + 1e-300, "{b} {recursion}");
            prop_assert!((0.0..=1.0).contains(&b));
            prop_assert!(erlang_b(load, servers + 1).unwrap() <= b);
            prop_assert!(erlang_b(load * 1.01, servers).unwrap() >= b);
        }
    }
}
