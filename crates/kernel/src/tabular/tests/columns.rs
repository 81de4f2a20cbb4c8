//! What columns hold.

use super::guess::{ColumnKind, Confidence, Guess, guess_column};
use super::*;

fn guessed(name: &str, values: &[&str]) -> Guess {
    guess_column(name, values.iter().copied())
}

fn kind(name: &str, values: &[&str]) -> Option<ColumnKind> {
    guessed(name, values).kind
}

#[test]
fn names_are_known_in_both_languages_whatever_their_case_and_accents() {
    let cases: [(&[&str], ColumnKind); 21] = [
        (&["Prénom", "PRENOM", "First name", "firstName", "given_name"], ColumnKind::GivenName),
        (&["Nom", "nom de famille", "Last Name", "surname"], ColumnKind::FamilyName),
        (&["Nom et prénom", "Full name"], ColumnKind::FullName),
        (&["Société", "Raison sociale", "Company"], ColumnKind::Organisation),
        (&["E-mail", "Courriel", "Adresse e-mail", "email_address"], ColumnKind::Email),
        (&["Téléphone", "Tél.", "N° de téléphone", "Phone number"], ColumnKind::Phone),
        (&["Portable", "Mobile", "Cellulaire", "Cell phone"], ColumnKind::Mobile),
        (&["N° client", "Identifiant", "customer_id", "ID"], ColumnKind::ExternalNumber),
        (&["Date de naissance", "Né(e) le", "date_of_birth", "DOB"], ColumnKind::BirthDate),
        (&["Adresse", "Street address", "address_1"], ColumnKind::Street),
        (&["Code postal", "CP", "postcode", "ZIP"], ColumnKind::PostalCode),
        (&["Ville", "City", "suburb"], ColumnKind::City),
        (&["Pays", "Country"], ColumnKind::Country),
        (&["Agence", "Magasin", "Branch"], ColumnKind::Site),
        (&["Langue", "Language"], ColumnKind::Language),
        (&["Consentement", "Opt-in", "RGPD"], ColumnKind::Consent),
        (&["NPS", "Recommandation", "Likelihood to recommend"], ColumnKind::Score0To10),
        (&["Horodateur", "Date de réponse", "Created at"], ColumnKind::Date),
        (&["Commentaires", "Verbatim", "Feedback"], ColumnKind::Comment),
        (&["Poids", "Pondération", "Weight"], ColumnKind::Weight),
        (&["Canal", "Channel"], ColumnKind::Channel),
    ];
    for (names, expected) in cases {
        for name in names {
            assert_eq!(
                guessed(name, &[]),
                Guess { kind: Some(expected), confidence: Confidence::Sure },
                "{name}"
            );
        }
    }
}

#[test]
fn a_name_is_doubted_when_the_values_contradict_it() {
    assert_eq!(guessed("Email", &["a@b.fr", "c@d.fr"]).confidence, Confidence::Sure);
    assert_eq!(guessed("Email", &["a@b.fr", "absent", "inconnu"]).confidence, Confidence::Probable);
    assert_eq!(kind("Email", &["12", "25", "37", "44"]), None);
    assert_eq!(guessed("Code postal", &["69003", "H2X 1Y4", "1000"]).confidence, Confidence::Sure);
}

#[test]
fn a_word_inside_a_name_makes_a_guess_probable() {
    let probable = |kind| Guess { kind: Some(kind), confidence: Confidence::Probable };
    assert_eq!(guessed("Date de naissance du titulaire", &[]), probable(ColumnKind::BirthDate));
    assert_eq!(guessed("Tel. domicile 2", &[]), probable(ColumnKind::Phone));
    assert_eq!(guessed("Comment ID", &[]), probable(ColumnKind::ExternalNumber));
    assert_eq!(guessed("Hôtel préféré", &[]).kind, None);
    let question = "Recommanderiez-vous notre agence à un proche ?";
    assert_eq!(guessed(question, &["9", "10", "0", "7"]).kind, Some(ColumnKind::Score0To10));
}

#[test]
fn values_speak_where_the_name_does_not() {
    assert_eq!(
        guessed("X", &["a@b.fr", "c@d.fr", "e@f.org"]),
        Guess { kind: Some(ColumnKind::Email), confidence: Confidence::Sure }
    );
    assert_eq!(kind("X", &["06 12 34 56 78", "+33 7 12 34 56 78", "0612345678"]), Some(ColumnKind::Mobile));
    assert_eq!(kind("X", &["01 42 34 56 78", "+32 2 123 45 67", "(514) 555-0101"]), Some(ColumnKind::Phone));
    assert_eq!(kind("X", &["12/03/2025", "2025-03-12", "1er mai 2025"]), Some(ColumnKind::Date));
    assert_eq!(kind("X", &["oui", "non", "Oui"]), Some(ColumnKind::Consent));
    assert_eq!(kind("X", &["FR", "Belgique", "Canada"]), Some(ColumnKind::Country));
    assert_eq!(kind("X", &["Dupont SARL", "Mairie de Lyon", "ACME Inc."]), Some(ColumnKind::Organisation));
    let comments = [
        "L'accueil était vraiment très chaleureux, merci.",
        "Attente bien trop longue au guichet",
        "Rien à dire de plus que d'habitude",
    ];
    assert_eq!(kind("X", &comments), Some(ColumnKind::Comment));
    assert_eq!(kind("X", &["abc", "def", "ghi"]), None);
    assert_eq!(kind("X", &[]), None);
}

#[test]
fn times_with_the_first_day_of_a_spreadsheet_are_no_dates() {
    let times = ["12/31/1899 09:30:00 AM", "12/31/1899 12:55:00 PM", "12/31/1899 01:05:00 PM"];
    assert_eq!(kind("DEPTIME", &times), None);
    assert_eq!(kind("X", &["1899-12-30 09:30:00", "1899-12-30 10:00:00", "1899-12-30 10:05:00"]), None);
    assert_eq!(kind("X", &["1899-12-30", "1902-02-01", "1899-12-31"]), Some(ColumnKind::Date));
}

#[test]
fn the_scale_of_a_score_follows_from_the_values_it_reaches() {
    assert_eq!(kind("Note", &["1", "5", "3", "4"]), Some(ColumnKind::Score1To5));
    assert_eq!(kind("Q3", &["1", "7", "3", "4"]), Some(ColumnKind::Score1To7));
    assert_eq!(kind("Satisfaction", &["0", "10", "3", "8"]), Some(ColumnKind::Score0To10));
    assert_eq!(kind("Q3", &["0", "1", "1", "0"]), None);
    assert_eq!(guessed("Note", &["5", "4", "5"]).confidence, Confidence::Probable);
    let many: Vec<&str> = ["1", "2", "3", "4", "5"].repeat(8);
    assert_eq!(guessed("Note", &many).confidence, Confidence::Sure);
}

#[test]
fn a_kind_a_record_has_once_is_sure_only_once() {
    let table = load_text("Prénom;Prenom;Email;E-mail\nA;B;a@b.fr;c@d.fr\n");
    let confidences: Vec<Confidence> = table.guess().iter().map(|guess| guess.confidence).collect();
    assert_eq!(confidences, [Confidence::Sure, Confidence::Probable, Confidence::Sure, Confidence::Sure]);
}

#[test]
fn columns_of_a_reference_file_are_recognised() {
    let Some(path) = shared("linkage/febrl1.csv") else { return };
    let table = load(&std::fs::read(path).unwrap()).unwrap();
    let guesses = table.guess();
    let found = |name: &str| guesses[table.header.iter().position(|column| column == name).unwrap()].kind;
    assert_eq!(found("given_name"), Some(ColumnKind::GivenName));
    assert_eq!(found("surname"), Some(ColumnKind::FamilyName));
    assert_eq!(found("date_of_birth"), Some(ColumnKind::BirthDate));
    assert_eq!(found("postcode"), Some(ColumnKind::PostalCode));
    assert_eq!(found("rec_id"), Some(ColumnKind::ExternalNumber));
}

#[test]
fn kinds_are_stored_by_their_code() {
    for kind in ColumnKind::ALL {
        let json = serde_json::to_string(&kind).unwrap();
        assert_eq!(json, format!("\"{}\"", kind.code()));
        assert_eq!(serde_json::from_str::<ColumnKind>(&json).unwrap(), kind);
    }
}
