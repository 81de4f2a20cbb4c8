//! How far two values agree, and how much that says.

use linkage::columns::Kind;
use linkage::{Linkage, Options};

use crate::common::{Table, finding};

/// Level of each pair of values in a column beside names nobody shares.
fn levels(kind: Kind, field: &str, pairs: &[(&str, &str, &'static str)]) {
    let mut table = Table::new(&[Kind::GivenName, Kind::FamilyName, kind]);
    for (row, (left, right, _)) in pairs.iter().enumerate() {
        table.push(&[&format!("G{}", letters(row)), &format!("F{}", letters(row)), left]);
        table.push(&[&format!("G{}", letters(row)), &format!("F{}", letters(row)), right]);
    }
    told(&table.link(), field, pairs);
}

fn letters(row: usize) -> String {
    [row / 26, row % 26].map(|at| char::from(b'a' + at as u8)).iter().collect()
}

/// Given and family name.
type Name = (&'static str, &'static str);

/// Level of each pair of names.
fn names(pairs: &[(Name, Name, &'static str)], field: &str) {
    let mut table = Table::new(&[Kind::GivenName, Kind::FamilyName]);
    for (left, right, _) in pairs {
        table.push(&[left.0, left.1]);
        table.push(&[right.0, right.1]);
    }
    let pairs: Vec<_> = pairs.iter().map(|(left, right, level)| (left.0, right.0, *level)).collect();
    told(&table.link(), field, &pairs);
}

fn told(linkage: &Linkage, field: &str, pairs: &[(&str, &str, &'static str)]) {
    for (row, (left, right, level)) in (0_u32..).zip(pairs) {
        assert_eq!(finding(linkage, field, 2 * row, 2 * row + 1).0, *level, "{left} {right}");
    }
}

#[test]
fn given_names_agree_by_form_slip_initial_and_sound() {
    names(
        &[
            (("Jean", "A"), ("JEAN", "A"), "same"),
            (("Nathalie", "A"), ("Natalie", "A"), "one_slip"),
            (("Elizabeth", "A"), ("Liz", "A"), "other_form"),
            (("Jean-Pierre", "A"), ("Jean", "A"), "other_form"),
            (("Jérôme", "A"), ("J.", "A"), "initial"),
            (("Văn An", "A"), ("An", "A"), "other_form"),
            (("Paul et Céline", "A"), ("Céline", "A"), "other_form"),
            (("Kerjean", "Marie"), ("Marie", "Kerjean"), "swapped"),
            (("Sophie", "A"), ("Laurent", "A"), "another_name"),
            (("", "A"), ("Laurent", "A"), "missing"),
            (("n/a", "A"), ("Laurent", "A"), "missing"),
            (("Иван", "A"), ("Иван", "A"), "same"),
            (("محمد", "A"), ("محمد", "A"), "same"),
            (("明", "A"), ("华", "A"), "different"),
        ],
        "given_name",
    );
}

#[test]
fn family_names_agree_by_part_and_particle() {
    names(
        &[
            (("A", "Kerjean"), ("A", "KERJEAN"), "same"),
            (("A", "Kerjean"), ("A", "Kerjaen"), "one_slip"),
            (("A", "Durand-Martin"), ("A", "Durand"), "part"),
            (("Marie", "Kerjean"), ("Kerjean", "Marie"), "missing"),
            (("A", "van den Brink"), ("A", "Brink"), "part"),
            (("A", "van der Linden"), ("A", "Linden, v.d."), "same"),
            (("A", "Al Masri"), ("A", "Masri"), "part"),
            (("A", "Salvanden"), ("A", "Den"), "different"),
            (("A", "van den Berg"), ("A", "v.d. Berg"), "part"),
            (("A", "van den Berg"), ("A", "van der Broek"), "different"),
            (("A", "van der Meer"), ("A", "van der Beek"), "loosely_alike"),
            (("A", "van der Meer"), ("A", "van der Meir"), "one_slip"),
            (("A", "Denis"), ("A", "Denise"), "one_slip"),
            (("A", "de Lacroix"), ("A", "Croix"), "part"),
            (("A", "L."), ("A", "Lucas"), "missing"),
            (("A", "M."), ("A", "Lucas"), "different"),
            (("A", "Kerjean"), ("A", "Lopez"), "different"),
        ],
        "family_name",
    );
}

#[test]
fn birth_dates_agree_by_digit_by_crossing_and_by_part() {
    levels(
        Kind::BirthDate,
        "birth_date",
        &[
            ("1970-02-03", "03/02/1970", "same"),
            ("1970-02-03", "1970-03-02", "one_slip"),
            ("1970-02-03", "1970-02-08", "one_slip"),
            ("1970-02-13", "1970-02-31", "missing"),
            ("1970-02-13", "1970-02-28", "two_parts"),
            ("1970-02-13", "1985-02-13", "two_parts"),
            ("1970-02-13", "1970-11-28", "same_year"),
            ("1970-02-13", "1985-11-28", "different"),
            ("1970-01-01", "1970-11-28", "same_year"),
            ("1970-01-01", "1985-01-01", "different"),
            ("1900-01-01", "1970-11-28", "missing"),
            ("", "1970-11-28", "missing"),
        ],
    );
}

#[test]
fn e_mails_agree_by_slip_and_by_the_name_before_the_host() {
    levels(
        Kind::Email,
        "email",
        &[
            ("skater75@orange.fr", "Skater75@Orange.fr ", "same"),
            ("skater75@orange.fr", "skatre75@orange.fr", "one_slip"),
            // A number at the end tells two people of one name apart.
            ("skater75@orange.fr", "skater76@orange.fr", "alike"),
            ("a@orange.fr", "b@orange.fr", "different"),
            ("skater75@orange.fr", "skater75@free.fr", "same_name"),
            ("skater75@orange.fr", "bluebird@free.fr", "different"),
            ("skater75@orange.fr", "inconnu", "missing"),
        ],
    );
}

#[test]
fn that_two_addresses_made_of_one_name_are_alike_is_no_news() {
    let mut table = Table::new(&[Kind::GivenName, Kind::FamilyName, Kind::Email]);
    table.push(&["Jean", "Kerjean", "jean.kerjean@orange.fr"]);
    table.push(&["Jean", "Kerjean", "jean.kerjean@free.fr"]);
    table.push(&["Jean", "Kerjean", "jean.kerjean@orange.fr"]);
    let linkage = table.link();
    assert_eq!(finding(&linkage, "email", 0, 1), ("missing", 0.0));
    assert_eq!(finding(&linkage, "email", 0, 2).0, "same");
}

#[test]
fn phones_agree_by_digit_however_they_are_written() {
    levels(
        Kind::Phone,
        "phone",
        &[
            ("06 12 34 56 78", "+33612345678", "same"),
            ("06 12 34 56 78", "0612345679", "one_slip"),
            ("06 12 34 56 78", "0612345687", "one_slip"),
            ("06 12 34 56 78", "0698765432", "different"),
            ("06 12 34 56 78", "0000000000", "missing"),
        ],
    );
}

#[test]
fn addresses_agree_by_number_street_and_place() {
    let mut table = Table::new(&[Kind::GivenName, Kind::Street, Kind::PostalCode, Kind::City]);
    let pairs = [
        (["12 bd Pasteur", "29200", "Brest"], ["12, boulevard Pasteur", "29200", "BREST"], "same"),
        (["12 boulevard Pasteur", "29200", "Brest"], ["12 boulevard Pastuer", "29200", "Brest"], "alike"),
        (
            ["12 boulevard Pasteur", "29200", "Brest"],
            ["40 boulevard Pasteur", "29200", "Brest"],
            "same_street",
        ),
        (["12 boulevard Pasteur", "29200", "Brest"], ["", "29200", "Brest"], "same_place"),
        (
            ["12 boulevard Pasteur", "29200", "Brest"],
            ["4 rue Verte", "29200", "Brest"],
            "other_street_of_place",
        ),
        (["12 boulevard Pasteur", "29200", "Brest"], ["4 rue Verte", "29280", "Plouzané"], "near"),
        (["12 boulevard Pasteur", "29200", "Brest"], ["4 rue Verte", "75011", "Paris"], "different"),
        (["", "", ""], ["4 rue Verte", "75011", "Paris"], "missing"),
    ];
    for (left, right, _) in pairs {
        table.push(&["A", left[0], left[1], left[2]]);
        table.push(&["A", right[0], right[1], right[2]]);
    }
    let linkage = table.link();
    for (row, (left, right, level)) in (0_u32..).zip(pairs) {
        assert_eq!(finding(&linkage, "address", 2 * row, 2 * row + 1).0, level, "{left:?} {right:?}");
        assert_eq!(finding(&linkage, "address", 2 * row + 1, 2 * row).0, level, "{right:?} {left:?}");
    }
}

#[test]
fn texts_agree_by_the_rare_words_they_share() {
    let mut table = Table::new(&[Kind::Text]);
    let texts = [
        "the new works of zanzibar painter",
        "works of the zanzibar painter",
        "the new works of the baker",
        "old harbour",
    ];
    texts.iter().for_each(|text| table.push(&[text]));
    for row in 0..60 {
        table.push(&[&format!("the new works of the maker{row}")]);
    }
    let linkage = table.link();
    let (rare, rare_bits) = finding(&linkage, "text:c0", 0, 1);
    let (common, common_bits) = finding(&linkage, "text:c0", 0, 2);
    assert!(matches!(rare, "most_words" | "some_words"), "{rare}");
    assert!(rare_bits > common_bits + 3.0, "{rare} {rare_bits} {common} {common_bits}");
    assert_eq!(finding(&linkage, "text:c0", 0, 3).0, "different");
}

#[test]
fn amounts_agree_by_how_far_they_are_apart() {
    levels(
        Kind::Number,
        "number:c2",
        &[
            ("1 234,50", "1234.50 €", "same"),
            ("1000", "1005", "within_1_percent"),
            ("1000", "1020", "within_3_percent"),
            ("1000", "1050", "within_6_percent"),
            ("1000", "1090", "within_10_percent"),
            ("1000", "1150", "within_20_percent"),
            ("1000", "2000", "different"),
            ("1000", "-1000", "different"),
            ("0", "-0", "same"),
            ("NaN", "1000", "missing"),
            ("1e308", "-1e308", "different"),
            ("1e308", "1.0000001e308", "within_1_percent"),
            ("0", "5e-324", "different"),
        ],
    );
}

#[test]
fn days_agree_by_how_far_they_are_apart() {
    levels(
        Kind::Day,
        "day:c2",
        &[
            ("2024-02-28", "28/02/2024", "same"),
            ("2024-02-28", "2024-02-29", "next_day"),
            ("2024-02-28", "2024-03-01", "within_3_days"),
            ("2023-12-30", "2024-01-05", "within_a_week"),
            ("2024-02-28", "2024-03-12", "within_two_weeks"),
            ("2024-02-28", "2024-03-28", "within_a_month"),
            ("2024-02-28", "2025-02-28", "different"),
        ],
    );
}

#[test]
fn who_shares_a_rare_value_weighs_more_than_who_shares_a_common_one() {
    let mut table = Table::new(&[Kind::GivenName, Kind::FamilyName, Kind::Category]);
    table.push(&["Ann", "Kerjean", "sculptor"]);
    table.push(&["Lou", "Kerjean", "sculptor"]);
    for row in 0..200 {
        let given = format!("G{}", letters(row));
        let family = if row % 2 == 0 { "Martin".to_owned() } else { format!("F{}", letters(row)) };
        table.push(&[&given, &family, "clerk"]);
    }
    let linkage = table.link();
    for field in ["family_name", "category:c2"] {
        let (rare, common) = (finding(&linkage, field, 0, 1), finding(&linkage, field, 2, 4));
        assert_eq!((rare.0, common.0), ("same", "same"));
        assert!(rare.1 > common.1 + 4.0, "{field} {rare:?} {common:?}");
    }
}

#[test]
fn the_second_address_of_one_and_the_first_of_the_other_may_be_the_same() {
    let mut table = Table::new(&[Kind::GivenName, Kind::Email, Kind::Email]);
    table.push(&["A", "skater75@orange.fr", "bluebird@free.fr"]);
    table.push(&["B", "bluebird@free.fr", ""]);
    for row in 0..30 {
        table.push(&["C", "office@work.example", &format!("p{row}q{row}@free.fr")]);
    }
    let linkage = table.link();
    assert_eq!(finding(&linkage, "email", 0, 1).0, "same");
    assert_eq!(finding(&linkage, "email", 0, 1), finding(&linkage, "email", 1, 0));
    for (a, b) in [(0, 1), (1, 2), (2, 3), (0, 31)] {
        assert_eq!(finding(&linkage, "email", a, b), finding(&linkage, "email", b, a));
    }
}

#[test]
fn of_two_files_the_only_number_of_one_and_the_second_of_the_other_may_be_the_same() {
    for kind in [Kind::Phone, Kind::Email] {
        let (ours, theirs) = match kind {
            Kind::Email => ("bluebird@free.fr", "skater75@orange.fr"),
            _ => ("06 87 65 43 21", "02 98 11 22 33"),
        };
        let first = Table::new(&[Kind::GivenName, Kind::FamilyName, kind, kind])
            .with(&["A", "Kerjean", theirs, ours])
            .with(&["B", "Lopez", "", ours])
            .with(&["C", "Martin", theirs, ""]);
        let second = Table::new(&[Kind::GivenName, Kind::FamilyName, kind]).with(&["A", "Kerjean", ours]);
        let field = if kind == Kind::Email { "email" } else { "phone" };
        for (linkage, at, other) in [
            (first.link_with(&second, &Options::default()), [0, 1, 2], 3),
            (second.link_with(&first, &Options::default()), [1, 2, 3], 0),
        ] {
            let level = |row: u32| finding(&linkage, field, row, other).0;
            assert_eq!(at.map(level), ["same", "same", "different"], "{kind}");
        }
    }
}

#[test]
fn what_only_one_of_two_files_says_is_not_compared() {
    let first = Table::new(&[Kind::GivenName, Kind::FamilyName, Kind::Phone]).with(&["A", "B", "0612345678"]);
    let second = Table::new(&[Kind::GivenName, Kind::FamilyName]).with(&["A", "B"]);
    let linkage = first.link_with(&second, &Options::default());
    assert!(!linkage.fields().contains(&"phone".to_owned()), "{:?}", linkage.fields());
}

#[test]
fn years_are_as_far_apart_as_they_are_and_not_in_percent() {
    levels(
        Kind::Number,
        "number:c2",
        &[
            ("1976", "1976", "same"),
            ("1976", "1977", "one_year"),
            ("1976", "1973", "within_3_years"),
            ("1976", "1985", "within_10_years"),
            ("1976", "1993", "different"),
            ("1976", "", "missing"),
        ],
    );
    levels(Kind::Number, "number:c2", &[("1976", "1993", "within_1_percent"), ("3", "3", "same")]);
}
