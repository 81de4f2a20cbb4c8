//! The Gamma–Gamma model: what a purchase of a customer is worth.

mod likelihood;
mod spending;

use serde::Serialize;

pub use self::spending::Spending;
use super::checked;
use super::fit::{Fit, bounds, from_starts, standard_errors};
use super::prediction::number;
use crate::maximise::{Ending, Local};
use crate::{DefinitionId, Error};

/// The Gamma–Gamma model. The values of a customer's purchases spread around the customer's own mean as a gamma
/// distribution of shape p; these means differ between customers such that their inverses follow a gamma distribution
/// (q, v). The estimate for one customer lies between what was observed of them and the mean of all, the closer to their
/// own the more purchases there are.
///
/// Source: P. S. Fader, B. G. S. Hardie, 2013, "The Gamma-Gamma model of monetary value".
///
/// Not where values go up or down with how often somebody buys: the model takes them for independent (look at their
/// correlation first). Not for values that may be negative, nor for a fixed price.
///
/// ```
/// use measures::lifetime_value::GammaGamma;
/// let model = GammaGamma::new(2.0, 3.0, 10.0)?;
/// assert_eq!(model.expected_value(0, 0.0)?, Some(10.0)); // nothing known: p v / (q − 1)
/// assert_eq!(model.expected_value(1, 20.0)?, Some(15.0)); // 2 (10 + 20) / (2 + 3 − 1)
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct GammaGamma {
    p: f64,
    q: f64,
    v: f64,
}

impl GammaGamma {
    /// Formula and version of this model.
    pub const DEFINITION: DefinitionId = DefinitionId::new("gamma_gamma", 1);

    /// The model with these parameters. `v` is an amount of money.
    ///
    /// # Errors
    /// `out_of_range` unless all are above 0 (and within 1e±100).
    pub fn new(p: f64, q: f64, v: f64) -> Result<Self, Error> {
        Ok(Self { p: checked("p", p)?, q: checked("q", q)?, v: checked("v", v)? })
    }

    /// Shape of the values of one customer: the larger, the more alike they are.
    #[must_use]
    pub const fn p(&self) -> f64 {
        self.p
    }

    /// Shape of the means between customers: the larger, the more alike customers are.
    #[must_use]
    pub const fn q(&self) -> f64 {
        self.q
    }

    /// Scale of the values.
    #[must_use]
    pub const fn v(&self) -> f64 {
        self.v
    }

    /// ln L = Σ [ln Γ(px + q) − ln Γ(px) − ln Γ(q) + q ln v + (px − 1) ln z + px ln x − (px + q) ln(xz + v)], x repeat
    /// purchases worth z on average, summed over customers.
    ///
    /// # Errors
    /// `empty_sample` without a customer who bought again.
    pub fn log_likelihood(&self, spending: &Spending) -> Result<f64, Error> {
        if spending.n() == 0 {
            return Err(Error::EmptySample);
        }
        number("log-likelihood", likelihood::local(self, &spending.rows()).value)
    }

    /// The parameters under which these values are most probable. p, q and v trade off along a ridge: with few customers
    /// they move together without changing what is expected of anybody.
    ///
    /// # Errors
    /// `empty_sample` without a customer who bought again; `zero_variance` where all means are equal, which no parameters
    /// fit best.
    pub fn fit(spending: &Spending) -> Result<Fit<Self>, Error> {
        let rows = spending.rows();
        let Some(first) = rows.first() else { return Err(Error::EmptySample) };
        if rows.iter().all(|row| row.z == first.z) {
            return Err(Error::ZeroVariance { what: "the mean value".to_owned() });
        }
        // The middle of the logarithms: a few rich customers do not move it.
        let n = rows.iter().map(|row| row.n).sum::<f64>();
        let usual = (rows.iter().map(|row| row.n * row.ln_z).sum::<f64>() / n).exp();
        let starts = [[4.0, 3.0, usual], [0.5, 2.0, 2.0 * usual], [40.0, 4.0, 0.1 * usual]];
        let local = |logs: &[f64; 3]| -> Local<3> {
            let [p, q, v] = logs.map(f64::exp);
            likelihood::local(&Self { p, q, v }, &rows)
        };
        let found =
            from_starts(&starts, &bounds([1.0, 1.0, usual]), None::<fn(&[f64; 3]) -> Local<3>>, local)
                .ok_or(Error::NotFound { what: "the likelihood is not finite at any start" })?;
        let [p, q, v] = found.at.map(f64::exp);
        Ok(Fit {
            params: Self { p, q, v },
            log_likelihood: found.local.value,
            n: spending.n(),
            missing: spending.missing(),
            converged: found.ending == Ending::Converged,
            status: found.ending.into(),
            standard_errors: standard_errors(&found).map(|[p, q, v]| Self { p, q, v }),
            evaluations: found.evaluations,
        })
    }

    /// What one more purchase is expected to be worth, of a customer with `x` repeat purchases worth `mean` each:
    /// p (v + x·mean) / (p x + q − 1). Without a repeat, p v / (q − 1), the mean of all. `None` where that mean does not
    /// exist: p x + q ≤ 1.
    ///
    /// # Errors
    /// `out_of_range` for a mean below 0 or above 1e100, more than 2⁵³ purchases, or a result beyond a double.
    pub fn expected_value(&self, x: u64, mean: f64) -> Result<Option<f64>, Error> {
        if !(0.0..=1e100).contains(&mean) {
            return Err(Error::out_of_range("mean value", mean, "0 or more, at most 1e100"));
        }
        if x > crate::MAX_COUNT {
            return Err(Error::out_of_range("x", x as f64, "at most 2^53"));
        }
        let (x, spent) = (x as f64, if x == 0 { 0.0 } else { x as f64 * mean });
        let below = self.p * x + (self.q - 1.0);
        if below <= 0.0 {
            return Ok(None);
        }
        number("expected value", self.p * ((self.v + spent) / below)).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn an_estimate_lies_between_the_customer_and_all(
            p in 0.1..50.0f64, q in 1.1..20.0f64, v in 0.1..100.0f64, x in 1u64..100, mean in 0.1..500.0f64,
        ) {
            let model = GammaGamma::new(p, q, v).unwrap();
            let all = model.expected_value(0, 0.0).unwrap().unwrap();
            let one = model.expected_value(x, mean).unwrap().unwrap();
            prop_assert!(one >= all.min(mean) * (1.0 - 1e-12) && one <= all.max(mean) * (1.0 + 1e-12));
        }

        #[test]
        fn a_fit_does_not_depend_on_the_currency(values in prop::collection::vec((1u64..9, 1.0..99.0f64), 30..60)) {
            let gather = |unit: f64| {
                let mut all = Spending::new();
                values.iter().for_each(|(x, z)| all.push(*x, z * unit).unwrap());
                GammaGamma::fit(&all).unwrap()
            };
            let (euros, cents) = (gather(1.0), gather(100.0));
            // The density is per unit of money.
            let shift = values.len() as f64 * 100.0_f64.ln();
            let off = (euros.log_likelihood - cents.log_likelihood - shift).abs();
            prop_assert!(off < 1e-5 * euros.log_likelihood.abs(), "{:?} {:?}", euros, cents);
        }
    }

    #[test]
    fn values_that_do_not_differ_are_refused() {
        let mut all = Spending::new();
        assert_eq!(GammaGamma::fit(&all).unwrap_err().code(), "empty_sample");
        all.push(0, 0.0).unwrap();
        all.push(3, 0.0).unwrap();
        assert_eq!((all.n(), all.left_out()), (0, 2));
        all.push(1, 20.0).unwrap();
        all.push(5, 20.0).unwrap();
        assert_eq!(GammaGamma::fit(&all).unwrap_err().code(), "zero_variance");
        all.push(2, 21.0).unwrap();
        let few = GammaGamma::fit(&all).unwrap();
        assert!(few.params.p.is_finite() && few.log_likelihood.is_finite());
    }
}
