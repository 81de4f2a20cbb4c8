//! Expectation and maximisation.

use super::learn::Lesson;
use super::{Chances, NAMESAKES, Shares, Weights};
use crate::compare::{MISSING, Pattern};

/// How many imagined pairs what is expected of the levels counts for.
const STEADY: f64 = 40.0;

/// The same for what does not say who somebody is: little is known of it beforehand.
const STEADY_ELSE: f64 = 4.0;

/// Rounds at most.
const ROUNDS: usize = 100;

/// So few pairs are none.
const NOBODY: f64 = 1e-9;

/// How pairs that agree in what a family shares, and differ in the rest, are read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Whoever wrote the file was careless: one person may have two given names or birth dates.
    Careless,
    /// Those who differ in them are two of a family: one person hardly ever does.
    Families,
    /// Nothing is learnt of what one person shows: it is held at what is expected.
    Held,
}

/// What pairs are told apart by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Evidence {
    /// What says who somebody is.
    Identity,
    /// Everything.
    All,
}

/// How many imagined pairs what is expected of a comparison counts for.
pub(super) fn steady_of(expected: &Chances) -> f64 {
    if expected.traits.is_of_identity { STEADY } else { STEADY_ELSE }
}

/// Pairs of each level, by kind.
struct Counts {
    person: Vec<Vec<f64>>,
    household: Vec<Vec<f64>>,
    kin: Vec<Vec<f64>>,
    all: Shares,
}

impl Counts {
    /// What is expected.
    fn steady(expected: &[Chances]) -> Self {
        let steady = |of: fn(&Chances) -> &Vec<f64>| -> Vec<Vec<f64>> {
            let each = |it: &Chances| of(it).iter().map(|chance| chance * steady_of(it)).collect();
            expected.iter().map(each).collect()
        };
        Self {
            person: steady(|it| &it.person),
            household: steady(|it| &it.household),
            kin: steady(|it| it.kin.as_ref().unwrap_or(&it.stranger)),
            all: Shares { person: 0.5, household: 0.5, kin: 0.5, namesake: 0.5 * NAMESAKES },
        }
    }

    /// Counts two people of one household. What tells them apart is held at what is expected, so that this kind cannot take in
    /// pairs of one person; but those of one given name, such as father and son, are counted where birth dates tell them apart,
    /// if those who differ are read as a family.
    fn add_household(&mut self, expected: &[Chances], pattern: &Pattern, count: f64, reading: Reading) {
        if count < NOBODY {
            return;
        }
        let differs = |at: usize| {
            let first = expected[at].person.len() - expected[at].traits.differences;
            pattern.level(at) != MISSING && pattern.level(at) as usize >= first
        };
        let tells = |at: usize| expected[at].traits.tells;
        let otherwise =
            |at: usize| (0..expected.len()).any(|other| other != at && tells(other) && differs(other));
        for (at, counts) in self.household.iter_mut().enumerate() {
            let is_learnt = expected[at].traits.is_name && reading != Reading::Careless && otherwise(at);
            if tells(at) && !is_learnt {
                continue;
            }
            if let Some(level) = counts.get_mut(pattern.level(at) as usize) {
                *level += count;
            }
        }
    }
}

impl Weights {
    /// Finds the kinds of the pairs, and what each kind shows, until both agree.
    pub(super) fn maximise(&mut self, lesson: &Lesson, evidence: Evidence, reading: Reading) {
        for _ in 0..ROUNDS {
            let counts = self.counted(lesson, evidence, reading);
            if self.moved_to(&counts, lesson, reading) < 1e-4 {
                return;
            }
        }
    }

    fn counted(&self, lesson: &Lesson, evidence: Evidence, reading: Reading) -> Counts {
        let expected = &lesson.expected;
        let mut scorer = self.scorer();
        if evidence == Evidence::Identity {
            scorer.silence(expected.iter().map(|it| it.traits.is_of_identity));
        }
        let mut counts = Counts::steady(expected);
        for sum in lesson.found() {
            let [person, household, kin, namesake, _] =
                scorer.kinds(&sum.pattern).map(|share| sum.found * share);
            counts.all.person += person;
            counts.all.household += household;
            counts.all.kin += kin;
            counts.all.namesake += namesake;
            add_levels(&mut counts.person, &sum.pattern, person);
            counts.add_household(expected, &sum.pattern, household, reading);
            add_levels(&mut counts.kin, &sum.pattern, kin);
        }
        counts
    }

    /// Puts what was counted in place of what was held; by how much the largest change was.
    fn moved_to(&mut self, counts: &Counts, lesson: &Lesson, reading: Reading) -> f64 {
        let pairs = lesson.all_pairs + STEADY;
        let before = self.shares.person;
        self.shares.person = (counts.all.person / pairs).clamp(1e-15, 0.5);
        for (share, count) in [
            (&mut self.shares.household, counts.all.household),
            (&mut self.shares.kin, counts.all.kin),
            (&mut self.shares.namesake, counts.all.namesake),
        ] {
            if *share > 0.0 {
                *share = (count / pairs).clamp(1e-15, 0.2);
            }
        }
        let mut moved = (self.shares.person / before - 1.0).abs();
        let families = self.shares.household > 0.0;
        for (at, chances) in self.chances.iter_mut().enumerate() {
            let traits = lesson.expected[at].traits;
            let most = match reading {
                Reading::Careless => traits.most_of_careless,
                Reading::Families | Reading::Held => traits.most_of_person,
            };
            let of_household = if families { traits.of_household } else { (0.0, 1.0) };
            let first = chances.person.len() - traits.differences;
            let is_held = reading == Reading::Held && traits.is_of_identity;
            if !is_held {
                moved = moved.max(replace(&mut chances.person, &counts.person[at], first, (0.0, most)));
            }
            replace(&mut chances.household, &counts.household[at], first, of_household);
            if let Some(chances) = &mut chances.kin {
                let (first, of_kin) = traits.of_kin;
                replace(chances, &counts.kin[at], first, of_kin);
            }
        }
        moved
    }
}

/// Counts the levels of a pattern.
pub(super) fn add_levels(counts: &mut [Vec<f64>], pattern: &Pattern, count: f64) {
    if count < NOBODY {
        return;
    }
    for (at, counts) in counts.iter_mut().enumerate() {
        if let Some(level) = counts.get_mut(pattern.level(at) as usize) {
            *level += count;
        }
    }
}

/// Puts shares in place of the old ones, those from the `first` difference on within limits together; by how much the largest
/// change was.
fn replace(chances: &mut [f64], counts: &[f64], first: usize, (least, most): (f64, f64)) -> f64 {
    let sum: f64 = counts.iter().sum();
    let differ: f64 = counts.iter().skip(first).sum::<f64>() / sum;
    let kept = differ.clamp(least, most);
    let scales = [(1.0 - kept) / (1.0 - differ).max(1e-12), kept / differ.max(1e-12)];
    let mut moved = 0.0_f64;
    for (at, (chance, count)) in chances.iter_mut().zip(counts).enumerate() {
        let share = count / sum * scales[usize::from(at >= first)];
        moved = moved.max((share - *chance).abs());
        *chance = share;
    }
    moved
}
