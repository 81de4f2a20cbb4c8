//! Colleagues as they are listed, and what is asked about them.

use kernel::Instant;
use kernel::identity::store::{Grant, User};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether somebody can come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = ColleagueState)]
pub enum State {
    /// Invited, has not chosen a password yet.
    Invited,
    /// Can sign in.
    Active,
    /// May no longer sign in.
    Disabled,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Invited, Self::Active, Self::Disabled];

    /// Name; its text key is `people-state-` and this.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }
}

/// A colleague as listed.
#[derive(Clone, Debug)]
pub struct Colleague {
    /// Who.
    pub user: User,
    /// Whether they can come in.
    pub state: State,
    /// Their roles.
    pub grants: Vec<Grant>,
    /// When they were last here.
    pub seen_at: Option<Instant>,
}

/// Which colleagues to list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Part of a name, an address or a title.
    pub q: String,
    /// Name of a state; empty for all.
    pub state: String,
}

/// A role for the whole organisation, or for one site or one team of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct RoleInput {
    /// `adviser`, `manager`, `marketer`, `director`, `analyst` or `administrator`.
    pub role: String,
    /// Identifier of the only site it holds for.
    pub site: Option<String>,
    /// Identifier of the team whose sites it holds for.
    pub team: Option<String>,
}

/// A colleague as typed.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ColleagueInput {
    /// Name as colleagues see it, 120 characters at most.
    pub name: String,
    /// Address they sign in with.
    pub email: String,
    /// What they do, in a few words; may be empty.
    pub title: String,
    /// At least one.
    pub roles: Vec<RoleInput>,
}

/// A colleague's identity and roles, checked.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) title: String,
    pub(super) grants: Vec<Grant>,
}

/// A colleague as events tell of them.
#[derive(Serialize)]
pub(super) struct Snapshot {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) title: String,
    pub(super) roles: Vec<String>,
}

/// Sites and teams, for reading and naming the reach of roles.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// Every site.
    pub sites: Vec<kernel::organisation::Site>,
    /// Every team.
    pub teams: Vec<kernel::organisation::Team>,
}

impl From<&Grant> for RoleInput {
    fn from(grant: &Grant) -> Self {
        let text = |id: Option<kernel::Id>| id.map(|id| id.to_string());
        Self { role: grant.role.name().to_owned(), site: text(grant.site), team: text(grant.team) }
    }
}
