//! Those who live together are not one person, and those who moved still are.

use std::sync::LazyLock;

use linkage::{Alternative, Linkage};

use crate::common::{explain, together};
use crate::persons::population;

/// Rows among a few hundred others.
const ROWS: [[&str; 8]; 21] = [
    // father and son at one address are two
    ["Yves", "Kerguelen", "12/05/1948", "kerguelen@free.fr", "0298010233", "4 rue Verte", "29200", "Brest"],
    ["Erwan", "Kerguelen", "03/09/1977", "kerguelen@free.fr", "0298010233", "4 rue Verte", "29200", "Brest"],
    // father and son of one name are two
    ["Gérald", "Tassigny", "13/04/1946", "", "0288113233", "7 rue Basse", "29200", "Brest"],
    ["Gérald", "Tassigny", "04/09/1976", "", "0288113233", "7 rue Basse", "29200", "Brest"],
    // twins are two
    ["Solène", "Quémeneur", "12/05/1988", "", "0278216233", "10 rue du Port", "29200", "Brest"],
    ["Mathieu", "Quémeneur", "12/05/1988", "", "0278216233", "10 rue du Port", "29200", "Brest"],
    // husband and wife who share all but their names are two
    ["Octave", "Bourdelais", "", "bourdelais@free.fr", "0268319233", "13 rue Foch", "29200", "Brest"],
    ["Colombe", "Bourdelais", "", "bourdelais@free.fr", "0268319233", "13 rue Foch", "29200", "Brest"],
    // who moved is still one person
    ["Rodolphe", "Vantroys", "16/04/1940", "", "0258412233", "16 rue Haute", "29200", "Brest"],
    ["Rodolphe", "Vantroys", "16/04/1940", "", "0642845278", "31 rue du Four", "75011", "Paris"],
    // who married is still one person
    [
        "Reine",
        "Escoffier",
        "16/07/1958",
        "bluebird57@free.fr",
        "0652545578",
        "19 rue du Lavoir",
        "29200",
        "Brest",
    ],
    [
        "Reine",
        "Morel",
        "16/07/1958",
        "bluebird57@free.fr",
        "0652545578",
        "19 rue du Lavoir",
        "29200",
        "Brest",
    ],
    // names crossed are still one person
    ["Blandine", "Malherbe", "17/09/1956", "", "", "22 rue Kléber", "29200", "Brest"],
    ["Malherbe", "Blandine", "17/09/1956", "", "", "", "", ""],
    // a row with little to say does not chain two people together
    ["Firmin", "Pelletan", "19/04/1934", "", "0228711233", "25 rue Thiers", "29200", "Brest"],
    ["Firmin", "Pelletan", "", "", "", "", "29200", "Brest"],
    ["Firmin", "Pelletan", "10/09/1970", "", "0228711233", "25 rue Thiers", "29200", "Brest"],
    // twins who share all but their given names are two
    ["Pierre", "Abgrall", "07/03/1990", "abgrall@orange.fr", "0298112101", "101 rue Foch", "29200", "Brest"],
    ["Louis", "Abgrall", "07/03/1990", "abgrall@orange.fr", "0298112101", "101 rue Foch", "29200", "Brest"],
    // a couple of neighbouring names are two
    ["Michel", "Gouzien", "", "", "0298112109", "109 rue Foch", "29200", "Brest"],
    ["Michèle", "Gouzien", "", "", "0298112109", "109 rue Foch", "29200", "Brest"],
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

#[test]
fn twins_who_share_all_but_their_given_names_are_for_somebody_to_look_at() {
    let (a, b) = rows(17, 18);
    let why = explain(&LINKED, a, b);
    assert!(!together(&LINKED, a, b) && (0.1..0.5).contains(&why.probability), "{why:?}");
}

#[test]
fn a_couple_of_neighbouring_names_are_two() {
    let (a, b) = rows(19, 20);
    assert!(!together(&LINKED, a, b), "{:?}", explain(&LINKED, a, b));
}
