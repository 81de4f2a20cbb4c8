//! Somebody's health or safety: told to managers at once, not when a deadline comes near (`domain.md` A2, A5).

use kernel::identity::{Actor, Scope};
use kernel::jobs::{self, Context, Step};
use kernel::ledger::Event;
use kernel::{Error, Id, Result, Tx, organisation};
use serde_json::json;

use super::alerts::{self, Warning};
use super::model::{Case, Detail, StepKind};
use super::{actions, store};
use crate::clocks::Stage;

/// Name of the job that writes to managers.
pub(super) const NAME: &str = "act.danger";

/// Notes a danger and has managers written to.
pub(super) fn escalate(tx: &mut Tx<'_>, by: &Actor, case: &Case) -> Result<()> {
    let step = store::add_step(tx, case.id, StepKind::Danger, "", "", &Detail::default())?;
    Event::new("case.danger", case.id).after(&json!({ "severity": case.severity })).record(tx, by)?;
    jobs::enqueue(tx, by, NAME, Some(case.id), &(case.id, step)).map(drop)
}

/// Writes to the owner and to managers. Run again, it writes to nobody twice; what is no danger any more needs no mail.
pub(super) fn run(context: &Context) -> Result<()> {
    let (id, step): (Id, Id) = context.payload()?;
    let go = context.step(move |tx| {
        let done = Step { done: 1, total: 1, checkpoint: serde_json::Value::Null };
        let case = match store::get(tx, &Scope::All, id) {
            Err(Error::NotFound) => return Ok(done),
            found => found?,
        };
        if !case.is_danger() {
            return Ok(done);
        }
        let organisation = organisation::store::get(tx)?;
        let by = Actor::system(actions::SYSTEM);
        for user in alerts::warned(tx, &case, Stage::Late)? {
            let warning =
                Warning { key: format!("case-danger:{id}:{step}:{user}"), words: "case-alert-danger" };
            alerts::write(tx, &by, &organisation, &case, &warning, user)?;
        }
        Ok(done)
    });
    go.map(drop)
}
