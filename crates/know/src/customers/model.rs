//! Types of the room.

use kernel::texts::Locale;
use kernel::{Day, Error, Id, Instant};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A person or an organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Somebody.
    #[default]
    Person,
    /// A company, an association, a public body.
    Organisation,
}

/// What the customer is to us now; changes are events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Could receive what we offer.
    Prospect,
    /// Receives it.
    #[default]
    Customer,
    /// Received it once.
    Former,
}

macro_rules! named {
    ($type:ident, $field:literal, $error:literal, $($variant:ident = $name:literal / $key:literal),*) => {
        impl $type {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// Name as stored and in the API.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
            /// Text key of its name.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),* }
            }
            /// From its stored name.
            pub fn parse(name: &str) -> kernel::Result<Self> {
                match name {
                    $($name => Ok(Self::$variant),)*
                    _ => Err(Error::field($field, $error)),
                }
            }
        }
    };
}

named!(
    Kind,
    "kind",
    "customer-error-kind",
    Person = "person" / "customer-kind-person",
    Organisation = "organisation" / "customer-kind-organisation"
);
named!(
    Role,
    "role",
    "customer-error-role",
    Prospect = "prospect" / "customer-role-prospect",
    Customer = "customer" / "customer-role-customer",
    Former = "former" / "customer-role-former"
);

/// What people type about a customer: every field as text, none required by itself. Forms, the API and files
/// all bring this, and [`super::rules::check`] turns it into [`Details`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CustomerInput {
    /// `person` or `organisation`.
    pub kind: String,
    /// `prospect`, `customer` or `former`.
    pub role: String,
    /// Number in another system; unique.
    pub external_number: String,
    /// First name.
    pub given_name: String,
    /// Last name.
    pub family_name: String,
    /// Name of the organisation.
    pub organisation_name: String,
    /// Day of birth, `YYYY-MM-DD`.
    pub birth_date: String,
    /// Language to write in: `fr` or `en`.
    pub locale: String,
    /// Identifier of the site that serves them.
    pub site: String,
    /// E-mail address.
    pub email: String,
    /// Fixed telephone.
    pub phone: String,
    /// Mobile telephone.
    pub mobile: String,
    /// Channel they prefer: `phone`, `mobile`, `email`, `mail`, `counter`.
    pub preferred_channel: String,
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub postal_code: String,
    /// Town.
    pub city: String,
    /// Country, ISO 3166 two letters.
    pub country: String,
    /// What they expect from us, in a line.
    pub expects: String,
    /// Only in forms.
    #[serde(skip_serializing)]
    #[schema(ignore)]
    pub csrf: String,
    /// Only in forms: the version that was shown.
    #[serde(skip_serializing)]
    #[schema(ignore)]
    pub version: String,
}

/// Checked facts about a customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Details {
    /// Person or organisation.
    pub kind: Kind,
    /// What they are to us.
    pub role: Role,
    /// Number in another system.
    pub external_number: Option<String>,
    /// First name.
    pub given_name: String,
    /// Last name.
    pub family_name: String,
    /// Name of the organisation.
    pub organisation_name: String,
    /// Day of birth.
    pub birth_day: Option<Day>,
    /// Language to write in.
    pub locale: Option<Locale>,
    /// Site that serves them.
    pub site: Option<Id>,
    /// E-mail address, as typed.
    pub email: Option<String>,
    /// Fixed telephone, as typed.
    pub phone: Option<String>,
    /// Mobile telephone, as typed.
    pub mobile: Option<String>,
    /// Channel they prefer.
    pub preferred_channel: Option<String>,
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub postal_code: String,
    /// Town.
    pub city: String,
    /// Country, two letters.
    pub country: String,
    /// What they expect from us.
    pub expects: String,
}

impl Details {
    /// Name as spoken: "Odile Kervella", or the organisation's.
    pub fn name(&self) -> String {
        let person = [self.given_name.as_str(), self.family_name.as_str()].join(" ").trim().to_owned();
        match self.kind {
            Kind::Organisation if !self.organisation_name.is_empty() => self.organisation_name.clone(),
            _ if !person.is_empty() => person,
            _ => self.organisation_name.clone(),
        }
    }

    /// Name as listed: "Kervella, Odile".
    pub fn list_name(&self) -> String {
        let is_person = self.kind == Kind::Person && !self.family_name.is_empty();
        if is_person && !self.given_name.is_empty() {
            return format!("{}, {}", self.family_name, self.given_name);
        }
        self.name()
    }
}

/// A customer as stored.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Customer {
    /// Identifier.
    pub id: Id,
    /// What is known.
    #[serde(flatten)]
    pub details: Details,
    /// When we first knew them.
    pub created_at: Instant,
    /// When this was last changed.
    pub updated_at: Instant,
    /// When we last heard from each other.
    pub last_contact_at: Option<Instant>,
    /// When they were erased: nothing is left to know or to change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub erased_at: Option<Instant>,
    /// Optimistic version.
    pub version: i64,
}

impl Customer {
    /// The customer, unless they were erased: then there is nothing to know or to change any more.
    pub fn present(self) -> kernel::Result<Self> {
        if self.erased_at.is_some() { Err(Error::refused("erasure-error-done")) } else { Ok(self) }
    }
}

/// A sort offered by the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// By name.
    #[default]
    Name,
    /// By last contact.
    Contact,
    /// By town.
    City,
    /// By when we first knew them.
    Created,
}

impl Sort {
    /// Name in the address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Contact => "contact",
            Self::City => "city",
            Self::Created => "created",
        }
    }
}

/// What the list shows.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    /// Words in name, e-mail, telephone or number.
    pub q: String,
    /// One site.
    pub site: String,
    /// One role.
    pub role: String,
    /// One kind.
    pub kind: String,
    /// Heard from within so many days, or `never`.
    pub since: String,
    /// Sort.
    pub sort: Sort,
    /// Other way round.
    pub desc: bool,
    /// Rows after this one.
    pub after: String,
    /// Rows before this one.
    pub before: String,
    /// Columns shown beside the name.
    pub cols: Vec<String>,
    /// Customers of one import.
    pub import: String,
}

/// One page of the list.
#[derive(Clone, Debug)]
pub struct Listing {
    /// The rows.
    pub rows: Vec<Customer>,
    /// How many match, exactly or "more than".
    pub total: Count,
    /// More rows follow.
    pub has_next: bool,
    /// Rows come before.
    pub has_previous: bool,
}

/// A count that is exact while that is cheap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// So many.
    Exactly(i64),
    /// More than so many.
    MoreThan(i64),
}
