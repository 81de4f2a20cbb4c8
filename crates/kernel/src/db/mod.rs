//! One SQL text, two engines: a thin synchronous executor over SQLite and PostgreSQL.
//!
//! A query is written once, in the common subset of both engines, with `$1 … $n` parameters. [`Db::read`]
//! gives a consistent snapshot; [`Db::write`] runs a change and returns once it is durable. On SQLite every
//! change passes one writer thread that commits waiting changes together; on PostgreSQL a change runs in a
//! serialisable transaction and is run again when another one came first. Nobody else asks which engine it is.

mod catalogue;
pub(crate) mod file;
mod many;
mod migrate;
mod pool;
mod postgres;
mod row;
mod sqlite;
mod tx;
mod value;
mod values;

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::{Arc, OnceLock};

pub use catalogue::{Table, quoted};
pub use migrate::{Applied, Migration, Plan};
pub use row::{Columns, Field, Param, Row};
pub use tx::Tx;
pub use value::Value;

use crate::clock::Clock;
use crate::errors::{Error, Result};
use crate::ids::IdMaker;

/// The two engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Bundled SQLite in one file.
    Sqlite,
    /// PostgreSQL 15 or later.
    Postgres,
}

/// Where an organisation's data lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A SQLite file.
    File(PathBuf),
    /// A PostgreSQL connection string; the organisation's schema comes from `options=-csearch_path=…`.
    Server(String),
}

impl FromStr for Location {
    type Err = std::convert::Infallible;
    /// `postgres://…` or `postgresql://…` is a server, anything else the path of a file.
    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Server(text.to_owned()));
        }
        Ok(Self::File(PathBuf::from(text.strip_prefix("sqlite:").unwrap_or(text))))
    }
}

/// Who is told of which events: asked when an event is recorded, so that its deliveries are queued in the
/// same transaction.
pub trait Routing: Send + Sync {
    /// Names of the subscriptions to events of this kind.
    fn subscribers(&self, kind: &str) -> Vec<&'static str>;
}

/// Nobody is told of anything.
pub struct NoSubscribers;
impl Routing for NoSubscribers {
    fn subscribers(&self, _: &str) -> Vec<&'static str> {
        Vec::new()
    }
}

/// What every transaction is given: the clock, the maker of identifiers, and who is told of events.
#[derive(Clone)]
pub struct Surroundings {
    /// Source of time.
    pub clock: Arc<dyn Clock>,
    /// Source of identifiers.
    pub ids: Arc<IdMaker>,
    /// Who is told of events.
    pub routing: Arc<dyn Routing>,
}

/// A change waiting for the writer: runs in its own savepoint, then hears how the commit went.
type Work = Box<dyn FnOnce(&mut Tx<'_>) -> Settled + Send>;
/// What remains of a [`Work`] after it ran: told whether the shared commit succeeded.
struct Settled {
    keep: bool,
    finish: Box<dyn FnOnce(Result<()>) + Send>,
}

enum Backend {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

/// An organisation's database.
#[derive(Clone)]
pub struct Db {
    backend: Arc<Backend>,
    around: Surroundings,
    /// What it was brought up to date with, by this process.
    plan: Arc<OnceLock<Plan>>,
}

/// How busy a database is, for whoever watches it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Connections open now: readers on SQLite, all of them on PostgreSQL.
    pub open: u32,
    /// Of these, how many wait for work.
    pub idle: u32,
    /// Connections at most.
    pub limit: u32,
    /// Changes that wait for the writer; always 0 on PostgreSQL, where changes do not queue here.
    pub writes_waiting: usize,
}

impl Db {
    /// Opens (on SQLite: creates) the database at `location` with at most `readers` concurrent readers.
    /// Does not migrate: see [`Db::migrate`].
    pub fn open(location: &Location, around: Surroundings, readers: u32) -> Result<Self> {
        let backend = match location {
            Location::File(path) => Backend::Sqlite(sqlite::Sqlite::open(path, around.clone(), readers)?),
            Location::Server(url) => Backend::Postgres(postgres::Postgres::open(url, readers)?),
        };
        Ok(Self { backend: Arc::new(backend), around, plan: Arc::default() })
    }

    /// Opens (creates) a SQLite file to be filled with rows in any order: references are not checked, so whoever fills it
    /// checks them at the end.
    pub(crate) fn open_to_fill(path: &std::path::Path, around: Surroundings) -> Result<Self> {
        let backend = Backend::Sqlite(sqlite::Sqlite::open_to_fill(path, around.clone())?);
        Ok(Self { backend: Arc::new(backend), around, plan: Arc::default() })
    }

    /// Which engine holds the data. For migrations, diagnostics and benchmarks only.
    pub fn engine(&self) -> Engine {
        match *self.backend {
            Backend::Sqlite(_) => Engine::Sqlite,
            Backend::Postgres(_) => Engine::Postgres,
        }
    }

    /// The clock this database stamps changes with.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.around.clock
    }

    /// What makes the identifiers of this database.
    pub fn ids(&self) -> &Arc<IdMaker> {
        &self.around.ids
    }

    /// Runs `f` on a consistent snapshot; changes are refused.
    pub fn read<T>(&self, f: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        match &*self.backend {
            Backend::Sqlite(db) => db.read(&self.around, f),
            Backend::Postgres(db) => db.read(&self.around, f),
        }
    }

    /// Runs `f` in a transaction and returns once its changes are durable; an error undoes them all.
    /// `f` may run more than once (PostgreSQL, after a serialisation failure), so it must change nothing
    /// but the database.
    pub fn write<T: Send + 'static>(
        &self,
        f: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (send, receive) = std::sync::mpsc::sync_channel(1);
        self.write_then(f, move |outcome| {
            // The receiver waits below; it is gone only if its thread panicked.
            let _ = send.send(outcome);
        });
        receive.recv().map_err(|_| Error::internal("the change panicked, or the writer stopped"))?
    }

    /// Like [`Db::write`], in a transaction that no other change shares: for long changes, such as a batch of
    /// an import.
    pub fn write_alone<T: Send + 'static>(
        &self,
        f: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (send, receive) = std::sync::mpsc::sync_channel(1);
        self.submit(sqlite::Company::Alone, f, move |outcome| {
            let _ = send.send(outcome);
        });
        receive.recv().map_err(|_| Error::internal("the change panicked, or the writer stopped"))?
    }

    /// Like [`Db::write`], but calls `done` with the outcome instead of waiting for it. On SQLite it returns
    /// at once and `done` runs on the writer thread: it must be quick.
    pub fn write_then<T: Send + 'static>(
        &self,
        f: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
        done: impl FnOnce(Result<T>) + Send + 'static,
    ) {
        self.submit(sqlite::Company::Shared, f, done);
    }

    fn submit<T: Send + 'static>(
        &self,
        company: sqlite::Company,
        mut f: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
        done: impl FnOnce(Result<T>) + Send + 'static,
    ) {
        match &*self.backend {
            Backend::Sqlite(db) => {
                let work: Work = Box::new(move |tx| {
                    let outcome = f(tx);
                    Settled {
                        keep: outcome.is_ok(),
                        finish: Box::new(move |commit| done(commit.and(outcome))),
                    }
                });
                db.submit(work, company);
            }
            Backend::Postgres(db) => done(db.write(&self.around, f)),
        }
    }

    /// How busy it is now.
    pub fn load(&self) -> Load {
        match &*self.backend {
            Backend::Sqlite(db) => db.load(),
            Backend::Postgres(db) => db.load(),
        }
    }

    /// Folder and file of the database, when it is a file.
    pub fn file(&self) -> Option<&std::path::Path> {
        match &*self.backend {
            Backend::Sqlite(db) => Some(db.path()),
            Backend::Postgres(_) => None,
        }
    }

    /// Whether [`Db::write_then`] returns before the change is made.
    pub fn writes_in_background(&self) -> bool {
        matches!(*self.backend, Backend::Sqlite(_))
    }

    /// Applies the migrations that are not applied yet, in order all in one transaction, and returns them. On
    /// SQLite a database that is not new is copied beside itself first.
    pub fn migrate(&self, plan: &Plan) -> Result<Vec<Applied>> {
        let new = migrate::run(self, plan)?;
        let _ = self.plan.set(plan.clone());
        Ok(new)
    }

    /// Whether the tables are still the ones this process brought up to date: a newer version may have gone on.
    pub fn is_up_to_date(&self) -> Result<bool> {
        let Some(plan) = self.plan.get() else { return Ok(false) };
        Ok(migrate::pending(plan, &self.applied()?).is_ok_and(|pending| pending.is_empty()))
    }

    /// Refuses a database that this plan does not fit, and returns what it still lacks.
    pub fn pending(&self, plan: &Plan) -> Result<Vec<Migration>> {
        migrate::pending(plan, &self.applied()?)
    }

    /// Migrations already applied, oldest first.
    pub fn applied(&self) -> Result<Vec<Applied>> {
        self.read(|tx| tx.applied())
    }

    /// Size in bytes of the database on disk.
    pub fn size(&self) -> Result<i64> {
        self.read(|tx| match tx.engine() {
            Engine::Sqlite => tx.query_one(
                "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
                &[],
                |row| row.get(0),
            ),
            Engine::Postgres => {
                tx.query_one("SELECT pg_database_size(current_database())", &[], |row| row.get(0))
            }
        })
    }
}
