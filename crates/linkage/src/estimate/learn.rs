//! Which weights suit a file.

use std::collections::BTreeMap;

use super::maximise::{Evidence, Reading, add_levels, steady_of};
use super::{Chances, Weights};
use crate::compare::{MISSING, Pattern};
use crate::observe::Observed;
use crate::report::Source;

/// By how many bits for each pair in question a file must look more like the work of the careless than like families.
const WORTH: f64 = 0.3;

/// The same where no birth dates show which of both it is.
const WORTH_UNSEEN: f64 = 3.0;

/// So many bits are nothing.
const SLACK: f64 = 10.0;

/// A pattern to learn from, with how many pairs show it.
pub(super) struct Sum {
    pub(super) pattern: Pattern,
    pub(super) found: f64,
    random: f64,
}

/// What weights are learnt from.
pub(super) struct Lesson {
    /// What is expected before any data are seen.
    pub(super) expected: Vec<Chances>,
    pub(super) sums: Vec<Sum>,
    pub(super) all_pairs: f64,
}

impl Lesson {
    fn new(expected: Vec<Chances>, observed: &Observed, all_pairs: f64) -> Self {
        let mut sums: BTreeMap<Pattern, (f64, f64)> = BTreeMap::new();
        for ((pattern, found), random) in observed.patterns.iter().zip(&observed.found).zip(&observed.random)
        {
            let sum = sums.entry(pattern.rounded()).or_default();
            sum.0 += found;
            sum.1 += random;
        }
        let sum = |(pattern, (found, random))| Sum { pattern, found, random };
        Self { expected, sums: sums.into_iter().map(sum).collect(), all_pairs }
    }

    /// The patterns that pairs which blocking found show.
    pub(super) fn found(&self) -> impl Iterator<Item = &Sum> {
        self.sums.iter().filter(|sum| sum.found > 0.0)
    }

    /// Whether there is nothing to agree with anything else.
    fn is_of_one_thing(&self) -> bool {
        self.expected.len() < 2
    }

    /// Whether something that tells members of a family apart is ever known of both.
    fn shows_families(&self) -> bool {
        let seen = |at: usize| self.found().any(|sum| sum.pattern.level(at) != MISSING);
        self.expected.iter().enumerate().any(|(at, it)| it.traits.tells && seen(at))
    }
}

impl Weights {
    /// Learns from what was seen.
    ///
    /// Pairs that agree in what a family shares and differ in given name or birth date are either the work of careless hands or
    /// two of a family. Both readings are tried. The careless one, which can explain anything, is taken only if the file is
    /// much likelier by it: to make two people one is worse than to leave one in two.
    ///
    /// Where a file says little, what agrees together may be no person at all (those of one given name and one service). Then
    /// what one person shows is held at what is expected, and only how many such pairs there are is learnt.
    pub(crate) fn learn(&mut self, observed: &Observed, all_pairs: f64) {
        let lesson = Lesson::new(self.chances.clone(), observed, all_pairs);
        if !lesson.shows_families() {
            (self.shares.household, self.shares.kin) = (0.0, 0.0);
        }
        let learnt = self.likelier(&lesson);
        *self = match lesson.is_of_one_thing() {
            true => learnt,
            false if learnt.is_no_person() => self.fitted(&lesson, Reading::Held).0,
            false => Self { source: Source::Rows, ..learnt },
        };
    }

    /// What the likelier reading teaches.
    fn likelier(&self, lesson: &Lesson) -> Self {
        let (careless, likely) = self.fitted(lesson, Reading::Careless);
        if self.shares.household == 0.0 {
            return careless;
        }
        let (families, less_likely) = self.fitted(lesson, Reading::Families);
        let both_tell = lesson.expected.iter().filter(|it| it.traits.tells).count() == 2;
        let worth = if both_tell { WORTH } else { WORTH_UNSEEN };
        let in_question = (careless.shares.person - families.shares.person).max(0.0) * lesson.all_pairs;
        let is_careless = likely - less_likely > worth * in_question + SLACK;
        if is_careless { careless } else { families }
    }

    /// Whether what was taken for one person is none: it leans on the bounds on how often a person may differ in what is
    /// constant. Names alone cannot be led astray: there is nothing else for pairs to agree in.
    fn is_no_person(&self) -> bool {
        let beyond_names = self.chances.iter().any(|it| !it.traits.is_name);
        let leans = |it: &Chances| {
            let first = it.person.len() - it.traits.differences;
            let differ: f64 = it.person.iter().skip(first).sum();
            it.traits.most_of_careless < 1.0 && differ > 0.999 * it.traits.most_of_careless
        };
        beyond_names && self.chances.iter().any(leans)
    }

    /// The weights by one reading, and how likely the file is by them, in bits.
    fn fitted(&self, lesson: &Lesson, reading: Reading) -> (Self, f64) {
        let mut fit = self.clone();
        // Kinds of pairs show only in what agrees together: one comparison alone teaches nothing.
        let alone = lesson.is_of_one_thing();
        let identity = lesson.expected.iter().filter(|it| it.traits.is_of_identity).count() >= 2;
        for _ in 0..3 {
            fit.count_strangers(lesson);
            if alone {
                break;
            }
            // What says who somebody is finds the pairs first; then the rest is weighed by what it shows of them. Twelve
            // columns of amounts that change with every row would hide them otherwise.
            if identity {
                fit.maximise(lesson, Evidence::Identity, reading);
            }
            fit.maximise(lesson, Evidence::All, reading);
        }
        let likely = fit.likelihood(lesson);
        (fit, likely)
    }

    /// log₂ of how likely what was seen is by these weights, with what is expected beforehand.
    fn likelihood(&self, lesson: &Lesson) -> f64 {
        let scorer = self.scorer();
        let found: f64 = lesson.sums.iter().map(|sum| sum.found).sum();
        let seen: f64 = lesson.found().map(|sum| sum.found * scorer.density(&sum.pattern)).sum();
        let rest = (lesson.all_pairs - found).max(0.0) * scorer.strangers();
        let expected: f64 = self.chances.iter().zip(&lesson.expected).map(|(it, was)| it.agrees(was)).sum();
        seen + rest + expected
    }

    /// What strangers show: pairs taken at random, less those that are no strangers.
    fn count_strangers(&mut self, lesson: &Lesson) {
        let scorer = self.scorer();
        let mut counts: Vec<Vec<f64>> =
            lesson.expected.iter().map(|it| vec![0.0; it.stranger.len()]).collect();
        for sum in lesson.sums.iter().filter(|sum| sum.random > 0.0) {
            let count = sum.random * (1.0 - scorer.score(&sum.pattern).person);
            add_levels(&mut counts, &sum.pattern, count);
        }
        for ((counts, expected), chances) in counts.iter().zip(&lesson.expected).zip(&mut self.chances) {
            // One imagined pair at each level, among as many as it takes to meet one.
            let all: f64 = counts.iter().sum();
            let smoothed = counts.iter().zip(&expected.stranger);
            let shares: Vec<f64> =
                smoothed.map(|(count, chance)| (count + 1.0) / (all + 1.0 / chance)).collect();
            let sum: f64 = shares.iter().sum();
            chances.stranger = shares.iter().map(|share| share / sum).collect();
        }
    }
}

impl Chances {
    /// log₂ of how likely these are by what was expected.
    fn agrees(&self, expected: &Self) -> f64 {
        let steady = steady_of(expected);
        let log = |(chance, expected): (&f64, &f64)| steady * expected * chance.max(1e-12).log2();
        let sum = |chances: &[f64], expected: &[f64]| chances.iter().zip(expected).map(log).sum::<f64>();
        let kin = self.kin.as_ref().zip(expected.kin.as_ref()).map_or(0.0, |(it, was)| sum(it, was));
        sum(&self.person, &expected.person) + sum(&self.household, &expected.household) + kin
    }
}
