//! Makes invitations in batches, and goes on where it stood after a crash.

use kernel::identity::Scope;
use kernel::jobs::{Context, Go, Step};
use kernel::{Error, Result};

use super::model::Order;
use super::{actions, mailing};
use crate::surveys;
use crate::surveys::model::State;

/// Name of the jobs.
pub(super) const NAME: &str = "listen.invite";
/// Invitations made in one transaction.
const BATCH: usize = 1_000;

/// Runs an order. Whoever it invited before a crash is no longer eligible, so that what is left of the same draw
/// is exactly what was not invited yet.
pub(super) fn run(context: &Context) -> Result<()> {
    let order: Order = context.payload()?;
    let scope = order.reach.clone().map_or(Scope::All, Scope::Sites);
    let mut done: i64 = context.checkpoint()?.unwrap_or(0);
    let chosen = context.db.read(|tx| {
        if surveys::store::get(tx, order.survey)?.state != State::Open {
            return Err(Error::refused("survey-error-not-open"));
        }
        actions::chosen(tx, &scope, order.survey, &order.selection, done)
    })?;
    let total = done + chosen.len() as i64;
    if chosen.is_empty() {
        context.step(move |_| Ok(Step { done, total, checkpoint: done.into() }))?;
    }
    for batch in chosen.chunks(BATCH) {
        let (by, survey, batch) = (context.actor(), order.survey, batch.to_vec());
        let (collection, by_mail) = (order.selection.method.collection(), order.selection.by_mail);
        done += batch.len() as i64;
        let go = context.step(move |tx| {
            if by_mail {
                let survey = surveys::store::get(tx, survey)?;
                actions::create_by_mail(tx, &by, &survey, &batch, collection, mailing::CHANNEL)?;
            } else {
                actions::create(tx, &by, survey, &batch, collection, "link")?;
            }
            Ok(Step { done, total, checkpoint: done.into() })
        })?;
        if go == Go::Stop {
            return Ok(());
        }
    }
    Ok(())
}
