//! The highest point of a smooth function of a few variables, by Newton's steps within a trusted distance.
//!
//! Made for likelihoods in the logarithms of their parameters, whose value, slopes and curvatures come out of one pass
//! over the data: a pass is dear, a step is nothing. docs/decisions/0018 compares it with a general library.

use nalgebra::{DMatrix, SymmetricEigen};

/// Value, slopes and curvatures of a function at a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Local<const N: usize> {
    pub(crate) value: f64,
    pub(crate) gradient: [f64; N],
    /// Symmetric, wholly filled.
    pub(crate) hessian: [[f64; N]; N],
}

impl<const N: usize> Local<N> {
    pub(crate) const ZERO: Self = Self { value: 0.0, gradient: [0.0; N], hessian: [[0.0; N]; N] };

    pub(crate) fn add(&mut self, other: &Self) {
        self.value += other.value;
        for i in 0..N {
            self.gradient[i] += other.gradient[i];
            for j in 0..N {
                self.hessian[i][j] += other.hessian[i][j];
            }
        }
    }

    /// Fills what lies below the diagonal from what lies above.
    pub(crate) fn mirror(&mut self) {
        for i in 0..N {
            for j in 0..i {
                self.hessian[i][j] = self.hessian[j][i];
            }
        }
    }

    fn is_finite(&self) -> bool {
        let numbers = self.gradient.iter().chain(self.hessian.iter().flatten());
        self.value.is_finite() && numbers.copied().all(f64::is_finite)
    }
}

/// How a search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// At a maximum, with a curvature that pins every variable down.
    Converged,
    /// Where the function no longer rises, but does not fall either along some direction.
    Flat,
    /// At the edge of where it was allowed to look.
    AtBound,
    /// After too many steps.
    OutOfSteps,
}

/// What a search found.
#[derive(Debug, Clone)]
pub(crate) struct Maximum<const N: usize> {
    pub(crate) at: [f64; N],
    pub(crate) local: Local<N>,
    pub(crate) ending: Ending,
    /// Times the function was evaluated.
    pub(crate) evaluations: u32,
}

/// Where to look: each variable between its two bounds.
pub(crate) type Bounds<const N: usize> = [[f64; 2]; N];

const MOST_STEPS: u32 = 100;
/// A step that promises less than this, in units of the function (a log-likelihood), is the last one, and taken for
/// granted: squared by Newton's method, what is left then is beyond a double.
pub(crate) const FINAL: f64 = 1e-9;
/// The same where the function is flat, where steps stay long for ever: beside it, this share of the function's size,
/// below which rounding speaks louder.
const FINAL_IF_FLAT: f64 = 1e-5;
const ROUNDING: f64 = 1e-9;
/// A direction with less curvature is flat: a standard error above 30 of a logarithm says nothing at all.
const FLAT: f64 = 1e-3;
const LONGEST_STEP: f64 = 8.0;

/// Climbs from `start` until a step promises less than `enough`; `None` when the function is not finite there.
pub(crate) fn maximise<const N: usize>(
    start: [f64; N],
    bounds: &Bounds<N>,
    enough: f64,
    mut function: impl FnMut(&[f64; N]) -> Local<N>,
) -> Option<Maximum<N>> {
    let mut at = clamped(start, bounds);
    let mut local = function(&at);
    let mut evaluations = 1;
    if !local.is_finite() {
        return None;
    }
    let mut trusted = 1.0;
    let mut ending = Ending::OutOfSteps;
    while evaluations < MOST_STEPS {
        let model = Model::of(&local, &at, bounds);
        let ended = model.end(enough);
        let step = model.step(trusted);
        let next = clamped(std::array::from_fn(|i| at[i] + step[i]), bounds);
        let taken: [f64; N] = std::array::from_fn(|i| next[i] - at[i]);
        let promised = model.promise(&taken);
        if let Some(end) = ended {
            if end == Ending::Converged {
                (at, local.value) = (next, local.value + promised);
            }
            ending = end;
            break;
        }
        let found = function(&next);
        evaluations += 1;
        let won = if found.is_finite() { found.value - local.value } else { f64::NEG_INFINITY };
        // Below what the sum can resolve, the promise is taken for the gain.
        let noise = 1e-11 * local.value.abs().max(1.0);
        let kept = if promised.abs() <= noise && won >= -noise { 1.0 } else { won / promised };
        let length = norm(&taken);
        if kept < 0.25 {
            trusted = length / 4.0;
        } else if kept > 0.75 && length > 0.8 * trusted {
            trusted = (2.0 * trusted).min(LONGEST_STEP);
        }
        if kept > 1e-4 && promised >= 0.0 {
            (at, local) = (next, found);
        } else if trusted < 1e-10 {
            break;
        }
    }
    Some(Maximum { at, local, ending, evaluations })
}

/// Inverse of −H: the covariance of the variables at a maximum of a log-likelihood. `None` unless it is one.
pub(crate) fn covariance<const N: usize>(local: &Local<N>) -> Option<[[f64; N]; N]> {
    let minus = DMatrix::from_fn(N, N, |i, j| -local.hessian[i][j]);
    let inverse = minus.cholesky()?.inverse();
    let found: [[f64; N]; N] = std::array::from_fn(|i| std::array::from_fn(|j| inverse[(i, j)]));
    found.iter().flatten().all(|x| x.is_finite()).then_some(found)
}

fn clamped<const N: usize>(at: [f64; N], bounds: &Bounds<N>) -> [f64; N] {
    std::array::from_fn(|i| at[i].max(bounds[i][0]).min(bounds[i][1]))
}

fn norm(x: &[f64]) -> f64 {
    x.iter().map(|x| x * x).sum::<f64>().sqrt()
}

/// The quadratic that touches the function: g·d + d·H·d / 2, in the directions of its own axes.
struct Model<const N: usize> {
    gradient: [f64; N],
    hessian: [[f64; N]; N],
    axes: SymmetricEigen<f64, nalgebra::Dyn>,
    /// Slope along each axis.
    slopes: Vec<f64>,
    /// Of the function's value.
    size: f64,
    bound: bool,
}

impl<const N: usize> Model<N> {
    fn of(local: &Local<N>, at: &[f64; N], bounds: &Bounds<N>) -> Self {
        let (mut gradient, mut hessian, mut bound) = (local.gradient, local.hessian, false);
        for i in 0..N {
            let outward = (at[i] <= bounds[i][0] && gradient[i] <= 0.0)
                || (at[i] >= bounds[i][1] && gradient[i] >= 0.0);
            if outward {
                bound = true;
                gradient[i] = 0.0;
                hessian.iter_mut().for_each(|row| row[i] = 0.0);
                hessian[i] = [0.0; N];
                hessian[i][i] = -1.0;
            }
        }
        let axes = SymmetricEigen::new(DMatrix::from_fn(N, N, |i, j| -hessian[i][j]));
        let slopes = (0..N).map(|k| (0..N).map(|i| axes.eigenvectors[(i, k)] * gradient[i]).sum()).collect();
        Self { gradient, hessian, axes, slopes, size: local.value.abs(), bound }
    }

    fn least_curvature(&self) -> f64 {
        self.axes.eigenvalues.iter().copied().fold(f64::INFINITY, f64::min)
    }

    /// Whether there is nothing more to gain here.
    fn end(&self, enough: f64) -> Option<Ending> {
        let least = self.least_curvature();
        let flat = least < FLAT;
        let promise: f64 = self
            .slopes
            .iter()
            .zip(&self.axes.eigenvalues)
            .map(|(slope, curvature)| 0.5 * slope * slope / curvature.max(f64::MIN_POSITIVE))
            .sum();
        let settled =
            promise <= if flat { enough.max(FINAL_IF_FLAT).max(ROUNDING * self.size) } else { enough };
        // Curved the wrong way, but with no slope left to tell which way is up.
        let lost = flat && norm(&self.slopes) <= 1e-9;
        if !settled && !lost {
            return None;
        }
        Some(match (self.bound, flat) {
            (true, _) => Ending::AtBound,
            (false, true) => Ending::Flat,
            (false, false) => Ending::Converged,
        })
    }

    /// The best step no longer than `trusted`: Newton's where it is short enough, else the damped one of that length.
    fn step(&self, trusted: f64) -> [f64; N] {
        let damped = |damping: f64| -> Vec<f64> {
            self.slopes.iter().zip(&self.axes.eigenvalues).map(|(slope, l)| slope / (l + damping)).collect()
        };
        let least = self.least_curvature();
        let mut along = if least > 0.0 { damped(0.0) } else { vec![f64::INFINITY; N] };
        if norm(&along) > trusted {
            let mut low = (-least).max(0.0);
            let mut high = low + norm(&self.slopes) / trusted;
            for _ in 0..60 {
                let damping = f64::midpoint(low, high);
                if norm(&damped(damping)) > trusted { low = damping } else { high = damping }
            }
            along = damped(high);
        }
        std::array::from_fn(|i| (0..N).map(|k| self.axes.eigenvectors[(i, k)] * along[k]).sum())
    }

    /// What the quadratic gains by a step.
    fn promise(&self, step: &[f64; N]) -> f64 {
        let bent = |i: usize| (0..N).map(|j| self.hessian[i][j] * step[j]).sum::<f64>();
        (0..N).map(|i| step[i] * (self.gradient[i] + 0.5 * bent(i))).sum()
    }
}

/// Fails unless slopes are those of the value, and curvatures those of the slopes, as differences over a small step tell.
#[cfg(test)]
pub(crate) fn assert_derivatives<const N: usize>(at: impl Fn(&[f64; N]) -> Local<N>, point: [f64; N]) {
    const STEP: f64 = 1e-5;
    let is_near = |found: f64, known: f64| (found - known).abs() < 1e-6 * found.abs().max(1.0);
    let here = at(&point);
    for i in 0..N {
        let (mut up, mut down) = (point, point);
        up[i] += STEP;
        down[i] -= STEP;
        let (up, down) = (at(&up), at(&down));
        let slope = (up.value - down.value) / (2.0 * STEP);
        assert!(is_near(slope, here.gradient[i]), "{point:?} {i}: {slope} {here:?}");
        for j in 0..N {
            let bend = (up.gradient[j] - down.gradient[j]) / (2.0 * STEP);
            assert!(is_near(bend, here.hessian[i][j]), "{point:?} {i} {j}: {bend} {here:?}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDE: Bounds<2> = [[-50.0, 50.0]; 2];

    /// Rosenbrock's valley, upside down.
    fn valley([x, y]: &[f64; 2]) -> Local<2> {
        let v = y - x * x;
        Local {
            value: -(1.0 - x).powi(2) - 100.0 * v * v,
            gradient: [2.0 * (1.0 - x) + 400.0 * x * v, -200.0 * v],
            hessian: [[-2.0 + 400.0 * v - 800.0 * x * x, 400.0 * x], [400.0 * x, -200.0]],
        }
    }

    #[test]
    fn a_curved_valley_is_followed_to_its_end() {
        for start in [[-1.2, 1.0], [5.0, -7.0], [0.0, 0.0]] {
            let found = maximise(start, &WIDE, FINAL, valley).unwrap();
            assert_eq!(found.ending, Ending::Converged);
            assert!((found.at[0] - 1.0).abs() < 1e-6 && (found.at[1] - 1.0).abs() < 1e-6, "{found:?}");
        }
    }

    #[test]
    fn a_function_that_rises_for_ever_is_said_to() {
        let rising = |[x, y]: &[f64; 2]| Local {
            value: -(-x).exp() - y * y,
            gradient: [(-x).exp(), -2.0 * y],
            hessian: [[-(-x).exp(), 0.0], [0.0, -2.0]],
        };
        assert_eq!(maximise([0.0, 3.0], &WIDE, FINAL, rising).unwrap().ending, Ending::Flat);
        let straight = |[x, y]: &[f64; 2]| Local {
            value: *x - y * y,
            gradient: [1.0, -2.0 * y],
            hessian: [[0.0, 0.0], [0.0, -2.0]],
        };
        let found = maximise([0.0, 3.0], &WIDE, FINAL, straight).unwrap();
        assert_eq!((found.ending, found.at[0]), (Ending::AtBound, 50.0));
        assert!(maximise([0.0; 2], &WIDE, FINAL, |_| Local { value: f64::NAN, ..Local::ZERO }).is_none());
    }

    #[test]
    fn a_hole_in_the_function_is_walked_around() {
        let holed =
            |at: &[f64; 2]| if at[0] > 2.0 { Local { value: f64::NAN, ..Local::ZERO } } else { valley(at) };
        assert_eq!(maximise([-1.2, 1.0], &WIDE, FINAL, holed).unwrap().ending, Ending::Converged);
    }

    #[test]
    fn a_covariance_is_the_inverse_of_the_curvature() {
        let local = Local { value: 0.0, gradient: [0.0; 2], hessian: [[-4.0, 0.0], [0.0, -0.25]] };
        assert_eq!(covariance(&local), Some([[0.25, 0.0], [0.0, 4.0]]));
        assert_eq!(covariance(&Local::<2>::ZERO), None);
    }
}
