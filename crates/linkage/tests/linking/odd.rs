//! Files as they should not be.

use linkage::columns::Kind;
use linkage::{Column, Intake, Linkage, Options};
use proptest::prelude::*;

use crate::common::{Table, explain, groups, together};
use crate::persons::{Dice, KINDS, population};

/// Links, and asks everything there is to ask.
fn survives(table: &Table) -> Linkage {
    let linkage = table.link();
    assert_eq!(linkage.people(0.5).of_row.len(), table.rows.len());
    for pair in linkage.pairs(0.0).take(50) {
        assert!((0.0..=1.0).contains(&pair.probability));
    }
    for row in 0..table.rows.len().min(5) as u32 {
        assert!(explain(&linkage, 0, row).weight.is_finite());
    }
    let model = linkage.model();
    assert!(model.fields.is_empty() || model.check().is_ok());
    linkage
}

#[test]
fn rows_all_the_same_are_one_person_and_cost_next_to_nothing() {
    let mut table = Table::new(&KINDS);
    let row =
        ["Yves", "Kerguelen", "12/05/1948", "yk@free.fr", "0298112233", "4 rue Verte", "29200", "Brest"];
    table.push(&row);
    let mut intake = Intake::new(&[&table.columns]);
    for _ in 0..20 {
        intake.push(0, 10_000, &|_, column| row[column]);
    }
    let records = intake.finish();
    assert_eq!((records.rows(), records.units()), (200_000, 1));
    assert!(records.bytes() < 200_000 * 100, "{}", records.bytes());
    let linkage = Linkage::new(records, &Options::default(), None, &|_| ());
    assert_eq!(linkage.people(0.5).count, 1);
    assert_eq!(linkage.report().pairs_compared, 0);
}

#[test]
fn rows_that_say_nothing_are_not_one_person() {
    let mut table = Table::new(&KINDS);
    for _ in 0..3_000 {
        table.push(&["", " ", "n/a", "inconnu", "-", "", "00000", "\0"]);
    }
    assert_eq!(survives(&table).people(0.5).count, 3_000);
    table.push(&["Yves", "Kerguelen", "12/05/1948", "", "", "", "", ""]);
    assert_eq!(survives(&table).people(0.5).count, 3_001);
}

#[test]
fn files_without_a_row_or_with_one_or_without_a_column_that_speaks() {
    assert_eq!(survives(&Table::new(&KINDS)).people(0.5).count, 0);
    assert_eq!(survives(&Table::new(&[])).people(0.5).count, 0);
    assert_eq!(survives(&Table::new(&KINDS).with(&["Yves"; 8])).people(0.5).count, 1);
    let mut silent = Table::new(&[Kind::RowId, Kind::Ignored]);
    (0..300).for_each(|row| silent.push(&[&row.to_string(), "same"]));
    assert_eq!(survives(&silent).people(0.5).count, 300);
}

#[test]
fn one_column_alone_is_read_whatever_its_kind() {
    for kind in Kind::ALL {
        let mut table = Table::new(&[kind]);
        for row in 0..60 {
            table.push(&[&format!("{} 0{row}/01/1970 x{row}@y.fr", row / 2)]);
            table.push(&[&format!("{:02}/03/1970", row % 28 + 1)]);
        }
        survives(&table);
    }
}

#[test]
fn of_e_mails_alone_those_that_are_the_same_are_one_person_and_no_others() {
    let mut table = Table::new(&[Kind::Email]);
    (0..600).for_each(|row| table.push(&[&format!("u{}@x.fr", row / 2)]));
    assert_eq!(survives(&table).people(0.5).count, 300);
}

#[test]
fn in_a_file_of_three_rows_a_shared_given_name_alone_makes_nobody_one() {
    let mut table = Table::new(&[Kind::RowId, Kind::GivenName, Kind::FamilyName]);
    table.push(&["1", "Jean", ""]);
    table.push(&["2", "Jean", "Dupont"]);
    table.push(&["3", "Jean", "Kerjean"]);
    assert_eq!(survives(&table).people(0.5).count, 3);
}

#[test]
fn in_a_file_of_four_rows_one_name_and_one_e_mail_are_one_person() {
    let mut table = Table::new(&[Kind::RowId, Kind::GivenName, Kind::FamilyName, Kind::Email]);
    table.push(&["1", "Jeanne", "Kerjean", "jk@maison-kerjean.fr"]);
    table.push(&["2", "Paul", "Vasseur", "pv@maison-kerjean.fr"]);
    table.push(&["3", "JEANNE", "Kerjean", "jk@maison-kerjean.fr"]);
    table.push(&["4", "Awa", "Diop", "ad@maison-kerjean.fr"]);
    assert_eq!(survives(&table).people(0.5).count, 3);
}

#[test]
fn three_hundred_columns_are_read_in_bounded_memory() {
    for kind in [Kind::Category, Kind::Text, Kind::Number, Kind::Day] {
        let mut table = Table::new(&[kind; 300]);
        for row in 0..200_usize {
            let cell = |at: usize| match kind {
                Kind::Day => format!("2024-{:02}-{:02}", 1 + (row + at) % 12, 1 + row * at % 28),
                _ => ((row / 2) * (at + 3) % 17).to_string(),
            };
            table.rows.push((0..300).map(cell).collect());
        }
        assert!(table.records(8192).bytes() < 1_000_000, "{kind}");
        survives(&table);
    }
}

#[test]
fn many_columns_of_few_values_do_not_explode_the_choice_of_keys() {
    let kinds: Vec<Kind> = [Kind::Category, Kind::Text, Kind::Number, Kind::Day, Kind::Identifier].repeat(60);
    let mut table = Table::new(&kinds);
    for row in 0..2_050_usize {
        let cell = |at: usize| match kinds[at] {
            Kind::Day => format!("2024-{:02}-{:02}", 1 + row % 2, 1 + (row / 2) % (at + 1).min(20)),
            _ => (row * (at + 7) % 19 + 1).to_string(),
        };
        table.rows.push((0..25).map(cell).collect());
    }
    assert!(survives(&table).report().pairs_compared < 3_000_000);
}

#[test]
fn names_in_any_script_are_found_twice() {
    for (given, family) in
        [("Иван", "Кузнецов"), ("محمد", "الخطيب"), ("明", "欧阳"), ("สมชาย", "ใจดี"), ("Ὀδυσσεύς", "Ἰθάκη")]
    {
        let mut table = population(81, 200).table;
        for _ in 0..2 {
            table.push(&[given, family, "12/05/1948", "", "", "4 rue Verte", "29200", "Brest"]);
        }
        table.rows[201][5] = "31 rue du Four".into();
        let linkage = survives(&table);
        assert!(together(&linkage, 200, 201), "{given} {:?}", explain(&linkage, 200, 201));
    }
}

#[test]
fn cells_of_a_million_bytes_are_read() {
    let long =
        ["é".repeat(500_000), "a b ".repeat(250_000), "\u{301}".repeat(500_000), "@".repeat(1_000_000)];
    for kind in [
        Kind::GivenName,
        Kind::WholeName,
        Kind::Email,
        Kind::Street,
        Kind::Text,
        Kind::Identifier,
        Kind::Number,
    ] {
        let mut table = Table::new(&[kind, Kind::City]);
        for cell in &long {
            table.push(&[cell, "Brest"]);
            table.push(&[&cell[2..], "Brest"]);
        }
        survives(&table);
    }
}

#[test]
fn files_with_no_common_column_or_of_which_one_is_empty_are_linked_to_nothing() {
    let people = population(82, 60).table;
    let other = (0..60).fold(Table::new(&[Kind::Number]), |table, row| table.with(&[&row.to_string()]));
    let options =
        [None, Some(true), Some(false)].map(|one_to_one| Options { one_to_one, ..Options::default() });
    for options in options {
        for group in groups(&people.link_with(&other, &options).people(0.5).of_row) {
            assert!(group.iter().all(|&row| row < 60) || group.len() == 1, "{group:?}");
        }
        let alone = people.link_with(&Table::new(&KINDS), &options).people(0.5);
        assert_eq!(alone, Table::new(&KINDS).link_with(&people, &options).people(0.5));
        assert_eq!(Table::new(&KINDS).link_with(&Table::new(&[]), &options).people(0.5).count, 0);
    }
}

#[test]
fn rows_of_a_file_there_is_not_are_passed_over() {
    let columns = [Column::new("name", Kind::WholeName)];
    let mut intake = Intake::new(&[&columns, &columns, &columns]);
    intake.push(2, 1, &|_, _| "Yves Kerguelen");
    intake.push(9, 1, &|_, _| "Yves Kerguelen");
    assert_eq!(intake.finish().rows(), 0);
    let mut none = Intake::new(&[]);
    none.push(0, 3, &|_, _| "Yves Kerguelen");
    assert_eq!(none.finish().rows(), 0);
}

#[test]
fn days_at_the_ends_of_the_calendar_and_amounts_at_the_ends_of_numbers_are_compared() {
    let mut table = Table::new(&[Kind::Day, Kind::BirthDate, Kind::Number]);
    let days =
        ["0001-01-01", "9999-12-31", "2024-02-29", "1582-10-10", "0000-00-00", "99999-01-01", "-5000-01-01"];
    let amounts = ["NaN", "inf", "-inf", "1e308", "-1e308", "5e-324", "0", "-0", "4294967295", "4294967296"];
    for day in days {
        for amount in amounts {
            table.push(&[day, day, amount]);
        }
    }
    survives(&table);
}

#[test]
fn thresholds_that_are_no_probabilities_are_answered() {
    let linkage = population(83, 60).table.link();
    assert_eq!(linkage.people(f64::NAN).count, 60);
    assert_eq!(linkage.people(f64::INFINITY).count, 60);
    assert!(linkage.people(f64::NEG_INFINITY).count <= linkage.people(0.0).count);
    assert_eq!(linkage.pairs(f64::NAN).count(), 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_cell_makes_it_stumble(
        cells in proptest::collection::vec(proptest::collection::vec(".{0,12}|[\\x00-\\x20]{0,5}|[0-9/.@-]{0,14}", 8), 0..24),
        kinds in proptest::collection::vec(0_usize..20, 8),
    ) {
        let kinds: Vec<Kind> = kinds.into_iter().map(|kind| Kind::ALL[kind]).collect();
        let mut table = Table::new(&kinds);
        table.rows = cells;
        survives(&table);
    }
}

/// What a shop knows of those who come: where they live, and how much they bought in each month.
fn shop(months: usize) -> Table {
    let people = population(53, 600).table;
    let amounts = std::iter::repeat_n(Kind::Number, months);
    let mut table = Table::new(&KINDS.iter().copied().chain(amounts).collect::<Vec<_>>());
    let mut dice = Dice::new(53);
    for row in &people.rows {
        let amounts: Vec<String> =
            (0..months).map(|_| format!("{}.{:02}", dice.below(400), dice.below(100))).collect();
        let cells: Vec<&str> = row.iter().chain(&amounts).map(String::as_str).collect();
        table.push(&cells);
    }
    table
}

#[test]
fn a_dozen_columns_that_change_with_every_row_hide_nobody() {
    let (plain, with) = (shop(0).link().people(0.5).count, shop(12).link().people(0.5).count);
    assert!(plain.abs_diff(with) * 50 <= plain, "{plain} {with}");
}

#[test]
fn an_exact_copy_joins_its_twin_if_all_it_says_is_an_e_mail_address() {
    let mut table = population(54, 100).table;
    let lone = ["", "", "", "soizic29@free.fr", "", "", "", ""];
    table.push(&lone);
    table.push(&lone);
    assert!(together(&table.link(), 100, 101));
}
