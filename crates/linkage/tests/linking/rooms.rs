//! Each step can be taken by itself.

use std::collections::BTreeSet;

use linkage::block::Candidates;
use linkage::cluster::{Groups, Link, weigh};
use linkage::columns::Kind;
use linkage::compare::Comparator;
use linkage::estimate::Weights;
use linkage::observe::Observed;
use linkage::{CheckedModel, Error};
use proptest::prelude::*;

use crate::common::{Table, groups, refines};
use crate::persons::population;

#[test]
fn the_steps_one_by_one_are_the_whole_way() {
    let table = population(11, 400).table;
    let linkage = table.link();

    let comparator = Comparator::new(table.records(8192));
    let candidates = Candidates::of(comparator.records());
    let observed = Observed::of(&comparator, &candidates).unwrap();
    let weights = Weights::learnt(&comparator, &observed);
    assert_eq!(weights.model(&comparator), linkage.model());

    let scorer = weights.scorer();
    let mut links: Vec<Link> = observed
        .pairs()
        .map(|(a, b, pattern)| Link { a, b, weight: scorer.score(pattern).weight })
        .filter(|link| link.weight >= 0.0)
        .collect();
    links.sort_by(|x, y| y.weight.total_cmp(&x.weight).then((x.a, x.b).cmp(&(y.a, y.b))));
    let units = comparator.records().units() as u32;
    let mut people = Groups::new(units, weigh(&comparator, &scorer));
    let taken = links.iter().filter(|link| people.join(**link)).count();
    assert!(taken > 20, "{taken}");

    // Copies of one row are one unit, so that the groups of units are those of rows.
    let unit_of_row = comparator.records().unit_of_row();
    let of_unit = people.of();
    let of_row: Vec<u32> = unit_of_row.iter().map(|unit| of_unit[*unit as usize]).collect();
    assert!(refines(&linkage.people(0.5).of_row, &of_row));
    let alone: BTreeSet<u32> = of_row.iter().copied().collect();
    assert_eq!(alone.len(), groups(&linkage.people(0.5).of_row).len());
}

#[test]
fn candidates_are_each_pair_once() {
    let comparator = Comparator::new(population(12, 300).table.records(8192));
    let candidates = Candidates::of(comparator.records());
    let pairs: Vec<(u32, u32)> = candidates.pairs().collect();
    let distinct: BTreeSet<(u32, u32)> = pairs.iter().map(|(a, b)| (*a.min(b), *a.max(b))).collect();
    let units = comparator.records().units();
    assert_eq!(pairs.len(), distinct.len());
    assert_eq!(pairs.len(), units * (units - 1) / 2);
    let observed = Observed::of(&comparator, &candidates).unwrap();
    let seen: BTreeSet<(u32, u32)> = observed.pairs().map(|(a, b, _)| (a.min(b), a.max(b))).collect();
    assert_eq!(seen, distinct);
}

#[test]
fn many_records_are_blocked_by_keys_and_every_candidate_is_compared_once() {
    let comparator = Comparator::new(population(13, 2_600).table.records(8192));
    let candidates = Candidates::of(comparator.records());
    assert!(candidates.keys().count() > 1);
    assert!(candidates.keys().all(|key| !key.is_empty()));
    let mut pairs: Vec<(u32, u32)> = candidates.pairs().map(|(a, b)| (a.min(b), a.max(b))).collect();
    pairs.sort_unstable();
    assert!(pairs.windows(2).all(|two| two[0] != two[1]));
    let observed = Observed::of(&comparator, &candidates).unwrap();
    let mut seen: Vec<(u32, u32)> = observed.pairs().map(|(a, b, _)| (a.min(b), a.max(b))).collect();
    seen.sort_unstable();
    assert_eq!(seen, pairs);
}

#[test]
fn a_model_gives_the_weights_it_was_made_of() {
    let comparator = Comparator::new(population(14, 300).table.records(8192));
    let observed = Observed::of(&comparator, &Candidates::of(comparator.records())).unwrap();
    let weights = Weights::learnt(&comparator, &observed);
    let model = CheckedModel::try_from(weights.model(&comparator)).unwrap();
    let (before, after) = (weights.scorer(), Weights::of_model(&comparator, &model).scorer());
    for (_, _, pattern) in observed.pairs() {
        let (one, other) = (before.score(pattern).weight, after.score(pattern).weight);
        assert!((one - other).abs() < 1e-6, "{one} {other}");
    }
}

#[test]
fn what_there_is_not_is_refused_or_passed_over() {
    let comparator = Comparator::new(population(15, 50).table.records(8192));
    let units = comparator.records().units();
    assert!(comparator.compare(0, units).is_none());
    assert_eq!(comparator.levels(99).count(), 0);
    assert!(comparator.records().rows_of(units).is_empty());
    assert!(comparator.records().rows_of(usize::MAX).is_empty());
    let of_others = Candidates::of(&population(16, 60).table.records(8192));
    assert!(matches!(Observed::of(&comparator, &of_others), Err(Error::BadShape { .. })));
    let mut groups = Groups::new(2, |_, _| 5.0);
    assert!(!groups.join(Link { a: 0, b: 2, weight: 9.0 }));
    assert!(!groups.join(Link { a: 0, b: 1, weight: f64::NAN }));
    groups.force(7, 0);
    assert_eq!(groups.of(), [0, 1]);
    let scorer = Weights::expected(&comparator).scorer();
    let mut more = Groups::new(units as u32 + 2, weigh(&comparator, &scorer));
    let far = units as u32;
    assert!(more.join(Link { a: far, b: far + 1, weight: 1.0 }));
    assert!(!more.join(Link { a: 0, b: far, weight: 9.0 }));
}

#[test]
fn weights_of_other_records_are_wrong_there_and_break_nothing() {
    let table = Table::new(&[Kind::Email]).with(&["jean@example.org"]).with(&["anne@example.org"]);
    let weights = Weights::expected(&Comparator::new(table.records(8192)));
    let others = Comparator::new(population(18, 30).table.records(8192));
    assert_eq!(weights.model(&others).fields.len(), 1);
    let scorer = weights.scorer();
    assert!(others.compare(0, 1).is_some_and(|pattern| scorer.score(&pattern).weight.is_finite()));
    let other_scorer = Weights::expected(&others).scorer();
    let silent = Comparator::new(Table::new(&[]).with(&[]).records(8192)).compare(0, 0).unwrap();
    assert_eq!(other_scorer.score(&silent), other_scorer.score(&silent));
    assert!(other_scorer.score(&silent).weight < 0.0, "what is not compared does not agree");
}

#[test]
fn nothing_shown_of_records_in_a_log_is_what_they_say() {
    let table = population(17, 40).table;
    let (linkage, name) = (table.link(), table.rows[0][0].clone());
    let comparator = linkage.comparator();
    for shown in [format!("{linkage:?}"), format!("{comparator:?}"), format!("{:?}", linkage.records())] {
        assert!(!shown.to_lowercase().contains(&name.to_lowercase()), "{shown}");
    }
}

proptest! {
    #[test]
    fn lists_hold_whatever_links_weigh(
        links in prop::collection::vec((0_u32..12, 0_u32..12, -5.0_f64..20.0), 0..60),
        never in prop::collection::vec((0_u32..12, 0_u32..12), 0..6),
    ) {
        let never: Vec<(u32, u32)> = never.into_iter().filter(|(a, b)| a != b).collect();
        let mut groups = Groups::new(12, |_, _| 3.0);
        groups.forbid(&never);
        for (a, b, weight) in links {
            groups.join(Link { a, b, weight });
        }
        let of = groups.of();
        for (a, b) in never {
            prop_assert_ne!(of[a as usize], of[b as usize]);
        }
    }
}
