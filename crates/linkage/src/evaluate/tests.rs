//! What must hold of evaluations.

use proptest::prelude::*;

use super::*;

/// Counts every pair that `counts` takes.
fn all_pairs(truth: &[Option<u32>], predicted: &[u32], counts: impl Fn(usize, usize) -> bool) -> [u64; 4] {
    let mut table = [0; 4];
    for a in 0..truth.len() {
        for b in (0..a).filter(|b| counts(a, *b)) {
            let (Some(one), Some(other)) = (truth[a], truth[b]) else { continue };
            table[usize::from(one == other) * 2 + usize::from(predicted[a] == predicted[b])] += 1;
        }
    }
    let [tn, fp, fn_, tp] = table;
    [tp, fp, fn_, tn]
}

/// B³ record by record.
fn each_record(truth: &[Option<u32>], predicted: &[u32]) -> (f64, f64) {
    let known: Vec<(u32, u32)> =
        truth.iter().zip(predicted).filter_map(|(truth, label)| Some(((*truth)?, *label))).collect();
    let (mut precision, mut recall) = (0.0, 0.0);
    for (truth, label) in &known {
        let both = known.iter().filter(|other| **other == (*truth, *label)).count() as f64;
        precision += both / known.iter().filter(|(_, other)| other == label).count() as f64;
        recall += both / known.iter().filter(|(other, _)| other == truth).count() as f64;
    }
    (precision / known.len() as f64, recall / known.len() as f64)
}

fn table(found: &Pairwise) -> [u64; 4] {
    [found.true_positives, found.false_positives, found.false_negatives, found.true_negatives]
}

fn records() -> impl Strategy<Value = (Vec<Option<u32>>, Vec<u32>)> {
    let label = prop_oneof![0..6u32, Just(u32::MAX), any::<u32>()];
    let truth = prop_oneof![5 => label.clone().prop_map(Some), 1 => Just(None)];
    let rows = prop::collection::vec((truth, label), 1..40);
    rows.prop_map(|rows| rows.into_iter().unzip())
        .prop_filter("a truth", |(truth, _): &(Vec<Option<u32>>, _)| truth.iter().any(Option::is_some))
}

/// The groups of records after some merges, labelled by their least record.
fn merged(records: usize, merges: &[(u32, u32)]) -> Vec<u32> {
    let mut labels: Vec<u32> = (0..records as u32).collect();
    for (a, b) in merges {
        let (a, b) = (labels[*a as usize], labels[*b as usize]);
        labels.iter_mut().filter(|label| **label == a.max(b)).for_each(|label| *label = a.min(b));
    }
    labels
}

#[test]
fn nothing_and_what_does_not_match_are_refused() {
    assert_eq!(pairwise(&[], &[]).unwrap_err().code(), "empty_sample");
    assert_eq!(b3(&[None, None], &[1, 2]).unwrap_err().code(), "empty_sample");
    assert_eq!(b3(&[Some(1)], &[1, 2]).unwrap_err().code(), "bad_shape");
    assert_eq!(Running::new(&[None]).unwrap_err().code(), "empty_sample");
    assert_eq!(Running::across(&[Some(1)], &[]).unwrap_err().code(), "bad_shape");
    assert_eq!(Running::new(&[Some(1)]).unwrap().merge(0, 1).unwrap_err().code(), "out_of_range");
    let side = Labelled { truth: &[Some(1)], predicted: &[1] };
    assert_eq!(pairs_against(side, Labelled { predicted: &[], ..side }).unwrap_err().code(), "bad_shape");
    assert_eq!(pairs_against(side, Labelled { truth: &[None], ..side }).unwrap_err().code(), "empty_sample");
}

#[test]
fn a_single_record_is_its_own_group_and_no_pair() {
    let found = evaluate(&[Some(1)], &[4]).unwrap();
    assert_eq!(table(&found.pairwise), [0; 4]);
    assert_eq!((found.pairwise.precision, found.pairwise.recall, found.pairwise.f1), (None, None, None));
    assert_eq!((found.b3.precision, found.b3.recall, found.b3.f1), (1.0, 1.0, 1.0));
}

#[test]
fn a_million_records_in_one_group_are_counted_exactly() {
    let truth: Vec<Option<u32>> = (0..1_000_000).map(|record| Some(record / 2)).collect();
    let found = evaluate(&truth, &vec![0; 1_000_000]).unwrap();
    assert_eq!(found.pairwise.true_positives, 500_000);
    assert_eq!(found.pairwise.false_positives, 499_999_500_000 - 500_000);
    assert_eq!((found.b3.precision, found.b3.recall), (2e-6, 1.0));
}

#[test]
fn links_that_rise_are_refused() {
    let links = [0.5, 0.6].map(|probability| Merge { probability, a: 0, b: 1 });
    let running = || Running::new(&[Some(1), Some(1)]).unwrap();
    assert_eq!(Curve::of_merges(running(), links, &[0.5]).unwrap_err().code(), "bad_shape");
    for wrong in [-0.1, 1.1, f64::NAN] {
        assert_eq!(Curve::of_merges(running(), [], &[wrong]).unwrap_err().code(), "out_of_range");
        let link = Merge { probability: wrong, a: 0, b: 1 };
        assert_eq!(Curve::of_merges(running(), [link], &[0.5]).unwrap_err().code(), "out_of_range");
    }
}

#[test]
fn a_link_at_the_threshold_is_taken() {
    let link = Merge { probability: 0.5, a: 0, b: 1 };
    let running = Running::new(&[Some(1), Some(1)]).unwrap();
    let curve = Curve::of_merges(running, [link], &[0.5, 0.6, 0.5]).unwrap();
    let recall: Vec<_> =
        curve.points().iter().map(|point| (point.threshold, point.evaluation.pairwise.recall)).collect();
    assert_eq!(recall, [(0.6, Some(0.0)), (0.5, Some(1.0))]);
}

proptest! {
    #[test]
    fn the_truth_against_itself_is_perfect((_, labels) in records()) {
        let truth: Vec<Option<u32>> = labels.iter().copied().map(Some).collect();
        let found = evaluate(&truth, &labels).unwrap();
        prop_assert_eq!((found.b3.precision, found.b3.recall, found.b3.f1), (1.0, 1.0, 1.0));
        prop_assert_eq!((found.pairwise.false_positives, found.pairwise.false_negatives), (0, 0));
        prop_assert!(found.pairwise.f1.is_none_or(|f1| f1 == 1.0));
    }

    #[test]
    fn precision_one_way_is_recall_the_other((truth, labels) in records()) {
        let known: Vec<(u32, u32)> = truth.iter().zip(&labels).filter_map(|(truth, label)| Some(((*truth)?, *label))).collect();
        let (truth, labels): (Vec<u32>, Vec<u32>) = known.into_iter().unzip();
        let some = |labels: &[u32]| labels.iter().copied().map(Some).collect::<Vec<_>>();
        let (one, other) = (evaluate(&some(&truth), &labels).unwrap(), evaluate(&some(&labels), &truth).unwrap());
        prop_assert_eq!(one.pairwise.precision, other.pairwise.recall);
        prop_assert_eq!(one.pairwise.f1, other.pairwise.f1);
        prop_assert_eq!(one.b3.precision, other.b3.recall);
    }

    #[test]
    fn counting_every_pair_and_record_comes_to_the_same((truth, labels) in records()) {
        let found = evaluate(&truth, &labels).unwrap();
        prop_assert_eq!(table(&found.pairwise), all_pairs(&truth, &labels, |_, _| true));
        let (precision, recall) = each_record(&truth, &labels);
        prop_assert!((found.b3.precision - precision).abs() < 1e-12);
        prop_assert!((found.b3.recall - recall).abs() < 1e-12);
    }

    #[test]
    fn pairs_across_two_files_are_those_of_all_pairs((truth, labels) in records(), cut in any::<prop::sample::Index>()) {
        let cut = cut.index(truth.len());
        let (left, right) = (
            Labelled { truth: &truth[..cut], predicted: &labels[..cut] },
            Labelled { truth: &truth[cut..], predicted: &labels[cut..] },
        );
        prop_assume!([left, right].iter().all(|side| side.truth.iter().any(Option::is_some)));
        let expected = all_pairs(&truth, &labels, |a, b| (a < cut) != (b < cut));
        prop_assert_eq!(table(&pairs_against(left, right).unwrap()), expected);
    }

    #[test]
    fn merging_step_by_step_comes_to_the_same(
        (truth, _) in records(), merges in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..60),
        is_right in any::<u64>(),
    ) {
        let records = truth.len();
        let merges: Vec<(u32, u32)> = merges.iter().map(|(a, b)| (a.index(records) as u32, b.index(records) as u32)).collect();
        let right = |record: usize| is_right >> (record % 64) & 1 == 1;
        let sides: Vec<Side> = (0..records).map(|record| if right(record) { Side::Right } else { Side::Left }).collect();
        let (mut running, mut across) = (Running::new(&truth).unwrap(), Running::across(&truth, &sides).unwrap());
        for done in 0..=merges.len() {
            let labels = merged(records, &merges[..done]);
            let expected = evaluate(&truth, &labels).unwrap();
            prop_assert_eq!(running.evaluation(), expected);
            prop_assert_eq!(across.evaluation().b3, expected.b3);
            let expected = all_pairs(&truth, &labels, |a, b| right(a) != right(b));
            prop_assert_eq!(table(&across.evaluation().pairwise), expected);
            if let Some((a, b)) = merges.get(done) {
                let apart = labels[*a as usize] != labels[*b as usize];
                prop_assert_eq!(running.merge(*a, *b).unwrap(), apart);
                across.merge(*a, *b).unwrap();
            }
        }
    }

    #[test]
    fn both_ways_to_a_curve_agree((truth, _) in records(), links in prop::collection::vec((0..=10u32, any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..40)) {
        let records = truth.len();
        let mut links: Vec<Merge> = links.iter().map(|(tenths, a, b)| {
            Merge { probability: f64::from(*tenths) / 10.0, a: a.index(records) as u32, b: b.index(records) as u32 }
        }).collect();
        links.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        let thresholds = [0.0, 0.25, 0.5, 0.7, 1.0];
        let groupings = thresholds.map(|threshold| {
            let taken: Vec<(u32, u32)> = links.iter().filter(|link| link.probability >= threshold).map(|link| (link.a, link.b)).collect();
            merged(records, &taken)
        });
        let pairs = thresholds.iter().copied().zip(groupings.iter().map(Vec::as_slice));
        let slow = Curve::of_groupings(&truth, pairs).unwrap();
        prop_assert_eq!(Curve::of_merges(Running::new(&truth).unwrap(), links, &thresholds).unwrap(), slow);
    }
}

proptest! {
    #[test]
    fn every_known_pair_within_the_limits_is_in_one_band(
        truth in prop::collection::vec(prop::option::weighted(0.8, 0..4u32), 1..20),
        pairs in prop::collection::vec(((0..24u32, 0..24u32), 0.0..=1.0f64), 0..60),
    ) {
        let scored = pairs.iter().map(|&(rows, probability)| ScoredPair { rows, probability });
        let bands = calibration(&truth, scored, &[0.1, 0.3, 0.5, 0.9, 1.0]);
        let of = |row: u32| truth.get(row as usize).copied().flatten();
        let known = pairs.iter().filter(|((a, b), said)| *said >= 0.1 && of(*a).is_some() && of(*b).is_some());
        let (known, right) = known.fold((0, 0), |(all, right), ((a, b), _)| (all + 1, right + u64::from(of(*a) == of(*b))));
        prop_assert_eq!(bands.iter().map(|band| band.pairs).sum::<u64>(), known);
        let counted = |band: &Band| (band.right.unwrap_or(0.0) * band.pairs as f64).round() as u64;
        prop_assert_eq!(bands.iter().map(counted).sum::<u64>(), right);
        for band in bands {
            prop_assert!(band.said.is_none_or(|said| (band.from - 1e-12..=band.until + 1e-12).contains(&said)));
            prop_assert_eq!(band.said.is_none(), band.pairs == 0);
        }
    }
}
