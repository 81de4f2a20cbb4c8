//! What is asked about a team.

use kernel::Id;
use serde::{Deserialize, Serialize};

/// A team as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TeamInput {
    /// Name, 80 characters at most.
    pub name: String,
    /// The sites it serves.
    pub sites: Vec<Id>,
    /// Version the form was filled against.
    pub version: i64,
}

/// A team as events tell of it.
#[derive(Serialize)]
pub(super) struct TeamState<'a> {
    pub(super) name: &'a str,
    pub(super) sites: Vec<&'a str>,
}
