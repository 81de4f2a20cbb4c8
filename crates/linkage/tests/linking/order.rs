//! What rows stand where, and how they came in, changes nothing.

use std::sync::atomic::{AtomicBool, Ordering};

use linkage::columns::Kind;
use linkage::{Column, Linkage, Options, Progress, Stage};
use proptest::prelude::*;

use crate::common::{Table, groups};
use crate::persons::{Dice, population, two_files};

/// Groups in terms of the rows before they were reordered.
fn back(of_row: &[u32], order: &[usize]) -> Vec<Vec<usize>> {
    let mut people = vec![0; of_row.len()];
    for (at, &row) in order.iter().enumerate() {
        people[row] = of_row[at];
    }
    groups(&people)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3))]

    #[test]
    fn the_order_of_rows_changes_no_group(seed in 0_u64..1000) {
        let table = population(seed, 150).table;
        let order = Dice::new(seed + 1).order(table.rows.len());
        let (one, other) = (table.link(), table.reordered(&order).link());
        for threshold in [0.1, 0.5, 0.99] {
            let people = other.people(threshold);
            prop_assert_eq!(groups(&one.people(threshold).of_row), back(&people.of_row, &order));
        }
    }

    #[test]
    fn the_order_of_rows_in_two_files_changes_no_group(seed in 0_u64..1000) {
        let (first, second) = two_files(seed, 120);
        let (left, right) = (first.table, second.table);
        let mut dice = Dice::new(seed + 1);
        let (order_left, order_right) = (dice.order(left.rows.len()), dice.order(right.rows.len()));
        let one = left.link_with(&right, &Options::default());
        let other = left.reordered(&order_left).link_with(&right.reordered(&order_right), &Options::default());
        let order: Vec<usize> =
            order_left.iter().copied().chain(order_right.iter().map(|row| row + left.rows.len())).collect();
        prop_assert_eq!(groups(&one.people(0.5).of_row), back(&other.people(0.5).of_row, &order));
    }
}

#[test]
fn rows_in_chunks_of_any_size_give_the_same_to_the_digit() {
    let table = population(7, 300).table;
    let of = |chunk: usize| {
        let linkage = Linkage::new(table.records(chunk), &Options::default(), None, &|_| ());
        let pairs: Vec<_> = linkage.pairs(0.0).map(|pair| (pair.rows, pair.probability.to_bits())).collect();
        (pairs, linkage.people(0.5), linkage.model(), linkage.report().clone())
    };
    let expected = of(8192);
    for chunk in [1, 7, 8192] {
        assert_eq!(of(chunk), expected, "{chunk}");
    }
}

#[test]
fn two_files_in_which_records_compete_give_the_same_to_the_digit_each_time() {
    let (mut first, mut second) = two_files(3, 1_480);
    for people in [&mut first, &mut second] {
        people.table.columns[3..].iter_mut().for_each(|column| column.guess.kind = Kind::Ignored);
    }
    let options = Options { one_to_one: Some(true), ..Options::default() };
    let of = || {
        let linkage = first.table.link_with(&second.table, &options);
        linkage.pairs(0.0).map(|pair| (pair.rows, pair.probability.to_bits())).collect::<Vec<_>>()
    };
    assert_eq!(of(), of());
}

#[test]
fn a_truth_column_and_other_ignored_ones_change_nothing() {
    let people = population(11, 250);
    let mut told = people.table.clone();
    told.columns.push(Column::new("truth", Kind::Ignored));
    told.columns.insert(0, Column::new("comment", Kind::Ignored));
    for (row, (cells, truth)) in told.rows.iter_mut().zip(&people.truth).enumerate() {
        cells.push(truth.to_string());
        cells.insert(0, format!("row {row}"));
    }
    let (without, with) = (people.table.link(), told.link());
    assert_eq!(without.people(0.5), with.people(0.5));
    assert!(without.pairs(0.0).eq(with.pairs(0.0)));
    assert_eq!(without.model(), with.model());
}

#[test]
fn the_number_of_a_row_is_no_evidence() {
    let table = population(12, 250).table;
    let mut numbered = table.clone();
    numbered.columns.push(Column::new("id", Kind::RowId));
    for (row, cells) in numbered.rows.iter_mut().enumerate() {
        cells.push(row.to_string());
    }
    let likely = |linkage: &Linkage| linkage.pairs(0.0).map(|pair| pair.probability).collect::<Vec<_>>();
    assert_eq!(likely(&table.link()), likely(&numbered.link()));
    let kinds = Table::new(&[Kind::RowId]);
    let linkage = (0..20).fold(kinds, |table, row| table.with(&[&row.to_string()])).link();
    assert_eq!(linkage.people(0.5).count, 20);
}

#[test]
fn when_the_other_thread_stumbles_no_half_result_is_given() {
    // Enough for several keys, so that there is a task for each thread.
    let table = population(47, 2_400).table;
    let records = table.records(8192);
    let (caller, fallen) = (std::thread::current().id(), AtomicBool::new(false));
    let tell = |progress: Progress| {
        if progress.stage != Stage::Compare {
            return;
        }
        if std::thread::current().id() != caller {
            fallen.store(true, Ordering::SeqCst);
            panic!("the other thread stumbles");
        }
        // There is a task for the other thread too: this one waits until it was taken.
        let since = std::time::Instant::now();
        while !fallen.load(Ordering::SeqCst) && since.elapsed().as_secs() < 60 {
            std::thread::yield_now();
        }
    };
    let link = || Linkage::new(records, &Options::default(), None, &tell);
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(link));
    assert!(fallen.load(Ordering::SeqCst), "the other thread never had a task");
    assert!(outcome.is_err());
}
