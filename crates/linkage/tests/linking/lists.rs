//! What somebody has said of a pair holds, whatever the rows look like.

use linkage::Options;
use linkage::columns::Kind;
use proptest::prelude::*;

use crate::common::{Table, groups, together};
use crate::persons::{Dice, population, two_files, word};

const NAMES: [Kind; 3] = [Kind::GivenName, Kind::FamilyName, Kind::BirthDate];

fn never(pairs: &[(u32, u32)]) -> Options {
    Options { never: pairs.to_vec(), ..Options::default() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3))]

    #[test]
    fn what_must_not_be_together_is_not_at_any_threshold(seed in 0_u64..1000) {
        let table = population(seed, 150).table;
        let pairs: Vec<_> = table.link().pairs(0.2).map(|pair| pair.rows).take(30).collect();
        let linkage = table.link_by(&never(&pairs));
        for threshold in [0.0, 0.01, 0.5, 0.9] {
            let people = linkage.people(threshold);
            for &(a, b) in &pairs {
                prop_assert_ne!(people.of_row[a as usize], people.of_row[b as usize]);
            }
        }
    }

    #[test]
    fn what_must_be_together_is_at_every_threshold(seed in 0_u64..1000) {
        let table = population(seed, 150).table;
        let mut dice = Dice::new(seed);
        let always: Vec<(u32, u32)> = (0..20).map(|_| (dice.below(150) as u32, dice.below(150) as u32)).collect();
        let linkage = table.link_by(&Options { always: always.clone(), ..Options::default() });
        for threshold in [0.1, 0.5, 1.0] {
            let people = linkage.people(threshold);
            for &(a, b) in &always {
                prop_assert_eq!(people.of_row[a as usize], people.of_row[b as usize]);
            }
        }
    }

    #[test]
    fn one_to_one_gives_each_record_one_counterpart_at_most(seed in 0_u64..1000) {
        let (first, second) = two_files(seed, 120);
        let options = Options { one_to_one: Some(true), ..Options::default() };
        let linkage = first.table.link_with(&second.table, &options);
        let split = first.table.rows.len();
        for threshold in [0.0, 0.1, 0.5] {
            for group in groups(&linkage.people(threshold).of_row) {
                let left = group.iter().filter(|&&row| row < split).count();
                prop_assert!(left <= 1 && group.len() - left <= 1, "{:?}", group);
            }
        }
    }
}

#[test]
fn copies_that_are_two_people_stay_apart_though_a_third_copy_stands_between() {
    let row = ["Jean", "Kerjean", "1970-02-03"];
    let mut table = Table::new(&NAMES).with(&row).with(&row).with(&row).with(&["Ann", "Other", "1980-01-09"]);
    table.push(&row);
    for pair in [(0, 1), (0, 2), (1, 2), (0, 4), (1, 4), (2, 4)] {
        let people = table.link_by(&never(&[pair])).people(0.0);
        assert_ne!(people.of_row[pair.0 as usize], people.of_row[pair.1 as usize], "{pair:?}");
    }
    let all: Vec<(u32, u32)> = [0, 1, 2, 4].iter().flat_map(|&a| [0, 1, 2, 4].map(|b| (a, b))).collect();
    assert_eq!(table.link_by(&never(&all)).people(0.0).count, 5);
}

#[test]
fn a_third_row_like_both_does_not_bring_together_what_must_be_apart() {
    let mut table = population(1, 100).table;
    for given in ["Annick", "Annik", "Anick"] {
        table.push(&[given, "Kerguelen", "1970-02-03", "annick@kerguelen.example", "0612345678", "", "", ""]);
    }
    for pair in [(100, 101), (100, 102), (101, 102)] {
        assert!(together(&table.link(), pair.0, pair.1));
        let people = table.link_by(&never(&[pair])).people(0.0);
        assert_ne!(people.of_row[pair.0 as usize], people.of_row[pair.1 as usize], "{pair:?}");
    }
}

#[test]
fn lists_that_name_rows_there_are_not_are_passed_over() {
    let table =
        Table::new(&NAMES).with(&["Jean", "Kerjean", "1970-02-03"]).with(&["Ann", "Other", "1980-01-09"]);
    let options = Options {
        never: vec![(0, 9), (u32::MAX, 1), (0, 0)],
        always: vec![(7, 1), (1, 1)],
        one_to_one: None,
    };
    assert_eq!(table.link_by(&options).people(0.5).count, 2);
}

#[test]
fn long_lists_take_no_longer_than_long_files() {
    let mut table = Table::new(&NAMES);
    for row in 0..8_000 {
        table.push(&[&word(row / 2), &word(row / 2 + 7_000_000), ""]);
    }
    let always = (1..8_000).map(|row| (row - 1, row)).collect();
    let linkage = table.link_by(&Options { always, ..Options::default() });
    assert_eq!(linkage.people(1.0).count, 1);
    let never: Vec<(u32, u32)> = (0..8_000).map(|row| (row, row ^ 1)).collect();
    let apart = table.link_by(&Options { never, ..Options::default() }).people(0.0);
    assert!((0..4_000).all(|at| apart.of_row[2 * at] != apart.of_row[2 * at + 1]));
}

#[test]
fn rows_of_a_file_that_say_the_same_all_find_their_counterpart() {
    let kinds = [Kind::RowId, Kind::GivenName, Kind::FamilyName, Kind::BirthDate];
    let mut left = Table::new(&kinds);
    let mut right = Table::new(&kinds);
    for (row, cells) in population(2, 200).table.rows.iter().enumerate() {
        let half = if row % 2 == 0 { &mut left } else { &mut right };
        half.push(&[&format!("n{row}"), &cells[0], &cells[1], &cells[2]]);
    }
    let count = left.rows.len() as u32;
    left.push(&["x1", "Jean", "Kerjean", "1970-02-03"]);
    left.push(&["x2", "Jean", "Kerjean", "1970-02-03"]);
    right.push(&["x3", "Jean", "Kerjean", "1970-02-03"]);
    let last = (left.rows.len() + right.rows.len() - 1) as u32;
    let several = Options { one_to_one: Some(false), ..Options::default() };
    let linkage = left.link_with(&right, &several);
    assert!(together(&linkage, count, last) && together(&linkage, count + 1, last));
    let one = left.link_with(&right, &Options { one_to_one: Some(true), ..Options::default() });
    assert_eq!(usize::from(together(&one, count, last)) + usize::from(together(&one, count + 1, last)), 1);
}
