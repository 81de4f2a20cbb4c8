//! Which contact can still be taken back.

use crate::cases::model::{Step, StepKind};

/// The last contact, where nothing followed it but notes and what happens by itself.
pub fn last_contact(steps: &[Step]) -> Option<&Step> {
    let by_itself = [StepKind::Noted, StepKind::Alerted, StepKind::Rescheduled];
    let last = steps.iter().rev().find(|step| !by_itself.contains(&step.kind))?;
    Some(last).filter(|step| step.detail.before.is_some())
}
