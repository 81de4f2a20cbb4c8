//! What coming in asks and shows.

use kernel::Id;
use kernel::identity::Role;
use serde::Deserialize;

/// Address and password as typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Credentials {
    pub(super) email: String,
    pub(super) password: String,
    pub(super) next: String,
}

/// What became of an attempt to come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// Refused.
    Refused,
    /// In.
    In,
    /// The code of the second factor is asked first.
    Code,
}

/// A code as typed after the password.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct TypedCode {
    pub(super) code: String,
    pub(super) next: String,
}

/// Somebody one can be with one click in a demonstration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoPerson {
    /// Identifier.
    pub id: Id,
    /// Name.
    pub name: String,
    /// What they do.
    pub title: String,
    /// The role they show.
    pub role: Role,
}
