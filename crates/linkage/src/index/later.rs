//! What only rows that come later can be compared by.

use crate::compare::{Comparison, MOST};
use crate::estimate::{Chances, Weights};
use crate::mix::Stream;
use crate::records::Records;

/// Pairs of records that are held against each other to see what strangers show.
const PAIRS: usize = 50_000;

/// What is expected of pairs before there is a record.
const FIRST: f64 = 0.1;

/// Adds the comparisons of numbers that no two records share, with the weights that are expected of them. Where there are
/// too many comparisons the last give way: they tell the least.
pub(super) fn add(records: &Records, comparisons: &mut Vec<Comparison>, weights: &mut Weights) {
    let later = Comparison::of_later(records, comparisons);
    let mut expected = Weights::expected_of(&later, records);
    for (comparison, chances) in later.iter().zip(&mut expected.chances) {
        count_strangers(records, comparison, chances);
    }
    let room = MOST - later.len().min(MOST);
    comparisons.truncate(room);
    weights.chances.truncate(room);
    comparisons.extend(later);
    weights.chances.append(&mut expected.chances);
    if weights.shares.person <= 0.0 {
        weights.shares.person = FIRST;
    }
}

/// Numbers given one after the other are often one digit apart: how often is counted on pairs taken at random.
fn count_strangers(records: &Records, comparison: &Comparison, chances: &mut Chances) {
    let units = records.units() as u32;
    if units < 2 {
        return;
    }
    let mut stream = Stream::new(0x1A7E);
    let mut counts = vec![0.0; chances.stranger.len()];
    for _ in 0..PAIRS {
        let (a, b) = (stream.below(units), stream.below(units));
        let level = comparison.compare(records, a as usize, b as usize).level;
        if let Some(count) = counts.get_mut(level as usize).filter(|_| a != b) {
            *count += 1.0;
        }
    }
    // One imagined pair at each level, among as many as it takes to meet one.
    let all: f64 = counts.iter().sum();
    let shares: Vec<f64> = counts
        .iter()
        .zip(&chances.stranger)
        .map(|(count, chance)| (count + 1.0) / (all + 1.0 / chance))
        .collect();
    let sum: f64 = shares.iter().sum();
    chances.stranger = shares.iter().map(|share| share / sum).collect();
}
