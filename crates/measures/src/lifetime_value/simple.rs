//! The simple retention formula.

use serde::Serialize;

use crate::{DefinitionId, Error, Unbounded};

/// What a customer is worth under a constant margin and a constant chance of staying.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SimpleValue {
    /// From the next period on: m r / (1 + d − r). Infinite when nobody ever leaves and nothing is discounted.
    pub from_next_period: Unbounded,
    /// With this period's margin, received now: m (1 + d) / (1 + d − r).
    pub including_now: Unbounded,
}

impl SimpleValue {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("clv_simple", 1);
}

/// Lifetime value with `margin` per period, of which a share `retention` of customers goes on to the next, discounted by
/// `rate` per period.
///
/// from next period = Σ_(i ≥ 1) m r^i / (1 + d)^i = m r / (1 + d − r); including now = the same from i = 0.
/// Retention is a share 0 to 1, the rate 0 or more, both per period of the margin. State all three beside the figure.
///
/// Source: S. Gupta, D. R. Lehmann, 2003, "Customers as assets", Journal of Interactive Marketing 17(1).
///
/// Not where customers buy when they please: then staying is not observed, and retention is a guess (use
/// [`super::BgNbd`] or [`super::ParetoNbd`]). Retention that grows with age makes it too low.
///
/// ```
/// use measures::{Unbounded, lifetime_value::simple_value};
/// // 100 a year, 80 % stay, 10 %: 100 · 0.8 / 0.3.
/// let value = simple_value(100.0, 0.8, 0.1)?;
/// assert_eq!(format!("{:.2}", value.from_next_period.finite().unwrap()), "266.67");
/// assert_eq!(simple_value(10.0, 1.0, 0.0)?.including_now, Unbounded::Infinite);
/// # Ok::<(), measures::Error>(())
/// ```
///
/// # Errors
/// `out_of_range` for a margin that is no number or beyond ±1e100, a retention outside 0 to 1, a rate below 0 (or above
/// 1e100), and for a loss that would go on for ever.
pub fn simple_value(margin: f64, retention: f64, rate: f64) -> Result<SimpleValue, Error> {
    if !(-1e100..=1e100).contains(&margin) {
        return Err(Error::out_of_range("margin", margin, "a number within 1e100"));
    }
    if !(0.0..=1.0).contains(&retention) {
        return Err(Error::out_of_range("retention", retention, "a share from 0 to 1"));
    }
    if !(0.0..=1e100).contains(&rate) {
        return Err(Error::out_of_range("rate", rate, "0 or more: a share per period"));
    }
    // Both differences are exact where they are small.
    let left_or_discounted = rate + (1.0 - retention);
    if left_or_discounted > 0.0 {
        let from_next_period = Unbounded::At(margin * retention / left_or_discounted);
        return Ok(SimpleValue {
            from_next_period,
            including_now: Unbounded::At(margin * ((1.0 + rate) / left_or_discounted)),
        });
    }
    if margin < 0.0 {
        return Err(Error::out_of_range(
            "margin",
            margin,
            "0 or more where nobody leaves and nothing is discounted",
        ));
    }
    let sum = if margin == 0.0 { Unbounded::At(0.0) } else { Unbounded::Infinite };
    Ok(SimpleValue { from_next_period: sum, including_now: sum })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_closed_form_is_the_sum(margin in -50.0..50.0f64, retention in 0.0..0.99f64, rate in 0.0..0.5f64) {
            let share = retention / (1.0 + rate);
            let sum: f64 = (1..5000).map(|i| margin * share.powi(i)).sum();
            let value = simple_value(margin, retention, rate).unwrap();
            let (next, now) = (value.from_next_period.finite().unwrap(), value.including_now.finite().unwrap());
            prop_assert!((next - sum).abs() < 1e-8 * sum.abs().max(1.0));
            prop_assert!((now - next - margin).abs() < 1e-9 * now.abs().max(1.0));
        }
    }

    #[test]
    fn what_never_ends_is_infinite_or_refused() {
        assert_eq!(simple_value(-1.0, 1.0, 0.0).unwrap_err().code(), "out_of_range");
        assert_eq!(simple_value(0.0, 1.0, 0.0).unwrap().from_next_period, Unbounded::At(0.0));
        let nearly = simple_value(1.0, 1.0, 1e-300).unwrap().from_next_period;
        assert!(matches!(nearly, Unbounded::At(value) if value.is_finite()));
    }
}
