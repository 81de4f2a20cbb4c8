//! Means of customers who left out some items, in whole numbers.

use std::collections::BTreeMap;

use super::Score;
use crate::{Confidence, Error, Interval, Scale};

/// What one customer answered of one kind, counted from the scale's minimum.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Answered {
    pub(super) items: u32,
    missing: u32,
    sum: u64,
}

impl Answered {
    pub(super) fn of(answers: &[Option<i64>], scale: Scale) -> Result<Self, Error> {
        let mut all = Self::default();
        for answer in answers {
            match answer {
                Some(answer) => {
                    all.items += 1;
                    all.sum += (scale.check(*answer)? - scale.min()).unsigned_abs();
                }
                None => all.missing += 1,
            }
        }
        Ok(all)
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self {
            items: self.items + other.items,
            missing: self.missing + other.missing,
            sum: self.sum + other.sum,
        }
    }
}

/// Means of customers who answered different numbers of items, kept as whole numbers: for each number of items, how
/// many customers, the sum of their sums, and that of the squares. At most 2⁴⁰ sums of at most 2 · 10⁵ fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Means {
    missing: u64,
    by_items: BTreeMap<u32, (u64, u128, u128)>,
}

impl Means {
    pub(super) fn push(&mut self, answered: Answered) {
        self.missing += u64::from(answered.missing);
        if answered.items > 0 {
            self.add(answered.items, (1, answered.sum.into(), u128::from(answered.sum).pow(2)));
        }
    }

    fn add(&mut self, items: u32, (n, sums, squares): (u64, u128, u128)) {
        let group = self.by_items.entry(items).or_default();
        *group = (group.0 + n, group.1 + sums, group.2 + squares);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.missing += other.missing;
        for (items, group) in &other.by_items {
            self.add(*items, *group);
        }
    }

    pub(super) fn score(&self, scale: Scale, confidence: Confidence) -> Score {
        let n: u64 = self.by_items.values().map(|group| group.0).sum();
        let total: f64 = self.by_items.iter().map(|(items, group)| group.1 as f64 / f64::from(*items)).sum();
        let above = (n > 0).then(|| total / n as f64);
        let mean = above.map(|above| scale.min() as f64 + above);
        let sd = above.filter(|_| n > 1).map(|above| (self.squares_around(above) / (n - 1) as f64).sqrt());
        let half_width = sd.map(|sd| confidence.student_t((n - 1) as f64) * sd / (n as f64).sqrt());
        Score {
            n,
            missing: self.missing,
            mean,
            index_0_100: above.map(|above| 100.0 * above / scale.span() as f64),
            sd,
            ci_mean_t: mean.zip(half_width).map(|(mean, half)| Interval::around(mean, half)),
        }
    }

    /// Σ(x − m)² within the groups, in whole numbers, and between them: nothing cancels.
    fn squares_around(&self, mean: f64) -> f64 {
        let group = |(items, (n, sums, squares)): (&u32, &(u64, u128, u128))| {
            let (items, count) = (f64::from(*items), *n as f64);
            let within = (u128::from(*n) * squares - sums * sums) as f64 / (count * items * items);
            let between = *sums as f64 / (count * items) - mean;
            within + count * between * between
        };
        self.by_items.iter().map(group).sum()
    }
}
