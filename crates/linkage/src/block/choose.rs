//! Which keys: the fewest pairs for the most of the pairs to be found.
//!
//! How many pairs a key makes is counted on a sample of the records at hand; how many pairs of one person it would
//! miss is played through on imagined lives: people move, marry, change provider, are misheard and mistyped. Keys are
//! then taken greedily, each for what it finds beyond those before it.

use super::pairs::entries;
use super::parts::{Matter, Part, Parts};
use crate::mix::Stream;

/// Parts that must all agree.
pub(crate) type Key = Vec<Part>;

/// How many records are looked at to count the pairs of a key.
const SAMPLE: usize = 16_384;

/// How many lives are played through.
const LIVES: usize = 6_000;

/// A key is too dear if it makes more pairs than this for each pair of one person that it finds, were there as many of
/// those as records.
const DEAR: f64 = 30.0;

/// So many pairs nobody notices: in a small file they are spent on what lives were not imagined for, in a large one a key
/// must be worth its pairs from early on.
fn free(units: usize) -> f64 {
    2_000_000.0 * (200_000.0 / units as f64).min(1.0)
}

/// Keys at most.
const MOST: usize = 24;

/// Keys that are weighed at most: with many columns of few values each, any three of them would do.
const WEIGHED: usize = 2_000;

/// What finding a pair is worth that so many keys have found already: lives are imagined, so that a pair found once
/// may in truth be missed.
const AGAIN: [f64; 4] = [1.0, 0.3, 0.1, 0.03];

/// Chooses keys that make about `budget` pairs or fewer among `units` units.
pub(crate) fn choose(parts: &Parts, units: usize, budget: f64) -> Vec<Key> {
    let lives = Lives::new(parts, units);
    let mut candidates = candidates(parts, units, budget);
    let mut found = vec![0_usize; LIVES];
    let (mut keys, mut spent) = (Vec::new(), 0.0);
    while spent < budget && keys.len() < MOST {
        let worth = |life: usize| AGAIN.get(found[life]).copied().unwrap_or(0.0);
        let gain = |key: &Key| -> f64 {
            let bits = lives.bits(key);
            (0..LIVES).filter(|&life| lives.agree[life] & bits == bits).map(worth).sum()
        };
        let best = candidates
            .iter()
            .enumerate()
            .filter(|(_, candidate)| spent + candidate.pairs <= budget)
            .map(|(at, candidate)| {
                let gain = gain(&candidate.key);
                (gain / (candidate.pairs + 0.2 * units as f64), gain, at)
            })
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.2.cmp(&a.2)));
        let Some((_, gain, at)) = best else { break };
        let dear = candidates[at].pairs > DEAR * gain / LIVES as f64 * units as f64;
        if gain == 0.0 || (dear && spent > free(units)) {
            break;
        }
        let chosen = candidates.swap_remove(at);
        let bits = lives.bits(&chosen.key);
        for (found, agree) in found.iter_mut().zip(&lives.agree) {
            *found += usize::from(agree & bits == bits);
        }
        spent += chosen.pairs;
        candidates.retain(|candidate| !narrows(&candidate.key, &chosen.key));
        keys.push(chosen.key);
    }
    keys
}

/// Whether all pairs that share one key share the other too.
fn narrows(key: &Key, other: &Key) -> bool {
    let implied = |part: &Part| match part {
        Part::Names => key.contains(part) || (key.contains(&Part::Given) && key.contains(&Part::Family)),
        Part::BirthYear | Part::BirthDay => key.contains(part) || key.contains(&Part::Birth),
        Part::EmailName => key.contains(part) || key.contains(&Part::Email),
        Part::Way => key.contains(part) || key.contains(&Part::Address),
        _ => key.contains(part),
    };
    other.iter().all(implied)
}

/// A key, and about how many pairs it makes.
struct Candidate {
    key: Key,
    pairs: f64,
}

/// Every key of one part, of two and of three; a key that makes few pairs is not narrowed further.
fn candidates(parts: &Parts, units: usize, budget: f64) -> Vec<Candidate> {
    let all = parts.all();
    let cheap = budget / 20.0;
    let mut candidates = Vec::new();
    let mut wide: Vec<Key> = vec![Vec::new()];
    for _ in 0..3 {
        let mut wider = Vec::new();
        for key in &wide {
            for &part in all.iter().filter(|&&part| fits(key, part)) {
                if candidates.len() >= WEIGHED {
                    return candidates;
                }
                let mut key = key.clone();
                key.push(part);
                let pairs = pairs_of(parts, &key, units);
                if pairs > cheap {
                    wider.push(key.clone());
                }
                if pairs <= budget {
                    candidates.push(Candidate { key, pairs });
                }
            }
        }
        wide = wider;
    }
    candidates
}

/// Whether a part may be added: parts stand in order, and each is about something else.
fn fits(key: &Key, part: Part) -> bool {
    let apart = |other: &Part| {
        let (one, two) = (other.matter(), part.matter());
        let names = |matter| matches!(matter, Matter::Given | Matter::Family | Matter::Names);
        let both = one == Matter::Names && names(two) || two == Matter::Names && names(one);
        one != two && !both
    };
    key.last().is_none_or(|last| *last < part) && key.iter().all(apart)
}

/// About how many pairs of all units share the key. Units are in the order of a hash, so that the first are a sample.
fn pairs_of(parts: &Parts, key: &[Part], units: usize) -> f64 {
    let sample = units.min(SAMPLE);
    let entries = entries(&parts.ways(key), 0..sample);
    let runs = entries.chunk_by(|a, b| a >> 32 == b >> 32);
    let pairs: f64 = runs.map(|run| run.len() as f64 * (run.len() - 1) as f64 / 2.0).sum();
    let scale = units as f64 / sample as f64;
    pairs * scale * scale
}

/// Pairs of records of one person, as they may turn out: which parts still agree.
struct Lives {
    parts: Vec<Part>,
    /// For each life, a bit for each part.
    agree: Vec<u64>,
}

impl Lives {
    fn new(parts: &Parts, units: usize) -> Self {
        let mut stream = Stream::new(0x11FE);
        let names = parts.all();
        let agree = (0..LIVES)
            .map(|_| {
                let life = Life::new(&mut stream);
                let (one, other) = (stream.below(units.max(1) as u32), stream.below(units.max(1) as u32));
                let mut bits = 0;
                for (at, part) in names.iter().enumerate().take(64) {
                    let there = |unit: u32| parts.says(*part, unit as usize);
                    let agrees = life.agrees(*part, &mut stream);
                    if agrees && there(one) && there(other) {
                        bits |= 1 << at;
                    }
                }
                bits
            })
            .collect();
        Self { parts: names, agree }
    }

    /// The bits of a key's parts.
    fn bits(&self, key: &Key) -> u64 {
        key.iter()
            .filter_map(|part| self.parts.iter().position(|other| other == part))
            .fold(0, |bits, at| bits | 1 << at)
    }
}

/// What happened between two records of one person.
struct Life {
    moved: bool,
    married: bool,
    swapped: bool,
    given: f64,
    family: f64,
    birth: f64,
    email: f64,
    street: f64,
    amount: f64,
}

impl Life {
    fn new(stream: &mut Stream) -> Self {
        let mut happens = |share: f64| stream.share() < share;
        let (moved, married, swapped) = (happens(0.15), happens(0.04), happens(0.03));
        let [given, family, birth, email, street, amount] = [(); 6].map(|()| stream.share());
        Self { moved, married, swapped, given, family, birth, email, street, amount }
    }

    /// Whether both records still agree on a part.
    fn agrees(&self, part: Part, stream: &mut Stream) -> bool {
        let chance = stream.share();
        let names = self.given < 0.90 && self.family < 0.91 && !self.married;
        match part {
            Part::Given => self.given < 0.90 && !self.swapped,
            Part::Initial => self.given < 0.97 && !self.swapped,
            Part::Family => self.family < 0.91 && !self.married && !self.swapped,
            Part::FamilyStart => self.family < 0.95 && !self.married && !self.swapped,
            Part::Names => names,
            Part::Birth => self.birth < 0.92,
            Part::BirthYear => self.birth < 0.92 || self.birth > 0.95,
            Part::BirthDay => self.birth < 0.94,
            Part::Email => self.email < 0.70,
            Part::EmailName => self.email < 0.76,
            Part::Phone => chance < if self.moved { 0.5 } else { 0.75 },
            Part::Address => self.street < 0.78 && !self.moved,
            Part::Way => self.street < 0.84 && !self.moved,
            Part::Postal | Part::City => chance < if self.moved { 0.3 } else { 0.93 },
            Part::Identifier(_) => chance < 0.9,
            Part::Category(_) => chance < 0.9,
            Part::Text(_) => chance < 0.65,
            Part::TextStart(_) => chance < 0.8,
            Part::Amount(_) | Part::Day(_) => chance < 0.4,
            Part::AmountNear(_, ruler) => self.amount < 0.7 && (self.amount * 64.0) as u8 % 5 != ruler,
            Part::DayNear(_, ruler) => self.street < 0.7 && (self.street * 64.0) as u8 % 3 != ruler,
        }
    }
}
