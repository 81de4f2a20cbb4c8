//! What hysteresis promises.

use proptest::prelude::*;

use super::*;

fn ladder(margin: Option<f64>, periods: Option<u32>) -> Ladder {
    let margins = margin.map(|margin| [margin; 3]);
    Ladder::new(
        &[100.0, 200.0, 400.0],
        margins.as_ref().map(<[f64; 3]>::as_slice),
        periods.and_then(NonZeroU32::new),
    )
    .unwrap()
}

/// Tiers period by period.
fn walk(ladder: &Ladder, values: &[f64]) -> Vec<usize> {
    let mut standing = Standing::new(ladder, ladder.sides(values[0]).unwrap()).unwrap();
    let mut tiers = vec![standing.tier()];
    for value in &values[1..] {
        standing.advance(ladder, ladder.sides(*value).unwrap()).unwrap();
        tiers.push(standing.tier());
    }
    tiers
}

fn plain(value: f64) -> usize {
    4 - [100.0, 200.0, 400.0].iter().filter(|cut| value >= **cut).count()
}

#[test]
fn ladders_that_cannot_stand_are_refused() {
    let code = |cuts: &[f64], margins: Option<&[f64]>, periods: Option<u32>| {
        Ladder::new(cuts, margins, periods.and_then(NonZeroU32::new)).unwrap_err().code()
    };
    assert_eq!(code(&[], None, Some(1)), "bad_shape");
    assert_eq!(code(&[1.0; 21], None, Some(1)), "bad_shape");
    assert_eq!(code(&[1.0], None, None), "bad_shape");
    assert_eq!(code(&[1.0, 2.0], Some(&[1.0]), None), "bad_shape");
    assert_eq!(code(&[2.0, 1.0], None, Some(1)), "out_of_range");
    assert_eq!(code(&[1.0, 1.0], None, Some(1)), "out_of_range");
    assert_eq!(code(&[f64::NAN], None, Some(1)), "out_of_range");
    assert_eq!(code(&[1.0], Some(&[-1.0]), None), "out_of_range");
    assert_eq!(code(&[1.0], Some(&[f64::INFINITY]), None), "out_of_range");
    assert_eq!(code(&[1.0, 2.0], Some(&[5.0, 0.0]), None), "out_of_range");
    let good = ladder(Some(10.0), None);
    assert!(good.sides(f64::NAN).is_err());
    assert_eq!(Standing::resume(&good, 5, &[0; 3]).unwrap_err().code(), "out_of_range");
    assert_eq!(Standing::resume(&good, 1, &[0; 2]).unwrap_err().code(), "bad_shape");
    let other = Ladder::new(&[1.0], Some(&[0.0]), None).unwrap();
    assert_eq!(Standing::new(&good, other.sides(1.0).unwrap()).unwrap_err().code(), "bad_shape");
}

#[test]
fn margins_are_met_exactly() {
    let ladder = Ladder::new(&[0.8], Some(&[0.1]), None).unwrap();
    assert_eq!(walk(&ladder, &[0.8, 0.71, 0.7]), [1, 1, 2]);
    assert_eq!(walk(&ladder, &[0.79, 0.89, 0.9]), [2, 2, 1]);
}

#[test]
fn a_value_that_goes_to_and_fro_within_the_margin_changes_nothing() {
    let ladder = ladder(Some(20.0), Some(3));
    let to_and_fro: Vec<f64> = (0..40).map(|at| if at % 3 == 2 { 199.0 } else { 201.0 }).collect();
    assert_eq!(walk(&ladder, &to_and_fro), [2; 40]);
    let back: Vec<f64> = (0..40).map(|at| if at % 3 == 2 { 201.0 } else { 199.0 }).collect();
    assert_eq!(walk(&ladder, &back), [3; 40]);
}

fn values() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec((0u32..60).prop_map(|tens| f64::from(tens) * 10.0), 1..40)
}

fn policy() -> impl Strategy<Value = (Option<f64>, Option<u32>)> {
    (prop::option::of((0u32..8).prop_map(|tens| f64::from(tens) * 10.0)), prop::option::of(1u32..5))
        .prop_filter("one of both", |(margin, periods)| margin.is_some() || periods.is_some())
}

proptest! {
    #[test]
    fn without_margin_or_with_one_period_tiers_are_those_of_the_value(values in values(), policy in policy()) {
        let expected: Vec<usize> = values.iter().map(|value| plain(*value)).collect();
        prop_assert_eq!(walk(&ladder(Some(0.0), policy.1), &values), expected.clone());
        prop_assert_eq!(walk(&ladder(policy.0, Some(1)), &values), expected);
    }

    /// The promise itself: whenever a tier changes, for every cut between the old and the new one the value is past it by
    /// the margin, or has been past it for the periods in a row up to this one; and whenever that is so, it does change.
    #[test]
    fn a_tier_changes_when_and_only_when_margin_or_duration_say_so(values in values(), policy in policy()) {
        let tiers = walk(&ladder(policy.0, policy.1), &values);
        for now in 1..values.len() {
            for (index, cut) in [100.0, 200.0, 400.0].into_iter().enumerate() {
                let passed = |tier: usize| index < 4 - tier;
                let (before, after) = (passed(tiers[now - 1]), passed(tiers[now]));
                let other_side = |value: f64| (value >= cut) != before;
                let is_far = other_side(values[now]) && policy.0.is_some_and(|m| (values[now] - cut).abs() >= m);
                let is_long = policy.1.is_some_and(|periods| {
                    // The periods in a row are those since the tier last said otherwise of this cut.
                    let run = (0..=now).rev().take_while(|at| {
                        other_side(values[*at]) && (*at == now || passed(tiers[*at]) == before) && *at > 0
                    });
                    run.count() >= periods as usize
                });
                prop_assert_eq!(before != after, is_far || is_long, "period {} cut {}", now, cut);
            }
        }
    }

    #[test]
    fn at_rest_the_tier_becomes_that_of_the_value(values in values(), last in 0u32..60, policy in policy()) {
        let last = f64::from(last) * 10.0;
        let (margin, periods) = policy;
        let mut values = values;
        values.extend(std::iter::repeat_n(last, 6));
        let tier = *walk(&ladder(margin, periods), &values).last().unwrap();
        let is_far = margin.is_some_and(|m| [100.0, 200.0, 400.0].iter().all(|cut| (last - cut).abs() >= m));
        if periods.is_some() || is_far {
            prop_assert_eq!(tier, plain(last));
        }
    }

    #[test]
    fn a_customer_who_is_always_worth_more_is_never_in_a_worse_tier(
        values in values(), more in prop::collection::vec(0u32..20, 40), policy in policy(),
    ) {
        let better: Vec<f64> = values.iter().zip(more).map(|(value, more)| value + f64::from(more) * 10.0).collect();
        let ladder = ladder(policy.0, policy.1);
        for (low, high) in walk(&ladder, &values).into_iter().zip(walk(&ladder, &better)) {
            prop_assert!(high <= low);
        }
    }

    #[test]
    fn it_never_changes_more_often_than_the_value_does(values in values(), policy in policy()) {
        let changes = |tiers: &[usize]| tiers.windows(2).filter(|pair| pair[0] != pair[1]).count();
        // With one cut: several may be passed one after the other, each once.
        let margins = policy.0.map(|margin| [margin]);
        let periods = policy.1.and_then(NonZeroU32::new);
        let one = Ladder::new(&[200.0], margins.as_ref().map(<[f64; 1]>::as_slice), periods).unwrap();
        let direct: Vec<usize> = values.iter().map(|value| if *value >= 200.0 { 1 } else { 2 }).collect();
        prop_assert!(changes(&walk(&one, &values)) <= changes(&direct));
    }

    #[test]
    fn a_standing_that_was_kept_goes_on_as_if_never_put_down(values in values(), cut in 0usize..40, policy in policy()) {
        let ladder = ladder(policy.0, policy.1);
        let mut standing = Standing::new(&ladder, ladder.sides(values[0]).unwrap()).unwrap();
        for (at, value) in values.iter().enumerate().skip(1) {
            if at == cut {
                standing = Standing::resume(&ladder, standing.tier(), &standing.against()).unwrap();
            }
            standing.advance(&ladder, ladder.sides(*value).unwrap()).unwrap();
        }
        prop_assert_eq!(standing.tier(), *walk(&ladder, &values).last().unwrap());
    }
}
