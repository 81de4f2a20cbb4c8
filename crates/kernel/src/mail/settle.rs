//! Mails sent some days ago from which nothing came back are taken for delivered.

use jiff::SignedDuration;

use super::record::SETTLED_AFTER;
use super::store;
use crate::errors::Result;
use crate::jobs::{Context, Go, Handler, Recurring, Step};

/// Mails of one step.
const BATCH: i64 = 2_000;

/// Its handler.
pub const HANDLER: Handler = Handler { name: "mail.settle", run };

/// How often it runs.
pub const OFTEN: Recurring = Recurring { name: "mail.settle", every: SignedDuration::from_hours(6) };

fn run(context: &Context) -> Result<()> {
    let mut done: i64 = context.checkpoint()?.unwrap_or(0);
    loop {
        let before = context.db.clock().now().minus(SETTLED_AFTER);
        let (sender, receiver) = std::sync::mpsc::channel();
        let go = context.step(move |tx| {
            let n = i64::try_from(store::settle_old(tx, before, BATCH)?).unwrap_or(0);
            // The step may be run again; the last number counts.
            let _ = sender.send(n);
            Ok(Step { done: done + n, total: done + n, checkpoint: serde_json::json!(done + n) })
        })?;
        let n = receiver.try_iter().last().unwrap_or(0);
        done += n;
        if go == Go::Stop || n == 0 {
            return Ok(());
        }
    }
}
