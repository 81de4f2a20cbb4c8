//! What fitting a model by maximum likelihood gives.

use serde::Serialize;

use crate::maximise::{Bounds, Ending, FINAL, Local, Maximum, covariance, maximise};

/// A model fitted by maximum likelihood.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Fit<P> {
    /// The parameters under which the data are most probable.
    pub params: P,
    /// Logarithm of that probability (density), summed over customers. Only differences between models of the same
    /// data mean something: the higher is the better.
    pub log_likelihood: f64,
    /// Customers fitted.
    pub n: u64,
    /// Customers left out because something about them was not known.
    pub missing: u64,
    /// Whether one maximum was found that the data pin down. If not, `status` says why, and forecasts within the time
    /// observed may serve while the parameters themselves mean nothing.
    pub converged: bool,
    /// How the search ended.
    pub status: FitStatus,
    /// Standard errors of the parameters, from the curvature at the maximum; `None` unless `converged`.
    pub standard_errors: Option<P>,
    /// Times the likelihood of all customers was computed.
    pub evaluations: u32,
}

/// How a fit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FitStatus {
    /// At the maximum.
    Converged,
    /// The likelihood hardly changes along some direction: customers are too few or too alike to tell such parameters
    /// apart.
    Flat,
    /// The likelihood still rises at the edge of the parameters looked at: the data want a model without one of its
    /// parts, such as customers who are all alike.
    AtBound,
    /// The search did not settle.
    OutOfSteps,
}

impl From<Ending> for FitStatus {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Converged => Self::Converged,
            Ending::Flat => Self::Flat,
            Ending::AtBound => Self::AtBound,
            Ending::OutOfSteps => Self::OutOfSteps,
        }
    }
}

/// How far from their usual size parameters are looked for: a factor of e²³, ten thousand million, either way.
const FURTHEST: f64 = 23.0;

/// Gain that no longer matters on a sample, whose own chance moves the maximum more than that.
const ROUGHLY: f64 = 1e-2;

/// Room around the usual sizes of the parameters, in logarithms.
pub(super) fn bounds<const N: usize>(usual: [f64; N]) -> Bounds<N> {
    usual.map(|size| [size.ln() - FURTHEST, size.ln() + FURTHEST])
}

/// The highest of the points reached from several starts: first on the sample, quickly, and from there on everything.
/// Where the sample is everything, that is all.
pub(super) fn from_starts<const N: usize>(
    starts: &[[f64; N]],
    bounds: &Bounds<N>,
    mut sampled: Option<impl FnMut(&[f64; N]) -> Local<N>>,
    mut whole: impl FnMut(&[f64; N]) -> Local<N>,
) -> Option<Maximum<N>> {
    let climb = |start: &[f64; N]| {
        let logs = start.map(f64::ln);
        match &mut sampled {
            Some(sampled) => maximise(logs, bounds, ROUGHLY, sampled),
            None => maximise(logs, bounds, FINAL, &mut whole),
        }
    };
    let best = highest(starts.iter().filter_map(climb))?;
    if sampled.is_none() {
        return Some(best);
    }
    let found = maximise(best.at, bounds, FINAL, &mut whole);
    match &found {
        // The sample may have led astray where the whole has a maximum.
        Some(found) if found.ending == Ending::Converged => {}
        _ => {
            let again =
                starts.iter().filter_map(|start| maximise(start.map(f64::ln), bounds, FINAL, &mut whole));
            return highest(found.clone().into_iter().chain(again));
        }
    }
    found
}

/// The highest; of those equally high, one that converged.
fn highest<const N: usize>(found: impl Iterator<Item = Maximum<N>>) -> Option<Maximum<N>> {
    let rank = |one: &Maximum<N>| (one.ending == Ending::Converged, one.local.value);
    found.reduce(|best, next| {
        let (a, b) = (rank(&best), rank(&next));
        let near = (a.1 - b.1).abs() <= 1e-7 * a.1.abs().max(1.0);
        let better = if near { b.0 && !a.0 } else { b.1 > a.1 };
        if better { next } else { best }
    })
}

/// Standard errors of parameters whose logarithms were fitted: θ·se(ln θ).
pub(super) fn standard_errors<const N: usize>(found: &Maximum<N>) -> Option<[f64; N]> {
    if found.ending != Ending::Converged {
        return None;
    }
    let covariance = covariance(&found.local)?;
    let errors: [f64; N] = std::array::from_fn(|i| found.at[i].exp() * covariance[i][i].sqrt());
    errors.iter().all(|error| error.is_finite()).then_some(errors)
}
