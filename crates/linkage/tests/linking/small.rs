//! Files of a few rows.

use linkage::columns::Kind;

use crate::common::{Table, explain, together};
use crate::persons::{KINDS, word};

#[test]
fn two_of_one_person_are_found_in_a_file_of_few_rows() {
    let rows = [
        ["Yves", "Kerguelen", "12/05/1948", "yk@free.fr", "0298112233", "4 rue Verte", "29200", "Brest"],
        ["Yve", "Kerguelen", "12/05/1948", "", "0298112233", "", "", ""],
        ["Sophie", "Martin", "03/09/1977", "sm77@orange.fr", "0612345678", "9 rue du Four", "75011", "Paris"],
        ["Anne", "Petit", "30/01/1960", "apetit@orange.fr", "0687654321", "1 place Foch", "35000", "Rennes"],
        ["Luc", "Durand", "11/11/1991", "luc@laposte.net", "0698765432", "12 rue Zola", "69003", "Lyon"],
    ];
    for count in 2..=rows.len() {
        let table = rows[..count].iter().fold(Table::new(&KINDS), |table, row| table.with(row));
        let linkage = table.link();
        assert!(together(&linkage, 0, 1), "{count} {:?}", explain(&linkage, 0, 1));
        assert_eq!(linkage.people(0.5).count, count - 1);
    }
}

#[test]
fn two_people_of_one_town_are_not_one_in_a_file_of_few_rows() {
    let rows = [
        ["Yves", "Kerguelen", "12/05/1948", "", "", "", "29200", "Brest"],
        ["Sophie", "Kerguelen", "03/09/1977", "", "", "", "29200", "Brest"],
        ["Anne", "Petit", "30/01/1960", "", "", "", "29200", "Brest"],
    ];
    for count in 2..=rows.len() {
        let table = rows[..count].iter().fold(Table::new(&KINDS), |table, row| table.with(row));
        assert_eq!(table.link().people(0.5).count, count);
    }
}

#[test]
fn a_column_of_few_values_alone_makes_nobody_one_person() {
    for kind in [Kind::City, Kind::Category, Kind::GivenName, Kind::BirthDate] {
        let mut table = Table::new(&[kind]);
        for row in 0..3_000 {
            let cell =
                if kind == Kind::BirthDate { format!("1970-02-{:02}", 1 + row % 20) } else { word(row % 20) };
            table.push(&[&cell]);
        }
        assert_eq!(table.link().people(0.5).count, 3_000, "{kind}");
    }
}
