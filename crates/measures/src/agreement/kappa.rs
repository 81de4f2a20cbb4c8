//! Two readers of the same texts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{DefinitionId, Error, count};

/// Most categories.
const MOST: usize = 1 << 20;

/// How much a disagreement counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Disagreement {
    /// All alike: for categories without an order.
    #[default]
    #[serde(rename = "none")]
    Unweighted,
    /// By how many categories they lie apart.
    Linear,
    /// By the square of it.
    Quadratic,
}

/// Counts how two raters sorted the same things into ordered or unordered categories, numbered from 0.
///
/// ```
/// use measures::agreement::{Disagreement, TwoRaters};
/// let mut raters = TwoRaters::new(2)?;
/// raters.push_count(0, 0, 4)?;
/// raters.push_count(1, 1, 4)?;
/// raters.push_count(0, 1, 2)?;
/// // 8 of 10 agree, 0.6·0.4 + 0.4·0.6 = 48 % would by chance.
/// let found = raters.kappa(Disagreement::Unweighted)?;
/// assert_eq!(found.observed_agreement, 0.8);
/// assert!((found.kappa.unwrap_or(0.0) - 0.32 / 0.52).abs() < 1e-12);
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwoRaters {
    rows: Vec<u64>,
    columns: Vec<u64>,
    cells: BTreeMap<(usize, usize), u64>,
    n: u64,
    missing: u64,
}

/// Agreement of two raters beyond chance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Kappa {
    /// Things both have rated.
    pub n: u64,
    /// Things of which one rating is missing.
    pub missing: u64,
    /// Share both put into the same category, 0 to 1, whatever the weights.
    pub observed_agreement: f64,
    /// 1 for full agreement, 0 for chance, below 0 for less; `None` when chance would agree fully.
    pub kappa: Option<f64>,
    /// Standard error of kappa; `None` with it.
    pub se: Option<f64>,
}

impl TwoRaters {
    /// Formula and version of this coefficient.
    pub const DEFINITION: DefinitionId = DefinitionId::new("cohen_kappa", 1);

    /// Nothing rated yet, `categories` to choose from.
    ///
    /// # Errors
    /// `bad_shape` without a category; `out_of_range` above 2²⁰.
    pub fn new(categories: usize) -> Result<Self, Error> {
        if categories == 0 {
            return Err(Error::BadShape { what: "at least one category is needed" });
        }
        if categories > MOST {
            return Err(Error::out_of_range("categories", categories as f64, "at most 2^20"));
        }
        let none = vec![0; categories];
        Ok(Self { rows: none.clone(), columns: none, cells: BTreeMap::new(), n: 0, missing: 0 })
    }

    /// Adds one thing the first rater put into category `a`, the second into `b`.
    ///
    /// # Errors
    /// `out_of_range` for a category beyond those given, or above 2⁵³ things.
    pub fn push(&mut self, a: usize, b: usize) -> Result<(), Error> {
        self.push_count(a, b, 1)
    }

    /// Adds `times` things rated alike.
    ///
    /// # Errors
    /// As [`Self::push`].
    pub fn push_count(&mut self, a: usize, b: usize, times: u64) -> Result<(), Error> {
        let most = self.rows.len();
        if let Some(wrong) = [a, b].into_iter().find(|at| *at >= most) {
            return Err(Error::out_of_range("category", wrong as f64, format!("below {most}")));
        }
        self.n = count::add(self.n, times)?;
        self.rows[a] += times;
        self.columns[b] += times;
        *self.cells.entry((a, b)).or_default() += times;
        Ok(())
    }

    /// Counts `times` things of which a rating is missing.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³.
    pub fn push_missing(&mut self, times: u64) -> Result<(), Error> {
        self.missing = count::add(self.missing, times)?;
        Ok(())
    }

    /// Takes over the things of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `bad_shape` for another number of categories; `out_of_range` above 2⁵³ things. Nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if self.rows.len() != other.rows.len() {
            return Err(Error::BadShape { what: "ratings into different categories cannot be merged" });
        }
        let missing = count::add(self.missing, other.missing)?;
        self.n = count::add(self.n, other.n)?;
        self.missing = missing;
        self.rows.iter_mut().zip(&other.rows).for_each(|(count, more)| *count += more);
        self.columns.iter_mut().zip(&other.columns).for_each(|(count, more)| *count += more);
        for (cell, times) in &other.cells {
            *self.cells.entry(*cell).or_default() += times;
        }
        Ok(())
    }

    /// Cohen's kappa, plain or weighted.
    ///
    /// Formula: κ = 1 − Σ v·observed / Σ v·expected, v the weight of a disagreement: 1; |i − j|/(k − 1); or its square.
    /// Standard error, with w = 1 − v and the means w̄ᵢ, w̄ⱼ of w over the other rater's totals:
    /// √(Σ pᵢⱼ(wᵢⱼ − (w̄ᵢ + w̄ⱼ)(1 − κ))² − (κ − pₑ(1 − κ))²) / ((1 − pₑ)√n).
    /// Sources: J. Cohen, 1960, "A coefficient of agreement for nominal scales"; 1968, "Weighted kappa"; J. L. Fleiss, J. Cohen
    /// & B. S. Everitt, 1969, "Large sample standard errors of kappa and weighted kappa".
    ///
    /// Not for more than two raters or with many ratings missing ([`super::Ratings`] serves there); when almost all belong
    /// to one category, kappa is low although nearly all agree.
    ///
    /// # Errors
    /// `empty_sample` without a thing both have rated.
    pub fn kappa(&self, weights: Disagreement) -> Result<Kappa, Error> {
        if self.n == 0 {
            return Err(Error::EmptySample);
        }
        let n = self.n as f64;
        let agreed: u64 = self.cells.iter().filter(|((a, b), _)| a == b).map(|(_, times)| times).sum();
        let observed: f64 = self.cells.iter().map(|((a, b), times)| weights.of(*a, *b) * *times as f64).sum();
        // Disagreement of each category with all ratings of the other rater.
        let (of_row, of_column) = (weights.with_all(&self.columns), weights.with_all(&self.rows));
        let expected: f64 = self.rows.iter().zip(&of_row).map(|(row, all)| *row as f64 / n * all).sum();
        let kappa = (expected > 0.0).then(|| 1.0 - observed / expected);
        let largest = weights.of(0, self.rows.len() - 1).max(1.0);
        let se = kappa.map(|kappa| {
            let miss = 1.0 - kappa;
            let chance = 1.0 - expected / n / largest;
            let mean = |all: f64| 1.0 - all / n / largest;
            let squares: f64 = self
                .cells
                .iter()
                .map(|((a, b), times)| {
                    let agreement = 1.0 - weights.of(*a, *b) / largest;
                    let gap = agreement - (mean(of_row[*a]) + mean(of_column[*b])) * miss;
                    *times as f64 / n * gap * gap
                })
                .sum();
            let variance = squares - (kappa - chance * miss).powi(2);
            // Full agreement is certain; rounding must not make it 1e-9.
            if observed > 0.0 { variance.max(0.0).sqrt() / ((1.0 - chance) * n.sqrt()) } else { 0.0 }
        });
        Ok(Kappa { n: self.n, missing: self.missing, observed_agreement: agreed as f64 / n, kappa, se })
    }
}

impl Disagreement {
    /// Weight of putting one thing into `a` and `b`, not divided by the largest.
    fn of(self, a: usize, b: usize) -> f64 {
        let apart = a.abs_diff(b) as f64;
        match self {
            Self::Unweighted => f64::from(a != b),
            Self::Linear => apart,
            Self::Quadratic => apart * apart,
        }
    }

    /// Σ weight(i, j)·count(j) for every i, in one pass up and one down.
    fn with_all(self, counts: &[u64]) -> Vec<f64> {
        let mut sums = vec![0.0; counts.len()];
        let mut pass = |order: &mut dyn Iterator<Item = usize>| {
            // Of the counts passed: how many, Σ distance and Σ distance² to where we are; whole numbers.
            let (mut zero, mut one, mut two) = (0_u128, 0_u128, 0_u128);
            for at in order {
                two += 2 * one + zero;
                one += zero;
                sums[at] += match self {
                    Self::Unweighted => zero as f64,
                    Self::Linear => one as f64,
                    Self::Quadratic => two as f64,
                };
                zero += u128::from(counts[at]);
            }
        };
        pass(&mut (0..counts.len()));
        pass(&mut (0..counts.len()).rev());
        sums
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Disagreement; 3] = [Disagreement::Unweighted, Disagreement::Linear, Disagreement::Quadratic];

    #[test]
    fn one_category_leaves_nothing_to_tell_and_full_agreement_is_certain() {
        for weights in ALL {
            let mut one = TwoRaters::new(1).unwrap();
            one.push_count(0, 0, 7).unwrap();
            let found = one.kappa(weights).unwrap();
            assert_eq!((found.observed_agreement, found.kappa, found.se), (1.0, None, None));
            let mut full = TwoRaters::new(3).unwrap();
            full.push_count(0, 0, 3).unwrap();
            full.push_count(1, 1, 7).unwrap();
            let found = full.kappa(weights).unwrap();
            assert_eq!((found.kappa, found.se), (Some(1.0), Some(0.0)));
        }
    }

    #[test]
    fn what_cannot_be_rated_is_refused() {
        assert_eq!(TwoRaters::new(0).unwrap_err().code(), "bad_shape");
        assert!(TwoRaters::new(usize::MAX).is_err());
        let mut raters = TwoRaters::new(2).unwrap();
        assert_eq!(raters.push(2, 0).unwrap_err().code(), "out_of_range");
        raters.push_missing(3).unwrap();
        assert_eq!(raters.kappa(Disagreement::Linear).unwrap_err().code(), "empty_sample");
        assert!(raters.merge(&TwoRaters::new(3).unwrap()).is_err());
    }

    fn ratings() -> impl Strategy<Value = Vec<(usize, usize, bool)>> {
        prop::collection::vec((0..4_usize, 0..4_usize, any::<bool>()), 1..50)
    }

    proptest! {
        #[test]
        fn it_is_what_the_definition_says_in_any_order(ratings in ratings()) {
            let mut all = TwoRaters::new(4).unwrap();
            let mut parts = [all.clone(), all.clone()];
            let mut table = [[0.0; 4]; 4];
            for (a, b, left) in &ratings {
                all.push(*a, *b).unwrap();
                parts[usize::from(*left)].push(*a, *b).unwrap();
                table[*a][*b] += 1.0 / ratings.len() as f64;
            }
            let [mut one, other] = parts;
            one.merge(&other).unwrap();
            prop_assert_eq!(&one, &all);
            let row = |i: usize| table[i].iter().sum::<f64>();
            let column = |j: usize| table.iter().map(|row| row[j]).sum::<f64>();
            for weights in ALL {
                let found = all.kappa(weights).unwrap();
                let w = |i: usize, j: usize| 1.0 - weights.of(i, j) / weights.of(0, 3);
                let cells = || (0..4).flat_map(|i| (0..4).map(move |j| (i, j)));
                let po: f64 = cells().map(|(i, j)| w(i, j) * table[i][j]).sum();
                let pe: f64 = cells().map(|(i, j)| w(i, j) * row(i) * column(j)).sum();
                let Some(kappa) = found.kappa else { continue };
                prop_assert!((kappa - (po - pe) / (1.0 - pe)).abs() < 1e-9);
                prop_assert!((-4.0..=1.0).contains(&kappa));
                let wi = |i: usize| (0..4).map(|j| w(i, j) * column(j)).sum::<f64>();
                let wj = |j: usize| (0..4).map(|i| w(i, j) * row(i)).sum::<f64>();
                let squares: f64 = cells()
                    .map(|(i, j)| table[i][j] * (w(i, j) - (wi(i) + wj(j)) * (1.0 - kappa)).powi(2))
                    .sum();
                let variance = (squares - (kappa - pe * (1.0 - kappa)).powi(2)) / (1.0 - pe).powi(2);
                let se = found.se.unwrap();
                prop_assert!((se * se * ratings.len() as f64 - variance).abs() < 1e-9);
            }
        }
    }
}
