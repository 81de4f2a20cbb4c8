//! What must hold of weights and fits.

use proptest::prelude::*;

use super::step::Problem;
use super::*;

fn two_level(patterns: &[(Vec<Option<bool>>, f64)]) -> TwoLevelPatterns {
    let mut all = TwoLevelPatterns::new(patterns[0].0.len()).unwrap();
    for (pattern, count) in patterns {
        let as_agreement = |agrees| if agrees { Agreement::Agree } else { Agreement::Differ };
        let pattern: Vec<Option<Agreement>> = pattern.iter().map(|gamma| gamma.map(as_agreement)).collect();
        all.push(&pattern, *count).unwrap();
    }
    all
}

fn three_level(patterns: &[(Vec<Option<u8>>, f64)]) -> Patterns {
    let mut all = Patterns::new(&[3, 3, 3]).unwrap();
    patterns.iter().for_each(|(pattern, count)| all.push(pattern, *count).unwrap());
    all
}

/// Household members share two of three fields, matches nearly all, strangers little.
fn three_classes(pseudo: &PseudoCounts) -> Mixture {
    let (high, low) = (vec![0.05, 0.15, 0.8], vec![0.8, 0.15, 0.05]);
    let matches = Class::free(0.1, vec![high.clone(); 3], pseudo.clone());
    let household = Class::free(0.1, vec![high.clone(), low.clone(), high], pseudo.clone()).with_pairs(1.0);
    let strangers = Class::held(0.8, vec![low; 3]);
    Mixture::new(&[3, 3, 3], vec![matches, household, strangers]).unwrap()
}

fn counts(fields: usize, levels: u8) -> impl Strategy<Value = Vec<(Vec<Option<u8>>, f64)>> {
    let level = prop_oneof![8 => (0..levels).prop_map(Some), 1 => Just(None)];
    let pattern = (prop::collection::vec(level, fields), (1u32..5_000).prop_map(f64::from));
    prop::collection::vec(pattern, 1..60)
}

fn as_two_level(patterns: &[(Vec<Option<u8>>, f64)]) -> TwoLevelPatterns {
    let pattern = |row: &Vec<Option<u8>>| row.iter().map(|level| level.map(|level| level == 1)).collect();
    two_level(&patterns.iter().map(|(row, count)| (pattern(row), *count)).collect::<Vec<_>>())
}

fn numbers(fit: &MixtureFit) -> Vec<f64> {
    fit.classes.iter().flat_map(|class| class.levels.iter().flatten().copied().chain([class.share])).collect()
}

fn numbers_of(model: &TwoClass) -> Vec<f64> {
    let fields = model.fields.iter().flat_map(|field| [field.m.get(), field.u.get()]);
    [model.prior.get()].into_iter().chain(fields).collect()
}

#[test]
fn certainties_are_refused() {
    for wrong in [0.0, 1.0, -0.1, 1.1, f64::NAN, f64::INFINITY] {
        for (prior, m, u) in [(wrong, 0.9, 0.1), (0.5, wrong, 0.1), (0.5, 0.9, wrong)] {
            assert_eq!(TwoClass::new(prior, &[m], &[u]).unwrap_err().code(), "out_of_range");
        }
    }
    assert_eq!(TwoClass::new(0.5, &[0.9], &[]).unwrap_err().code(), "bad_shape");
}

#[test]
fn the_weight_of_the_least_likely_is_finite() {
    let least = f64::from_bits(1);
    let field = Field::new(1.0 - f64::EPSILON / 2.0, least).unwrap();
    assert!((field.weight(Some(Agreement::Agree)) - 1074.0).abs() < 1e-9);
    let model = TwoClass { prior: Probability::new("prior", least).unwrap(), fields: vec![field; 3] };
    let score = model.score(&[Some(Agreement::Agree); 3]).unwrap();
    assert!((score.match_weight - 2.0 * 1074.0).abs() < 1e-9 && score.probability == 1.0);
}

#[test]
fn nothing_to_fit_is_refused() {
    let start = TwoClass::new(0.5, &[0.9], &[0.1]).unwrap();
    let none = TwoLevelPatterns::new(1).unwrap();
    assert_eq!(em(&none, &start).unwrap_err().code(), "empty_sample");
    assert_eq!(em_step(&two_level(&[(vec![Some(true)], 0.0)]), &start).unwrap_err().code(), "empty_sample");
    let other = two_level(&[(vec![Some(true), None], 3.0)]);
    assert_eq!(em(&other, &start).unwrap_err().code(), "bad_shape");
    assert_eq!(TwoLevelPatterns::new(0).unwrap_err().code(), "bad_shape");
}

#[test]
fn a_field_missing_everywhere_keeps_its_start() {
    let patterns = two_level(&[(vec![None, Some(true)], 30.0), (vec![None, Some(false)], 70.0)]);
    let start = TwoClass::new(0.5, &[0.7, 0.9], &[0.3, 0.1]).unwrap();
    for model in [em_step(&patterns, &start).unwrap().model, em(&patterns, &start).unwrap().model] {
        assert_eq!(model.fields[0], start.fields[0]);
    }
}

#[test]
fn everything_missing_everywhere_teaches_nothing() {
    let patterns = two_level(&[(vec![None, None], 1e15)]);
    let start = TwoClass::new(0.25, &[0.7, 0.9], &[0.3, 0.1]).unwrap();
    let fit = em(&patterns, &start).unwrap();
    assert!(fit.converged && fit.log_likelihood.abs() < 1.0);
    assert!((fit.model.prior.get() - 0.25).abs() < 1e-12);
}

#[test]
fn a_field_that_always_agrees_stays_short_of_certainty() {
    let patterns = two_level(&[(vec![Some(true), Some(true)], 50.0), (vec![Some(true), Some(false)], 50.0)]);
    let start = TwoClass::new(0.5, &[0.7, 0.9], &[0.3, 0.1]).unwrap();
    let fit = em(&patterns, &start).unwrap();
    assert!(fit.model.fields.iter().all(|field| field.m.get() < 1.0 && field.u.get() < 1.0));
    assert!(fit.model.score(&[Some(Agreement::Differ); 2]).unwrap().match_weight.is_finite());
}

#[test]
fn a_start_without_a_difference_stays_without_one() {
    let patterns = two_level(&[(vec![Some(true), Some(true)], 50.0), (vec![Some(false), Some(true)], 150.0)]);
    let fit = em(&patterns, &TwoClass::new(0.3, &[0.6, 0.6], &[0.6, 0.6]).unwrap()).unwrap();
    assert!(fit.iterations < 10 && (fit.model.prior.get() - 0.3).abs() < 1e-12);
    assert!((fit.model.fields[0].m.get() - 0.25).abs() < 1e-12);
}

#[test]
fn a_slow_fit_still_comes_to_an_end() {
    // One field cannot tell the classes apart: every split with the right mean is as likely.
    let patterns = two_level(&[(vec![Some(true)], 30.0), (vec![Some(false)], 70.0)]);
    let fit = em(&patterns, &TwoClass::new(0.01, &[0.9], &[0.6]).unwrap()).unwrap();
    assert!(fit.converged);
    let model = &fit.model;
    let mean =
        model.prior.get() * model.fields[0].m.get() + (1.0 - model.prior.get()) * model.fields[0].u.get();
    assert!((mean - 0.3).abs() < 1e-9);
}

#[test]
fn classes_that_do_not_fit_are_refused() {
    let class = |levels| Class::free(0.5, levels, PseudoCounts::None);
    let good = || class(vec![vec![0.5, 0.5]]);
    let refused = |fields: &[u8], classes| Mixture::new(fields, classes).unwrap_err().code();
    assert_eq!(refused(&[2], vec![good()]), "bad_shape");
    assert_eq!(refused(&[], vec![class(vec![]), class(vec![])]), "bad_shape");
    assert_eq!(refused(&[1], vec![class(vec![vec![1.0]]), class(vec![vec![1.0]])]), "out_of_range");
    assert_eq!(refused(&[2], vec![good(), class(vec![vec![0.2, 0.3, 0.5]])]), "bad_shape");
    assert_eq!(refused(&[2], vec![good(), class(vec![vec![0.5, 0.4]])]), "out_of_range");
    assert_eq!(refused(&[2], vec![good(), class(vec![vec![f64::NAN, 0.4]])]), "out_of_range");
    assert_eq!(refused(&[2], vec![good(), good(), good()]), "out_of_range");
    assert_eq!(refused(&[2], vec![good(), good().with_pairs(-1.0)]), "out_of_range");
    let each = Class::free(0.5, vec![vec![0.5, 0.5]], PseudoCounts::Each(vec![vec![1.0]]));
    assert_eq!(refused(&[2], vec![good(), each]), "bad_shape");
}

#[test]
fn pseudo_counts_alone_are_the_estimate_where_no_pair_is_seen() {
    let mut patterns = Patterns::new(&[2, 3]).unwrap();
    patterns.push(&[Some(1), None], 10.0).unwrap();
    let levels = vec![vec![0.5, 0.5], vec![0.2, 0.2, 0.6]];
    let pseudo = PseudoCounts::Each(vec![vec![1.0, 1.0], vec![1.0, 1.0, 2.0]]);
    let classes = vec![Class::free(0.5, levels.clone(), pseudo), Class::held(0.5, levels)];
    let fit = Mixture::new(&[2, 3], classes).unwrap().fit(&patterns, Limits::default()).unwrap();
    assert_eq!(fit.classes[0].levels[1], [0.25, 0.25, 0.5]);
}

/// Log-likelihood with log-prior before each of a number of plain steps.
fn heights(problem: &Problem, mut now: Vec<f64>, steps: usize) -> Vec<f64> {
    let mut next = Vec::new();
    let height = |_| {
        let height = problem.step(&now, &mut next).total();
        std::mem::swap(&mut now, &mut next);
        height
    };
    (0..steps).map(height).collect()
}

proptest! {
    // Each fit takes hundreds of steps.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_probability_is_that_of_the_odds(weight in -60.0..60.0f64) {
        let odds = weight.exp2();
        prop_assert!((probability_of(weight) - odds / (1.0 + odds)).abs() < 1e-15);
        prop_assert!((probability_of(weight) + probability_of(-weight) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn a_step_never_leads_down(patterns in counts(3, 3), pairs in 0.0..5.0f64) {
        for pseudo in [PseudoCounts::None, PseudoCounts::Even(pairs), PseudoCounts::LikeStart(pairs)] {
            let mixture = three_classes(&pseudo);
            let problem = mixture.problem(&three_level(&patterns)).unwrap();
            for pair in heights(&problem, mixture.start(&problem), 60).windows(2) {
                prop_assert!(pair[1] >= pair[0] - 1e-9 * pair[0].abs(), "{} after {}", pair[1], pair[0]);
            }
        }
    }

    #[test]
    fn leaps_never_lead_down(patterns in counts(3, 3)) {
        let mixture = three_classes(&PseudoCounts::Even(0.5));
        let patterns = three_level(&patterns);
        let problem = mixture.problem(&patterns).unwrap();
        let before = heights(&problem, mixture.start(&problem), 31)[30];
        let fit = mixture.fit(&patterns, Limits { tolerance: 1e-10, iterations: 3_000 }).unwrap();
        prop_assert!(fit.log_likelihood + fit.log_prior >= before - 1e-9 * before.abs());
    }

    #[test]
    fn the_order_and_splitting_of_patterns_change_nothing(patterns in counts(3, 3), seed in any::<u64>()) {
        let mut shuffled = patterns.clone();
        shuffled.extend(patterns.iter().cloned());
        let doubled: Vec<_> = patterns.iter().map(|(row, count)| (row.clone(), 2.0 * count)).collect();
        let places = shuffled.len() as u64;
        (0..shuffled.len()).for_each(|at| {
            shuffled.swap(at, (seed.wrapping_mul(at as u64 + 1) % places) as usize);
        });
        let mixture = three_classes(&PseudoCounts::LikeStart(1.0));
        let fit = |patterns| mixture.fit(&three_level(patterns), Limits::default()).unwrap();
        prop_assert_eq!(fit(&shuffled), fit(&doubled));
    }

    #[test]
    fn estimates_are_probabilities_whatever_is_counted(patterns in counts(3, 3), scale in 1e-300..1e12f64) {
        let patterns: Vec<_> = patterns.into_iter().map(|(row, count)| (row, count * scale)).collect();
        let fit = three_classes(&PseudoCounts::None).fit(&three_level(&patterns), Limits::default()).unwrap();
        prop_assert!(numbers(&fit).iter().all(|p| *p > 0.0 && *p < 1.0), "{:?}", fit);
        prop_assert!(fit.log_likelihood.is_finite());
        for levels in fit.classes.iter().flat_map(|class| &class.levels) {
            prop_assert!((levels.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        }
    }
}

proptest! {
    // Each fit runs to the last digit.
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn two_levels_and_classes_are_the_textbook_model(patterns in counts(4, 2)) {
        let mut general = Patterns::new(&[2; 4]).unwrap();
        patterns.iter().for_each(|(row, count)| general.push(row, *count).unwrap());
        let levels = |agree: f64| vec![vec![1.0 - agree, agree]; 4];
        let classes = [(0.2, 0.8), (0.8, 0.2)].map(|(share, agree)| Class::free(share, levels(agree), PseudoCounts::None));
        let limits = Limits { tolerance: 1e-13, iterations: 20_000 };
        let fit = Mixture::new(&[2; 4], classes.to_vec()).unwrap().fit(&general, limits).unwrap();
        let textbook = em(&as_two_level(&patterns), &TwoClass::new(0.2, &[0.8; 4], &[0.2; 4]).unwrap()).unwrap();
        prop_assert!((fit.log_likelihood - textbook.log_likelihood).abs() <= 1e-5 * fit.log_likelihood.abs());
    }

    #[test]
    fn a_fit_that_starts_the_wrong_way_round_is_relabelled(patterns in counts(4, 2)) {
        let patterns = as_two_level(&patterns);
        let fit = em(&patterns, &TwoClass::new(0.2, &[0.8; 4], &[0.2; 4]).unwrap()).unwrap();
        let turned = em(&patterns, &TwoClass::new(0.8, &[0.2; 4], &[0.8; 4]).unwrap()).unwrap();
        prop_assert!(fit.model.direction() >= -1e-9 && turned.model.direction() >= -1e-9);
        // Classes that agree alike have no way round.
        prop_assume!(fit.model.direction() > 1e-6);
        for (a, b) in numbers_of(&fit.model).iter().zip(numbers_of(&turned.model)) {
            prop_assert!((a - b).abs() < 1e-6, "{:?} {:?}", fit, turned);
        }
    }
}
