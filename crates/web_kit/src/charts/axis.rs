//! Where values stand: a scale with few round lines.

use kernel::figures::Unit;
use kernel::texts::T;

use super::at;

/// Most lines across a drawing.
const LINES: f64 = 5.0;

/// A vertical axis from a round number to a round number.
pub(super) struct Axis {
    low: f64,
    high: f64,
    step: f64,
    top: f64,
    bottom: f64,
}

impl Axis {
    /// Holds every value, within `limits` (what the measure can reach), between the pixels `top` and `bottom`.
    pub(super) fn new(values: &[f64], limits: (f64, f64), top: f64, bottom: f64) -> Self {
        let finite = || values.iter().copied().filter(|value| value.is_finite());
        let span = limits.1 - limits.0;
        let (mut low, mut high) =
            (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
        if low > high {
            (low, high) = limits;
        }
        // Equal values still need room around them, and noise must not look like a cliff.
        let least = span / 20.0;
        if high - low < least {
            let middle = f64::midpoint(low, high);
            (low, high) = (middle - least / 2.0, middle + least / 2.0);
        }
        let step = round_step((high - low) / (LINES - 1.0));
        let low = ((low / step).floor() * step).max(limits.0);
        let high = ((high / step).ceil() * step).min(limits.1);
        Self { low, high, step, top, bottom }
    }

    /// Height of a value, in pixels.
    pub(super) fn y(&self, value: f64) -> f64 {
        let share = (value.clamp(self.low, self.high) - self.low) / (self.high - self.low);
        self.bottom - share * (self.bottom - self.top)
    }

    /// The lines with their values, from `left` to `right`.
    pub(super) fn draw(&self, t: T, unit: Unit, left: f64, right: f64, out: &mut String) {
        let first = (self.low / self.step).ceil() as i64;
        let last = (self.high / self.step + 1e-9).floor() as i64;
        for line in first..=last {
            let value = line as f64 * self.step;
            let y = self.y(value);
            out.push_str(&format!(
                "<line class=\"c-grid\" x1=\"{}\" x2=\"{}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/><text class=\"c-text c-end\" x=\"{}\" y=\"{}\">{}</text>",
                at(left), at(right), at(left - 8.0), at(y + 4.0), self.label(t, unit, value)
            ));
        }
    }

    fn label(&self, t: T, unit: Unit, value: f64) -> String {
        let digits = |scale: f64| usize::from(self.step * scale < 1.0);
        match unit {
            Unit::Points => t.signed(value, digits(1.0)),
            Unit::Share => t.percent(value, digits(100.0)),
            Unit::Mean | Unit::Hours | Unit::Count => t.decimal(value, digits(1.0)),
        }
    }
}

/// The smallest of 1, 2, 5 times a power of ten that is not below `rough`.
fn round_step(rough: f64) -> f64 {
    let power = 10f64.powf(rough.log10().floor());
    let lead = rough / power;
    let round = [1.0, 2.0, 5.0].into_iter().find(|r| lead <= *r + 1e-9).unwrap_or(10.0);
    round * power
}
