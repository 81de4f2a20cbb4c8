//! `bocal doctor`: what is well, what is not, and what to do about it.
//!
//! A check is a function that finds things out and judges them. To add one, list it in [`CHECKS`].

mod database;
mod mail;
mod surroundings;
mod work;

use kernel::config::Config;
use kernel::db::Db;
use kernel::{Error, Result};
use serde::Serialize;

use crate::open;

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Outcome {
    /// As it should be.
    Ok,
    /// Works, but somebody should look.
    Warning,
    /// Something is broken or will break.
    Failure,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Check {
    /// What: a word that stays the same.
    pub(crate) name: &'static str,
    /// How it is.
    pub(crate) outcome: Outcome,
    /// What was found.
    pub(crate) found: String,
    /// What to do, when something is to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) advice: Option<String>,
}

impl Check {
    fn ok(name: &'static str, found: impl Into<String>) -> Self {
        Self { name, outcome: Outcome::Ok, found: found.into(), advice: None }
    }

    fn warning(name: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { name, outcome: Outcome::Warning, found: found.into(), advice: Some(advice.into()) }
    }

    fn failure(name: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { name, outcome: Outcome::Failure, found: found.into(), advice: Some(advice.into()) }
    }
}

/// What checks look at.
pub(crate) struct Patient<'a> {
    pub(crate) config: &'a Config,
    pub(crate) db: &'a Db,
    /// Recompute every seal of the ledger: reads all of it.
    pub(crate) verify_ledger: bool,
}

/// A check by its name: when it cannot be made, that is a failure of this name.
type Round = (&'static str, fn(&Patient<'_>) -> Result<Check>);

/// Every check that needs the database, in the order they are told.
const CHECKS: [Round; 11] = [
    ("engine", database::engine),
    ("integrity", database::integrity),
    ("migrations", database::migrations),
    ("disk", surroundings::disk),
    ("clock", surroundings::clock),
    ("time zones", surroundings::zones),
    ("jobs", work::jobs),
    ("deliveries", work::deliveries),
    ("seals", work::seals),
    ("mail server", mail::server),
    ("mail", mail::queue),
];

/// Looks at everything.
pub(crate) fn examine(config: &Config, verify_ledger: bool) -> Vec<Check> {
    let mut all = surroundings::configuration(config);
    let db = match open::existing(config).and_then(|db| db.read(|_| Ok(())).map(|()| db)) {
        Ok(db) => db,
        Err(error) => {
            let advice =
                "check `database` in the configuration, that the server or file is there and may be read";
            all.push(Check::failure("database", chain(&error), advice));
            return all;
        }
    };
    all.push(Check::ok("database", "it answers"));
    let patient = Patient { config, db: &db, verify_ledger };
    for (name, check) in CHECKS {
        all.push(check(&patient).unwrap_or_else(|error| {
            Check::failure(name, chain(&error), "this could not be checked: see what comes before it")
        }));
    }
    all
}

/// An error with what caused it.
fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let words = cause.to_string();
        if !text.contains(&words) {
            text.push_str(": ");
            text.push_str(&words);
        }
        source = cause.source();
    }
    text
}
