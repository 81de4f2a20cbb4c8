//! A contact that was noted by mistake is taken back.

use kernel::identity::Actor;
use kernel::{Error, Id, Result, Tx, organisation};

use super::{Move, apply, open_case};
use crate::cases::model::{Before, Case, Detail, Phase, StepKind};
use crate::cases::{rules, store};
use crate::clocks::Deadlines;

/// Takes the last contact back, as long as nothing followed it: the case is as it was, and its clock goes on from where
/// it began. Both steps stay on record.
///
/// # Errors
/// Refused when something followed, or no contact was noted.
pub fn take_back(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Case> {
    let before = open_case(tx, by, id)?;
    let steps = store::steps(tx, id)?;
    let step = rules::last_contact(&steps).ok_or_else(|| Error::refused("case-error-taken-back"))?;
    let Some(was) = &step.detail.before else { return Err(Error::refused("case-error-taken-back")) };
    let after = restored(tx, &before, was)?;
    if let Some(entry) = was.entry {
        know::interactions::store::delete(tx, entry)?;
    }
    let detail = Detail {
        channel: step.detail.channel.clone(),
        outcome: step.detail.outcome.clone(),
        ..Detail::default()
    };
    let made = Move { event: "case.taken-back", step: StepKind::TakenBack, text: String::new(), detail };
    apply(tx, by, &before, after, &made)
}

/// The case as it was, by the present calendar.
fn restored(tx: &mut Tx<'_>, case: &Case, was: &Before) -> Result<Case> {
    let mut clock = was.clock;
    if clock.phase != Phase::Over {
        let calendar = organisation::store::get(tx)?.calendar();
        clock = rules::again(&mut Deadlines::by(&calendar), &clock)?;
    }
    let is_first = clock.phase == Phase::Contact && clock.extended_to.is_none();
    Ok(Case {
        contacted_at: was.contacted_at,
        told_at: was.told_at,
        refusal: was.refusal.clone(),
        contact_due_at: if is_first { clock.times.due_at } else { case.contact_due_at },
        alerted: was.alerted,
        clock,
        ..case.clone()
    })
}
