//! The whole way from records to people.

use crate::block::{self, Parts};
use crate::cluster::{Groups, Link};
use crate::compare::{Comparison, Pattern};
use crate::estimate::Weights;
use crate::observe::{self, Observed};
use crate::records::Records;

/// What may be chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Probability from which two records are taken for one person.
    pub threshold: f64,
    /// Probability from which a person should look at a pair.
    pub review: f64,
    /// When two files are linked: whether each record has at most one counterpart. Without a word it is so if the files
    /// hold few duplicates themselves.
    pub one_to_one: Option<bool>,
}

impl Default for Options {
    fn default() -> Self {
        Self { threshold: 0.5, review: 0.1, one_to_one: None }
    }
}

/// Records with everything learnt about them.
pub struct Linkage {
    /// The records.
    pub records: Records,
    pub(crate) comparisons: Vec<Comparison>,
    pub(crate) weights: Weights,
    pub(crate) observed: Observed,
    pub(crate) keys: Vec<block::Key>,
    one_to_one: bool,
}

/// So few that every pair is compared.
const SMALL: usize = 2_000;

/// Who is one person.
pub struct People {
    /// Number of the person for each row as it was given; numbers go up with the first row of each.
    pub of_row: Vec<u32>,
    /// How many people.
    pub count: usize,
}

impl Linkage {
    /// Compares records and learns the weights.
    #[must_use]
    pub fn new(records: Records, options: Options, tick: &(dyn Fn(usize) + Sync)) -> Self {
        let begin = std::time::Instant::now();
        let comparisons = Comparison::all(&records);
        eprintln!("  comparisons {:.2}", begin.elapsed().as_secs_f64());
        let units = records.units();
        let all_pairs = all_pairs(&records);
        let parts = Parts::of(&records);
        let budget = (5.0 * units as f64).max(2_000_000.0);
        let keys = if units <= SMALL { vec![Vec::new()] } else { block::choose(&parts, units, budget) };
        eprintln!("  chosen {:.2}", begin.elapsed().as_secs_f64());
        let (blocking, sorted) = block::blocked(&records, &parts, keys);
        drop(parts);
        eprintln!("  blocked {:.2}", begin.elapsed().as_secs_f64());
        let observed = observe::observe(&records, &comparisons, &blocking, &sorted, tick);
        eprintln!("  observed {:.2}", begin.elapsed().as_secs_f64());
        eprintln!("  pairs {} patterns {}", observed.pairs.len(), observed.patterns.len());
        let mut weights = Weights::expected(&comparisons, all_pairs, units as f64);
        weights.learn(&observed, all_pairs);
        let one_to_one = records.linking && options.one_to_one.unwrap_or_else(|| apart_within(&weights, &observed));
        Self { records, comparisons, weights, observed, keys: blocking.keys, one_to_one }
    }

    /// Pairs that are likely enough, the likeliest first.
    fn links(&self, least: f64) -> Vec<Link> {
        let logs = self.weights.logs();
        let scores: Vec<f64> = self.observed.patterns.iter().map(|pattern| logs.score(pattern).weight).collect();
        let least = odds(least);
        let weighed =
            self.observed.pairs.iter().map(|pair| Link { a: pair.a, b: pair.b, weight: scores[pair.pattern as usize] });
        let mut links: Vec<Link> = if self.one_to_one {
            let mut links: Vec<Link> = weighed.filter(|link| link.weight >= least - 12.0).collect();
            compete(&mut links, &self.records);
            links
        } else {
            weighed.collect()
        };
        links.retain(|link| link.weight >= least);
        links.sort_unstable_by(|x, y| y.weight.total_cmp(&x.weight).then((x.a, x.b).cmp(&(y.a, y.b))));
        links
    }

    /// Gathers rows into people at a threshold.
    #[must_use]
    pub fn people(&self, threshold: f64) -> People {
        let logs = self.weights.logs();
        let mut groups = Groups::new(&self.records, &self.comparisons, &logs, self.one_to_one);
        for link in self.links(threshold) {
            groups.join(link, 0.0);
        }
        let mut of_row = vec![u32::MAX; self.records.rows()];
        let mut alone = self.records.units() as u32;
        for unit in 0..self.records.units() {
            let root = groups.root(unit as u32);
            let (rows, raw) = self.records.rows_of(unit);
            let itself = logs.score(&Pattern::of(&self.comparisons, &self.records, unit, unit)).weight;
            let together = itself >= odds(threshold);
            let mut number = root;
            for (at, &row) in rows.iter().enumerate() {
                if at > 0 && !together && raw[at] != raw[at - 1] {
                    number = alone;
                    alone += 1;
                }
                of_row[row as usize] = number;
            }
        }
        numbered(of_row)
    }

    /// Says what was learnt, for whoever looks inside.
    #[must_use]
    pub fn told(&self) -> String {
        use std::fmt::Write as _;
        let mut text = String::new();
        let _ = writeln!(text, "keys {:?}", self.keys);
        let _ = writeln!(
            text,
            "pairs {} patterns {} person {:e} household {:e} kin {:e}",
            self.observed.pairs.len(),
            self.observed.patterns.len(),
            self.weights.shares.person,
            self.weights.shares.household,
            self.weights.shares.kin
        );
        for (comparison, chances) in self.comparisons.iter().zip(&self.weights.chances) {
            let _ = writeln!(text, "{}", comparison.name(&self.records));
            for (at, level) in comparison.levels().iter().enumerate() {
                let (m, r, u) = (chances.person[at], chances.household[at], chances.stranger[at]);
                let _ = writeln!(text, "  {:24} {m:.5} {r:.5} {u:.2e}  {:+.1}", level.name, (m / u).log2());
            }
        }
        text
    }
}

/// Whether two files hold so few duplicates themselves that each record has one counterpart at most.
fn apart_within(weights: &Weights, observed: &Observed) -> bool {
    let logs = weights.logs();
    let sum = |counts: &[f64]| -> f64 {
        let each = observed.patterns.iter().zip(counts);
        each.map(|(pattern, count)| count * logs.score(pattern).person).sum()
    };
    sum(&observed.within) * f64::from(observe::WITHIN) < 0.15 * sum(&observed.found)
}

/// Where each record has one counterpart at most, a pair is the less likely the likelier its rivals are; and the more
/// records have a counterpart, the likelier the best is.
fn compete(links: &mut [Link], records: &Records) {
    let second = (0..records.units()).filter(|&unit| records.file(unit) == 1).count();
    let smaller = second.min(records.units() - second).max(1) as f64;
    let odds: Vec<f64> = links.iter().map(|link| link.weight.min(60.0).exp2()).collect();
    let mut sums = vec![0.0; records.units()];
    for (link, odds) in links.iter().zip(&odds) {
        sums[link.a as usize] += odds;
        sums[link.b as usize] += odds;
    }
    let mut alone = 1.0;
    for _ in 0..20 {
        let found: f64 = links
            .iter()
            .zip(&odds)
            .map(|(link, odds)| odds / (alone + sums[link.a as usize].max(sums[link.b as usize])))
            .sum();
        alone = (1.0 - found / smaller).clamp(0.02, 1.0);
    }
    for (link, odds) in links.iter_mut().zip(&odds) {
        let rivals = sums[link.a as usize].max(sums[link.b as usize]) - odds;
        link.weight = (odds / (alone + rivals.max(0.0))).log2();
    }
}

/// Numbers people by their first row.
fn numbered(mut of_row: Vec<u32>) -> People {
    let most = of_row.iter().copied().max().map_or(0, |most| most as usize + 1);
    let mut numbers = vec![u32::MAX; most];
    let mut count = 0;
    for person in &mut of_row {
        let number = &mut numbers[*person as usize];
        if *number == u32::MAX {
            *number = count;
            count += 1;
        }
        *person = *number;
    }
    People { of_row, count: count as usize }
}

/// log₂ of the odds of a probability.
fn odds(probability: f64) -> f64 {
    (probability / (1.0 - probability)).log2()
}

/// How many pairs there are.
fn all_pairs(records: &Records) -> f64 {
    let units = records.units() as f64;
    if records.linking {
        let second = (0..records.units()).filter(|&unit| records.file(unit) == 1).count() as f64;
        return ((units - second) * second).max(1.0);
    }
    (units * (units - 1.0) / 2.0).max(1.0)
}

impl Linkage {
    /// Share of true pairs compared (probe).
    #[must_use]
    pub fn recall(&self, truth: &[u32]) -> f64 {
        let label = |unit: u32| truth[self.records.rows_of(unit as usize).0[0] as usize];
        let mut counts = std::collections::HashMap::new();
        for unit in 0..self.records.units() as u32 {
            *counts.entry((label(unit), self.records.linking && self.records.file(unit as usize) == 1)).or_insert(0.0) += 1.0_f64;
        }
        let all: f64 = if self.records.linking {
            counts.iter().filter(|(k, _)| k.1).map(|(k, n)| n * counts.get(&(k.0, false)).copied().unwrap_or(0.0)).sum()
        } else { counts.values().map(|n| n * (n - 1.0) / 2.0).sum() };
        let found = self.observed.pairs.iter().filter(|pair| label(pair.a) == label(pair.b)).count() as f64;
        found / all
    }

    /// Prints mistakes (probe).
    pub fn errors(&self, truth: &[u32], most: usize) {
        use std::fmt::Write as _;
        let label = |unit: u32| truth[self.records.rows_of(unit as usize).0[0] as usize];
        let logs = self.weights.logs();
        let show = |unit: u32| {
            let mut text = String::new();
            for slot in 0..self.records.slots.len() {
                let id = self.records.id(slot, unit as usize);
                use crate::records::Feature;
                match self.records.slots[slot].feature {
                    Feature::Birth | Feature::Day => { let _ = write!(text, "{id} | "); }
                    Feature::Amount => { let _ = write!(text, "{:?} | ", crate::compare::amount(&self.records, slot, unit as usize)); }
                    _ => { let _ = write!(text, "{} | ", self.records.words(slot).get(id)); }
                }
            }
            text
        };
        let mut kinds = [0, 0];
        for pair in &self.observed.pairs {
            let pattern = self.observed.patterns[pair.pattern as usize];
            let score = logs.score(&pattern);
            let same = label(pair.a) == label(pair.b);
            if same == (score.weight > 0.0) { continue; }
            let kind = usize::from(same);
            kinds[kind] += 1;
            if kinds[kind] > most { continue; }
            let levels: Vec<String> = (0..self.comparisons.len()).map(|at| self.comparisons[at].levels().get(pattern.level(at) as usize).map_or("-", |l| l.name).to_owned()).collect();
            let mut text = String::new();
            let _ = writeln!(text, "{} weight {:.1} household {:.2} kin {:.2} rarity {} {levels:?}\n   {}\n   {}", if same { "MISSED" } else { "FALSE" }, score.weight, score.household, score.kin, (pattern.own + pattern.kin) / 2, show(pair.a), show(pair.b));
            #[expect(clippy::print_stderr)]
            { eprint!("{text}"); }
        }
        #[expect(clippy::print_stderr)]
        { eprintln!("false {} missed {}", kinds[0], kinds[1]); }
    }
}
