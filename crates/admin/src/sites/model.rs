//! What is asked about a site.

use serde::Deserialize;
use utoipa::ToSchema;

/// A site as typed.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct SiteInput {
    /// Name, as customers know it; 80 characters at most.
    pub name: String,
    /// Short code, as in files; made from the name when empty. Letters, digits, dashes; 20 at most.
    pub code: String,
}
