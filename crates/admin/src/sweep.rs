//! What time has made useless goes away each day: ended sessions, old counters, remembered requests, files
//! past their date, and what recurring jobs left in the list of jobs.

use kernel::clock::SignedDuration;
use kernel::jobs::{Context, Handler, Recurring, Step};
use kernel::{Result, files, identity, jobs};

/// How long a repeated request is recognised.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(48);

/// How long a recurring job that went well stays in the list of jobs.
const SHOWN: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Does the sweeping.
pub const HANDLER: Handler = Handler { name: "admin.sweep", run };

/// Once a day.
pub const DAILY: Recurring = Recurring { name: HANDLER.name, every: SignedDuration::from_hours(24) };

fn run(context: &Context) -> Result<()> {
    context.step(|tx| {
        let before = tx.now().minus(REMEMBERED);
        let shown_since = tx.now().minus(SHOWN);
        let gone = identity::store::sweep(tx, before)?
            + files::remove_expired(tx)?
            + jobs::store::sweep(tx, shown_since)?
            + crate::second_factor::sweep(tx)?;
        let gone = i64::try_from(gone).unwrap_or(i64::MAX);
        Ok(Step { done: gone, total: gone, checkpoint: serde_json::Value::Null })
    })?;
    Ok(())
}
