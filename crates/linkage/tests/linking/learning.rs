//! What is learnt without labels is near what holds.

use crate::common::finding;
use crate::persons::population;

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
