//! Whether mail leaves, and what became of it.

use kernel::Result;
use kernel::mail::Outlet;
use kernel::mail::store;

use super::{Check, Patient, chain};
use crate::assembly;

/// The way out: it is configured, and somebody answers there.
pub(super) fn server(patient: &Patient<'_>) -> Result<Check> {
    let name = "mail server";
    let outlet = match Outlet::configured(patient.config, assembly::texts()?) {
        Ok(Some(outlet)) => outlet,
        Ok(None) => {
            let advice = "set smtp_url and mail_from, or mail_dir: until then mails wait";
            return Ok(Check::warning(name, "none is configured", advice));
        }
        Err(error) => {
            let advice = "correct this key: docs/configuration.md says how it is written";
            return Ok(Check::failure(name, chain(&error), advice));
        }
    };
    Ok(match outlet.reach() {
        Ok(()) => match &patient.config.mail_dir {
            Some(folder) => Check::ok(name, format!("none: messages are written to {}", folder.display())),
            None => Check::ok(name, "it answers"),
        },
        Err(error) => {
            let advice = "check the address, the password and the network; then try bocal mail test ADDRESS";
            Check::failure(name, chain(&error), advice)
        }
    })
}

/// Mails by state: what is in doubt or given up waits for a person.
pub(super) fn queue(patient: &Patient<'_>) -> Result<Check> {
    let counts = patient.db.read(store::counts_all)?;
    let found = format!(
        "{} waiting, {} in flight, {} doubtful, {} given up",
        counts.waiting, counts.in_flight, counts.doubtful, counts.given_up
    );
    if counts.doubtful + counts.given_up > 0 {
        let advice = "decide on the page /mails whether to send them again or to leave them";
        return Ok(Check::warning("mail", found, advice));
    }
    Ok(Check::ok("mail", found))
}
