//! What must hold of a portfolio on a ladder.

use proptest::prelude::*;

use super::*;

fn run(values: &[Vec<Option<f64>>], basis: &Basis) -> Result<Tiers, Error> {
    let ids: Vec<String> = (0..values.len()).map(|at| format!("{at:03}")).collect();
    let customers: Vec<Customer<'_>> = ids
        .iter()
        .zip(values)
        .map(|(id, values)| Customer { id, values, tier: None, against: None })
        .collect();
    tiers(&customers, basis)
}

fn curve(margin: Option<f64>, periods: Option<u32>) -> Basis {
    let margins = margin.map(|margin| [margin; 2]);
    let margins = margins.as_ref().map(<[f64; 2]>::as_slice);
    Basis::Curve(Curve::new(&[0.8, 0.95], margins, periods.and_then(NonZeroU32::new)).unwrap())
}

#[test]
fn nonsense_is_refused() {
    let basis = curve(None, Some(2));
    let code = |values: &[Vec<Option<f64>>]| run(values, &basis).unwrap_err().code();
    assert_eq!(code(&[vec![Some(1.0)], vec![]]), "bad_shape");
    assert_eq!(code(&[vec![Some(-1.0)]]), "out_of_range");
    assert_eq!(code(&[vec![Some(f64::NAN)]]), "out_of_range");
    let one = Customer { id: "a", values: &[], tier: None, against: None };
    assert_eq!(tiers(&[one, one], &basis).unwrap_err().code(), "bad_shape");
    assert_eq!(tiers(&[Customer { tier: Some(4), ..one }], &basis).unwrap_err().code(), "out_of_range");
    assert_eq!(tiers(&[Customer { against: Some(&[0, 0]), ..one }], &basis).unwrap_err().code(), "bad_shape");
    for limits in [&[0.0][..], &[1.1], &[0.9, 0.8], &[]] {
        assert!(Curve::new(limits, None, NonZeroU32::new(1)).is_err(), "{limits:?}");
    }
    assert_eq!(run(&[], &basis).unwrap().counts, [0, 0, 0]);
}

#[test]
fn what_is_not_known_leaves_a_customer_where_they_are() {
    let basis = Basis::Value(Ladder::new(&[10.0], None, NonZeroU32::new(2)).unwrap());
    let known = run(&[vec![None, Some(5.0), Some(20.0), None, Some(20.0)]], &basis).unwrap();
    assert_eq!(known.history[0], [None, Some(2), Some(2), Some(2), Some(1)]);
    assert_eq!((known.missing, known.changes, known.changes_by_cuts_alone), (2, 1, 1));
    let nothing =
        run(&[vec![Some(8.0), Some(0.0)], vec![Some(2.0), Some(0.0)]], &curve(None, Some(1))).unwrap();
    assert_eq!(nothing.history, [[Some(1), Some(1)], [Some(2), Some(2)]], "no value at all says nothing");
}

#[test]
fn a_tier_is_kept_on_from_before() {
    let basis = Basis::Value(Ladder::new(&[10.0], Some(&[5.0]), NonZeroU32::new(3)).unwrap());
    let values = [Some(11.0)];
    let customer = |against| Customer { id: "a", values: &values, tier: Some(2), against };
    assert_eq!(tiers(&[customer(None)], &basis).unwrap().tiers, [Some(2)]);
    assert_eq!(tiers(&[customer(Some(&[2][..]))], &basis).unwrap().tiers, [Some(1)]);
    assert_eq!(tiers(&[customer(Some(&[1][..]))], &basis).unwrap().against, [Some(vec![2])]);
}

fn values() -> impl Strategy<Value = Vec<Vec<Option<f64>>>> {
    let value = prop_oneof![Just(Some(0.0)), (0u32..3_000).prop_map(|cents| Some(f64::from(cents) / 100.0))];
    (1usize..8, 1usize..6).prop_flat_map(move |(n, periods)| {
        prop::collection::vec(prop::collection::vec(value.clone(), periods), n)
    })
}

proptest! {
    #[test]
    fn without_hysteresis_the_curve_gives_the_classes_of_each_period(values in values()) {
        let found = run(&values, &curve(Some(0.0), None)).unwrap();
        prop_assert_eq!(&found, &run(&values, &curve(None, Some(1))).unwrap());
        prop_assert_eq!(found.changes, found.changes_by_cuts_alone);
        let ids: Vec<String> = (0..values.len()).map(|at| format!("{at:03}")).collect();
        for period in 0..values[0].len() {
            let worth: Vec<_> = ids
                .iter()
                .zip(&values)
                .map(|(id, values)| concentration::Customer { id, value: values[period].unwrap() })
                .collect();
            let all = concentration::Concentration::new(&worth).unwrap();
            for (at, class) in all.classes(concentration::Limits::USUAL).into_iter().enumerate() {
                if let Some(class) = class {
                    prop_assert_eq!(found.history[at][period], Some(class as usize + 1));
                }
            }
        }
    }

    #[test]
    fn hysteresis_takes_none_of_those_who_stay_put_and_moves_no_more_often(
        values in values(), margin in 0u32..30, periods in 1u32..5,
    ) {
        let found = run(&values, &curve(Some(f64::from(margin) / 100.0), NonZeroU32::new(periods).map(NonZeroU32::get))).unwrap();
        prop_assert_eq!(found.counts.iter().sum::<usize>(), found.tiers.iter().flatten().count());
        let steady: Vec<Vec<Option<f64>>> = values.iter().map(|own| vec![own[0]; 5]).collect();
        prop_assert_eq!(run(&steady, &curve(Some(0.05), Some(2))).unwrap().changes, 0);
    }

    #[test]
    fn two_halves_in_a_row_are_the_whole(values in values(), cut in 0usize..6) {
        let basis = curve(Some(0.05), Some(2));
        let cut = cut.min(values[0].len());
        let whole = run(&values, &basis).unwrap();
        let halves: (Vec<_>, Vec<_>) = values.iter().map(|own| (own[..cut].to_vec(), own[cut..].to_vec())).unzip();
        let first = run(&halves.0, &basis).unwrap();
        let ids: Vec<String> = (0..values.len()).map(|at| format!("{at:03}")).collect();
        let later: Vec<Customer<'_>> = (0..values.len())
            .map(|at| Customer {
                id: &ids[at],
                values: &halves.1[at],
                tier: first.tiers[at],
                against: first.against[at].as_deref(),
            })
            .collect();
        let second = tiers(&later, &basis).unwrap();
        prop_assert_eq!(second.tiers, whole.tiers);
        prop_assert_eq!(second.against, whole.against);
        prop_assert_eq!(first.changes + second.changes, whole.changes);
    }
}
