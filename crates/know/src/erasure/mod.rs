//! Erasure: a customer goes at their request, or when their time is over. What counts them stays, without them.
//!
//! The row of the customer stays, empty but for the words « Client effacé », so that what other rooms count still adds
//! up. Everything else about them in this crate is removed with it, in the same change: contacts, consents, ways to
//! reach them, what the ledger held, mails. Other rooms hear `customer.erased` and remove what is theirs within
//! seconds; until then a delivery waits, and an administrator is shown one that fails.

pub mod actions;
pub(crate) mod api;
pub(crate) mod pages;
pub(crate) mod store;

use kernel::identity::Permission::CustomersErase;
use kernel::{Error, Instant, Result};
use web_kit::{Access, Routes};

/// Kind of the event other rooms subscribe to; its subject is the customer.
pub const ERASED: &str = "customer.erased";

/// Routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .get("/customers/{id}/erasure", Access::Page(CustomersErase), pages::form)
        .post("/customers/{id}/erasure", Access::Page(CustomersErase), pages::create)
        .post("/api/v1/customers/{id}/erasure", Access::Api(CustomersErase), api::create)
}

/// Why somebody is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// They asked for it.
    Asked,
    /// They have not been a customer for too long.
    Expired,
    /// They should never have been here.
    Mistake,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::Asked, Self::Expired, Self::Mistake];

    /// Name as stored and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Expired => "expired",
            Self::Mistake => "mistake",
        }
    }

    /// Text key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Asked => "erasure-asked",
            Self::Expired => "erasure-expired",
            Self::Mistake => "erasure-mistake",
        }
    }

    /// From its stored name.
    pub fn parse(name: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|reason| reason.name() == name);
        found.ok_or_else(|| Error::field("reason", "erasure-error-reason"))
    }
}

/// An erasure that took place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// When.
    pub at: Instant,
    /// Who did it.
    pub actor_name: String,
    /// Why.
    pub reason: Reason,
    /// Events of the ledger that held something about them.
    pub events: i64,
}
