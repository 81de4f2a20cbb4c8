//! Those who live together are not one person, and those who moved still are.

use linkage::Alternative;

use crate::common::{Table, explain, together};
use crate::persons::population;

/// Rows among a few hundred others; the number of the first of them.
fn among(rows: &[[&str; 8]]) -> (Table, u32) {
    let mut table = population(41, 400).table;
    let first = table.rows.len() as u32;
    rows.iter().for_each(|row| table.push(row));
    (table, first)
}

#[test]
fn father_and_son_at_one_address_are_two() {
    let (table, first) = among(&[
        [
            "Yves",
            "Kerguelen",
            "12/05/1948",
            "kerguelen@free.fr",
            "0298112233",
            "4 rue Verte",
            "29200",
            "Brest",
        ],
        [
            "Erwan",
            "Kerguelen",
            "03/09/1977",
            "kerguelen@free.fr",
            "0298112233",
            "4 rue Verte",
            "29200",
            "Brest",
        ],
    ]);
    let linkage = table.link();
    assert!(!together(&linkage, first, first + 1));
    assert_eq!(explain(&linkage, first, first + 1).alternative, Alternative::Household);
}

#[test]
fn father_and_son_of_one_name_are_two() {
    let (table, first) = among(&[
        ["Yves", "Kerguelen", "12/05/1948", "", "0298112233", "4 rue Verte", "29200", "Brest"],
        ["Yves", "Kerguelen", "03/09/1977", "", "0298112233", "4 rue Verte", "29200", "Brest"],
    ]);
    assert!(!together(&table.link(), first, first + 1));
}

#[test]
fn twins_are_two() {
    let (table, first) = among(&[
        [
            "Solène",
            "Kerguelen",
            "12/05/1988",
            "kerguelen@free.fr",
            "0298112233",
            "4 rue Verte",
            "29200",
            "Brest",
        ],
        [
            "Mathieu",
            "Kerguelen",
            "12/05/1988",
            "kerguelen@free.fr",
            "0298112233",
            "4 rue Verte",
            "29200",
            "Brest",
        ],
    ]);
    assert!(!together(&table.link(), first, first + 1));
}

#[test]
fn husband_and_wife_who_share_all_but_their_names_are_two() {
    let (table, first) = among(&[
        ["Yves", "Kerguelen", "", "kerguelen@free.fr", "0298112233", "4 rue Verte", "29200", "Brest"],
        ["Annick", "Kerguelen", "", "kerguelen@free.fr", "0298112233", "4 rue Verte", "29200", "Brest"],
    ]);
    assert!(!together(&table.link(), first, first + 1));
}

#[test]
fn who_moved_is_still_one_person() {
    let (table, first) = among(&[
        ["Yves", "Kerguelen", "12/05/1948", "", "0298112233", "4 rue Verte", "29200", "Brest"],
        ["Yves", "Kerguelen", "12/05/1948", "", "0612345678", "31 rue du Four", "75011", "Paris"],
    ]);
    assert!(together(&table.link(), first, first + 1));
}

#[test]
fn who_married_is_still_one_person() {
    let (table, first) = among(&[
        [
            "Annick",
            "Kerguelen",
            "12/05/1968",
            "bluebird77@free.fr",
            "0612345678",
            "4 rue Verte",
            "29200",
            "Brest",
        ],
        [
            "Annick",
            "Morel",
            "12/05/1968",
            "bluebird77@free.fr",
            "0612345678",
            "4 rue Verte",
            "29200",
            "Brest",
        ],
    ]);
    assert!(together(&table.link(), first, first + 1));
}

#[test]
fn names_crossed_are_still_one_person() {
    let (table, first) = among(&[
        ["Annick", "Kerguelen", "12/05/1968", "", "", "4 rue Verte", "29200", "Brest"],
        ["Kerguelen", "Annick", "12/05/1968", "", "", "", "", ""],
    ]);
    assert!(together(&table.link(), first, first + 1));
}

#[test]
fn a_row_with_hardly_anything_does_not_chain_two_people_together() {
    let (table, first) = among(&[
        ["Yves", "Kerguelen", "12/05/1948", "", "0298112233", "4 rue Verte", "29200", "Brest"],
        ["Yves", "Kerguelen", "", "", "0298112233", "", "29200", "Brest"],
        ["Yves", "Kerguelen", "03/09/1977", "", "0298112233", "4 rue Verte", "29200", "Brest"],
    ]);
    assert!(!together(&table.link(), first, first + 2));
}
