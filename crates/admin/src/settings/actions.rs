//! Changing the settings.

use kernel::identity::{Actor, Permission, store as identity};
use kernel::ledger::Event;
use kernel::organisation::{Organisation, store};
use kernel::{Error, Id, Result, Tx};

use super::model::SettingsInput;
use super::rules;

/// The settings as they are.
pub fn read(tx: &mut Tx<'_>, by: &Actor) -> Result<Organisation> {
    by.require_whole(Permission::SettingsManage)?;
    store::get(tx)
}

/// Changes the settings. Whoever asks a second factor of a role of their own has one: somebody can always still come in
/// and let others in.
///
/// # Errors
/// Stale when they changed since the form was shown.
pub fn change(tx: &mut Tx<'_>, by: &Actor, input: &SettingsInput) -> Result<()> {
    let before = read(tx, by)?;
    let after = rules::check(input, &before)?;
    if let Some(me) = by.user()
        && identity::owes_factor(tx, me, &after.factor_roles)?
    {
        return Err(Error::field("factor_roles", "settings-error-factor-first"));
    }
    if !store::update(tx, &after)? {
        return Err(Error::Stale(before.version));
    }
    Event::new("organisation.changed", Id(1))
        .before(&SettingsInput::of(&before))
        .after(&SettingsInput::of(&after))
        .record(tx, by)?;
    Ok(())
}
