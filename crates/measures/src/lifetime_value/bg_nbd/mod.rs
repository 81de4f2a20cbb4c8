//! The BG/NBD model: purchases until a customer leaves, which may happen right after any of them.

mod counts;
mod expectation;
mod fit;
mod likelihood;

use serde::Serialize;

use super::history::{Histories, History};
use super::prediction::{Prediction, alive, horizon, number};
use super::{checked, fit::Fit};
use crate::{DefinitionId, Error};

/// The BG/NBD model. While a customer is there, purchases come at random at a rate that differs between customers as a
/// gamma distribution (shape r, rate α); after each repeat purchase the customer leaves for good with a probability that
/// differs as a beta distribution (a, b).
///
/// Source: P. S. Fader, B. G. S. Hardie, K. L. Lee, 2005, "Counting your customers the easy way: an alternative to the
/// Pareto/NBD model", Marketing Science 24(2).
///
/// Not for contracts, where leaving is seen (use survival curves), nor where purchases come in step with the calendar
/// (subscriptions, seasons). A customer without a repeat counts as still there, by construction: where most buy once
/// and never return, [`super::ParetoNbd`] is the more believable.
///
/// ```
/// use measures::lifetime_value::{BgNbd, History};
/// let model = BgNbd::new(0.5, 3.0, 1.0, 2.0)?;
/// // One repeat at 7, silent until 17: the odds of having left are a / (b + x − 1) · ((α + T) / (α + t_x))^(r + x)
/// // = 1 / 2 · (20 / 10)^1.5 = √2.
/// let odds = 2.0_f64.sqrt();
/// assert!((model.p_alive(&History::new(1, 7.0, 17.0)?) - 1.0 / (1.0 + odds)).abs() < 1e-15);
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BgNbd {
    r: f64,
    alpha: f64,
    a: f64,
    b: f64,
}

impl BgNbd {
    /// Formula and version of this model.
    pub const DEFINITION: DefinitionId = DefinitionId::new("bg_nbd", 1);

    /// The model with these parameters. `alpha` is a time, in the unit of the histories.
    ///
    /// # Errors
    /// `out_of_range` unless all are above 0 (and within 1e±100).
    pub fn new(r: f64, alpha: f64, a: f64, b: f64) -> Result<Self, Error> {
        let (r, alpha) = (checked("r", r)?, checked("alpha", alpha)?);
        Ok(Self { r, alpha, a: checked("a", a)?, b: checked("b", b)? })
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

    /// First shape of the dropout probability: a / (a + b) is its mean.
    #[must_use]
    pub const fn a(&self) -> f64 {
        self.a
    }

    /// Second shape of the dropout probability.
    #[must_use]
    pub const fn b(&self) -> f64 {
        self.b
    }

    /// ln L = Σ [ln Γ(r + x)/Γ(r) + r ln α + ln B(a, b + x)/B(a, b)
    /// + ln((α + T)^−(r + x) + δ_(x>0) a/(b + x − 1) (α + t_x)^−(r + x))], summed over customers.
    ///
    /// # Errors
    /// `empty_sample` without a customer.
    pub fn log_likelihood(&self, histories: &Histories) -> Result<f64, Error> {
        if histories.n() == 0 {
            return Err(Error::EmptySample);
        }
        number("log-likelihood", likelihood::local(self, &histories.rows()).value)
    }

    /// The parameters under which these histories are most probable.
    ///
    /// Newton's steps on the logarithms of the parameters, from several starts; the same result on any machine,
    /// whatever its number of cores. Look at [`Fit::converged`] before trusting the parameters.
    ///
    /// # Errors
    /// `empty_sample` without a customer; `too_few` when nobody bought again.
    ///
    /// ```
    /// use measures::lifetime_value::{BgNbd, Histories, History};
    /// let mut one = Histories::new();
    /// one.push(History::new(3, 20.0, 30.0)?)?;
    /// assert!(!BgNbd::fit(&one)?.converged); // four parameters from one customer: none of them is known
    /// # Ok::<(), measures::Error>(())
    /// ```
    pub fn fit(histories: &Histories) -> Result<Fit<Self>, Error> {
        fit::fit(histories)
    }

    /// Probability that the customer is still there, 0 to 1: 1 without a repeat, else
    /// 1 / (1 + a/(b + x − 1) ((α + T)/(α + t_x))^(r + x)).
    #[must_use]
    pub fn p_alive(&self, history: &History) -> f64 {
        if history.repeats() == 0 {
            return 1.0;
        }
        let x = history.repeats() as f64;
        let silence = (history.observed() - history.last()) / (self.alpha + history.last());
        alive((self.a / (self.b + x - 1.0)).ln() + (self.r + x) * silence.ln_1p())
    }

    /// Repeat purchases expected of a new customer within time `t`.
    ///
    /// E = (a + b − 1)/(a − 1) [1 − (α/(α + t))^r ₂F₁(r, b; a + b − 1; t/(α + t))], computed so that a = 1 is no
    /// exception.
    ///
    /// # Errors
    /// `out_of_range` unless t is 0 or more, or when the result is beyond a double.
    pub fn expected_new(&self, t: f64) -> Result<f64, Error> {
        self.expected(&History::begun(), t)
    }

    /// Purchases expected of this customer within the next `t`, given the history: [`Self::p_alive`] times those of a
    /// customer with parameters r + x, α + T, a and b + x.
    ///
    /// # Errors
    /// `out_of_range` unless t is 0 or more, or when the result is beyond a double.
    pub fn expected(&self, history: &History, t: f64) -> Result<f64, Error> {
        let (t, x) = (horizon(t)?, history.repeats() as f64);
        let z = t / (self.alpha + history.observed());
        let while_there = expectation::purchases(self.r + x, z, self.a, self.b + x);
        number("expected purchases", self.p_alive(history) * while_there)
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

    /// Probability that a new customer makes exactly n repeat purchases within time `t`, for each n asked for.
    ///
    /// P = (b)_n/(a + b)_n NB(n) + δ_(n>0) a/(b + n − 1) (b)_n/(a + b)_n P(NB ≥ n), NB the negative binomial
    /// distribution of a customer who never leaves.
    ///
    /// # Errors
    /// `out_of_range` unless t is 0 or more.
    ///
    /// ```
    /// use measures::lifetime_value::BgNbd;
    /// let p = BgNbd::new(1.0, 1.0, 1.0, 1.0)?.count_probabilities(1.0, &[0, 1])?;
    /// assert!((p[0] - 0.5).abs() < 1e-15); // α / (α + t)
    /// assert!((p[1] - 0.375).abs() < 1e-15); // stays ½ · ¼, leaves ½ · ½
    /// # Ok::<(), measures::Error>(())
    /// ```
    pub fn count_probabilities(&self, t: f64, counts: &[u64]) -> Result<Vec<f64>, Error> {
        Ok(counts::probabilities(self, horizon(t)?, counts))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn parameters_are_above_zero() {
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e200] {
            assert_eq!(BgNbd::new(1.0, bad, 1.0, 1.0).unwrap_err().code(), "out_of_range", "{bad}");
        }
    }

    fn model() -> impl Strategy<Value = BgNbd> {
        let size = || (-6.0..6.0f64).prop_map(f64::exp);
        (size(), size(), size(), size()).prop_map(|(r, alpha, a, b)| BgNbd::new(r, alpha, a, b).unwrap())
    }

    fn history() -> impl Strategy<Value = History> {
        (0u64..40, 0.0..=1.0f64, 0.0..200.0f64)
            .prop_map(|(x, share, t)| History::new(x, if x == 0 { 0.0 } else { share * t }, t).unwrap())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn forecasts_keep_within_their_bounds(model in model(), history in history(), t in 0.0..100.0f64) {
            let found = model.predict(&history, t).unwrap();
            prop_assert!((0.0..=1.0).contains(&found.p_alive));
            // Nobody is expected to buy more than a customer who never leaves.
            let rate = (model.r + history.repeats() as f64) / (model.alpha + history.observed());
            prop_assert!((0.0..=rate * t * (1.0 + 1e-12)).contains(&found.expected_conditional));
            let longer = model.predict(&history, t + 1.0).unwrap();
            prop_assert!(longer.expected_conditional >= found.expected_conditional * (1.0 - 1e-12));
            prop_assert!(longer.expected_new_customer >= found.expected_new_customer * (1.0 - 1e-12));
        }

        #[test]
        fn silence_makes_leaving_more_likely(model in model(), x in 1u64..20, more in 0.0..50.0f64) {
            let (short, long) = (History::new(x, 5.0, 9.0).unwrap(), History::new(x, 5.0, 9.0 + more).unwrap());
            prop_assert!(model.p_alive(&long) <= model.p_alive(&short));
        }

        #[test]
        fn probabilities_of_all_counts_add_up(model in model(), t in 0.0..3.0f64) {
            let mean_if_there = model.r * t / model.alpha;
            prop_assume!(mean_if_there < 50.0 && t / model.alpha < 10.0);
            let counts: Vec<u64> = (0..1500).collect();
            let p = model.count_probabilities(t, &counts).unwrap();
            prop_assert!(p.iter().all(|p| (0.0..=1.0).contains(p)));
            let (all, mean) = p.iter().zip(0u32..).fold((0.0, 0.0), |(all, mean), (p, n)| {
                (all + p, mean + p * f64::from(n))
            });
            prop_assert!((all - 1.0).abs() < 1e-10, "{}", all);
            let expected = model.expected_new(t).unwrap();
            prop_assert!((mean - expected).abs() < 1e-9 * expected.max(1.0), "{} {}", mean, expected);
        }
    }
}
