//! Many tests at once: probabilities raised so that chance has no more to find than with one.

use crate::Error;

/// Holm's adjusted p-values, in the order given: reading them against 5 % keeps at 5 % the probability of even one
/// finding made by chance, however the tests depend on each other.
///
/// Formula: the i-th smallest of m becomes the largest of (m − j + 1)·p₍ⱼ₎ for j ≤ i, at most 1.
/// Source: S. Holm, 1979, "A simple sequentially rejective multiple test procedure".
///
/// Not for tests chosen after having seen which came out well: count all that were looked at.
///
/// # Errors
/// `empty_sample` without a p-value; `out_of_range` for one outside 0 to 1.
///
/// ```
/// let adjusted = measures::tests::holm(&[0.25, 0.125])?;
/// assert_eq!(adjusted, [0.25, 0.25]); // the smaller twice, then at least as much
/// # Ok::<(), measures::Error>(())
/// ```
pub fn holm(p: &[f64]) -> Result<Vec<f64>, Error> {
    let order = rising(p)?;
    let mut adjusted = vec![0.0; p.len()];
    let mut most = 0.0_f64;
    for (before, &at) in order.iter().enumerate() {
        most = most.max((p.len() - before) as f64 * p[at]).min(1.0);
        adjusted[at] = most;
    }
    Ok(adjusted)
}

/// Adjusted p-values of Benjamini and Hochberg, in the order given: of the findings kept at 5 %, on average at most 5 %
/// are made by chance. Milder than [`holm`], for long lists that are looked through.
///
/// Formula: the i-th smallest of m becomes the smallest of p₍ⱼ₎·m/j for j ≥ i, at most 1.
/// Source: Y. Benjamini & Y. Hochberg, 1995, "Controlling the false discovery rate: a practical and powerful approach to
/// multiple testing".
///
/// Not where a single false finding does harm ([`holm`] serves there), nor for tests that work against each other.
///
/// # Errors
/// As [`holm`].
///
/// ```
/// let adjusted = measures::tests::benjamini_hochberg(&[0.5, 0.125])?;
/// assert_eq!(adjusted, [0.5, 0.25]);
/// # Ok::<(), measures::Error>(())
/// ```
pub fn benjamini_hochberg(p: &[f64]) -> Result<Vec<f64>, Error> {
    let order = rising(p)?;
    let mut adjusted = vec![0.0; p.len()];
    let mut least = 1.0_f64;
    for (before, &at) in order.iter().enumerate().rev() {
        least = least.min(p[at] * p.len() as f64 / (before + 1) as f64);
        adjusted[at] = least;
    }
    Ok(adjusted)
}

/// Positions of the p-values from the smallest on.
fn rising(p: &[f64]) -> Result<Vec<usize>, Error> {
    if p.is_empty() {
        return Err(Error::EmptySample);
    }
    if let Some(wrong) = p.iter().find(|p| !(0.0..=1.0).contains(*p)) {
        return Err(Error::out_of_range("p", *wrong, "a probability from 0 to 1"));
    }
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]));
    Ok(order)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// statsmodels 0.15.0, multipletests.
    #[test]
    fn known_adjustments_are_reproduced() {
        let p = [0.01, 0.04, 0.03, 0.005, 0.2];
        let close = |found: Vec<f64>, wanted: [f64; 5]| {
            assert!(found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-15), "{found:?}");
        };
        close(holm(&p).unwrap(), [0.04, 0.09, 0.09, 0.025, 0.2]);
        close(benjamini_hochberg(&p).unwrap(), [0.025, 0.05, 0.05, 0.025, 0.2]);
    }

    #[test]
    fn what_is_no_probability_is_refused() {
        for wrong in [-0.1, 1.2, f64::NAN] {
            assert_eq!(holm(&[0.5, wrong]).unwrap_err().code(), "out_of_range", "{wrong}");
            assert!(benjamini_hochberg(&[wrong]).is_err());
        }
        assert_eq!(holm(&[]).unwrap_err().code(), "empty_sample");
    }

    proptest! {
        #[test]
        fn never_lower_never_above_1_and_in_the_order_of_p(p in prop::collection::vec(0.0..=1.0f64, 1..30)) {
            let (strict, mild) = (holm(&p).unwrap(), benjamini_hochberg(&p).unwrap());
            for i in 0..p.len() {
                prop_assert!(p[i] <= mild[i] + 1e-15 && mild[i] <= strict[i] + 1e-15 && strict[i] <= 1.0);
                for j in 0..p.len() {
                    prop_assert!(p[i] > p[j] || (strict[i] <= strict[j] && mild[i] <= mild[j]));
                }
            }
        }
    }
}
