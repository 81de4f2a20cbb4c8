//! The share that still lasts after each time.

use super::Accumulator;
use super::watch::Watch;
use crate::{Error, Unbounded};

/// Below this, two shares are one: products of many fractions are off by less.
pub(super) const CLOSE: f64 = 1e-12;

/// How long something has taken, or has been going on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spell {
    /// Time passed, in any unit.
    pub time: f64,
    /// Whether it is over. One that still runs takes at least this long, nobody knows how much longer.
    pub is_over: bool,
}

/// The share still going on after each time: the product-limit estimate. What still runs counts for the time it has
/// run, instead of being left out, which would make everything look quick, or taken to end now.
///
/// Formula: S(t) = product over the times up to t at which something ended of (1 − ended / at risk). What ends and what
/// is last seen at the same time: the end comes first.
///
/// Source: E. L. Kaplan, P. Meier, 1958, "Nonparametric estimation from incomplete observations", Journal of the
/// American Statistical Association 53(282).
///
/// Not where those last seen early differ from the others (customers whose contract the firm ended itself, say): their
/// future is taken to be that of those who stayed. The end of the curve rests on few: look at how many are at risk.
///
/// ```
/// use measures::survival::{Spell, SurvivalCurve};
/// let spells = [(2.0, true), (5.0, true), (6.0, false), (9.0, true)].map(|(time, is_over)| Spell { time, is_over });
/// let curve = SurvivalCurve::new(spells.to_vec()).unwrap();
/// assert_eq!(curve.quantile(50.0).unwrap(), Some(5.0));
/// assert_eq!(curve.quantile(90.0).unwrap(), Some(9.0));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct SurvivalCurve {
    pub(super) n: u64,
    pub(super) missing: u64,
    /// Times at which something ended, in rising order.
    pub(super) steps: Vec<Step>,
}

/// A time at which something ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// The time.
    pub time: f64,
    /// How many were still going on, and watched, just before; those last seen at this very time are among them.
    pub at_risk: u64,
    /// How many of them ended, 1 or more.
    pub ended: u64,
    /// Share still going on after it, 0 to 1.
    pub survival: f64,
    /// Greenwood's sum of ended / (at risk × (at risk − ended)) so far; `None` once the share is 0.
    pub spread: Option<f64>,
}

impl SurvivalCurve {
    /// Of spells in any order, all watched from their beginning; see [`Accumulator`] for others.
    ///
    /// # Errors
    /// [`Error::EmptySample`] without a spell; [`Error::OutOfRange`] for a time that is negative or no number.
    pub fn new(spells: Vec<Spell>) -> Result<Self, Error> {
        let mut all = Accumulator::new();
        spells.into_iter().try_for_each(|spell| all.push(spell))?;
        all.curve()
    }

    pub(super) fn of(n: u64, missing: u64, watch: &Watch) -> Self {
        let (mut cursor, mut steps) = (watch.cursor(), Vec::new());
        // While nobody enters or is lost from sight, the fractions cancel: the share is that of the last time this was
        // not so, times what is left of those at risk then. Without the running ones it is an exact quotient.
        let (mut share, mut base, mut left, mut spread) = (1.0, (1.0, 0_u64), 0, Some(0.0));
        for key in watch.event_times() {
            let now = cursor.at(key);
            if now.at_risk != left {
                base = (share, now.at_risk);
            }
            left = now.at_risk - now.ended;
            share = base.0 * (left as f64 / base.1 as f64);
            let (of, rest) = (now.at_risk as f64, left as f64);
            spread = spread.filter(|_| left > 0).map(|sum| sum + now.ended as f64 / (of * rest));
            steps.push(Step {
                time: f64::from_bits(key),
                at_risk: now.at_risk,
                ended: now.ended,
                survival: share,
                spread,
            });
        }
        Self { n, missing, steps }
    }

    /// Times at which something ended, in rising order.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Share still going on after `time`; 1 before the first end. Beyond the longest time watched it is the last known
    /// share, which nobody has seen.
    #[must_use]
    pub fn share_at(&self, time: f64) -> f64 {
        let after = self.steps.partition_point(|step| step.time <= time);
        after.checked_sub(1).and_then(|last| self.steps.get(last)).map_or(1.0, |step| step.survival)
    }

    /// The time within which half are over: the first at which no more than half still go on.
    #[must_use]
    pub fn median(&self) -> Unbounded {
        self.first_at_most(0.5).map_or(Unbounded::Infinite, Unbounded::At)
    }

    /// The time within which `percent` (0 to 100) of all are over: the first at which no more than the rest still goes
    /// on. `None` where too many still run to tell. When none does, it is the percentile of type 1.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a percentage outside 0 to 100.
    pub fn quantile(&self, percent: f64) -> Result<Option<f64>, Error> {
        if !(0.0..=100.0).contains(&percent) {
            return Err(Error::out_of_range("percent", percent, "a percentage from 0 to 100"));
        }
        Ok(self.first_at_most(1.0 - percent / 100.0))
    }

    fn first_at_most(&self, share: f64) -> Option<f64> {
        let at = self.steps.partition_point(|step| step.survival > share + CLOSE);
        self.steps.get(at).map(|step| step.time)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::recovery::{PercentileType, percentile};

    fn curve(spells: &[(f64, bool)]) -> SurvivalCurve {
        SurvivalCurve::new(spells.iter().map(|&(time, is_over)| Spell { time, is_over }).collect()).unwrap()
    }

    fn assert_steps(curve: &SurvivalCurve, expected: &[(f64, f64)]) {
        assert_eq!(curve.steps.len(), expected.len(), "{curve:?}");
        for (step, (at, of)) in curve.steps.iter().zip(expected) {
            assert!((step.time - at).abs() < 1e-12 && (step.survival - of).abs() < 1e-12, "{curve:?}");
        }
    }

    /// Eight items, four lost: 7/8, then 4/5, 3/4 and 1/2 of what was left.
    #[test]
    fn the_curve_of_the_paper_of_1958_is_found_again() {
        let paper = curve(&[
            (0.8, true),
            (1.0, false),
            (2.7, false),
            (3.1, true),
            (5.4, true),
            (7.0, false),
            (9.2, true),
            (12.1, false),
        ]);
        assert_steps(&paper, &[(0.8, 0.875), (3.1, 0.7), (5.4, 0.525), (9.2, 0.2625)]);
        let at = |percent: f64| paper.quantile(percent).unwrap();
        assert_eq!([at(0.0), at(12.5), at(25.0), at(30.0)], [Some(0.8), Some(0.8), Some(3.1), Some(3.1)]);
        assert_eq!([at(40.0), at(47.5), at(50.0), at(73.75)], [Some(5.4), Some(5.4), Some(9.2), Some(9.2)]);
        assert_eq!([at(74.0), at(90.0), at(100.0)], [None; 3], "too many still ran");
    }

    /// Weeks of remission under 6-mercaptopurine (Freireich and others, 1963): median 23, lower quartile 13, as in every
    /// text book. Ties among the ended, and of an ended one with one still running.
    #[test]
    fn ties_are_worked_out_as_by_hand() {
        let ended = [6.0, 6.0, 6.0, 7.0, 10.0, 13.0, 16.0, 22.0, 23.0].map(|time| (time, true));
        let running =
            [6.0, 9.0, 10.0, 11.0, 17.0, 19.0, 20.0, 25.0, 32.0, 32.0, 34.0, 35.0].map(|time| (time, false));
        let remission = curve(&[ended.as_slice(), running.as_slice()].concat());
        let after = |share: f64, left: f64, of: f64| share * left / of;
        let six = 18.0 / 21.0;
        let seven = after(six, 16.0, 17.0);
        let ten = after(seven, 14.0, 15.0);
        let thirteen = after(ten, 11.0, 12.0);
        let sixteen = after(thirteen, 10.0, 11.0);
        let twenty_two = after(sixteen, 6.0, 7.0);
        let last = after(twenty_two, 5.0, 6.0);
        let expected = [
            (6.0, six),
            (7.0, seven),
            (10.0, ten),
            (13.0, thirteen),
            (16.0, sixteen),
            (22.0, twenty_two),
            (23.0, last),
        ];
        assert_steps(&remission, &expected);
        let at = |percent: f64| remission.quantile(percent).unwrap();
        assert_eq!([at(25.0), at(50.0), at(75.0)], [Some(13.0), Some(23.0), None]);
    }

    #[test]
    fn nothing_over_tells_nothing_and_nonsense_is_refused() {
        assert_eq!(curve(&[(1.0, false), (3.0, false)]).quantile(1.0).unwrap(), None);
        assert_eq!(SurvivalCurve::new(Vec::new()), Err(Error::EmptySample));
        for time in [-1.0, f64::NAN, f64::INFINITY] {
            assert!(SurvivalCurve::new(vec![Spell { time, is_over: true }]).is_err(), "{time}");
        }
        for percent in [-0.1, 100.1, f64::NAN] {
            assert!(curve(&[(1.0, true)]).quantile(percent).is_err(), "{percent}");
        }
    }

    /// Whole hours, so that ties occur.
    fn spells() -> impl Strategy<Value = Vec<(f64, bool)>> {
        proptest::collection::vec(
            (0..60_u32, any::<bool>()).prop_map(|(t, over)| (f64::from(t), over)),
            1..60,
        )
    }

    fn type_1(times: impl Iterator<Item = f64>, percent: f64) -> f64 {
        let mut times: Vec<f64> = times.collect();
        times.sort_by(f64::total_cmp);
        percentile(&times, percent, PercentileType::T1).unwrap()
    }

    proptest! {
        #[test]
        fn when_all_are_over_it_is_the_percentile_of_type_1(spells in spells(), percent in 0..=1_000_u32) {
            let percent = f64::from(percent) / 10.0;
            let over: Vec<(f64, bool)> = spells.iter().map(|&(time, _)| (time, true)).collect();
            let expected = type_1(spells.iter().map(|&(time, _)| time), percent);
            prop_assert_eq!(curve(&over).quantile(percent).unwrap(), Some(expected));
        }

        #[test]
        fn a_larger_share_never_takes_less_time(spells in spells(), a in 0.0..=100.0_f64, b in 0.0..=100.0_f64) {
            let curve = curve(&spells);
            let at = |percent: f64| curve.quantile(percent).unwrap().unwrap_or(f64::INFINITY);
            prop_assert!(at(a.min(b)) <= at(a.max(b)));
        }

        #[test]
        fn what_still_runs_never_makes_it_quicker(spells in spells(), percent in 0.0..=100.0_f64) {
            let found = curve(&spells).quantile(percent).unwrap().unwrap_or(f64::INFINITY);
            // As if all that runs ended at once.
            prop_assert!(found >= type_1(spells.iter().map(|&(time, _)| time), percent));
        }

        #[test]
        fn the_order_of_spells_does_not_matter(spells in spells()) {
            let turned: Vec<(f64, bool)> = spells.iter().rev().copied().collect();
            prop_assert_eq!(curve(&spells), curve(&turned));
        }
    }
}
