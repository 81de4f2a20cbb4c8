//! Where each record has one counterpart at most, pairs compete.

use crate::cluster::Link;
use crate::estimate::Logs;
use crate::observe::{self, Observed};
use crate::records::Records;

/// Within files that hold no duplicates there are this many likely pairs at most, for one across.
const FEW: f64 = 0.15;

/// Whether two files hold so few duplicates themselves that each record has one counterpart at most.
pub(super) fn few_within(logs: &Logs, observed: &Observed) -> bool {
    let sum = |counts: &[f64]| -> f64 {
        let each = observed.patterns.iter().zip(counts);
        each.map(|(pattern, count)| if *count > 0.0 { count * logs.score(pattern).person } else { 0.0 }).sum()
    };
    sum(&observed.within) * f64::from(observe::WITHIN) < FEW * sum(&observed.found)
}

/// A pair is the less likely the likelier its rivals are; and the more records have a counterpart at all, the likelier
/// the best pair is.
pub(super) fn compete(links: &mut [Link], records: &Records) {
    let second = (0..records.units()).filter(|&unit| records.file(unit) == 1).count();
    let smaller = second.min(records.units() - second).max(1) as f64;
    let odds: Vec<f64> = links.iter().map(|link| link.weight.min(60.0).exp2()).collect();
    let mut sums = vec![0.0_f64; records.units()];
    for (link, odds) in links.iter().zip(&odds) {
        sums[link.a as usize] += odds;
        sums[link.b as usize] += odds;
    }
    let most = |link: &Link| sums[link.a as usize].max(sums[link.b as usize]);
    let mut alone = 1.0;
    for _ in 0..20 {
        let found: f64 = links.iter().zip(&odds).map(|(link, odds)| odds / (alone + most(link))).sum();
        alone = (1.0 - found / smaller).clamp(0.02, 1.0);
    }
    for (link, odds) in links.iter_mut().zip(&odds) {
        let rivals = sums[link.a as usize].max(sums[link.b as usize]) - odds;
        link.weight = (odds / (alone + rivals.max(0.0))).log2();
    }
}
