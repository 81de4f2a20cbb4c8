use std::collections::HashMap;

use super::evidence::{Evidence, stands};
use super::record::Record;
use super::{COLUMNS, People};

const ROWS: usize = 20_000;

fn file(rows: usize, seed: u64, duplicates: f64) -> Vec<u8> {
    let mut out = Vec::new();
    People { rows, seed, duplicates }.write(&mut out).unwrap();
    out
}

fn rows(file: &[u8]) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file);
    reader.records().map(Result::unwrap).collect()
}

fn persons(rows: &[csv::StringRecord]) -> Vec<Vec<Record>> {
    let mut persons: HashMap<&str, Vec<Record>> = HashMap::new();
    for row in rows {
        let field = |at: usize| row[at].to_owned();
        let record = Record {
            title: field(1),
            given: field(2),
            family: field(3),
            birth: field(4),
            email: field(5),
            phone: field(6),
            address: field(7),
            code: field(8),
            city: field(9),
            card: field(10),
        };
        persons.entry(&row[11]).or_default().push(record);
    }
    persons.into_values().collect()
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    assert_eq!(file(2_000, 7, 0.2), file(2_000, 7, 0.2));
    assert_ne!(file(2_000, 7, 0.2), file(2_000, 8, 0.2));
}

#[test]
fn every_row_has_every_column_and_a_number_of_its_own() {
    let made = file(ROWS, 1, 0.2);
    let rows = rows(&made);
    assert_eq!(rows.len(), ROWS);
    for (at, row) in rows.iter().enumerate() {
        assert_eq!(row.len(), COLUMNS.len() + 2);
        assert_eq!(row[0].parse(), Ok(at + 1));
        assert!(row[11].parse::<usize>().is_ok());
    }
}

#[test]
fn as_many_rows_repeat_a_person_as_asked() {
    for asked in [0.0, 0.2, 0.4] {
        let persons = persons(&rows(&file(ROWS, 1, asked)));
        let repeated = 1.0 - persons.len() as f64 / ROWS as f64;
        assert!((repeated - asked).abs() < 0.015, "{repeated} for {asked}");
        let twice = persons.iter().filter(|rows| rows.len() == 2).count() as f64;
        let more = persons.iter().filter(|rows| rows.len() > 1).count() as f64;
        assert!(asked == 0.0 || (0.70..0.80).contains(&(twice / more)), "{twice} of {more}");
        assert!(persons.iter().all(|rows| rows.len() <= 5));
    }
}

#[test]
fn rows_of_a_person_are_not_beside_each_other() {
    let rows = rows(&file(ROWS, 1, 0.2));
    let beside = rows.windows(2).filter(|pair| pair[0][11] == pair[1][11]).count();
    assert!(beside < 10, "{beside}");
}

#[test]
fn rows_of_a_person_have_enough_in_common() {
    for rows in persons(&rows(&file(ROWS, 3, 0.3))) {
        assert!(rows.iter().all(stands), "{rows:?}");
        for (at, row) in rows.iter().enumerate() {
            for other in &rows[..at] {
                assert!(Evidence::between(row, other).is_enough(), "{row:?} {other:?}");
            }
        }
    }
}

#[test]
fn households_share_a_name_and_an_address_but_are_not_one_person() {
    let persons = persons(&rows(&file(ROWS, 1, 0.2)));
    let mut homes: HashMap<(String, String, String), usize> = HashMap::new();
    for rows in &persons {
        let row = &rows[0];
        if !row.address.is_empty() && !row.code.is_empty() && row.card.is_empty() {
            *homes
                .entry((row.family.to_lowercase(), row.address.to_lowercase(), row.code.clone()))
                .or_default() += 1;
        }
    }
    assert!(homes.values().filter(|persons| **persons > 1).count() > 20);
}
