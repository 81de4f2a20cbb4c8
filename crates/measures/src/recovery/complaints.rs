//! How often customers complain.

use serde::Serialize;

use crate::sum::ExactSum;
use crate::{Confidence, DefinitionId, Error, Interval, count, distribution};

/// Exposures lie within these bounds or are 0.
const SMALLEST: f64 = 1e-100;
const LARGEST: f64 = 1e100;

/// Adds up complaints and what they arose from, period by period.
///
/// ```
/// use measures::{Confidence, recovery::ComplaintAccumulator};
/// let mut year = ComplaintAccumulator::new();
/// year.push(5, 2_000.0)?;
/// year.push(7, 3_000.0)?;
/// assert_eq!(year.summary(1_000.0, Confidence::P95)?.rate, 2.4);
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct ComplaintAccumulator {
    complaints: u64,
    exposure: ExactSum,
}

/// A rate of complaints and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ComplaintRate {
    /// Complaints.
    pub complaints: u64,
    /// Orders, contracts, customer-years … they arose from.
    pub exposure: f64,
    /// complaints / exposure × per.
    pub rate: f64,
    /// Garwood's exact interval of the rate.
    pub ci: Interval,
}

impl ComplaintAccumulator {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("complaint_rate", 1);

    /// An empty accumulator.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a period: its complaints and its exposure.
    ///
    /// # Errors
    /// `out_of_range` for an exposure that is negative or beyond 1e±100 without being 0, or above 2⁵³ complaints.
    pub fn push(&mut self, complaints: u64, exposure: f64) -> Result<(), Error> {
        if exposure != 0.0 && !(SMALLEST..=LARGEST).contains(&exposure) {
            return Err(Error::out_of_range("exposure", exposure, "0, or a number from 1e-100 to 1e100"));
        }
        self.complaints = count::add(self.complaints, complaints)?;
        self.exposure.add(exposure);
        Ok(())
    }

    /// Takes over what `other` counted; the order of merges changes nothing.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ complaints; nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.complaints = count::add(self.complaints, other.complaints)?;
        self.exposure.merge(&other.exposure);
        Ok(())
    }

    /// Complaints for each `per` of exposure.
    ///
    /// Formula: rate = x / exposure × per; interval from ½χ²(α/2; 2x) to ½χ²(1 − α/2; 2x + 2) in place of x, from 0
    /// where x = 0.
    /// Source: F. Garwood, 1936, "Fiducial limits for the Poisson distribution".
    ///
    /// Not a rate of dissatisfaction: few of the dissatisfied complain, and an easier channel brings more complaints
    /// without anything having got worse. The interval supposes complaints independent of each other: one breakdown that
    /// makes hundreds call is one event, not hundreds.
    ///
    /// # Errors
    /// `out_of_range` without exposure, and unless `per` is from 1e−100 to 1e100.
    ///
    /// ```
    /// use measures::{Confidence, recovery::ComplaintAccumulator};
    /// let mut none = ComplaintAccumulator::new();
    /// none.push(0, 300.0)?;
    /// // Nothing in 300: at most 3.7, since a mean of −ln 0.025 = 3.69 gives nothing once in 40 times.
    /// let rate = none.summary(300.0, Confidence::P95)?;
    /// assert!((rate.ci.high + 0.025_f64.ln()).abs() < 1e-12);
    /// # Ok::<(), measures::Error>(())
    /// ```
    pub fn summary(&self, per: f64, confidence: Confidence) -> Result<ComplaintRate, Error> {
        let exposure = self.exposure.total();
        if exposure <= 0.0 {
            return Err(Error::out_of_range("exposure", exposure, "above 0"));
        }
        if !(SMALLEST..=LARGEST).contains(&per) {
            return Err(Error::out_of_range("per", per, "a number from 1e-100 to 1e100"));
        }
        let counts = garwood(self.complaints, confidence);
        let rate = |count: f64| count / exposure * per;
        Ok(ComplaintRate {
            complaints: self.complaints,
            exposure,
            rate: rate(self.complaints as f64),
            ci: Interval::new(rate(counts.low), rate(counts.high)),
        })
    }
}

/// Exact interval of the mean a count of `x` comes from.
fn garwood(x: u64, confidence: Confidence) -> Interval {
    let (x, tail) = (x as f64, confidence.alpha() / 2.0);
    let low = if x == 0.0 { 0.0 } else { distribution::chi_squared_quantile(1.0 - tail, 2.0 * x) / 2.0 };
    Interval::new(low, distribution::chi_squared_quantile(tail, 2.0 * x + 2.0) / 2.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::MAX_COUNT;

    fn rate(complaints: u64, exposure: f64) -> Result<ComplaintRate, Error> {
        let mut all = ComplaintAccumulator::new();
        all.push(complaints, exposure)?;
        all.summary(1.0, Confidence::P95)
    }

    #[test]
    fn what_gives_no_rate_is_refused() {
        for exposure in [0.0, -0.0, -1.0, f64::NAN, f64::INFINITY, 1e200] {
            assert_eq!(rate(0, exposure).unwrap_err().code(), "out_of_range", "{exposure}");
        }
        let mut all = ComplaintAccumulator::new();
        all.push(MAX_COUNT, 1.0).unwrap();
        assert!(all.push(1, 1.0).is_err());
        assert!(all.summary(0.0, Confidence::P95).is_err());
    }

    #[test]
    fn any_count_has_its_interval_at_once() {
        for x in [1, 10, 1_000, 30_000, 100_000, 10_000_000, MAX_COUNT] {
            let ci = rate(x, 1.0).unwrap().ci;
            let (count, root) = (x as f64, (x as f64).sqrt());
            assert!(ci.low < count && count < ci.high, "{x}: {ci:?}");
            assert!((ci.low - (count - 1.96 * root)).abs() < 2.0 + 0.01 * root, "{x}: {ci:?}");
        }
    }

    /// The interval of a count holds the mean at least as often as it claims: summed over all counts, not simulated.
    #[test]
    fn coverage_never_falls_below_the_claim() {
        for mean in [0.1_f64, 0.7, 1.5, 4.2, 11.0, 30.0] {
            let mut probability = (-mean).exp();
            let mut covered = 0.0;
            for x in 0..120_u64 {
                if garwood(x, Confidence::P95).contains(mean) {
                    covered += probability;
                }
                probability *= mean / (x + 1) as f64;
            }
            assert!(covered >= 0.95, "{mean}: {covered}");
        }
    }

    proptest! {
        #[test]
        fn order_and_split_change_nothing(periods in prop::collection::vec((0..50_u64, 0.1..1e6_f64), 1..20), cut in 0..20_usize) {
            let gather = |part: &[(u64, f64)]| {
                let mut all = ComplaintAccumulator::new();
                part.iter().for_each(|(x, e)| all.push(*x, *e).unwrap());
                all
            };
            let (left, right) = periods.split_at(cut.min(periods.len()));
            let mut merged = gather(right);
            merged.merge(&gather(left)).unwrap();
            let of = |all: &ComplaintAccumulator| all.summary(1_000.0, Confidence::P95).unwrap();
            prop_assert_eq!(of(&merged), of(&gather(&periods)));
            prop_assert!(of(&merged).ci.contains(of(&merged).rate));
        }
    }
}
