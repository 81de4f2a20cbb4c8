//! What is learnt without labels is near what holds.

use linkage::Source;
use linkage::columns::Kind;
use linkage::evaluate::evaluate;

use crate::common::{Table, finding, known};
use crate::persons::{Dice, population, word};

#[test]
fn shares_learnt_are_near_the_true_ones() {
    let people = population(61, 600);
    let linkage = people.table.link();
    let pairs = people.pairs();
    let model = linkage.model();
    for field in ["given_name", "family_name", "birth_date", "phone", "address"] {
        let levels =
            pairs.iter().map(|&(a, b)| finding(&linkage, field, a, b).0).filter(|level| *level != "missing");
        let levels: Vec<&str> = levels.collect();
        let same = levels.iter().filter(|level| **level == "same").count() as f64 / levels.len() as f64;
        let learnt = &model.fields.iter().find(|it| it.field == field).unwrap().levels[0];
        assert!((learnt.person - same).abs() < 0.06, "{field}: learnt {}, true {same}", learnt.person);
    }
    let each = pairs.len() as f64 / linkage.records().units() as f64;
    assert!(
        (model.person_pairs_per_record / each - 1.0).abs() < 0.2,
        "{} {each}",
        model.person_pairs_per_record
    );
}

#[test]
fn shares_of_all_levels_add_up_to_one() {
    for field in population(62, 300).table.link().model().fields {
        let sum = |of: fn(&linkage::LevelModel) -> f64| field.levels.iter().map(of).sum::<f64>();
        for all in [
            sum(|it| it.person),
            sum(|it| it.household),
            sum(|it| it.stranger),
            sum(|it| it.kin.unwrap_or(0.0)),
        ] {
            assert!((all - 1.0).abs() < 1e-3 || all == 0.0, "{} {all}", field.field);
        }
    }
}

#[test]
fn a_file_without_two_of_one_person_stays_apart() {
    let people = population(63, 500);
    let mut seen = std::collections::BTreeSet::new();
    let firsts: Vec<usize> = (0..people.truth.len()).filter(|&row| seen.insert(people.truth[row])).collect();
    let linkage = people.table.reordered(&firsts).link();
    assert!(firsts.len() - linkage.people(0.5).count <= 2, "{} {}", firsts.len(), linkage.people(0.5).count);
}

/// Persons with names, gender, a middle name and an address, of which one in eight comes again with a slip or after a move.
fn without_birth_dates(seed: u64, count: usize) -> (Table, Vec<u32>) {
    let mut dice = Dice::new(seed);
    let kinds = [Kind::GivenName, Kind::FamilyName, Kind::Text, Kind::Street, Kind::PostalCode, Kind::Gender];
    let (mut table, mut truth) = (Table::new(&kinds), Vec::new());
    for person in 0..count {
        let given = dice.below(90);
        let street = format!("{} {} street", 1 + dice.below(9_000), word(9_000 + dice.below(4_000)));
        let mut row = vec![
            word(given),
            word(1_000 + dice.below(500)),
            word(dice.below(90)),
            street,
            format!("{:05}", dice.below(99_999)),
            ["F", "M"][given % 2].to_owned(),
        ];
        let mut push = |row: &[String]| {
            table.push(&row.iter().map(String::as_str).collect::<Vec<_>>());
            truth.push(person as u32);
        };
        push(&row);
        if dice.chance(0.125) {
            match dice.below(3) {
                0 => row[3] = format!("{} {} street", 1 + dice.below(9_000), word(9_000 + dice.below(4_000))),
                1 => row[1].insert(2, 'x'),
                _ => row[2].clear(),
            }
            push(&row);
        }
    }
    (table, truth)
}

#[test]
fn those_who_share_a_given_name_and_the_gender_it_tells_are_not_one_person() {
    let (table, truth) = without_birth_dates(64, 5_000);
    let linkage = table.link();
    let found = evaluate(&known(&truth), &linkage.people(0.5).of_row).unwrap().pairwise;
    let (precision, recall) = (found.precision.unwrap(), found.recall.unwrap());
    assert!(precision > 0.95 && recall > 0.9, "{precision} {recall}");
}

/// Names, service and town of a staff of which so many in a hundred come again with a slip in a name.
fn staff(seed: u64, count: usize, again: f64) -> (Table, Vec<u32>) {
    let mut dice = Dice::new(seed);
    let kinds = [Kind::GivenName, Kind::FamilyName, Kind::Category, Kind::Category, Kind::City];
    let (mut table, mut truth) = (Table::new(&kinds), Vec::new());
    for person in 0..count {
        let gender = ["F", "M"][dice.below(2)].to_owned();
        let (given, family) = (word(dice.below(130)), word(1_000 + dice.below(600)));
        let mut row = vec![given, family, gender, word(5_000 + dice.below(7)), word(6_000 + dice.below(30))];
        let mut push = |row: &[String]| {
            table.push(&row.iter().map(String::as_str).collect::<Vec<_>>());
            truth.push(person as u32);
        };
        push(&row);
        if dice.chance(again) {
            row[dice.below(2)].insert(2, 'x');
            push(&row);
        }
    }
    (table, truth)
}

#[test]
fn what_would_differ_in_its_name_is_not_learnt_as_a_person() {
    for (again, seed) in [(0.0, 65), (0.02, 66)] {
        let (table, truth) = staff(seed, 6_000, again);
        let linkage = table.link();
        assert_eq!(linkage.learning().from, Source::Expected, "{again}");
        let found = evaluate(&known(&truth), &linkage.people(0.5).of_row).unwrap().pairwise;
        if again == 0.0 {
            let joined = truth.len() - linkage.people(0.5).count;
            assert!(joined <= 6, "{joined} joined");
        } else {
            let (precision, recall) = (found.precision.unwrap(), found.recall.unwrap());
            assert!(precision > 0.9 && recall > 0.8, "{precision} {recall}");
        }
    }
    let (table, _) = staff(67, 3_000, 0.3);
    assert_eq!(table.link().learning().from, Source::Rows);
}
