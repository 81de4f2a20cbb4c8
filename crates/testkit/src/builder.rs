//! What a test may choose about its database before it is opened.

use kernel::db::{Engine, Migration};
use kernel::jobs::{Handler, Handlers};
use kernel::ledger::Subscription;

use crate::Kit;

/// Everything a [`Kit`] is made of.
pub struct Builder {
    pub(crate) engine: Engine,
    pub(crate) migrations: Vec<Migration>,
    pub(crate) handlers: Handlers,
    pub(crate) subscriptions: Vec<Subscription>,
    pub(crate) has_organisation: bool,
    pub(crate) readers: u32,
}

impl Builder {
    pub(crate) fn new(engine: Engine) -> Self {
        Self {
            engine,
            migrations: Vec::new(),
            handlers: Handlers::default(),
            subscriptions: Vec::new(),
            has_organisation: true,
            readers: 8,
        }
    }

    /// Adds the migrations of some crates.
    #[must_use]
    pub fn migrations(mut self, crates: &[&[Migration]]) -> Self {
        self.migrations.extend(crates.iter().copied().flatten());
        self
    }

    /// Adds job handlers.
    #[must_use]
    pub fn handlers(mut self, handlers: Vec<Handler>) -> Self {
        self.handlers.handlers.extend(handlers);
        self
    }

    /// Adds subscriptions: events recorded in the test are queued for them.
    #[must_use]
    pub fn subscriptions(mut self, subscriptions: Vec<Subscription>) -> Self {
        self.subscriptions.extend(subscriptions);
        self
    }

    /// Leaves the organisation out, as before set-up.
    #[must_use]
    pub const fn without_organisation(mut self) -> Self {
        self.has_organisation = false;
        self
    }

    /// Readers at the same time; on PostgreSQL, connections.
    #[must_use]
    pub const fn readers(mut self, readers: u32) -> Self {
        self.readers = readers;
        self
    }

    /// Opens and migrates the database and inserts the organisation.
    #[must_use]
    pub fn start(self) -> Kit {
        Kit::start(self)
    }
}
