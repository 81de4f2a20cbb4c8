//! From keys to pairs.

use super::choose::Key;
use super::parts::{Part, Parts, Way};
use crate::records::Records;

/// More units than this under one key are told apart by further parts: fewer where there are many records.
const fn largest(units: usize) -> usize {
    let room = 20_000_000 / if units == 0 { 1 } else { units };
    if room < 60 {
        60
    } else if room > 400 {
        400
    } else {
        room
    }
}

/// How often a key is narrowed.
const DEPTH: usize = 2;

/// All keys of all units.
#[derive(Default)]
pub(crate) struct Blocking {
    /// The parts of each key.
    pub(crate) keys: Vec<Key>,
    /// In how many ways a unit may have each key.
    ways: Vec<usize>,
    /// All ways of all keys.
    stride: usize,
    /// Whether no key is had in several ways: asked for each pair.
    one_way: bool,
    /// Hashes of all keys of a unit, unit by unit, each in all its ways: they are looked at together.
    hashes: Vec<u32>,
    /// Pairs left out because too many units share a key, however it is narrowed.
    pub(crate) left_out: u64,
}

/// The unit of an entry of a run.
pub(crate) const fn unit(entry: u64) -> usize {
    (entry & 0xFFFF_FFFF) as usize
}

impl Blocking {
    /// Names of the parts of each key.
    pub(crate) fn named_keys(&self) -> impl Iterator<Item = Vec<String>> {
        self.keys.iter().map(|key| key.iter().map(|part| part.name()).collect())
    }

    /// Whether every pair shares a key.
    pub(crate) fn is_every_pair(&self) -> bool {
        self.keys.iter().any(Vec::is_empty)
    }

    /// Whether this hash of this key, which two units share, is the first they share: of earlier keys none, and of this
    /// key the first unit's first.
    pub(crate) fn is_first(&self, a: usize, b: usize, key: usize, hash: u32) -> bool {
        if self.one_way {
            let mut earlier = self.of(a).iter().zip(self.of(b)).take(key);
            return !earlier.any(|(one, other)| *one != 0 && one == other);
        }
        let first = self.each(a, b).enumerate().find_map(|(key, shared)| Some((key, shared?)));
        first == Some((key, hash))
    }

    /// How many keys two units share.
    pub(crate) fn shared(&self, a: usize, b: usize) -> usize {
        self.each(a, b).flatten().count()
    }

    /// The first hash of each key that two units share.
    fn each(&self, a: usize, b: usize) -> impl Iterator<Item = Option<u32>> {
        let (mut left, mut right) = (self.of(a), self.of(b));
        self.ways.iter().map(move |&ways| {
            let (one, other) = (&left[..ways], &right[..ways]);
            (left, right) = (&left[ways..], &right[ways..]);
            one.iter().copied().find(|hash| *hash != 0 && other.contains(hash))
        })
    }

    fn of(&self, unit: usize) -> &[u32] {
        &self.hashes[unit * self.stride..(unit + 1) * self.stride]
    }
}

/// The hashes of a key, one for each way a unit has it, in the upper half, and the unit in the lower; in order.
pub(crate) fn entries(ways: &[Way<'_>], units: impl Iterator<Item = usize> + Clone) -> Vec<u64> {
    let mut entries: Vec<u64> = Vec::new();
    for way in ways {
        let of = |unit: usize| u64::from(Parts::key(way, unit)) << 32 | unit as u64;
        entries.reserve(units.size_hint().0);
        entries.extend(units.clone().map(of).filter(|entry| entry >> 32 != 0));
    }
    entries.sort_unstable();
    // Who wrote one number twice has it once.
    entries.dedup();
    entries
}

/// Works out the keys of all units, and the units sorted by each.
pub(super) fn blocked(records: &Records, parts: &Parts, keys: Vec<Key>) -> (Blocking, Vec<Vec<u64>>) {
    let mut blocking = Blocking::default();
    let (mut sorted, mut columns) = (Vec::new(), Vec::new());
    let largest = largest(records.units());
    let mut waiting: Vec<(Key, usize, Option<Vec<u32>>)> =
        keys.into_iter().rev().map(|key| (key, 0, None)).collect();
    while let Some((key, depth, only)) = waiting.pop() {
        let ways = parts.ways(&key);
        let entries = match &only {
            None => entries(&ways, 0..records.units()),
            Some(units) => entries(&ways, units.iter().map(|&unit| unit as usize)),
        };
        let mut of_ways = vec![vec![0_u32; records.units()]; ways.len()];
        let (mut kept, mut crowd) = (Vec::with_capacity(entries.len()), Vec::new());
        for run in entries.chunk_by(|a, b| a >> 32 == b >> 32) {
            match run.len() {
                1 => {}
                size if size <= largest || key.is_empty() => {
                    run.iter().for_each(|&entry| note(&mut of_ways, entry));
                    kept.extend_from_slice(run);
                }
                _ => crowd.push(run),
            }
        }
        let narrower = if key.is_empty() { Vec::new() } else { narrower(parts, &key, depth) };
        if narrower.is_empty() {
            blocking.left_out +=
                crowd.iter().map(|run| run.len() as u64 * (run.len() as u64 - 1) / 2).sum::<u64>();
        } else if !crowd.is_empty() {
            let mut units: Vec<u32> =
                crowd.iter().flat_map(|run| run.iter().map(|&entry| unit(entry) as u32)).collect();
            units.sort_unstable();
            units.dedup();
            for part in narrower.into_iter().rev() {
                let mut key = key.clone();
                key.push(part);
                waiting.push((key, depth + 1, Some(units.clone())));
            }
        }
        blocking.keys.push(key);
        blocking.ways.push(of_ways.len());
        columns.extend(of_ways);
        sorted.push(kept);
    }
    blocking.stride = columns.len();
    blocking.one_way = blocking.ways.iter().all(|&ways| ways == 1);
    blocking.hashes = by_unit(columns, records.units());
    (blocking, sorted)
}

/// Writes a unit's hash where no other of the key is written yet: it has as many at most as there are ways.
fn note(ways: &mut [Vec<u32>], entry: u64) {
    if let Some(way) = ways.iter_mut().find(|way| way[unit(entry)] == 0) {
        way[unit(entry)] = (entry >> 32) as u32;
    }
}

/// Columns turned into rows.
fn by_unit(columns: Vec<Vec<u32>>, units: usize) -> Vec<u32> {
    let keys = columns.len();
    let mut hashes = vec![0; keys * units];
    for (key, column) in columns.into_iter().enumerate() {
        for (row, hash) in hashes.chunks_exact_mut(keys).zip(column) {
            row[key] = hash;
        }
    }
    hashes
}

/// What may narrow a key that too many share; each further part comes later in the order, so that no two keys are one.
fn narrower(parts: &Parts, key: &Key, depth: usize) -> Vec<Part> {
    const ORDER: [Part; 9] = [
        Part::Names,
        Part::Birth,
        Part::Email,
        Part::Phone,
        Part::Postal,
        Part::Given,
        Part::BirthYear,
        Part::Family,
        Part::City,
    ];
    if depth >= DEPTH {
        return Vec::new();
    }
    let new = |part: &Part| !key.iter().any(|other| other.matter() == part.matter()) && parts.has(*part);
    ORDER.into_iter().filter(new).take(3 - depth).collect()
}
