//! One interval in one row of a table.

use askama::filters::Safe;

use super::at;

const WIDTH: f64 = 200.0;
const MARGIN: f64 = 8.0;

/// The common scale of the intervals drawn in the rows of one table. The numbers stand in the same row, so the
/// drawing is hidden from readers of text.
#[derive(Clone, Copy, Debug)]
pub struct Ranges {
    low: f64,
    high: f64,
    /// Value of the whole, drawn as a dotted line through all rows.
    whole: Option<f64>,
}

impl Ranges {
    /// A scale that holds all values and bounds given, and the value of the whole.
    pub fn new(values: impl IntoIterator<Item = f64>, whole: Option<f64>) -> Self {
        let finite = values.into_iter().chain(whole).filter(|value| value.is_finite());
        let (low, high) =
            finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        if low > high {
            return Self { low: 0.0, high: 1.0, whole };
        }
        // One value only: it stands in the middle.
        let pad = if high <= low { high.abs().max(1.0) / 2.0 } else { 0.0 };
        Self { low: low - pad, high: high + pad, whole }
    }

    fn x(&self, value: f64) -> f64 {
        let share = (value.clamp(self.low, self.high) - self.low) / (self.high - self.low);
        MARGIN + share * (WIDTH - 2.0 * MARGIN)
    }

    /// The drawing of one row: its value, its interval if one may be shown, dotted and hollow when `weak`.
    pub fn row(&self, value: f64, interval: Option<(f64, f64)>, weak: bool) -> Safe<String> {
        let class = if weak { " class=\"c-weak\"" } else { "" };
        let mut out =
            format!("<svg viewBox=\"0 0 200 24\" width=\"200\" height=\"24\" aria-hidden=\"true\"{class}>");
        if self.low < 0.0 && self.high > 0.0 {
            let x = at(self.x(0.0));
            out.push_str(&format!("<line class=\"c-zero\" x1=\"{x}\" x2=\"{x}\" y1=\"2\" y2=\"22\"/>"));
        }
        if let Some(whole) = self.whole {
            let x = at(self.x(whole));
            out.push_str(&format!("<line class=\"c-cut\" x1=\"{x}\" x2=\"{x}\" y1=\"0\" y2=\"24\"/>"));
        }
        if let Some((low, high)) = interval {
            let (low, high) = (at(self.x(low)), at(self.x(high)));
            out.push_str(&format!(
                "<line class=\"c-range\" x1=\"{low}\" x2=\"{high}\" y1=\"12\" y2=\"12\"/>"
            ));
        }
        out.push_str(&format!(
            "<circle class=\"c-pt\" cx=\"{}\" cy=\"12\" r=\"4.5\"/></svg>",
            at(self.x(value))
        ));
        Safe(out)
    }
}
