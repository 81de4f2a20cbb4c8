//! Kinds of columns.

use serde::{Deserialize, Serialize};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Given name or names.
    GivenName,
    /// Family name.
    FamilyName,
    /// Given and family name in one.
    WholeName,
    /// E-mail address.
    Email,
    /// Telephone number.
    Phone,
    /// Line of an address: street, with its number or without.
    Street,
    /// Number in the street, in a column of its own.
    StreetNumber,
    /// Town.
    City,
    /// Postal code.
    PostalCode,
    /// State, county, department, region.
    Region,
    /// Country.
    Country,
    /// Day of birth.
    BirthDate,
    /// Number given to the person by somebody: social security, registration, customer number shared by several rows.
    Identifier,
    /// Gender or form of address.
    Gender,
    /// Another day.
    Day,
    /// Quantity or amount.
    Number,
    /// One of a few values.
    Category,
    /// Other text.
    Text,
    /// Number of the row, different for each: no evidence.
    RowId,
    /// Not to be compared.
    Ignored,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 20] = [
        Self::GivenName,
        Self::FamilyName,
        Self::WholeName,
        Self::Email,
        Self::Phone,
        Self::Street,
        Self::StreetNumber,
        Self::City,
        Self::PostalCode,
        Self::Region,
        Self::Country,
        Self::BirthDate,
        Self::Identifier,
        Self::Gender,
        Self::Day,
        Self::Number,
        Self::Category,
        Self::Text,
        Self::RowId,
        Self::Ignored,
    ];

    /// Name in options and reports; does not change between versions.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::GivenName => "given_name",
            Self::FamilyName => "family_name",
            Self::WholeName => "whole_name",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Street => "street",
            Self::StreetNumber => "street_number",
            Self::City => "city",
            Self::PostalCode => "postal_code",
            Self::Region => "region",
            Self::Country => "country",
            Self::BirthDate => "birth_date",
            Self::Identifier => "identifier",
            Self::Gender => "gender",
            Self::Day => "day",
            Self::Number => "number",
            Self::Category => "category",
            Self::Text => "text",
            Self::RowId => "row_id",
            Self::Ignored => "ignored",
        }
    }

    /// Kind of a [`name`](Self::name), or of a word that a header would use for it ("prenom", "first_name", "zip").
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name).or_else(|| super::headers::named_kind(name))
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
