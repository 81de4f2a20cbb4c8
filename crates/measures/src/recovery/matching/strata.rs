//! Beside each recovered customer, all others of the same stratum.

use std::collections::BTreeMap;

use super::{Balance, MatchedEffect, at_least_two, bounded, interval, spread};
use crate::{Confidence, Error};

/// A customer by their outcome and the group of those like them: tier, region and tenure in one name, say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InStratum<'a> {
    /// Outcome: satisfaction, purchases after …
    pub outcome: f64,
    /// Stratum, known before the failure.
    pub stratum: &'a str,
}

/// Effect of recovery on those recovered, each against the others of the same stratum.
///
/// Formula: effect = Σ wₛ (mean of the recovered in s − mean of the others in s), wₛ = recovered in s / recovered in all
/// strata with others; variance = Σ wₛ² (v₁ₛ/n₁ₛ + v₂ₛ/n₂ₛ), v the variances within a stratum (where a side has one
/// customer only, that pooled over all strata of its side); interval with Student's t and the degrees of freedom of
/// Welch and Satterthwaite.
///
/// Sources: W. G. Cochran, 1968, "The effectiveness of adjustment by subclassification in removing bias in
/// observational studies"; P. R. Rosenbaum & D. B. Rubin, 1983, "The central role of the propensity score in
/// observational studies for causal effects"; E. A. Stuart, 2010, "Matching methods for causal inference: a review and
/// a look forward".
///
/// Not with strata so wide that those within differ much, nor so narrow that most recovered customers are alone.
///
/// # Errors
/// `too_few` with fewer than two customers on a side; `out_of_range` for outcomes beyond ±1e100.
///
/// ```
/// use measures::{Confidence, recovery::{InStratum, stratified_effect}};
/// let of = |stratum, outcome| InStratum { outcome, stratum };
/// let recovered = [of("old", 9.0), of("old", 7.0), of("young", 5.0)];
/// let others = [of("old", 7.0), of("young", 2.0), of("young", 4.0)];
/// let found = stratified_effect(&recovered, &others, Confidence::P95)?;
/// assert!((found.effect.unwrap_or(0.0) - 4.0 / 3.0).abs() < 1e-12); // (2 × (8 − 7) + 1 × (5 − 3)) / 3
/// # Ok::<(), measures::Error>(())
/// ```
pub fn stratified_effect(
    recovered: &[InStratum<'_>],
    others: &[InStratum<'_>],
    confidence: Confidence,
) -> Result<MatchedEffect, Error> {
    at_least_two("recovered customers", recovered.len())?;
    at_least_two("other customers", others.len())?;
    let strata = gather(recovered, others)?;
    let n = [recovered.len() as f64, others.len() as f64];
    let both: Vec<&Stratum> =
        strata.iter().map(|(_, s)| s).filter(|s| s.iter().all(|side| side.n > 0.0)).collect();
    let matched: f64 = both.iter().map(|[one, _]| one.n).sum();
    let sum: f64 = both.iter().map(|[one, other]| one.n * (one.mean - other.mean)).sum();
    let effect = (matched > 0.0).then(|| sum / matched);
    let certainty = effect.zip(variance(&strata, &both, matched));
    let certainty = certainty.map(|(effect, (variance, df))| interval(effect, variance, df, confidence));
    let mean = |at: usize| strata.iter().map(|(_, s)| s[at].n * s[at].mean).sum::<f64>() / n[at];
    Ok(MatchedEffect {
        recovered: recovered.len() as u64,
        others: others.len() as u64,
        matched: matched as u64,
        unmatched: recovered.len() as u64 - matched as u64,
        others_used: both.iter().map(|[_, other]| other.n as u64).sum(),
        naive_difference: mean(0) - mean(1),
        effect,
        se: certainty.map(|(se, _)| se),
        ci: certainty.map(|(_, ci)| ci),
        balance: strata.iter().map(|(name, stratum)| balance(name, stratum, n, matched)).collect(),
    })
}

/// Recovered and others of one stratum.
type Stratum = [Side; 2];

#[derive(Debug, Clone, Copy, Default)]
struct Side {
    n: f64,
    mean: f64,
    deviations: f64,
}

/// Strata by name; what order customers came in is lost, so that it can change nothing.
fn gather<'a>(
    recovered: &[InStratum<'a>],
    others: &[InStratum<'a>],
) -> Result<Vec<(&'a str, Stratum)>, Error> {
    let mut outcomes: BTreeMap<&str, [Vec<f64>; 2]> = BTreeMap::new();
    for (at, side) in [recovered, others].into_iter().enumerate() {
        for customer in side {
            let outcome = bounded("outcome", customer.outcome)?;
            outcomes.entry(customer.stratum).or_default()[at].push(outcome);
        }
    }
    let side = |mut values: Vec<f64>| {
        if values.is_empty() {
            return Side::default();
        }
        values.sort_unstable_by(f64::total_cmp);
        let (mean, deviations) = spread(&values);
        Side { n: values.len() as f64, mean, deviations }
    };
    Ok(outcomes.into_iter().map(|(name, both)| (name, both.map(side))).collect())
}

/// Variance of the effect and its degrees of freedom; `None` when a side has one customer in every stratum.
fn variance(strata: &[(&str, Stratum)], both: &[&Stratum], matched: f64) -> Option<(f64, f64)> {
    // Pooled within strata, of each side.
    let pooled = [0, 1].map(|at| {
        let sides = strata.iter().map(|(_, stratum)| stratum[at]).filter(|side| side.n > 1.0);
        sides.fold((0.0, 0.0), |(sum, df), side| (sum + side.deviations, df + side.n - 1.0))
    });
    let (mut total, mut squares) = (0.0, 0.0);
    for (at, (sum, pooled_df)) in pooled.into_iter().enumerate() {
        let mut alone = 0.0;
        for stratum in both {
            let (side, weight) = (stratum[at], stratum[0].n / matched);
            if side.n > 1.0 {
                let df = side.n - 1.0;
                let part = weight * weight * side.deviations / df / side.n;
                total += part;
                squares += part * part / df;
            } else {
                alone += weight * weight;
            }
        }
        if alone > 0.0 {
            if pooled_df == 0.0 {
                return None;
            }
            let part = alone * sum / pooled_df;
            total += part;
            squares += part * part / pooled_df;
        }
    }
    let df = if squares > 0.0 { total * total / squares } else { 1.0 };
    Some((total, df))
}

fn balance(name: &str, [one, other]: &Stratum, n: [f64; 2], matched: f64) -> Balance {
    let (p1, p2) = (one.n / n[0], other.n / n[1]);
    let sd = f64::midpoint(p1 * (1.0 - p1), p2 * (1.0 - p2)).sqrt();
    let after = if one.n > 0.0 && other.n > 0.0 { one.n / matched } else { 0.0 };
    Balance::new(name.to_owned(), (p1, p2), (matched > 0.0).then_some((after, after)), sd)
}
