//! Kano's categories.

use measures::Confidence;
use measures::kano::{self, Category, Feeling};
use proptest::prelude::*;
use proptest::sample::Index;

const P95: Confidence = Confidence::P95;

fn pairs() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0..5_usize, 0..5_usize), 0..60)
}

fn kano(pairs: &[(usize, usize)]) -> kano::Accumulator {
    let mut all = kano::Accumulator::new();
    pairs.iter().for_each(|(with, without)| all.push(Feeling::ALL[*with], Feeling::ALL[*without]).unwrap());
    all
}

proptest! {
    #[test]
    fn kano_merges_in_any_order_and_keeps_its_bounds(all in pairs(), cut in any::<Index>()) {
        let (left, right) = all.split_at(if all.is_empty() { 0 } else { cut.index(all.len()) });
        let mut merged = kano(right);
        merged.merge(&kano(left)).unwrap();
        let summary = kano(&all).summary(P95);
        prop_assert_eq!(merged.summary(P95), summary);
        let counted: u64 = Category::ALL.iter().map(|category| summary.counts.of(*category)).sum();
        prop_assert_eq!(counted, all.len() as u64);
        prop_assert_eq!(summary.category.is_none(), all.is_empty());
        if let (Some(better), Some(worse)) = (summary.better, summary.worse) {
            prop_assert!((0.0..=1.0).contains(&better) && (-1.0..=0.0).contains(&worse));
            prop_assert!(summary.better_ci_wilson.unwrap().low <= better + 1e-12);
            prop_assert!(summary.worse_ci_wilson.unwrap().high >= worse - 1e-12);
        }
        if let Some(category) = summary.category {
            let most = summary.counts.of(category);
            prop_assert!(Category::ALL.iter().all(|other| summary.counts.of(*other) <= most));
            prop_assert!((0.0..=1.0).contains(&summary.category_strength.unwrap()));
            prop_assert!((0.0..=1.0).contains(&summary.total_strength.unwrap()));
        }
    }
}
