//! Rules that hold for any rows.

use linkage::Alternative;
use linkage::Options;
use linkage::evaluate::evaluate;
use proptest::prelude::*;

use crate::common::{Table, explain, known, refines};
use crate::persons::{Dice, KINDS, population};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3))]

    #[test]
    fn an_exact_copy_of_a_row_joins_its_twin(seed in 0_u64..1000) {
        let mut table = population(seed, 120).table;
        let copied = Dice::new(seed).below(table.rows.len());
        table.rows.push(table.rows[copied].clone());
        let people = table.link().people(1.0);
        prop_assert_eq!(people.of_row[copied], people.of_row[table.rows.len() - 1]);
    }

    #[test]
    fn what_two_rows_are_to_each_other_is_the_same_from_both_sides(seed in 0_u64..1000) {
        let linkage = population(seed, 120).table.link();
        let mut dice = Dice::new(seed);
        for _ in 0..200 {
            let (a, b) = (dice.below(120) as u32, dice.below(120) as u32);
            let (one, mut other) = (explain(&linkage, a, b), explain(&linkage, b, a));
            for finding in &mut other.findings {
                std::mem::swap(&mut finding.left, &mut finding.right);
            }
            prop_assert_eq!(one, other);
        }
    }

    #[test]
    fn a_higher_threshold_only_splits(seed in 0_u64..1000) {
        let linkage = population(seed, 150).table.link();
        let thresholds = [0.0, 0.05, 0.3, 0.5, 0.8, 0.95, 0.999, 1.0];
        for pair in thresholds.windows(2) {
            let (low, high) = (linkage.people(pair[0]), linkage.people(pair[1]));
            prop_assert!(refines(&high.of_row, &low.of_row));
            prop_assert!(high.count >= low.count);
        }
    }

    #[test]
    fn truth_against_itself_is_perfect(truth in proptest::collection::vec(0_u32..9, 2..60)) {
        let found = evaluate(&known(&truth), &truth).unwrap();
        prop_assert_eq!(found.b3.f1, 1.0);
        prop_assert!(found.pairwise.f1.is_none_or(|f1| f1 == 1.0));
    }

    #[test]
    fn the_parts_of_an_explanation_add_up(seed in 0_u64..1000) {
        let linkage = population(seed, 120).table.link();
        let mut dice = Dice::new(seed);
        let found: Vec<(u32, u32)> = linkage.pairs(0.0).map(|pair| pair.rows).take(100).collect();
        let random = (0..100).map(|_| (dice.below(120) as u32, dice.below(120) as u32));
        for (a, b) in found.into_iter().chain(random) {
            let it = explain(&linkage, a, b);
            let sum = it.before + it.findings.iter().map(|finding| finding.bits).sum::<f64>() + it.family + it.rivals;
            prop_assert!((sum - it.weight).abs() < 1e-6, "{} {}", sum, it.weight);
            prop_assert!((it.probability - 1.0 / (1.0 + (-it.weight).exp2())).abs() < 1e-9);
            prop_assert!(it.probability + it.household + it.kin + it.namesake <= 1.0 + 1e-9);
        }
    }
}

#[test]
fn what_two_rows_may_be_never_adds_up_to_more_than_one_where_others_compete() {
    let people = population(8, 150).table;
    let options = Options { one_to_one: Some(true), ..Options::default() };
    let linkage = people.link_with(&people, &options);
    let mut competing = 0;
    for pair in linkage.pairs(0.0).take(400) {
        let it = explain(&linkage, pair.rows.0, pair.rows.1);
        competing += usize::from(it.rivals < -0.1);
        let kinds = [it.probability, it.household, it.kin, it.namesake];
        assert!(kinds.iter().sum::<f64>() <= 1.0 + 1e-9, "{kinds:?}");
    }
    assert!(competing > 0);
}

#[test]
fn a_pair_has_the_same_probability_in_the_list_and_in_its_explanation() {
    let linkage = population(5, 200).table.link();
    for pair in linkage.pairs(0.0) {
        assert!((explain(&linkage, pair.rows.0, pair.rows.1).probability - pair.probability).abs() < 1e-12);
    }
}

#[test]
fn pairs_come_the_likeliest_first_down_to_the_least_asked_for() {
    let linkage = population(6, 200).table.link();
    let pairs: Vec<_> = linkage.pairs(0.2).collect();
    assert!(pairs.is_sorted_by(|a, b| a.probability >= b.probability));
    assert!(pairs.iter().all(|pair| pair.probability >= 0.2 && pair.rows.0 < pair.rows.1));
}

#[test]
fn there_is_no_explanation_of_a_row_that_is_not_there() {
    let linkage = population(5, 50).table.link();
    assert_eq!(linkage.explain(0, 50), None);
    assert_eq!(linkage.explain(u32::MAX, 0), None);
}

#[test]
fn strangers_are_called_strangers() {
    let linkage = population(8, 200).table.link();
    let strangers = (1..100).filter(|&row| explain(&linkage, 0, row).alternative == Alternative::Strangers);
    assert!(strangers.count() > 90);
}

#[test]
fn of_a_row_there_is_not_no_bits_are_told() {
    let empty = Table::new(&KINDS).link();
    assert_eq!(empty.bits(0, 1), None);
    let linkage = population(66, 40).table.link();
    assert_eq!(linkage.bits(0, 40), None);
    assert!(linkage.bits(0, 39).is_some_and(|bits| bits.len() == linkage.fields().len()));
}
