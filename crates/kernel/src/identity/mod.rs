//! Who acts: users, their roles and reach, sessions and tokens.

mod permissions;
pub mod store;
pub mod throttle;

pub use permissions::{Permission, Permissions, Role};

use crate::errors::{Error, Result};
use crate::ids::Id;

/// What kind of being acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActorKind {
    /// A colleague.
    User(Id),
    /// A program holding a token.
    Token(Id),
    /// Bocal itself: a job, a subscription, the command line.
    System,
    /// Somebody from outside, through a public page.
    Public,
}

impl ActorKind {
    /// Name as stored with events.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::User(_) => "user",
            Self::Token(_) => "token",
            Self::System => "system",
            Self::Public => "public",
        }
    }

    /// Identifier of the user or token.
    pub const fn id(&self) -> Option<Id> {
        match self {
            Self::User(id) | Self::Token(id) => Some(*id),
            Self::System | Self::Public => None,
        }
    }
}

/// Which rows someone may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of the organisation.
    All,
    /// Rows of these sites, and rows of no site.
    Sites(Vec<Id>),
}

impl Scope {
    /// Whether a row of `site` is within reach.
    pub fn includes(&self, site: Option<Id>) -> bool {
        match (self, site) {
            (Self::All, _) | (_, None) => true,
            (Self::Sites(sites), Some(site)) => sites.contains(&site),
        }
    }

    /// The same as a condition on a column, for `store.rs`. Identifiers are numbers of our own making, so
    /// writing them into the text is safe, and the planner sees them.
    pub fn condition(&self, column: &str) -> String {
        match self {
            Self::All => "TRUE".to_owned(),
            Self::Sites(sites) if sites.is_empty() => format!("{column} IS NULL"),
            Self::Sites(sites) => {
                let list: Vec<String> = sites.iter().map(ToString::to_string).collect();
                format!("({column} IS NULL OR {column} IN ({}))", list.join(", "))
            }
        }
    }
}

/// Someone who acts, with what they may do and which rows they may see.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Who.
    pub kind: ActorKind,
    /// Name, as recorded with events.
    pub name: String,
    /// What they may do.
    pub permissions: Permissions,
    /// Which rows they may see.
    pub scope: Scope,
}

impl Actor {
    /// Bocal itself, for jobs, subscriptions and the command line: may do everything.
    pub fn system(name: &str) -> Self {
        Self {
            kind: ActorKind::System,
            name: name.to_owned(),
            permissions: Permissions::all(),
            scope: Scope::All,
        }
    }

    /// Somebody from outside: may do nothing that asks for a permission.
    pub fn public() -> Self {
        Self {
            kind: ActorKind::Public,
            name: String::new(),
            permissions: Permissions::none(),
            scope: Scope::Sites(Vec::new()),
        }
    }

    /// Refuses when the permission is missing.
    pub fn require(&self, permission: Permission) -> Result<()> {
        if self.may(permission) { Ok(()) } else { Err(Error::Denied(permission.name())) }
    }

    /// Refuses unless the permission is held for the whole organisation: for what concerns every site.
    pub fn require_whole(&self, permission: Permission) -> Result<()> {
        self.require(permission)?;
        match self.scope {
            Scope::All => Ok(()),
            Scope::Sites(_) => Err(Error::Denied(permission.name())),
        }
    }

    /// Whether the permission is held.
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(permission)
    }

    /// Refuses, as if it did not exist, a row of a site out of reach.
    pub fn require_site(&self, site: Option<Id>) -> Result<()> {
        if self.scope.includes(site) { Ok(()) } else { Err(Error::NotFound) }
    }

    /// The user, when it is one.
    pub const fn user(&self) -> Option<Id> {
        match self.kind {
            ActorKind::User(id) => Some(id),
            _ => None,
        }
    }
}
