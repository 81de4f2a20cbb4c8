//! Words of headers.

use super::Kind;
use super::rules::{self, RULES};

/// What a header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Header {
    /// One kind.
    Says(Kind),
    /// A number given to somebody or to the row.
    Number,
    /// "name", "nom": family name or whole name.
    Name,
    /// "nome": given name, or whole name where no other column has the family name.
    Given,
    /// "nombre": a number in French, a name in Spanish.
    NumberOrGiven,
    /// "numero": of the street, of the customer.
    AnyNumber,
    Nothing,
}

/// Kind that a header names, values aside.
pub(super) fn named_kind(header: &str) -> Option<Kind> {
    match kind_of(header) {
        Header::Says(kind) => Some(kind),
        Header::Number | Header::AnyNumber => Some(Kind::Identifier),
        Header::Name => Some(Kind::FamilyName),
        Header::Given => Some(Kind::GivenName),
        Header::NumberOrGiven => Some(Kind::Number),
        Header::Nothing => None,
    }
}

pub(super) fn kind_of(header: &str) -> Header {
    let folded = folded(header);
    let words: Vec<&str> = folded.split(' ').filter(|word| !is_filler(word)).collect();
    let phrase = words.join(" ");
    if let Some(found) = rules::whole(&phrase) {
        return found;
    }
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let rule = RULES.iter().find(|(any, none, _)| has(any) && !has(none));
    rule.map_or_else(|| by_ending(&words), |(_, _, found)| *found)
}

/// German and Dutch write words together: whatever ends with "nummer" is a number.
fn by_ending(words: &[&str]) -> Header {
    let ends =
        |ending: &str| words.iter().any(|word| word.len() > ending.len() + 1 && word.ends_with(ending));
    if ends("nummer") || ends("nr") {
        return Header::Number;
    }
    if ends("datum") { Header::Says(Kind::Day) } else { Header::Nothing }
}

/// Folded words, "dateOfBirth" taken apart.
fn folded(header: &str) -> String {
    const LONGEST: usize = 120;
    let mut apart = String::new();
    let mut before_is_small = false;
    for letter in header.chars().take(LONGEST) {
        if before_is_small && letter.is_uppercase() {
            apart.push(' ');
        }
        apart.push(letter);
        before_is_small = letter.is_lowercase();
    }
    crate::normalise::fold(&apart)
}

/// Words that say whose it is, or which of several.
fn is_filler(word: &str) -> bool {
    let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
    let is_filler = matches!(
        word,
        "du" | "de"
            | "d"
            | "la"
            | "le"
            | "l"
            | "des"
            | "of"
            | "the"
            | "contact"
            | "person"
            | "personne"
            | "adherent"
            | "patient"
            | "fake"
            | "primary"
            | "principal"
            | "principale"
            | "main"
            | "home"
            | "perso"
            | "pro"
            | "user"
            | "del"
            | "della"
            | "di"
            | "do"
            | "da"
    );
    is_number || is_filler
}

/// Whether a header names the number of a house; "numéro et rue" is the whole line.
pub(super) fn is_street_number(header: &str) -> bool {
    let folded = folded(header);
    let has = |list: &[&str]| folded.split(' ').any(|word| list.contains(&word));
    has(&["number", "numero", "num", "no", "n", "nr"])
        && has(&["street", "rue", "voie", "house", "adresse", "address"])
        && !has(&["et", "and", "nom", "name", "libelle"])
}
