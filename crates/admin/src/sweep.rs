//! What time has made useless goes away each day: ended sessions, old counters, remembered requests, files
//! past their date.

use kernel::clock::SignedDuration;
use kernel::jobs::{Context, Handler, Recurring, Step};
use kernel::{Result, files, identity};

/// How long a repeated request is recognised.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(48);

/// Does the sweeping.
pub const HANDLER: Handler = Handler { name: "admin.sweep", run };

/// Once a day.
pub const DAILY: Recurring = Recurring { name: HANDLER.name, every: SignedDuration::from_hours(24) };

fn run(context: &Context) -> Result<()> {
    context.step(|tx| {
        let before = tx.now().minus(REMEMBERED);
        let gone = identity::store::sweep(tx, before)? + files::remove_expired(tx)?;
        let gone = i64::try_from(gone).unwrap_or(i64::MAX);
        Ok(Step { done: gone, total: gone, checkpoint: serde_json::Value::Null })
    })?;
    Ok(())
}
