//! The weights, without labels.
//!
//! Pairs are of four kinds: one person, two people of one household, two relatives who live apart, strangers. What
//! strangers show is counted on pairs taken at random; what the others show is found by expectation–maximisation
//! (Dempster, Laird & Rubin 1977; for record linkage Winkler 1988) on the pairs that blocking found, started and
//! steadied by what is expected of each level before any data are seen.
//!
//! The second and third kind keep father and son, twins, and cousins of one name apart: against strangers everything a
//! family shares speaks for one person. What must tell members of a family apart (given name, birth date) is never
//! learnt for them, so that these kinds cannot take in pairs of one person.

use std::collections::BTreeMap;

use crate::compare::{Comparison, Finding, Halves, MISSING, Pattern};
use crate::observe::Observed;

/// Kinds of pairs, and the chances of the levels of one comparison for each.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Chances {
    pub(crate) person: Vec<f64>,
    pub(crate) household: Vec<f64>,
    /// For what relatives share; elsewhere they are strangers.
    pub(crate) kin: Option<Vec<f64>>,
    pub(crate) stranger: Vec<f64>,
    /// By which levels strangers' chance is the rarity of the value.
    by_value: Vec<bool>,
    /// Whether members of a household are told apart by this.
    tells: bool,
}

/// What was learnt.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Weights {
    pub(crate) chances: Vec<Chances>,
    pub(crate) shares: Shares,
}

/// Shares of all pairs; those of strangers are the rest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shares {
    pub(crate) person: f64,
    /// 0 where households cannot be seen.
    pub(crate) household: f64,
    /// 0 where relatives cannot be seen.
    pub(crate) kin: f64,
}

/// The chances of a pair's kinds, and its weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Score {
    /// log₂ of the odds that both are one person.
    pub(crate) weight: f64,
    /// Probabilities that both are one person, two of one household, two relatives.
    pub(crate) person: f64,
    pub(crate) household: f64,
    pub(crate) kin: f64,
}

/// How many imagined pairs what is expected of the levels counts for.
const STEADY: f64 = 40.0;

/// Rounds of expectation and maximisation at most.
const ROUNDS: usize = 100;

/// A pattern to learn from, with how many pairs show it.
struct Sum {
    pattern: Pattern,
    found: f64,
    random: f64,
}

impl Weights {
    /// What is expected before any data are seen.
    pub(crate) fn expected(comparisons: &[Comparison], all_pairs: f64, units: f64) -> Self {
        let chances: Vec<Chances> = comparisons
            .iter()
            .map(|comparison| {
                let each =
                    |of: fn(&crate::compare::Level) -> f64| comparison.levels().iter().map(of).collect();
                Chances {
                    person: each(|level| level.person),
                    household: each(|level| level.household),
                    kin: comparison.shared_by_kin().then(|| each(|level| level.kin)),
                    stranger: each(|level| level.stranger),
                    by_value: comparison.levels().iter().map(|level| level.by_value).collect(),
                    tells: comparison.tells_members_apart(),
                }
            })
            .collect();
        let apart = comparisons.iter().any(Comparison::tells_members_apart);
        let shared = comparisons.iter().any(Comparison::shared_at_home);
        let kin = comparisons.iter().filter(|comparison| comparison.shared_by_kin()).count();
        let share = (0.1 * units / all_pairs).min(0.1);
        let shares = Shares {
            person: share,
            household: if apart && shared { share } else { 0.0 },
            kin: if apart && kin == 2 { share } else { 0.0 },
        };
        Self { chances, shares }
    }

    /// Learns from what was seen.
    pub(crate) fn learn(&mut self, observed: &Observed, all_pairs: f64) {
        let mut sums: BTreeMap<Pattern, (f64, f64)> = BTreeMap::new();
        for ((pattern, found), random) in observed.patterns.iter().zip(&observed.found).zip(&observed.random)
        {
            let sum = sums.entry(pattern.rounded()).or_default();
            sum.0 += found;
            sum.1 += random;
        }
        let sums: Vec<Sum> =
            sums.into_iter().map(|(pattern, (found, random))| Sum { pattern, found, random }).collect();
        let expected = self.chances.clone();
        for _ in 0..3 {
            self.count_strangers(&expected, &sums);
            if expected.len() < 2 {
                // Kinds of pairs show only in what agrees together: one comparison alone teaches nothing.
                return;
            }
            self.maximise(&expected, &sums, all_pairs);
        }
    }

    /// What strangers show: pairs taken at random, less those that are no strangers.
    fn count_strangers(&mut self, expected: &[Chances], sums: &[Sum]) {
        let logs = self.logs();
        let mut counts: Vec<Vec<f64>> = expected.iter().map(|it| vec![0.0; it.stranger.len()]).collect();
        for sum in sums.iter().filter(|sum| sum.random > 0.0) {
            let count = sum.random * (1.0 - logs.score(&sum.pattern).person);
            add_levels(&mut counts, &sum.pattern, count);
        }
        for ((counts, expected), chances) in counts.iter().zip(expected).zip(&mut self.chances) {
            // One imagined pair at each level, among as many as it takes to meet one.
            let all: f64 = counts.iter().sum();
            let smoothed = counts.iter().zip(&expected.stranger);
            let shares: Vec<f64> =
                smoothed.map(|(count, chance)| (count + 1.0) / (all + 1.0 / chance)).collect();
            let sum: f64 = shares.iter().sum();
            chances.stranger = shares.iter().map(|share| share / sum).collect();
        }
    }

    fn maximise(&mut self, expected: &[Chances], sums: &[Sum], all_pairs: f64) {
        let steady = |of: fn(&Chances) -> &Vec<f64>| -> Vec<Vec<f64>> {
            expected.iter().map(|it| of(it).iter().map(|chance| chance * STEADY).collect()).collect()
        };
        for _ in 0..ROUNDS {
            let logs = self.logs();
            let mut person = steady(|it| &it.person);
            let mut household = steady(|it| &it.household);
            let mut kin = steady(|it| it.kin.as_ref().unwrap_or(&it.stranger));
            let mut all = Shares { person: 0.5, household: 0.5, kin: 0.5 };
            for sum in sums.iter().filter(|sum| sum.found > 0.0) {
                let score = logs.score(&sum.pattern);
                all.person += sum.found * score.person;
                all.household += sum.found * score.household;
                all.kin += sum.found * score.kin;
                add_levels(&mut person, &sum.pattern, sum.found * score.person);
                add_levels(&mut household, &sum.pattern, sum.found * score.household);
                add_levels(&mut kin, &sum.pattern, sum.found * score.kin);
            }
            let before = self.shares.person;
            self.shares.person = (all.person / (all_pairs + STEADY)).clamp(1e-15, 0.5);
            for (share, count) in
                [(&mut self.shares.household, all.household), (&mut self.shares.kin, all.kin)]
            {
                if *share > 0.0 {
                    *share = (count / (all_pairs + STEADY)).clamp(1e-15, 0.2);
                }
            }
            let mut moved = (self.shares.person / before - 1.0).abs();
            for (at, chances) in self.chances.iter_mut().enumerate() {
                moved = moved.max(replace(&mut chances.person, &person[at]));
                if !chances.tells {
                    replace(&mut chances.household, &household[at]);
                }
                if let Some(chances) = &mut chances.kin {
                    replace(chances, &kin[at]);
                }
            }
            if moved < 1e-4 {
                return;
            }
        }
    }

    /// Logarithms, taken once for many pairs.
    pub(crate) fn logs(&self) -> Logs {
        let log = |chances: &[f64]| chances.iter().map(|chance| chance.max(1e-12).log2()).collect::<Vec<_>>();
        let each = self.chances.iter().map(|chances| {
            let strangers = chances.stranger.iter().zip(&chances.by_value);
            let strangers: Vec<f64> = strangers
                .map(|(chance, by_value)| if *by_value { 0.0 } else { chance.max(1e-12).log2() })
                .collect();
            let kin = chances.kin.as_ref().map_or_else(|| strangers.clone(), |chances| log(chances));
            let zipped =
                log(&chances.person).into_iter().zip(log(&chances.household)).zip(kin).zip(strangers);
            zipped.map(|(((person, household), kin), stranger)| [person, household, kin, stranger]).collect()
        });
        let Shares { person, household, kin } = self.shares;
        Logs {
            each: each.collect(),
            shares: [person, household, kin, 1.0 - person - household - kin].map(f64::log2),
        }
    }
}

/// Counts the levels of a pattern.
fn add_levels(counts: &mut [Vec<f64>], pattern: &Pattern, count: f64) {
    if count < 1e-9 {
        return;
    }
    for (at, counts) in counts.iter_mut().enumerate() {
        if let Some(level) = counts.get_mut(pattern.level(at) as usize) {
            *level += count;
        }
    }
}

/// Logarithms of all chances: person, household, kin, stranger.
pub(crate) struct Logs {
    each: Vec<Vec<[f64; 4]>>,
    shares: [f64; 4],
}

impl Logs {
    /// How many comparisons there are.
    pub(crate) fn len(&self) -> usize {
        self.each.len()
    }

    /// log₂ of the odds of one person against strangers, before anything is known of a pair.
    pub(crate) fn before(&self) -> f64 {
        self.shares[0] - self.shares[3]
    }

    /// How much a finding speaks for one person, against strangers.
    pub(crate) fn bits(&self, at: usize, finding: Finding) -> f64 {
        let logs = self.each.get(at).and_then(|levels| levels.get(finding.level as usize));
        logs.map_or(0.0, |[person, _, _, stranger]| person - stranger - halves(finding.rarity))
    }

    pub(crate) fn score(&self, pattern: &Pattern) -> Score {
        let mut sums = self.shares;
        sums[2] += halves(pattern.own);
        sums[3] += halves(pattern.own) + halves(pattern.kin);
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
        let [person, household, kin, stranger] = sums;
        let most = household.max(kin).max(stranger);
        let [of_household, of_kin, of_stranger] = [household, kin, stranger].map(|log| (log - most).exp2());
        let others = of_household + of_kin + of_stranger;
        let weight = person - most - others.log2();
        let probability = 1.0 / (1.0 + (-weight).exp2());
        let rest = (1.0 - probability) / others;
        Score { weight, person: probability, household: of_household * rest, kin: of_kin * rest }
    }
}

fn halves(halves: Halves) -> f64 {
    f64::from(halves) / 2.0
}

/// Puts shares in place of the old ones; by how much the largest change was.
fn replace(chances: &mut [f64], counts: &[f64]) -> f64 {
    let sum: f64 = counts.iter().sum();
    let mut moved = 0.0_f64;
    for (chance, count) in chances.iter_mut().zip(counts) {
        let share = count / sum;
        moved = moved.max((share - *chance).abs());
        *chance = share;
    }
    moved
}
