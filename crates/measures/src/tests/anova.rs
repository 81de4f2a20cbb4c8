//! Several means side by side.

use serde::Serialize;

use super::Sample;
use crate::{DefinitionId, Error, Unbounded, distribution};

/// How much of the spread lies between groups.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Anova {
    /// Numbers in all groups.
    pub n: u64,
    /// Answers not given in all groups, not in n.
    pub missing: u64,
    /// Variance between groups over variance within; infinite when only groups differ; `None` when all numbers are equal.
    pub f: Option<Unbounded>,
    /// Groups − 1.
    pub df_between: u64,
    /// n − groups.
    pub df_within: u64,
    /// Probability of an F as large if all means were equal; `None` with `f`.
    pub p: Option<f64>,
    /// Share of the spread explained by the groups, in this sample: 0 to 1; `None` when all numbers are equal.
    pub eta2: Option<f64>,
    /// The same share, corrected for chance: may be below 0; `None` with `eta2`.
    pub omega2: Option<f64>,
}

impl Anova {
    /// Formula and version of this test.
    pub const DEFINITION: DefinitionId = DefinitionId::new("anova", 1);
}

/// Compares the means of several independent groups, whose spreads are supposed equal.
///
/// Formula: SSb = Σ nⱼ(meanⱼ − mean)², SSw = Σ(x − meanⱼ)², F = (SSb/(k−1)) / (SSw/(n−k)); η² = SSb/(SSb + SSw);
/// ω² = (SSb − (k−1)·SSw/(n−k)) / (SSb + SSw + SSw/(n−k)). When nothing varies within groups that differ, F is infinite and
/// p is 0.
/// Source: R. A. Fisher, 1925, *Statistical Methods for Research Workers*; W. L. Hays, 1963, *Statistics for Psychologists*.
///
/// Not to say which group differs (compare pairs, and adjust with [`super::holm`]), nor for groups of very different spread
/// ([`super::welch`] on pairs) or far from a bell shape ([`super::kruskal_wallis`]).
///
/// # Errors
/// `too_few` with fewer than two groups, or when no group has two numbers; `empty_sample` when a group is empty.
///
/// ```
/// use measures::tests::{Sample, anova};
/// let test = anova(&[Sample::of(&[1.0, 3.0])?, Sample::of(&[5.0, 7.0])?])?;
/// // Between 16, within 4: F = (16/1) / (4/2).
/// assert_eq!(test.f.and_then(|f| f.finite()), Some(8.0));
/// assert_eq!(test.eta2, Some(0.8));
/// # Ok::<(), measures::Error>(())
/// ```
pub fn anova(groups: &[Sample]) -> Result<Anova, Error> {
    let mut all = Sample::new();
    for group in groups {
        group.at_least(1)?;
        all.merge(group)?;
    }
    let (k, n) = (groups.len() as u64, all.n());
    if k < 2 {
        return Err(Error::TooFew { what: "groups", n: k, least: 2 });
    }
    if n <= k {
        return Err(Error::TooFew { what: "numbers in these groups", n, least: k + 1 });
    }
    let (df_between, df_within) = (k - 1, n - k);
    let within: f64 = groups.iter().map(Sample::squared_deviations).sum();
    let between: f64 = groups
        .iter()
        .map(|group| {
            let gap = group.mean_minus(&all);
            gap * gap * group.n() as f64
        })
        .sum();
    let (of, inside) = (df_between as f64, df_within as f64);
    let f = if within > 0.0 {
        Some(ratio(between / of, within / inside))
    } else {
        (between > 0.0).then_some(Unbounded::Infinite)
    };
    let total = between + within;
    let varies = total > 0.0;
    Ok(Anova {
        n,
        missing: all.missing(),
        f,
        df_between,
        df_within,
        p: f.map(|f| f.finite().map_or(0.0, |f| distribution::fisher_above(f, of, inside))),
        eta2: varies.then(|| between / total),
        omega2: varies.then(|| (between - of * within / inside) / (total + within / inside)),
    })
}

/// A ratio beyond the largest double is as good as infinite.
pub(super) fn ratio(between: f64, within: f64) -> Unbounded {
    let f = between / within;
    if f.is_finite() { Unbounded::At(f) } else { Unbounded::Infinite }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::welch;
    use super::*;
    use crate::Confidence;

    fn of(groups: &[&[f64]]) -> Result<Anova, Error> {
        anova(&groups.iter().map(|group| Sample::of(group)).collect::<Result<Vec<_>, _>>()?)
    }

    #[test]
    fn what_does_not_vary_within_is_infinite_and_what_never_varies_undefined() {
        let apart = of(&[&[0.1, 0.1], &[0.2, 0.2, 0.2]]).unwrap();
        assert_eq!((apart.f, apart.p), (Some(Unbounded::Infinite), Some(0.0)));
        assert_eq!((apart.eta2, apart.omega2), (Some(1.0), Some(1.0)));
        let alike = of(&[&[0.1, 0.1], &[0.1]]).unwrap();
        assert_eq!((alike.f, alike.p, alike.eta2, alike.omega2), (None, None, None, None));
        assert_eq!(of(&[&[1.0], &[2.0]]).unwrap_err().code(), "too_few");
        assert_eq!(of(&[&[1.0, 2.0]]).unwrap_err().code(), "too_few");
        assert_eq!(of(&[&[1.0, 2.0], &[]]).unwrap_err().code(), "empty_sample");
    }

    fn group() -> impl Strategy<Value = Vec<f64>> {
        prop::collection::vec((0..60_i32).prop_map(|x| f64::from(x) / 7.0), 5)
    }

    proptest! {
        #[test]
        fn with_two_groups_of_one_size_it_is_the_square_of_the_test_of_welch(a in group(), b in group()) {
            let (one, other) = (Sample::of(&a).unwrap(), Sample::of(&b).unwrap());
            let t = welch(&one, &other, Confidence::P95).unwrap().t;
            let test = anova(&[one, other]).unwrap();
            if let (Some(t), Some(f)) = (t, test.f.and_then(Unbounded::finite)) {
                prop_assert!((t * t - f).abs() < 1e-9 * f.max(1.0), "{t} {f}");
                prop_assert!(test.omega2.unwrap() <= test.eta2.unwrap());
            }
        }

        #[test]
        fn the_parts_make_the_whole(a in group(), b in group(), c in group()) {
            let test = of(&[&a, &b, &c]).unwrap();
            let all = Sample::of(&[a.clone(), b.clone(), c.clone()].concat()).unwrap().squared_deviations();
            let within: f64 =
                [a, b, c].iter().map(|group| Sample::of(group).unwrap().squared_deviations()).sum();
            if let Some(eta2) = test.eta2 {
                prop_assert!((eta2 - (1.0 - within / all)).abs() < 1e-12);
            }
        }
    }
}
