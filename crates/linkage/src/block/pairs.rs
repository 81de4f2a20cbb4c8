//! From keys to pairs.

use super::choose::Key;
use super::parts::{Part, Parts};
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
pub(crate) struct Blocking {
    /// The parts of each key.
    pub(crate) keys: Vec<Key>,
    /// Hashes of all keys of a unit, unit by unit: they are looked at together.
    hashes: Vec<u32>,
    /// Pairs left out because too many units share a key, however it is narrowed.
    pub(crate) left_out: u64,
}

/// The unit of an entry of a run.
pub(crate) const fn unit(entry: u64) -> usize {
    (entry & 0xFFFF_FFFF) as usize
}

impl Blocking {
    /// The position of the first key that two units share.
    pub(crate) fn first_shared(&self, a: usize, b: usize) -> Option<usize> {
        self.both(a, b).position(|(one, other)| one != 0 && one == other)
    }

    /// How many keys two units share.
    pub(crate) fn shared(&self, a: usize, b: usize) -> usize {
        self.both(a, b).filter(|&(one, other)| one != 0 && one == other).count()
    }

    fn both(&self, a: usize, b: usize) -> impl Iterator<Item = (u32, u32)> {
        let keys = self.keys.len();
        let of = |unit: usize| &self.hashes[unit * keys..(unit + 1) * keys];
        of(a).iter().copied().zip(of(b).iter().copied())
    }
}

/// Works out the keys of all units, and the units sorted by each key.
pub(crate) fn blocked(records: &Records, parts: &Parts, keys: Vec<Key>) -> (Blocking, Vec<Vec<u64>>) {
    let mut blocking = Blocking { keys: Vec::new(), hashes: Vec::new(), left_out: 0 };
    let (mut sorted, mut columns) = (Vec::new(), Vec::new());
    let largest = largest(records.units());
    let mut waiting: Vec<(Key, usize, Option<Vec<u32>>)> =
        keys.into_iter().rev().map(|key| (key, 0, None)).collect();
    while let Some((key, depth, only)) = waiting.pop() {
        let of: Vec<&[u32]> = key.iter().map(|&part| parts.get(part)).collect();
        let hash = |unit: usize| Parts::key(&of, unit);
        let mut entries: Vec<u64> = match &only {
            None => (0..records.units()).map(|unit| u64::from(hash(unit)) << 32 | unit as u64).collect(),
            Some(units) => {
                units.iter().map(|&unit| u64::from(hash(unit as usize)) << 32 | u64::from(unit)).collect()
            }
        };
        entries.retain(|entry| entry >> 32 != 0);
        entries.sort_unstable();
        let mut column = vec![0_u32; records.units()];
        let (mut kept, mut crowd) = (Vec::with_capacity(entries.len()), Vec::new());
        for run in entries.chunk_by(|a, b| a >> 32 == b >> 32) {
            match run.len() {
                1 => {}
                size if size <= largest || key.is_empty() => {
                    for &entry in run {
                        column[unit(entry)] = (entry >> 32) as u32;
                    }
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
            for part in narrower.into_iter().rev() {
                let mut key = key.clone();
                key.push(part);
                waiting.push((key, depth + 1, Some(units.clone())));
            }
        }
        blocking.keys.push(key);
        columns.push(column);
        sorted.push(kept);
    }
    blocking.hashes = by_unit(columns, records.units());
    (blocking, sorted)
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
    let new = |part: &Part| {
        !key.iter().any(|other| other.matter() == part.matter()) && !parts.get(*part).is_empty()
    };
    ORDER.into_iter().filter(new).take(3 - depth).collect()
}
