//! Reading settings, and what follows from them.

use std::collections::BTreeSet;

use kernel::clock::{Holiday, Opening, Regime, Weekday, WorkingHours, Zone};
use kernel::identity::Role;
use kernel::organisation::{self, Organisation};
use kernel::{Day, Error, FieldError, Message, Result};

use super::model::SettingsInput;
use crate::shared::{Wrong, line};

/// Most closing days that can be kept.
const CLOSURES_MOST: usize = 1_000;
const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// The organisation with what was typed, checked.
pub fn check(input: &SettingsInput, before: &Organisation) -> Result<Organisation> {
    let mut wrong = Wrong::default();
    let name = wrong.take(line("name", &input.name, 120));
    let regime = wrong.take(input.regime.parse::<Regime>().map_err(|e| FieldError::new("regime", e.key())));
    let zone = wrong.take(input.zone.parse::<Zone>().map_err(|e| FieldError::new("zone", e.key())));
    let currency = organisation::currency(&input.currency)
        .map_err(|_| FieldError::new("currency", "error-unknown-currency"));
    let currency = wrong.take(currency);
    let locale = input.locale.parse().map_err(|_| FieldError::new("locale", "error-unknown-language"));
    let locale = wrong.take(locale);
    let hours = hours(input, &mut wrong);
    // Without hours every hour counts, and whatever runs is due sooner at once: that is asked before it is done.
    if hours.is_empty() && !before.hours.is_empty() && !input.no_hours {
        wrong.add(FieldError::new("no_hours", "settings-error-no-hours"));
    }
    let closures = wrong.take(closures(&input.closures));
    match (name, regime, zone, currency, locale, closures) {
        (Some(name), Some(regime), Some(zone), Some(currency), Some(locale), Some(closures)) => {
            wrong.check()?;
            let version = input.version;
            Ok(Organisation {
                name,
                regime,
                zone,
                currency,
                locale,
                hours,
                closures,
                version,
                ..before.clone()
            })
        }
        _ => Err(wrong.error()),
    }
}

/// The roles named, each once, in their order. Nobody has a password in a demonstration, so nobody could set a factor
/// up there.
pub fn factor_roles(names: &[String], demonstration: bool) -> Result<Vec<Role>> {
    if demonstration && !names.is_empty() {
        return Err(Error::field("factor_roles", "settings-error-factor-demonstration"));
    }
    if names.iter().any(|name| name.parse::<Role>().is_err()) {
        return Err(Error::field("factor_roles", "error-unknown-role"));
    }
    let is_named = |role: &Role| names.iter().any(|name| name == role.name());
    Ok(Role::ALL.iter().copied().filter(is_named).collect())
}

fn hours(input: &SettingsInput, wrong: &mut Wrong) -> WorkingHours {
    let mut all = WorkingHours::closed();
    for (weekday, (field, _, text)) in WEEK.into_iter().zip(input.week()) {
        let added =
            openings(text).and_then(|openings| all.clone().with(weekday, openings).map_err(|e| e.key()));
        match added {
            Ok(hours) => all = hours,
            Err(key) => wrong.add(FieldError::new(field, key)),
        }
    }
    all
}

/// Openings written `09:00-12:30, 14:00-18:00`; none when the line is empty.
pub fn openings(text: &str) -> std::result::Result<Vec<Opening>, &'static str> {
    let parts = text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| part.parse::<Opening>().map_err(|e| e.key())).collect()
}

/// Openings as they are typed.
pub fn hours_text(openings: &[Opening]) -> String {
    openings.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Closing days, one or several a line, in order and each once.
pub fn closures(text: &str) -> std::result::Result<Vec<Day>, FieldError> {
    let mut days = BTreeSet::new();
    for word in text.split([',', ';', '\n', '\r', ' ', '\t']).filter(|word| !word.is_empty()) {
        let Some(day) = day(word) else {
            let given: String = word.chars().take(20).collect();
            return Err(FieldError::new("closures", Message::new("settings-error-day").with("given", given)));
        };
        days.insert(day);
    }
    if days.len() > CLOSURES_MOST {
        return Err(FieldError::new(
            "closures",
            Message::new("settings-error-many").with("most", CLOSURES_MOST),
        ));
    }
    Ok(days.into_iter().collect())
}

/// `2026-12-24` or `24/12/2026`.
fn day(word: &str) -> Option<Day> {
    if let Ok(day) = word.parse() {
        return Some(day);
    }
    let mut parts = word.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Day::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// Closing days as they are typed.
pub fn closures_text(days: &[Day]) -> String {
    days.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The next public holidays from `today` on, at most `most`.
pub fn next_holidays(regime: Regime, today: Day, most: usize) -> Vec<Holiday> {
    let years = [today.year(), today.year().saturating_add(1)];
    let all = years.into_iter().flat_map(|year| regime.holidays(year));
    all.filter(|holiday| holiday.day >= today).take(most).collect()
}
