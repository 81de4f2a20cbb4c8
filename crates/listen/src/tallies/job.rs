//! Counts answers beside them, a stretch of days at a time.

use kernel::clock::Zone;
use kernel::jobs::{Context, Go, Step};
use kernel::organisation;
use kernel::{Day, Id, Result, Tx};
use serde_json::Value;

use super::store;

/// Name of the jobs.
pub(super) const NAME: &str = "listen.tally";
/// Answers counted in one transaction, about: others wait that long for their own changes.
const BATCH: i64 = 50_000;

/// Counts one stretch of days that is due; returns whether there was one.
///
/// # Errors
/// Those of the database.
pub fn refresh(tx: &mut Tx<'_>) -> Result<bool> {
    let Some((survey, day, today)) = due(tx)? else { return Ok(false) };
    let last = store::reach(tx, survey, day, today, BATCH)?;
    store::tally(tx, survey, day, last)?;
    Ok(true)
}

/// A survey, its first day to count, and today.
fn due(tx: &mut Tx<'_>) -> Result<Option<(Id, Day, Day)>> {
    let zone = organisation::store::find(tx)?.map_or(Zone::UTC, |organisation| organisation.zone);
    let today = zone.day_of(tx.now());
    Ok(store::first_due(tx, today)?.map(|(survey, day)| (survey, day, today)))
}

/// Counts until nothing is due. Each step is whole: a crash loses none, and nothing is counted twice.
pub(super) fn run(context: &Context) -> Result<()> {
    let mut done = 0;
    while context.db.read(due)?.is_some() {
        done += 1;
        let go = context.step(move |tx| {
            refresh(tx)?;
            Ok(Step { done, total: 0, checkpoint: Value::Null })
        })?;
        if go == Go::Stop {
            break;
        }
    }
    Ok(())
}
