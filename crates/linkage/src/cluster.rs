//! Pairs become people.
//!
//! The best links come first. Two groups are joined only if, taken together, they look like one person: the pairs that
//! nobody linked count too, and two different birth dates or customer numbers do not come together through a weak link.

use crate::compare::{Comparison, Pattern};
use crate::estimate::Logs;
use crate::records::Records;

/// A pair that may be one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Link {
    pub(crate) a: u32,
    pub(crate) b: u32,
    /// log₂ of the odds.
    pub(crate) weight: f64,
}

/// Pairs across two groups that are looked at, at most.
const CROSS: usize = 48;

const ALPHA: f64 = 0.7;
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
    members: std::collections::HashMap<u32, Vec<u32>>,
    one_to_one: bool,
}

impl<'a> Groups<'a> {
    pub(crate) fn new(records: &'a Records, comparisons: &'a [Comparison], logs: &'a Logs, one_to_one: bool) -> Self {
        let parent = (0..records.units() as u32).collect();
        Self { records, comparisons, logs, parent, members: std::collections::HashMap::new(), one_to_one }
    }

    /// The root of a unit's group.
    pub(crate) fn root(&mut self, unit: u32) -> u32 {
        let mut at = unit;
        while self.parent[at as usize] != at {
            let above = self.parent[self.parent[at as usize] as usize];
            self.parent[at as usize] = above;
            at = above;
        }
        at
    }

    fn group(&self, root: u32) -> Vec<u32> {
        self.members.get(&root).cloned().unwrap_or_else(|| vec![root])
    }

    /// Joins the groups of a link, if they look like one person.
    pub(crate) fn join(&mut self, link: Link, least: f64) -> bool {
        let (one, other) = (self.root(link.a), self.root(link.b));
        if one == other {
            return false;
        }
        let (left, right) = (self.group(one), self.group(other));
        if (left.len() > 1 || right.len() > 1) && !self.fit(&left, &right, link, least) {
            return false;
        }
        let (root, child) = (one.min(other), one.max(other));
        self.parent[child as usize] = root;
        self.members.remove(&child);
        let mut all = left;
        all.extend(right);
        all.sort_unstable();
        self.members.insert(root, all);
        true
    }

    fn fit(&self, left: &[u32], right: &[u32], link: Link, least: f64) -> bool {
        if self.one_to_one {
            return false;
        }
        let step = (left.len() * right.len()).div_ceil(CROSS).max(1);
        let mut sum = 0.0;
        let mut looked = 0_u32;
        for at in (0..left.len() * right.len()).step_by(step) {
            let (a, b) = (left[at / right.len()], right[at % right.len()]);
            if (a, b) == (link.a, link.b) || (b, a) == (link.a, link.b) {
                continue;
            }
            sum += self.weight(a as usize, b as usize).clamp(-LOUD, LOUD);
            looked += 1;
        }
        let others = if looked == 0 { 0.0 } else { sum / f64::from(looked) };
        link.weight.min(LOUD) + ALPHA * others >= least
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
