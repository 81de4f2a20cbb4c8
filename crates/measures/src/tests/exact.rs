//! Exact distributions of rank statistics without ties, each from its generating function.

use crate::Error;

/// Steps an exact probability may take: about a tenth of a second.
const WORK: u64 = 100_000_000;

fn affordable(what: &'static str, rounds: u64, length: u64) -> Result<usize, Error> {
    let work = rounds.saturating_mul(length.saturating_add(1));
    if work > WORK {
        return Err(Error::out_of_range(
            what,
            rounds as f64,
            "fewer for an exact test: use the approximate one",
        ));
    }
    Ok(length as usize)
}

/// P(U ≤ u) of Mann and Whitney's statistic between groups of `m` and `n` values. U has the generating function
/// Π (1 − q^(n+i)) / (1 − q^i), i from 1 to m, over the number of arrangements.
pub(super) fn mann_whitney_at_most(m: u64, n: u64, u: u64) -> Result<f64, Error> {
    let (m, n) = (m.min(n), m.max(n));
    let last = affordable("values in the smaller group", m, u)?;
    let mut p = vec![0.0; last + 1];
    p[0] = 1.0;
    for i in 1..=m {
        let scale = i as f64 / (n + i) as f64;
        let (shift, i) = ((n + i) as usize, i as usize);
        for at in (shift..=last).rev() {
            p[at] -= p[at - shift];
        }
        for at in i..=last {
            p[at] += p[at - i];
        }
        p.iter_mut().for_each(|p| *p *= scale);
    }
    Ok(p.iter().sum())
}

/// P(W ≤ w) of the sum of the ranks of one sign among `n` differences: Π (1 + q^i) / 2, i from 1 to n.
pub(super) fn wilcoxon_at_most(n: u64, w: u64) -> Result<f64, Error> {
    let last = affordable("differences", n, w)?;
    let mut p = vec![0.0; last + 1];
    p[0] = 1.0;
    for i in 1..=n as usize {
        for at in (i..=last).rev() {
            p[at] += p[at - i];
        }
        p.iter_mut().for_each(|p| *p /= 2.0);
    }
    Ok(p.iter().sum())
}

/// P(D ≤ d) of the number of discordant pairs among `n` pairs: Π (1 + q + … + q^(i−1)) / i, i from 1 to n.
pub(super) fn discordant_at_most(n: u64, d: u64) -> Result<f64, Error> {
    let last = affordable("pairs", n, d)?;
    let mut p = vec![0.0; last + 1];
    p[0] = 1.0;
    for i in 2..=n as usize {
        for at in (i..=last).rev() {
            p[at] -= p[at - i];
        }
        let mut sum = 0.0;
        for p in &mut p {
            sum += *p;
            *p = sum / i as f64;
        }
    }
    Ok(p.iter().sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Binomial coefficient, exact in a double for small numbers.
    fn choose(n: u64, k: u64) -> f64 {
        (0..k).fold(1.0, |all, i| all * (n - i) as f64 / (i + 1) as f64)
    }

    #[test]
    fn the_smallest_values_have_one_arrangement() {
        for (m, n) in [(1, 1), (3, 3), (4, 9), (20, 30)] {
            let p = mann_whitney_at_most(m, n, 0).unwrap();
            assert!((p * choose(m + n, m) - 1.0).abs() < 1e-12, "{m} {n}");
            assert!((mann_whitney_at_most(m, n, m * n).unwrap() - 1.0).abs() < 1e-11, "{m} {n}");
        }
        assert_eq!(wilcoxon_at_most(10, 0).unwrap(), 1.0 / 1024.0);
        assert_eq!(wilcoxon_at_most(10, 55).unwrap(), 1.0);
        assert!((discordant_at_most(5, 0).unwrap() - 1.0 / 120.0).abs() < 1e-16);
        assert!((discordant_at_most(5, 10).unwrap() - 1.0).abs() < 1e-15);
    }

    /// P(U ≤ ⌊(mn−1)/2⌋) + P(U ≥ the rest) = 1, by symmetry a half each when mn is odd.
    #[test]
    fn the_middle_halves_the_whole() {
        for (m, n) in [(5, 7), (25, 31), (101, 99)] {
            let p = mann_whitney_at_most(m, n, (m * n - 1) / 2).unwrap();
            assert!((p - 0.5).abs() < 1e-12, "{m} {n}: {p}");
        }
        // 0 to 22 of 45, 46 values in all; 0 to 637 of 1 275.
        for n in [9, 50] {
            let p = wilcoxon_at_most(n, (n * (n + 1) / 2 - 1) / 2).unwrap();
            assert!((p - 0.5).abs() < 1e-13, "{n}: {p}");
        }
        for n in [7, 30] {
            let p = discordant_at_most(n, (n * (n - 1) / 2 - 1) / 2).unwrap();
            assert!((p - 0.5).abs() < 1e-13, "{n}: {p}");
        }
    }

    /// All arrangements counted one by one.
    #[test]
    fn counting_every_arrangement_gives_the_same() {
        let (m, n) = (4_u32, 5_u32);
        let total = choose(9, 4);
        for u in 0..=20_u64 {
            let below = (0..1_u32 << (m + n))
                .filter(|set| set.count_ones() == m)
                .filter(|set| {
                    let ranks: u32 = (0..m + n).filter(|at| set >> at & 1 == 1).map(|at| at + 1).sum();
                    u64::from(ranks - m * (m + 1) / 2) <= u
                })
                .count();
            let p = mann_whitney_at_most(4, 5, u).unwrap();
            assert!((p - below as f64 / total).abs() < 1e-14, "{u}");
        }
    }

    #[test]
    fn what_would_take_for_ever_is_refused() {
        assert_eq!(mann_whitney_at_most(100_000, 100_000, 5_000_000_000).unwrap_err().code(), "out_of_range");
        assert!(wilcoxon_at_most(100_000, 1 << 40).is_err());
        assert!(discordant_at_most(u64::MAX, u64::MAX).is_err());
    }
}
