//! Compares the pairs that blocking found, and counts what they show.
//!
//! [`Observed`] is what weights are learnt from, and what is scored.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Mutex, PoisonError};

use crate::block::{Blocking, Candidates, unit};
use crate::compare::{Comparator, Pattern};
use crate::error::Error;

/// A pair of units, and the position of what it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pair {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) pattern: u32,
}

/// What candidate pairs show, and pairs taken at random.
pub struct Observed {
    /// Everything that pairs show, in order.
    pub(crate) patterns: Vec<Pattern>,
    /// How many pairs that blocking found show each, copies of one record included.
    pub(crate) found: Vec<f64>,
    /// How many pairs taken at random show each.
    pub(crate) random: Vec<f64>,
    /// The pairs.
    pub(crate) pairs: Vec<Pair>,
    /// When two files are linked: how many pairs within a file show each, of a part of those that blocking found.
    pub(crate) within: Vec<f64>,
    /// How many pairs each key brought that no earlier key had.
    pub(crate) by_key: Vec<u64>,
}

impl Observed {
    /// Compares all candidates, on two threads, and where they are not all pairs up to 400 000 pairs taken at random. When two
    /// files are linked, one in four of the pairs within a file is looked at, to see whether the files hold duplicates; they
    /// are not among [`Observed::pairs`].
    ///
    /// # Errors
    /// [`Error::BadShape`] for candidates of records of another number of units.
    pub fn of(comparator: &Comparator, candidates: &Candidates) -> Result<Self, Error> {
        if candidates.units() != comparator.records.units() {
            return Err(Error::bad_shape("the candidates are not pairs of these records"));
        }
        Ok(observe(comparator, candidates, &|_entries| ()))
    }

    /// The pairs of units, in no order, each with what it shows.
    pub fn pairs(&self) -> impl Iterator<Item = (u32, u32, &Pattern)> {
        let shown = |pair: &Pair| Some((pair.a, pair.b, self.patterns.get(pair.pattern as usize)?));
        self.pairs.iter().filter_map(shown)
    }
}

impl std::fmt::Debug for Observed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (pairs, patterns) = (self.pairs.len(), self.patterns.len());
        f.debug_struct("Observed").field("pairs", &pairs).field("patterns", &patterns).finish_non_exhaustive()
    }
}

/// Of pairs within one file, one in so many is looked at when two files are linked.
pub(crate) const WITHIN: u32 = 4;

/// How many pairs are taken at random.
const RANDOM: usize = 400_000;

/// Numbers of patterns as they come.
#[derive(Default)]
struct Numbers {
    of: HashMap<Pattern, u32, BuildHasherDefault<PatternHasher>>,
    patterns: Vec<Pattern>,
}

impl Numbers {
    fn number(&mut self, pattern: Pattern) -> u32 {
        let next = self.patterns.len() as u32;
        let number = *self.of.entry(pattern).or_insert(next);
        if number == next {
            self.patterns.push(pattern);
        }
        number
    }
}

/// Patterns hash themselves well; this passes their hash on.
#[derive(Default)]
struct PatternHasher(u64);

impl Hasher for PatternHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = crate::mix::mix(self.0, u64::from(byte));
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = crate::mix::mix(self.0, word);
    }

    fn write_i16(&mut self, word: i16) {
        self.0 = crate::mix::mix(self.0, word as u64);
    }
}

/// What one thread saw.
#[derive(Default)]
struct Seen {
    numbers: Numbers,
    pairs: Vec<Pair>,
    random: Vec<f64>,
    within: Vec<f64>,
    by_key: Vec<u64>,
}

impl Seen {
    /// Counts one more of a pattern.
    fn count(counts: &mut Vec<f64>, number: u32) {
        let number = number as usize;
        if counts.len() <= number {
            counts.resize(number + 1, 0.0);
        }
        counts[number] += 1.0;
    }
}

/// Compares all pairs that `sorted` holds, key by key; a pair met under an earlier key is not met again.
pub(crate) fn observe(
    comparator: &Comparator,
    candidates: &Candidates,
    tick: &(dyn Fn(usize) + Sync),
) -> Observed {
    let Candidates { blocking, sorted, .. } = candidates;
    let mut tasks: Vec<(usize, &[u64])> = Vec::new();
    for (key, entries) in sorted.iter().enumerate() {
        let mut rest = entries.as_slice();
        while !rest.is_empty() {
            let mut at = rest.len().min(65_536);
            while at < rest.len() && rest[at] >> 32 == rest[at - 1] >> 32 {
                at += 1;
            }
            let (task, later) = rest.split_at(at);
            tasks.push((key, task));
            rest = later;
        }
    }
    let queue = Mutex::new(tasks.into_iter());
    // A guard held while a task is worked on would leave the other thread without one.
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        let mut seen = Seen { by_key: vec![0; sorted.len()], ..Seen::default() };
        while let Some((key, entries)) = next() {
            for run in entries.chunk_by(|a, b| a >> 32 == b >> 32) {
                compare_run(comparator, blocking, key, run, &mut seen);
            }
            tick(entries.len());
        }
        seen
    };
    let mut all: Vec<Seen> = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        let mine = work();
        // Half of the pairs must never pass for all of them.
        let others = other.join().unwrap_or_else(|why| std::panic::resume_unwind(why));
        vec![mine, others]
    });
    // Where every pair was compared, those are the strangers too: no need to take some at random, nor to meet the few
    // pairs of a small file again and again, which would make little evidence look like much.
    let each = blocking.is_every_pair();
    if !each {
        let mut apart = Seen::default();
        take_random(comparator, &mut apart);
        all.push(apart);
    }
    gathered(comparator, all, each)
}

fn compare_run(comparator: &Comparator, blocking: &Blocking, key: usize, run: &[u64], seen: &mut Seen) {
    let records = &comparator.records;
    let hash = run.first().map_or(0, |entry| (entry >> 32) as u32);
    for (at, &one) in run.iter().enumerate() {
        for &other in &run[at + 1..] {
            let (a, b) = (unit(one), unit(other));
            let within = records.linking && records.file(a) == records.file(b);
            if (within && !((a + b) as u32).is_multiple_of(WITHIN)) || !blocking.is_first(a, b, key, hash) {
                continue;
            }
            let pattern = seen.numbers.number(comparator.pattern(a, b));
            if within {
                Seen::count(&mut seen.within, pattern);
                continue;
            }
            seen.by_key[key] += 1;
            seen.pairs.push(Pair { a: a as u32, b: b as u32, pattern });
        }
    }
}

fn take_random(comparator: &Comparator, seen: &mut Seen) {
    let records = &comparator.records;
    let units = records.units();
    // Units stand in the order of a hash: neighbours are as strange to each other as any two, and near in memory.
    let mut left = RANDOM;
    for apart in 1..units {
        for a in 0..units - apart {
            if left == 0 {
                return;
            }
            left -= 1;
            let b = a + apart;
            if records.linking && records.file(a) == records.file(b) {
                continue;
            }
            let number = seen.numbers.number(comparator.pattern(a, b));
            Seen::count(&mut seen.random, number);
        }
    }
}

/// Puts together what the threads saw, with patterns in order; `each` if the pairs found are the random ones too.
fn gathered(comparator: &Comparator, all: Vec<Seen>, each: bool) -> Observed {
    let records = &comparator.records;
    let copies: Vec<(Pattern, f64)> = (0..records.units())
        .filter(|&unit| !records.linking && records.weight(unit) > 1)
        .map(|unit| (comparator.pattern(unit, unit), (records.weight(unit) - 1) as f64))
        .filter(|(pattern, _)| !pattern.is_silent(comparator.comparisons.len()))
        .collect();
    let mut patterns: Vec<Pattern> =
        all.iter().flat_map(|seen| seen.numbers.patterns.iter().copied()).collect();
    patterns.extend(copies.iter().map(|(pattern, _)| *pattern));
    patterns.sort_unstable();
    patterns.dedup();
    let position = |pattern: &Pattern| patterns.binary_search(pattern).unwrap_or(0);
    let (mut found, mut random) = (vec![0.0; patterns.len()], vec![0.0; patterns.len()]);
    for (pattern, count) in &copies {
        found[position(pattern)] += count;
    }
    let mut within = vec![0.0; patterns.len()];
    let mut pairs = Vec::with_capacity(all.iter().map(|seen| seen.pairs.len()).sum());
    let mut by_key = Vec::new();
    for seen in all {
        by_key.resize(by_key.len().max(seen.by_key.len()), 0);
        by_key.iter_mut().zip(&seen.by_key).for_each(|(all, pairs): (&mut u64, _)| *all += pairs);
        let positions: Vec<u32> =
            seen.numbers.patterns.iter().map(|pattern| position(pattern) as u32).collect();
        for (count, &at) in seen.random.iter().zip(&positions) {
            random[at as usize] += count;
        }
        for (count, &at) in seen.within.iter().zip(&positions) {
            within[at as usize] += count;
        }
        for pair in seen.pairs {
            let at = positions[pair.pattern as usize];
            found[at as usize] += 1.0;
            random[at as usize] += f64::from(u8::from(each));
            pairs.push(Pair { pattern: at, ..pair });
        }
    }
    Observed { patterns, found, random, pairs, within, by_key }
}
