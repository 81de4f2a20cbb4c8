//! What one can change about oneself.

use serde::Deserialize;

/// Name and title as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// Name as colleagues see it.
    pub name: String,
    /// What one does, in a few words.
    pub title: String,
    /// Version the form was filled against.
    pub version: i64,
}
