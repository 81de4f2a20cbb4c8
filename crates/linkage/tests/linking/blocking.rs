//! Not every pair is compared: how many are, and what that costs.

use linkage::columns::Kind;

use crate::common::{Table, together};
use crate::persons::population;

#[test]
fn a_key_that_too_many_share_is_bounded_and_said() {
    let mut table = Table::new(&[Kind::Email, Kind::Category]);
    for row in 0..5_000 {
        table.push(&["all@office.example", &format!("k{}", row / 2)]);
    }
    let linkage = table.link();
    let report = linkage.report();
    assert!(report.pairs_compared < 2_500_000, "{report:?}");
    assert!(report.pairs_left_out > 0, "{report:?}");
}

#[test]
fn the_share_of_pairs_missed_is_told_near_the_truth() {
    let people = population(51, 4_000);
    let linkage = people.table.link();
    let told = linkage.report().missed_share.unwrap();
    let mut of: std::collections::BTreeMap<u32, Vec<usize>> = std::collections::BTreeMap::new();
    people.truth.iter().enumerate().for_each(|(row, person)| of.entry(*person).or_default().push(row));
    let found: std::collections::BTreeSet<(u32, u32)> = linkage.pairs(0.0).map(|pair| pair.rows).collect();
    let (mut all, mut missed) = (0.0, 0.0);
    for rows in of.values() {
        for (at, &a) in rows.iter().enumerate() {
            for &b in &rows[at + 1..] {
                all += 1.0;
                missed += f64::from(u8::from(!found.contains(&(a as u32, b as u32))));
            }
        }
    }
    // What is told is of pairs that no key brought together; of these some are too unlike to be kept.
    assert!(all > 700.0 && told <= 0.03 && missed / all <= 0.08, "{told} {} of {all}", missed / all);
}

#[test]
fn few_rows_are_all_compared() {
    let linkage = population(52, 100).table.link();
    let report = linkage.report();
    assert_eq!(report.missed_share, Some(0.0));
    let units = report.distinct_rows;
    assert_eq!((report.pairs_compared, report.pairs_left_out), (units * (units - 1) / 2, 0));
}

#[test]
fn ten_thousand_people_of_one_e_mail_are_not_one_person() {
    let mut table = Table::new(&[Kind::GivenName, Kind::FamilyName, Kind::BirthDate, Kind::Email]);
    for person in 0..10_000_usize {
        let given = format!("{}a{}", name(person), name(person / 7));
        let born = format!("{}-{:02}-{:02}", 1930 + person % 71, 1 + person % 12, 1 + person % 28);
        table.push(&[&given, &format!("{}o", name(person * 31 + 5)), &born, "all@office.example"]);
    }
    table.push(&["Annick", "Kerguelen", "1968-05-12", "all@office.example"]);
    table.push(&["Anick", "Kerguelen", "1968-05-12", "all@office.example"]);
    let linkage = table.link();
    assert!(together(&linkage, 10_000, 10_001));
    assert!(linkage.people(0.5).count > 9_900, "{}", linkage.people(0.5).count);
}

/// A pronounceable word for a number.
fn name(number: usize) -> String {
    const FIRST: &[u8] = b"bdfgklmnprstv";
    const THEN: &[u8] = b"aeiou";
    let (mut rest, mut word) = (number * 2_654_435_761 % 1_000_003, String::new());
    for _ in 0..3 {
        word.push(char::from(FIRST[rest % 13]));
        word.push(char::from(THEN[rest / 13 % 5]));
        rest /= 65;
    }
    word
}
