//! How likely a pair is one person.
//!
//! A [`Scorer`] is made of [`Weights`](crate::estimate::Weights), once for many pairs.

use crate::compare::{Finding, Halves, MISSING, Pattern, Rarity};

/// The chances of a pair's kinds, and its weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// log₂ of the odds that both are one person.
    pub weight: f64,
    /// Probability that both are one person, 0 to 1. What is left by all of these is for strangers.
    pub person: f64,
    /// Probability that they are two people of one household.
    pub household: f64,
    /// Probability that they are two relatives who live apart.
    pub kin: f64,
    /// Probability that they are two people of one name who are nothing to each other.
    pub namesake: f64,
}

/// A finding that is to be looked at by somebody, whatever else agrees, unless a number given to one person does.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Doubt {
    /// The comparison, and its level.
    pub(crate) at: usize,
    pub(crate) level: u8,
    /// Comparisons of numbers.
    pub(crate) numbers: Vec<usize>,
}

/// The weight of a doubtful pair at most, in bits: 40 %.
const DOUBTFUL: f64 = -0.585;

/// What is so much less likely than something else changes no sum, in bits.
const NOTHING: f64 = -64.0;

/// Weighs patterns: the logarithms of all chances, taken once.
#[derive(Debug, Clone, PartialEq)]
pub struct Scorer {
    /// By field and level: person, household, kin, namesake, stranger.
    each: Vec<Vec<[f64; 5]>>,
    shares: [f64; 5],
    doubt: Option<Doubt>,
}

impl Scorer {
    pub(crate) const fn new(each: Vec<Vec<[f64; 5]>>, shares: [f64; 5], doubt: Option<Doubt>) -> Self {
        Self { each, shares, doubt }
    }

    /// log₂ of the share of strangers.
    pub(crate) const fn strangers(&self) -> f64 {
        self.shares[4]
    }

    /// Lets the others say nothing.
    pub(crate) fn silence(&mut self, kept: impl Iterator<Item = bool>) {
        for (levels, _) in self.each.iter_mut().zip(kept).filter(|(_, kept)| !kept) {
            levels.clear();
        }
    }

    /// How many comparisons there are.
    pub(crate) fn len(&self) -> usize {
        self.each.len()
    }

    /// log₂ of the odds of one person against strangers, before anything is known of a pair.
    pub(crate) fn before(&self) -> f64 {
        let [person, .., stranger] = self.shares;
        person - stranger
    }

    /// How much a finding speaks for one person, against strangers.
    pub(crate) fn bits(&self, at: usize, finding: Finding) -> f64 {
        let logs = self.each.get(at).and_then(|levels| levels.get(finding.level as usize));
        logs.map_or(0.0, |[person, .., stranger]| person - stranger - halves(finding.rarity))
    }

    /// log₂ of how likely a pattern is, whatever the kind of the pair.
    pub(crate) fn density(&self, pattern: &Pattern) -> f64 {
        let sums = self.sums(pattern);
        let most = sums.into_iter().fold(f64::NEG_INFINITY, f64::max);
        most + sums.iter().map(|sum| (sum - most).exp2()).sum::<f64>().log2()
    }

    /// How likely a pair that shows this is of each kind. Two given names that people bear are to be looked at by somebody:
    /// such a pair weighs 40 % at most unless a number given to one person agrees.
    #[must_use]
    pub fn score(&self, pattern: &Pattern) -> Score {
        let score = self.score_undoubted(pattern);
        if score.weight <= DOUBTFUL || !self.is_doubtful(pattern) {
            return score;
        }
        let person = 1.0 / (1.0 + (-DOUBTFUL).exp2());
        let rest = (1.0 - person) / (1.0 - score.person).max(1e-300);
        Score {
            weight: DOUBTFUL,
            person,
            household: (score.household * rest).min(1.0 - person),
            kin: score.kin * rest,
            namesake: score.namesake * rest,
        }
    }

    fn is_doubtful(&self, pattern: &Pattern) -> bool {
        self.doubt.as_ref().is_some_and(|doubt| {
            pattern.level(doubt.at) == doubt.level && doubt.numbers.iter().all(|&at| pattern.level(at) != 0)
        })
    }

    /// The same without looking for what is doubtful.
    fn score_undoubted(&self, pattern: &Pattern) -> Score {
        let [person, rest @ ..] = self.sums(pattern);
        let most = rest.into_iter().fold(f64::NEG_INFINITY, f64::max);
        let shares = rest.map(|log| less(log - most));
        let others: f64 = shares.iter().sum();
        let weight = person - most - others.log2();
        let probability = 1.0 / (1.0 + (-weight).exp2());
        let [household, kin, namesake, _] = shares.map(|share| share * (1.0 - probability) / others);
        Score { weight, person: probability, household, kin, namesake }
    }

    /// Probabilities of a person, a household, kin, namesakes and strangers: what weights are learnt by.
    pub(crate) fn kinds(&self, pattern: &Pattern) -> [f64; 5] {
        let sums = self.sums(pattern);
        let most = sums.into_iter().fold(f64::NEG_INFINITY, f64::max);
        let shares = sums.map(|log| less(log - most));
        let all: f64 = shares.iter().sum();
        shares.map(|share| share / all)
    }

    /// log₂ of the share of each kind, and of how likely the pattern is for it.
    fn sums(&self, pattern: &Pattern) -> [f64; 5] {
        let Rarity { given, family, place, likeness, rest } = pattern.rarity;
        let own = given + likeness + rest;
        // What each kind shares is not made less likely by being rare.
        let rarities = [0, likeness, own, rest, own + family + place];
        let mut sums = self.shares;
        for (sum, rarity) in sums.iter_mut().zip(rarities) {
            *sum += halves(rarity.into());
        }
        for (at, levels) in self.each.iter().enumerate() {
            let level = pattern.level(at);
            if level == MISSING {
                continue;
            }
            if let Some(logs) = levels.get(level as usize) {
                for (sum, log) in sums.iter_mut().zip(logs) {
                    *sum += log;
                }
            }
        }
        sums
    }
}

/// Two to this power, which is 0 or less; nothing where it would change no sum.
fn less(log: f64) -> f64 {
    if log < NOTHING { 0.0 } else { log.exp2() }
}

fn halves(halves: Halves) -> f64 {
    f64::from(halves) / 2.0
}
