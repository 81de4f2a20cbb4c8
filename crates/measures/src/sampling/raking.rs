//! Answers brought in line with what is known of the population.

use std::collections::{BTreeMap, HashMap};

use super::{DesignEffect, Weights};
use crate::{DefinitionId, Error, count};

/// A weighted share counts as its target within this.
const CLOSE: f64 = 1e-10;
/// Rounds over the margins before it is given up.
const ROUNDS: usize = 20_000;
/// Steps in all before it is given up, about a second.
const WORK: usize = 500_000_000;
/// Targets may miss 1 by their rounding.
const ROUNDING: f64 = 1e-6;

/// What is known of the population on one question: the share of each category.
#[derive(Debug, Clone, PartialEq)]
pub struct Margin {
    names: Vec<String>,
    shares: Vec<f64>,
    places: HashMap<String, u32>,
}

impl Margin {
    /// Categories with their shares, 0 to 1, which add up to 1.
    ///
    /// # Errors
    /// `empty_sample` without a category; `out_of_range` for a share outside 0 to 1, or shares that do not add up to 1;
    /// `bad_shape` for a category given twice.
    pub fn new<N: Into<String>>(targets: impl IntoIterator<Item = (N, f64)>) -> Result<Self, Error> {
        let (names, mut shares): (Vec<String>, Vec<f64>) =
            targets.into_iter().map(|(name, share)| (name.into(), share)).unzip();
        if names.is_empty() {
            return Err(Error::EmptySample);
        }
        if let Some(wrong) = shares.iter().find(|share| !(0.0..=1.0).contains(*share)) {
            return Err(Error::out_of_range("target", *wrong, "a share from 0 to 1"));
        }
        let sum: f64 = shares.iter().sum();
        if (sum - 1.0).abs() > ROUNDING {
            return Err(Error::out_of_range("sum of targets", sum, "1"));
        }
        shares.iter_mut().for_each(|share| *share /= sum);
        let places: HashMap<String, u32> = names.iter().cloned().zip(0..).collect();
        if places.len() != names.len() {
            return Err(Error::BadShape { what: "a category is given twice" });
        }
        Ok(Self { names, shares, places })
    }
}

/// Counts respondents by their categories, and weighs them. All that is kept is how many there are of each combination.
///
/// ```
/// use measures::sampling::{Margin, Raking};
/// let mut raking = Raking::new(vec![Margin::new([("F", 0.5), ("M", 0.5)])?])?;
/// for sex in ["F", "F", "F", "M"] {
///     raking.push(&[sex])?;
/// }
/// let raked = raking.weights()?;
/// // Three stand for two, one for two.
/// assert!((raked.weight(&["F"])?.unwrap_or(0.0) - 2.0 / 3.0).abs() < 1e-12);
/// assert!((raked.weight(&["M"])?.unwrap_or(0.0) - 2.0).abs() < 1e-12);
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Raking {
    margins: Vec<Margin>,
    cells: BTreeMap<Vec<u32>, u64>,
    n: u64,
}

/// One weight for each combination of categories, 1 on average over respondents.
#[derive(Debug, Clone, PartialEq)]
pub struct Raked {
    margins: Vec<Margin>,
    weights: BTreeMap<Vec<u32>, f64>,
    /// What the weights cost in precision.
    pub effect: DesignEffect,
    /// Rounds over the margins it took.
    pub rounds: usize,
}

impl Raking {
    /// Formula and version of these weights.
    pub const DEFINITION: DefinitionId = DefinitionId::new("raking", 1);

    /// No respondent yet; with a single margin it is post-stratification.
    ///
    /// # Errors
    /// `bad_shape` without a margin.
    pub fn new(margins: Vec<Margin>) -> Result<Self, Error> {
        if margins.is_empty() {
            return Err(Error::BadShape { what: "at least one margin is needed" });
        }
        Ok(Self { margins, cells: BTreeMap::new(), n: 0 })
    }

    /// Adds one respondent by their category on each margin, in the order of margins.
    ///
    /// # Errors
    /// `bad_shape` unless there is one category for each margin; `unknown_category` for one without a target.
    pub fn push(&mut self, categories: &[&str]) -> Result<(), Error> {
        self.push_count(categories, 1)
    }

    /// Adds `times` respondents of the same categories.
    ///
    /// # Errors
    /// As [`Self::push`]; `out_of_range` above 2⁵³ respondents.
    pub fn push_count(&mut self, categories: &[&str], times: u64) -> Result<(), Error> {
        let cell = cell(&self.margins, categories)?;
        self.n = count::add(self.n, times)?;
        *self.cells.entry(cell).or_default() += times;
        Ok(())
    }

    /// Takes over the respondents of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `bad_shape` for other margins; `out_of_range` above 2⁵³ respondents. Nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if self.margins != other.margins {
            return Err(Error::BadShape { what: "respondents of different margins cannot be merged" });
        }
        self.n = count::add(self.n, other.n)?;
        for (cell, times) in &other.cells {
            *self.cells.entry(cell.clone()).or_default() += times;
        }
        Ok(())
    }

    /// Weights that meet every margin.
    ///
    /// Formula: from weights of 1, margin after margin, each weight is multiplied by target share / weighted share of its
    /// category, until all weighted shares lie within 1e−10 of their targets; then all are scaled to a mean of 1.
    /// Sources: W. E. Deming & F. F. Stephan, 1940, "On a least squares adjustment of a sampled frequency table when the
    /// expected marginal totals are known"; L. Kish, 1965, *Survey Sampling*, for the design effect.
    ///
    /// Not a cure for who is missing: it helps only as far as those weighted up answer like those they stand for. Look at
    /// the largest weight and the effective n before using it.
    ///
    /// # Errors
    /// `empty_sample` without a respondent; `empty_category` for a target without respondents; `not_found` when the
    /// margins contradict each other for these respondents.
    pub fn weights(&self) -> Result<Raked, Error> {
        if self.n == 0 {
            return Err(Error::EmptySample);
        }
        let cells: Vec<(&[u32], f64)> = self
            .cells
            .iter()
            .filter(|(_, n)| **n > 0)
            .map(|(cell, n)| (cell.as_slice(), *n as f64))
            .collect();
        self.check_categories(&cells)?;
        let mut masses: Vec<f64> = cells.iter().map(|(_, n)| n / self.n as f64).collect();
        let rounds = self.rake(&cells, &mut masses)?;
        let total: f64 = masses.iter().sum();
        let weights: Vec<f64> =
            cells.iter().zip(&masses).map(|((_, n), mass)| mass / total * self.n as f64 / n).collect();
        let mut all = Weights::new();
        for ((_, n), weight) in cells.iter().zip(&weights) {
            all.push_count(*weight, *n as u64)?;
        }
        let weights = cells.iter().map(|(cell, _)| cell.to_vec()).zip(weights).collect();
        Ok(Raked { margins: self.margins.clone(), weights, effect: all.design_effect()?, rounds })
    }

    fn check_categories(&self, cells: &[(&[u32], f64)]) -> Result<(), Error> {
        for (at, margin) in self.margins.iter().enumerate() {
            let mut seen = vec![false; margin.names.len()];
            cells.iter().for_each(|(cell, _)| seen[cell[at] as usize] = true);
            if let Some((name, _)) = margin.names.iter().zip(seen).find(|(_, seen)| !seen) {
                return Err(Error::EmptyCategory { name: name.clone() });
            }
        }
        Ok(())
    }

    /// Rounds over all margins until each is met.
    fn rake(&self, cells: &[(&[u32], f64)], masses: &mut [f64]) -> Result<usize, Error> {
        let step = cells.len() * self.margins.len();
        let most = ROUNDS.min(WORK / step.max(1)).max(1);
        let mut sums: Vec<Vec<f64>> =
            self.margins.iter().map(|margin| vec![0.0; margin.names.len()]).collect();
        for round in 1..=most {
            for ((at, margin), sums) in self.margins.iter().enumerate().zip(&mut sums) {
                add_up(cells, masses, at, sums);
                // 0 / 0: nobody of a category whose target is 0 is left.
                let factor = |(target, sum): (&f64, &f64)| if *sum > 0.0 { target / sum } else { 0.0 };
                let factors: Vec<f64> = margin.shares.iter().zip(&*sums).map(factor).collect();
                for ((cell, _), mass) in cells.iter().zip(&mut *masses) {
                    *mass *= factors[cell[at] as usize];
                }
            }
            let met = self.margins.iter().enumerate().zip(&mut sums).all(|((at, margin), sums)| {
                add_up(cells, masses, at, sums);
                margin.shares.iter().zip(&*sums).all(|(target, sum)| (target - sum).abs() <= CLOSE)
            });
            if met {
                return Ok(round);
            }
        }
        Err(Error::NotFound {
            what: "no weights meet all targets: some combination of categories has nobody",
        })
    }
}

fn add_up(cells: &[(&[u32], f64)], masses: &[f64], at: usize, sums: &mut [f64]) {
    sums.fill(0.0);
    for ((cell, _), mass) in cells.iter().zip(masses) {
        sums[cell[at] as usize] += mass;
    }
}

fn cell(margins: &[Margin], categories: &[&str]) -> Result<Vec<u32>, Error> {
    if margins.len() != categories.len() {
        return Err(Error::BadShape { what: "a respondent needs one category for each margin" });
    }
    let place = |(margin, name): (&Margin, &&str)| {
        margin.places.get(*name).copied().ok_or_else(|| Error::UnknownCategory { name: (*name).to_owned() })
    };
    margins.iter().zip(categories).map(place).collect()
}

impl Raked {
    /// Weight of a respondent of these categories; `None` for a combination nobody had.
    ///
    /// # Errors
    /// As [`Raking::push`].
    pub fn weight(&self, categories: &[&str]) -> Result<Option<f64>, Error> {
        Ok(self.weights.get(&cell(&self.margins, categories)?).copied())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn two() -> Vec<Margin> {
        vec![
            Margin::new([("F", 0.52), ("M", 0.48)]).unwrap(),
            Margin::new([("young", 0.3), ("old", 0.7)]).unwrap(),
        ]
    }

    #[test]
    fn what_cannot_be_weighed_is_said() {
        let mut raking = Raking::new(two()).unwrap();
        assert_eq!(raking.weights().unwrap_err().code(), "empty_sample");
        assert_eq!(raking.push(&["F"]).unwrap_err().code(), "bad_shape");
        assert_eq!(raking.push(&["F", "none"]).unwrap_err().code(), "unknown_category");
        raking.push(&["F", "young"]).unwrap();
        assert_eq!(raking.weights().unwrap_err().code(), "empty_category");
        // All women are young and all men old: 52 % cannot be 30 %.
        raking.push(&["M", "old"]).unwrap();
        assert_eq!(raking.weights().unwrap_err().code(), "not_found");
        assert_eq!(Raking::new(Vec::new()).unwrap_err().code(), "bad_shape");
        assert_eq!(Margin::new([("F", 0.5), ("M", 0.4)]).unwrap_err().code(), "out_of_range");
        assert_eq!(Margin::new([("F", 0.5), ("F", 0.5)]).unwrap_err().code(), "bad_shape");
        assert_eq!(Margin::new([("F", f64::NAN)]).unwrap_err().code(), "out_of_range");
        assert_eq!(Margin::new::<&str>([]).unwrap_err().code(), "empty_sample");
    }

    proptest! {
        #[test]
        fn margins_are_met_and_merging_changes_nothing(counts in prop::array::uniform4(1..200_u64)) {
            let pairs = [("F", "young"), ("F", "old"), ("M", "young"), ("M", "old")];
            let mut all = Raking::new(two()).unwrap();
            let (mut left, mut right) = (all.clone(), all.clone());
            for ((sex, age), n) in pairs.iter().zip(counts) {
                all.push_count(&[sex, age], n).unwrap();
                left.push_count(&[sex, age], n / 2).unwrap();
                right.push_count(&[sex, age], n - n / 2).unwrap();
            }
            right.merge(&left).unwrap();
            let raked = all.weights().unwrap();
            prop_assert_eq!(&right.weights().unwrap(), &raked);
            let n: u64 = counts.iter().sum();
            let weight = |(sex, age): &(&str, &str)| raked.weight(&[sex, age]).unwrap().unwrap();
            let share = |keep: &dyn Fn(&(&str, &str)) -> bool| {
                let kept = pairs.iter().zip(counts).filter(|(pair, _)| keep(pair));
                kept.map(|(pair, n)| weight(pair) * n as f64).sum::<f64>() / n as f64
            };
            prop_assert!((share(&|_| true) - 1.0).abs() < 1e-12);
            prop_assert!((share(&|(sex, _)| *sex == "F") - 0.52).abs() < 1e-9);
            prop_assert!((share(&|(_, age)| *age == "young") - 0.3).abs() < 1e-9);
            prop_assert!(raked.effect.deff >= 1.0 - 1e-12);
        }
    }
}
