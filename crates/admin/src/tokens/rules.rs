//! What a token may be given.

use kernel::identity::{Actor, Permission, Permissions, Scope};
use kernel::organisation::Site;
use kernel::{FieldError, Id, Result};

use super::model::TokenInput;
use crate::shared::{Wrong, line};

/// A token to make, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// What it is for.
    pub name: String,
    /// What it allows.
    pub permissions: Permissions,
    /// Which sites it reaches; `None` is all.
    pub sites: Option<Vec<Id>>,
}

/// Checks what was typed: nobody gives a program more than they hold, nor wider than they reach.
pub fn check(input: &TokenInput, by: &Actor, sites: &[Site]) -> Result<Checked> {
    let mut wrong = Wrong::default();
    let name = wrong.take(line("name", &input.name, 80));
    let permissions = wrong.take(permissions(&input.permissions, by));
    let sites = wrong.take(reach(&input.sites, by, sites));
    match (name, permissions, sites) {
        (Some(name), Some(permissions), Some(sites)) => Ok(Checked { name, permissions, sites }),
        _ => Err(wrong.error()),
    }
}

fn permissions(names: &[String], by: &Actor) -> std::result::Result<Permissions, FieldError> {
    let wrong = |key: &'static str| FieldError::new("permissions", key);
    let mut all = Vec::new();
    for name in names {
        let permission: Permission = name.parse().map_err(|_| wrong("error-unknown-permission"))?;
        if !by.may(permission) {
            return Err(wrong("tokens-error-beyond"));
        }
        all.push(permission);
    }
    if all.is_empty() { Err(wrong("tokens-error-no-permission")) } else { Ok(Permissions::of(&all)) }
}

fn reach(given: &[String], by: &Actor, sites: &[Site]) -> std::result::Result<Option<Vec<Id>>, FieldError> {
    let wrong = || FieldError::new("sites", "tokens-error-site");
    let mut chosen = Vec::new();
    for text in given.iter().filter(|text| !text.is_empty()) {
        let id: Id = text.parse().map_err(|_| wrong())?;
        if !by.scope.includes(Some(id)) || sites.iter().all(|site| site.id != id) {
            return Err(wrong());
        }
        chosen.push(id);
    }
    chosen.sort_unstable();
    chosen.dedup();
    match (&by.scope, chosen.is_empty()) {
        (_, false) => Ok(Some(chosen)),
        (Scope::All, true) => Ok(None),
        (Scope::Sites(own), true) => Ok(Some(own.clone())),
    }
}

/// Whether an actor reaches all a token reaches, and so may see and revoke it.
pub fn reaches(by: &Actor, sites: Option<&[Id]>) -> bool {
    match (&by.scope, sites) {
        (Scope::All, _) => true,
        (Scope::Sites(_), None) => false,
        (Scope::Sites(own), Some(sites)) => sites.iter().all(|site| own.contains(site)),
    }
}
