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
    let units = linkage.unit_of_row();
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

/// Pairs that share a number or an address in one of three columns each, and others who share nothing.
fn scattered(kind: Kind, order: [usize; 3]) -> (Table, u32) {
    let mut table = Table::new(&[kind; 3]);
    let contact = |number: usize| match kind {
        Kind::Email => format!("{}@free.fr", word(number)),
        _ => format!("06{:08}", number * 7_654_321 % 100_000_000),
    };
    let mut push = |cells: [String; 3]| table.push(&order.map(|at| cells[at].as_str()));
    let blank = String::new;
    for pair in 1..=600 {
        let shared = contact(pair);
        push([if pair % 2 == 0 { contact(pair + 1_000) } else { blank() }, blank(), shared.clone()]);
        push(if pair % 3 == 0 {
            [shared, blank(), blank()]
        } else {
            [blank(), shared, contact(pair + 2_000)]
        });
    }
    (3_000..6_000).for_each(|other| push([contact(other), blank(), contact(other + 3_000)]));
    (table, 600)
}

#[test]
fn a_contact_brings_two_together_whichever_columns_it_stands_in() {
    for kind in [Kind::Phone, Kind::Email] {
        let mut pairs_compared = Vec::new();
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            let (table, pairs) = scattered(kind, order);
            let linkage = table.link();
            let compared: BTreeSet<(u32, u32)> = linkage.pairs(0.0).map(|pair| pair.rows).collect();
            let met = (0..pairs).filter(|pair| compared.contains(&(pair * 2, pair * 2 + 1))).count();
            assert_eq!(met, pairs as usize, "{kind} {order:?} {:?}", linkage.report());
            pairs_compared.push(linkage.report().pairs_compared);
        }
        let (least, most) = (pairs_compared.iter().min(), pairs_compared.iter().max());
        assert!(most.zip(least).is_some_and(|(most, least)| most - least < 1_000), "{pairs_compared:?}");
    }
}

#[test]
fn many_columns_of_phones_and_e_mails_cost_no_more_pairs_than_there_are() {
    let mut table = Table::new(&[[Kind::Phone; 12], [Kind::Email; 12]].concat());
    for row in 0..3_000_usize {
        // A third write the number of the office in one column or another, all their own twice.
        let office = |at: usize| row % 6 == at / 2 && at.is_multiple_of(2) && at < 3;
        let cell = |at: usize| match at {
            _ if office(at) => "0298112233".into(),
            0..12 => format!("06{:08}", (row / 2 + 1) * 7_919),
            _ => format!("{}@free.fr", word(row)),
        };
        table.rows.push((0..24).map(cell).collect());
    }
    // Nor is a pair met twice that shares several.
    let report = table.link().report().clone();
    assert_eq!(report.pairs_compared, 1_500, "{report:?}");
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
