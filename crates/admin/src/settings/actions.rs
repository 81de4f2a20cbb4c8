//! Changing the settings.

use kernel::identity::{Actor, Permission, Role, store as identity};
use kernel::ledger::Event;
use kernel::organisation::{Organisation, store};
use kernel::{Error, Id, Result, Tx};

use super::model::SettingsInput;
use super::rules;

/// The settings as they are, with the roles that must have a second factor.
pub fn read(tx: &mut Tx<'_>, by: &Actor) -> Result<(Organisation, Vec<Role>)> {
    by.require_whole(Permission::SettingsManage)?;
    Ok((store::get(tx)?, store::factor_roles(tx)?))
}

/// Changes the settings. Whoever asks a second factor of a role of their own has one: somebody can always still come in
/// and let others in.
///
/// # Errors
/// Stale when they changed since the form was shown.
pub fn change(tx: &mut Tx<'_>, by: &Actor, input: &SettingsInput) -> Result<()> {
    let (before, roles_before) = read(tx, by)?;
    let after = rules::check(input, &before)?;
    let roles = rules::factor_roles(&input.factor_roles, before.demonstration)?;
    if !store::update(tx, &after)? {
        return Err(Error::Stale(before.version));
    }
    store::set_factor_roles(tx, &roles)?;
    if let Some(me) = by.user()
        && identity::owes_factor(tx, me)?
    {
        return Err(Error::field("factor_roles", "settings-error-factor-first"));
    }
    Event::new("organisation.changed", Id(1))
        .before(&SettingsInput::of(&before, &roles_before))
        .after(&SettingsInput::of(&after, &roles))
        .record(tx, by)?;
    Ok(())
}
