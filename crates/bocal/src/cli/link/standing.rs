//! How it comes that two rows are together or apart.

use std::collections::{HashMap, VecDeque};

use linkage::Linkage;

use super::lists::Decided;
use super::pairs::said;

/// How two rows stand to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    /// One person, by their own likeness.
    Alike,
    /// One person, because a list says so.
    Always,
    /// One person, because of the rows between them.
    ByOthers(Vec<u32>),
    /// Two people, because a list says so.
    Never,
    /// Two people by what else is in their groups, though they are alike enough.
    Apart,
    /// Not alike enough.
    Unlike,
}

impl Standing {
    /// Whether they are in one group.
    pub(super) const fn is_together(&self) -> bool {
        matches!(self, Self::Alike | Self::Always | Self::ByOthers(_))
    }

    /// Name for programs.
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Alike | Self::Unlike => "evidence",
            Self::Always => "always",
            Self::ByOthers(_) => "other_rows",
            Self::Never => "never",
            Self::Apart => "groups",
        }
    }
}

/// What was found of all rows.
pub(super) struct Whole<'a> {
    pub(super) linkage: &'a Linkage,
    /// The person of each row.
    pub(super) people: &'a [u32],
    pub(super) decided: &'a Decided,
    pub(super) threshold: f64,
}

impl Whole<'_> {
    /// How two rows stand to each other, that are so likely one person.
    pub(super) fn standing(&self, rows: (u32, u32), probability: f64) -> Standing {
        let person = |row: u32| self.people.get(row as usize);
        let is_likely = probability >= self.threshold;
        match person(rows.0) == person(rows.1) {
            true if self.decided.joins(rows) => Standing::Always,
            true if is_likely => Standing::Alike,
            true => Standing::ByOthers(self.between(rows)),
            false if self.are_parted(rows) => Standing::Never,
            false if is_likely => Standing::Apart,
            false => Standing::Unlike,
        }
    }

    /// Whether a list parts two rows, or rows that say the same: these stand for each other.
    fn are_parted(&self, rows: (u32, u32)) -> bool {
        let units = self.linkage.unit_of_row();
        let these = said(units, rows);
        self.decided.parts(rows) || self.decided.never.iter().any(|&pair| said(units, pair) == these)
    }

    /// The rows by which one is linked to the other, the fewest.
    fn between(&self, (from, to): (u32, u32)) -> Vec<u32> {
        let person = |row: u32| self.people.get(row as usize);
        let mut beside: HashMap<u32, Vec<u32>> = HashMap::new();
        let merges = self.linkage.merges().iter().take_while(|merge| merge.probability >= self.threshold);
        for merge in merges.filter(|merge| person(merge.a) == person(from)) {
            beside.entry(merge.a).or_default().push(merge.b);
            beside.entry(merge.b).or_default().push(merge.a);
        }
        let mut came = HashMap::from([(from, from)]);
        let mut next = VecDeque::from([from]);
        while let Some(row) = next.pop_front() {
            for &other in beside.get(&row).into_iter().flatten() {
                came.entry(other).or_insert_with(|| {
                    next.push_back(other);
                    row
                });
            }
        }
        let mut way = Vec::new();
        let mut at = to;
        while let Some(&before) = came.get(&at).filter(|&&before| before != from && before != at) {
            way.push(before);
            at = before;
        }
        way.reverse();
        way
    }
}
