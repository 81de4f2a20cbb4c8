//! What every handler is given.

use std::sync::Arc;

use kernel::config::Config;
use kernel::db::Db;
use kernel::identity::{Actor, Permission};
use kernel::jobs::{Bell, Handlers};
use kernel::ledger::Subscriptions;
use kernel::texts::{Locale, T, Texts};
use kernel::{Error, Result, Tx};

use crate::offers::Offers;
use crate::parameters::Parameters;

/// The five stages of the loop, in the order of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Who the customers are.
    Know,
    /// What they say.
    Listen,
    /// What it means.
    Understand,
    /// What is done about it.
    Act,
    /// Where it leads.
    Steer,
    /// Beside the loop: the organisation's own affairs.
    Admin,
}

impl Stage {
    /// Stages shown as the loop.
    pub const LOOP: [Self; 5] = [Self::Know, Self::Listen, Self::Understand, Self::Act, Self::Steer];

    /// Text key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Know => "stage-know",
            Self::Listen => "stage-listen",
            Self::Understand => "stage-understand",
            Self::Act => "stage-act",
            Self::Steer => "stage-steer",
            Self::Admin => "stage-admin",
        }
    }

    /// Name of its icon.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Know => "know",
            Self::Listen => "listen",
            Self::Understand => "understand",
            Self::Act => "act",
            Self::Steer => "steer",
            Self::Admin => "admin",
        }
    }
}

/// A link of the navigation, offered by a room.
#[derive(Clone, Copy, Debug)]
pub struct NavEntry {
    /// Under which stage.
    pub stage: Stage,
    /// Text key of its label.
    pub label: &'static str,
    /// Where it leads.
    pub href: &'static str,
    /// Who sees it.
    pub permission: Permission,
}

/// What an [`App`] is made of.
pub struct AppParts {
    /// The organisation's database.
    pub db: Db,
    /// All texts.
    pub texts: &'static Texts,
    /// Configuration.
    pub config: Config,
    /// Job handlers.
    pub handlers: Handlers,
    /// Subscriptions to events.
    pub subscriptions: Subscriptions,
    /// Wakes workers.
    pub bell: Bell,
    /// Navigation.
    pub nav: Vec<NavEntry>,
    /// The OpenAPI document.
    pub openapi: String,
}

/// The application: cheap to clone, the same for every request.
#[derive(Clone)]
pub struct App(Arc<AppParts>, Arc<Offers>, Arc<Parameters>);

impl App {
    /// An application of these parts.
    pub fn new(parts: AppParts) -> Self {
        let parameters = Parameters::read(&parts.openapi);
        Self(Arc::new(parts), Arc::default(), Arc::new(parameters))
    }

    /// The same application with what its rooms offer to the pages that gather.
    #[must_use]
    pub fn with_offers(self, offers: Offers) -> Self {
        Self(self.0, Arc::new(offers), self.2)
    }

    /// What rooms offer.
    pub fn offers(&self) -> &Offers {
        &self.1
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// Configuration.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// Texts in a language.
    pub fn texts(&self, locale: Locale) -> T {
        self.0.texts.reader(locale)
    }

    /// Navigation entries an actor may see, under `stage`.
    pub fn nav(&self, stage: Stage, actor: &Actor) -> Vec<NavEntry> {
        self.0.nav.iter().copied().filter(|e| e.stage == stage && actor.may(e.permission)).collect()
    }

    /// The OpenAPI document, as JSON.
    pub fn openapi(&self) -> &str {
        &self.0.openapi
    }

    /// Parameters of the interface.
    pub(crate) fn parameters(&self) -> &Parameters {
        &self.2
    }

    /// Job handlers.
    pub fn handlers(&self) -> &Handlers {
        &self.0.handlers
    }

    /// Subscriptions.
    pub fn subscriptions(&self) -> &Subscriptions {
        &self.0.subscriptions
    }

    /// The bell of the workers.
    pub fn bell(&self) -> &Bell {
        &self.0.bell
    }

    /// Runs `f` on a consistent snapshot, away from the threads that serve connections.
    pub async fn read<R: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Tx<'_>) -> Result<R> + Send + 'static,
    ) -> Result<R> {
        let db = self.0.db.clone();
        tokio::task::spawn_blocking(move || db.read(f)).await.map_err(Error::caused)?
    }

    /// Runs `f` in a transaction and answers once its changes are durable; then wakes the workers, in case
    /// it queued something.
    pub async fn write<R: Send + 'static>(
        &self,
        f: impl FnMut(&mut Tx<'_>) -> Result<R> + Send + 'static,
    ) -> Result<R> {
        let outcome = if self.0.db.writes_in_background() {
            let (send, receive) = tokio::sync::oneshot::channel();
            self.0.db.write_then(f, move |outcome| {
                let _ = send.send(outcome);
            });
            receive.await.map_err(|_| Error::internal("the change panicked"))?
        } else {
            let db = self.0.db.clone();
            tokio::task::spawn_blocking(move || db.write(f)).await.map_err(Error::caused)?
        };
        self.0.bell.ring();
        outcome
    }

    /// Runs other blocking work (hashing a password, reading a large file) away from the serving threads.
    pub async fn compute<R: Send + 'static>(
        &self,
        f: impl FnOnce() -> Result<R> + Send + 'static,
    ) -> Result<R> {
        tokio::task::spawn_blocking(f).await.map_err(Error::caused)?
    }
}
