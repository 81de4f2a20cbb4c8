//! Not every pair is compared: how many are, and what that costs.

use std::collections::BTreeSet;

use linkage::columns::Kind;

use crate::common::{Table, together};
use crate::persons::{population, word};

#[test]
fn a_key_that_too_many_share_is_bounded_and_said() {
    let mut table = Table::new(&[Kind::Email, Kind::Number]);
    for row in 0..4_000 {
        let own = format!("{}@free.fr", word(row / 2));
        table.push(&[
            if row % 4 == 0 { "all@office.example" } else { &own },
            &format!("{}", (row + 1) * (row + 3)),
        ]);
    }
    let linkage = table.link();
    let report = linkage.report();
    assert!(report.pairs_compared < 500_000 && report.pairs_left_out >= 499_500, "{report:?}");
    assert!(report.keys.iter().any(|key| key.parts[0].starts_with("email")), "{report:?}");
}

#[test]
fn the_share_of_pairs_missed_is_told_near_the_truth() {
    let people = population(51, 2_400);
    let linkage = people.table.link();
    let told = linkage.report().missed_share.unwrap();
    let units = linkage.units();
    let both = |a: u32, b: u32| (a.min(b), a.max(b));
    let unit = |row: u32| units[row as usize];
    let found: BTreeSet<(u32, u32)> =
        linkage.pairs(0.0).map(|pair| both(unit(pair.rows.0), unit(pair.rows.1))).collect();
    let (mut all, mut missed) = (0.0, 0.0);
    for (a, b) in people.pairs() {
        let same = unit(a) == unit(b) || found.contains(&both(unit(a), unit(b)));
        all += 1.0;
        missed += f64::from(u8::from(!same));
    }
    // What is told is of pairs that no key brought together; of these some are too unlike to be kept.
    assert!(all > 450.0 && told <= 0.03 && missed / all <= told + 0.05, "{told} {} of {all}", missed / all);
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
    for person in 0..10_000 {
        let given = format!("{}a{}", word(person), word(person / 7));
        let born = format!("{}-{:02}-{:02}", 1930 + person % 71, 1 + person % 12, 1 + person % 28);
        table.push(&[&given, &format!("{}o", word(person * 31 + 5)), &born, "all@office.example"]);
    }
    table.push(&["Annick", "Kerguelen", "1968-05-12", "all@office.example"]);
    table.push(&["Anick", "Kerguelen", "1968-05-12", "all@office.example"]);
    let linkage = table.link();
    assert!(together(&linkage, 10_000, 10_001));
    assert!(linkage.people(0.5).count > 9_900, "{}", linkage.people(0.5).count);
}
