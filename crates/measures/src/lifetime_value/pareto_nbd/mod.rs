//! The Pareto/NBD model: purchases until a customer leaves, which may happen at any time.

mod departure;
mod discounted;
mod fit;
mod likelihood;

use serde::Serialize;

use self::departure::Departure;
use super::history::{Histories, History};
use super::prediction::{Prediction, alive, horizon, number};
use super::{checked, fit::Fit};
use crate::{DefinitionId, Error, Unbounded};

/// The Pareto/NBD model. While a customer is there, purchases come at random at a rate that differs between customers as
/// a gamma distribution (shape r, rate α); the time until leaving is exponential with a rate that differs as another
/// (shape s, rate β), silence being the only sign of it.
///
/// Source: D. C. Schmittlein, D. G. Morrison, R. Colombo, 1987, "Counting your customers: who are they and what will
/// they do next?", Management Science 33(1); likelihood after P. S. Fader, B. G. S. Hardie, 2005, "A note on deriving
/// the Pareto/NBD model and related expressions".
///
/// Not for contracts, where leaving is seen (use survival curves), nor where purchases come in step with the calendar.
///
/// ```
/// use measures::lifetime_value::{History, ParetoNbd};
/// let model = ParetoNbd::new(1.0, 2.0, 1.0, 2.0)?;
/// // With all shapes 1 and all scales 2, no repeat until 4: density of having left at τ is proportional to
/// // 1 / (2 + τ)³, 1 / (2 + 4)² for being there: odds (1/4 − 1/36) / 2 · 36 = 4.
/// assert!((model.p_alive(&History::new(0, 0.0, 4.0)?) - 0.2).abs() < 1e-14);
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ParetoNbd {
    r: f64,
    alpha: f64,
    s: f64,
    beta: f64,
}

impl ParetoNbd {
    /// Formula and version of this model.
    pub const DEFINITION: DefinitionId = DefinitionId::new("pareto_nbd", 1);
    /// Formula and version of [`Self::discounted_transactions`].
    pub const DISCOUNTED: DefinitionId = DefinitionId::new("pareto_nbd_dert", 1);

    /// The model with these parameters. `alpha` and `beta` are times, in the unit of the histories.
    ///
    /// # Errors
    /// `out_of_range` unless all are above 0 (and within 1e±100).
    pub fn new(r: f64, alpha: f64, s: f64, beta: f64) -> Result<Self, Error> {
        let (r, alpha) = (checked("r", r)?, checked("alpha", alpha)?);
        Ok(Self { r, alpha, s: checked("s", s)?, beta: checked("beta", beta)? })
    }

    /// Shape of the purchase rates: the smaller, the more customers differ.
    #[must_use]
    pub const fn r(&self) -> f64 {
        self.r
    }

    /// Scale of the purchase rates: r / α is the mean number of purchases per unit of time while there.
    #[must_use]
    pub const fn alpha(&self) -> f64 {
        self.alpha
    }

    /// Shape of the leaving rates: the smaller, the more customers differ.
    #[must_use]
    pub const fn s(&self) -> f64 {
        self.s
    }

    /// Scale of the leaving rates: s / β is their mean.
    #[must_use]
    pub const fn beta(&self) -> f64 {
        self.beta
    }

    /// ln L = Σ [ln Γ(r + x)/Γ(r) + r ln α + s ln β + ln((α + T)^−(r + x) (β + T)^−s
    /// + s ∫ (α + τ)^−(r + x) (β + τ)^−(s + 1) dτ)], the integral from t_x to T, summed over customers.
    ///
    /// # Errors
    /// `empty_sample` without a customer.
    pub fn log_likelihood(&self, histories: &Histories) -> Result<f64, Error> {
        if histories.n() == 0 {
            return Err(Error::EmptySample);
        }
        number("log-likelihood", likelihood::local(self, &histories.rows()).value)
    }

    /// The parameters under which these histories are most probable. As [`super::BgNbd::fit`].
    ///
    /// # Errors
    /// `empty_sample` without a customer; `too_few` when nobody bought again.
    pub fn fit(histories: &Histories) -> Result<Fit<Self>, Error> {
        fit::fit(histories)
    }

    /// Probability that the customer is still there, 0 to 1:
    /// 1 / (1 + s (α + T)^(r + x) (β + T)^s ∫ (α + τ)^−(r + x) (β + τ)^−(s + 1) dτ), from t_x to T.
    #[must_use]
    pub fn p_alive(&self, history: &History) -> f64 {
        let departure = Departure {
            k: self.r + history.repeats() as f64,
            alpha: self.alpha,
            s: self.s,
            beta: self.beta,
            t_x: history.last(),
            t: history.observed(),
        };
        alive(departure.integrate(|_| {}).0)
    }

    /// Repeat purchases expected of a new customer within time `t`: r β / (α (s − 1)) [1 − (β/(β + t))^(s − 1)], with
    /// its limit r β / α · ln(1 + t/β) at s = 1.
    ///
    /// # Errors
    /// `out_of_range` unless t is 0 or more, or when the result is beyond a double.
    pub fn expected_new(&self, t: f64) -> Result<f64, Error> {
        self.expected(&History::begun(), t)
    }

    /// Purchases expected of this customer within the next `t`, given the history: [`Self::p_alive`] times
    /// (r + x)(β + T) / ((α + T)(s − 1)) [1 − ((β + T)/(β + T + t))^(s − 1)].
    ///
    /// # Errors
    /// `out_of_range` unless t is 0 or more, or when the result is beyond a double.
    pub fn expected(&self, history: &History, t: f64) -> Result<f64, Error> {
        let t = horizon(t)?;
        let passed = (t / (self.beta + history.observed())).ln_1p();
        // (1 − e^−y) / (s − 1) with y = (s − 1)·passed, which is `passed` at s = 1.
        let y = (self.s - 1.0) * passed;
        let share = if y == 0.0 { 1.0 } else { -(-y).exp_m1() / y };
        number("expected purchases", self.rate_if_there(history) * (passed * share))
    }

    /// [`Self::p_alive`], [`Self::expected_new`] and [`Self::expected`] at once.
    ///
    /// # Errors
    /// As those.
    pub fn predict(&self, history: &History, t: f64) -> Result<Prediction, Error> {
        Ok(Prediction {
            p_alive: self.p_alive(history),
            expected_new_customer: self.expected_new(t)?,
            expected_conditional: self.expected(history, t)?,
        })
    }

    /// All purchases to come, those at time t from now counted as e^(−δt): discounted expected residual transactions.
    /// Times the value of a transaction they are the residual lifetime value.
    ///
    /// DERT = P(alive) (r + x)/(α + T) ∫₀^∞ e^(−δt) ((β + T)/(β + T + t))^s dt, which is
    /// α^r β^s δ^(s − 1) Γ(r + x + 1) Ψ(s, s; δ(β + T)) / (Γ(r) (α + T)^(r + x + 1) L), Ψ Tricomi's function.
    /// δ is continuous and per unit of time: with weeks, 10 % a year is ln 1.1 / 52. Without discount the sum is finite
    /// only where s > 1.
    ///
    /// Source: P. S. Fader, B. G. S. Hardie, K. L. Lee, 2005, "RFM and CLV: using iso-value curves for customer base
    /// analysis", Journal of Marketing Research 42(4).
    ///
    /// # Errors
    /// `out_of_range` unless δ is 0 or more, or when the result is beyond a double.
    ///
    /// ```
    /// use measures::{Unbounded, lifetime_value::{History, ParetoNbd}};
    /// let model = ParetoNbd::new(1.0, 2.0, 3.0, 2.0)?;
    /// // Never discounted: β / (s − 1) purchase periods of r / α = 1/2 each.
    /// assert_eq!(model.discounted_transactions(&History::begun(), 0.0)?, Unbounded::At(0.5));
    /// # Ok::<(), measures::Error>(())
    /// ```
    pub fn discounted_transactions(&self, history: &History, delta: f64) -> Result<Unbounded, Error> {
        if !(0.0..=1e100).contains(&delta) {
            return Err(Error::out_of_range("delta", delta, "0 or more: a continuous rate per unit of time"));
        }
        let Some(time) = discounted::time(self.s, delta * (self.beta + history.observed())) else {
            return Ok(Unbounded::Infinite);
        };
        number("discounted transactions", self.rate_if_there(history) * time).map(Unbounded::At)
    }

    /// P(alive) · (r + x) · (β + T)/(α + T): purchases per β + T of time, were nobody to leave any more.
    fn rate_if_there(&self, history: &History) -> f64 {
        let rate = (self.r + history.repeats() as f64) / (self.alpha + history.observed());
        self.p_alive(history) * (rate * (self.beta + history.observed()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn model() -> impl Strategy<Value = ParetoNbd> {
        let size = || (-6.0..6.0f64).prop_map(f64::exp);
        (size(), size(), size(), size())
            .prop_map(|(r, alpha, s, beta)| ParetoNbd::new(r, alpha, s, beta).unwrap())
    }

    fn history() -> impl Strategy<Value = History> {
        (0u64..40, 0.0..=1.0f64, 0.0..200.0f64)
            .prop_map(|(x, share, t)| History::new(x, if x == 0 { 0.0 } else { share * t }, t).unwrap())
    }

    #[test]
    fn nothing_happens_at_s_equal_to_1() {
        let history = History::new(2, 12.0, 15.0).unwrap();
        let expected = |s| ParetoNbd::new(0.5, 6.0, s, 9.0).unwrap().expected(&history, 26.0).unwrap();
        let (low, at, high) = (expected(1.0 - 1e-9), expected(1.0), expected(1.0 + 1e-9));
        assert!((low - at).abs() < 1e-8 && (high - at).abs() < 1e-8, "{low} {at} {high}");
    }

    proptest! {
        #[test]
        fn forecasts_keep_within_their_bounds(model in model(), history in history(), t in 0.0..100.0f64) {
            let found = model.predict(&history, t).unwrap();
            prop_assert!((0.0..=1.0).contains(&found.p_alive));
            let rate = (model.r + history.repeats() as f64) / (model.alpha + history.observed());
            prop_assert!((0.0..=rate * t * (1.0 + 1e-12)).contains(&found.expected_conditional));
            let longer = model.predict(&history, t + 1.0).unwrap();
            prop_assert!(longer.expected_conditional >= found.expected_conditional * (1.0 - 1e-13));
            prop_assert!(longer.expected_new_customer >= found.expected_new_customer * (1.0 - 1e-13));
        }

        #[test]
        fn discounting_takes_away(model in model(), history in history(), delta in 1e-4..1.0f64) {
            let of = |delta| model.discounted_transactions(&history, delta).unwrap().finite().unwrap_or(f64::INFINITY);
            prop_assert!(of(delta) >= of(delta * 1.1));
            // What comes within a time counts for no more than undiscounted, and no less than discounted as its end.
            let soon = model.expected(&history, 1.0).unwrap();
            prop_assert!(of(delta) >= soon * (-delta).exp() * (1.0 - 1e-12));
            prop_assert!(of(0.0) >= of(delta));
        }
    }
}
