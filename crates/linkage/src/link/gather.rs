//! Links become people.

use std::collections::HashMap;

use super::{Options, People, probability};
use crate::cluster::{self, Groups, Link};
use crate::compare::Comparator;
use crate::evaluate::Merge;
use crate::score::Scorer;

/// The links that are taken, the likeliest first.
pub(super) fn merges(
    comparator: &Comparator,
    scorer: &Scorer,
    links: &[Link],
    options: &Options,
    one_to_one: bool,
) -> Vec<Merge> {
    let records = &comparator.records;
    let units = records.unit_of_row();
    let of = |pairs: &[(u32, u32)]| -> Vec<(u32, u32)> {
        let unit = |row: u32| units.get(row as usize).copied();
        pairs.iter().filter_map(|&(a, b)| unit(a).zip(unit(b))).collect()
    };
    let weigh = cluster::weigh(comparator, scorer);
    let mut groups = Groups::new(records.units() as u32, weigh).with_two_at_most(one_to_one);
    groups.forbid(&of(&options.never));
    let mut merges: Vec<Merge> =
        options.always.iter().map(|&(a, b)| Merge { probability: 1.0, a, b }).collect();
    merges.retain(|merge| (merge.a.max(merge.b) as usize) < units.len());
    for (a, b) in of(&options.always) {
        groups.force(a, b);
    }
    // The likeliest link of each unit that was taken.
    let mut best = vec![0.0_f64; records.units()];
    for link in links {
        if groups.join(*link) {
            let probability = probability(link.weight);
            for unit in [link.a, link.b] {
                best[unit as usize] = best[unit as usize].max(probability);
            }
            let (left, right) = (records.rows_of(link.a as usize), records.rows_of(link.b as usize));
            // Where each has one counterpart, the rows of both units go two by two.
            let two_by_two = if one_to_one { left.len().min(right.len()) } else { 1 };
            let both = left.iter().zip(right).take(two_by_two);
            merges.extend(both.map(|(&a, &b)| Merge { probability, a, b }));
        }
    }
    let alike = |unit: usize| match (records.linking, one_to_one) {
        (false, _) => Alike::Evidence,
        (true, false) => Alike::Linked(best[unit]),
        (true, true) => Alike::Not,
    };
    if !(one_to_one && options.one_to_one == Some(true)) {
        let apart = apart(&units, &options.never);
        copies(comparator, scorer, &apart, alike, &mut merges);
    }
    merges.sort_by(|x, y| y.probability.total_cmp(&x.probability));
    merges
}

/// How likely rows of one unit are one person that are no copies to the letter.
enum Alike {
    /// As likely as their evidence is strong.
    Evidence,
    /// As likely as the unit is somebody of the other file.
    Linked(f64),
    /// Not at all.
    Not,
}

/// Pairs of rows that are two people though they say the same, by their unit.
fn apart(units: &[u32], never: &[(u32, u32)]) -> HashMap<u32, Vec<(u32, u32)>> {
    let mut apart: HashMap<u32, Vec<(u32, u32)>> = HashMap::new();
    for &(a, b) in never.iter().filter(|(a, b)| a != b) {
        let (one, other) = (units.get(a as usize), units.get(b as usize));
        if let Some(unit) = one.filter(|unit| other == Some(unit)) {
            apart.entry(*unit).or_default().push((a, b));
        }
    }
    apart
}

/// Rows that say the same: copies to the letter are one person.
fn copies(
    comparator: &Comparator,
    scorer: &Scorer,
    apart: &HashMap<u32, Vec<(u32, u32)>>,
    alike: impl Fn(usize) -> Alike,
    merges: &mut Vec<Merge>,
) {
    let Comparator { records, comparisons } = comparator;
    for unit in (0..records.units()).filter(|&unit| records.weight(unit) > 1) {
        let (rows, raw) = (records.rows_of(unit), records.raw_of(unit));
        let pattern = comparator.pattern(unit, unit);
        let alike = match alike(unit) {
            Alike::Evidence => probability(scorer.score(&pattern).weight),
            Alike::Linked(probability) => probability,
            Alike::Not => 0.0,
        };
        if pattern.is_silent(comparisons.len()) {
            continue;
        }
        let known = comparisons.iter().enumerate().filter(|(at, _)| pattern.level(*at) == 0);
        let telling = known.clone().any(|(_, comparison)| comparison.is_of_one_person());
        let enough = telling || known.count() >= 2 || records.linking;
        let mut join = |at: usize, other: usize| {
            let probability = if enough && raw[at] == raw[other] { 1.0 } else { alike };
            if probability > 0.0 {
                merges.push(Merge { probability, a: rows[at], b: rows[other] });
            }
        };
        match apart.get(&(unit as u32)) {
            None => (1..rows.len()).for_each(|at| join(at - 1, at)),
            Some(pairs) => {
                for group in parted(rows, pairs) {
                    group.windows(2).for_each(|two| join(two[0], two[1]));
                }
            }
        }
    }
}

/// Positions of rows in as few groups as it takes to keep these pairs apart.
fn parted(rows: &[u32], pairs: &[(u32, u32)]) -> Vec<Vec<usize>> {
    let mut others: HashMap<u32, Vec<u32>> = HashMap::new();
    for &(a, b) in pairs {
        others.entry(a).or_default().push(b);
        others.entry(b).or_default().push(a);
    }
    let mut group_of: HashMap<u32, usize> = HashMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let met = others.get(row).into_iter().flatten();
        let mut taken: Vec<usize> = met.filter_map(|other| group_of.get(other).copied()).collect();
        taken.sort_unstable();
        taken.dedup();
        let free = taken.iter().enumerate().position(|(at, group)| at != *group).unwrap_or(taken.len());
        match groups.get_mut(free) {
            Some(group) => group.push(at),
            None => groups.push(vec![at]),
        }
        group_of.insert(*row, free);
    }
    groups
}

/// Numbers people by their first row.
pub(super) fn people(rows: usize, merges: &[Merge], threshold: f64) -> People {
    let mut parent: Vec<u32> = (0..rows as u32).collect();
    for merge in merges.iter().take_while(|merge| merge.probability >= threshold) {
        let (a, b) = (root(&mut parent, merge.a), root(&mut parent, merge.b));
        parent[a.max(b) as usize] = a.min(b);
    }
    let mut numbers = vec![u32::MAX; rows];
    let mut count = 0;
    let of_row = (0..rows as u32)
        .map(|row| {
            let root = root(&mut parent, row) as usize;
            if numbers[root] == u32::MAX {
                numbers[root] = count;
                count += 1;
            }
            numbers[root]
        })
        .collect();
    People { of_row, count: count as usize }
}

fn root(parent: &mut [u32], row: u32) -> u32 {
    let mut at = row;
    while parent[at as usize] != at {
        let above = parent[parent[at as usize] as usize];
        parent[at as usize] = above;
        at = above;
    }
    at
}
