//! Pairs of numbers.

use super::correlation::Correlation;
use super::sample::{bounded, whole};
use crate::sum::{ExactSum, two_product};
use crate::{Confidence, Error, Interval, beta, count};

/// Adds up pairs of numbers, their squares and products without rounding, so that order, splits and merges change nothing.
///
/// Values nearer to 0 than 1e−100 count as 0.
///
/// ```
/// use measures::{Confidence, tests::Pairs};
/// let mut pairs = Pairs::new();
/// for (waited, satisfied) in [(1.0, 8.0), (2.0, 8.0), (3.0, 4.0), (4.0, 4.0)] {
///     pairs.push(waited, satisfied)?;
/// }
/// // Deviations: products add up to −8, squares to 5 and 16: r = −8 / √80.
/// let r = pairs.pearson(Confidence::P95)?.r.unwrap_or(0.0);
/// assert!((r + 8.0 / 80.0_f64.sqrt()).abs() < 1e-12);
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Pairs {
    n: u64,
    missing: u64,
    x: Total,
    y: Total,
    xx: Total,
    yy: Total,
    xy: Total,
}

/// A sum of whole numbers beside one of others.
#[derive(Debug, Clone, Default)]
struct Total {
    whole: i128,
    rest: ExactSum,
}

impl Total {
    fn add_product(&mut self, a: f64, b: f64) {
        let (product, rest) = two_product(a, b);
        self.rest.add(product);
        self.rest.add(rest);
    }

    fn merge(&mut self, other: &Self) {
        self.whole += other.whole;
        self.rest.merge(&other.rest);
    }

    fn exact(&self) -> ExactSum {
        let mut sum = self.rest.clone();
        sum.add_whole(self.whole);
        sum
    }
}

/// Sums of squared and multiplied deviations from the means.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Deviations {
    xx: f64,
    yy: f64,
    xy: f64,
}

impl Pairs {
    /// No pair.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one pair.
    ///
    /// # Errors
    /// `out_of_range` for what is no finite number or lies beyond ±1e100, or above 2⁵³ pairs.
    pub fn push(&mut self, x: f64, y: f64) -> Result<(), Error> {
        let (x, y) = (bounded("x", x)?, bounded("y", y)?);
        self.n = count::add(self.n, 1)?;
        if let (Some(x), Some(y)) = (whole(x), whole(y)) {
            let (x, y) = (i128::from(x), i128::from(y));
            self.x.whole += x;
            self.y.whole += y;
            self.xx.whole += x * x;
            self.yy.whole += y * y;
            self.xy.whole += x * y;
            return Ok(());
        }
        self.x.rest.add(x);
        self.y.rest.add(y);
        self.xx.add_product(x, x);
        self.yy.add_product(y, y);
        self.xy.add_product(x, y);
        Ok(())
    }

    /// Counts `times` pairs of which a half was not given.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³.
    pub fn push_missing(&mut self, times: u64) -> Result<(), Error> {
        self.missing = count::add(self.missing, times)?;
        Ok(())
    }

    /// Takes over the pairs of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ pairs; nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        let missing = count::add(self.missing, other.missing)?;
        self.n = count::add(self.n, other.n)?;
        self.missing = missing;
        self.x.merge(&other.x);
        self.y.merge(&other.y);
        self.xx.merge(&other.xx);
        self.yy.merge(&other.yy);
        self.xy.merge(&other.xy);
        Ok(())
    }

    /// How many pairs there are.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// Pearson's correlation: how nearly the pairs lie on a straight line.
    ///
    /// Formula: r = Σ(x − x̄)(y − ȳ) / √(Σ(x − x̄)²·Σ(y − ȳ)²); p from Student's t = r·√((n − 2)/(1 − r²)) with n − 2 degrees of
    /// freedom (`None` below three pairs, where r is ±1 whatever is asked); interval tanh(artanh r ± z/√(n − 3)) from four
    /// pairs on. All `None` where x or y does not vary.
    /// Sources: K. Pearson, 1896, "Regression, heredity, and panmixia"; R. A. Fisher, 1921, "On the 'probable error' of a
    /// coefficient of correlation deduced from a small sample".
    ///
    /// Not for relations that bend or with a few values far out (use ranks), and never a proof of cause.
    ///
    /// # Errors
    /// `empty_sample` without a pair; `too_few` with one.
    pub fn pearson(&self, confidence: Confidence) -> Result<Correlation, Error> {
        let found = self.correlate()?;
        let n = self.n as f64;
        let ci = found.filter(|_| self.n > 3).map(|found| {
            let half = confidence.z() / (n - 3.0).sqrt();
            let end =
                |side: f64| if found.rest == 0.0 { found.r } else { (found.r.atanh() + side * half).tanh() };
            Interval::new(end(-1.0), end(1.0))
        });
        Ok(Correlation { ci, ..self.without_interval(found) })
    }

    /// The correlation of these numbers with p by Student's t, and no interval.
    pub(super) fn without_interval(&self, found: Option<Found>) -> Correlation {
        let df = self.n.saturating_sub(2) as f64;
        let p = found
            .filter(|_| self.n > 2)
            .map(|found| beta::incomplete(df / 2.0, 0.5, found.rest, 1.0 - found.rest));
        Correlation { n: self.n, missing: self.missing, r: found.map(|found| found.r), p, ci: None }
    }

    pub(super) fn correlate(&self) -> Result<Option<Found>, Error> {
        if self.n == 0 {
            return Err(Error::EmptySample);
        }
        if self.n < 2 {
            return Err(Error::TooFew { what: "pairs", n: self.n, least: 2 });
        }
        Ok(self.deviations().correlate())
    }

    fn deviations(&self) -> Deviations {
        let n = self.n as f64;
        let (x, y) = (self.x.exact(), self.y.exact());
        let around = |products: &Total, a: &ExactSum, b: &ExactSum| {
            let mut all = ExactSum::default();
            all.add_scaled(n, &products.exact());
            all.subtract_product(a, b);
            all.total()
        };
        Deviations {
            xx: around(&self.xx, &x, &x),
            yy: around(&self.yy, &y, &y),
            xy: around(&self.xy, &x, &y),
        }
    }
}

/// A correlation that exists.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    /// −1 to 1.
    pub(super) r: f64,
    /// 1 − r², with its digits also near 0.
    rest: f64,
}

impl Deviations {
    fn correlate(self) -> Option<Found> {
        if self.xx <= 0.0 || self.yy <= 0.0 {
            return None;
        }
        // Even powers of two bring both squares near 1, without rounding.
        let (by_x, by_y) = (half_exponent(self.xx), half_exponent(self.yy));
        let (xx, yy) = (self.xx * by_x * by_x, self.yy * by_y * by_y);
        let xy = self.xy * by_x * by_y;
        let ((whole, part), (square, rest)) = (two_product(xx, yy), two_product(xy, xy));
        let r = (xy / whole.sqrt()).clamp(-1.0, 1.0);
        let rest = ((whole - square) + (part - rest)) / whole;
        Some(Found { r, rest: rest.clamp(0.0, 1.0) })
    }
}

/// 2^(−k/2) where k is the even exponent of a positive number.
fn half_exponent(x: f64) -> f64 {
    let exponent = (x.to_bits() >> 52) as i32 - 1023;
    2.0_f64.powi(-exponent.div_euclid(2))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(pairs: &[(f64, f64)]) -> Pairs {
        let mut all = Pairs::new();
        for (x, y) in pairs {
            all.push(*x, *y).unwrap();
        }
        all
    }

    #[test]
    fn a_line_is_a_line_in_any_unit() {
        for unit in [1e-40, 0.125, 1.0, 1e60] {
            let line = of(&[(1.0, 3.0 * unit), (2.0, 2.0 * unit), (4.0, 0.0), (7.0, -3.0 * unit)]);
            let found = line.pearson(Confidence::P95).unwrap();
            assert!((found.r.unwrap() + 1.0).abs() < 1e-15, "{unit}");
            assert!(found.p.unwrap() < 1e-12, "{unit} {found:?}");
        }
        let exact = of(&[(1.0, 2.0), (2.0, 4.0), (3.0, 6.0), (4.0, 8.0)]).pearson(Confidence::P95).unwrap();
        assert_eq!((exact.r, exact.p, exact.ci), (Some(1.0), Some(0.0), Some(Interval::new(1.0, 1.0))));
    }

    #[test]
    fn what_does_not_vary_has_no_correlation() {
        let flat = of(&[(1.0, 0.1), (2.0, 0.1), (3.0, 0.1), (4.0, 0.1)]).pearson(Confidence::P95).unwrap();
        assert_eq!((flat.r, flat.p, flat.ci), (None, None, None));
        let two = of(&[(1.0, 5.0), (2.0, 3.0)]).pearson(Confidence::P95).unwrap();
        assert_eq!((two.r, two.p, two.ci), (Some(-1.0), None, None));
        assert_eq!(of(&[(1.0, 1.0)]).pearson(Confidence::P95).unwrap_err().code(), "too_few");
        assert_eq!(of(&[]).pearson(Confidence::P95).unwrap_err().code(), "empty_sample");
        assert!(Pairs::new().push(f64::NAN, 1.0).is_err());
    }

    fn pairs() -> impl Strategy<Value = Vec<(f64, f64)>> {
        let value = || prop_oneof![(-9..9_i32).prop_map(f64::from), -1e3..1e3f64];
        prop::collection::vec((value(), value()), 4..30)
    }

    proptest! {
        #[test]
        fn order_and_splitting_change_nothing(values in pairs(), cut in 0..30_usize) {
            let (left, right) = values.split_at(cut.min(values.len()));
            let mut merged = of(right);
            merged.merge(&of(left)).unwrap();
            prop_assert_eq!(of(&values).pearson(Confidence::P95).unwrap(), merged.pearson(Confidence::P95).unwrap());
        }

        #[test]
        fn units_and_sides_change_nothing_and_the_interval_holds_r(values in pairs()) {
            let found = of(&values).pearson(Confidence::P95).unwrap();
            let moved: Vec<_> = values.iter().map(|(x, y)| (y * 4.0 - 7.0, -x)).collect();
            let other = of(&moved).pearson(Confidence::P95).unwrap();
            if let (Some(r), Some(s)) = (found.r, other.r) {
                prop_assert!((r + s).abs() < 1e-12);
                prop_assert!((found.p.unwrap() - other.p.unwrap()).abs() < 1e-9);
                let ci = found.ci.unwrap();
                prop_assert!(ci.low <= r && r <= ci.high && ci.low >= -1.0 && ci.high <= 1.0);
            }
        }
    }
}
