//! Quantiles of spells that pass by in order.

use super::Spell;
use super::curve::CLOSE;
use crate::Error;

/// The times within which given shares are over, of spells that pass by in rising order of time: those of
/// [`SurvivalCurve::quantile`](super::SurvivalCurve::quantile), for whoever sorts spells once and asks for many groups
/// of them. Nothing is kept of a spell.
///
/// ```
/// use measures::survival::{Passing, Spell};
/// let mut all = Passing::new(4, [50.0, 90.0]).unwrap();
/// for (time, is_over) in [(2.0, true), (5.0, true), (6.0, false), (9.0, true)] {
///     all.push(Spell { time, is_over }).unwrap();
/// }
/// assert_eq!(all.quantiles(), [Some(5.0), Some(9.0)]);
/// ```
#[derive(Debug, Clone)]
pub struct Passing<const N: usize> {
    /// Share still going on at which each is found, and the time.
    wanted: [f64; N],
    found: [Option<f64>; N],
    /// How many have not passed by before the present time.
    at_risk: u64,
    /// The present time, and how many ended or were lost from sight at it.
    time: f64,
    ended: u64,
    lost: u64,
    /// The share still going on before it; as in the curve, from a share and how many were at risk then.
    share: f64,
    base: (f64, u64),
    left: u64,
}

impl<const N: usize> Passing<N> {
    /// Waits for `n` spells, of which it tells within which time these percentages (0 to 100) are over.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a percentage outside 0 to 100.
    pub fn new(n: u64, percents: [f64; N]) -> Result<Self, Error> {
        if let Some(wrong) = percents.into_iter().find(|percent| !(0.0..=100.0).contains(percent)) {
            return Err(Error::out_of_range("percent", wrong, "a percentage from 0 to 100"));
        }
        Ok(Self {
            wanted: percents.map(|percent| 1.0 - percent / 100.0),
            found: [None; N],
            at_risk: n,
            time: 0.0,
            ended: 0,
            lost: 0,
            share: 1.0,
            base: (1.0, 0),
            left: 0,
        })
    }

    /// The next spell.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a time before that of the last one, or no number, and for more spells than were said.
    pub fn push(&mut self, spell: Spell) -> Result<(), Error> {
        if !spell.time.is_finite() || spell.time < self.time {
            let expected = format!("a time of {} or more", self.time);
            return Err(Error::out_of_range("time", spell.time, expected));
        }
        if spell.time > self.time {
            self.settle();
            self.time = spell.time;
        }
        if self.ended + self.lost == self.at_risk {
            return Err(Error::out_of_range("n", self.at_risk as f64, "as many spells as were said"));
        }
        self.ended += u64::from(spell.is_over);
        self.lost += u64::from(!spell.is_over);
        Ok(())
    }

    /// The times, in the order of the percentages; `None` where too many still run to tell.
    #[must_use]
    pub fn quantiles(mut self) -> [Option<f64>; N] {
        self.settle();
        self.found
    }

    /// Ends the present time.
    fn settle(&mut self) {
        if self.ended > 0 {
            // As in the curve: while nobody is lost from sight, the fractions cancel.
            if self.at_risk != self.left {
                self.base = (self.share, self.at_risk);
            }
            self.left = self.at_risk - self.ended;
            self.share = self.base.0 * (self.left as f64 / self.base.1 as f64);
            for (wanted, found) in self.wanted.iter().zip(&mut self.found) {
                if found.is_none() && self.share <= wanted + CLOSE {
                    *found = Some(self.time);
                }
            }
        }
        self.at_risk -= self.ended + self.lost;
        (self.ended, self.lost) = (0, 0);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::SurvivalCurve;
    use super::*;

    proptest! {
        #[test]
        fn quantiles_are_those_of_the_curve(
            spells in prop::collection::vec((0u32..12, any::<bool>()), 1..60), percent in 0.0f64..100.0,
        ) {
            let mut spells: Vec<Spell> =
                spells.into_iter().map(|(time, is_over)| Spell { time: f64::from(time), is_over }).collect();
            spells.sort_by(|a, b| a.time.total_cmp(&b.time));
            let mut passing = Passing::new(spells.len() as u64, [percent, 50.0, 100.0]).unwrap();
            spells.iter().try_for_each(|spell| passing.push(*spell)).unwrap();
            let curve = SurvivalCurve::new(spells).unwrap();
            let expected = [percent, 50.0, 100.0].map(|percent| curve.quantile(percent).unwrap());
            prop_assert_eq!(passing.quantiles(), expected);
        }
    }

    #[test]
    fn what_comes_out_of_order_or_too_often_is_refused() {
        let spell = |time| Spell { time, is_over: true };
        let mut passing = Passing::new(2, [50.0]).unwrap();
        passing.push(spell(3.0)).unwrap();
        assert!(passing.push(spell(2.0)).is_err());
        assert!(passing.push(spell(f64::NAN)).is_err());
        passing.push(spell(3.0)).unwrap();
        assert!(passing.push(spell(4.0)).is_err(), "two were said");
        assert!(Passing::new(1, [101.0]).is_err());
        assert_eq!(Passing::new(0, [50.0]).unwrap().quantiles(), [None]);
    }
}
