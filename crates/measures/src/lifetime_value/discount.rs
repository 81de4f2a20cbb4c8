//! Discounted value of the purchases to come.

use serde::Serialize;

use super::prediction::number;
use super::{CountingModel, History};
use crate::{DefinitionId, Error};

/// Most periods added up.
pub const MOST_PERIODS: u32 = 5_000;

/// How far to look and how to discount.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Horizon {
    periods: u32,
    length: f64,
    rate: f64,
}

impl Horizon {
    /// `periods` periods of `length` in the model's unit of time, each discounted by `rate`: with a model in weeks, 12
    /// months at 1 % a month are 12, 4.345 and 0.01.
    ///
    /// # Errors
    /// `out_of_range` above [`MOST_PERIODS`], for a length not above 0 or a rate below 0.
    pub fn new(periods: u32, length: f64, rate: f64) -> Result<Self, Error> {
        if periods > MOST_PERIODS {
            return Err(Error::out_of_range(
                "periods",
                f64::from(periods),
                format!("at most {MOST_PERIODS}"),
            ));
        }
        if !(length > 0.0 && length <= 1e90) {
            return Err(Error::out_of_range("period_length", length, "above 0, at most 1e90"));
        }
        if !(0.0..=1e100).contains(&rate) {
            return Err(Error::out_of_range("rate", rate, "0 or more: a share per period"));
        }
        Ok(Self { periods, length, rate })
    }
}

/// What a customer is expected to bring within a horizon.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct DiscountedValue {
    /// Expected value of the purchases to come, discounted, in the money of the value per transaction.
    pub clv: f64,
    /// Purchases expected within the horizon, not discounted.
    pub expected_transactions: f64,
    /// Probability that the customer still is one, 0 to 1.
    pub p_alive: f64,
}

impl DiscountedValue {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("clv", 1);
}

/// Value of the purchases a customer is expected to make within the horizon, paid at the end of each period.
///
/// CLV = Σ_(i = 1…H) m (E[Y(iD)] − E[Y((i − 1)D)]) / (1 + d)^i, m the value per transaction (a margin, not a turnover),
/// Y(t) the purchases within t, D the length of a period, d the rate per period.
///
/// Source: P. D. Berger, N. I. Nasr, 1998, "Customer lifetime value: marketing models and applications", Journal of
/// Interactive Marketing 12(1); purchases after Fader, Hardie & Lee 2005.
///
/// Not a price of the relation: what keeping the customer costs is not in it, and nothing beyond the horizon. The model
/// supposes that customers go on as they did; check it with [`super::backtest`] first.
///
/// ```
/// use measures::lifetime_value::{BgNbd, CountingModel, History, Horizon, discounted_value};
/// let model = CountingModel::BgNbd(BgNbd::new(0.243, 4.414, 0.793, 2.426)?);
/// let year = Horizon::new(12, 4.345, 0.01)?; // twelve months in weeks, 1 % a month
/// let value = discounted_value(&model, &History::new(2, 30.43, 38.86)?, 35.0, year)?;
/// assert_eq!(format!("{:.2}", value.clv), "51.50");
/// # Ok::<(), measures::Error>(())
/// ```
///
/// # Errors
/// `out_of_range` for a value that is no number or beyond ±1e100, or a result beyond a double.
pub fn discounted_value(
    model: &CountingModel,
    history: &History,
    value_per_transaction: f64,
    horizon: Horizon,
) -> Result<DiscountedValue, Error> {
    if !(-1e100..=1e100).contains(&value_per_transaction) {
        return Err(Error::out_of_range(
            "value_per_transaction",
            value_per_transaction,
            "a number within 1e100",
        ));
    }
    let (mut before, mut discounted, mut factor) = (0.0, 0.0, 1.0);
    for period in 1..=horizon.periods {
        factor /= 1.0 + horizon.rate;
        let until = model.expected(history, f64::from(period) * horizon.length)?;
        discounted += (until - before) * factor;
        before = until;
    }
    Ok(DiscountedValue {
        clv: number("clv", value_per_transaction * discounted)?,
        expected_transactions: before,
        p_alive: model.p_alive(history),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{BgNbd, ParetoNbd};
    use super::*;

    #[test]
    fn senseless_horizons_are_refused() {
        for (periods, length, rate) in
            [(MOST_PERIODS + 1, 1.0, 0.0), (1, 0.0, 0.0), (1, f64::NAN, 0.0), (1, 1.0, -0.1)]
        {
            assert_eq!(Horizon::new(periods, length, rate).unwrap_err().code(), "out_of_range");
        }
    }

    /// In periods ever shorter, at a rate ever smaller, discounting becomes continuous.
    #[test]
    fn many_short_periods_come_to_the_residual_transactions() {
        let model = ParetoNbd::new(0.553, 10.578, 0.606, 11.669).unwrap();
        let history = History::new(26, 30.86, 31.0).unwrap();
        let all = model.discounted_transactions(&history, 0.05).unwrap().finite().unwrap();
        let length: f64 = 0.1;
        let horizon = Horizon::new(MOST_PERIODS, length, (0.05 * length).exp_m1()).unwrap();
        let sum = discounted_value(&CountingModel::ParetoNbd(model), &history, 1.0, horizon).unwrap();
        // Each purchase is paid half a period late on average; what lies beyond 500 is discounted to nothing.
        let paid_in_time = sum.clv * (0.05 * length / 2.0).exp();
        assert!((paid_in_time / all - 1.0).abs() < 1e-5, "{paid_in_time} {all}");
    }

    proptest! {
        #[test]
        fn discounting_takes_away_and_nothing_else(rate in 0.0..0.2f64, x in 0u64..20, periods in 0u32..40) {
            let model = CountingModel::BgNbd(BgNbd::new(0.243, 4.414, 0.793, 2.426).unwrap());
            let history = History::new(x, if x == 0 { 0.0 } else { 20.0 }, 30.0).unwrap();
            let value = |rate| discounted_value(&model, &history, 1.0, Horizon::new(periods, 2.0, rate).unwrap()).unwrap();
            let (at, plain) = (value(rate), value(0.0));
            prop_assert!((plain.clv - plain.expected_transactions).abs() < 1e-12 * plain.clv.max(1.0));
            prop_assert!((plain.expected_transactions - model.expected(&history, 2.0 * f64::from(periods)).unwrap()).abs() < 1e-12);
            prop_assert!(at.clv <= plain.clv && at.clv >= 0.0);
        }
    }
}
