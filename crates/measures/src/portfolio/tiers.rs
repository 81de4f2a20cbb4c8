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
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn run(values: &[Vec<Option<f64>>], basis: &Basis) -> Result<Tiers, Error> {
        let ids: Vec<String> = (0..values.len()).map(|at| format!("{at:03}")).collect();
        let customers: Vec<Customer<'_>> = ids
            .iter()
            .zip(values)
            .map(|(id, values)| Customer { id, values, tier: None, against: None })
            .collect();
        tiers(&customers, basis)
    }

    fn curve(margin: Option<f64>, periods: Option<u32>) -> Basis {
        let margins = margin.map(|margin| [margin; 2]);
        let margins = margins.as_ref().map(<[f64; 2]>::as_slice);
        Basis::Curve(Curve::new(&[0.8, 0.95], margins, periods.and_then(NonZeroU32::new)).unwrap())
    }

    #[test]
    fn nonsense_is_refused() {
        let basis = curve(None, Some(2));
        let code = |values: &[Vec<Option<f64>>]| run(values, &basis).unwrap_err().code();
        assert_eq!(code(&[vec![Some(1.0)], vec![]]), "bad_shape");
        assert_eq!(code(&[vec![Some(-1.0)]]), "out_of_range");
        assert_eq!(code(&[vec![Some(f64::NAN)]]), "out_of_range");
        let one = Customer { id: "a", values: &[], tier: None, against: None };
        assert_eq!(tiers(&[one, one], &basis).unwrap_err().code(), "bad_shape");
        assert_eq!(tiers(&[Customer { tier: Some(4), ..one }], &basis).unwrap_err().code(), "out_of_range");
        assert_eq!(
            tiers(&[Customer { against: Some(&[0, 0]), ..one }], &basis).unwrap_err().code(),
            "bad_shape"
        );
        for limits in [&[0.0][..], &[1.1], &[0.9, 0.8], &[]] {
            assert!(Curve::new(limits, None, NonZeroU32::new(1)).is_err(), "{limits:?}");
        }
        assert_eq!(run(&[], &basis).unwrap().counts, [0, 0, 0]);
    }

    #[test]
    fn what_is_not_known_leaves_a_customer_where_they_are() {
        let basis = Basis::Value(Ladder::new(&[10.0], None, NonZeroU32::new(2)).unwrap());
        let known = run(&[vec![None, Some(5.0), Some(20.0), None, Some(20.0)]], &basis).unwrap();
        assert_eq!(known.history[0], [None, Some(2), Some(2), Some(2), Some(1)]);
        assert_eq!((known.missing, known.changes, known.changes_by_cuts_alone), (2, 1, 1));
        let nothing =
            run(&[vec![Some(8.0), Some(0.0)], vec![Some(2.0), Some(0.0)]], &curve(None, Some(1))).unwrap();
        assert_eq!(nothing.history, [[Some(1), Some(1)], [Some(2), Some(2)]], "no value at all says nothing");
    }

    #[test]
    fn a_tier_is_kept_on_from_before() {
        let basis = Basis::Value(Ladder::new(&[10.0], Some(&[5.0]), NonZeroU32::new(3)).unwrap());
        let values = [Some(11.0)];
        let customer = |against| Customer { id: "a", values: &values, tier: Some(2), against };
        assert_eq!(tiers(&[customer(None)], &basis).unwrap().tiers, [Some(2)]);
        assert_eq!(tiers(&[customer(Some(&[2][..]))], &basis).unwrap().tiers, [Some(1)]);
        assert_eq!(tiers(&[customer(Some(&[1][..]))], &basis).unwrap().against, [Some(vec![2])]);
    }

    fn values() -> impl Strategy<Value = Vec<Vec<Option<f64>>>> {
        let value =
            prop_oneof![Just(Some(0.0)), (0u32..3_000).prop_map(|cents| Some(f64::from(cents) / 100.0))];
        (1usize..8, 1usize..6).prop_flat_map(move |(n, periods)| {
            prop::collection::vec(prop::collection::vec(value.clone(), periods), n)
        })
    }

    proptest! {
        #[test]
        fn without_hysteresis_the_curve_gives_the_classes_of_each_period(values in values()) {
            let found = run(&values, &curve(Some(0.0), None)).unwrap();
            prop_assert_eq!(&found, &run(&values, &curve(None, Some(1))).unwrap());
            prop_assert_eq!(found.changes, found.changes_by_cuts_alone);
            let ids: Vec<String> = (0..values.len()).map(|at| format!("{at:03}")).collect();
            for period in 0..values[0].len() {
                let worth: Vec<_> = ids
                    .iter()
                    .zip(&values)
                    .map(|(id, values)| concentration::Customer { id, value: values[period].unwrap() })
                    .collect();
                let all = concentration::Concentration::new(&worth).unwrap();
                for (at, class) in all.classes(concentration::Limits::USUAL).into_iter().enumerate() {
                    if let Some(class) = class {
                        prop_assert_eq!(found.history[at][period], Some(class as usize + 1));
                    }
                }
            }
        }

        #[test]
        fn hysteresis_takes_none_of_those_who_stay_put_and_moves_no_more_often(
            values in values(), margin in 0u32..30, periods in 1u32..5,
        ) {
            let found = run(&values, &curve(Some(f64::from(margin) / 100.0), NonZeroU32::new(periods).map(NonZeroU32::get))).unwrap();
            prop_assert_eq!(found.counts.iter().sum::<usize>(), found.tiers.iter().flatten().count());
            let steady: Vec<Vec<Option<f64>>> = values.iter().map(|own| vec![own[0]; 5]).collect();
            prop_assert_eq!(run(&steady, &curve(Some(0.05), Some(2))).unwrap().changes, 0);
        }

        #[test]
        fn two_halves_in_a_row_are_the_whole(values in values(), cut in 0usize..6) {
            let basis = curve(Some(0.05), Some(2));
            let cut = cut.min(values[0].len());
            let whole = run(&values, &basis).unwrap();
            let halves: (Vec<_>, Vec<_>) = values.iter().map(|own| (own[..cut].to_vec(), own[cut..].to_vec())).unzip();
            let first = run(&halves.0, &basis).unwrap();
            let ids: Vec<String> = (0..values.len()).map(|at| format!("{at:03}")).collect();
            let later: Vec<Customer<'_>> = (0..values.len())
                .map(|at| Customer {
                    id: &ids[at],
                    values: &halves.1[at],
                    tier: first.tiers[at],
                    against: first.against[at].as_deref(),
                })
                .collect();
            let second = tiers(&later, &basis).unwrap();
            prop_assert_eq!(second.tiers, whole.tiers);
            prop_assert_eq!(second.against, whole.against);
            prop_assert_eq!(first.changes + second.changes, whole.changes);
        }
    }
}
