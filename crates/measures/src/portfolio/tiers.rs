//! A whole portfolio on a ladder, period by period.

use std::num::NonZeroU32;

use serde::Serialize;

use super::{Ladder, Side, Standing};
use crate::{Error, concentration, decimal, twins};

/// What tiers are cut on.
#[derive(Debug, Clone, PartialEq)]
pub enum Basis {
    /// The value itself.
    Value(Ladder),
    /// The place on the curve of cumulated value.
    Curve(Curve),
}

/// Tiers by place on the curve of cumulated value of each period: the first tier takes the best customers up to the first
/// limit, as class A does ([`concentration::Concentration::classes`]); margins are in shares of the value too.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    ladder: Ladder,
    /// Limits from the easiest to meet (the last) to the hardest, each with its margin.
    limits: Vec<(f64, Option<f64>)>,
}

/// One customer, followed over all periods.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Customer<'a> {
    /// Identifier, each customer's own; decides between equal values on the curve, bytewise.
    pub id: &'a str,
    /// Value in each period, `None` where it is not known; as many for every customer.
    pub values: &'a [Option<f64>],
    /// Tier before the first period, 1 the best; `None` when there was none.
    pub tier: Option<usize>,
    /// For each cut from the easiest on, how many periods in a row had spoken against that tier
    /// ([`Standing::against`]); `None` is 0 for all.
    pub against: Option<&'a [u32]>,
}

/// Tiers of a portfolio. Tiers count from 1, the best.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tiers {
    /// Tier of each customer after the last period; `None` for one of whom nothing has ever been known.
    pub tiers: Vec<Option<usize>>,
    /// Tier of each customer after each period.
    pub history: Vec<Vec<Option<usize>>>,
    /// For each customer and cut, from the easiest on, how many periods in a row, up to the last, speak against the tier.
    pub against: Vec<Option<Vec<u32>>>,
    /// Customers in each tier after the last period, the best first.
    pub counts: Vec<usize>,
    /// How often customers changed tier.
    pub changes: u64,
    /// How often they would have, had the cuts alone decided.
    pub changes_by_cuts_alone: u64,
    /// Values that are not known.
    pub missing: u64,
}

impl Curve {
    /// Limits in rising order, as shares of the value (0.8 and 0.95: the first tier up to 80 %, the second up to 95 %);
    /// margins and periods as in [`Ladder::new`].
    ///
    /// # Errors
    /// As [`Ladder::new`], and `out_of_range` for a limit that is not above 0 and at most 1.
    pub fn new(limits: &[f64], margins: Option<&[f64]>, periods: Option<NonZeroU32>) -> Result<Self, Error> {
        if let Some(wrong) = limits.iter().find(|limit| !(**limit > 0.0 && **limit <= 1.0)) {
            return Err(Error::out_of_range("limit", *wrong, "a share above 0 and at most 1"));
        }
        // The higher one stands on the curve, the less value comes before.
        let heights: Vec<f64> = limits.iter().rev().map(|limit| decimal::sum(1.0, -limit)).collect();
        let margins: Option<Vec<f64>> = margins.map(|margins| margins.iter().rev().copied().collect());
        let ladder = Ladder::new(&heights, margins.as_deref(), periods)?;
        let margin = |index: usize| margins.as_ref().and_then(|margins| margins.get(index).copied());
        let limits = limits.iter().rev().enumerate().map(|(index, limit)| (*limit, margin(index))).collect();
        Ok(Self { ladder, limits })
    }

    /// For each cut, up to which rank one is far above it, above it, or below it; far below from there on.
    fn ranks(&self, all: &concentration::Concentration) -> Vec<[usize; 3]> {
        let rank = |(limit, margin): &(f64, Option<f64>)| {
            let above = all.before_below(*limit, false);
            let [far_above, below] = margin.map_or([0, all.n()], |margin| {
                let inner = all.before_below(decimal::sum(*limit, -margin), true);
                [inner.min(above), all.before_below(decimal::sum(*limit, margin), false).max(above)]
            });
            [far_above, above, below]
        };
        self.limits.iter().map(rank).collect()
    }
}

impl Basis {
    const fn ladder(&self) -> &Ladder {
        match self {
            Self::Value(ladder) => ladder,
            Self::Curve(curve) => &curve.ladder,
        }
    }
}

/// Side of each cut that a rank lies on.
fn sides(ranks: &[[usize; 3]], rank: usize) -> impl ExactSizeIterator<Item = Side> + Clone + '_ {
    ranks.iter().map(move |[far_above, above, below]| match rank {
        rank if rank < *far_above => Side::FarAbove,
        rank if rank < *above => Side::Above,
        rank if rank < *below => Side::Below,
        _ => Side::FarBelow,
    })
}

/// Where one customer stands, and where the cuts alone would put them.
struct Place<'l> {
    ladder: &'l Ladder,
    standing: Option<Standing>,
    tier: Option<usize>,
    by_cuts: Option<usize>,
}

impl Place<'_> {
    /// One period on; gives whether the tier changed, and whether it would have by the cuts alone.
    fn step(&mut self, sides: impl ExactSizeIterator<Item = Side> + Clone) -> Result<[bool; 2], Error> {
        let by_cuts = self.ladder.tiers() - sides.clone().filter(|side| side.is_above()).count();
        if let Some(standing) = &mut self.standing {
            standing.advance(self.ladder, sides)?;
        } else {
            self.standing = Some(Standing::new(self.ladder, sides)?);
        }
        let tier = self.standing.as_ref().map(Standing::tier);
        let changed = |before: Option<usize>, now: Option<usize>| before.is_some() && before != now;
        let changes = [changed(self.tier, tier), changed(self.by_cuts, Some(by_cuts))];
        (self.tier, self.by_cuts) = (tier, Some(by_cuts));
        Ok(changes)
    }
}

/// Puts every customer on the ladder, period after period; who is new starts in the tier of the value as it is. A period
/// of which a customer's value is not known, or in which nobody is worth anything on the curve, leaves them where they are.
///
/// Source: O. H. Schmitt, 1938, "A thermionic trigger" (two thresholds instead of one, so that small swings do not
/// switch); applied to customers' tiers.
///
/// Not for rights and deadlines, which are the same in all tiers. A large margin or many periods make tiers calm and
/// late: look at how many changes are left out, and set them for the cost of a wrong change against that of a late one.
///
/// # Errors
/// `bad_shape` when a customer comes twice or values are not as many for each; `out_of_range` for a value that is no
/// number, negative on the curve, or a tier the ladder has not.
///
/// ```
/// use measures::portfolio::{Basis, Customer, Ladder, tiers};
/// let basis = Basis::Value(Ladder::new(&[100.0], Some(&[10.0]), None)?);
/// let values = [Some(99.0), Some(101.0), Some(110.0)];
/// let ann = Customer { id: "ann", values: &values, tier: None, against: None };
/// let found = tiers(&[ann], &basis)?;
/// assert_eq!(found.history[0], [Some(2), Some(2), Some(1)]); // 101 is past the cut, but not by 10
/// # Ok::<(), measures::Error>(())
/// ```
pub fn tiers(customers: &[Customer<'_>], basis: &Basis) -> Result<Tiers, Error> {
    if twins::exist(customers.iter().map(|customer| customer.id)) {
        return Err(Error::BadShape { what: "a customer comes twice" });
    }
    let periods = customers.first().map_or(0, |customer| customer.values.len());
    if customers.iter().any(|customer| customer.values.len() != periods) {
        return Err(Error::BadShape { what: "values must be as many for every customer" });
    }
    let ladder = basis.ladder();
    let mut places =
        customers.iter().map(|customer| place(ladder, customer)).collect::<Result<Vec<_>, _>>()?;
    let mut history = vec![Vec::with_capacity(periods); customers.len()];
    let (mut changes, mut missing) = ([0, 0], 0);
    for period in 0..periods {
        let valued: Vec<(usize, f64)> = customers
            .iter()
            .enumerate()
            .filter_map(|(at, customer)| Some((at, customer.values[period]?)))
            .collect();
        missing += (customers.len() - valued.len()) as u64;
        let mut count = |changed: [bool; 2]| {
            changes = [changes[0] + u64::from(changed[0]), changes[1] + u64::from(changed[1])];
        };
        match basis {
            Basis::Value(ladder) => {
                for (at, value) in valued {
                    count(places[at].step(ladder.sides(value)?)?);
                }
            }
            Basis::Curve(_) if valued.is_empty() => {}
            Basis::Curve(curve) => {
                let worth: Vec<_> = valued
                    .iter()
                    .map(|(at, value)| concentration::Customer { id: customers[*at].id, value: *value })
                    .collect();
                let all = concentration::Concentration::new(&worth)?;
                let ranks = curve.ranks(&all);
                let order = all.order().iter().enumerate().take(if all.is_worth() { all.n() } else { 0 });
                for (rank, place) in order {
                    count(places[valued[*place].0].step(sides(&ranks, rank))?);
                }
            }
        }
        for (tiers, place) in history.iter_mut().zip(&places) {
            tiers.push(place.tier);
        }
    }
    let tiers: Vec<Option<usize>> = places.iter().map(|place| place.tier).collect();
    let members = |tier: usize| tiers.iter().filter(|own| **own == Some(tier)).count();
    Ok(Tiers {
        counts: (1..=ladder.tiers()).map(members).collect(),
        against: places.iter().map(|place| place.standing.as_ref().map(Standing::against)).collect(),
        tiers,
        history,
        changes: changes[0],
        changes_by_cuts_alone: changes[1],
        missing,
    })
}

fn place<'l>(ladder: &'l Ladder, customer: &Customer<'_>) -> Result<Place<'l>, Error> {
    let none = vec![0; ladder.tiers() - 1];
    let standing = customer
        .tier
        .map(|tier| Standing::resume(ladder, tier, customer.against.unwrap_or(&none)))
        .transpose()?;
    if customer.tier.is_none() && customer.against.is_some() {
        return Err(Error::BadShape { what: "periods against a tier need the tier" });
    }
    Ok(Place { ladder, standing, tier: customer.tier, by_cuts: customer.tier })
}

#[cfg(test)]
#[path = "tiers_tests.rs"]
mod tests;
