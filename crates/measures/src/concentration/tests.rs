//! What must hold of every concentration.

use proptest::prelude::*;

use super::*;

fn of(values: &[f64]) -> Concentration {
    let ids: Vec<String> = (0..values.len()).map(|at| format!("c{at:03}")).collect();
    let customers: Vec<Customer<'_>> =
        ids.iter().zip(values).map(|(id, value)| Customer { id, value: *value }).collect();
    Concentration::new(&customers).unwrap()
}

#[test]
fn values_that_cannot_be_are_refused() {
    let code = |customers: &[Customer<'_>]| Concentration::new(customers).unwrap_err().code();
    assert_eq!(code(&[]), "empty_sample");
    for value in [-1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(code(&[Customer { id: "a", value }]), "out_of_range", "{value}");
    }
    let twice = [Customer { id: "a", value: 1.0 }, Customer { id: "a", value: 2.0 }];
    assert_eq!(code(&twice), "bad_shape");
    let huge = [Customer { id: "a", value: f64::MAX }, Customer { id: "b", value: f64::MAX }];
    assert_eq!(code(&huge), "out_of_range");
    for (a, b) in [(-0.1, 0.5), (0.5, 1.1), (0.9, 0.8), (f64::NAN, 0.5)] {
        assert!(Limits::new(a, b).is_err(), "{a} {b}");
    }
}

/// In doubles 0.1 + 0.7 is less than 0.8, and 0.6 + 0.2 is no less than it.
#[test]
fn limits_are_met_exactly() {
    let classes = |values: &[f64]| of(values).classes(Limits::USUAL);
    assert_eq!(
        classes(&[0.7, 0.1, 0.1, 0.1]),
        [Some(Class::A), Some(Class::A), Some(Class::B), Some(Class::B)]
    );
    assert_eq!(classes(&[0.6, 0.2, 0.2]), [Some(Class::A), Some(Class::A), Some(Class::B)]);
    assert_eq!(of(&[1.0; 15]).top_count(0.2).unwrap(), 3);
    assert_eq!(of(&[1.0; 16]).top_count(0.2).unwrap(), 4);
    assert_eq!(of(&[1.0; 3]).top_count(1e-300).unwrap(), 1);
    assert_eq!(of(&[1.0; 3]).top_count(0.0).unwrap(), 0);
    assert_eq!(of(&[1.0; 3]).top_count(1.0).unwrap(), 3);
    assert_eq!(of(&[0.1; 10]).min_share(0.3).unwrap(), Some(0.3));
    assert_eq!(of(&[0.1; 10]).min_share(0.0).unwrap(), Some(0.0));
    assert_eq!(of(&[0.1; 10]).min_share(1.0).unwrap(), Some(1.0));
    assert_eq!(of(&[0.1; 10]).total(), 1.0);
}

#[test]
fn values_of_any_size_have_a_gini_and_a_curve() {
    for values in [[5e-324, 5e-324], [1e300, 1e300], [1e-200, 1e-200]] {
        let all = of(&values);
        assert_eq!((all.gini(), all.top_share(0.5).unwrap()), (Some(0.0), Some(0.5)), "{values:?}");
        assert_eq!(all.lorenz().unwrap()[1], (0.5, 0.5));
    }
    let far = of(&[1e300, 1e-300]);
    assert_eq!((far.gini(), far.lorenz().unwrap()[1].1), (Some(0.5), 0.0));
    assert_eq!(far.classes(Limits::USUAL), [Some(Class::A), Some(Class::C)]);
}

fn values() -> impl Strategy<Value = Vec<f64>> {
    let value =
        prop_oneof![Just(0.0), (0u32..100_000).prop_map(|cents| f64::from(cents) / 100.0), 0.0..1e9f64];
    prop::collection::vec(value, 1..40)
}

proptest! {
    #[test]
    fn the_coefficient_is_the_mean_difference_and_twice_the_area(values in values()) {
        let all = of(&values);
        let Some(gini) = all.gini() else {
            prop_assert!(values.iter().all(|value| *value == 0.0));
            return Ok(());
        };
        let (n, sum) = (values.len() as f64, values.iter().sum::<f64>());
        let apart: f64 = values.iter().flat_map(|a| values.iter().map(move |b| (a - b).abs())).sum();
        prop_assert!((gini - apart / (2.0 * n * sum)).abs() < 1e-12, "{gini}");
        let lorenz = all.lorenz().unwrap();
        let area: f64 = lorenz.windows(2).map(|pair| (pair[1].0 - pair[0].0) * f64::midpoint(pair[0].1, pair[1].1)).sum();
        prop_assert!((gini - (1.0 - 2.0 * area)).abs() < 1e-12, "{gini}");
        prop_assert!((0.0..=1.0 - 1.0 / n + 1e-15).contains(&gini));
    }

    #[test]
    fn the_curve_rises_and_bends_upwards(values in values()) {
        let Some(lorenz) = of(&values).lorenz() else { return Ok(()) };
        prop_assert_eq!((lorenz[0], lorenz[values.len()]), ((0.0, 0.0), (1.0, 1.0)));
        for pair in lorenz.windows(2) {
            prop_assert!(pair[0].1 <= pair[1].1 && pair[1].1 <= pair[1].0 + 1e-15);
        }
        for three in lorenz.windows(3) {
            prop_assert!(three[2].1 - three[1].1 >= three[1].1 - three[0].1 - 1e-12);
        }
    }

    #[test]
    fn order_and_unit_change_nothing(values in values(), shift in 0usize..40) {
        let mut turned = values.clone();
        turned.rotate_left(shift % values.len());
        let scaled: Vec<f64> = values.iter().map(|value| value * 4.0).collect();
        let (all, other, more) = (of(&values), of(&turned), of(&scaled));
        prop_assert_eq!(all.gini(), other.gini());
        prop_assert_eq!(all.lorenz(), other.lorenz());
        prop_assert_eq!(all.total(), other.total());
        if let (Some(one), Some(four)) = (all.gini(), more.gini()) {
            prop_assert!((one - four).abs() < 1e-12);
        }
    }

    #[test]
    fn fewest_customers_for_a_share_hold_it_and_one_fewer_does_not(values in values(), percent in 1u32..=100) {
        let all = of(&values);
        let wanted = f64::from(percent) / 100.0;
        let Some(least) = all.min_share(wanted).unwrap() else { return Ok(()) };
        let k = (least * values.len() as f64).round() as usize;
        prop_assert!(all.sums.share(k) >= wanted - 1e-12);
        prop_assert!(k == 0 || all.sums.share(k - 1) < wanted + 1e-12);
    }

    #[test]
    fn a_better_customer_is_never_of_a_worse_class(values in values(), a in 0u32..=100, b in 0u32..=100) {
        let limits = Limits::new(f64::from(a.min(b)) / 100.0, f64::from(a.max(b)) / 100.0).unwrap();
        let all = of(&values);
        let classes = all.classes(limits);
        let ranks: Vec<_> = all.order().iter().map(|place| classes[*place].map(|class| class as u8)).collect();
        prop_assert!(ranks.is_sorted());
        let counts = all.summary(limits).unwrap().counts;
        prop_assert!(counts.is_none_or(|counts| counts.a + counts.b + counts.c == values.len()));
    }
}
