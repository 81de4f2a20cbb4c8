//! Links become people.

use super::{Options, People, probability};
use crate::cluster::{Groups, Link};
use crate::compare::{Comparison, Pattern};
use crate::estimate::Logs;
use crate::evaluate::Merge;
use crate::records::Records;

/// The links that are taken, the likeliest first.
pub(super) fn merges(
    records: &Records,
    comparisons: &[Comparison],
    logs: &Logs,
    links: &[Link],
    options: &Options,
    one_to_one: bool,
) -> Vec<Merge> {
    let units = unit_of_row(records);
    let of = |pairs: &[(u32, u32)]| -> Vec<(u32, u32)> {
        let unit = |row: u32| units.get(row as usize).copied();
        pairs.iter().filter_map(|&(a, b)| unit(a).zip(unit(b))).collect()
    };
    let mut groups = Groups::new(records, comparisons, logs, one_to_one);
    groups.forbid(&of(&options.never));
    let first = |unit: u32| records.rows_of(unit as usize).0.first().copied().unwrap_or(0);
    let mut merges: Vec<Merge> =
        options.always.iter().map(|&(a, b)| Merge { probability: 1.0, a, b }).collect();
    merges.retain(|merge| (merge.a.max(merge.b) as usize) < units.len());
    for (a, b) in of(&options.always) {
        groups.force(a, b);
    }
    for link in links {
        if groups.join(*link) {
            merges.push(Merge { probability: probability(link.weight), a: first(link.a), b: first(link.b) });
        }
    }
    copies(records, comparisons, logs, &options.never, &mut merges);
    merges.sort_by(|x, y| y.probability.total_cmp(&x.probability));
    merges
}

/// Rows that say the same: copies to the letter are one person; the others are as likely as their evidence is strong.
fn copies(
    records: &Records,
    comparisons: &[Comparison],
    logs: &Logs,
    never: &[(u32, u32)],
    merges: &mut Vec<Merge>,
) {
    if records.linking {
        return linked_copies(records, merges);
    }
    for unit in (0..records.units()).filter(|&unit| records.weight(unit) > 1) {
        let (rows, raw) = records.rows_of(unit);
        let pattern = Pattern::of(comparisons, records, unit, unit);
        let alike = probability(logs.score(&pattern).weight);
        let known = (0..comparisons.len()).filter(|&at| pattern.level(at) == 0).count();
        for at in 1..rows.len() {
            let (a, b) = (rows[at - 1], rows[at]);
            if never.contains(&(a, b)) || never.contains(&(b, a)) {
                continue;
            }
            let copied = raw[at] == raw[at - 1] && known >= 2;
            merges.push(Merge { probability: if copied { 1.0 } else { alike }, a, b });
        }
    }
}

/// Within each of two files only copies to the letter are put together.
fn linked_copies(records: &Records, merges: &mut Vec<Merge>) {
    for unit in 0..records.units() {
        let (rows, raw) = records.rows_of(unit);
        for at in 1..rows.len() {
            if raw[at] == raw[at - 1] {
                merges.push(Merge { probability: 1.0, a: rows[at - 1], b: rows[at] });
            }
        }
    }
}

/// The unit of each row.
pub(crate) fn unit_of_row(records: &Records) -> Vec<u32> {
    let mut units = vec![0; records.rows()];
    for unit in 0..records.units() {
        for &row in records.rows_of(unit).0 {
            units[row as usize] = unit as u32;
        }
    }
    units
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
