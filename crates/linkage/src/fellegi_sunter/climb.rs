//! Steps repeated until nothing moves, longer ones where they are slow.

use super::step::{LEAST, Objective, Parameters, Problem};

/// Movement that may be rounding alone: no longer shrinking, it has come to an end.
const ROUNDING: f64 = 1e-11;
/// Steps in which movement near rounding may shrink no more.
const STANDSTILL: usize = 40;
/// Shorter leaps tried where one would leave the range of probabilities.
const SHORTER: usize = 12;

/// How far to go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// Largest movement of a parameter in one step at which the fit has come to an end.
    pub(super) tolerance: f64,
    /// Steps at most.
    pub(super) steps: usize,
    /// Plain steps before the first leap: a leap from afar could end on another hill.
    pub(super) plain: usize,
}

/// Where a climb ended.
#[derive(Debug)]
pub(super) struct Summit {
    pub(super) parameters: Parameters,
    pub(super) objective: Objective,
    pub(super) steps: usize,
    pub(super) converged: bool,
}

/// Climbs from `start`: plain steps first, then leaps along the line that two steps show, taken only where they do not
/// lead down.
///
/// Source of the length of a leap: Varadhan & Roland 2008, Simple and globally convergent methods for accelerating the
/// convergence of any EM algorithm (scheme S3).
pub(super) fn climb(problem: &Problem, start: Parameters, bounds: Bounds) -> Summit {
    let mut climb = Climb { problem, bounds, steps: 0, calm: Calm::default() };
    let mut now = start;
    let mut next = Parameters::with_capacity(problem.size());
    while climb.steps < bounds.plain.min(bounds.steps) {
        let (_, arrived) = climb.step(&now, &mut next);
        std::mem::swap(&mut now, &mut next);
        if arrived {
            return climb.summit(now, true);
        }
    }
    // A leap takes three steps.
    while climb.steps + 3 <= bounds.steps {
        let (place, arrived) = climb.leap(now);
        now = place;
        if arrived {
            return climb.summit(now, true);
        }
    }
    climb.summit(now, false)
}

struct Climb<'a> {
    problem: &'a Problem,
    bounds: Bounds,
    steps: usize,
    calm: Calm,
}

impl Climb<'_> {
    fn step(&mut self, now: &[f64], next: &mut Parameters) -> (Objective, bool) {
        self.steps += 1;
        let objective = self.problem.step(now, next);
        let moved = movement(now, next);
        (objective, moved <= self.bounds.tolerance || self.calm.is_still(moved))
    }

    /// Two steps, and a third from where they point to.
    fn leap(&mut self, first: Parameters) -> (Parameters, bool) {
        let (mut second, mut third) = (Parameters::new(), Parameters::new());
        if self.step(&first, &mut second).1 {
            return (second, true);
        }
        let (objective, arrived) = self.step(&second, &mut third);
        if arrived {
            return (third, true);
        }
        let Some(ahead) = ahead(&first, &second, &third) else { return (third, false) };
        let mut landed = Parameters::new();
        self.steps += 1;
        let reached = self.problem.step(&ahead, &mut landed);
        // Not judged for standstill: a leap moves by its own measure.
        if reached.total() >= objective.total() { (landed, false) } else { (third, false) }
    }

    fn summit(&self, parameters: Parameters, converged: bool) -> Summit {
        let objective = self.problem.step(&parameters, &mut Parameters::new());
        Summit { parameters, objective, steps: self.steps, converged }
    }
}

/// Whether movement has come down to rounding and stays there.
#[derive(Debug)]
struct Calm {
    least: f64,
    since: usize,
}

impl Default for Calm {
    fn default() -> Self {
        Self { least: f64::INFINITY, since: 0 }
    }
}

impl Calm {
    fn is_still(&mut self, moved: f64) -> bool {
        if moved < 0.99 * self.least {
            (self.least, self.since) = (moved, 0);
            return false;
        }
        self.since += 1;
        moved <= ROUNDING && self.since > STANDSTILL
    }
}

/// Largest movement of a parameter.
fn movement(from: &[f64], to: &[f64]) -> f64 {
    from.iter().zip(to).map(|(from, to)| (from - to).abs()).fold(0.0, f64::max)
}

/// The place two steps point to, no probability below the least; `None` when that is where the second step ended.
fn ahead(first: &[f64], second: &[f64], third: &[f64]) -> Option<Parameters> {
    let (mut along, mut bend) = (0.0, 0.0);
    for ((a, b), c) in first.iter().zip(second).zip(third) {
        let (r, v) = (b - a, (c - b) - (b - a));
        along += r * r;
        bend += v * v;
    }
    let mut length = (along / bend).sqrt();
    for _ in 0..SHORTER {
        if !(length > 1.0 && length.is_finite()) {
            return None;
        }
        let place = |((a, b), c): ((&f64, &f64), &f64)| {
            let (r, v) = (b - a, (c - b) - (b - a));
            a + length * (2.0 * r + length * v)
        };
        let place: Parameters = first.iter().zip(second).zip(third).map(place).collect();
        // What is held below the least, or kept there by rounding, stays.
        if place.iter().zip(first).all(|(p, from)| (from.min(0.5 * LEAST)..=1.0).contains(p)) {
            return Some(place);
        }
        length = f64::midpoint(length, 1.0);
    }
    None
}
