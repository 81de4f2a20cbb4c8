//! Several groups compared by rank.

use serde::Serialize;

use super::mann_whitney::finite;
use crate::ranks::RankSums;
use crate::{DefinitionId, Error, count, distribution};

/// Whether some group tends to answer higher than others.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct KruskalWallis {
    /// Values in all groups.
    pub n: u64,
    /// Statistic, corrected for ties, 0 or more; `None` when all values are equal.
    pub h: Option<f64>,
    /// Groups − 1.
    pub df: u64,
    /// Probability of an H as large if all groups answered alike; `None` with `h`.
    pub p: Option<f64>,
    /// H / (n − 1): share of the spread of ranks that lies between groups, 0 to 1; `None` with `h`.
    pub epsilon2: Option<f64>,
}

impl KruskalWallis {
    /// Formula and version of this test.
    pub const DEFINITION: DefinitionId = DefinitionId::new("kruskal_wallis", 1);
}

/// Compares several independent groups by the order of their answers alone. All values are needed: they are ranked
/// together.
///
/// Formula: H = (12/(n(n+1)) · Σ Rⱼ²/nⱼ − 3(n+1)) / (1 − Σ(t³ − t)/(n³ − n)), Rⱼ the sums of ranks, t the sizes of groups of
/// equal values; p from χ² with groups − 1 degrees of freedom; ε² = H/(n − 1).
/// Source: W. H. Kruskal & W. A. Wallis, 1952, "Use of ranks in one-criterion variance analysis"; M. Tomczak & E. Tomczak,
/// 2014, "The need to report effect size estimates revisited".
///
/// Not to say which group differs (compare pairs, and adjust with [`super::holm`]), nor for groups below about 5 values,
/// where p is rough.
///
/// # Errors
/// `too_few` with fewer than two groups; `empty_sample` when one is empty; `out_of_range` for what is no finite number.
///
/// ```
/// let test = measures::tests::kruskal_wallis(&[&[1.0, 2.0], &[3.0, 4.0]])?;
/// // Sums of ranks 3 and 7: 12/20 · (9/2 + 49/2) − 15.
/// assert!((test.h.unwrap_or(0.0) - 2.4).abs() < 1e-12);
/// # Ok::<(), measures::Error>(())
/// ```
pub fn kruskal_wallis(groups: &[&[f64]]) -> Result<KruskalWallis, Error> {
    groups.iter().try_for_each(|group| finite(group))?;
    if groups.len() < 2 {
        return Err(few(groups.len()));
    }
    of_sums(&RankSums::of(groups))
}

/// As [`kruskal_wallis`], from how often each answer was given: for each answer, in rising order, one count for each group.
/// Tables of two parts of the data are merged by adding them.
///
/// # Errors
/// As [`kruskal_wallis`]; `bad_shape` when the lists differ in length; `out_of_range` above 2⁵³ answers.
///
/// ```
/// // Two groups, four answers, each given once.
/// let test = measures::tests::kruskal_wallis_counts(&[vec![1, 0], vec![1, 0], vec![0, 1], vec![0, 1]])?;
/// assert!((test.h.unwrap_or(0.0) - 2.4).abs() < 1e-12);
/// # Ok::<(), measures::Error>(())
/// ```
pub fn kruskal_wallis_counts(counts: &[Vec<u64>]) -> Result<KruskalWallis, Error> {
    let groups = counts.first().map_or(0, Vec::len);
    if counts.iter().any(|answer| answer.len() != groups) {
        return Err(Error::BadShape { what: "each answer needs one count for each group" });
    }
    if groups < 2 {
        return Err(few(groups));
    }
    let counts = counts.concat();
    counts.iter().try_fold(0, |all, part| count::add(all, *part))?;
    of_sums(&RankSums::of_counts(&counts, groups))
}

fn few(groups: usize) -> Error {
    Error::TooFew { what: "groups", n: groups as u64, least: 2 }
}

fn of_sums(sums: &RankSums) -> Result<KruskalWallis, Error> {
    if sums.sizes.contains(&0) {
        return Err(Error::EmptySample);
    }
    let (n, df) = (sums.n(), sums.sizes.len() as u64 - 1);
    let correction = sums.tie_correction();
    // Deviations from the middle rank, (2·R − nⱼ(n + 1))²/nⱼ, instead of a difference of large sums.
    let between: f64 = sums
        .twice
        .iter()
        .zip(&sums.sizes)
        .map(|(twice, size)| {
            let gap = (*twice as i128 - i128::from(*size) * i128::from(n + 1)) as f64;
            gap * gap / *size as f64
        })
        .sum();
    let total = n as f64;
    let h = (correction > 0.0).then(|| 3.0 * between / (total * (total + 1.0)) / correction);
    Ok(KruskalWallis {
        n,
        h,
        df,
        p: h.map(|h| distribution::chi_squared_above(h, df as f64)),
        epsilon2: h.map(|h| h / (total - 1.0)),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Method, mann_whitney};
    use super::*;

    #[test]
    fn what_cannot_be_compared_is_said() {
        assert_eq!(kruskal_wallis(&[&[1.0]]).unwrap_err().code(), "too_few");
        assert_eq!(kruskal_wallis(&[&[1.0, 2.0], &[]]).unwrap_err().code(), "empty_sample");
        assert_eq!(kruskal_wallis(&[&[1.0], &[f64::NAN]]).unwrap_err().code(), "out_of_range");
        let alike = kruskal_wallis(&[&[2.0, 2.0], &[2.0]]).unwrap();
        assert_eq!((alike.h, alike.p, alike.epsilon2), (None, None, None));
        assert!(kruskal_wallis_counts(&[vec![1, 2], vec![1]]).is_err());
    }

    fn group() -> impl Strategy<Value = Vec<f64>> {
        prop::collection::vec((0..6_i32).prop_map(f64::from), 1..25)
    }

    proptest! {
        #[test]
        fn with_two_groups_it_is_the_square_of_the_test_of_mann_and_whitney(a in group(), b in group()) {
            let test = kruskal_wallis(&[&a, &b]).unwrap();
            let pair = mann_whitney(&a, &b, Method::Asymptotic).unwrap();
            if let (Some(h), Some(z)) = (test.h, pair.z) {
                // Undo the half step: sd from z, then the full distance.
                let half = (a.len() * b.len()) as f64 / 2.0;
                let distance = pair.u1.max(pair.u2) - half;
                prop_assume!((distance - 0.5).abs() > 0.1);
                let sd = (distance - 0.5) / z;
                prop_assert!((h - (distance / sd).powi(2)).abs() < 1e-9 * h.max(1.0));
                prop_assert!((0.0..=1.0 + 1e-12).contains(&test.epsilon2.unwrap()));
            }
        }

        #[test]
        fn the_order_of_groups_does_not_matter(a in group(), b in group(), c in group()) {
            let one = kruskal_wallis(&[&a, &b, &c]).unwrap();
            let other = kruskal_wallis(&[&c, &a, &b]).unwrap();
            prop_assert!(one.h.zip(other.h).is_none_or(|(x, y)| (x - y).abs() < 1e-12 * x.max(1.0)));
        }
    }
}
