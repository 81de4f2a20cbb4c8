//! Where a test's database lies: its own file, or its own schema, gone with the test.

use std::sync::Arc;

use kernel::clock::SystemClock;
use kernel::db::{Db, Engine, Location, NoSubscribers, Surroundings};
use kernel::ids::IdMaker;
use tempfile::TempDir;

/// Environment variable with the address of the PostgreSQL server for tests.
pub const POSTGRES_VARIABLE: &str = "BOCAL_TEST_POSTGRES";

/// Address of the server for tests, if there is one.
fn server() -> Option<String> {
    std::env::var(POSTGRES_VARIABLE).ok().filter(|url| !url.is_empty())
}

/// Whether a PostgreSQL server was given; says so when the test is skipped for want of one.
pub fn postgres_is_there() -> bool {
    let there = server().is_some();
    if !there {
        println!("skipped: {POSTGRES_VARIABLE} is not set");
    }
    there
}

/// A place for one database.
pub(crate) enum Place {
    /// A directory of its own.
    Directory(TempDir),
    /// A schema of its own on the server.
    Schema { server: String, name: String },
}

impl Place {
    pub(crate) fn new(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => Self::Directory(tempfile::tempdir().unwrap()),
            Engine::Postgres => {
                let Some(server) = server() else { panic!("{POSTGRES_VARIABLE} is not set") };
                let name = format!("test_{:032x}", u128::from_be_bytes(kernel::secrets::random().unwrap()));
                administer(&server, format!("CREATE SCHEMA {name}"));
                Self::Schema { server, name }
            }
        }
    }

    /// The address the program is given.
    pub(crate) fn location(&self) -> Location {
        match self {
            Self::Directory(directory) => Location::File(directory.path().join("bocal.db")),
            Self::Schema { server, name } => {
                let separator = if server.contains('?') { '&' } else { '?' };
                Location::Server(format!("{server}{separator}options=-csearch_path%3D{name}%2Cpublic"))
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Self::Schema { server, name } = self {
            administer(server, format!("DROP SCHEMA {name} CASCADE"));
        }
    }
}

/// Runs a statement beside the test's own database.
fn administer(server: &str, sql: String) {
    let around = Surroundings {
        clock: Arc::new(SystemClock),
        ids: Arc::new(IdMaker::new(0)),
        routing: Arc::new(NoSubscribers),
    };
    let db = Db::open(&Location::Server(server.to_owned()), around, 1).unwrap();
    db.write(move |tx| tx.batch(&sql)).unwrap();
}
