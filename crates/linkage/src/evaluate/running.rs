//! Measures kept up to date while groups are merged.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::by_size::BySize;
use super::groups::{Evaluation, counted, pairs};
use super::measure::{B3, Pairwise};
use crate::Error;

/// The file a record is of, where two are linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The first file.
    Left,
    /// The second file.
    Right,
}

/// Stands for a person who is not known. No number of a person: there are fewer of them than records.
const UNKNOWN: u32 = u32::MAX;

/// The persons numbered from 0, in the order of their labels.
fn numbered(truth: &[Option<u32>]) -> Vec<u32> {
    let known = truth.iter().zip(0_u32..).filter_map(|(label, record)| Some(key((*label)?, record)));
    let mut known: Vec<u64> = known.collect();
    known.sort_unstable();
    let mut numbers = vec![UNKNOWN; truth.len()];
    let persons = known.chunk_by(|a, b| a >> u32::BITS == b >> u32::BITS);
    for (person, number) in persons.zip(0..) {
        for record in person {
            numbers[*record as u32 as usize] = number;
        }
    }
    numbers
}

/// Two numbers as one.
fn key(high: u32, low: u32) -> u64 {
    u64::from(high) << u32::BITS | u64::from(low)
}

/// Spreads keys that are made of numbers given here, which nobody can choose so that they collide: one multiplication,
/// both halves of the product.
#[derive(Debug, Clone, Copy, Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(self.0 ^ u64::from(*byte)));
    }

    fn write_u64(&mut self, key: u64) {
        // 2^64 divided by the golden ratio, odd.
        let product = u128::from(key) * 0x9E37_79B9_7F4A_7C15;
        self.0 = product as u64 ^ (product >> u64::BITS) as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A grouping that begins with every record alone and is merged step by step, always with its measures at hand.
///
/// All merges of n records together take time near n log n: of two groups the smaller is walked through.
#[derive(Debug, Clone)]
pub struct Running {
    /// The person of each record by number, [`UNKNOWN`] for records that are left out.
    truth: Vec<u32>,
    /// Records of the second file; empty when pairs within a file count.
    is_right: Vec<bool>,
    parent: Vec<u32>,
    /// The next record of the same group, in a ring.
    next: Vec<u32>,
    /// Of each group, at its root: records, those known, those known of the second file.
    size: Vec<[u32; 3]>,
    /// Sum of squares of a group's parts, at its root.
    squares: Vec<u64>,
    /// Known records of a person in a group of at least two, by file.
    parts: HashMap<u64, [u32; 2], BuildHasherDefault<Mix>>,
    /// Known records of each person.
    persons: Vec<u64>,
    known: u64,
    all: u64,
    right: u64,
    found: u64,
    both: u64,
    precision: BySize,
    recall: BySize,
}

impl Running {
    /// Every record alone. Pairs of any two records count.
    ///
    /// # Errors
    /// [`Error::EmptySample`] when no record has a truth; [`Error::OutOfRange`] for more than 2³² − 1 records.
    ///
    /// ```
    /// use linkage::evaluate::Running;
    /// let mut running = Running::new(&[Some(1), Some(1), Some(2)])?;
    /// assert_eq!(running.evaluation().pairwise.recall, Some(0.0));
    /// running.merge(0, 1)?;
    /// assert_eq!(running.evaluation().pairwise.f1, Some(1.0));
    /// assert_eq!(running.evaluation().b3.f1, 1.0);
    /// # Ok::<(), linkage::Error>(())
    /// ```
    pub fn new(truth: &[Option<u32>]) -> Result<Self, Error> {
        Self::start(truth, Vec::new())
    }

    /// The same for two files, each record with the one it is of: only pairs across them count. B³ still looks at all
    /// records.
    ///
    /// # Errors
    /// As [`Running::new`], and [`Error::BadShape`] unless there is one side for each record.
    pub fn across(truth: &[Option<u32>], sides: &[Side]) -> Result<Self, Error> {
        if truth.len() != sides.len() {
            return Err(Error::bad_shape("every record must be of one of the two files"));
        }
        Self::start(truth, sides.iter().map(|side| *side == Side::Right).collect())
    }

    fn start(truth: &[Option<u32>], is_right: Vec<bool>) -> Result<Self, Error> {
        let records = u32::try_from(counted(truth.len())?).unwrap_or(u32::MAX);
        let truth = numbered(truth);
        let side = |record: usize| usize::from(is_right.get(record).copied().unwrap_or(false));
        let mut persons: Vec<[u64; 2]> = Vec::new();
        let mut size = Vec::with_capacity(truth.len());
        for (record, person) in truth.iter().enumerate() {
            if *person == UNKNOWN {
                size.push([1, 0, 0]);
                continue;
            }
            let person = *person as usize;
            persons.resize(persons.len().max(person + 1), [0, 0]);
            persons[person][side(record)] += 1;
            size.push([1, 1, side(record) as u32]);
        }
        let known = persons.iter().fold([0, 0], |[a, b], [left, right]| [a + left, b + right]);
        let is_across = !is_right.is_empty();
        let countable = |[left, right]: [u64; 2]| if is_across { left * right } else { pairs(left + right) };
        let right = persons.iter().map(|person| countable(*person)).sum();
        let persons: Vec<u64> = persons.iter().map(|[left, right]| left + right).collect();
        let mut running = Self {
            squares: size.iter().map(|[_, known, _]| u64::from(*known)).collect(),
            truth,
            is_right,
            parent: (0..records).collect(),
            next: (0..records).collect(),
            size,
            parts: HashMap::default(),
            known: counted((known[0] + known[1]) as usize)?,
            all: countable(known),
            right,
            found: 0,
            both: 0,
            precision: BySize::default(),
            recall: BySize::default(),
            persons,
        };
        running.precision.add(1, u128::from(running.known));
        for size in &running.persons {
            running.recall.add(*size, u128::from(*size));
        }
        Ok(running)
    }

    /// Joins the groups of two records; whether they were apart.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a record there is not.
    pub fn merge(&mut self, a: u32, b: u32) -> Result<bool, Error> {
        if let Some(beyond) = [a, b].into_iter().find(|record| *record as usize >= self.truth.len()) {
            return Err(Error::out_of_range("record", f64::from(beyond), "the number of a record"));
        }
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return Ok(false);
        }
        let is_smaller = self.size[a as usize][0] <= self.size[b as usize][0];
        let (small, large) = if is_smaller { (a, b) } else { (b, a) };
        let met = self.meet(small, large);
        self.absorb(small, large);
        self.unite(small, large, met);
        Ok(true)
    }

    /// The measures of the groups as they are now.
    #[must_use]
    pub fn evaluation(&self) -> Evaluation {
        Evaluation {
            pairwise: Pairwise::of(self.both, self.found, self.right, self.all),
            b3: B3::of(self.precision.mean(self.known), self.recall.mean(self.known)),
        }
    }

    /// The record that stands for the group of a record.
    fn root(&mut self, mut record: u32) -> u32 {
        while self.parent[record as usize] != record {
            let above = self.parent[record as usize];
            self.parent[record as usize] = self.parent[above as usize];
            record = above;
        }
        record
    }

    fn side(&self, record: u32) -> usize {
        usize::from(self.is_right.get(record as usize).copied().unwrap_or(false))
    }

    /// Known records of a person in a group, by file.
    fn part(&self, root: u32, person: u32) -> [u32; 2] {
        if self.size[root as usize][0] > 1 {
            return self.parts.get(&key(root, person)).copied().unwrap_or_default();
        }
        let mut part = [0, 0];
        part[self.side(root)] = u32::from(self.truth[root as usize] == person);
        part
    }

    /// Counts pairs of one person that come together, all of them; books those that count, and recall.
    fn meet(&mut self, small: u32, large: u32) -> u64 {
        let (mut met, mut record) = (0, small);
        loop {
            let person = self.truth[record as usize];
            if person != UNKNOWN {
                let part = self.part(large, person).map(u64::from);
                let all = part[0] + part[1];
                let across = part[1 - self.side(record)];
                self.both += if self.is_right.is_empty() { all } else { across };
                if all > 0 {
                    self.recall.add(self.persons[person as usize], 2 * u128::from(all));
                    met += all;
                }
            }
            record = self.next[record as usize];
            if record == small {
                return met;
            }
        }
    }

    /// Adds the records of the smaller group to the parts of the larger.
    fn absorb(&mut self, small: u32, large: u32) {
        if self.size[large as usize][0] == 1 {
            self.add_to_parts(large, large);
        }
        let mut record = small;
        loop {
            self.add_to_parts(large, record);
            record = self.next[record as usize];
            if record == small {
                return;
            }
        }
    }

    fn add_to_parts(&mut self, root: u32, record: u32) {
        let person = self.truth[record as usize];
        if person != UNKNOWN {
            let side = self.side(record);
            self.parts.entry(key(root, person)).or_default()[side] += 1;
        }
    }

    /// Makes one group of two, `met` pairs of one person having come together.
    fn unite(&mut self, small: u32, large: u32, met: u64) {
        let (s, l) = (small as usize, large as usize);
        let [small_size, large_size] = [self.size[s], self.size[l]].map(|size| size.map(u64::from));
        for (size, root) in [(small_size, s), (large_size, l)] {
            if size[1] > 0 {
                self.precision.subtract(size[1], u128::from(self.squares[root]));
            }
        }
        self.squares[l] += self.squares[s] + 2 * met;
        let known = small_size[1] + large_size[1];
        if known > 0 {
            self.precision.add(known, u128::from(self.squares[l]));
        }
        let left = |size: [u64; 3]| size[1] - size[2];
        self.found += if self.is_right.is_empty() {
            small_size[1] * large_size[1]
        } else {
            left(small_size) * large_size[2] + small_size[2] * left(large_size)
        };
        (0..3).for_each(|at| self.size[l][at] += self.size[s][at]);
        self.parent[s] = large;
        self.next.swap(s, l);
    }
}
