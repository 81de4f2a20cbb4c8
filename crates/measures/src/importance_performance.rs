//! Importance against performance: where to act, what to keep up, where effort is wasted.

use serde::{Deserialize, Serialize};

use crate::spread::bounded;
use crate::sum::ExactSum;
use crate::{DefinitionId, Error};

/// Formula and version of this measure; the crosshair chosen is part of its identity too.
pub const DEFINITION: DefinitionId = DefinitionId::new("importance_performance", 1);

/// Importance and performance of one item, each on its own scale (usually means over customers); `None` is unknown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rating {
    /// How much it matters, stated or derived: say which.
    pub importance: Option<f64>,
    /// How well it is done.
    pub performance: Option<f64>,
}

/// Where high begins on both axes.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Crosshair {
    /// The means of the items: half-way among them, whatever the scale.
    #[default]
    Mean,
    /// Their medians: not moved by one extreme item.
    Median,
    /// Fixed values, such as the middle of the scale or a target: the only ones that can be compared over time.
    At {
        /// Lowest high importance.
        importance: f64,
        /// Lowest high performance.
        performance: f64,
    },
}

/// What to do about an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quadrant {
    /// Matters much, done badly: act here first.
    ConcentrateHere,
    /// Matters much, done well.
    KeepUp,
    /// Matters little, done badly.
    LowPriority,
    /// Matters little, done well: effort may be moved from here.
    PossibleOverkill,
}

/// The crosshair and the quadrant of each item.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Grid {
    /// Items with both figures.
    pub n: u64,
    /// Items without one of them: in no quadrant, and not in the crosshair.
    pub missing: u64,
    /// Importance counts as high from here on.
    pub importance_cross: f64,
    /// Performance counts as high from here on.
    pub performance_cross: f64,
    /// One for each item, in the order given; `None` when a figure is missing.
    pub quadrants: Vec<Option<Quadrant>>,
}

/// Sorts items into the four quadrants of importance and performance; on the crosshair counts as high.
///
/// It takes all items at once: the crosshair depends on every one of them.
/// Source: J. A. Martilla & J. C. James, 1977, "Importance-performance analysis".
///
/// Not for items just beside the crosshair, which a few more answers may move; with means or medians some item is always
/// "low", however good all are. Stated importance is nearly always high: derived importance (a regression on overall
/// satisfaction) may tell another story.
///
/// # Errors
/// `empty_sample` without an item that has both figures; `out_of_range` for a number that is not finite or beyond
/// ±1 000 000.
///
/// ```
/// use measures::importance_performance::{Crosshair, Quadrant, Rating, quadrants};
/// let item = |i, p| Rating { importance: Some(i), performance: Some(p) };
/// let grid = quadrants(&[item(9.0, 4.0), item(9.0, 8.0), item(6.0, 6.0)], Crosshair::Mean)?;
/// assert_eq!((grid.importance_cross, grid.performance_cross), (8.0, 6.0)); // 24 / 3, 18 / 3
/// assert_eq!(grid.quadrants[0], Some(Quadrant::ConcentrateHere));
/// assert_eq!(grid.quadrants[2], Some(Quadrant::PossibleOverkill)); // on the line is high
/// # Ok::<(), measures::Error>(())
/// ```
pub fn quadrants(items: &[Rating], crosshair: Crosshair) -> Result<Grid, Error> {
    for item in items {
        for (what, value) in [("importance", item.importance), ("performance", item.performance)] {
            value.map_or(Ok(0.0), |value| bounded(what, value))?;
        }
    }
    let complete = |item: &Rating| item.importance.zip(item.performance);
    let (mut importance, mut performance): (Vec<f64>, Vec<f64>) = items.iter().filter_map(complete).unzip();
    if importance.is_empty() {
        return Err(Error::EmptySample);
    }
    let (importance_cross, performance_cross) = match crosshair {
        Crosshair::Mean => (mean(&importance), mean(&performance)),
        Crosshair::Median => (median(&mut importance), median(&mut performance)),
        Crosshair::At { importance, performance } => {
            (bounded("crosshair", importance)?, bounded("crosshair", performance)?)
        }
    };
    let place = |(importance, performance): (f64, f64)| match (
        importance >= importance_cross,
        performance >= performance_cross,
    ) {
        (true, false) => Quadrant::ConcentrateHere,
        (true, true) => Quadrant::KeepUp,
        (false, false) => Quadrant::LowPriority,
        (false, true) => Quadrant::PossibleOverkill,
    };
    Ok(Grid {
        n: importance.len() as u64,
        missing: (items.len() - importance.len()) as u64,
        importance_cross,
        performance_cross,
        quadrants: items.iter().map(|item| complete(item).map(place)).collect(),
    })
}

/// To the last digit, so that equal items lie on their own crosshair.
fn mean(values: &[f64]) -> f64 {
    let mut sum = ExactSum::default();
    values.iter().for_each(|value| sum.add(*value));
    sum.mean(values.len() as f64)
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    let at = |index: usize| values.get(index).copied().unwrap_or_default();
    // The two in the middle, which are one when their number is odd.
    f64::midpoint(at((values.len() - 1) / 2), at(values.len() / 2))
}
