//! Cuts that are passed for good only.

use std::num::NonZeroU32;

use crate::{DefinitionId, Error, decimal};

/// Most cuts of one ladder.
const MAX_CUTS: usize = 20;

/// Cuts between tiers, and how far or how long a value must be past one before the tier changes.
///
/// Each cut is watched by itself. It is passed when the value lies beyond it by its margin or more, or has been beyond
/// it, by however little, for so many periods in a row; and likewise on the way back. The tier follows from how many
/// cuts are passed: 1 is the best.
///
/// ```
/// use std::num::NonZeroU32;
/// use measures::portfolio::{Ladder, Standing};
/// // One cut at 1000: passed at once from 1100 on and from 900 down, or after three periods beyond 1000.
/// let ladder = Ladder::new(&[1000.0], Some(&[100.0]), NonZeroU32::new(3))?;
/// let mut customer = Standing::new(&ladder, ladder.sides(990.0)?)?;
/// let mut next = |value: f64| -> Result<usize, measures::Error> {
///     customer.advance(&ladder, ladder.sides(value)?)?;
///     Ok(customer.tier())
/// };
/// assert_eq!([next(1050.0)?, next(1010.0)?, next(1020.0)?], [2, 2, 1]); // the third time in a row
/// assert_eq!([next(950.0)?, next(900.0)?], [1, 2]); // the second is far enough
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Ladder {
    /// From the easiest to the hardest.
    cuts: Vec<Cut>,
    periods: Option<NonZeroU32>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Cut {
    at: f64,
    /// From here on it is passed at once, and up to here it is lost at once.
    band: Option<(f64, f64)>,
}

/// Where a value lies as seen from one cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// At the cut less its margin or below.
    FarBelow,
    /// Below the cut, within the margin.
    Below,
    /// At the cut or above, within the margin.
    Above,
    /// At the cut plus its margin or above.
    FarAbove,
}

impl Side {
    /// Whether the cut is reached, margins apart.
    #[must_use]
    pub const fn is_above(self) -> bool {
        matches!(self, Self::Above | Self::FarAbove)
    }

    const fn is_far(self) -> bool {
        matches!(self, Self::FarBelow | Self::FarAbove)
    }
}

impl Ladder {
    /// Formula and version of the rule; cuts, margins and periods are part of its identity too.
    pub const DEFINITION: DefinitionId = DefinitionId::new("tiers_hysteresis", 1);

    /// Cuts in rising order; margins in the same unit, one for each cut, or `None` when distance never suffices; periods
    /// in a row, or `None` when duration never suffices. A margin of 0, or one period, is no hysteresis at all.
    ///
    /// # Errors
    /// `bad_shape` without a cut, with more than 20, with margins for other than all cuts, or with neither margins nor
    /// periods; `out_of_range` unless cuts rise, margins are 0 or more, and the bands' lower and upper ends do not fall
    /// from one cut to the next.
    pub fn new(cuts: &[f64], margins: Option<&[f64]>, periods: Option<NonZeroU32>) -> Result<Self, Error> {
        if !(1..=MAX_CUTS).contains(&cuts.len()) {
            return Err(Error::BadShape { what: "from 1 to 20 cuts are needed" });
        }
        if margins.is_none() && periods.is_none() {
            return Err(Error::BadShape { what: "a margin or a number of periods is needed, or both" });
        }
        if margins.is_some_and(|margins| margins.len() != cuts.len()) {
            return Err(Error::BadShape { what: "one margin, or one for each cut" });
        }
        let cut = |(index, at): (usize, &f64)| {
            if !at.is_finite() {
                return Err(Error::out_of_range("cut", *at, "a number"));
            }
            let band = margins.map(|margins| band(*at, margins[index])).transpose()?;
            Ok(Cut { at: *at, band })
        };
        let cuts = cuts.iter().enumerate().map(cut).collect::<Result<Vec<_>, _>>()?;
        for pair in cuts.windows(2) {
            if pair[1].at <= pair[0].at {
                return Err(Error::out_of_range("cut", pair[1].at, format!("above {}", pair[0].at)));
            }
            if let (Some(low), Some(high)) = (pair[0].band, pair[1].band)
                && (high.0 < low.0 || high.1 < low.1)
            {
                let expected =
                    format!("such that its band does not begin or end before that of the cut {}", pair[0].at);
                return Err(Error::out_of_range("margin of a cut", high.1 - pair[1].at, expected));
            }
        }
        Ok(Self { cuts, periods })
    }

    /// Tiers: one more than cuts.
    #[must_use]
    pub fn tiers(&self) -> usize {
        self.cuts.len() + 1
    }

    /// Where a value lies as seen from each cut, from the easiest on.
    ///
    /// # Errors
    /// `out_of_range` when it is no number.
    pub fn sides(&self, value: f64) -> Result<impl ExactSizeIterator<Item = Side> + Clone + '_, Error> {
        if !value.is_finite() {
            return Err(Error::out_of_range("value", value, "a number"));
        }
        Ok(self.cuts.iter().map(move |cut| match (value >= cut.at, cut.band) {
            (true, Some((_, high))) if value >= high => Side::FarAbove,
            (true, _) => Side::Above,
            (false, Some((low, _))) if value <= low => Side::FarBelow,
            (false, _) => Side::Below,
        }))
    }
}

/// Ends of the band around a cut, summed as decimals: 0.8 − 0.1 is 0.7.
fn band(at: f64, margin: f64) -> Result<(f64, f64), Error> {
    if !margin.is_finite() || margin < 0.0 {
        return Err(Error::out_of_range("margin", margin, "a number of 0 or more"));
    }
    Ok((decimal::sum(at, -margin), decimal::sum(at, margin)))
}

/// Where one customer stands on a ladder: what must be kept from one period to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// From the easiest cut to the hardest. What is passed comes first: a harder cut is never passed without the easier.
    rungs: Vec<Rung>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rung {
    is_passed: bool,
    /// Periods in a row, up to the last, that the value lay on the other side.
    against: u32,
}

impl Standing {
    /// A customer's first period: the tier of the value as it is.
    ///
    /// # Errors
    /// `bad_shape` when there is not one side for each cut.
    pub fn new(ladder: &Ladder, sides: impl ExactSizeIterator<Item = Side>) -> Result<Self, Error> {
        check(ladder, &sides)?;
        Ok(Self { rungs: sides.map(|side| Rung { is_passed: side.is_above(), against: 0 }).collect() })
    }

    /// A customer already in a tier, 1 the best, with the periods in a row that each cut, from the easiest on, has spoken
    /// against it ([`Standing::against`]; all 0 when nothing is known).
    ///
    /// # Errors
    /// `out_of_range` for a tier the ladder has not; `bad_shape` when there is not one number for each cut.
    pub fn resume(ladder: &Ladder, tier: usize, against: &[u32]) -> Result<Self, Error> {
        if !(1..=ladder.tiers()).contains(&tier) {
            let expected = format!("a tier from 1 to {}", ladder.tiers());
            return Err(Error::out_of_range("tier", tier as f64, expected));
        }
        if against.len() != ladder.cuts.len() {
            return Err(Error::BadShape { what: "one number of periods for each cut" });
        }
        let passed = ladder.tiers() - tier;
        let rung = |(index, against): (usize, &u32)| Rung { is_passed: index < passed, against: *against };
        Ok(Self { rungs: against.iter().enumerate().map(rung).collect() })
    }

    /// One period on. Periods in which nothing is known are left out: they neither confirm nor interrupt.
    ///
    /// # Errors
    /// `bad_shape` when there is not one side for each cut.
    pub fn advance(
        &mut self,
        ladder: &Ladder,
        sides: impl ExactSizeIterator<Item = Side>,
    ) -> Result<(), Error> {
        check(ladder, &sides)?;
        for (rung, side) in self.rungs.iter_mut().zip(sides) {
            if side.is_above() == rung.is_passed {
                rung.against = 0;
                continue;
            }
            rung.against = rung.against.saturating_add(1);
            if side.is_far() || ladder.periods.is_some_and(|periods| rung.against >= periods.get()) {
                *rung = Rung { is_passed: side.is_above(), against: 0 };
            }
        }
        Ok(())
    }

    /// The tier, 1 the best.
    #[must_use]
    pub fn tier(&self) -> usize {
        self.rungs.len() + 1 - self.rungs.iter().filter(|rung| rung.is_passed).count()
    }

    /// Periods in a row that each cut, from the easiest on, has spoken against the tier.
    #[must_use]
    pub fn against(&self) -> Vec<u32> {
        self.rungs.iter().map(|rung| rung.against).collect()
    }
}

fn check(ladder: &Ladder, sides: &impl ExactSizeIterator<Item = Side>) -> Result<(), Error> {
    if sides.len() == ladder.cuts.len() {
        return Ok(());
    }
    Err(Error::BadShape { what: "one side for each cut of the ladder" })
}

#[cfg(test)]
#[path = "ladder_tests.rs"]
mod tests;
