//! What is asked about a token.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How long a token lives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum Life {
    /// Thirty days.
    #[serde(rename = "30")]
    Month,
    /// Ninety days.
    #[default]
    #[serde(rename = "90")]
    Quarter,
    /// 365 days.
    #[serde(rename = "365")]
    Year,
    /// Until it is revoked.
    #[serde(rename = "none")]
    Endless,
}

impl Life {
    /// Every life, shortest first.
    pub const ALL: [Self; 4] = [Self::Month, Self::Quarter, Self::Year, Self::Endless];

    /// As written in forms and JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Month => "30",
            Self::Quarter => "90",
            Self::Year => "365",
            Self::Endless => "none",
        }
    }

    /// Days, unless it is endless.
    pub const fn days(self) -> Option<i64> {
        match self {
            Self::Month => Some(30),
            Self::Quarter => Some(90),
            Self::Year => Some(365),
            Self::Endless => None,
        }
    }
}

/// A token as typed.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct TokenInput {
    /// What it is for, 80 characters at most.
    pub name: String,
    /// What it allows, such as `customers.read`: at least one, none its maker does not hold.
    pub permissions: Vec<String>,
    /// Identifiers of the sites it reaches; all its maker reaches when empty.
    pub sites: Vec<String>,
    /// When it ends by itself.
    pub life: Life,
}

/// A token as events tell of it.
#[derive(Serialize)]
pub(super) struct TokenState<'a> {
    pub(super) name: &'a str,
    pub(super) permissions: Vec<&'static str>,
    pub(super) sites: Option<Vec<&'a str>>,
    pub(super) expires_at: Option<kernel::Instant>,
}
