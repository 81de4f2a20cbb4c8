//! Where each record has one counterpart at most, pairs compete.

use crate::cluster::Link;
use crate::observe::{self, Observed};
use crate::records::Records;
use crate::score::Scorer;

/// Within files that hold no duplicates there are this many likely pairs at most, for one across.
const FEW: f64 = 0.15;

/// Pairs of less weight compete with nobody, in bits.
pub(super) const LEAST: f64 = super::FLOOR - 8.0;

/// Weights are told apart up to here, in bits: their odds are numbers yet.
const MOST: f64 = 500.0;

/// Whether two files hold so few duplicates themselves that each record has one counterpart at most.
pub(super) fn few_within(scorer: &Scorer, observed: &Observed) -> bool {
    let sum = |counts: &[f64]| -> f64 {
        let each = observed.patterns.iter().zip(counts);
        each.map(|(pattern, count)| if *count > 0.0 { count * scorer.score(pattern).person } else { 0.0 })
            .sum()
    };
    sum(&observed.within) * f64::from(observe::WITHIN) < FEW * sum(&observed.found)
}

/// What pairs compete for.
pub(crate) struct Rivals {
    /// Sum of the odds of all pairs of each unit.
    sums: Vec<f64>,
    /// Odds that a record has no counterpart.
    alone: f64,
}

impl Rivals {
    /// A pair is the less likely the likelier its rivals are; and the more records have a counterpart at all, the likelier
    /// the best pair is.
    pub(super) fn of(links: &[Link], records: &Records) -> Self {
        let second = (0..records.units()).filter(|&unit| records.file(unit) == 1).count();
        let smaller = second.min(records.units() - second).max(1) as f64;
        let mut sums = vec![0.0_f64; records.units()];
        for link in links {
            sums[link.a as usize] += odds(link.weight);
            sums[link.b as usize] += odds(link.weight);
        }
        let mut rivals = Self { sums, alone: 1.0 };
        for _ in 0..20 {
            let share = |link: &Link| {
                odds(link.weight) / (rivals.alone + rivals.most(link.a as usize, link.b as usize))
            };
            let found: f64 = links.iter().map(share).sum();
            rivals.alone = (1.0 - found / smaller).clamp(0.02, 1.0);
        }
        rivals
    }

    fn most(&self, a: usize, b: usize) -> f64 {
        self.sums[a].max(self.sums[b])
    }

    /// The weight of a pair among its rivals, in bits.
    pub(crate) fn weight(&self, a: u32, b: u32, weight: f64) -> f64 {
        let own = if weight >= LEAST { odds(weight) } else { 0.0 };
        let others = (self.most(a as usize, b as usize) - own).max(0.0);
        weight.min(MOST) - (self.alone + others).log2()
    }
}

fn odds(weight: f64) -> f64 {
    weight.min(MOST).exp2()
}
