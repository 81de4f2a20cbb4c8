//! Estimation of the textbook model.

use super::climb::{Bounds, climb};
use super::mixture::{Class, FittedClass, Mixture, MixtureFit, PseudoCounts};
use super::patterns::Patterns;
use super::probability::Probability;
use super::step::{Parameters, Problem};
use super::two_class::{Agreement, Field, TwoClass};
use crate::Error;

/// Movement at which the fit has come to an end.
const TOLERANCE: f64 = 1e-14;
/// Plain steps before a fit may leap: so many that it climbs the hill it started on.
const PLAIN_STEPS: usize = 2_000;
/// Steps at most, and at least as many as this if each is long.
const MOST_STEPS: usize = 100_000;
const LEAST_STEPS: usize = 500;
/// Bits of Σ log₂(m / u) that may be rounding alone: classes this much alike have no way round.
const NO_DIRECTION: f64 = 1e-9;
/// Comparisons looked at in all, which bounds the time of a fit.
const MOST_WORK: usize = 50_000_000;

/// Patterns of agreement with how many pairs show each.
#[derive(Debug, Clone)]
pub struct TwoLevelPatterns(Patterns);

impl TwoLevelPatterns {
    /// No pattern yet, of so many fields.
    ///
    /// # Errors
    /// [`Error::BadShape`] without a field.
    pub fn new(fields: usize) -> Result<Self, Error> {
        Patterns::new(&vec![2; fields]).map(Self)
    }

    /// Adds `count` pairs with this pattern, `None` where a field is missing.
    ///
    /// # Errors
    /// As [`Patterns::push`].
    pub fn push(&mut self, pattern: &[Option<Agreement>], count: f64) -> Result<(), Error> {
        let level = |agreement: &Option<Agreement>| {
            agreement.map(|agreement| match agreement {
                Agreement::Differ => 0,
                Agreement::Agree => 1,
            })
        };
        let levels: Vec<Option<u8>> = pattern.iter().map(level).collect();
        self.0.push(&levels, count)
    }
}

/// A model one step on.
#[derive(Debug, Clone, PartialEq)]
pub struct EmStep {
    /// The model after the step, its classes as they were given.
    pub model: TwoClass,
    /// Natural logarithm of the likelihood before the step.
    pub log_likelihood_before: f64,
}

/// A model fitted.
#[derive(Debug, Clone, PartialEq)]
pub struct EmFit {
    /// The model; the class for which agreement speaks, over all fields, is that of the matches.
    pub model: TwoClass,
    /// Natural logarithm of the likelihood it reaches.
    pub log_likelihood: f64,
    /// Steps taken.
    pub iterations: usize,
    /// Whether it came to an end within its limits.
    pub converged: bool,
}

/// One step of expectation and one of maximisation from `start`. Missing fields are skipped; a field that is missing
/// everywhere stays as it was. Estimates stay strictly between 0 and 1.
///
/// # Errors
/// [`Error::BadShape`] for patterns of another number of fields; [`Error::EmptySample`] when no pattern has a pair.
///
/// ```
/// use linkage::fellegi_sunter::{Agreement::*, TwoClass, TwoLevelPatterns, em_step};
/// let mut patterns = TwoLevelPatterns::new(1)?;
/// patterns.push(&[Some(Agree)], 30.0)?;
/// patterns.push(&[Some(Differ)], 70.0)?;
/// let step = em_step(&patterns, &TwoClass::new(0.5, &[0.75], &[0.25])?)?;
/// assert!((step.model.prior.get() - 0.4).abs() < 1e-12); // 0.3 · 3/4 + 0.7 · 1/4
/// # Ok::<(), linkage::Error>(())
/// ```
pub fn em_step(patterns: &TwoLevelPatterns, start: &TwoClass) -> Result<EmStep, Error> {
    let mixture = as_mixture(start)?;
    let problem = mixture.problem(&patterns.0)?;
    let mut next = Parameters::new();
    let objective = problem.step(&mixture.start(&problem), &mut next);
    let [matches, others] = [0, 1].map(|class| FittedClass::of(&problem, &next, class));
    Ok(EmStep { model: as_model(&matches, &others), log_likelihood_before: objective.likelihood })
}

/// Fits the model to counted patterns from `start`, until no probability moves by more than 10⁻¹⁴: the maximum of the
/// likelihood that plain steps would reach, sooner where they are slow. A fit whose matches agree less than the others
/// (Σ log₂(m / u) below 0) is relabelled.
///
/// # Errors
/// As [`em_step`].
pub fn em(patterns: &TwoLevelPatterns, start: &TwoClass) -> Result<EmFit, Error> {
    let mixture = as_mixture(start)?;
    let problem = mixture.problem(&patterns.0)?;
    let summit = climb(&problem, mixture.start(&problem), bounds(&problem));
    let fit = MixtureFit::of(&problem, &summit);
    let [matches, others] = fit.classes.as_slice() else { return Err(Error::EmptySample) };
    let model = as_model(matches, others);
    let model = if model.direction() < -NO_DIRECTION { model.swapped() } else { model };
    let (log_likelihood, iterations, converged) = (fit.log_likelihood, fit.iterations, fit.converged);
    Ok(EmFit { model, log_likelihood, iterations, converged })
}

fn bounds(problem: &Problem) -> Bounds {
    let steps = (MOST_WORK / problem.patterns.slots.len().max(1)).clamp(LEAST_STEPS, MOST_STEPS);
    Bounds { tolerance: TOLERANCE, steps, plain: PLAIN_STEPS.min(steps / 2) }
}

fn as_mixture(model: &TwoClass) -> Result<Mixture, Error> {
    let levels = |of: fn(&Field) -> Probability| {
        model.fields.iter().map(|field| of(field).get()).map(|agree| vec![1.0 - agree, agree]).collect()
    };
    let prior = model.prior.get();
    let matches = Class::free(prior, levels(|field| field.m), PseudoCounts::None);
    let others = Class::free(1.0 - prior, levels(|field| field.u), PseudoCounts::None);
    Mixture::new(&vec![2; model.fields.len()], vec![matches, others])
}

fn as_model(matches: &FittedClass, others: &FittedClass) -> TwoClass {
    let agree = |levels: &[f64]| Probability::estimated(levels.last().copied().unwrap_or(0.5));
    let fields = matches.levels.iter().zip(&others.levels);
    TwoClass {
        prior: Probability::estimated(matches.share),
        fields: fields.map(|(m, u)| Field { m: agree(m), u: agree(u) }).collect(),
    }
}
