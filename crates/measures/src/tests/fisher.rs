//! Two shares compared exactly.

use serde::Serialize;

use crate::{DefinitionId, Error, Unbounded, count};

/// Most observations: beyond, exactness buys nothing and takes long.
const MOST: u64 = 10_000_000_000;
/// Probabilities this little above that of the table count as equal to it: rounding must not decide.
const EQUAL: f64 = 1.0 + 1e-7;
/// Probabilities smaller than this share of the largest add nothing to a mean.
const NEGLIGIBLE: f64 = 1e-22;

/// Exact test of a table of two by two.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Fisher {
    /// Observations in the table.
    pub n: u64,
    /// Probability of a table as unlikely as this one, were rows and columns independent.
    pub p_two_sided: f64,
    /// Probability of as few or fewer in the first cell.
    pub p_less: f64,
    /// Probability of as many or more in the first cell.
    pub p_greater: f64,
    /// a·d / (b·c); `None` when both products are 0.
    pub odds_ratio_sample: Option<Unbounded>,
    /// The odds ratio that makes this table likeliest with its totals given: nearer to 1 than the sample's. `None` when
    /// the totals leave no other table.
    pub odds_ratio_conditional: Option<Unbounded>,
}

impl Fisher {
    /// Formula and version of this test.
    pub const DEFINITION: DefinitionId = DefinitionId::new("fisher_exact", 1);
}

/// Tests `[[a, b], [c, d]]` exactly: right also with the smallest numbers.
///
/// Formula: with all totals given, a is hypergeometric; two-sided p is the sum of the probabilities of tables no likelier
/// than this one (up to a factor 1 + 10⁻⁷ for rounding); the conditional odds ratio ω solves E(a | ω) = a under the
/// noncentral hypergeometric distribution.
/// Source: R. A. Fisher, 1935, "The logic of inductive inference"; J. Cornfield, 1956, "A statistical problem arising from
/// retrospective studies".
///
/// Not for pairs of answers of the same people; conservative when the totals were not fixed beforehand.
///
/// # Errors
/// `empty_sample` for a table of zeros; `out_of_range` above 10¹⁰ observations.
///
/// ```
/// // The lady tasting tea: 3 of 4 cups right on each side, 16 + 1 of 70 choices do as well.
/// let test = measures::tests::fisher([[3, 1], [1, 3]])?;
/// assert!((test.p_greater - 17.0 / 70.0).abs() < 1e-12);
/// assert_eq!(test.odds_ratio_sample.and_then(|odds| odds.finite()), Some(9.0));
/// # Ok::<(), measures::Error>(())
/// ```
pub fn fisher([[a, b], [c, d]]: [[u64; 2]; 2]) -> Result<Fisher, Error> {
    let n = [b, c, d].iter().try_fold(a, |all, part| count::add(all, *part))?;
    if n == 0 {
        return Err(Error::EmptySample);
    }
    if n > MOST {
        return Err(Error::out_of_range("observations", n as f64, "at most 1e10: use the chi-squared test"));
    }
    let law = Law { row: a + b, column: a + c, other: c + d };
    let (p_less, p_greater, p_two_sided) = law.tails(a);
    let (odds, against) = (a as f64 * d as f64, b as f64 * c as f64);
    let odds_ratio_sample = match (odds > 0.0, against > 0.0) {
        (_, true) => Some(Unbounded::At(odds / against)),
        (true, false) => Some(Unbounded::Infinite),
        (false, false) => None,
    };
    Ok(Fisher { n, p_two_sided, p_less, p_greater, odds_ratio_sample, odds_ratio_conditional: law.odds(a) })
}

/// Distribution of the first cell, the totals given.
#[derive(Clone, Copy)]
struct Law {
    row: u64,
    column: u64,
    other: u64,
}

impl Law {
    fn lowest(self) -> u64 {
        self.column.saturating_sub(self.other)
    }

    fn highest(self) -> u64 {
        self.row.min(self.column)
    }

    /// P(k) / P(k − 1) without an odds ratio, for lowest < k ≤ highest.
    fn step(self, k: u64) -> f64 {
        let up = (self.row - k + 1) as f64 * (self.column - k + 1) as f64;
        up / (k as f64 * (self.other + k - self.column) as f64)
    }

    /// The likeliest first cell: steps fall, so the last that is at least 1 is found by halving.
    fn mode(self, odds: f64) -> u64 {
        let (mut low, mut high) = (self.lowest(), self.highest());
        while low < high {
            let middle = high - (high - low) / 2;
            if self.step(middle) * odds >= 1.0 { low = middle } else { high = middle - 1 }
        }
        low
    }

    /// Hands every first cell and its probability, relative to the likeliest, to `take`: upwards from the mode, then
    /// downwards, until it falls below `least`.
    fn each(self, odds: f64, least: f64, mut take: impl FnMut(u64, f64)) {
        let mode = self.mode(odds);
        let mut weight = 1.0;
        for k in mode..=self.highest() {
            if k > mode {
                weight *= self.step(k) * odds;
            }
            if weight < least {
                break;
            }
            take(k, weight);
        }
        weight = 1.0;
        for k in (self.lowest()..mode).rev() {
            weight /= self.step(k + 1) * odds;
            if weight < least {
                break;
            }
            take(k, weight);
        }
    }

    /// P(at most a), P(at least a), P(no likelier than a).
    fn tails(self, a: u64) -> (f64, f64, f64) {
        let mut here = 0.0;
        self.each(1.0, f64::MIN_POSITIVE, |k, weight| {
            if k == a {
                here = weight
            }
        });
        let (mut all, mut less, mut greater, mut unlikelier) = (0.0, 0.0, 0.0, 0.0);
        self.each(1.0, f64::MIN_POSITIVE, |k, weight| {
            all += weight;
            if k <= a {
                less += weight;
            }
            if k >= a {
                greater += weight;
            }
            if weight <= here * EQUAL {
                unlikelier += weight;
            }
        });
        let share = |part: f64| (part / all).clamp(0.0, 1.0);
        (share(less), share(greater), share(unlikelier))
    }

    /// Mean and variance of the first cell under an odds ratio.
    fn moments(self, odds: f64) -> (f64, f64) {
        let mode = self.mode(odds) as f64;
        let (mut all, mut sum, mut squares) = (0.0, 0.0, 0.0);
        self.each(odds, NEGLIGIBLE, |k, weight| {
            let gap = k as f64 - mode;
            all += weight;
            sum += weight * gap;
            squares += weight * gap * gap;
        });
        let mean = sum / all;
        (mode + mean, squares / all - mean * mean)
    }

    /// The odds ratio whose mean is `a`: Newton's steps on its logarithm, whose slope is the variance, inside a bracket
    /// that only shrinks.
    fn odds(self, a: u64) -> Option<Unbounded> {
        let (lowest, highest) = (self.lowest(), self.highest());
        if lowest == highest {
            return None;
        }
        if a == lowest {
            return Some(Unbounded::At(0.0));
        }
        if a == highest {
            return Some(Unbounded::Infinite);
        }
        let [x, y, z] = [self.row - a, self.column - a, self.other + a - self.column].map(|x| x as f64 + 0.5);
        let mut log = ((a as f64 + 0.5) * z / (x * y)).ln();
        let (mut low, mut high) = (log - 60.0, log + 60.0);
        for _ in 0..100 {
            let (mean, variance) = self.moments(log.exp());
            let gap = a as f64 - mean;
            if gap > 0.0 {
                low = log
            } else {
                high = log
            }
            let newton = log + gap / variance;
            let next = if newton > low && newton < high { newton } else { f64::midpoint(low, high) };
            if (next - log).abs() <= 1e-15 * log.abs().max(1.0) {
                log = next;
                break;
            }
            log = next;
        }
        Some(Unbounded::At(log.exp()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tables_the_totals_allow_no_other_of_prove_nothing() {
        let test = fisher([[0, 0], [3, 4]]).unwrap();
        assert_eq!((test.p_two_sided, test.p_less, test.p_greater), (1.0, 1.0, 1.0));
        assert_eq!((test.odds_ratio_sample, test.odds_ratio_conditional), (None, None));
        assert_eq!(fisher([[0, 0], [0, 0]]).unwrap_err().code(), "empty_sample");
        assert_eq!(fisher([[u64::MAX, 1], [0, 0]]).unwrap_err().code(), "out_of_range");
        let sure = fisher([[5, 0], [0, 5]]).unwrap();
        assert_eq!(sure.odds_ratio_conditional, Some(Unbounded::Infinite));
        assert!((sure.p_two_sided - 2.0 / 252.0).abs() < 1e-15);
    }

    #[test]
    fn large_tables_meet_the_chi_squared_test() {
        let table = [[3_000_000_u64, 2_000_000], [3_001_000, 1_999_000]];
        let exact = fisher(table).unwrap();
        let mut cross = super::super::Crosstab::new(2, 2).unwrap();
        for (row, cells) in table.iter().enumerate() {
            for (column, count) in cells.iter().enumerate() {
                cross.push_count(row, column, *count).unwrap();
            }
        }
        let rough = cross.chi_squared(super::super::Yates::Yes).unwrap().p;
        assert!((exact.p_two_sided - rough).abs() < 1e-4, "{} {rough}", exact.p_two_sided);
    }

    fn binomial(n: u64, k: u64) -> f64 {
        (0..k).fold(1.0, |all, i| all * (n - i) as f64 / (i + 1) as f64)
    }

    proptest! {
        #[test]
        fn every_table_with_these_totals_added_up_gives_the_same(
            a in 0..12_u64, b in 0..12_u64, c in 0..12_u64, d in 0..12_u64,
        ) {
            prop_assume!(a + b + c + d > 0);
            let test = fisher([[a, b], [c, d]]).unwrap();
            let p = |k: u64| binomial(a + b, k) * binomial(c + d, a + c - k) / binomial(a + b + c + d, a + c);
            let all: Vec<u64> = ((a + c).saturating_sub(c + d)..=(a + b).min(a + c)).collect();
            let sum = |keep: &dyn Fn(u64) -> bool| all.iter().filter(|k| keep(**k)).map(|k| p(*k)).sum::<f64>();
            prop_assert!((test.p_less - sum(&|k| k <= a)).abs() < 1e-12);
            prop_assert!((test.p_greater - sum(&|k| k >= a)).abs() < 1e-12);
            prop_assert!((test.p_two_sided - sum(&|k| p(k) <= p(a) * (1.0 + 1e-7))).abs() < 1e-12);
            // The conditional odds ratio makes the observed cell the mean.
            if let Some(odds) = test.odds_ratio_conditional.and_then(Unbounded::finite).filter(|odds| *odds > 0.0) {
                let weights = all.iter().map(|k| p(*k) * odds.powf(*k as f64));
                let (mean, total) =
                    all.iter().zip(weights).fold((0.0, 0.0), |(m, t), (k, w)| (m + *k as f64 * w, t + w));
                prop_assert!((mean / total - a as f64).abs() < 1e-9);
            }
            // Rows exchanged turn the odds ratio over.
            let turned = fisher([[c, d], [a, b]]).unwrap();
            prop_assert!((turned.p_two_sided - test.p_two_sided).abs() < 1e-12);
        }
    }
}
