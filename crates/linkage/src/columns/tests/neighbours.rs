//! Files in other languages than French and English, and what the neighbours of a column tell.

use super::kinds;
use crate::columns::{Guess, Kind, guess};
use crate::normalise::Country;

#[test]
fn headers_of_neighbouring_languages_are_read() {
    use Kind::*;
    for (headers, kinds) in [
        (
            "Vorname Nachname Geburtsdatum Straße Hausnummer PLZ Wohnort Telefon Handy E-Mail Kundennummer Anrede",
            [
                GivenName,
                FamilyName,
                BirthDate,
                Street,
                StreetNumber,
                PostalCode,
                City,
                Phone,
                Phone,
                Email,
                Identifier,
                Gender,
            ],
        ),
        (
            "Nombre_de_pila Apellidos Fecha_de_nacimiento Dirección Número_de_casa Código_postal Ciudad Teléfono Móvil \
            Correo_electrónico Número_de_cliente Sexo",
            [
                GivenName,
                FamilyName,
                BirthDate,
                Street,
                StreetNumber,
                PostalCode,
                City,
                Phone,
                Phone,
                Email,
                Identifier,
                Gender,
            ],
        ),
        (
            "Nome Cognome Data_di_nascita Indirizzo Numero_civico CAP Città Telefono Cellulare Posta_elettronica Codice_cliente \
            Sesso",
            [
                GivenName,
                FamilyName,
                BirthDate,
                Street,
                StreetNumber,
                PostalCode,
                City,
                Phone,
                Phone,
                Email,
                Identifier,
                Gender,
            ],
        ),
        (
            "Nome_próprio Apelido Data_de_nascimento Morada Número_casa Código_Postal Localidade Telefone Telemóvel \
            Correio_eletrónico Número_cliente Género",
            [
                GivenName,
                FamilyName,
                BirthDate,
                Street,
                StreetNumber,
                PostalCode,
                City,
                Phone,
                Phone,
                Email,
                Identifier,
                Gender,
            ],
        ),
        (
            "Voornaam Achternaam Geboortedatum Straatnaam Huisnummer Postcode Woonplaats Telefoonnummer Mobiel E-mailadres \
            Klantnummer Geslacht",
            [
                GivenName,
                FamilyName,
                BirthDate,
                Street,
                StreetNumber,
                PostalCode,
                City,
                Phone,
                Phone,
                Email,
                Identifier,
                Gender,
            ],
        ),
        (
            "Imię Nazwisko Data_urodzenia Ulica Nr_domu Kod_pocztowy Miejscowość Telefon Numer_telefonu Adres_e-mail \
            Numer_klienta Płeć",
            [
                GivenName,
                FamilyName,
                BirthDate,
                Street,
                StreetNumber,
                PostalCode,
                City,
                Phone,
                Phone,
                Email,
                Identifier,
                Gender,
            ],
        ),
    ] {
        for (header, kind) in headers.split_whitespace().zip(kinds) {
            assert_eq!(Kind::from_name(header), Some(kind), "{header}");
        }
    }
    for (header, kind) in [
        ("Name, Vorname", WholeName),
        ("Nombre y apellidos", WholeName),
        ("Nome e cognome", WholeName),
        ("Imię i nazwisko", WholeName),
        ("Nome completo", WholeName),
        ("Straße und Hausnummer", Street),
        ("Geburtsort", City),
        ("Luogo di nascita", City),
        ("País de nacimiento", Country),
        ("Rechnungsdatum", Day),
        ("Mitgliedsnr.", Identifier),
        ("Razón social", Text),
        ("Seguridad social", Identifier),
        ("geb.", BirthDate),
        ("Fecha de alta", Day),
        // French and English words that others spell alike.
        ("nombre", Number),
        ("Nombre d'achats", Number),
        ("Numéro et rue", Street),
        ("land", Country),
    ] {
        assert_eq!(Kind::from_name(header), Some(kind), "{header}");
    }
    assert_eq!(Kind::from_name("exercice fiscal"), None);
}

fn guessed(headers: &[&str], row: impl Fn(u32) -> Vec<String>) -> Vec<Guess> {
    let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
    guess(&headers, &(0..60).map(row).collect::<Vec<_>>())
}

#[test]
fn nombre_and_nome_are_what_the_rest_of_the_file_leaves() {
    let names = ["Lucía", "María Jesús", "Ana Belén", "José Luis"];
    let family = ["García", "Sanz", "Ruiz"];
    let both = |i: u32| vec![names[i as usize % 4].to_owned(), family[i as usize % 3].to_owned()];
    for headers in [["Nombre", "Apellidos"], ["Nome", "Apelido"]] {
        assert_eq!(kinds(&guessed(&headers, both)), [Kind::GivenName, Kind::FamilyName]);
    }
    let whole =
        |i: u32| vec![format!("{} {}", names[i as usize % 4], family[i as usize % 3]), "x".to_owned()];
    assert_eq!(guessed(&["Nome", "x"], whole)[0].kind, Kind::WholeName);
    assert_eq!(guessed(&["nombre", "x"], |i| vec![i.to_string(), "x".to_owned()])[0].kind, Kind::Number);
}

#[test]
fn a_column_of_names_that_holds_companies_holds_no_whole_names() {
    let firms =
        ["Müller GmbH", "Dupont SARL", "Jones, Smith and Cook", "Wilkinson Group", "Berger", "Rossi S.p.A."];
    let company =
        |i: u32| vec![format!("{} {}", ["Old", "New", "Big"][i as usize % 3], firms[i as usize % 6])];
    for header in ["name", "nom", "Client name"] {
        assert_eq!(guessed(&[header], company)[0].kind, Kind::Text);
    }
    let person = |i: u32| vec![format!("Jean {}", ["Durand", "Le Goff", "Martin"][i as usize % 3])];
    let one_in_fifteen = |i: u32| if i % 15 == 7 { vec!["João Sá".to_owned()] } else { person(i) };
    assert_eq!(guessed(&["nom"], one_in_fifteen)[0].kind, Kind::WholeName);
}

#[test]
fn a_number_beside_the_street_is_the_number_of_the_house() {
    let row =
        |i: u32| vec![format!("{}strasse", ["Haupt", "Berg"][i as usize % 2]), format!("{}", 1 + i % 9)];
    for headers in [["Straße", "Nr."], ["Strasse", "Hausnummer"]] {
        assert_eq!(kinds(&guessed(&headers, row)), [Kind::Street, Kind::StreetNumber]);
    }
    let row = |i: u32| vec![format!("rue {i}"), format!("C{:07}", 1_000_000 + i % 9)];
    assert_eq!(guessed(&["adresse", "numéro"], row)[1].kind, Kind::Identifier);
}

#[test]
fn the_home_of_numbers_is_told_by_their_column_and_by_the_country() {
    let swiss = |i: u32| vec![format!("079 {} 45 {}", 100 + i, 10 + i), "Schweiz".to_owned()];
    let guesses = guessed(&["Telefon", "Land"], swiss);
    assert_eq!((guesses[0].kind, guesses[0].home), (Kind::Phone, Some(Country::SWITZERLAND)));
    let thousands = |i: u32| vec![format!("{},{:03}", 1 + i, 7 * i)];
    assert_eq!(guessed(&["total"], thousands)[0].home, Some(Country::UNITED_STATES));
    assert_eq!(guessed(&["total"], |i| vec![format!("{},{}", 1 + i, 7 * i)])[0].home, None);
    let portuguese = |i: u32| vec![format!("{}-{}", 1000 + i, 100 + i)];
    let guesses = guessed(&["Código postal"], portuguese);
    assert_eq!((guesses[0].kind, guesses[0].home), (Kind::PostalCode, Some(Country::PORTUGAL)));
}
