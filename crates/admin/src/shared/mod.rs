//! What several rooms of this crate share: reading what was typed, showing two versions of one thing, and
//! answers that hold a secret once.

mod conflict;
mod input;
mod once;

pub(crate) use conflict::Conflict;
pub(crate) use input::{Nothing, Wrong, email, line, optional_line};
pub(crate) use once::{OnceSecret, hash, link};

use kernel::identity::{Actor, Permission, Scope};
use kernel::{Error, Result};

/// Refuses unless the permission is held for the whole organisation: what is decided here concerns every site.
pub(crate) fn require_whole(actor: &Actor, permission: Permission) -> Result<()> {
    actor.require(permission)?;
    match actor.scope {
        Scope::All => Ok(()),
        Scope::Sites(_) => Err(Error::Denied(permission.name())),
    }
}
