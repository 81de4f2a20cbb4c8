//! After a contact was noted, whoever it was with is asked how it went, where a survey wants that.

use kernel::identity::Actor;
use kernel::ledger::Recorded;
use kernel::{Id, Result, Tx};

use super::actions;
use crate::surveys;

/// Hears of contacts.
pub(super) fn invite_after_contact(tx: &mut Tx<'_>, event: &Recorded) -> Result<()> {
    let said = |name: &str| event.after.as_ref().and_then(|after| after.get(name)).and_then(|v| v.as_str());
    let channel = said("channel").unwrap_or("link").to_owned();
    let site: Option<Id> = said("site").and_then(|id| id.parse().ok());
    let open = surveys::store::open(tx)?;
    for survey in open.iter().filter(|s| s.settings.after_contact) {
        let by = Actor::system(&survey.settings.name);
        actions::invite_after_contact(tx, &by, survey, (event.subject, site), &channel, event.at)?;
    }
    Ok(())
}
