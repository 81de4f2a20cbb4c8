//! Any number of kinds of pairs, any number of levels.

use serde::Serialize;

use super::climb::{Bounds, Summit, climb};
use super::patterns::{MAX_COUNT, Patterns};
use super::step::{LEAST, Parameters, Problem};
use crate::Error;

/// Plain steps before a fit may leap.
const PLAIN_STEPS: usize = 30;
/// How far the parts of a whole may add up to something else than 1.
const SLACK: f64 = 1e-6;

/// Pairs imagined beside those seen, which keep an estimate sensible where few are seen. They are added to the pairs
/// expected at each level: a Dirichlet prior with each parameter one above its pseudo-count, of which the mode is taken.
#[derive(Debug, Clone, PartialEq)]
pub enum PseudoCounts {
    /// None: maximum likelihood.
    None,
    /// So many pairs at every level of every field.
    Even(f64),
    /// So many pairs for every field, spread over its levels as the start says: the estimate is drawn towards it.
    LikeStart(f64),
    /// For each field, so many pairs at each level.
    Each(Vec<Vec<f64>>),
}

/// A kind of pairs: one person, one household, strangers.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    share: f64,
    share_pseudo: f64,
    levels: Vec<Vec<f64>>,
    /// `None`: held as they are.
    pseudo: Option<PseudoCounts>,
}

impl Class {
    /// A class that makes up `share` of the pairs and whose level probabilities (for each field one list, adding up to
    /// 1) are known and kept; only its share is estimated.
    #[must_use]
    pub const fn held(share: f64, levels: Vec<Vec<f64>>) -> Self {
        Self { share, share_pseudo: 0.0, levels, pseudo: None }
    }

    /// A class whose share and level probabilities are estimated from these on.
    #[must_use]
    pub const fn free(share: f64, levels: Vec<Vec<f64>>, pseudo: PseudoCounts) -> Self {
        Self { share, share_pseudo: 0.0, levels, pseudo: Some(pseudo) }
    }

    /// The same with so many pairs imagined to be of this class.
    #[must_use]
    pub const fn with_pairs(mut self, pseudo: f64) -> Self {
        self.share_pseudo = pseudo;
        self
    }

    /// Checks the class against the fields and makes every probability positive.
    fn checked(mut self, fields: &[u8]) -> Result<Self, Error> {
        if !(0.0..=1.0).contains(&self.share) {
            return Err(Error::out_of_range("share of a class", self.share, "0 to 1"));
        }
        pseudo_count(self.share_pseudo)?;
        same_shape(&self.levels, fields)?;
        for levels in &mut self.levels {
            normalise(levels)?;
        }
        match &self.pseudo {
            Some(PseudoCounts::Even(pairs) | PseudoCounts::LikeStart(pairs)) => pseudo_count(*pairs)?,
            Some(PseudoCounts::Each(each)) => {
                same_shape(each, fields)?;
                each.iter().flatten().try_for_each(|pairs| pseudo_count(*pairs))?;
            }
            Some(PseudoCounts::None) | None => {}
        }
        Ok(self)
    }

    fn pseudo_at(&self, field: usize, level: usize) -> f64 {
        match &self.pseudo {
            Some(PseudoCounts::Even(pairs)) => *pairs,
            Some(PseudoCounts::LikeStart(pairs)) => pairs * self.levels[field][level],
            Some(PseudoCounts::Each(each)) => each[field][level],
            Some(PseudoCounts::None) | None => 0.0,
        }
    }
}

fn same_shape(lists: &[Vec<f64>], fields: &[u8]) -> Result<(), Error> {
    let same = lists.len() == fields.len()
        && lists.iter().zip(fields).all(|(list, levels)| list.len() == usize::from(*levels));
    if same {
        Ok(())
    } else {
        Err(Error::bad_shape("a class must have one number for each level of each field"))
    }
}

fn pseudo_count(pairs: f64) -> Result<(), Error> {
    if (0.0..=MAX_COUNT).contains(&pairs) {
        return Ok(());
    }
    Err(Error::out_of_range("pseudo-count", pairs, "0 to 2^53"))
}

/// Raises what is 0 to [`LEAST`] and makes the parts add up to 1, which they must do nearly.
fn normalise(parts: &mut [f64]) -> Result<(), Error> {
    if let Some(wrong) = parts.iter().find(|part| !(0.0..=1.0).contains(*part)) {
        return Err(Error::out_of_range("probability of a level", *wrong, "0 to 1"));
    }
    let total: f64 = parts.iter().sum();
    if (total - 1.0).abs() > SLACK {
        return Err(Error::out_of_range("sum of probabilities", total, "1"));
    }
    let raised: f64 = parts.iter().map(|part| positive(*part)).sum();
    parts.iter_mut().for_each(|part| *part = positive(*part) / raised);
    Ok(())
}

/// Nothing is impossible.
fn positive(part: f64) -> f64 {
    if part > 0.0 { part } else { LEAST }
}

/// When to stop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Largest movement of a probability in one step at which the fit has come to an end.
    pub tolerance: f64,
    /// Steps of expectation and maximisation at most.
    pub iterations: usize,
}

impl Default for Limits {
    /// Movement below 10⁻⁸, at most 500 steps.
    fn default() -> Self {
        Self { tolerance: 1e-8, iterations: 500 }
    }
}

/// A mixture of classes of pairs: where a fit starts from.
#[derive(Debug, Clone, PartialEq)]
pub struct Mixture {
    fields: Vec<u8>,
    classes: Vec<Class>,
}

/// A class as estimated.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FittedClass {
    /// Its share of the pairs.
    pub share: f64,
    /// For each field, the probability of each level.
    pub levels: Vec<Vec<f64>>,
}

/// What a fit found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MixtureFit {
    /// The classes in the order they were given.
    pub classes: Vec<FittedClass>,
    /// Natural logarithm of the likelihood of the patterns.
    pub log_likelihood: f64,
    /// What the pseudo-counts add to it: Σ pseudo-count · ln probability. The sum of both never falls.
    pub log_prior: f64,
    /// Steps taken.
    pub iterations: usize,
    /// Whether it came to an end within its limits.
    pub converged: bool,
}

impl Mixture {
    /// A mixture of `classes` over fields with so many levels each.
    ///
    /// # Errors
    /// [`Error::BadShape`] for fewer than two classes, no field, and a class whose lists do not fit the fields;
    /// [`Error::OutOfRange`] for shares, and probabilities of the levels of a field, that are not from 0 to 1 or do not
    /// add up to 1, and for negative pseudo-counts. What is 0 is taken as 10⁻¹²: nothing is impossible.
    ///
    /// ```
    /// use linkage::fellegi_sunter::{Class, Limits, Mixture, Patterns, PseudoCounts};
    /// let mut patterns = Patterns::new(&[2, 2, 2])?;
    /// for (pattern, count) in [([0, 0, 0], 80.0), ([0, 1, 0], 9.0), ([1, 0, 0], 6.0), ([1, 1, 0], 2.0), ([1, 1, 1], 11.0)] {
    ///     patterns.push(&pattern.map(Some), count)?;
    /// }
    /// let matches = Class::free(0.1, vec![vec![0.1, 0.9]; 3], PseudoCounts::LikeStart(2.0));
    /// let strangers = Class::held(0.9, vec![vec![0.92, 0.08], vec![0.9, 0.1], vec![0.99, 0.01]]);
    /// let fit = Mixture::new(&[2, 2, 2], vec![matches, strangers])?.fit(&patterns, Limits::default())?;
    /// assert!(fit.converged);
    /// assert!((0.08..0.15).contains(&fit.classes[0].share));
    /// assert_eq!(fit.classes[1].levels[1], [0.9, 0.1]);
    /// # Ok::<(), linkage::Error>(())
    /// ```
    pub fn new(fields: &[u8], classes: Vec<Class>) -> Result<Self, Error> {
        if classes.len() < 2 {
            return Err(Error::bad_shape("there must be two classes of pairs at least"));
        }
        // Only for its checks of the fields.
        Patterns::new(fields)?;
        let mut classes: Vec<Class> =
            classes.into_iter().map(|class| class.checked(fields)).collect::<Result<_, _>>()?;
        let total: f64 = classes.iter().map(|class| class.share).sum();
        if (total - 1.0).abs() > SLACK {
            return Err(Error::out_of_range("sum of the shares of the classes", total, "1"));
        }
        let raised: f64 = classes.iter().map(|class| positive(class.share)).sum();
        classes.iter_mut().for_each(|class| class.share = positive(class.share) / raised);
        Ok(Self { fields: fields.to_vec(), classes })
    }

    /// Fits the mixture to counted patterns by expectation and maximisation. Levels that are missing are skipped; a
    /// field that is missing everywhere keeps its start. The order of the patterns changes nothing.
    ///
    /// # Errors
    /// [`Error::BadShape`] for patterns of other fields; [`Error::EmptySample`] when no pattern has a pair.
    pub fn fit(&self, patterns: &Patterns, limits: Limits) -> Result<MixtureFit, Error> {
        let problem = self.problem(patterns)?;
        let bounds = Bounds { tolerance: limits.tolerance, steps: limits.iterations, plain: PLAIN_STEPS };
        let summit = climb(&problem, self.start(&problem), bounds);
        Ok(MixtureFit::of(&problem, &summit))
    }

    pub(super) fn problem(&self, patterns: &Patterns) -> Result<Problem, Error> {
        if patterns.levels() != self.fields {
            return Err(Error::bad_shape("the patterns are of other fields than the model"));
        }
        let patterns = patterns.sorted();
        if patterns.counts.is_empty() {
            return Err(Error::EmptySample);
        }
        let free = self.classes.iter().map(|class| class.pseudo.is_some()).collect();
        let mut problem = Problem { patterns, classes: self.classes.len(), free, pseudo: Vec::new() };
        problem.pseudo = self.laid_out(&problem, 0.0, |class| class.share_pseudo, Class::pseudo_at);
        Ok(problem)
    }

    pub(super) fn start(&self, problem: &Problem) -> Parameters {
        self.laid_out(problem, 1.0, |class| class.share, |class, field, level| class.levels[field][level])
    }

    /// Numbers of every class in the order of parameters; `missing` at the places for missing levels.
    fn laid_out(
        &self,
        problem: &Problem,
        missing: f64,
        share: impl Fn(&Class) -> f64,
        at: impl Fn(&Class, usize, usize) -> f64,
    ) -> Parameters {
        let classes = self.classes.len();
        let mut numbers = vec![missing; problem.size()];
        numbers.iter_mut().zip(&self.classes).for_each(|(number, class)| *number = share(class));
        for (field, slots) in problem.patterns.layout.fields().enumerate() {
            for (level, slot) in slots.enumerate() {
                for (number, class) in numbers[(1 + slot) * classes..].iter_mut().zip(&self.classes) {
                    *number = at(class, field, level);
                }
            }
        }
        numbers
    }
}

impl FittedClass {
    pub(super) fn of(problem: &Problem, parameters: &[f64], class: usize) -> Self {
        let probability = |slot: usize| parameters[(1 + slot) * problem.classes + class];
        let fields = problem.patterns.layout.fields();
        Self {
            share: parameters[class],
            levels: fields.map(|slots| slots.map(probability).collect()).collect(),
        }
    }
}

impl MixtureFit {
    pub(super) fn of(problem: &Problem, summit: &Summit) -> Self {
        let classes = 0..problem.classes;
        Self {
            classes: classes.map(|class| FittedClass::of(problem, &summit.parameters, class)).collect(),
            log_likelihood: summit.objective.likelihood,
            log_prior: summit.objective.prior,
            iterations: summit.steps,
            converged: summit.converged,
        }
    }
}
