//! How far ratings lie apart.

use std::collections::HashMap;

use super::Pattern;
use crate::Error;
use crate::ranks::{key, value_of};

/// Up to here the pairs of a unit are looked at one by one.
const FEW: usize = 8;
/// Most pairs of values compared, about a second.
const WORK: u64 = 300_000_000;

/// Σ over units of their disagreement / (ratings − 1).
pub(super) fn sum(patterns: &[Pattern], of: impl Fn(&[f64]) -> Result<f64, Error>) -> Result<f64, Error> {
    let mut all = 0.0;
    for (unit, times) in patterns {
        all += *times as f64 * of(unit)? / (unit.len() as f64 - 1.0);
    }
    Ok(all)
}

/// Ordered pairs of different ratings; the ratings are sorted.
pub(super) fn unequal(unit: &[f64]) -> f64 {
    let equal: usize = unit.chunk_by(|a, b| a == b).map(|same| same.len() * same.len()).sum();
    (unit.len() * unit.len() - equal) as f64
}

/// Σ (a − b)² over ordered pairs of sorted numbers.
pub(super) fn squares(unit: &[f64]) -> f64 {
    if unit.first() == unit.last() {
        return 0.0;
    }
    if unit.len() <= FEW {
        let pair = |at: usize| unit[..at].iter().map(move |b| (unit[at] - b) * (unit[at] - b)).sum::<f64>();
        return 2.0 * (1..unit.len()).map(pair).sum::<f64>();
    }
    let m = unit.len() as f64;
    let mean = unit.iter().sum::<f64>() / m;
    2.0 * m * unit.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>()
}

/// The different pairable values in rising order, with how often each came.
pub(super) struct Values {
    pub(super) values: Vec<f64>,
    pub(super) counts: Vec<u64>,
}

impl Values {
    pub(super) fn of(patterns: &[Pattern]) -> Self {
        let mut counts: HashMap<u64, u64> = HashMap::new();
        for (unit, times) in patterns {
            for value in unit {
                *counts.entry(key(*value)).or_default() += times;
            }
        }
        let mut all: Vec<(u64, u64)> = counts.into_iter().collect();
        all.sort_unstable();
        let (keys, counts): (Vec<u64>, Vec<u64>) = all.into_iter().unzip();
        Self { values: keys.into_iter().map(value_of).collect(), counts }
    }

    pub(super) fn place(&self, value: f64) -> usize {
        self.values.partition_point(|other| *other < value)
    }

    /// Ordered pairs of different values.
    pub(super) fn unequal(&self) -> f64 {
        let n: u128 = self.counts.iter().map(|c| u128::from(*c)).sum();
        let equal: u128 = self.counts.iter().map(|c| u128::from(*c) * u128::from(*c)).sum();
        (n * n - equal) as f64
    }

    pub(super) fn twice_middle_ranks(&self) -> Vec<f64> {
        let mut before = 0;
        let middle = |count: &u64| {
            let rank = 2 * before + count;
            before += count;
            rank as f64
        };
        self.counts.iter().map(middle).collect()
    }

    /// Σ (a − b)² over ordered pairs of all, each value at its place on a line.
    pub(super) fn squares(&self, places: &[f64]) -> f64 {
        if places.len() < 2 {
            return 0.0;
        }
        let weighted = || places.iter().zip(&self.counts).map(|(x, c)| (*x, *c as f64));
        let n: f64 = weighted().map(|(_, c)| c).sum();
        let mean = weighted().map(|(x, c)| x * c).sum::<f64>() / n;
        2.0 * n * weighted().map(|(x, c)| c * (x - mean) * (x - mean)).sum::<f64>()
    }

    /// Within and expected disagreement by ratios: there is no shorter way than pair by pair of different values.
    pub(super) fn ratios(&self, patterns: &[Pattern]) -> Result<(f64, f64), Error> {
        if let Some(wrong) = self.values.iter().find(|value| **value < 0.0) {
            return Err(Error::out_of_range("rating", *wrong, "0 or more at the ratio level"));
        }
        let pairs = |different: usize| (different as u64).saturating_mul(different as u64) / 2;
        let mut work = pairs(self.values.len());
        let runs = |unit: &[f64]| {
            unit.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as f64)).collect::<Vec<_>>()
        };
        for (unit, _) in patterns {
            work = work.saturating_add(pairs(unit.len()));
        }
        if work > WORK {
            return Err(Error::out_of_range(
                "pairs of different ratings",
                work as f64,
                format!("at most {WORK}"),
            ));
        }
        let all: Vec<(f64, f64)> =
            self.values.iter().zip(&self.counts).map(|(value, count)| (*value, *count as f64)).collect();
        Ok((sum(patterns, |unit| Ok(by_ratio(&runs(unit))))?, by_ratio(&all)))
    }
}

/// Σ ((a − b)/(a + b))² over ordered pairs of different values in rising order, each with its count.
fn by_ratio(values: &[(f64, f64)]) -> f64 {
    let mut all = 0.0;
    for (at, (a, times)) in values.iter().enumerate() {
        let with: f64 = values[..at]
            .iter()
            .map(|(b, others)| {
                let gap = (a - b) / (a + b);
                others * gap * gap
            })
            .sum();
        all += times * with;
    }
    2.0 * all
}
