//! Beside each recovered customer, the others nearest to them.

use super::cells::{Cell, cells, covariate};
use super::tree::Tree;
use super::{Balance, MatchedEffect, at_least_two, bounded, interval};
use crate::{Confidence, Error, count};

/// Most covariates: near in many ways at once is near to nobody.
pub const MAX_COVARIATES: usize = 8;

/// A customer by their outcome and what was known of them before: tenure, spending, earlier satisfaction.
#[derive(Debug, Clone, PartialEq)]
pub struct Customer {
    /// Outcome: satisfaction, purchases after …
    pub outcome: f64,
    /// Covariates in a fixed order, all from before the failure: what recovery itself changed would hide its effect.
    pub covariates: Vec<f64>,
}

/// Effect of recovery on those recovered, each against the nearest of the others.
///
/// Formula: distance between two customers = √Σ((xⱼ − yⱼ)/sⱼ)², sⱼ = √((variance of the recovered + variance of the
/// others)/2). A recovered customer is set beside the nearest of the others not farther than `caliper` of these
/// standard deviations; several equally near are averaged, and each may serve more than once. effect = mean of
/// (outcome − mean outcome of the matches). Variance = Σ(dᵢ − effect)² / (m(m − 1)) + Σ (Kⱼ² − K′ⱼ) σ²ⱼ / m², m the matched,
/// d their differences, Kⱼ the weights with which other j served summed, K′ⱼ their squares summed, σ²ⱼ from the outcome of
/// j's own nearest among the others; interval with Student's t, m − 1 degrees of freedom. When nobody serves twice it is
/// the paired interval. Balance: differences of means over sⱼ, before and after.
///
/// Sources: P. R. Rosenbaum & D. B. Rubin, 1983, "The central role of the propensity score in observational studies for
/// causal effects", and 1985, "Constructing a control group using multivariate matched sampling methods" (caliper,
/// standardised differences); A. Abadie & G. W. Imbens, 2006, "Large sample properties of matching estimators for average
/// treatment effects" (variance); E. A. Stuart, 2010, "Matching methods for causal inference: a review and a look forward"
/// (a caliper of 0.25, balance above 0.25 as a warning).
///
/// No experiment: it removes what the covariates hold, and nothing else. Not with covariates measured after the failure.
/// With many unmatched, the effect is that of the rest. The order of customers changes nothing; nothing is random.
///
/// # Errors
/// `too_few` with fewer than two customers on a side; `bad_shape` for covariates of different numbers; `out_of_range` for
/// none or more than [`MAX_COVARIATES`] of them, for numbers beyond ±1e100 and a caliper that is not above 0 and at most
/// 1e100; `not_found` when too many are equally far.
///
/// ```
/// use measures::{Confidence, recovery::{Customer, matched_effect}};
/// let of = |years: f64, outcome: f64| Customer { outcome, covariates: vec![years] };
/// let recovered = [of(9.0, 9.0), of(8.0, 7.0)];
/// let others = [of(9.0, 7.0), of(8.0, 7.0), of(1.0, 3.0), of(1.0, 3.0)];
/// let found = matched_effect(&recovered, &others, 0.25, Confidence::P95)?;
/// assert_eq!(found.naive_difference, 3.0); // the old customers are the happier ones anyway
/// assert_eq!(found.effect, Some(1.0)); // (9 − 7 + 7 − 7) / 2
/// # Ok::<(), measures::Error>(())
/// ```
pub fn matched_effect(
    recovered: &[Customer],
    others: &[Customer],
    caliper: f64,
    confidence: Confidence,
) -> Result<MatchedEffect, Error> {
    at_least_two("recovered customers", recovered.len())?;
    at_least_two("other customers", others.len())?;
    if !(caliper > 0.0 && caliper <= 1e100) {
        return Err(Error::out_of_range("caliper", caliper, "above 0 and at most 1e100"));
    }
    let covariates = recovered.first().map_or(0, |customer| customer.covariates.len());
    if covariates == 0 || covariates > MAX_COVARIATES {
        let expected = format!("from 1 to {MAX_COVARIATES}");
        return Err(Error::out_of_range("number of covariates", covariates as f64, expected));
    }
    let sides = Sides { recovered: side(recovered, covariates)?, others: side(others, covariates)? };
    let (units, moments) = sides.units(covariates);
    let matches = sides.matches(&units, caliper)?;
    let effect = matches.effect(&sides);
    let variance = matches.variance(&sides, &units, effect)?;
    let certainty = effect
        .zip(variance)
        .map(|(effect, variance)| interval(effect, variance, matches.matched - 1.0, confidence));
    let balance = moments.iter().zip(&units).enumerate();
    Ok(MatchedEffect {
        recovered: count::add(0, recovered.len() as u64)?,
        others: others.len() as u64,
        matched: matches.matched as u64,
        unmatched: recovered.len() as u64 - matches.matched as u64,
        others_used: matches.used(&sides),
        naive_difference: mean(&sides.recovered) - mean(&sides.others),
        effect,
        se: certainty.map(|(se, _)| se),
        ci: certainty.map(|(_, ci)| ci),
        balance: balance
            .map(|(at, (before, unit))| {
                Balance::new((at + 1).to_string(), *before, matches.means(&sides, at), *unit)
            })
            .collect(),
    })
}

fn side(customers: &[Customer], covariates: usize) -> Result<Vec<Cell>, Error> {
    let checked = customers.iter().map(|customer| {
        if customer.covariates.len() != covariates {
            return Err(Error::BadShape { what: "every customer must have the same covariates" });
        }
        let at =
            customer.covariates.iter().map(|x| bounded("covariate", *x)).collect::<Result<Vec<_>, _>>()?;
        Ok((at, bounded("outcome", customer.outcome)?))
    });
    Ok(cells(checked.collect::<Result<Vec<_>, _>>()?))
}

fn mean(cells: &[Cell]) -> f64 {
    let n: f64 = cells.iter().map(|cell| cell.n).sum();
    cells.iter().map(|cell| cell.n * cell.mean).sum::<f64>() / n
}

struct Sides {
    recovered: Vec<Cell>,
    others: Vec<Cell>,
}

impl Sides {
    /// The unit of each covariate, and its mean on both sides.
    fn units(&self, covariates: usize) -> (Vec<f64>, Vec<(f64, f64)>) {
        let of = |index: usize| {
            let (mean1, variance1) = covariate(&self.recovered, index);
            let (mean2, variance2) = covariate(&self.others, index);
            (f64::midpoint(variance1, variance2).sqrt(), (mean1, mean2))
        };
        (0..covariates).map(of).unzip()
    }

    /// Who stands beside whom.
    fn matches(&self, units: &[f64], caliper: f64) -> Result<Matches, Error> {
        let mut matches = Matches {
            beside: Vec::with_capacity(self.recovered.len()),
            weight: vec![0.0; self.others.len()],
            squares: vec![0.0; self.others.len()],
            matched: 0.0,
        };
        // What varies on neither side is a distance of nothing, or beyond every caliper.
        let units: Vec<f64> = units.iter().map(|unit| unit.max(f64::MIN_POSITIVE)).collect();
        let mut tree = Tree::new(&self.others, &units);
        for cell in &self.recovered {
            let beside = tree.nearest(&cell.at, caliper, None)?;
            let n: f64 = beside.iter().map(|&other| self.others[other].n).sum();
            for &other in &beside {
                matches.weight[other] += cell.n / n;
                matches.squares[other] += cell.n / (n * n);
            }
            matches.matched += if beside.is_empty() { 0.0 } else { cell.n };
            matches.beside.push(beside);
        }
        Ok(matches)
    }
}

struct Matches {
    /// For each cell of recovered customers, the cells of others beside it.
    beside: Vec<Vec<usize>>,
    /// For each cell of others, the weight with which every one of its customers serves: over those they stand beside,
    /// 1 / how many stand there.
    weight: Vec<f64>,
    /// The squares of these weights, summed.
    squares: Vec<f64>,
    /// Recovered customers with a match.
    matched: f64,
}

impl Matches {
    /// Each matched cell of the recovered with the mean outcome beside it.
    fn pairs<'a>(&'a self, sides: &'a Sides) -> impl Iterator<Item = (&'a Cell, f64)> {
        self.beside.iter().zip(&sides.recovered).filter(|(beside, _)| !beside.is_empty()).map(
            |(beside, cell)| {
                let weights = beside.iter().map(|&other| &sides.others[other]);
                let n: f64 = weights.clone().map(|other| other.n).sum();
                (cell, weights.map(|other| other.n * other.mean).sum::<f64>() / n)
            },
        )
    }

    fn effect(&self, sides: &Sides) -> Option<f64> {
        let sum: f64 = self.pairs(sides).map(|(cell, beside)| cell.n * (cell.mean - beside)).sum();
        (self.matched > 0.0).then(|| sum / self.matched)
    }

    /// `None` with fewer than two matched.
    fn variance(&self, sides: &Sides, units: &[f64], effect: Option<f64>) -> Result<Option<f64>, Error> {
        let Some(effect) = effect.filter(|_| self.matched > 1.0) else { return Ok(None) };
        let between: f64 = self
            .pairs(sides)
            .map(|(cell, beside)| {
                let gap = cell.mean - beside - effect;
                cell.deviations + cell.n * gap * gap
            })
            .sum();
        let units: Vec<f64> = units.iter().map(|unit| unit.max(f64::MIN_POSITIVE)).collect();
        let mut tree = Tree::new(&sides.others, &units);
        let mut shared = 0.0;
        for (index, cell) in sides.others.iter().enumerate() {
            let again = self.weight[index] * self.weight[index] - self.squares[index];
            if again > 0.0 {
                shared += cell.n * again * noise(&mut tree, &sides.others, index)?;
            }
        }
        let m = self.matched;
        Ok(Some(between / (m * (m - 1.0)) + shared / (m * m)))
    }

    /// Others who serve at all.
    fn used(&self, sides: &Sides) -> u64 {
        sides
            .others
            .iter()
            .zip(&self.weight)
            .filter(|(_, weight)| **weight > 0.0)
            .map(|(cell, _)| cell.n as u64)
            .sum()
    }

    /// Means of one covariate over the matched and over their matches.
    fn means(&self, sides: &Sides, index: usize) -> Option<(f64, f64)> {
        let recovered: f64 = self.pairs(sides).map(|(cell, _)| cell.n * cell.at[index]).sum();
        let others: f64 = sides
            .others
            .iter()
            .zip(&self.weight)
            .map(|(cell, weight)| cell.n * weight * cell.at[index])
            .sum();
        (self.matched > 0.0).then(|| (recovered / self.matched, others / self.matched))
    }
}

/// Variance of the outcome among others alike: of a cell of several, their own; of one alone, J/(J + 1) (y − ȳ)² against
/// their J nearest.
fn noise(tree: &mut Tree<'_>, others: &[Cell], index: usize) -> Result<f64, Error> {
    let cell = &others[index];
    if cell.n > 1.0 {
        return Ok(cell.deviations / (cell.n - 1.0));
    }
    let nearest = tree.nearest(&cell.at, f64::INFINITY, Some(index))?;
    let n: f64 = nearest.iter().map(|&other| others[other].n).sum();
    let mean = nearest.iter().map(|&other| others[other].n * others[other].mean).sum::<f64>() / n;
    let gap = cell.mean - mean;
    Ok(if n > 0.0 { n / (n + 1.0) * gap * gap } else { 0.0 })
}
