//! The settings as typed and as events tell of them.

use kernel::identity::Role;
use kernel::organisation::Organisation;
use serde::{Deserialize, Serialize};

use super::rules;

/// The form. Hours are one line a weekday (`09:00-12:30, 14:00-18:00`, empty for closed), closing days one a
/// line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SettingsInput {
    /// Name, as customers know it.
    pub name: String,
    /// Code of the legal calendar.
    pub regime: String,
    /// IANA name of the time zone.
    pub zone: String,
    /// ISO 4217 code.
    pub currency: String,
    /// Language of customers when nothing else is known: `fr` or `en`.
    pub locale: String,
    /// Hours on Mondays.
    pub monday: String,
    /// Hours on Tuesdays.
    pub tuesday: String,
    /// Hours on Wednesdays.
    pub wednesday: String,
    /// Hours on Thursdays.
    pub thursday: String,
    /// Hours on Fridays.
    pub friday: String,
    /// Hours on Saturdays.
    pub saturday: String,
    /// Hours on Sundays.
    pub sunday: String,
    /// `true` where no day has hours, and that is meant.
    pub no_hours: bool,
    /// Closing days, `2026-12-24` or `24/12/2026`.
    pub closures: String,
    /// Names of the roles whose people must have a second factor.
    pub factor_roles: Vec<String>,
    /// Version the form was filled against.
    pub version: i64,
}

impl SettingsInput {
    /// The settings as they are.
    pub fn of(organisation: &Organisation, factor_roles: &[Role]) -> Self {
        let mut input = Self {
            name: organisation.name.clone(),
            regime: organisation.regime.code().to_owned(),
            zone: organisation.zone.name().to_owned(),
            currency: organisation.currency.clone(),
            locale: organisation.locale.code().to_owned(),
            closures: rules::closures_text(&organisation.closures),
            factor_roles: factor_roles.iter().map(|role| role.name().to_owned()).collect(),
            version: organisation.version,
            ..Self::default()
        };
        for (weekday, _, line) in input.week_mut() {
            *line = rules::hours_text(organisation.hours.on(weekday));
        }
        input
    }

    /// The week: name of the field, text key of the day, what was typed.
    pub fn week(&self) -> [(&'static str, &'static str, &str); 7] {
        [
            ("monday", "settings-monday", &self.monday),
            ("tuesday", "settings-tuesday", &self.tuesday),
            ("wednesday", "settings-wednesday", &self.wednesday),
            ("thursday", "settings-thursday", &self.thursday),
            ("friday", "settings-friday", &self.friday),
            ("saturday", "settings-saturday", &self.saturday),
            ("sunday", "settings-sunday", &self.sunday),
        ]
    }

    fn week_mut(&mut self) -> [(kernel::clock::Weekday, &'static str, &mut String); 7] {
        use kernel::clock::Weekday as W;
        [
            (W::Monday, "monday", &mut self.monday),
            (W::Tuesday, "tuesday", &mut self.tuesday),
            (W::Wednesday, "wednesday", &mut self.wednesday),
            (W::Thursday, "thursday", &mut self.thursday),
            (W::Friday, "friday", &mut self.friday),
            (W::Saturday, "saturday", &mut self.saturday),
            (W::Sunday, "sunday", &mut self.sunday),
        ]
    }
}
