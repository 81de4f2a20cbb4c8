//! A model that is kept can be used again; one that is not sound is refused.

use linkage::{CheckedModel, Error, LevelModel, Linkage, Model, Options};
use serde_json::{Value, json};

use crate::persons::population;

fn learnt() -> (Linkage, Linkage) {
    let table = population(21, 300).table;
    let linkage = table.link();
    let written = serde_json::to_string(&linkage.model()).unwrap();
    let read: Model = serde_json::from_str(&written).unwrap();
    let read = CheckedModel::try_from(read).unwrap();
    (linkage, Linkage::new(table.records(8192), &Options::default(), Some(&read), &|_| ()))
}

#[test]
fn a_model_gives_the_scores_it_was_learnt_with() {
    let (learnt, applied) = learnt();
    assert_eq!(learnt.people(0.5), applied.people(0.5));
    assert_eq!(learnt.pairs(0.01).count(), applied.pairs(0.01).count());
    for (one, other) in learnt.pairs(0.01).zip(applied.pairs(0.01)) {
        assert!((one.probability - other.probability).abs() < 1e-9, "{one:?} {other:?}");
    }
}

#[test]
fn a_model_holds_no_value_of_any_record() {
    let table = population(22, 300).table;
    let written = serde_json::to_string(&table.link().model()).unwrap().to_lowercase();
    for cell in table.rows.iter().flatten().filter(|cell| cell.chars().count() > 5) {
        assert!(!written.contains(&cell.to_lowercase()), "{cell}");
    }
}

#[test]
fn a_model_of_other_columns_is_used_as_far_as_it_knows_them() {
    let mut model = population(23, 200).table.link().model();
    model.fields.retain(|field| field.field != "email");
    let table = population(24, 200).table;
    let linkage = Linkage::new(
        table.records(8192),
        &Options::default(),
        Some(&CheckedModel::try_from(model).unwrap()),
        &|_| (),
    );
    assert!(linkage.people(0.5).count < 200);
}

fn changed(path: &str, value: Value) -> Result<(), String> {
    let mut model = serde_json::to_value(population(25, 60).table.link().model()).unwrap();
    *model.pointer_mut(path).unwrap() = value;
    let model: Model = serde_json::from_value(model).map_err(|error| error.to_string())?;
    model.check().map_err(|error| {
        assert!(matches!(error, Error::Model { .. }));
        error.to_string()
    })
}

#[test]
fn a_model_of_another_version_or_with_shares_that_cannot_be_is_refused() {
    assert_eq!(changed("/version", json!(2)), Ok(()));
    assert!(changed("/version", json!(1)).is_err_and(|why| why.contains("version 1")));
    assert!(changed("/fields", json!([])).is_err());
    assert!(changed("/fields/0/levels/0/person", json!(1.5)).is_err());
    assert!(changed("/fields/0/levels/0/household", json!(-0.1)).is_err());
    assert!(changed("/fields/0/levels/0/stranger", json!("much")).is_err());
    assert!(changed("/fields/0/levels/0/person", Value::Null).is_err());
    assert!(changed("/person_pairs_per_record", json!(0.0)).is_err());
    assert!(changed("/kin_pairs_per_record", json!(-1.0)).is_err());
}

#[test]
fn shares_that_are_no_numbers_are_refused() {
    let mut model = population(25, 60).table.link().model();
    model.fields[0].levels[0].person = f64::NAN;
    assert!(model.check().is_err());
    model.fields[0].levels[0].person = 0.5;
    model.household_pairs_per_record = f64::INFINITY;
    assert!(model.check().is_err());
}

#[test]
fn a_model_cut_short_or_with_a_word_too_many_is_not_read() {
    let written = serde_json::to_string(&population(25, 60).table.link().model()).unwrap();
    for end in (0..written.len()).step_by(97) {
        assert!(serde_json::from_str::<Model>(&written[..end]).is_err());
    }
    assert!(serde_json::from_str::<Model>(&written.replacen("{", "{\"more\":1,", 1)).is_err());
}

#[test]
fn a_model_with_shares_that_cannot_be_never_reaches_a_linkage() {
    let sound = population(26, 100).table.link().model();
    assert!(CheckedModel::try_from(sound.clone()).is_ok());
    for share in [f64::NAN, f64::NEG_INFINITY, -1.0, 1e308] {
        let mut model = sound.clone();
        model.fields[0].levels[0].person = share;
        assert!(matches!(CheckedModel::try_from(model), Err(Error::Model { .. })), "{share}");
        let mut model = sound.clone();
        model.kin_pairs_per_record = if share == 1e308 { f64::INFINITY } else { share };
        assert!(matches!(CheckedModel::try_from(model), Err(Error::Model { .. })), "{share}");
    }
}

#[test]
fn a_model_without_a_level_or_with_one_too_many_is_used_as_far_as_it_goes() {
    let table = population(27, 100).table;
    let mut model = table.link().model();
    model.fields[0].levels.remove(2);
    let seldom = LevelModel {
        person: 0.0,
        household: 0.0,
        kin: Some(0.0),
        stranger: 1e-6,
        ..model.fields[1].levels[0].clone()
    };
    model.fields[1].levels.extend([seldom.clone(), seldom]);
    let linkage = Linkage::new(
        table.records(8192),
        &Options::default(),
        Some(&CheckedModel::try_from(model).unwrap()),
        &|_| (),
    );
    assert!(linkage.people(0.5).count < 100);
}

#[test]
fn a_model_of_a_file_of_many_pairs_weighs_those_of_the_smallest_too() {
    let mut model = population(28, 100).table.link().model();
    model.person_pairs_per_record = 1.0;
    model.household_pairs_per_record = 1.0;
    model.kin_pairs_per_record = 1.0;
    model.namesake_pairs_per_record = 1.0;
    let model = CheckedModel::try_from(model).unwrap();
    let mut table = population(28, 10).table;
    let first = table.rows[0].clone();
    table.rows.truncate(1);
    let mut other = first.clone();
    other[1].push('x');
    table.rows.push(other);
    let linkage = Linkage::new(table.records(8192), &Options::default(), Some(&model), &|_| ());
    assert!(linkage.explain(0, 1).is_some_and(|why| why.probability > 0.5), "{:?}", linkage.explain(0, 1));
}
