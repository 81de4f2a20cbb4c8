//! Charts drawn on the server: they print, mail and work without scripts.
//!
//! Each takes plain data and a reader's texts, and gives HTML: the drawing as SVG, marks that open the rows behind
//! them, and the same numbers as a table. Colours and strokes come from the style sheet (`c-…` classes); nothing
//! is styled inline. A mark with an empty address is drawn without a link.

mod axis;
mod distribution;
mod ranges;
mod trend;
mod twin;

#[cfg(test)]
mod tests;

use kernel::clock::SignedDuration;
use kernel::figures::Unit;
use kernel::texts::T;

pub use distribution::{Bar, Bracket, Distribution, Tone};
pub use ranges::Ranges;
pub use trend::{Of, Trend, TrendPoint};

/// Width of a drawing that fills its panel, in its own units.
const WIDTH: f64 = 772.0;

/// A value as written in its unit: `+39,8`, `84,2 %`, `5,61`.
pub fn written(t: T, unit: Unit, value: f64) -> String {
    match unit {
        Unit::Points => t.signed(value, 1),
        Unit::Share => t.percent(value, 1),
        Unit::Mean => t.decimal(value, 2),
        Unit::Hours => t.duration(SignedDuration::from_secs_f64(value * 3_600.0)),
        Unit::Count => t.decimal(value, 0),
    }
}

/// An interval in words: "de +36,1 à +43,2".
pub fn written_range(t: T, unit: Unit, low: f64, high: f64) -> String {
    t.two("chart-range", "low", written(t, unit, low), "high", written(t, unit, high))
}

/// Room a label of 12 pixels takes, generously: labels must not touch.
fn text_width(text: &str) -> f64 {
    text.chars().count() as f64 * 6.6
}

/// A coordinate, short.
fn at(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}
