//! Ranks, ties sharing the middle of theirs.

/// Rank of each value from 1, in the order given; equal values share the mean of the ranks they take up. Beside them,
/// the sum of t³ − t over groups of t equal values, which variances of rank statistics are corrected by. No value may
/// be NaN.
pub(crate) fn midranks(values: &[f64]) -> (Vec<f64>, f64) {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_unstable_by(|&a, &b| values[a].total_cmp(&values[b]));
    let (mut ranks, mut ties, mut before) = (vec![0.0; values.len()], 0.0, 0);
    // 0 and −0 are one value.
    for equal in order.chunk_by(|&a, &b| values[a] == values[b]) {
        let t = equal.len() as f64;
        let rank = before as f64 + f64::midpoint(t, 1.0);
        for &at in equal {
            ranks[at] = rank;
        }
        ties += t * t * t - t;
        before += equal.len();
    }
    (ranks, ties)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn equal_values_share_the_middle_of_their_ranks() {
        let (ranks, ties) = midranks(&[3.0, 1.0, 3.0, 0.0, -0.0, 3.0]);
        assert_eq!(ranks, [5.0, 3.0, 5.0, 1.5, 1.5, 5.0]);
        assert_eq!(ties, 24.0 + 6.0);
    }

    proptest! {
        #[test]
        fn ranks_always_add_up(values in prop::collection::vec((0..9_i32).prop_map(f64::from), 0..40)) {
            let n = values.len() as f64;
            prop_assert_eq!(midranks(&values).0.iter().sum::<f64>(), n * (n + 1.0) / 2.0);
        }
    }
}
