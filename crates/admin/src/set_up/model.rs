//! What the first start asks and gives.

use kernel::clock::{Regime, Zone};
use kernel::identity::store::User;
use kernel::organisation::Site;
use kernel::texts::Locale;
use serde::Deserialize;

/// The form as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SetUpForm {
    /// Name of the organisation.
    pub organisation: String,
    /// Name of its first site; may be empty.
    pub site: String,
    /// Code of its legal calendar.
    pub regime: String,
    /// IANA name of its time zone; empty for the one of the calendar.
    pub zone: String,
    /// ISO 4217 code.
    pub currency: String,
    /// `fr` or `en`.
    pub locale: String,
    /// Name of the first administrator.
    pub person: String,
    /// Address they will sign in with.
    pub email: String,
    /// Their password.
    pub password: String,
}

/// An organisation to create, checked.
#[derive(Clone, Debug)]
pub struct Input {
    /// Name of the organisation.
    pub organisation: String,
    /// Name of its first site.
    pub site: Option<String>,
    /// Its legal calendar.
    pub regime: Regime,
    /// Its time zone.
    pub zone: Zone,
    /// ISO 4217 code.
    pub currency: String,
    /// Language of customers and of the first administrator.
    pub locale: Locale,
    /// Name of the first administrator.
    pub person: String,
    /// What they do, in a few words; may be empty.
    pub title: String,
    /// Address they sign in with.
    pub email: String,
    /// Hash of their password; `None` in a demonstration, where nobody needs one.
    pub password_hash: Option<String>,
    /// A demonstration, where one click signs in.
    pub demonstration: bool,
}

/// What was created.
#[derive(Clone, Debug)]
pub struct SetUp {
    /// The first administrator.
    pub administrator: User,
    /// The first site.
    pub site: Option<Site>,
}
