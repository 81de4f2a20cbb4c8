//! What a customer accepts: one dated, append-only entry per decision, the latest of each purpose holds.

pub mod actions;
pub(crate) mod api;
pub(crate) mod pages;
pub mod store;
#[cfg(test)]
mod tests;

use kernel::identity::Permission::{CustomersRead, CustomersWrite};
use kernel::{Error, Instant, Result};
use web_kit::{Access, Routes};

/// Routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .post("/customers/{id}/consents", Access::Page(CustomersWrite), pages::create)
        .get("/customers/{id}/consents", Access::Page(CustomersRead), pages::history)
        .get("/api/v1/customers/{id}/consents", Access::Api(CustomersRead), api::list)
        .post("/api/v1/customers/{id}/consents", Access::Api(CustomersWrite), api::create)
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Being asked for an opinion.
    Survey,
    /// Being called back about what they said.
    CallBack,
    /// Receiving offers.
    Offers,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 3] = [Self::Survey, Self::CallBack, Self::Offers];

    /// Name as stored and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Survey => "survey",
            Self::CallBack => "call_back",
            Self::Offers => "offers",
        }
    }

    /// Text key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Survey => "consent-survey",
            Self::CallBack => "consent-call-back",
            Self::Offers => "consent-offers",
        }
    }

    /// Whether it holds as long as nothing was said: surveys rest on legitimate interest and may be opposed;
    /// the others need a yes.
    pub const fn default(self) -> bool {
        matches!(self, Self::Survey)
    }

    /// From its stored name.
    pub fn parse(name: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|p| p.name() == name)
            .ok_or_else(|| Error::field("purpose", "consent-error-purpose"))
    }
}

/// A decision of a customer.
#[derive(Clone, Debug)]
pub struct Decision {
    /// On what.
    pub purpose: Purpose,
    /// Yes or no.
    pub granted: bool,
    /// How we know.
    pub source: String,
    /// Since when.
    pub at: Instant,
    /// Who noted it.
    pub actor_name: String,
}
