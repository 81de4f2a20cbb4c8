//! One step of expectation and maximisation.

use super::patterns::Sorted;

/// Least value of a probability that is estimated: it never reaches 0 or 1, so that no weight becomes infinite.
pub(super) const LEAST: f64 = 1e-12;

/// Patterns summed before their sum is added to the rest: in long plain sums, rounding would add up.
const BLOCK: usize = 128;

/// What is fitted: patterns, and which numbers of the model are free.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) patterns: Sorted,
    pub(super) classes: usize,
    /// Whether the level probabilities of a class are estimated.
    pub(super) free: Vec<bool>,
    /// Pairs added to the shares of the classes, then to each level of each class, laid out as the parameters are.
    pub(super) pseudo: Vec<f64>,
}

/// Parameters: the share of each class, then for each place of the layout the probability of that level in each class (1
/// for missing).
pub(super) type Parameters = Vec<f64>;

impl Problem {
    /// Numbers of the model.
    pub(super) fn size(&self) -> usize {
        self.classes * (1 + self.patterns.layout.slots)
    }

    /// Writes the next parameters into `next`; the log-likelihood (natural) and the log-prior of the present ones.
    pub(super) fn step(&self, now: &[f64], next: &mut Parameters) -> Objective {
        let logs: Vec<f64> = now.iter().map(|p| p.ln()).collect();
        let (likelihood, sums) = match self.classes {
            // The usual numbers of classes as constants: loops over them then vanish.
            2 => self.expect::<2>(&logs),
            3 => self.expect::<3>(&logs),
            _ => self.expect_any(&logs),
        };
        self.maximise(now, sums, next);
        let prior = Compensated::of(
            self.pseudo.iter().zip(&logs).map(|(pseudo, log)| if *pseudo > 0.0 { pseudo * log } else { 0.0 }),
        );
        Objective { likelihood, prior }
    }

    /// Log-likelihood, and pairs expected in each class and at each of its levels.
    fn expect<const K: usize>(&self, logs: &[f64]) -> (f64, Vec<f64>) {
        let (logs, _) = logs.as_chunks::<K>();
        let mut sums = vec![[0.0; K]; logs.len()];
        let mut block = sums.clone();
        let mut likelihood = Compensated::default();
        let Some((shares, levels)) = logs.split_first() else { return (0.0, Vec::new()) };
        let rows: Vec<(&[u32], f64)> = self.patterns.rows().collect();
        for rows in rows.chunks(BLOCK) {
            for (row, count) in rows {
                let mut joint = *shares;
                for slot in *row {
                    let level = &levels[*slot as usize];
                    (0..K).for_each(|class| joint[class] += level[class]);
                }
                likelihood.add(count * to_shares(&mut joint, *count));
                add(&mut block[0], &joint);
                for slot in *row {
                    add(&mut block[1 + *slot as usize], &joint);
                }
            }
            for (sum, block) in sums.iter_mut().zip(&mut block) {
                add(sum, block);
                *block = [0.0; K];
            }
        }
        (likelihood.total(), sums.into_flattened())
    }

    /// As [`Self::expect`], for any number of classes.
    fn expect_any(&self, logs: &[f64]) -> (f64, Vec<f64>) {
        let classes = self.classes;
        let (shares, levels) = logs.split_at(classes);
        let mut sums = vec![0.0; logs.len()];
        let mut block = sums.clone();
        let mut joint = vec![0.0; classes];
        let mut likelihood = Compensated::default();
        let rows: Vec<(&[u32], f64)> = self.patterns.rows().collect();
        for rows in rows.chunks(BLOCK) {
            for (row, count) in rows {
                joint.copy_from_slice(shares);
                for slot in *row {
                    add(&mut joint, &levels[*slot as usize * classes..][..classes]);
                }
                likelihood.add(count * to_shares(&mut joint, *count));
                add(&mut block[..classes], &joint);
                for slot in *row {
                    add(&mut block[(1 + *slot as usize) * classes..][..classes], &joint);
                }
            }
            add(&mut sums, &block);
            block.fill(0.0);
        }
        (likelihood.total(), sums)
    }

    /// The parameters that fit the expected pairs best, pseudo-counts among them.
    fn maximise(&self, now: &[f64], mut sums: Vec<f64>, next: &mut Parameters) {
        let classes = self.classes;
        add(&mut sums, &self.pseudo);
        next.clear();
        next.extend_from_slice(now);
        distribute(&sums, next, 0..classes, 1);
        for field in self.patterns.layout.fields() {
            let places = (1 + field.start) * classes..(1 + field.end) * classes;
            for class in (0..classes).filter(|class| self.free[*class]) {
                distribute(&sums, next, places.start + class..places.end, classes);
            }
        }
    }
}

/// Sets each `step`th of a range to its part of their sum, never below [`LEAST`]; leaves them where there is no evidence.
fn distribute(sums: &[f64], next: &mut [f64], range: std::ops::Range<usize>, step: usize) {
    let total: f64 = range.clone().step_by(step).map(|at| sums[at]).sum();
    if total <= 0.0 {
        return;
    }
    let raised: f64 = range.clone().step_by(step).map(|at| (sums[at] / total).max(LEAST)).sum();
    for at in range.step_by(step) {
        next[at] = (sums[at] / total).max(LEAST) / raised;
    }
}

/// Turns log-probabilities into parts of `count` in proportion; the logarithm of their sum.
#[inline]
fn to_shares(joint: &mut [f64], count: f64) -> f64 {
    let most = joint.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut total = 0.0;
    for log in joint.iter_mut() {
        *log = (*log - most).exp();
        total += *log;
    }
    let factor = count / total;
    joint.iter_mut().for_each(|part| *part *= factor);
    most + total.ln()
}

#[inline]
fn add(sums: &mut [f64], terms: &[f64]) {
    sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += term);
}

/// What a fit climbs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Objective {
    pub(super) likelihood: f64,
    pub(super) prior: f64,
}

impl Objective {
    pub(super) fn total(self) -> f64 {
        self.likelihood + self.prior
    }
}

/// A sum that carries along what rounding drops (Neumaier 1974).
#[derive(Debug, Clone, Copy, Default)]
struct Compensated {
    sum: f64,
    dropped: f64,
}

impl Compensated {
    #[inline]
    fn add(&mut self, term: f64) {
        let sum = self.sum + term;
        let (large, small) = if self.sum.abs() >= term.abs() { (self.sum, term) } else { (term, self.sum) };
        self.dropped += (large - sum) + small;
        self.sum = sum;
    }

    fn total(self) -> f64 {
        self.sum + self.dropped
    }

    fn of(terms: impl Iterator<Item = f64>) -> f64 {
        let mut sum = Self::default();
        terms.for_each(|term| sum.add(term));
        sum.total()
    }
}
