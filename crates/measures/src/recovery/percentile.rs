//! Sample percentiles under a named definition.

use serde::{Deserialize, Serialize};

use crate::Error;

/// The nine definitions of a sample quantile in use: programs that say "p90" without one disagree.
///
/// Source: R. J. Hyndman, Y. Fan, 1996, "Sample quantiles in statistical packages", The American Statistician 50(4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PercentileType {
    /// Inverse of the empirical distribution: always a value that was observed. For promises ("95 % within").
    T1,
    /// As 1, with the mean where it jumps.
    T2,
    /// The nearest even observation.
    T3,
    /// Linear interpolation of the empirical distribution.
    T4,
    /// Midway through its steps.
    T5,
    /// Expected position of order statistics (Weibull).
    T6,
    /// Modes of order statistics (Gumbel): the usual one of spreadsheets. For display.
    T7,
    /// Median of order statistics.
    T8,
    /// Approximately unbiased for normal data (Blom).
    T9,
}

impl PercentileType {
    /// Every definition.
    pub const ALL: [Self; 9] =
        [Self::T1, Self::T2, Self::T3, Self::T4, Self::T5, Self::T6, Self::T7, Self::T8, Self::T9];

    /// Its number, 1 to 9.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::T1 => 1,
            Self::T2 => 2,
            Self::T3 => 3,
            Self::T4 => 4,
            Self::T5 => 5,
            Self::T6 => 6,
            Self::T7 => 7,
            Self::T8 => 8,
            Self::T9 => 9,
        }
    }
}

/// The `percent`-th percentile (0 to 100) of a sample in rising order, under a definition.
///
/// With one observation, every percentile is that observation. A percentile of times leaves out what is not over yet:
/// say so beside it, or use a [`crate::survival::SurvivalCurve`].
///
/// ```
/// use measures::recovery::{PercentileType, percentile};
/// let hours = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0];
/// assert_eq!(percentile(&hours, 50.0, PercentileType::T7).unwrap(), 8.0);
/// assert_eq!(percentile(&hours, 75.0, PercentileType::T7).unwrap(), 24.0);
/// ```
///
/// # Errors
/// [`Error::EmptySample`] without an observation; [`Error::OutOfRange`] for a percentage outside 0 to 100.
pub fn percentile(sorted: &[f64], percent: f64, definition: PercentileType) -> Result<f64, Error> {
    let (Some(first), Some(last)) = (sorted.first(), sorted.last()) else { return Err(Error::EmptySample) };
    if !(0.0..=100.0).contains(&percent) {
        return Err(Error::out_of_range("percent", percent, "a percentage from 0 to 100"));
    }
    let (n, p) = (sorted.len() as f64, percent / 100.0);
    // Position of the quantile, from 1; before the first and after the last observation it is that observation.
    let value_at = |position: f64| {
        let index = (position as usize).clamp(1, sorted.len());
        sorted.get(index - 1).copied().unwrap_or(*last)
    };
    let whole = n * p;
    // A percentage such as 7 is not exact in binary; a few last digits must not move a position.
    let slack = 4.0 * f64::EPSILON * whole;
    let is_whole = (whole - whole.round()).abs() <= slack;
    let floor = if is_whole { whole.round() } else { whole.floor() };
    let found = match definition {
        PercentileType::T1 => value_at(if is_whole { floor } else { floor + 1.0 }),
        PercentileType::T2 if is_whole => f64::midpoint(value_at(floor), value_at(floor + 1.0)),
        PercentileType::T2 => value_at(floor + 1.0),
        PercentileType::T3 => value_at(nearest_even(whole - 0.5, slack)),
        _ => {
            let (a, b) = match definition {
                PercentileType::T4 => (0.0, 1.0),
                PercentileType::T5 => (0.5, 0.5),
                PercentileType::T6 => (0.0, 0.0),
                PercentileType::T8 => (1.0 / 3.0, 1.0 / 3.0),
                PercentileType::T9 => (0.375, 0.375),
                _ => (1.0, 1.0),
            };
            let position = p.mul_add(n + 1.0 - a - b, a);
            if position <= 1.0 {
                *first
            } else if position >= n {
                *last
            } else {
                let below = (position + 4.0 * f64::EPSILON * n).floor();
                let share = (position - below).max(0.0);
                let (low, high) = (value_at(below), value_at(below + 1.0));
                share.mul_add(high - low, low)
            }
        }
    };
    Ok(found)
}

/// The observation of type 3 for a shifted position: where it falls on an observation exactly, the even one.
fn nearest_even(shifted: f64, slack: f64) -> f64 {
    let floor = (shifted + slack).floor();
    let is_on_one = (shifted - floor).abs() <= slack;
    if is_on_one && floor.rem_euclid(2.0) < 0.5 { floor } else { floor + 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `recovery.percentiles` of the reference sheet, cases `pct_small` and `pct_random`: types 1 to 9 at 0, 10, 25, 50,
    /// 75, 90, 95, 99 and 100.
    #[test]
    fn the_nine_definitions_agree_with_the_reference() {
        let Ok(text) =
            std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/09-recovery.json"))
        else {
            panic!("the vectors are missing");
        };
        let cases: serde_json::Value = serde_json::from_str(&text).unwrap();
        let mut checked = 0;
        for case in
            cases["cases"].as_array().unwrap().iter().filter(|case| case["op"] == "recovery.percentiles")
        {
            let list = |value: &serde_json::Value| -> Vec<f64> {
                value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect()
            };
            let mut sample = list(&case["input"]["durations"]);
            sample.sort_by(f64::total_cmp);
            let percents = list(&case["input"]["percentiles"]);
            if case["expected"]["error"] == "empty_sample" {
                assert!(percentile(&sample, percents[0], PercentileType::T7).is_err());
                continue;
            }
            for definition in PercentileType::ALL {
                let expected = list(&case["expected"]["by_type"][definition.number().to_string()]);
                for (percent, expected) in percents.iter().zip(expected) {
                    let found = percentile(&sample, *percent, definition).unwrap();
                    let name = &case["name"];
                    assert!(
                        (found - expected).abs() <= 1e-9 * expected.abs().max(1.0),
                        "{name} {definition:?} p{percent}: {found} for {expected}"
                    );
                    checked += 1;
                }
            }
        }
        assert!(checked > 200, "{checked}");
    }

    proptest! {
        #[test]
        fn a_percentile_lies_within_the_sample_and_rises(
            mut sample in proptest::collection::vec(-1e6..1e6_f64, 1..40), a in 0.0..=100.0_f64, b in 0.0..=100.0_f64,
        ) {
            sample.sort_by(f64::total_cmp);
            let (low, high) = (a.min(b), a.max(b));
            for definition in PercentileType::ALL {
                let (x, y) = (percentile(&sample, low, definition).unwrap(), percentile(&sample, high, definition).unwrap());
                prop_assert!(x <= y + 1e-6 && sample[0] <= x + 1e-6 && y <= sample[sample.len() - 1] + 1e-6);
            }
        }
    }
}
