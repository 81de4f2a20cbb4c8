//! Perceived justice.

use measures::service_quality::{JusticeAccumulator, JusticeQuestionnaire, JusticeResponse};
use measures::{Confidence, Scale};
use proptest::prelude::*;
use proptest::sample::Index;

const P95: Confidence = Confidence::P95;

fn justice(all: &[[Option<i64>; 6]]) -> JusticeAccumulator {
    let mut gathered =
        JusticeAccumulator::new(JusticeQuestionnaire::new(Scale::ONE_TO_SEVEN, 2, 1, 1, 2).unwrap());
    for answers in all {
        let response = JusticeResponse {
            distributive: &answers[..2],
            procedural: &answers[2..3],
            interpersonal: &answers[3..4],
            informational: &answers[4..],
        };
        gathered.push(&response).unwrap();
    }
    gathered
}

fn felt() -> impl Strategy<Value = Vec<[Option<i64>; 6]>> {
    prop::collection::vec(prop::array::uniform6(prop::option::weighted(0.8, 1..=7_i64)), 1..25)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn justice_merges_in_any_order_and_stays_on_its_scale(all in felt(), cut in any::<Index>()) {
        let (left, right) = all.split_at(cut.index(all.len()));
        let mut merged = justice(right);
        merged.merge(&justice(left)).unwrap();
        prop_assert_eq!(merged.summary(P95), justice(&all).summary(P95));
        let Ok(summary) = merged.summary(P95) else { return Ok(()) };
        prop_assert!(!summary.weakest.is_empty());
        let kinds = [summary.distributive, summary.procedural, summary.interactional, summary.informational];
        for score in kinds.into_iter().filter(|score| score.n > 0) {
            prop_assert!((1.0..=7.0).contains(&score.mean.unwrap()));
            prop_assert!((0.0..=100.0).contains(&score.index_0_100.unwrap()));
            prop_assert_eq!(score.sd.is_some(), score.n > 1);
        }
    }

    #[test]
    fn justice_equals_the_plain_mean_and_spread_of_customers(all in felt()) {
        let means: Vec<f64> = all
            .iter()
            .map(|answers| answers[..2].iter().flatten().map(|x| *x as f64).collect::<Vec<_>>())
            .filter(|own| !own.is_empty())
            .map(|own| own.iter().sum::<f64>() / own.len() as f64)
            .collect();
        prop_assume!(means.len() > 1);
        let (n, score) = (means.len() as f64, justice(&all).summary(P95).unwrap().distributive);
        let mean = means.iter().sum::<f64>() / n;
        let spread = means.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
        prop_assert!((score.mean.unwrap() - mean).abs() < 1e-12);
        prop_assert!((score.sd.unwrap().powi(2) - spread).abs() < 1e-12);
    }
}

#[test]
fn answers_to_another_questionnaire_are_refused() {
    let mut all = justice(&[[Some(1); 6]]);
    let short =
        JusticeResponse { distributive: &[], procedural: &[], interpersonal: &[], informational: &[] };
    assert_eq!(all.push(&short).unwrap_err().code(), "bad_shape");
    let off = [Some(8), Some(1)];
    let one = [None];
    let off =
        JusticeResponse { distributive: &off, procedural: &one, interpersonal: &one, informational: &off };
    assert_eq!(all.push(&off).unwrap_err().code(), "out_of_range");
    assert_eq!(all, justice(&[[Some(1); 6]]), "nothing is added by half");
    let other = JusticeAccumulator::new(JusticeQuestionnaire::new(Scale::ONE_TO_FIVE, 2, 1, 1, 2).unwrap());
    assert_eq!(all.merge(&other).unwrap_err().code(), "bad_shape");
    assert_eq!(other.summary(P95).unwrap_err().code(), "empty_sample");
    assert!(JusticeQuestionnaire::new(Scale::ONE_TO_FIVE, 101, 0, 0, 0).is_err());
}
