//! What must hold of scores.

use proptest::prelude::*;

use super::*;

#[test]
fn nonsense_is_refused() {
    let one = Customer { id: "a", recency_days: 1, frequency: 1, monetary: 1.0 };
    let nan = Customer { monetary: f64::NAN, ..one };
    assert_eq!(scores(&[nan], &Method::MinRank).unwrap_err().code(), "out_of_range");
    assert_eq!(scores(&[one, one], &Method::Ntile).unwrap_err().code(), "bad_shape");
    assert_eq!(scores(&[], &Method::Ntile).unwrap(), []);
    let good = [1.0, 2.0, 3.0, 4.0];
    for wrong in [
        [1.0, 1.0, 2.0, 3.0],
        [4.0, 3.0, 2.0, 1.0],
        [1.0, 2.0, f64::NAN, 4.0],
        [1.0, 2.0, 3.0, f64::INFINITY],
        [f64::NEG_INFINITY, 2.0, 3.0, 4.0],
    ] {
        assert_eq!(Cuts::new(good, wrong, good).unwrap_err().code(), "out_of_range", "{wrong:?}");
    }
}

fn customers() -> impl Strategy<Value = Vec<(u64, u64, f64)>> {
    prop::collection::vec((0u64..9, 0u64..5, (-20i32..60).prop_map(f64::from)), 1..40)
}

/// The three values, turned so that more is better.
fn goodness(values: &[(u64, u64, f64)]) -> Vec<(u64, u64, u64)> {
    values.iter().map(|(r, f, m)| (u64::MAX - r, *f, (*m + 100.0) as u64)).collect()
}

fn scored(values: &[(u64, u64, f64)], ids: &[String], method: &Method) -> Vec<[u8; 3]> {
    let all: Vec<Customer<'_>> = values
        .iter()
        .zip(ids)
        .map(|((r, f, m), id)| Customer { id, recency_days: *r, frequency: *f, monetary: *m })
        .collect();
    scores(&all, method).unwrap().iter().map(|score| [score.r, score.f, score.m]).collect()
}

fn ids(n: usize) -> Vec<String> {
    (0..n).map(|at| format!("{at:03}")).collect()
}

proptest! {
    /// The definition, counted anew for every customer.
    #[test]
    fn min_rank_counts_who_is_strictly_worse(values in customers()) {
        let ids = ids(values.len());
        let goodness = goodness(&values);
        for (found, mine) in scored(&values, &ids, &Method::MinRank).iter().zip(&goodness) {
            let worse = |of: fn(&(u64, u64, u64)) -> u64| goodness.iter().filter(|other| of(other) < of(mine)).count();
            let expected = [worse(|c| c.0), worse(|c| c.1), worse(|c| c.2)].map(|b| (1 + 5 * b / values.len()) as u8);
            prop_assert_eq!(*found, expected);
        }
    }

    #[test]
    fn ntile_cuts_into_groups_of_almost_one_size(values in customers()) {
        let ids = ids(values.len());
        let found = scored(&values, &ids, &Method::Ntile);
        let goodness = goodness(&values);
        for axis in 0..3 {
            let sizes: Vec<usize> =
                (1..=5).map(|score| found.iter().filter(|s| s[axis] == score).count()).collect();
            prop_assert!(sizes.is_sorted_by(|a, b| a >= b) && sizes[0] - sizes[4] <= 1);
            let value = |at: usize| [goodness[at].0, goodness[at].1, goodness[at].2][axis];
            for (a, b) in (0..values.len()).flat_map(|a| (0..values.len()).map(move |b| (a, b))) {
                prop_assert!(found[a][axis] >= found[b][axis] || value(a) < value(b) || (value(a) == value(b) && a < b));
            }
        }
    }

    #[test]
    fn the_order_of_rows_changes_no_score(values in customers(), shift in 0usize..40) {
        let ids = ids(values.len());
        let by = shift % values.len();
        let (mut turned, mut turned_ids) = (values.clone(), ids.clone());
        turned.rotate_left(by);
        turned_ids.rotate_left(by);
        let cuts = Cuts::new([1.0, 2.0, 4.0, 8.0], [1.0, 2.0, 3.0, 4.0], [-10.0, 0.0, 10.0, 20.0]).unwrap();
        for method in [Method::MinRank, Method::Ntile, Method::Fixed(cuts)] {
            let mut found = scored(&values, &ids, &method);
            found.rotate_left(by);
            prop_assert_eq!(found, scored(&turned, &turned_ids, &method));
        }
    }
}
