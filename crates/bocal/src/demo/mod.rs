//! `bocal demo`: a living organisation nobody has ever met, with eighteen months behind it.
//!
//! [`plan`] works out what happened, from a seed and the words beside this file; [`write`] records it through the
//! rooms' own actions, with a clock set to each past moment. The story ends on the last Saturday before today.

mod calendar;
mod case_words;
mod place;
mod plan;
mod random;
#[cfg(test)]
mod tests;
mod words;
mod write;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use kernel::clock::{Clock, FixedClock, SystemClock, Zone};
use kernel::config::Config;
use kernel::db::{Db, NoSubscribers, Surroundings};
use kernel::identity::Actor;
use kernel::ids::IdMaker;
use kernel::texts::{Locale, T};
use kernel::{Error, Result, organisation};
use listen::invitations;

use crate::{assembly, open, say, serve};
use calendar::Shift;
use case_words::CaseWords;
use plan::{Plan, SEED};
use words::Words;

/// Number of the process that makes the data: the same each time, so that identifiers are the same too.
const PROCESS: u16 = 1;

/// Makes the demonstration unless it is there already, then serves it unless `only_make`. `afresh` removes a
/// former one first.
///
/// # Errors
/// Refused when what would be removed is no demonstration, or lies on a server.
pub(crate) fn run(config: &Config, only_make: bool, afresh: bool) -> Result<()> {
    let config = place::configured(config);
    let t = reader()?;
    if afresh {
        place::remove(&config)?;
    }
    if let Some(place) = place::to_make(&config)? {
        say::note(&t.get("demo-making"));
        make(&place.config)?;
        place.finish()?;
    }
    let db = open::migrated(&config)?;
    announce(&config, &db, t)?;
    if only_make { Ok(()) } else { serve::run(&config, &db) }
}

/// Texts in the language of the terminal.
fn reader() -> Result<T> {
    let locale = std::env::var("LANG").ok().and_then(|lang| Locale::accepted(lang.get(..2)?));
    Ok(assembly::texts()?.reader(locale.unwrap_or(Locale::En)))
}

/// Makes the data in the database `config` names, which holds no organisation.
fn make(config: &Config) -> Result<()> {
    let (words, case_words) = (Words::read()?, CaseWords::read()?);
    let plan = Plan::make(&words, &case_words, SEED);
    write(config, words, case_words, plan)
}

/// Writes a plan.
fn write(config: &Config, words: Words, case_words: CaseWords, plan: Plan) -> Result<()> {
    let zone: Zone = "Europe/Paris".parse().map_err(Error::caused)?;
    let shift = Shift::to(zone.day_of(SystemClock.now()), zone);
    let clock = Arc::new(FixedClock::at(SystemClock.now()));
    let db = open_at(config, clock.clone())?;
    db.migrate(&assembly::plan()?)?;
    let work = write::Work::new(words, case_words, plan, shift, assembly::texts()?.reader(Locale::Fr));
    let bar = indicatif::ProgressBar::new(100);
    let shown = AtomicU64::new(0);
    let report = bar.clone();
    write::write(&db, &clock, work, move |done, total| {
        let percent = done * 100 / total.max(1);
        if shown.swap(percent, Ordering::Relaxed) != percent {
            report.set_position(percent);
        }
    })?;
    bar.finish_and_clear();
    Ok(())
}

/// Opens the database with a clock that is set. Nobody is told of the past: what rooms would do about it today was
/// part of the story then.
fn open_at(config: &Config, clock: Arc<dyn Clock>) -> Result<Db> {
    let Ok(location) = config.database.parse();
    let around =
        Surroundings { clock, ids: Arc::new(IdMaker::new(PROCESS)), routing: Arc::new(NoSubscribers) };
    Db::open(&location, around, config.readers)
}

/// Says what can be tried: signing in with one click, and answering an invitation as a customer.
fn announce(config: &Config, db: &Db, t: T) -> Result<()> {
    let base = config.base_url();
    say::note(&t.one("demo-ready", "address", format!("{base}/sign-in")));
    if let Some(path) = db.read(invitation_to_answer)? {
        say::note(&t.get("demo-visitor"));
        say::out(&format!("{base}{path}"));
    }
    Ok(())
}

/// The link of the newest invitation after a contact that still waits.
fn invitation_to_answer(tx: &mut kernel::Tx<'_>) -> Result<Option<String>> {
    let by = Actor::system("demo");
    let open = listen::surveys::store::open(tx)?;
    let Some(survey) = open.iter().find(|s| s.settings.after_contact) else { return Ok(None) };
    let waiting = Some(invitations::model::State::Created);
    let found = invitations::actions::list(tx, &by, survey.id, waiting, None, 1)?;
    let Some(line) = found.first() else { return Ok(None) };
    let key = organisation::store::get(tx)?.link_key;
    Ok(Some(format!("/a/{}", invitations::rules::token(&key, line.invitation.id))))
}
