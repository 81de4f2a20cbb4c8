//! Each hour the events that are over are sealed, so that whatever is changed in them afterwards shows.

use kernel::clock::SignedDuration;
use kernel::jobs::{Context, Go, Handler, Recurring, Step};
use kernel::ledger::seals;
use kernel::{Error, Result};

/// Does the sealing.
pub const HANDLER: Handler = Handler { name: "admin.seal", run };

/// Once an hour.
pub const HOURLY: Recurring = Recurring { name: HANDLER.name, every: SignedDuration::from_hours(1) };

fn run(context: &Context) -> Result<()> {
    // Asked in a change: no other one is open then that could still add to what lies before.
    let horizon = context.db.write(seals::horizon)?;
    let mut sealed = 0;
    // A seal is computed beside those who write, and kept in a change of its own.
    while let Some(seal) = context.db.read(|tx| seals::next(tx, horizon))? {
        sealed += seal.count;
        let (id, sha256) = (seal.id, seal.sha256.clone());
        let go = context.step(move |tx| {
            if seals::head(tx)?.seals + 1 != seal.id {
                return Err(Error::internal("somebody else sealed meanwhile"));
            }
            seals::keep(tx, &seal)?;
            Ok(Step { done: sealed, total: sealed, checkpoint: serde_json::Value::Null })
        })?;
        // Whoever rewrites the ledger with all its seals is betrayed by the log, if it is kept elsewhere.
        tracing::info!(seal = id, sha256, "ledger sealed");
        if go == Go::Stop {
            break;
        }
    }
    Ok(())
}
