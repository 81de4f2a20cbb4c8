//! A customer is erased: their cases keep what counts, without a word of theirs or about them.

mod store;
#[cfg(test)]
mod tests;

use kernel::identity::{Actor, Scope};
use kernel::ledger::Recorded;
use kernel::{Result, Tx, organisation};

use super::actions::{self, Move};
use super::model::{Case, Detail, Phase, StepKind};
use super::store as cases;

/// Empties the cases of a customer who was erased and closes the open ones: nobody is left to be told.
pub(super) fn on_erased(tx: &mut Tx<'_>, event: &Recorded) -> Result<()> {
    let words = crate::texts(organisation::store::get(tx)?.locale)?;
    store::empty(tx, event.subject, &words.get("case-of-erased"))?;
    for case in store::all(tx, event.subject)? {
        let emptied = cases::get(tx, &Scope::All, case)?;
        cases::find_by(tx, &emptied)?;
        // Warnings to colleagues name the customer.
        kernel::mail::forget_about(tx, case)?;
    }
    let (by, now) = (Actor::system(&event.actor_name), tx.now());
    for before in store::open(tx, event.subject)? {
        let mut after =
            Case { closed_at: Some(now), refusal: Some(words.get("case-erased")), ..before.clone() };
        after.clock.phase = Phase::Over;
        after.no_cause = after.cause.is_none().then(|| words.get("case-erased"));
        let made = Move {
            event: "case.closed",
            step: StepKind::Closed,
            text: words.get("case-erased"),
            detail: Detail::default(),
        };
        actions::apply(tx, &by, &before, after, &made)?;
    }
    Ok(())
}
