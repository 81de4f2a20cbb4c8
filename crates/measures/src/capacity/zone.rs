//! Where demand stands against capacity.

use std::cmp::Ordering;

use serde::{Serialize, Serializer};

use crate::decimal::Decimal;
use crate::queueing::check_rate;
use crate::{DefinitionId, Error, Unbounded};

/// Demand against capacity, in four zones. Written as its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// 1: more demand than capacity; customers are turned away.
    Over,
    /// 2: above the best, not above capacity; quality falls.
    Full,
    /// 3: the best use.
    Best,
    /// 4: too little demand; idle means, and a place that feels empty.
    Idle,
}

impl Zone {
    /// Its number, 1 to 4.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Over => 1,
            Self::Full => 2,
            Self::Best => 3,
            Self::Idle => 4,
        }
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.number())
    }
}

/// The utilisations at which zones meet: rules of thumb, so each service sets its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ZoneBounds {
    best_from: f64,
    best_to: f64,
    full_to: f64,
}

impl ZoneBounds {
    /// 75 %, 90 %, 100 %.
    pub const USUAL: Self = Self { best_from: 0.75, best_to: 0.90, full_to: 1.0 };

    /// Below `best_from` zone 4, up to and with `best_to` zone 3, up to and with `full_to` zone 2, above it zone 1.
    ///
    /// # Errors
    /// `out_of_range` unless 0 < best_from < best_to < full_to ≤ 1000.
    ///
    /// ```
    /// use measures::capacity::ZoneBounds;
    /// assert!(ZoneBounds::new(0.6, 0.85, 1.0).is_ok());
    /// assert!(ZoneBounds::new(0.9, 0.75, 1.0).is_err());
    /// ```
    pub fn new(best_from: f64, best_to: f64, full_to: f64) -> Result<Self, Error> {
        for (value, above) in [(best_from, 0.0), (best_to, best_from), (full_to, best_to)] {
            if !(value > above && value <= 1_000.0) {
                return Err(Error::out_of_range(
                    "bound of a zone",
                    value,
                    format!("above {above}, at most 1000"),
                ));
            }
        }
        Ok(Self { best_from, best_to, full_to })
    }

    /// The zone of a capacity above 0.
    fn zone(self, demand: f64, capacity: f64) -> Zone {
        let against = |bound: f64| compare(demand, capacity, bound);
        if against(self.full_to).is_gt() {
            Zone::Over
        } else if against(self.best_to).is_gt() {
            Zone::Full
        } else if against(self.best_from).is_ge() {
            Zone::Best
        } else {
            Zone::Idle
        }
    }
}

impl Default for ZoneBounds {
    fn default() -> Self {
        Self::USUAL
    }
}

/// demand / capacity against a bound: by the numbers as they are written where doubles are too close to tell.
fn compare(demand: f64, capacity: f64, bound: f64) -> Ordering {
    let utilisation = demand / capacity;
    if (utilisation - bound).abs() > 1e-9 * bound {
        return utilisation.total_cmp(&bound);
    }
    let of = Decimal::of;
    of(demand).compare_products(of(1.0), of(bound), of(capacity))
}

/// How full something is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Occupation {
    /// demand / capacity; "inf" where there is demand without capacity, `None` where there is neither.
    pub utilisation: Option<Unbounded>,
    /// Zone 1 to 4; `None` without demand and capacity.
    pub zone: Option<Zone>,
    /// Demand above capacity, in its unit; 0 if it fits.
    pub refused: f64,
}

impl Occupation {
    /// Formula and version of this measure; the bounds are part of its identity too.
    pub const DEFINITION: DefinitionId = DefinitionId::new("capacity_zone", 1);
}

/// How full `capacity` is with `demand`, those turned away included.
///
/// Formula: u = demand / capacity; with the usual bounds zone 1 if u > 1, 2 if 0.90 < u ≤ 1, 3 if 0.75 ≤ u ≤ 0.90, 4
/// if u < 0.75. A bound is compared in decimal arithmetic, by the numbers as they are written: 67.5 of 75 is exactly
/// 0.9. Nothing is rounded first.
///
/// Sources: W. E. Sasser, 1976, "Match supply and demand in service industries"; C. Lovelock & J. Wirtz, *Services
/// Marketing*. The percentages are rules of thumb: 75 % is near what J. L. Heskett (1986) reported of a restaurant.
///
/// Not with demand counted as those served (a full house would never be too full), nor over a day whose quiet and
/// busy hours cancel out: take the intervals customers feel ([`super::Accumulator`]).
///
/// # Errors
/// `out_of_range` for a demand or capacity that is negative, no number, or beyond 1e±100 without being 0.
///
/// ```
/// use measures::capacity::{Zone, ZoneBounds, occupation};
/// let evening = occupation(95.0, 80.0, ZoneBounds::USUAL)?;
/// assert_eq!((evening.zone, evening.refused), (Some(Zone::Over), 15.0));
/// assert_eq!(occupation(90.0, 100.0, ZoneBounds::USUAL)?.zone, Some(Zone::Best));
/// # Ok::<(), measures::Error>(())
/// ```
pub fn occupation(demand: f64, capacity: f64, bounds: ZoneBounds) -> Result<Occupation, Error> {
    check_rate("demand", demand)?;
    check_rate("capacity", capacity)?;
    let refused = (demand - capacity).max(0.0);
    let (utilisation, zone) = if capacity > 0.0 {
        // Adding 0 makes 0 of −0.
        (Some(Unbounded::At(demand / capacity + 0.0)), Some(bounds.zone(demand, capacity)))
    } else if demand > 0.0 {
        (Some(Unbounded::Infinite), Some(Zone::Over))
    } else {
        (None, None)
    };
    Ok(Occupation { utilisation, zone, refused })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn zone(demand: f64, capacity: f64) -> u8 {
        occupation(demand, capacity, ZoneBounds::USUAL).unwrap().zone.unwrap().number()
    }

    #[test]
    fn bounds_are_met_exactly_whatever_the_unit() {
        for unit in [1e-60, 1e-3, 0.1, 0.3, 0.7, 1.0, 3.3, 1e9, 1e60] {
            // The products as a person would write them.
            let at = |percent: u32| format!("{:.10e}", unit * f64::from(percent) / 100.0).parse().unwrap();
            assert_eq!([at(75), at(90), at(100)].map(|demand| zone(demand, unit)), [3, 3, 2], "{unit}");
        }
        assert_eq!([74.9, 75.0, 90.0, 90.1, 100.0, 100.1].map(|d| zone(d, 100.0)), [4, 3, 3, 2, 2, 1]);
        assert_eq!([zone(0.3, 0.4), zone(0.27, 0.3), zone(0.7, 0.7)], [3, 3, 2]);
        assert_eq!([zone(90.000_000_000_1, 100.0), zone(74.999_999_999_9, 100.0)], [2, 4]);
    }

    #[test]
    fn nonsense_is_refused() {
        for (demand, capacity) in
            [(-1.0, 1.0), (1.0, -1.0), (f64::NAN, 1.0), (1.0, f64::INFINITY), (1e300, 1.0)]
        {
            assert!(occupation(demand, capacity, ZoneBounds::USUAL).is_err(), "{demand} {capacity}");
        }
        let none = occupation(-0.0, 3.0, ZoneBounds::USUAL).unwrap();
        assert_eq!(serde_json::to_string(&none).unwrap(), r#"{"utilisation":0.0,"zone":4,"refused":0.0}"#);
        assert!(ZoneBounds::new(0.5, 0.5, 1.0).is_err() && ZoneBounds::new(f64::NAN, 0.5, 1.0).is_err());
        assert!(ZoneBounds::new(0.0, 0.5, 1.0).is_err());
    }

    proptest! {
        #[test]
        fn more_demand_never_means_a_calmer_zone(a in 0..5_000_u32, b in 0..5_000_u32, capacity in 1..2_000_u32) {
            let of = |demand: u32| zone(f64::from(demand) / 10.0, f64::from(capacity) / 10.0);
            prop_assert!(of(a.max(b)) <= of(a.min(b)));
            let expected = match (u64::from(a) * 100, u64::from(capacity)) {
                (d, c) if d > 100 * c => 1,
                (d, c) if d > 90 * c => 2,
                (d, c) if d >= 75 * c => 3,
                _ => 4,
            };
            prop_assert_eq!(of(a), expected);
        }
    }
}
