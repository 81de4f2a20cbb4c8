//! A first look at many customers.

use super::history::Row;
use crate::Error;

/// How often customers buy again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    rate: f64,
}

impl Pace {
    /// Repeat purchases per unit of time, over all rows.
    ///
    /// # Errors
    /// `empty_sample` without a row; `too_few` without a repeat purchase: nothing then tells buying from leaving.
    pub(super) fn of(rows: &[Row]) -> Result<Self, Error> {
        if rows.is_empty() {
            return Err(Error::EmptySample);
        }
        let (mut repeats, mut time) = (0.0, 0.0);
        for row in rows {
            repeats += row.n * row.x;
            time += row.n * row.t;
        }
        if repeats == 0.0 {
            return Err(Error::TooFew { what: "customers with a repeat purchase", n: 0, least: 1 });
        }
        if time == 0.0 {
            return Err(Error::ZeroVariance { what: "the time observed".to_owned() });
        }
        Ok(Self { rate: repeats / time })
    }

    /// The time in which `count` purchases are made.
    pub(super) fn time(&self, count: f64) -> f64 {
        count / self.rate
    }
}

/// About `size` rows standing for all: customers at even steps of their order, which is by x, T and t_x, so that each
/// kind keeps its share. `None` where there are not many more rows than that.
pub(super) fn systematic(rows: &[Row], size: usize) -> Option<Vec<Row>> {
    if rows.len() < 2 * size {
        return None;
    }
    let all: f64 = rows.iter().map(|row| row.n).sum();
    let step = all / size as f64;
    let (mut sample, mut before, mut taken) = (Vec::with_capacity(size), 0.0, 0.0);
    for row in rows {
        before += row.n;
        // Customers number half a step, one and a half steps… that fall on this row.
        let until = (before / step + 0.5).floor();
        if until > taken {
            sample.push(Row { n: (until - taken) * step, ..*row });
            taken = until;
        }
    }
    Some(sample)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_stands_for_all() {
        let row = |i: u32| Row {
            x: f64::from(i / 1000),
            t_x: 0.0,
            t: f64::from(i % 1000),
            n: f64::from(1 + i % 3),
        };
        let rows: Vec<Row> = (0..10_000).map(row).collect();
        let sample = systematic(&rows, 500).unwrap();
        let mean = |rows: &[Row]| {
            rows.iter().map(|row| row.n * row.x).sum::<f64>() / rows.iter().map(|row| row.n).sum::<f64>()
        };
        assert!(sample.len() <= 501 && (mean(&sample) - mean(&rows)).abs() < 0.02);
        assert!(systematic(&rows[..900], 500).is_none());
    }

    #[test]
    fn without_a_repeat_nothing_can_be_fitted() {
        assert_eq!(Pace::of(&[]).unwrap_err().code(), "empty_sample");
        let silent = Row { x: 0.0, t_x: 0.0, t: 3.0, n: 5.0 };
        assert_eq!(Pace::of(&[silent]).unwrap_err().code(), "too_few");
    }
}
