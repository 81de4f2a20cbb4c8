//! Pairs become people.
//!
//! The best links come first. Two groups are joined only if, taken together, they look like one person: the pairs that
//! nobody linked count too, and two different birth dates or customer numbers do not come together through a weak link.
//!
//! Records are numbers here, and what two of them weigh is a function: any scored pairs can be gathered, wherever they come
//! from.
//!
//! ```
//! use linkage::cluster::{Groups, Link};
//!
//! // Three records: 0 and 1 are alike, 1 and 2 a little, 0 and 2 contradict each other.
//! let weigh = |a: usize, b: usize| match (a.min(b), a.max(b)) {
//!     (0, 1) => 9.0,
//!     (1, 2) => 1.0,
//!     _ => -6.0,
//! };
//! let mut groups = Groups::new(3, weigh);
//! assert!(groups.join(Link { a: 0, b: 1, weight: 9.0 }));
//! assert!(!groups.join(Link { a: 1, b: 2, weight: 1.0 }), "not through a weak link");
//! assert_eq!(groups.of(), [0, 0, 2]);
//! ```

use std::collections::HashMap;

use crate::compare::Comparator;
use crate::mix::Stream;
use crate::score::Scorer;

/// Two records that may be one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// One of the two.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// log₂ of the odds that they are.
    pub weight: f64,
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

/// Who is together. Links are to be given the likeliest first.
#[derive(Debug, Clone)]
pub struct Groups<W> {
    weigh: W,
    parent: Vec<u32>,
    /// Members of each group of two or more, at its root.
    members: HashMap<u32, Vec<u32>>,
    two_at_most: bool,
    /// Records that are not to be together.
    never: HashMap<u32, Vec<u32>>,
}

impl<W: Fn(usize, usize) -> f64> Groups<W> {
    /// So many records, each alone; `weigh` gives log₂ of the odds that two of them are one person.
    #[must_use]
    pub fn new(records: u32, weigh: W) -> Self {
        let parent = (0..records).collect();
        Self { weigh, parent, members: HashMap::new(), two_at_most: false, never: HashMap::new() }
    }

    /// The same with two records in a group at most.
    #[must_use]
    pub const fn with_two_at_most(mut self, two_at_most: bool) -> Self {
        self.two_at_most = two_at_most;
        self
    }

    /// The group of each record, by the lowest number in it.
    #[must_use]
    pub fn of(&mut self) -> Vec<u32> {
        (0..self.parent.len() as u32).map(|record| self.root(record)).collect()
    }

    /// Whether there are both records of a pair.
    fn has(&self, a: u32, b: u32) -> bool {
        (a.max(b) as usize) < self.parent.len()
    }

    /// The root of a record's group.
    fn root(&mut self, record: u32) -> u32 {
        let mut at = record;
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

    /// Keeps pairs of records apart, unless they are joined by [`Groups::force`].
    pub fn forbid(&mut self, pairs: &[(u32, u32)]) {
        for &(a, b) in pairs {
            self.never.entry(a).or_default().push(b);
            self.never.entry(b).or_default().push(a);
        }
    }

    /// Joins the groups of two records without a question. A record there is not is passed over.
    pub fn force(&mut self, a: u32, b: u32) {
        if !self.has(a, b) {
            return;
        }
        let (one, other) = (self.root(a), self.root(b));
        if one != other {
            self.unite(one, other);
        }
    }

    /// Joins the groups of a link if, taken together, they look like one person; whether it did. Two records that are both
    /// alone are joined whatever the link weighs: give only links that are likely enough. A weight that is no number joins
    /// nothing.
    pub fn join(&mut self, link: Link) -> bool {
        if !self.has(link.a, link.b) || link.weight.is_nan() {
            return false;
        }
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
        let others = |record: &u32| {
            self.never.get(record).is_some_and(|others| others.iter().any(|record| right.contains(record)))
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
        if self.two_at_most {
            return false;
        }
        let mut sum = 0.0;
        let mut looked = 0_u32;
        for (at, other) in sample(left.len(), right.len()) {
            let (a, b) = (left[at], right[other]);
            if (a, b) == (link.a, link.b) || (b, a) == (link.a, link.b) {
                continue;
            }
            sum += (self.weigh)(a as usize, b as usize).clamp(-LOUD, LOUD);
            looked += 1;
        }
        let others = if looked == 0 { 0.0 } else { sum / f64::from(looked) };
        link.weight.min(LOUD) + OTHERS * others >= 0.0
    }
}

/// What two units weigh where groups come together: contradictions count more than in a pair by itself. A unit there is not is
/// nobody.
pub fn weigh(comparator: &Comparator, scorer: &Scorer) -> impl Fn(usize, usize) -> f64 {
    move |a, b| {
        let Some(pattern) = comparator.compare(a, b) else { return f64::NEG_INFINITY };
        let contradictions = comparator
            .comparisons
            .iter()
            .enumerate()
            .filter(|(at, comparison)| comparison.contradicts(pattern.level(*at)))
            .count();
        scorer.score(&pattern).weight - CONTRADICTION * contradictions as f64
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
