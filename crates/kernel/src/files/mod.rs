//! Files people upload, kept in the database in parts: a backup of the database is a backup of everything.

mod reader;
mod store;

pub use reader::Reader;
pub use store::{open, read_all, read_part, remove, remove_expired};

use crate::clock::Instant;
use crate::db::Tx;
use crate::errors::Result;
use crate::ids::Id;

/// Bytes per part: large enough to be quick, small enough for one row.
pub const PART_BYTES: usize = 512 * 1024;

/// A stored file.
#[derive(Clone, Debug)]
pub struct File {
    /// Identifier.
    pub id: Id,
    /// Name given by the person who sent it.
    pub name: String,
    /// Size in bytes.
    pub size: i64,
}

/// Stores a file; it is removed after `expires_at`.
pub fn save(tx: &mut Tx<'_>, name: &str, bytes: &[u8], expires_at: Option<Instant>) -> Result<File> {
    let file = File { id: tx.new_id(), name: name.to_owned(), size: bytes.len() as i64 };
    store::insert(tx, &file, expires_at)?;
    for (part, chunk) in bytes.chunks(PART_BYTES).enumerate() {
        store::insert_part(tx, file.id, part as i64, chunk)?;
    }
    Ok(file)
}
