use std::path::PathBuf;

use proptest::prelude::*;

use super::{Because, Guess, Kind, guess};
use crate::normalise::{Country, Order};

mod neighbours;

/// Header and rows of a comma-separated file without quotes, from the folder of shared data beside the project.
fn shared(file: &str) -> Option<(Vec<String>, Vec<Vec<String>>)> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/linkage").join(file);
    let text = std::fs::read_to_string(path).ok()?;
    let mut rows = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    Some((rows.next()?, rows.collect()))
}

fn kinds(guesses: &[Guess]) -> Vec<Kind> {
    guesses.iter().map(|guess| guess.kind).collect()
}

#[test]
fn columns_of_public_files_are_recognised() {
    use Kind::*;
    let febrl = vec![
        RowId,
        GivenName,
        FamilyName,
        StreetNumber,
        Street,
        Street,
        City,
        PostalCode,
        Region,
        BirthDate,
        Identifier,
    ];
    for (file, expected) in [
        ("febrl1.csv", febrl.clone()),
        ("febrl3.csv", febrl),
        ("fake_1000.csv", vec![RowId, GivenName, FamilyName, BirthDate, City, Email, Ignored]),
    ] {
        let Some((headers, rows)) = shared(file) else {
            // Nothing to check without the files; said in the list of tests.
            std::io::Write::write_all(&mut std::io::stderr(), b"skipped: no shared data\n").unwrap();
            return;
        };
        assert_eq!(kinds(&guess(&headers, &rows)), expected, "{file}");
    }
}

/// Rows of a small French file.
fn french() -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for i in 0..40_u32 {
        let given = ["Jean", "Marie", "Élodie", "Jean-Pierre", "Nathalie", "Kévin"][i as usize % 6];
        let family = ["Martin", "Le Goff", "Durand", "Kerjean", "O'Brien"][i as usize % 5];
        rows.push(vec![
            format!("C{i:05}"),
            ["M.", "Mme"][i as usize % 2].to_owned(),
            family.to_owned(),
            given.to_owned(),
            format!("{}/{:02}/{}", 1 + i % 28, 1 + i % 12, 1940 + i),
            format!("{}.{i}@orange.fr", given.to_lowercase()),
            format!("06 {:02} 34 56 {:02}", 12 + i % 60, 10 + i),
            format!("{} bis rue de la Paix", i + 1),
            format!("{:05}", 1000 + i * 997),
            "PARIS".to_owned(),
            "France".to_owned(),
            format!("{},50", 12 + i),
            if i % 4 == 0 { String::new() } else { "client fidèle depuis longtemps".to_owned() },
            format!("2023-01-{:02}", 1 + i % 28),
        ]);
    }
    rows
}

const FRENCH: [Kind; 14] = [
    Kind::RowId,
    Kind::Gender,
    Kind::FamilyName,
    Kind::GivenName,
    Kind::BirthDate,
    Kind::Email,
    Kind::Phone,
    Kind::Street,
    Kind::PostalCode,
    Kind::City,
    Kind::Country,
    Kind::Number,
    Kind::Text,
    Kind::Day,
];

#[test]
fn french_headers_are_recognised() {
    let headers = [
        "Numéro client",
        "Civilité",
        "NOM",
        "Prénom",
        "Né(e) le",
        "Courriel",
        "Tél. portable",
        "Adresse 1",
        "CP",
        "Commune",
        "Pays",
        "Montant total",
        "Commentaires",
        "Date d'inscription",
    ]
    .map(str::to_owned);
    let guesses = guess(&headers, &french());
    assert_eq!(kinds(&guesses), FRENCH);
    assert_eq!(guesses[4].order, Some(Order::DayFirst));
    assert_eq!((guesses[6].home, guesses[8].home), (Some(Country::FRANCE), Some(Country::FRANCE)));
    assert_eq!(guesses[2].because, Because::Header);
    assert_eq!(guesses[5].because, Because::HeaderAndValues);
}

#[test]
fn values_alone_tell_what_can_be_recognised() {
    let headers = (1..=14).map(|i| format!("col{i}")).collect::<Vec<_>>();
    let guesses = guess(&headers, &french());
    for place in [0, 1, 3, 4, 5, 6, 7, 10, 11, 13] {
        assert_eq!((place, guesses[place].kind), (place, FRENCH[place]));
    }
    // Family names and towns are words like others, here of few values.
    assert_eq!((guesses[2].kind, guesses[9].kind), (Kind::Category, Kind::Category));
    let names = ["Kerjean", "Martin", "Le Goff", "Durand", "Petit"].map(|name| vec![name.to_owned()]);
    let guesses = guess(&["colonne".to_owned()], &names);
    assert_eq!((guesses[0].kind, guesses[0].because), (Kind::Text, Because::Nothing));
}

#[test]
fn values_contradict_a_wrong_header() {
    let headers = ["email", "telephone", "nom", "date_naissance"].map(str::to_owned);
    let row = |i: u32| {
        vec![
            format!("06 12 34 {:02} 78", i + 20),
            format!("a{i}@b.fr"),
            format!("{i}@c.fr"),
            format!("x y {}", i % 7),
        ]
    };
    let guesses = guess(&headers, &(0..30).map(row).collect::<Vec<_>>());
    assert_eq!(kinds(&guesses)[..3], [Kind::Phone, Kind::Email, Kind::Email]);
    assert_ne!(guesses[3].kind, Kind::BirthDate);
}

#[test]
fn headers_of_many_manners_are_read() {
    for (header, kind) in [
        ("first_name", Kind::GivenName),
        ("firstName", Kind::GivenName),
        ("given_name", Kind::GivenName),
        ("PRENOM", Kind::GivenName),
        ("nom_de_famille", Kind::FamilyName),
        ("nom_de_naissance", Kind::FamilyName),
        ("Last Name", Kind::FamilyName),
        ("surname", Kind::FamilyName),
        ("full_name", Kind::WholeName),
        ("Nom et prénom", Kind::WholeName),
        ("first_and_surname", Kind::WholeName),
        ("E-mail", Kind::Email),
        ("adresse_email", Kind::Email),
        ("mel", Kind::Email),
        ("Téléphone fixe", Kind::Phone),
        ("mobile_phone", Kind::Phone),
        ("address_1", Kind::Street),
        ("libelle_voie", Kind::Street),
        ("street_address", Kind::Street),
        ("code_postal", Kind::PostalCode),
        ("zip", Kind::PostalCode),
        ("postcode_fake", Kind::PostalCode),
        ("suburb", Kind::City),
        ("birth_place", Kind::City),
        ("lieu_naissance", Kind::City),
        ("state", Kind::Region),
        ("pays_naissance", Kind::Country),
        ("dob", Kind::BirthDate),
        ("date_of_birth", Kind::BirthDate),
        ("dateNaissance", Kind::BirthDate),
        ("né le", Kind::BirthDate),
        ("sexe", Kind::Gender),
        ("SIRET", Kind::Identifier),
        ("soc_sec_id", Kind::Identifier),
        ("numéro de sécurité sociale", Kind::Identifier),
        ("last_order_date", Kind::Day),
        ("created_at", Kind::Day),
        ("raison_sociale", Kind::Text),
        ("cluster", Kind::Ignored),
        ("occupation", Kind::Category),
    ] {
        assert_eq!(Kind::from_name(header), Some(kind), "{header}");
    }
    assert_eq!(Kind::from_name("zorglub"), None);
    for kind in Kind::ALL {
        assert_eq!(Kind::from_name(kind.name()), Some(kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
    }
}

#[test]
fn odd_files_have_a_guess_for_each_header() {
    assert!(guess(&[], &[]).is_empty());
    let headers = vec!["a".to_owned(), "a".to_owned(), String::new()];
    let guesses = guess(&headers, &[vec!["x".repeat(1_000_000)], vec![]]);
    assert_eq!(guesses.len(), 3);
    assert_eq!((guesses[2].kind, guesses[2].because), (Kind::Ignored, Because::Empty));
}

proptest! {
    #[test]
    fn any_file_has_a_guess_for_each_header(headers in prop::collection::vec(any::<String>(), 0..5), rows in prop::collection::vec(prop::collection::vec(any::<String>(), 0..6), 0..8)) {
        prop_assert_eq!(guess(&headers, &rows).len(), headers.len());
    }
}

#[test]
fn guesses_are_kept_as_text() {
    let guesses = guess(&["CP".to_owned()], &[vec!["75001".to_owned()]]);
    let text = serde_json::to_string(&guesses).unwrap();
    assert_eq!(text, r#"[{"kind":"postal_code","because":"header_and_values","order":null,"home":"FR"}]"#);
    assert_eq!(serde_json::from_str::<Vec<Guess>>(&text).unwrap(), guesses);
}

#[test]
fn years_of_birth_are_numbers_and_no_days_of_a_spreadsheet() {
    let headers = ["nom", "annee_naissance"].map(str::to_owned);
    let row = |at: u32| vec!["Martin".to_owned(), (1920 + at * 7 % 90).to_string()];
    let rows: Vec<Vec<String>> = (0..200).map(row).collect();
    assert_eq!(kinds(&guess(&headers, &rows))[1], Kind::Number);
}
