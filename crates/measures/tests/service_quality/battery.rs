//! SERVQUAL, SERVPERF and the four qualities.

use measures::Confidence;
use measures::service_quality::{
    Answers, Criterion, ITEMS, ServperfAccumulator, ServqualAccumulator, Weights, gaps,
};
use proptest::prelude::*;
use proptest::sample::Index;

const P95: Confidence = Confidence::P95;

/// Expectations, perceptions and weights of one respondent.
type Respondent = (Vec<Option<f64>>, Vec<Option<f64>>, Option<Vec<f64>>);

fn items() -> impl Strategy<Value = Vec<Option<f64>>> {
    prop::collection::vec(prop::option::weighted(0.8, (10..70_i32).prop_map(|x| f64::from(x) / 10.0)), ITEMS)
}

fn respondents() -> impl Strategy<Value = Vec<Respondent>> {
    let weights = prop::option::of(prop::collection::vec(1.0..40.0_f64, 5));
    prop::collection::vec((items(), items(), weights), 1..6)
}

fn answers(items: &[Option<f64>]) -> Answers {
    Answers::new(items.try_into().unwrap()).unwrap()
}

fn push(all: &mut ServqualAccumulator, (expected, perceived, weights): &Respondent) {
    let weights = weights.clone().map(|weights| Weights::new(weights.try_into().unwrap()).unwrap());
    all.push(&answers(expected), &answers(perceived), weights.as_ref()).unwrap();
}

fn servqual(respondents: &[Respondent]) -> ServqualAccumulator {
    let mut all = ServqualAccumulator::new();
    respondents.iter().for_each(|respondent| push(&mut all, respondent));
    all
}

fn servperf(respondents: &[Respondent]) -> ServperfAccumulator {
    let mut all = ServperfAccumulator::new();
    respondents.iter().for_each(|(_, perceived, _)| all.push(&answers(perceived), None).unwrap());
    all
}

fn close(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-12,
        (a, b) => a == b,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn servqual_and_servperf_merge_in_any_order(all in respondents(), cut in any::<Index>()) {
        let (left, right) = all.split_at(cut.index(all.len()));
        let mut turned = all.clone();
        turned.reverse();
        let mut merged = servqual(right);
        merged.merge(&servqual(left)).unwrap();
        prop_assert_eq!(merged.summary(P95), servqual(&all).summary(P95));
        prop_assert_eq!(merged.summary(P95), servqual(&turned).summary(P95));
        let mut merged = servperf(right);
        merged.merge(&servperf(left)).unwrap();
        prop_assert_eq!(merged.summary(P95), servperf(&all).summary(P95));
    }

    #[test]
    fn gaps_turn_round_when_both_sides_are_swapped(all in respondents()) {
        let swapped: Vec<Respondent> = all.iter().cloned().map(|(e, p, w)| (p, e, w)).collect();
        let (one, other) = (servqual(&all).summary(P95), servqual(&swapped).summary(P95));
        if let (Ok(one), Ok(other)) = (one, other) {
            prop_assert!(close(one.overall, other.overall.map(|gap| -gap)));
            prop_assert!(close(one.weighted_overall, other.weighted_overall.map(|gap| -gap)));
            for (a, b) in one.item_gaps.iter().zip(other.item_gaps) {
                prop_assert!(close(*a, b.map(|gap| -gap)));
            }
        }
    }

    #[test]
    fn perceptions_alone_are_gaps_from_nothing(all in respondents()) {
        let from_nothing: Vec<Respondent> =
            all.iter().cloned().map(|(_, p, _)| (vec![Some(0.0); ITEMS], p, None)).collect();
        let (gaps, perceptions) = (servqual(&from_nothing).summary(P95), servperf(&all).summary(P95));
        if let (Ok(gaps), Ok(perceptions)) = (gaps, perceptions) {
            prop_assert_eq!(gaps.item_gaps, perceptions.items);
            prop_assert_eq!(gaps.dimension_gaps, perceptions.dimensions);
            prop_assert_eq!(gaps.dimension_intervals, perceptions.dimension_intervals);
            prop_assert_eq!((gaps.overall, gaps.missing), (perceptions.overall, perceptions.missing));
            prop_assert!(perceptions.items.iter().flatten().all(|mean| (1.0..=7.0).contains(mean)));
        }
    }

    #[test]
    fn the_three_gaps_add_up_to_satisfaction(scores in prop::array::uniform4(0..100_i32)) {
        let [expected, intended, delivered, perceived] = scores.map(|score| Some(f64::from(score) / 10.0));
        let gaps = gaps(&Criterion { expected, intended, delivered, perceived }).unwrap();
        let sum = gaps.design.unwrap() + gaps.conformity.unwrap() + gaps.perception.unwrap();
        prop_assert!((sum - gaps.satisfaction.unwrap()).abs() < 1e-12);
    }
}

#[test]
fn nobody_and_silent_respondents_are_an_empty_sample() {
    assert_eq!(ServqualAccumulator::new().summary(P95).unwrap_err().code(), "empty_sample");
    let silent = servqual(&[(vec![Some(5.0); ITEMS], vec![None; ITEMS], None)]);
    assert_eq!(silent.summary(P95).unwrap_err().code(), "empty_sample");
    assert_eq!(ServperfAccumulator::new().summary(P95).unwrap_err().code(), "empty_sample");
    assert!(Answers::new([Some(f64::NAN); ITEMS]).is_err());
    assert!(Weights::new([-1.0, 1.0, 1.0, 1.0, 1.0]).is_err());
}

#[test]
fn weights_on_dimensions_a_respondent_left_out_leave_him_out() {
    let mut perceived = vec![Some(4.0); ITEMS];
    perceived[..4].fill(None);
    let only_tangibles = (vec![Some(5.0); ITEMS], perceived, Some(vec![100.0, 0.0, 0.0, 0.0, 0.0]));
    let summary = servqual(&[only_tangibles]).summary(P95).unwrap();
    assert_eq!((summary.weighted_overall, summary.weighted_n), (None, 0));
    assert_eq!((summary.overall, summary.dimension_gaps.tangibles), (None, None));
    assert_eq!(summary.dimension_gaps.empathy, Some(-1.0));
}

#[test]
fn intervals_hold_the_true_gap_as_often_as_they_claim() {
    // Perceptions 1 to 7, each equally likely, against expectations of 4: the true gap is 0.
    let mut state = 9_u64;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Some(((state >> 33) % 7 + 1) as f64)
    };
    let held = (0..400)
        .filter(|_| {
            let sample: Vec<Respondent> = (0..10)
                .map(|_| (vec![Some(4.0); ITEMS], (0..ITEMS).map(|_| draw()).collect(), None))
                .collect();
            servqual(&sample).summary(P95).unwrap().dimension_intervals.empathy.unwrap().contains(0.0)
        })
        .count();
    assert!((368..=392).contains(&held), "{held} of 400");
}
