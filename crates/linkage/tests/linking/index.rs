//! The index finds what linkage finds, and keeps up with what is added and taken out.

use linkage::columns::Kind;
use linkage::{Error, Found, Index, Options};

use crate::common::{Table, column, explain};
use crate::persons::{KINDS, population};

fn index(table: &Table) -> Index {
    Index::new(table.link(), &table.columns).unwrap()
}

fn cells(table: &Table) -> Vec<Vec<&str>> {
    (0..table.rows.len()).map(|row| table.row(row)).collect()
}

#[test]
fn a_search_finds_what_linkage_finds() {
    let table = population(31, 300).table;
    let linkage = table.link();
    let mut index = index(&table);
    for pair in linkage.pairs(0.5) {
        let found = index.search(&[table.row(pair.rows.0 as usize)], 0.4, 50);
        let hit = found[0].iter().find(|found| found.row == pair.rows.1).copied();
        let hit = hit.unwrap_or_else(|| panic!("{pair:?} {:?}", explain(&linkage, pair.rows.0, pair.rows.1)));
        assert!((hit.probability - pair.probability).abs() < 1e-9);
    }
}

#[test]
fn each_row_finds_itself() {
    let table = population(32, 300).table;
    let mut index = index(&table);
    let found = index.search(&cells(&table), 0.5, 100);
    let missing: Vec<usize> =
        (0..300).filter(|&row| !found[row].iter().any(|found| found.row == row as u32)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_likeliest_come_first_and_no_more_than_asked_for() {
    let table = population(33, 300).table;
    let mut index = index(&table);
    for found in index.search(&cells(&table), 0.001, 3) {
        assert!(found.len() <= 3);
        assert!(found.is_sorted_by(|a, b| a.probability >= b.probability));
        assert!(found.iter().all(|found| (0.001..=1.0).contains(&found.probability)));
    }
}

#[test]
fn a_search_changes_nothing() {
    let table = population(34, 300).table;
    let mut index = index(&table);
    let rows = cells(&table);
    let other = population(35, 100).table;
    let before = (index.len(), index.search(&rows, 0.1, 10));
    index.search(&cells(&other), 0.1, 10);
    index.search(&[vec![], vec!["only one"], vec!["too"; 40]], 0.1, 10);
    assert_eq!((index.len(), index.search(&rows, 0.1, 10)), before);
}

#[test]
fn what_was_added_is_found_and_what_was_taken_out_is_not() {
    let table = population(36, 200).table;
    let more = population(37, 50).table;
    let mut index = index(&table);
    index.add(&cells(&more), 0.5, 10);
    assert_eq!(index.len(), 250);
    let found = index.search(&cells(&more), 0.5, 100);
    for (row, found) in found.iter().enumerate() {
        let number = 200 + row as u32;
        assert!(found.iter().any(|found| found.row == number), "{row}");
    }
    assert!(index.remove(210) && index.remove(3));
    assert!(!index.remove(210) && !index.remove(3) && !index.remove(250));
    assert_eq!(index.len(), 248);
    let again = index.search(&[more.row(10), table.row(3)], 0.0, 1_000);
    assert!(again.iter().flatten().all(|found| found.row != 210 && found.row != 3));
}

#[test]
fn rows_added_one_by_one_find_what_they_find_together() {
    let table = population(38, 200).table;
    let more = population(39, 60).table;
    let (mut together, mut alone) = (index(&table), index(&table));
    let rows = cells(&more);
    let found: Vec<Vec<Found>> =
        rows.iter().flat_map(|row| alone.add(std::slice::from_ref(row), 0.2, 10)).collect();
    assert_eq!(together.add(&rows, 0.2, 10), found);
    assert_eq!(together.search(&rows, 0.2, 10), alone.search(&rows, 0.2, 10));
}

#[test]
fn an_index_that_begins_empty_finds_what_is_added() {
    let mut index = index(&Table::new(&KINDS));
    assert!(index.is_empty());
    let row = [
        "Annick",
        "Kerguelen",
        "1970-02-03",
        "ak@kerguelen.example",
        "0612345678",
        "3 rue Verte",
        "29200",
        "Brest",
    ];
    assert_eq!(index.search(&[row.to_vec()], 0.0, 10), [vec![]]);
    assert_eq!(index.add(&[row.to_vec(), row.to_vec()], 0.5, 10)[1].len(), 1);
    assert_eq!(index.search(&[row.to_vec()], 0.5, 10)[0].len(), 2);
}

#[test]
fn rows_without_names_are_found_by_what_they_have() {
    for kind in [Kind::Text, Kind::Street, Kind::Email, Kind::Phone, Kind::Identifier] {
        let mut table = Table::new(&[Kind::BirthDate, kind]);
        for row in 0..40 {
            let date = format!("19{:02}-03-{:02}", 40 + row, 1 + row % 28);
            let other = match kind {
                Kind::Email => format!("p{row}x{}@example.org", row * 7919),
                Kind::Phone => format!("06{:08}", row * 7_654_321 % 100_000_000),
                Kind::Identifier => format!("N{:07}", row * 7_919),
                _ => format!("{} chemin numero{} bis", row, row * 31),
            };
            table.push(&[&date, &other]);
        }
        let mut index = index(&table);
        let found = index.search(&cells(&table), 0.01, 10);
        assert!((0..40).all(|row| found[row].first().is_some_and(|found| found.row == row as u32)), "{kind}");
    }
}

#[test]
fn columns_that_are_not_those_of_the_records_are_refused() {
    let table = population(31, 40).table;
    let refused = |columns: &[linkage::Column]| Index::new(table.link(), columns).err();
    assert!(matches!(refused(&[column("x", Kind::Email)]), Some(Error::BadShape { .. })));
    assert!(matches!(refused(&[]), Some(Error::BadShape { .. })));
    let two = table.link_with(&table, &Options::default());
    assert!(matches!(Index::new(two, &table.columns).err(), Some(Error::BadShape { .. })));
}
