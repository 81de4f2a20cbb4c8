//! Which formula, in which version, made a figure.

use std::fmt;

use serde::Serialize;

/// Name and version of a measure's formula, shown as `nps/1`. The version grows when the formula changes:
/// two figures are comparable only under the same id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DefinitionId {
    /// Short name of the measure, lower case.
    pub id: &'static str,
    /// Version of the formula, from 1.
    pub version: u32,
}

impl DefinitionId {
    /// Names a definition.
    ///
    /// ```
    /// assert_eq!(measures::DefinitionId::new("nps", 1).to_string(), "nps/1");
    /// ```
    #[must_use]
    pub const fn new(id: &'static str, version: u32) -> Self {
        Self { id, version }
    }
}

impl fmt::Display for DefinitionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.id, self.version)
    }
}

impl Serialize for DefinitionId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
