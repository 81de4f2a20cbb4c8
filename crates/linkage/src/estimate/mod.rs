//! The weights, without labels.
//!
//! Pairs are of three kinds: the same person, two people of one household, strangers. What strangers show is counted on
//! pairs taken at random; what the two others show is found by expectation–maximisation (Dempster, Laird & Rubin 1977;
//! for record linkage Winkler 1988) on the pairs that blocking found, started and steadied by what is expected of each
//! level before any data are seen. The second kind is what keeps father and son, or twins, apart: against strangers
//! everything a household shares speaks for one person.

use crate::compare::{Comparison, MISSING, Pattern, Quarters};
use crate::observe::Observed;

/// Chances of the levels of one comparison.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Chances {
    pub(crate) person: Vec<f64>,
    pub(crate) household: Vec<f64>,
    pub(crate) stranger: Vec<f64>,
}

/// What was learnt.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Weights {
    pub(crate) chances: Vec<Chances>,
    /// Share of all pairs that are one person.
    pub(crate) person: f64,
    /// Share of all pairs that are two people of one household; 0 where households cannot be seen.
    pub(crate) household: f64,
    /// By which comparisons strangers' chance is the rarity of the value.
    by_value: Vec<Vec<bool>>,
}

/// The chances of a pair's three kinds, and its weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Score {
    /// log₂ of the odds that both are one person.
    pub(crate) weight: f64,
    /// Probability that both are one person.
    pub(crate) person: f64,
    /// Probability that they are two people of one household.
    pub(crate) household: f64,
}

/// How many imagined pairs what is expected of the levels counts for.
const STEADY: f64 = 40.0;

/// Rounds of expectation and maximisation at most.
const ROUNDS: usize = 150;

impl Weights {
    /// What is expected before any data are seen.
    pub(crate) fn expected(comparisons: &[Comparison], all_pairs: f64, units: f64) -> Self {
        let chances = comparisons
            .iter()
            .map(|comparison| {
                let each = |of: fn(&crate::compare::Level) -> f64| comparison.levels().iter().map(of).collect();
                Chances {
                    person: each(|level| level.person),
                    household: each(|level| level.household),
                    stranger: each(|level| level.stranger),
                }
            })
            .collect();
        let by_value =
            comparisons.iter().map(|it| it.levels().iter().map(|level| level.by_value).collect()).collect();
        let apart = comparisons.iter().any(Comparison::tells_members_apart);
        let shared = comparisons.iter().any(Comparison::shared_at_home);
        let share = (0.1 * units / all_pairs).min(0.2);
        let household = if apart && shared { share } else { 0.0 };
        Self { chances, person: share, household, by_value }
    }

    /// Learns from what was seen.
    pub(crate) fn learn(&mut self, comparisons: &[Comparison], observed: &Observed, all_pairs: f64) {
        let expected = self.chances.clone();
        for _ in 0..3 {
            self.count_strangers(&expected, observed);
            self.maximise(comparisons, &expected, observed, all_pairs);
        }
    }

    /// What strangers show: pairs taken at random, less those that are no strangers.
    fn count_strangers(&mut self, expected: &[Chances], observed: &Observed) {
        let logs = self.logs();
        let random: Vec<f64> = observed
            .patterns
            .iter()
            .zip(&observed.random)
            .map(|(pattern, count)| if *count > 0.0 { count * (1.0 - logs.score(pattern).person) } else { 0.0 })
            .collect();
        for (at, expected) in expected.iter().enumerate() {
            let mut counts = vec![0.0; expected.stranger.len()];
            for (pattern, count) in observed.patterns.iter().zip(&random) {
                let level = pattern.level(at) as usize;
                if level < counts.len() {
                    counts[level] += count;
                }
            }
            // One imagined pair at each level, among as many as it takes to meet one.
            let smoothed = counts.iter().zip(&expected.stranger);
            let all: f64 = counts.iter().sum();
            let shares: Vec<f64> = smoothed.map(|(count, chance)| (count + 1.0) / (all + 1.0 / chance)).collect();
            let sum: f64 = shares.iter().sum();
            self.chances[at].stranger = shares.iter().map(|share| share / sum).collect();
        }
    }

    fn maximise(&mut self, comparisons: &[Comparison], expected: &[Chances], observed: &Observed, all_pairs: f64) {
        for _ in 0..ROUNDS {
            let logs = self.logs();
            let mut person: Vec<Vec<f64>> = expected.iter().map(|it| scaled(&it.person)).collect();
            let mut household: Vec<Vec<f64>> = expected.iter().map(|it| scaled(&it.household)).collect();
            let (mut persons, mut households) = (0.0, 0.0);
            for (pattern, &count) in observed.patterns.iter().zip(&observed.found) {
                if count == 0.0 {
                    continue;
                }
                let score = logs.score(pattern);
                let (one, two) = (count * score.person, count * score.household);
                persons += one;
                households += two;
                if one + two < 1e-9 {
                    continue;
                }
                for at in 0..comparisons.len() {
                    let level = pattern.level(at) as usize;
                    if level < person[at].len() {
                        person[at][level] += one;
                        household[at][level] += two;
                    }
                }
            }
            let before = (self.person, self.household);
            self.person = ((persons + 0.5) / all_pairs).clamp(1e-15, 0.5);
            if self.household > 0.0 {
                self.household = ((households + 0.5) / all_pairs).clamp(1e-15, 0.4);
            }
            let mut moved = (self.person / before.0 - 1.0).abs();
            for (at, chances) in self.chances.iter_mut().enumerate() {
                moved = moved.max(replaced(&mut chances.person, &person[at]));
                replaced(&mut chances.household, &household[at]);
            }
            if moved < 1e-4 {
                return;
            }
        }
    }

    /// How likely it is that a pair that shows this is one person.
    pub(crate) fn score(&self, pattern: &Pattern) -> Score {
        self.logs().score(pattern)
    }

    /// Logarithms, taken once for many pairs.
    pub(crate) fn logs(&self) -> Logs {
        let log = |chances: &[f64]| chances.iter().map(|chance| chance.max(1e-12).log2()).collect::<Vec<_>>();
        let each = self.chances.iter().zip(&self.by_value).map(|(chances, by_value)| {
            let strangers = chances.stranger.iter().zip(by_value);
            let strangers = strangers.map(|(chance, by_value)| if *by_value { 0.0 } else { chance.max(1e-12).log2() });
            [log(&chances.person), log(&chances.household), strangers.collect()]
        });
        Logs {
            each: each.collect(),
            person: self.person.log2(),
            household: (self.household > 0.0).then(|| self.household.log2()),
            stranger: (1.0 - self.person - self.household).log2(),
        }
    }
}

/// Logarithms of all chances.
pub(crate) struct Logs {
    each: Vec<[Vec<f64>; 3]>,
    person: f64,
    household: Option<f64>,
    stranger: f64,
}

impl Logs {
    pub(crate) fn score(&self, pattern: &Pattern) -> Score {
        let (mut person, mut household) = (self.person, self.household.unwrap_or(f64::NEG_INFINITY));
        let mut stranger = self.stranger + quarters(pattern.rarity);
        for (at, [of_person, of_household, of_stranger]) in self.each.iter().enumerate() {
            let level = pattern.level(at);
            if level == MISSING {
                continue;
            }
            let level = level as usize;
            person += of_person[level];
            household += of_household[level];
            stranger += of_stranger[level];
        }
        let other = add(household, stranger);
        let weight = person - other;
        let probability = 1.0 / (1.0 + (-weight).exp2());
        let household = if household.is_finite() { (household - other).exp2() * (1.0 - probability) } else { 0.0 };
        Score { weight, person: probability, household }
    }
}

/// log₂(2ᵃ + 2ᵇ).
fn add(a: f64, b: f64) -> f64 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    if low == f64::NEG_INFINITY { high } else { high + (1.0 + (low - high).exp2()).log2() }
}

fn quarters(quarters: Quarters) -> f64 {
    f64::from(quarters) / 4.0
}

fn scaled(chances: &[f64]) -> Vec<f64> {
    chances.iter().map(|chance| chance * STEADY).collect()
}

/// Puts shares in place of the old ones; by how much the largest change was.
fn replaced(chances: &mut [f64], counts: &[f64]) -> f64 {
    let sum: f64 = counts.iter().sum();
    let mut moved = 0.0_f64;
    for (chance, count) in chances.iter_mut().zip(counts) {
        let share = count / sum;
        moved = moved.max((share - *chance).abs());
        *chance = share;
    }
    moved
}
