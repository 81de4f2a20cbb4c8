//! The curve with its uncertainty.

use serde::Serialize;

use super::{Step, SurvivalCurve};
use crate::{Confidence, Interval, Unbounded};

/// A survival curve with standard errors and intervals.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// Spells.
    pub n: u64,
    /// Spells of unknown length or outcome, left out of n.
    pub missing: u64,
    /// Spells that ended.
    pub events: u64,
    /// One row per time at which something ended, in rising order.
    pub rows: Vec<Row>,
    /// First time at which no more than half still go on; `"inf"` when that is never seen.
    pub median: Unbounded,
    /// Interval of the median: from the first time at which the log-log interval of the share reaches down to one half
    /// to the first at which it lies no higher than that; `"inf"` when that is never seen.
    pub ci_median: [Unbounded; 2],
}

/// One time at which something ended.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Row {
    /// The time, in the unit of the durations.
    pub t: f64,
    /// Still going on, and watched, just before.
    pub at_risk: u64,
    /// Ended at this time.
    pub events: u64,
    /// Share still going on after it, 0 to 1.
    pub survival: f64,
    /// Standard error of the share (Greenwood); `None` where the share is 0.
    pub se: Option<f64>,
    /// survival ± z·se cut to 0 and 1; `None` where the share is 0. Poor near the ends.
    pub ci_plain: Option<Interval>,
    /// Interval on the scale of log(−log S), within 0 and 1 by itself; `None` where the share is 0. The one to show.
    pub ci_loglog: Option<Interval>,
}

impl SurvivalCurve {
    /// The curve with standard errors and intervals.
    ///
    /// Formulas: variance V = S² Σ d / (n(n − d)) over the times so far, n at risk and d ended; plain interval S ± z√V
    /// cut to 0 and 1; log-log interval S^exp(±z √(Σ d / (n(n − d))) / ln S). Each interval holds at its own time, not
    /// for the whole curve at once.
    ///
    /// Sources: M. Greenwood, 1926, "The natural duration of cancer"; J. D. Kalbfleisch, R. L. Prentice, 1980, *The
    /// Statistical Analysis of Failure Time Data* (log-log interval); R. Brookmeyer, J. Crowley, 1982, "A confidence
    /// interval for the median survival time".
    ///
    /// ```
    /// use measures::{Confidence, survival::{Accumulator, Spell}};
    /// let mut customers = Accumulator::new();
    /// customers.push_count(Spell { time: 1.0, is_over: true }, 20)?;
    /// customers.push_count(Spell { time: 2.0, is_over: false }, 80)?;
    /// let table = customers.curve()?.table(Confidence::P95);
    /// assert_eq!(table.rows[0].survival, 0.8);
    /// // With nobody out of sight the standard error is that of a share: √(0.8 × 0.2 / 100) = 0.04.
    /// assert_eq!(format!("{:.3}", table.rows[0].se.unwrap_or(0.0)), "0.040");
    /// # Ok::<(), measures::Error>(())
    /// ```
    #[must_use]
    pub fn table(&self, confidence: Confidence) -> Table {
        let z = confidence.z();
        let rows: Vec<Row> = self.steps.iter().map(|step| row(step, z)).collect();
        let first = |reached: fn(&Row) -> bool| {
            rows.iter().find(|row| reached(row)).map_or(Unbounded::Infinite, |row| Unbounded::At(row.t))
        };
        let low = first(|row| row.ci_loglog.is_none_or(|ci| ci.low <= 0.5));
        let high = first(|row| row.ci_loglog.is_some_and(|ci| ci.high <= 0.5));
        Table {
            n: self.n,
            missing: self.missing,
            events: self.steps.iter().map(|step| step.ended).sum(),
            median: self.median(),
            ci_median: [low, high],
            rows,
        }
    }
}

fn row(step: &Step, z: f64) -> Row {
    let Step { time: t, at_risk, ended: events, survival, spread } = *step;
    let root = spread.map(f64::sqrt);
    let se = root.map(|root| survival * root);
    let ci_plain = se.map(|se| Interval::around(survival, z * se).clipped(0.0, 1.0));
    let ci_loglog = root.map(|root| log_log(survival, z * root));
    Row { t, at_risk, events, survival, se, ci_plain, ci_loglog }
}

/// S to the powers exp(±reach / ln S).
fn log_log(survival: f64, reach: f64) -> Interval {
    let log = survival.ln();
    if log >= 0.0 {
        return Interval::new(1.0, 1.0);
    }
    let power = (reach / -log).exp();
    Interval::new((log * power).exp(), (log / power).exp())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Accumulator, Spell};
    use super::*;

    fn accumulate(spells: &[(u8, bool)]) -> Accumulator {
        let mut all = Accumulator::new();
        for (time, is_over) in spells {
            all.push(Spell { time: f64::from(*time), is_over: *is_over }).unwrap();
        }
        all
    }

    fn table(spells: &[(u8, bool)]) -> Table {
        accumulate(spells).curve().unwrap().table(Confidence::P95)
    }

    #[test]
    fn extreme_confidences_stay_within_0_and_1() {
        let spells: Vec<(u8, bool)> = (0..200).map(|at| (at, at % 3 > 0)).collect();
        for level in [f64::MIN_POSITIVE, 1.0 - f64::EPSILON / 2.0] {
            let curve = accumulate(&spells).curve().unwrap().table(Confidence::new(level).unwrap());
            for ci in curve.rows.iter().flat_map(|row| [row.ci_plain, row.ci_loglog]).flatten() {
                assert!(0.0 <= ci.low && ci.low <= ci.high && ci.high <= 1.0, "{ci:?}");
            }
        }
    }

    /// A generator of numbers between 0 and 1 that needs no library: the high bits of a multiplied state.
    fn uniform(state: &mut u64) -> f64 {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((*state >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// Exponential lifetimes, cut off by independent exponential times: true shares and median are known.
    #[test]
    fn intervals_cover_the_truth_as_often_as_they_say() {
        let (mut state, runs, n) = (20_240_229, 1_000, 60);
        let (mut share, mut median) = (0, 0);
        for _ in 0..runs {
            let mut all = Accumulator::new();
            for _ in 0..n {
                let (life, sight) = (-uniform(&mut state).ln(), -uniform(&mut state).ln() * 2.0);
                all.push(Spell { time: life.min(sight), is_over: life <= sight }).unwrap();
            }
            let table = all.curve().unwrap().table(Confidence::P95);
            let at = table.rows.partition_point(|row| row.t <= 0.7);
            let ci = table.rows[at - 1].ci_loglog.unwrap();
            share += i32::from(ci.contains((-0.7_f64).exp()));
            let bounds = table.ci_median.map(|bound| bound.finite().unwrap_or(f64::INFINITY));
            median += i32::from(bounds[0] <= 2.0_f64.ln() && 2.0_f64.ln() <= bounds[1]);
        }
        // 95 % of 1000, with five standard errors of a share estimated from 1000 runs, and the lag of few spells.
        assert!((915..=985).contains(&share) && (915..=985).contains(&median), "{share} {median}");
    }

    fn spells() -> impl Strategy<Value = Vec<(u8, bool)>> {
        prop::collection::vec((0u8..30, any::<bool>()), 1..60)
    }

    proptest! {
        #[test]
        fn shares_fall_and_stay_within_their_intervals(spells in spells()) {
            let table = table(&spells);
            let mut last = 1.0;
            for row in &table.rows {
                prop_assert!((0.0..last).contains(&row.survival) && row.events <= row.at_risk);
                prop_assert_eq!(row.survival == 0.0, row.se.is_none());
                for ci in [row.ci_plain, row.ci_loglog].into_iter().flatten() {
                    prop_assert!(0.0 <= ci.low && ci.low <= row.survival + 1e-15);
                    prop_assert!(row.survival <= ci.high + 1e-15 && ci.high <= 1.0);
                }
                last = row.survival;
            }
            prop_assert_eq!(table.events, spells.iter().filter(|(_, over)| *over).count() as u64);
            let number = |bound: Unbounded| bound.finite().unwrap_or(f64::INFINITY);
            let [low, high] = table.ci_median.map(number);
            prop_assert!(low <= number(table.median) && number(table.median) <= high);
        }

        #[test]
        fn with_nobody_out_of_sight_it_is_the_share_that_is_left(times in prop::collection::vec(0u8..30, 1..60)) {
            let all: Vec<(u8, bool)> = times.iter().map(|time| (*time, true)).collect();
            for row in table(&all).rows {
                let left = times.iter().filter(|time| f64::from(**time) > row.t).count() as f64;
                let n = times.len() as f64;
                prop_assert_eq!(row.survival, left / n);
                if let Some(se) = row.se {
                    prop_assert!((se - (left / n * (1.0 - left / n) / n).sqrt()).abs() < 1e-14);
                }
            }
        }

        #[test]
        fn however_spells_are_split_and_grouped_the_curve_is_the_same(
            spells in prop::collection::vec((0usize..3, 0u8..9, 1u8..9, any::<bool>(), 0u64..4), 1..50),
        ) {
            let (mut whole, mut parts) = (Accumulator::new(), [(); 3].map(|()| Accumulator::new()));
            for (part, entry, more, is_over, times) in spells {
                let spell = Spell { time: f64::from(entry + more), is_over };
                for _ in 0..times {
                    whole.push_entered(f64::from(entry), spell, 1).unwrap();
                }
                parts[part].push_entered(f64::from(entry), spell, times).unwrap();
            }
            let [mut a, b, mut c] = parts;
            let first = a.clone();
            a.merge(&b).unwrap();
            a.merge(&c).unwrap();
            c.merge(&b).unwrap();
            c.merge(&first).unwrap();
            let curve = whole.curve();
            prop_assert_eq!(&curve, &a.curve());
            prop_assert_eq!(&curve, &c.curve());
        }

        /// The definition, counted anew at every time.
        #[test]
        fn at_risk_is_who_has_entered_before_and_not_left(
            spells in prop::collection::vec((0u8..9, 1u8..9, any::<bool>()), 1..50),
        ) {
            let mut all = Accumulator::new();
            for (entry, more, is_over) in &spells {
                all.push_entered(f64::from(*entry), Spell { time: f64::from(entry + more), is_over: *is_over }, 1).unwrap();
            }
            let mut share = 1.0;
            for step in all.curve().unwrap().steps() {
                let now = |entry: u8, more: u8| f64::from(entry) < step.time && step.time <= f64::from(entry + more);
                let at_risk = spells.iter().filter(|(entry, more, _)| now(*entry, *more)).count();
                let ended = spells.iter().filter(|(entry, more, over)| *over && f64::from(entry + more) == step.time).count();
                prop_assert_eq!((step.at_risk, step.ended), (at_risk as u64, ended as u64));
                share *= 1.0 - ended as f64 / at_risk as f64;
                prop_assert!((step.survival - share).abs() < 1e-14);
            }
        }
    }
}
