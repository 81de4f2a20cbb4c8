//! How two answers hang together.

use serde::Serialize;

use super::exact;
use super::mann_whitney::{Method, finite};
use super::pairs::Pairs;
use crate::ranks::{key, midranks, sort_by_number};
use crate::{DefinitionId, Error, Interval, quantile};

/// A correlation: from −1 (one rises as the other falls) over 0 to 1 (both rise together).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Correlation {
    /// Pairs with both halves.
    pub n: u64,
    /// Pairs of which a half was not given.
    pub missing: u64,
    /// The coefficient; `None` where one side does not vary.
    pub r: Option<f64>,
    /// Two-sided probability of one as far from 0, were both unrelated; `None` with `r`, and below three pairs but for an
    /// exact test.
    pub p: Option<f64>,
    /// Interval of Pearson's coefficient from four pairs on; `None` for the others.
    pub ci: Option<Interval>,
}

impl Correlation {
    /// Formula and version of Pearson's, Spearman's and Kendall's coefficients.
    pub const DEFINITION: DefinitionId = DefinitionId::new("correlation", 1);
}

/// Spearman's correlation: how steadily one side rises with the other, straight or bent. All pairs are needed: both sides
/// are ranked.
///
/// Formula: Pearson's r of the ranks, equals sharing the middle of theirs; p by Student's t with n − 2 degrees of freedom.
/// Source: C. Spearman, 1904, "The proof and measurement of association between two things".
///
/// Not below about 10 pairs, where p is rough, nor for relations that rise and fall again.
///
/// # Errors
/// `bad_shape` for lists of different lengths; `empty_sample` without a pair, `too_few` with one; `out_of_range` for what
/// is no finite number.
///
/// ```
/// // Ranks 1 2 3 against 1 3 2: 1 − 6·(0 + 1 + 1)/(3·8).
/// let found = measures::tests::spearman(&[10.0, 20.0, 30.0], &[1.0, 8.0, 5.0])?;
/// assert_eq!(found.r, Some(0.5));
/// # Ok::<(), measures::Error>(())
/// ```
pub fn spearman(x: &[f64], y: &[f64]) -> Result<Correlation, Error> {
    alike(x, y)?;
    let ((x, _), (y, _)) = (midranks(x), midranks(y));
    let mut ranks = Pairs::new();
    for (x, y) in x.iter().zip(&y) {
        // Twice a rank is a whole number.
        ranks.push(2.0 * x, 2.0 * y)?;
    }
    let found = ranks.correlate()?;
    Ok(ranks.without_interval(found))
}

/// Kendall's tau-b: the share of pairs of pairs that agree in order minus the share that disagree, equals allowed for.
/// All pairs are needed: they are sorted.
///
/// Formula: τ = (C − D)/√((N − Tx)(N − Ty)), C and D the agreeing and disagreeing of the N = n(n−1)/2 pairs of pairs, Tx and
/// Ty those equal in x or y, counted in n·log n steps; approximate p: normal, variance corrected for equals; exact p:
/// min(1, 2·P(D at most as found, or C)).
/// Sources: M. G. Kendall, 1938, "A new measure of rank correlation"; W. R. Knight, 1966, "A computer method for calculating
/// Kendall's tau with ungrouped data".
///
/// Not to be held against Spearman's or Pearson's figure: tau is smaller by its nature.
///
/// # Errors
/// As [`spearman`]; `ties_in_exact` for equal values in an exact test, `out_of_range` for too many pairs in one.
///
/// ```
/// use measures::tests::{Method, kendall};
/// // Of 3 pairs of pairs, 2 agree and 1 disagrees; 3 of the 6 orders have at most one... and 3 at least two: p = 1.
/// let found = kendall(&[1.0, 2.0, 3.0], &[1.0, 3.0, 2.0], Method::Exact)?;
/// assert_eq!((found.r, found.p), (Some(1.0 / 3.0), Some(1.0)));
/// # Ok::<(), measures::Error>(())
/// ```
pub fn kendall(x: &[f64], y: &[f64], method: Method) -> Result<Correlation, Error> {
    alike(x, y)?;
    let n = x.len() as u64;
    match n {
        0 => return Err(Error::EmptySample),
        1 => return Err(Error::TooFew { what: "pairs", n, least: 2 }),
        _ => {}
    }
    let order = Order::of(x, y);
    let all = choose_two(n);
    let (free_x, free_y) = (all - order.x.pairs, all - order.y.pairs);
    let lead = (all + order.both) as i128 - (order.x.pairs + order.y.pairs + 2 * order.discordant) as i128;
    let varies = free_x > 0 && free_y > 0;
    let r = varies.then(|| (lead as f64 / (free_x as f64 * free_y as f64).sqrt()).clamp(-1.0, 1.0));
    let p = match method {
        Method::Exact if order.x.pairs + order.y.pairs > 0 => return Err(Error::TiesInExact),
        Method::Exact => {
            let fewer = order.discordant.min(all - order.discordant);
            let below = exact::discordant_at_most(n, u64::try_from(fewer).unwrap_or(u64::MAX))?;
            Some((2.0 * below).min(1.0))
        }
        Method::Asymptotic => {
            varies.then(|| quantile::normal_p_two_sided(lead as f64 / order.variance(n as f64).sqrt()))
        }
    };
    Ok(Correlation { n, missing: 0, r, p, ci: None })
}

fn alike(x: &[f64], y: &[f64]) -> Result<(), Error> {
    if x.len() != y.len() {
        return Err(Error::BadShape { what: "x and y must be of the same length" });
    }
    finite(x)?;
    finite(y)
}

fn choose_two(n: u64) -> u128 {
    u128::from(n) * u128::from(n.saturating_sub(1)) / 2
}

/// Pairs of pairs, counted.
struct Order {
    x: Equals,
    y: Equals,
    /// Equal in both.
    both: u128,
    discordant: u128,
}

/// Sums over groups of t equal values.
#[derive(Default)]
struct Equals {
    /// Σ t(t−1)/2.
    pairs: u128,
    /// Σ t(t−1)(t−2).
    triples: f64,
    /// Σ t(t−1)(2t+5).
    spread: f64,
}

impl Equals {
    fn take(&mut self, t: u64) {
        let size = t as f64;
        self.pairs += choose_two(t);
        self.triples += size * (size - 1.0) * (size - 2.0);
        self.spread += size * (size - 1.0) * (2.0 * size + 5.0);
    }
}

impl Order {
    fn of(x: &[f64], y: &[f64]) -> Self {
        let (mut equal_x, mut equal_y) = (Equals::default(), Equals::default());
        let (x, _) = places(x, &mut equal_x);
        let (y, last) = places(y, &mut equal_y);
        let mut pairs: Vec<(u64, u64)> = x.into_iter().zip(y).collect();
        sort_pairs(&mut pairs);
        let mut both = 0;
        let mut discordant = 0;
        let mut seen = Seen::new(last as usize + 1);
        for same_x in pairs.chunk_by(|a, b| a.0 == b.0) {
            for same in same_x.chunk_by(|a, b| a.1 == b.1) {
                both += choose_two(same.len() as u64);
            }
            discordant += same_x.iter().map(|(_, y)| u128::from(seen.above(*y as usize))).sum::<u128>();
            same_x.iter().for_each(|(_, y)| seen.add(*y as usize));
        }
        Self { x: equal_x, y: equal_y, both, discordant }
    }

    /// Variance of C − D when both sides are unrelated (Kendall, 1970).
    fn variance(&self, n: f64) -> f64 {
        let pairs = n * (n - 1.0);
        let plain = (pairs * (2.0 * n + 5.0) - self.x.spread - self.y.spread) / 18.0;
        let doubles = 2.0 * self.x.pairs as f64 * self.y.pairs as f64 / pairs;
        let triples = self.x.triples * self.y.triples;
        // With two pairs there are no triples.
        let triples = if triples > 0.0 { triples / (9.0 * pairs * (n - 2.0)) } else { 0.0 };
        plain + doubles + triples
    }
}

/// Place of each value among the different ones, from 0, and the last place.
fn places(values: &[f64], equals: &mut Equals) -> (Vec<u64>, u64) {
    let mut order: Vec<(u64, usize)> = values.iter().enumerate().map(|(at, x)| (key(*x), at)).collect();
    sort_by_number(&mut order, |(key, _)| *key);
    let mut found = vec![0; values.len()];
    let mut place = 0;
    for same in order.chunk_by(|a, b| a.0 == b.0) {
        same.iter().for_each(|(_, at)| found[*at] = place);
        equals.take(same.len() as u64);
        place += 1;
    }
    (found, place.saturating_sub(1))
}

fn sort_pairs(pairs: &mut Vec<(u64, u64)>) {
    // Places lie below the number of values, so both fit into one key unless there are billions.
    if pairs.len() <= 1 << 32 {
        sort_by_number(pairs, |(x, y)| x << 32 | y);
    } else {
        pairs.sort_unstable();
    }
}

/// How many of the places seen lie above one: sums over ranges that double (Fenwick, 1994).
struct Seen {
    sums: Vec<u64>,
    all: u64,
}

impl Seen {
    fn new(places: usize) -> Self {
        Self { sums: vec![0; places + 1], all: 0 }
    }

    fn add(&mut self, place: usize) {
        self.all += 1;
        let mut at = place + 1;
        while at < self.sums.len() {
            self.sums[at] += 1;
            at += at & at.wrapping_neg();
        }
    }

    fn above(&self, place: usize) -> u64 {
        let (mut at, mut up_to) = (place + 1, 0);
        while at > 0 {
            up_to += self.sums[at];
            at &= at - 1;
        }
        self.all - up_to
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_does_not_vary_has_no_correlation() {
        for found in [
            spearman(&[1.0, 2.0, 3.0], &[5.0; 3]).unwrap(),
            kendall(&[1.0, 2.0, 3.0], &[5.0; 3], Method::Asymptotic).unwrap(),
        ] {
            assert_eq!((found.r, found.p), (None, None));
        }
        assert_eq!(spearman(&[1.0], &[1.0, 2.0]).unwrap_err().code(), "bad_shape");
        assert_eq!(kendall(&[1.0], &[1.0], Method::Exact).unwrap_err().code(), "too_few");
        assert_eq!(kendall(&[], &[], Method::Exact).unwrap_err().code(), "empty_sample");
        assert!(spearman(&[1.0, f64::NAN], &[1.0, 2.0]).is_err());
        let tied = kendall(&[1.0, 1.0, 2.0], &[1.0, 2.0, 3.0], Method::Exact);
        assert_eq!(tied.unwrap_err().code(), "ties_in_exact");
    }

    fn pairs() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
        let value = || prop_oneof![3 => (0..6_i32).prop_map(f64::from), 1 => -3.0..9.0f64];
        prop::collection::vec((value(), value()), 2..40).prop_map(|pairs| pairs.into_iter().unzip())
    }

    proptest! {
        #[test]
        fn tau_counts_pairs_of_pairs_as_one_by_one((x, y) in pairs()) {
            let found = kendall(&x, &y, Method::Asymptotic).unwrap();
            let (mut lead, mut free_x, mut free_y) = (0.0, 0.0, 0.0);
            for i in 0..x.len() {
                for j in 0..i {
                    let (a, b) = (x[i] - x[j], y[i] - y[j]);
                    free_x += f64::from(a != 0.0);
                    free_y += f64::from(b != 0.0);
                    lead += if a * b == 0.0 { 0.0 } else { (a * b).signum() };
                }
            }
            match found.r {
                Some(r) => prop_assert!((r - lead / f64::sqrt(free_x * free_y)).abs() < 1e-12),
                None => prop_assert!(free_x * free_y == 0.0),
            }
            let swapped = kendall(&y, &x, Method::Asymptotic).unwrap();
            prop_assert_eq!(found.r, swapped.r);
            prop_assert!(found.p.is_none_or(|p| (0.0..=1.0).contains(&p)));
        }

        #[test]
        fn only_the_order_matters((x, y) in pairs()) {
            let bent: Vec<f64> = x.iter().map(|x| x.powi(3) * 2.0 + 1.0).collect();
            let turned: Vec<f64> = y.iter().map(|y| -y).collect();
            let (plain, mirrored) = (spearman(&x, &y).unwrap(), spearman(&bent, &turned).unwrap());
            prop_assert_eq!(plain.r.map(|r| -r), mirrored.r);
            prop_assert_eq!(plain.p, mirrored.p);
        }
    }
}
