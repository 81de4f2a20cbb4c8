//! The index finds what linkage finds, and keeps up with what is added and taken out.

use linkage::columns::Kind;
use linkage::{Column, Error, Found, Index, Options};

use crate::common::{Table, explain};
use crate::persons::{KINDS, population, word};

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
fn a_number_typed_into_the_second_column_finds_who_has_it_in_the_first() {
    let mut table =
        Table::new(&[Kind::GivenName, Kind::FamilyName, Kind::Phone, Kind::Phone, Kind::Email, Kind::Email]);
    for row in 0..300 {
        let (given, family) = (word(row * 31 + 5), word(row * 17 + 9));
        let phone = |at: usize| format!("06{:08}", (row * 2 + at + 1) * 7_654_321 % 100_000_000);
        let email = |at: usize| format!("{}@{}.example", word(row * 7_919 + at), word(at));
        table.push(&[&given, &family, &phone(0), &phone(1), &email(0), &email(1)]);
    }
    let mut index = index(&table);
    for (from, to) in [(2, 3), (3, 2), (3, 3), (4, 5), (5, 4), (5, 5)] {
        for row in [7, 150, 299] {
            let mut typed = vec![""; 6];
            typed[to] = table.row(row)[from];
            let found = index.search(&[typed], 0.0, 10);
            assert!(found[0].iter().any(|found| found.row == row as u32), "{from} {to} {row}");
        }
    }
}

#[test]
fn a_row_taken_out_and_added_again_ten_thousand_times_is_found() {
    let mut table = population(40, 20).table;
    // All who remain share the number, so that it is the same key that fills and empties.
    table.rows.iter_mut().for_each(|row| row[4] = "0298112233".into());
    let mut index = index(&table);
    let row = ["Annick", "Kerguelen", "1970-02-03", "", "0298112233", "", "29200", "Brest"];
    let mut last = 0;
    for time in 0..10_000 {
        let added = index.add(&[row.to_vec()], 2.0, 0).len() as u32;
        last = 20 + time;
        assert_eq!(added, 1);
        if time < 9_999 {
            assert!(index.remove(last));
        }
    }
    for row in 0..20 {
        assert!(index.remove(row));
    }
    assert_eq!(index.len(), 1);
    let found = index.search(&[row.to_vec(), vec!["", "", "", "", "0298112233"]], 0.0, 10);
    assert!(found.iter().all(|found| found.iter().map(|found| found.row).eq([last])), "{found:?}");
}

#[test]
fn rows_taken_out_do_not_hide_those_that_share_their_key() {
    let mut table = Table::new(&[Kind::GivenName, Kind::FamilyName, Kind::Phone]);
    for row in 0..5_000 {
        table.push(&[&word(row * 31 + 5), &word(row * 17 + 9), "0298112233"]);
    }
    let mut index = index(&table);
    for row in (0..5_000).filter(|row| row % 1_000 != 7) {
        assert!(index.remove(row));
    }
    let found = index.search(&[vec!["", "", "0298112233"]], 0.0, 10);
    let rows: Vec<u32> = found[0].iter().map(|found| found.row).collect();
    assert_eq!(rows, [7, 1_007, 2_007, 3_007, 4_007]);
}

#[test]
fn a_family_name_that_was_only_known_as_a_given_name_is_as_rare_as_can_be() {
    let mut table = population(41, 300).table;
    table.rows[0][0] = "Florent".into();
    let mut index = index(&table);
    let row = |family: &'static str| ["Zoé", family, "", "", "", "", "", ""];
    index.add(&[row("Florent").to_vec(), row("Zzyzx").to_vec()], 2.0, 0);
    let found = index.search(&[row("Florent").to_vec(), row("Zzyzx").to_vec()], 0.0, 1);
    let [florent, zzyzx] = [0, 1].map(|at: usize| (found[at][0].row, found[at][0].probability));
    assert_eq!((florent.0, zzyzx.0), (300, 301));
    assert!((florent.1 - zzyzx.1).abs() < 1e-9, "{florent:?} {zzyzx:?}");
}

/// A population with a customer number for each row, no two alike.
fn numbered(seed: u64, rows: usize) -> Table {
    let mut table = population(seed, rows).table;
    table.columns.push(Column::new("customer", Kind::Identifier));
    for (at, row) in table.rows.iter_mut().enumerate() {
        row.push(format!("C{:06}", 100_000 + at * 37));
    }
    table
}

#[test]
fn a_customer_number_that_only_the_new_row_repeats_counts() {
    let table = numbered(42, 300);
    let mut index = index(&table);
    for row in [5, 120, 299] {
        let old = table.row(row);
        // Moved, and with another e-mail and phone: the name alone is not enough.
        let mut new = vec![old[0], old[1], "", "", "", "", "", "", old[8]];
        let found = index.search(&[new.clone()], 0.0, 10);
        let best = found[0].first().copied();
        assert!(best.is_some_and(|best| best.row == row as u32 && best.probability > 0.95), "{best:?}");
        new[8] = "";
        let without =
            index.search(&[new.clone()], 0.0, 300)[0].iter().find(|it| it.row == row as u32).copied();
        new[8] = "X999999";
        let other = index.search(&[new], 0.0, 300)[0].iter().find(|it| it.row == row as u32).copied();
        let of = |found: Option<Found>| found.map_or(0.0, |found| found.probability);
        assert!(of(best) > of(without) && of(without) > of(other), "{best:?} {without:?} {other:?}");
    }
}

#[test]
fn a_customer_number_given_twice_by_chance_makes_nobody_one() {
    let table = numbered(43, 300);
    let mut index = index(&table);
    let new = [
        "Zénobie",
        "Quémeneur",
        "1931-11-30",
        "zq@zq.example",
        "0755555555",
        "9 quai Noir",
        "13001",
        "Marseille",
        table.rows[9][8].as_str(),
    ];
    let found = index.search(&[new.to_vec()], 0.0, 10);
    let same = found[0].iter().find(|found| found.row == 9);
    assert!(same.is_some_and(|found| found.probability < 0.1), "{same:?}");
}

#[test]
fn numbers_that_no_two_rows_share_change_nothing_between_the_rows_themselves() {
    let (with, without) = (numbered(48, 300).link(), population(48, 300).table.link());
    assert_eq!(with.fields(), without.fields());
    assert_eq!(with.people(0.5), without.people(0.5));
}

#[test]
fn an_index_of_one_column_of_numbers_finds_them_even_if_it_began_empty() {
    let mut index = index(&Table::new(&[Kind::Identifier]));
    index.add(&[vec!["C000123"], vec!["C000456"]], 2.0, 0);
    let found = index.search(&[vec!["c 000456"]], 0.5, 10);
    assert_eq!(found[0].iter().map(|found| found.row).collect::<Vec<u32>>(), [1]);
    let mut table = Table::new(&[Kind::Identifier]);
    (0..500).for_each(|row| table.push(&[&format!("C{:06}", row * 37)]));
    let found = self::index(&table).search(&[vec!["C000370"]], 0.3, 10);
    assert_eq!(found[0].iter().map(|found| found.row).collect::<Vec<u32>>(), [10]);
}

#[test]
fn columns_that_are_not_those_of_the_records_are_refused() {
    let table = population(31, 40).table;
    let refused = |columns: &[Column]| Index::new(table.link(), columns).err();
    assert!(matches!(refused(&[Column::new("x", Kind::Email)]), Some(Error::BadShape { .. })));
    assert!(matches!(refused(&[]), Some(Error::BadShape { .. })));
    let two = table.link_with(&table, &Options::default());
    assert!(matches!(Index::new(two, &table.columns).err(), Some(Error::BadShape { .. })));
}
