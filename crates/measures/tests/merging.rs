//! However answers are split, grouped and merged, every measure gives the same figures.

use measures::{Confidence, Scale, effort, nps, orientation, proportion, satisfaction};
use proptest::prelude::*;

/// Deals `answers` into three accumulators by `deal`, then merges them in both orders; all must equal the one that
/// took every answer in turn.
macro_rules! merges_in_any_order {
    ($answers:expr, $new:expr, |$into:ident, $answer:ident| $push:expr) => {{
        let mut whole = $new;
        let mut parts = [$new, $new, $new];
        for (part, $answer) in $answers {
            {
                let $into = &mut whole;
                $push.unwrap();
            }
            let $into = &mut parts[part];
            $push.unwrap();
        }
        let [mut forward, middle, last] = parts.clone();
        forward.merge(&middle).unwrap();
        forward.merge(&last).unwrap();
        let [first, middle, mut backward] = parts;
        backward.merge(&middle).unwrap();
        backward.merge(&first).unwrap();
        let whole = whole.summary(Confidence::P95);
        prop_assert_eq!(&whole, &forward.summary(Confidence::P95));
        prop_assert_eq!(&whole, &backward.summary(Confidence::P95));
    }};
}

/// Answers from `low` to `high`, each dealt to one of three parts.
fn dealt(low: i64, high: i64) -> impl Strategy<Value = Vec<(usize, i64)>> {
    prop::collection::vec((0usize..3, low..=high), 0..60)
}

proptest! {
    #[test]
    fn nps(answers in dealt(0, 10)) {
        merges_in_any_order!(answers.clone(), nps::Accumulator::new(), |all, x| all.push(x));
    }

    #[test]
    fn weighted_nps(answers in prop::collection::vec((0usize..3, (0i64..=10, 0.0..1e6f64)), 0..60)) {
        let answers: Vec<_> = answers.into_iter().filter(|(_, (_, w))| *w == 0.0 || *w > 1e-90).collect();
        merges_in_any_order!(answers, nps::WeightedAccumulator::new(), |all, x| all.push_weighted(x.0, x.1));
    }

    #[test]
    fn satisfaction(answers in dealt(1, 5)) {
        let new = satisfaction::Accumulator::new(satisfaction::Question::FIVE_POINTS);
        merges_in_any_order!(answers.clone(), new, |all, x| all.push(x));
    }

    #[test]
    fn effort_v1(answers in dealt(1, 5)) {
        merges_in_any_order!(answers.clone(), effort::v1::Accumulator::new(), |all, x| all.push(x));
    }

    #[test]
    fn effort_v2(answers in dealt(1, 7)) {
        merges_in_any_order!(answers.clone(), effort::v2::Accumulator::new(), |all, x| all.push(x));
    }

    #[test]
    fn orientation(answers in dealt(0, 10)) {
        let new = orientation::Accumulator::new(orientation::Cutoffs::new(6.0, 8.0).unwrap());
        merges_in_any_order!(answers.clone(), new, |all, x| all.push(x as f64));
    }

    #[test]
    fn proportion(answers in dealt(0, 1)) {
        merges_in_any_order!(answers.clone(), proportion::Accumulator::new(), |all, x| all.push(x == 1));
    }

    #[test]
    fn groups_equal_single_answers(counts in prop::array::uniform11(0u64..20), missing in 0u64..9) {
        let (mut single, mut grouped) = (nps::Accumulator::new(), nps::Accumulator::new());
        for (answer, times) in (0i64..).zip(counts) {
            grouped.push_count(answer, times).unwrap();
            for _ in 0..times {
                single.push(answer).unwrap();
            }
        }
        single.push_missing(missing).unwrap();
        grouped.push_missing(missing).unwrap();
        prop_assert_eq!(single.summary(Confidence::P95), grouped.summary(Confidence::P95));
    }

    #[test]
    fn weighted_groups_equal_weighted_answers(
        answers in prop::collection::vec((0i64..=10, 0.01..100.0f64), 1..60),
    ) {
        let (mut single, mut grouped) = (nps::WeightedAccumulator::new(), nps::WeightedAccumulator::new());
        let mut sums = [(0u64, 0.0, 0.0); 11];
        for (answer, weight) in &answers {
            single.push_weighted(*answer, *weight).unwrap();
            let (n, sum, squares) = &mut sums[usize::try_from(*answer).unwrap()];
            *n += 1;
            *sum += weight;
            *squares += weight * weight;
        }
        for (answer, (n, sum, squares)) in (0i64..).zip(sums) {
            grouped.push_group(answer, n, sum, squares).unwrap();
        }
        let (one, other) = (single.summary(Confidence::P95).unwrap(), grouped.summary(Confidence::P95).unwrap());
        prop_assert_eq!(one.n, other.n);
        for (a, b) in [(one.nps, other.nps), (one.n_eff, other.n_eff), (one.se, other.se)] {
            // Near a variance of 0 the square root turns 1e-16 into 1e-8.
            prop_assert!((a - b).abs() < 1e-5, "{a} {b}");
        }
    }

    #[test]
    fn swapping_the_scale_mirrors_the_score(answers in prop::collection::vec(0i64..=2, 1..50)) {
        let (mut plain, mut mirrored) = (nps::Accumulator::new(), nps::Accumulator::new());
        for class in answers {
            plain.push([0, 7, 10][usize::try_from(class).unwrap()]).unwrap();
            mirrored.push([10, 7, 0][usize::try_from(class).unwrap()]).unwrap();
        }
        let (a, b) = (plain.summary(Confidence::P95).unwrap(), mirrored.summary(Confidence::P95).unwrap());
        prop_assert!((a.nps + b.nps).abs() < 1e-12);
        prop_assert!((a.ci_score.low + b.ci_score.high).abs() < 1e-12);
        prop_assert!(a.ci_score.contains(a.nps) || (a.ci_score.low - a.nps).abs() < 1e-9 || (a.ci_score.high - a.nps).abs() < 1e-9);
    }
}

#[test]
fn a_scale_of_another_width_is_another_question() {
    let wide = satisfaction::Question::new(Scale::ONE_TO_SEVEN, 2).unwrap();
    let mut five = satisfaction::Accumulator::new(satisfaction::Question::FIVE_POINTS);
    assert!(five.merge(&satisfaction::Accumulator::new(wide)).is_err());
}

proptest! {
    #[test]
    fn a_column_is_its_answers_one_by_one_and_none_of_it_is_taken_when_one_is_off_the_scale(
        answers in prop::collection::vec(0u8..=10, 0..60), wrong in prop::option::of(11u8..), at in any::<prop::sample::Index>(),
    ) {
        let mut one_by_one = nps::Accumulator::new();
        answers.iter().for_each(|answer| one_by_one.push(i64::from(*answer)).unwrap());
        let mut column = nps::Accumulator::new();
        column.push_column(&answers).unwrap();
        prop_assert_eq!(column, one_by_one);
        if let Some(wrong) = wrong {
            let mut spoilt = answers.clone();
            spoilt.insert(at.index(answers.len() + 1), wrong);
            prop_assert_eq!(column.push_column(&spoilt).unwrap_err().code(), "out_of_range");
            prop_assert_eq!(column, one_by_one);
        }
    }
}
