//! Those who live together are not one person, and those who moved still are.

use std::sync::LazyLock;

use linkage::{Alternative, Linkage};

use crate::common::{explain, together};
use crate::persons::population;

/// Rows among a few hundred others.
const ROWS: [[&str; 8]; 17] = [
    // father and son at one address are two
    ["Yves", "Kerguelen", "12/05/1948", "kerguelen@free.fr", "0298112233", "4 rue Verte", "29200", "Brest"],
    ["Erwan", "Kerguelen", "03/09/1977", "kerguelen@free.fr", "0298112233", "4 rue Verte", "29200", "Brest"],
    // father and son of one name are two
    ["Yves", "Kerguelen", "12/05/1948", "", "0298112233", "4 rue Verte", "29200", "Brest"],
    ["Yves", "Kerguelen", "03/09/1977", "", "0298112233", "4 rue Verte", "29200", "Brest"],
    // twins are two
    ["Solène", "Kerguelen", "12/05/1988", "", "0298112233", "4 rue Verte", "29200", "Brest"],
    ["Mathieu", "Kerguelen", "12/05/1988", "", "0298112233", "4 rue Verte", "29200", "Brest"],
    // husband and wife who share all but their names are two
    ["Yves", "Kerguelen", "", "kerguelen@free.fr", "0298112233", "4 rue Verte", "29200", "Brest"],
    ["Annick", "Kerguelen", "", "kerguelen@free.fr", "0298112233", "4 rue Verte", "29200", "Brest"],
    // who moved is still one person
    ["Yves", "Kerguelen", "12/05/1948", "", "0298112233", "4 rue Verte", "29200", "Brest"],
    ["Yves", "Kerguelen", "12/05/1948", "", "0612345678", "31 rue du Four", "75011", "Paris"],
    // who married is still one person
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
    ["Annick", "Morel", "12/05/1968", "bluebird77@free.fr", "0612345678", "4 rue Verte", "29200", "Brest"],
    // names crossed are still one person
    ["Annick", "Kerguelen", "12/05/1968", "", "", "4 rue Verte", "29200", "Brest"],
    ["Kerguelen", "Annick", "12/05/1968", "", "", "", "", ""],
    // a row with little to say does not chain two people together
    ["Yves", "Kerguelen", "12/05/1948", "", "0298112233", "4 rue Verte", "29200", "Brest"],
    ["Yves", "Kerguelen", "", "", "", "", "29200", "Brest"],
    ["Yves", "Kerguelen", "03/09/1977", "", "0298112233", "4 rue Verte", "29200", "Brest"],
];

static LINKED: LazyLock<Linkage> = LazyLock::new(|| {
    let mut table = population(41, OTHERS).table;
    ROWS.iter().for_each(|row| table.push(row));
    table.link()
});

const OTHERS: usize = 400;

/// The numbers of two of the rows.
fn rows(a: usize, b: usize) -> (u32, u32) {
    ((OTHERS + a) as u32, (OTHERS + b) as u32)
}

#[test]
fn father_and_son_at_one_address_are_two() {
    let (a, b) = rows(0, 1);
    assert!(!together(&LINKED, a, b));
    assert_eq!(explain(&LINKED, a, b).alternative, Alternative::Household);
}

#[test]
fn father_and_son_of_one_name_are_two() {
    let (a, b) = rows(2, 3);
    assert!(!together(&LINKED, a, b), "{:?}", explain(&LINKED, a, b));
}

#[test]
fn twins_are_two() {
    let (a, b) = rows(4, 5);
    assert!(!together(&LINKED, a, b), "{:?}", explain(&LINKED, a, b));
}

#[test]
fn husband_and_wife_who_share_all_but_their_names_are_two() {
    let (a, b) = rows(6, 7);
    assert!(!together(&LINKED, a, b), "{:?}", explain(&LINKED, a, b));
}

#[test]
fn who_moved_is_still_one_person() {
    let (a, b) = rows(8, 9);
    assert!(together(&LINKED, a, b), "{:?}", explain(&LINKED, a, b));
}

#[test]
fn who_married_is_still_one_person() {
    let (a, b) = rows(10, 11);
    assert!(together(&LINKED, a, b), "{:?}", explain(&LINKED, a, b));
}

#[test]
fn names_crossed_are_still_one_person() {
    let (a, b) = rows(12, 13);
    assert!(together(&LINKED, a, b), "{:?}", explain(&LINKED, a, b));
}

#[test]
fn a_row_with_little_to_say_does_not_chain_two_people_together() {
    let (a, b) = rows(14, 16);
    assert!(!together(&LINKED, a, b), "{:?}", explain(&LINKED, a, b));
}
