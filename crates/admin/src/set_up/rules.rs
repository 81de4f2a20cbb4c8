//! Decisions of the first start.

use kernel::clock::{Opening, Regime, WorkingHours, Zone};
use kernel::{Error, FieldError, Result, organisation};

use super::model::{Input, SetUpForm};
use crate::shared::{Wrong, email, line, optional_line};
use crate::sign_in::rules::check_password;

/// The zone most organisations under a calendar live in.
pub fn usual_zone(regime: Regime) -> &'static str {
    match regime {
        Regime::France | Regime::FranceAlsaceMoselle => "Europe/Paris",
        Regime::Quebec(_) => "America/Toronto",
        Regime::Belgium => "Europe/Brussels",
        Regime::Switzerland => "Europe/Zurich",
    }
}

/// Monday to Friday, 09:00–12:30 and 14:00–18:00: a beginning, to be changed in the settings.
pub fn usual_hours() -> Result<WorkingHours> {
    let openings: Option<Vec<Opening>> =
        [(540, 750), (840, 1_080)].into_iter().map(|(from, to)| Opening::from_minutes(from, to)).collect();
    let openings = openings.ok_or_else(|| Error::internal("usual hours are no opening"))?;
    WorkingHours::monday_to_friday(&openings).map_err(Error::caused)
}

/// Checks everything that was typed; the password is hashed by the caller.
pub fn check(form: &SetUpForm) -> Result<Input> {
    let mut wrong = Wrong::default();
    let organisation = wrong.take(line("organisation", &form.organisation, 120));
    let site = wrong.take(optional_line("site", &form.site, 80));
    let regime = wrong.take(form.regime.parse::<Regime>().map_err(|e| FieldError::new("regime", e.key())));
    let zone = wrong.take(zone(&form.zone, regime));
    let currency = wrong.take(
        organisation::currency(&form.currency)
            .map_err(|_| FieldError::new("currency", "error-unknown-currency")),
    );
    let locale =
        wrong.take(form.locale.parse().map_err(|_| FieldError::new("locale", "error-unknown-language")));
    let person = wrong.take(line("person", &form.person, 120));
    let email = wrong.take(email("email", &form.email));
    let names = [form.email.as_str(), form.person.as_str(), form.organisation.as_str()];
    wrong.take(check_password("password", &form.password, &names));
    let parts = (organisation, site, regime, zone, currency, locale, person, email);
    let (
        Some(organisation),
        Some(site),
        Some(regime),
        Some(zone),
        Some(currency),
        Some(locale),
        Some(person),
        Some(email),
    ) = parts
    else {
        return Err(wrong.error());
    };
    wrong.check()?;
    Ok(Input {
        organisation,
        site: (!site.is_empty()).then_some(site),
        regime,
        zone,
        currency,
        locale,
        person,
        title: String::new(),
        email,
        password_hash: None,
        demonstration: false,
    })
}

fn zone(text: &str, regime: Option<Regime>) -> std::result::Result<Zone, FieldError> {
    let name = match (text.trim(), regime) {
        ("", Some(regime)) => usual_zone(regime),
        (name, _) => name,
    };
    name.parse::<Zone>().map_err(|e| FieldError::new("zone", e.key()))
}
