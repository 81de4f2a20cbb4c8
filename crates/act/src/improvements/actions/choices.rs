//! What the form of an improvement offers.

use kernel::identity::{Actor, Permission, Role, Scope};
use kernel::{Id, Result, Tx};

use crate::cases::store::{names, who_can};
use crate::causes;
use crate::causes::model::Tree;
use crate::improvements::model::Improvement;

/// Surveys on offer: the latest ones.
const SURVEYS: usize = 50;

/// What can be chosen, what is chosen already included.
#[derive(Clone, Debug)]
pub struct Choices {
    /// Causes.
    pub causes: Tree,
    /// Who can see to it, by name.
    pub owners: Vec<(Id, String)>,
    /// Surveys, newest first, by name.
    pub surveys: Vec<(Id, String)>,
    /// Whether it may take place everywhere.
    pub everywhere: bool,
}

/// What somebody can choose for a new improvement, or for a known one: its survey and its owner stay on offer, even
/// when they no longer would be.
pub fn choices(tx: &mut Tx<'_>, by: &Actor, known: Option<&Improvement>) -> Result<Choices> {
    by.require(Permission::ImprovementsWrite)?;
    let mut owners = owners(tx, None)?;
    if let Some(owner) = known.map(|i| i.owner).filter(|id| owners.iter().all(|(o, _)| o != id)) {
        owners.extend(names(tx, &[owner])?);
    }
    // Their names are no secret: whoever plans an improvement may say where its figure comes from.
    let found = listen::surveys::actions::find(tx, &Actor::system("bocal"), "", SURVEYS)?;
    let mut surveys: Vec<(Id, String)> = found.into_iter().map(|s| (s.id, s.settings.name)).collect();
    if let Some(id) = known.and_then(|i| i.survey).filter(|id| surveys.iter().all(|(s, _)| s != id)) {
        surveys.push((id, listen::surveys::store::get(tx, id)?.settings.name));
    }
    let causes = causes::actions::tree(tx, by)?;
    Ok(Choices { causes, owners, surveys, everywhere: by.scope == Scope::All })
}

/// Who can see to an improvement of a site, by name.
pub fn owners(tx: &mut Tx<'_>, site: Option<Id>) -> Result<Vec<(Id, String)>> {
    let roles = Role::ALL.iter().filter(|role| role.permissions().contains(Permission::CasesRead));
    let roles: Vec<&str> = roles.map(|role| role.name()).collect();
    Ok(who_can(tx, &roles, site)?.into_iter().map(|(id, name, _)| (id, name)).collect())
}
