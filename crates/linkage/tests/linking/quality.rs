//! How many are found, and how many wrongly, held where they stand today. Deterministic: a bound that is not met is a
//! change of the method.

use std::io::Write;
use std::path::PathBuf;

use linkage::columns::Kind;
use linkage::evaluate::{Labelled, evaluate, pairs_against};
use linkage::{Column, Options};

use crate::common::{Table, known};
use crate::persons::{population, two_files};

fn f1(truth: &[u32], people: &[u32]) -> f64 {
    evaluate(&known(truth), people).unwrap().pairwise.f1.unwrap()
}

#[test]
fn duplicates_of_one_file_are_found() {
    let people = population(71, 2_500);
    let f1 = f1(&people.truth, &people.table.link().people(0.5).of_row);
    assert!(f1 >= 0.965, "{f1}");
}

#[test]
fn the_same_people_are_found_in_two_files() {
    let (first, second) = two_files(72, 700);
    let linkage = first.table.link_with(&second.table, &Options::default());
    let people = linkage.people(0.5).of_row;
    let (left, right) = people.split_at(first.truth.len());
    let (truth_left, truth_right) = (known(&first.truth), known(&second.truth));
    let left = Labelled { truth: &truth_left, predicted: left };
    let right = Labelled { truth: &truth_right, predicted: right };
    let f1 = pairs_against(left, right).unwrap().f1.unwrap();
    assert!(f1 >= 0.99, "{f1}");
}

/// A data set beside the project, with the truth of each row; nothing where there is none.
fn data_set(name: &str, left_out: &[&str], truth: impl Fn(&str) -> String) -> Option<(Table, Vec<u32>)> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/linkage").join(name);
    let Ok(mut reader) = csv::Reader::from_path(path) else {
        let _ = writeln!(std::io::stdout(), "skipped: {name} is not beside the project");
        return None;
    };
    let headers: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    let mut columns = Column::guessed(&headers, &rows);
    for column in columns.iter_mut().filter(|column| left_out.contains(&column.name.as_str())) {
        column.guess.kind = Kind::Ignored;
    }
    let at = headers.iter().position(|header| header == left_out[0]).unwrap();
    let mut numbers = std::collections::BTreeMap::new();
    let labels = rows.iter().map(|row| {
        let next = numbers.len() as u32;
        *numbers.entry(truth(&row[at])).or_insert(next)
    });
    let labels = labels.collect();
    Some((Table { columns, rows }, labels))
}

/// The number within `rec-223-dup-0`.
fn febrl(id: &str) -> String {
    id.split('-').nth(1).unwrap().to_owned()
}

fn reached(set: Option<(Table, Vec<u32>)>, least: f64) {
    let Some((table, truth)) = set else { return };
    let f1 = f1(&truth, &table.link().people(0.5).of_row);
    assert!(f1 >= least, "{f1}");
}

#[test]
fn febrl_1_is_found() {
    reached(data_set("febrl1.csv", &["rec_id", "soc_sec_id"], febrl), 0.995);
}

#[test]
fn febrl_3_is_found_without_its_numbers() {
    reached(data_set("febrl3.csv", &["rec_id", "soc_sec_id"], febrl), 0.995);
}

#[test]
fn fake_1000_is_found() {
    reached(data_set("fake_1000.csv", &["cluster"], str::to_owned), 0.945);
}
