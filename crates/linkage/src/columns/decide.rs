//! Header against values.

use super::headers::{self, Header};
use super::values::Profile;
use super::{Because, Guess, Kind};
use crate::normalise::Country;

/// Share of the values that must look like what the header says, per cent: a column is allowed to be dirty.
const ENOUGH: usize = 40;

/// Share of the values that must look like something that no header says, per cent.
const MOST: usize = 80;

/// What the rest of the file tells about a column.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Beside {
    /// Whether the headers name a column of family names.
    pub(super) family: bool,
}

/// Guess about one column.
pub(super) fn column(header: Header, values: &Profile, beside: Beside) -> Guess {
    let (kind, because) = by_both(header, values, beside);
    let order = matches!(kind, Kind::BirthDate | Kind::Day).then_some(values.order);
    let home = match kind {
        Kind::PostalCode => values.postal_home(),
        Kind::Number if values.in_thousands => Some(Country::UNITED_STATES),
        _ => None,
    };
    Guess { kind, because, order, home }
}

fn by_both(header: Header, values: &Profile, beside: Beside) -> (Kind, Because) {
    // "Name" is what companies have too.
    let names_companies =
        matches!(header, Header::Name | Header::Says(Kind::WholeName)) && values.are_companies(10);
    match header {
        _ if names_companies => (Kind::Text, Because::HeaderAndValues),
        Header::Says(kind) => named(kind, values),
        Header::Name if values.are_phrases(60) => (Kind::WholeName, Because::HeaderAndValues),
        Header::Name => named(Kind::FamilyName, values),
        Header::NumberOrGiven if values.are_numbers(ENOUGH) => (Kind::Number, Because::HeaderAndValues),
        Header::Given | Header::NumberOrGiven if !beside.family && values.are_phrases(60) => {
            (Kind::WholeName, Because::HeaderAndValues)
        }
        Header::Given | Header::NumberOrGiven => named(Kind::GivenName, values),
        Header::Number | Header::AnyNumber => numbered(values),
        Header::Nothing => by_values(values),
    }
}

fn named(kind: Kind, values: &Profile) -> (Kind, Because) {
    if values.count == 0 {
        return (kind, if kind == Kind::Ignored { Because::Header } else { Because::Empty });
    }
    match looks_like(kind, values) {
        Some(true) => (kind, Because::HeaderAndValues),
        None => (kind, Because::Header),
        Some(false) => by_values(values),
    }
}

/// Whether the values are what the header says; `None` where values cannot tell.
fn looks_like(kind: Kind, values: &Profile) -> Option<bool> {
    match kind {
        Kind::Email => Some(values.are_emails(ENOUGH)),
        Kind::Phone => Some(values.are_phones(ENOUGH)),
        Kind::BirthDate | Kind::Day => Some(values.are_days(ENOUGH)),
        Kind::Number => Some(values.are_numbers(ENOUGH)),
        Kind::PostalCode => Some(values.are_postal_codes(ENOUGH)),
        Kind::Gender => Some(values.are_genders(ENOUGH)),
        // A column of countries may use codes of its own, one of genders may not.
        Kind::Country => values.are_countries(ENOUGH).then_some(true),
        Kind::Street if values.are_streets(ENOUGH) => Some(true),
        Kind::GivenName if values.are_given_names(ENOUGH) => Some(true),
        Kind::WholeName if values.are_whole_names(ENOUGH) => Some(true),
        Kind::GivenName | Kind::FamilyName | Kind::WholeName | Kind::Street | Kind::City => {
            let other = values.are_emails(MOST) || !values.have_letters(ENOUGH);
            other.then_some(false)
        }
        _ => None,
    }
}

/// A number of the row where no value repeats, of the person where some do.
fn numbered(values: &Profile) -> (Kind, Because) {
    if values.count == 0 {
        return (Kind::Identifier, Because::Empty);
    }
    if values.all_distinct(2) {
        return (Kind::RowId, Because::AllDistinct);
    }
    (Kind::Identifier, Because::Header)
}

/// What the values alone look like.
fn by_values(values: &Profile) -> (Kind, Because) {
    if values.count == 0 {
        return (Kind::Ignored, Because::Empty);
    }
    let kind = if values.are_emails(MOST) {
        Kind::Email
    } else if values.are_births() {
        Kind::BirthDate
    } else if values.are_days(90) {
        Kind::Day
    } else if values.are_dialled() {
        Kind::Phone
    } else if values.are_row_numbers() {
        return (Kind::RowId, Because::AllDistinct);
    } else if values.are_genders(90) {
        Kind::Gender
    } else if values.are_countries(90) {
        Kind::Country
    } else if values.are_streets(60) {
        Kind::Street
    } else if values.are_given_names(60) {
        Kind::GivenName
    } else if values.are_whole_names(60) {
        Kind::WholeName
    } else if values.are_french_postal_codes() {
        Kind::PostalCode
    } else if values.are_numbers(90) {
        Kind::Number
    } else if values.are_categories() {
        Kind::Category
    } else {
        return (Kind::Text, Because::Nothing);
    };
    (kind, Because::Values)
}

/// What only the neighbours tell: "numero" before or after a street is its number.
pub(super) fn between_columns(headers: &[String], profiles: &[Profile], guesses: &mut [Guess]) {
    let is_street =
        |guesses: &[Guess], place: usize| guesses.get(place).is_some_and(|guess| guess.kind == Kind::Street);
    for place in 0..guesses.len() {
        let values = &profiles[place];
        let number = headers::is_street_number(&headers[place]) && !values.are_streets(ENOUGH);
        let any_number = headers::kind_of(&headers[place]) == Header::AnyNumber;
        let after_street = place > 0 && is_street(guesses, place - 1) && values.are_house_numbers(MOST);
        if number || any_number && (is_street(guesses, place + 1) || after_street) {
            guesses[place] =
                Guess { kind: Kind::StreetNumber, because: Because::Header, order: None, home: None };
        }
    }
}
