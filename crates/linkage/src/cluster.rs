//! Pairs become people.
//!
//! The best links come first. Two groups are joined only if, taken together, they look like one person: the pairs that
//! nobody linked count too, and two different birth dates or customer numbers do not come together through a weak link.

use std::collections::HashMap;

use crate::compare::{Comparison, Pattern};
use crate::mix::Stream;
use crate::records::Records;
use crate::score::Logs;

/// A pair that may be one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Link {
    pub(crate) a: u32,
    pub(crate) b: u32,
    /// log₂ of the odds.
    pub(crate) weight: f64,
}

/// Larger groups are not kept in order: only lists of pairs that are always together make them.
const SORTED: usize = 512;

/// Pairs across two groups that are looked at, at most.
const CROSS: usize = 48;

/// What the pairs that nobody linked weigh beside the link.
const OTHERS: f64 = 0.7;

/// One pair cannot speak louder than this, in bits.
const LOUD: f64 = 16.0;

/// What a contradiction takes off, in bits.
const CONTRADICTION: f64 = 4.0;

/// Who is together.
pub(crate) struct Groups<'a> {
    records: &'a Records,
    comparisons: &'a [Comparison],
    logs: &'a Logs,
    parent: Vec<u32>,
    /// Members of each group of two or more, at its root.
    members: HashMap<u32, Vec<u32>>,
    one_to_one: bool,
    /// Units that are not to be together.
    never: HashMap<u32, Vec<u32>>,
}

impl<'a> Groups<'a> {
    pub(crate) fn new(
        records: &'a Records,
        comparisons: &'a [Comparison],
        logs: &'a Logs,
        one_to_one: bool,
    ) -> Self {
        let parent = (0..records.units() as u32).collect();
        Self {
            records,
            comparisons,
            logs,
            parent,
            members: HashMap::new(),
            one_to_one,
            never: HashMap::new(),
        }
    }

    /// The root of a unit's group.
    fn root(&mut self, unit: u32) -> u32 {
        let mut at = unit;
        while self.parent[at as usize] != at {
            let above = self.parent[self.parent[at as usize] as usize];
            self.parent[at as usize] = above;
            at = above;
        }
        at
    }

    /// The members of the group at a root, which is its own parent.
    fn group(&self, root: u32) -> &[u32] {
        let alone = std::slice::from_ref(&self.parent[root as usize]);
        self.members.get(&root).map_or(alone, Vec::as_slice)
    }

    /// Keeps pairs of units apart.
    pub(crate) fn forbid(&mut self, pairs: &[(u32, u32)]) {
        for &(a, b) in pairs {
            self.never.entry(a).or_default().push(b);
            self.never.entry(b).or_default().push(a);
        }
    }

    /// Joins the groups of two units without a question.
    pub(crate) fn force(&mut self, a: u32, b: u32) {
        let (one, other) = (self.root(a), self.root(b));
        if one != other {
            self.unite(one, other);
        }
    }

    /// Joins the groups of a link, if they look like one person.
    pub(crate) fn join(&mut self, link: Link) -> bool {
        let (one, other) = (self.root(link.a), self.root(link.b));
        if one == other {
            return false;
        }
        let (left, right) = (self.group(one), self.group(other));
        let several = left.len() > 1 || right.len() > 1;
        if self.forbidden(left, right) || (several && !self.fit(left, right, link)) {
            return false;
        }
        self.unite(one, other);
        true
    }

    fn forbidden(&self, left: &[u32], right: &[u32]) -> bool {
        let others = |unit: &u32| {
            self.never.get(unit).is_some_and(|others| others.iter().any(|unit| right.contains(unit)))
        };
        !self.never.is_empty() && left.iter().any(others)
    }

    fn unite(&mut self, one: u32, other: u32) {
        let (root, child) = (one.min(other), one.max(other));
        let mut take = |root: u32| self.members.remove(&root).unwrap_or_else(|| vec![root]);
        let (mut more, mut fewer) = (take(root), take(child));
        if more.len() < fewer.len() {
            std::mem::swap(&mut more, &mut fewer);
        }
        // The few go to the many, so that no group costs the square of its size.
        more.extend(fewer);
        // In the order of what they say, so that a sample of the pairs of two groups is like one taken at random.
        if more.len() <= SORTED {
            more.sort_unstable();
        }
        self.parent[child as usize] = root;
        self.members.insert(root, more);
    }

    fn fit(&self, left: &[u32], right: &[u32], link: Link) -> bool {
        if self.one_to_one {
            return false;
        }
        let mut sum = 0.0;
        let mut looked = 0_u32;
        for (at, other) in sample(left.len(), right.len()) {
            let (a, b) = (left[at], right[other]);
            if (a, b) == (link.a, link.b) || (b, a) == (link.a, link.b) {
                continue;
            }
            sum += self.weight(a as usize, b as usize).clamp(-LOUD, LOUD);
            looked += 1;
        }
        let others = if looked == 0 { 0.0 } else { sum / f64::from(looked) };
        link.weight.min(LOUD) + OTHERS * others >= 0.0
    }

    fn weight(&self, a: usize, b: usize) -> f64 {
        let pattern = Pattern::of(self.comparisons, self.records, a, b);
        let contradictions = self
            .comparisons
            .iter()
            .enumerate()
            .filter(|(at, comparison)| comparison.contradicts(pattern.level(*at)))
            .count();
        self.logs.score(&pattern).weight - CONTRADICTION * contradictions as f64
    }
}

/// Positions of pairs of two groups of these sizes: all of them, or as many as are looked at, one drawn from each of as
/// many stretches of equal length. A fixed step would meet the same few of one group again and again wherever it divides
/// the other's size.
fn sample(left: usize, right: usize) -> impl Iterator<Item = (usize, usize)> {
    let all = left as u64 * right as u64;
    let looks = all.min(CROSS as u64);
    let mut stream = Stream::new(all);
    let start = move |look: u64| look * (all / looks) + look.min(all % looks);
    (0..looks).map(move |look| {
        let (from, until) = (start(look), start(look + 1));
        let at = from + u64::from(stream.below(u32::try_from(until - from).unwrap_or(u32::MAX)));
        ((at / right as u64) as usize, (at % right as u64) as usize)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{CROSS, sample};

    #[test]
    fn small_groups_are_looked_at_whole_and_large_ones_all_over() {
        for (left, right) in [(1, 1), (1, 48), (3, 16), (6, 8)] {
            let looked: BTreeSet<(usize, usize)> = sample(left, right).collect();
            assert_eq!(looked.len(), left * right, "{left} {right}");
        }
        for (left, right) in [(48, 48), (96, 48), (48, 24), (24, 48), (512, 512), (7, 7), (1, 900)] {
            let looked: BTreeSet<(usize, usize)> = sample(left, right).collect();
            assert_eq!(looked.len(), CROSS, "{left} {right}");
            let lefts: BTreeSet<usize> = looked.iter().map(|(at, _)| *at).collect();
            let rights: BTreeSet<usize> = looked.iter().map(|(_, at)| *at).collect();
            assert!(lefts.len() * 2 >= left.min(CROSS), "{left} {right}: {}", lefts.len());
            assert!(rights.len() * 2 >= right.min(CROSS), "{left} {right}: {}", rights.len());
            assert!(looked.iter().all(|(one, other)| *one < left && *other < right));
        }
    }
}
