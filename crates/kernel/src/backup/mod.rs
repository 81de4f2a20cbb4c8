//! Backups: everything an organisation has, in one file that either engine can restore.
//!
//! A backup is gzipped lines of JSON: what it is and which migrations made its tables; each table with its rows; at
//! the end how many there are, where the ledger stood and a digest of all that came before. So a file that was cut
//! or changed is recognised, and anybody can read one without Bocal (`zcat FILE | head`).
//!
//! It is taken in one snapshot of the database, beside others who write, and has its name only once it is whole.

mod aside;
mod lines;
mod read;
mod restore;
mod take;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use read::Reader;
pub use restore::{Restoring, check, restore};
pub use take::take;

use crate::clock::Instant;
use crate::db::Applied;
use crate::ledger::seals::{Head, Verified};

/// Version of the format: a later one is refused.
const FORMAT: i64 = 1;

/// What a backup is: its first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Always `backup`.
    pub bocal: String,
    /// Version of the format.
    pub format: i64,
    /// Version of the program that took it.
    pub version: String,
    /// The moment whose state it holds.
    pub taken_at: Instant,
    /// The engine it was taken from: `sqlite` or `postgres`.
    pub engine: String,
    /// Name of the organisation, if there is one yet.
    pub organisation: Option<String>,
    /// Migrations that made its tables.
    pub migrations: Vec<Applied>,
}

/// What a backup holds: its last line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// Rows by table.
    pub tables: BTreeMap<String, i64>,
    /// The end of the chain of seals.
    pub ledger: Head,
    /// SHA-256 of every line before this one.
    pub sha256: String,
}

impl End {
    /// Rows of all tables.
    pub fn rows(&self) -> i64 {
        self.tables.values().sum()
    }
}

/// A backup as it was taken.
#[derive(Clone, Debug, Serialize)]
pub struct Taken {
    /// The file.
    pub file: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// What it is.
    pub header: Header,
    /// What it holds.
    pub end: End,
}

/// A backup that was restored, or could be.
#[derive(Clone, Debug, Serialize)]
pub struct Restored {
    /// What it is.
    pub header: Header,
    /// What it holds.
    pub end: End,
    /// Its ledger, recomputed.
    pub ledger: Verified,
    /// Mails that waited to be sent, or were on their way, when it was taken: whether they leave is for a person to say.
    pub mails_in_doubt: u64,
    /// Where the database that was there before lies now.
    pub replaced: Option<PathBuf>,
}
