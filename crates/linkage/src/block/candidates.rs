//! Pairs worth comparing.

use super::pairs::{Blocking, blocked, unit};
use super::parts::Parts;
use super::{Key, choose};
use crate::records::Records;

/// So few units that every pair is compared.
const SMALL: usize = 2_000;

/// Pairs of units made for each unit, at most, in large files.
const PAIRS_EACH: f64 = 5.0;

/// Pairs that may be made however few the units.
const PAIRS: f64 = 2_000_000.0;

/// Pairs of units worth comparing: those that share at least one key.
///
/// ```
/// use linkage::block::Candidates;
/// use linkage::columns::Kind;
/// use linkage::{Column, Intake};
///
/// let columns = [Column::new("name", Kind::WholeName)];
/// let mut intake = Intake::new(&[&columns]);
/// let names = ["Jean Kerjean", "Marie Abgrall", "Sophie Martin"];
/// intake.push(0, names.len(), &|row, _| names[row]);
/// let candidates = Candidates::of(&intake.finish());
/// // So few records are all compared with each other: the only key has no part.
/// assert_eq!(candidates.keys().collect::<Vec<_>>(), [Vec::<String>::new()]);
/// assert_eq!(candidates.pairs().count(), 3);
/// ```
pub struct Candidates {
    pub(crate) blocking: Blocking,
    /// The units of each key, in order of its hash.
    pub(crate) sorted: Vec<Vec<u64>>,
    units: usize,
}

impl Candidates {
    /// Chooses keys that suit the records and sorts the units by each. Up to 2 000 units, all pairs are candidates; from
    /// there on about five for each unit at most, or two million.
    #[must_use]
    pub fn of(records: &Records) -> Self {
        let units = records.units();
        let parts = Parts::of(records);
        let budget = (PAIRS_EACH * units as f64).max(PAIRS);
        let keys = if units <= SMALL { vec![Key::new()] } else { choose(&parts, units, budget) };
        let (blocking, sorted) = blocked(records, &parts, keys);
        Self { blocking, sorted, units }
    }

    /// Names of the parts of each key, in the order in which they are used. A key without a part is shared by all.
    pub fn keys(&self) -> impl Iterator<Item = Vec<String>> {
        self.blocking.named_keys()
    }

    /// Pairs left out because too many units share a key, however it is narrowed.
    #[must_use]
    pub const fn left_out(&self) -> u64 {
        self.blocking.left_out
    }

    /// The pairs, each once, by the first key its units share. When two files are linked, those within a file are among
    /// them: they tell whether the files hold duplicates themselves.
    pub fn pairs(&self) -> impl Iterator<Item = (u32, u32)> {
        self.sorted.iter().enumerate().flat_map(move |(key, entries)| {
            entries.chunk_by(|a, b| a >> 32 == b >> 32).flat_map(move |run| {
                let hash = run.first().map_or(0, |entry| (entry >> 32) as u32);
                let pairs = run.iter().enumerate().flat_map(move |(at, &one)| {
                    run[at + 1..].iter().map(move |&other| (unit(one), unit(other)))
                });
                pairs
                    .filter(move |&(a, b)| self.blocking.is_first(a, b, key, hash))
                    .map(|(a, b)| (a as u32, b as u32))
            })
        })
    }

    /// How many units there are.
    pub(crate) const fn units(&self) -> usize {
        self.units
    }
}

impl std::fmt::Debug for Candidates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let keys: Vec<_> = self.keys().collect();
        f.debug_struct("Candidates").field("units", &self.units).field("keys", &keys).finish_non_exhaustive()
    }
}
