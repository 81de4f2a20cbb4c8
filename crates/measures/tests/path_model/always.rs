//! What must hold whatever the answers.

use measures::path_model::{Mode, Scheme};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::given::{answers, fitted, gathered, model};

#[test]
fn a_reversed_item_turns_its_own_signs_and_nothing_else() {
    let rows = answers(150, 7);
    let reversed: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| row.iter().enumerate().map(|(i, x)| if i == 1 { 11.0 - x } else { *x }).collect())
        .collect();
    for scheme in [Scheme::Centroid, Scheme::Factorial, Scheme::Path] {
        let model = model(scheme, [Mode::A; 3]);
        let (one, other) = (fitted(&model, &rows), fitted(&model, &reversed));
        for (i, (a, b)) in one.outer.iter().zip(&other.outer).enumerate() {
            let sign = if i == 1 { -1.0 } else { 1.0 };
            assert!((a.weight - sign * b.weight).abs() < 1e-8 && (a.loading - sign * b.loading).abs() < 1e-8);
        }
        for (a, b) in one.inner.iter().zip(&other.inner) {
            assert!((a.estimate - b.estimate).abs() < 1e-8);
        }
        assert_eq!((one.negative_weights.len(), other.negative_weights), (0, vec!["q2".to_owned()]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn rows_merge_in_any_order_to_the_same_digits(seed in any::<u64>(), cut in any::<Index>()) {
        let rows = answers(40, seed);
        let model = model(Scheme::Path, [Mode::A; 3]);
        // Thirds are no whole numbers: their sums round.
        let rows: Vec<Vec<f64>> = rows.iter().map(|row| row.iter().map(|x| x / 3.0).collect()).collect();
        let (left, right) = rows.split_at(cut.index(rows.len()));
        let mut merged = gathered(&model, right);
        merged.merge(&gathered(&model, left)).unwrap();
        prop_assert_eq!(merged.fit(&model), gathered(&model, &rows).fit(&model));
    }

    #[test]
    fn units_and_origins_of_standardised_items_do_not_matter(seed in any::<u64>(), unit in 0.01..50.0_f64) {
        let rows = answers(60, seed);
        let moved: Vec<Vec<f64>> = rows
            .iter()
            .map(|row| row.iter().enumerate().map(|(i, x)| x * (unit + i as f64) - 100.0).collect())
            .collect();
        let model = model(Scheme::Centroid, [Mode::A, Mode::A, Mode::B]);
        let both = (gathered(&model, &rows).fit(&model), gathered(&model, &moved).fit(&model));
        let (Ok(one), Ok(other)) = both else { return Ok(()) };
        for (a, b) in one.outer.iter().zip(&other.outer) {
            prop_assert!((a.weight - b.weight).abs() < 1e-7 && (a.loading - b.loading).abs() < 1e-7);
        }
        prop_assert!(!other.off_scale.is_empty() && one.off_scale.is_empty());
    }

    #[test]
    fn figures_keep_their_bounds(seed in any::<u64>(), n in 5..60_usize) {
        for (scheme, standardise) in [(Scheme::Centroid, true), (Scheme::Factorial, false), (Scheme::Path, true)] {
            let model = model(scheme, [Mode::A; 3]);
            let model = if standardise { model } else { model.unstandardised() };
            let Ok(fit) = gathered(&model, &answers(n, seed)).fit(&model) else { continue };
            for item in &fit.outer {
                prop_assert!(item.loading.abs() <= 1.0 + 1e-12 && item.redundancy <= item.communality);
            }
            for construct in &fit.constructs {
                prop_assert!((0.0..=1.0).contains(&construct.r2) && construct.r2_adj <= construct.r2);
                prop_assert!(construct.eig_2.unwrap() <= construct.eig_1);
                prop_assert!((0.0..=100.0).contains(&construct.equal_weight_index.unwrap()));
                if fit.negative_weights.is_empty() {
                    prop_assert!((0.0..=100.0).contains(&construct.index_0_100.unwrap()));
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn no_answers_make_a_fit_panic_hang_or_give_what_is_no_number(
        rows in prop::collection::vec(
            prop::collection::vec(
                prop_oneof![
                    3 => (0..4_i32).prop_map(|x| Some(f64::from(x))),
                    1 => prop::sample::select(vec![None, Some(1e9), Some(-1e9), Some(1e-300), Some(0.1), Some(-0.0)]),
                ],
                4,
            ),
            0..9,
        ),
        scheme in prop::sample::select(vec!["centroid", "factorial", "path"]),
        modes in prop::array::uniform2(prop::sample::select(vec!["A", "B"])),
        standardise in any::<bool>(),
    ) {
        let mut input = serde_json::json!({
            "columns": ["a", "b", "c", "d"], "rows_data": rows,
            "model": {
                "blocks": {"x": ["a", "b"], "y": ["c"], "z": ["d"]},
                "paths": [["x", "y"], ["x", "z"], ["y", "z"]],
                "scheme": scheme, "modes": {"x": modes[0], "y": modes[1]},
                "standardise": standardise, "scale": [0, 3],
            },
        });
        if let Ok(fit) = measures::ops::run("pls.model", &input) {
            // What is not a number would be written as null.
            for item in fit["outer"].as_object().unwrap().values() {
                prop_assert!(item["weight"].is_f64() && item["loading"].as_f64().unwrap().abs() < 1.0 + 1e-9, "{fit}");
            }
            for path in fit["inner"].as_object().unwrap().values() {
                prop_assert!(path["estimate"].is_f64() && path["std_error"].is_f64(), "{fit}");
            }
        }
        input["replicates"] = 5.into();
        let _ = measures::ops::run("pls.bootstrap", &input);
    }
}
