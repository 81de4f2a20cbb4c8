//! The organisation: name, legal calendar, time zone, currency, language, sites and teams.

pub mod store;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::clock::{Calendar, Day, Regime, WorkingHours, Zone};
use crate::errors::{Error, Result};
use crate::ids::Id;
use crate::texts::Locale;

/// The organisation this database belongs to.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// Its name, as customers know it.
    pub name: String,
    /// Which public holidays and legal delays apply.
    pub regime: Regime,
    /// Its time zone.
    pub zone: Zone,
    /// ISO 4217 code.
    pub currency: String,
    /// Language of customers when nothing else is known.
    pub locale: Locale,
    /// Opening hours of customer relations.
    pub hours: WorkingHours,
    /// Days it is closed beside public holidays.
    pub closures: Vec<Day>,
    /// Signs the links given to the public.
    pub link_key: Vec<u8>,
    /// A demonstration: signing in without a password is offered.
    pub demonstration: bool,
    /// Optimistic version.
    pub version: i64,
}

impl Organisation {
    /// Its calendar.
    pub fn calendar(&self) -> Calendar {
        Calendar::new(self.regime, self.zone.clone())
            .with_closures(self.closures.iter().copied())
            .with_hours(self.hours.clone())
    }
}

/// A place where customers are served.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// Identifier.
    pub id: Id,
    /// Short code, as in files.
    pub code: String,
    /// Name.
    pub name: String,
    /// No longer in use.
    pub closed: bool,
    /// Optimistic version.
    pub version: i64,
}

/// Colleagues who share sites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Identifier.
    pub id: Id,
    /// Name.
    pub name: String,
    /// The sites it serves.
    pub sites: Vec<Id>,
    /// Optimistic version.
    pub version: i64,
}

/// Names of sites by identifier.
#[derive(Clone, Debug, Default)]
pub struct SiteNames(HashMap<Id, String>);

impl SiteNames {
    /// From a list of sites.
    pub fn new(sites: &[Site]) -> Self {
        Self(sites.iter().map(|s| (s.id, s.name.clone())).collect())
    }

    /// The name of a site; empty when there is none.
    pub fn get(&self, site: Option<Id>) -> &str {
        site.and_then(|id| self.0.get(&id)).map_or("", String::as_str)
    }
}

/// Currencies that can be chosen: two decimals each.
pub const CURRENCIES: [&str; 4] = ["EUR", "CAD", "CHF", "USD"];

/// Refuses a currency that is not in [`CURRENCIES`].
pub fn currency(code: &str) -> Result<String> {
    CURRENCIES
        .iter()
        .find(|c| **c == code)
        .map(|c| (*c).to_owned())
        .ok_or_else(|| Error::field("currency", "error-unknown-currency"))
}
