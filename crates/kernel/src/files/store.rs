//! Every query about files.

use super::{File, PART_BYTES};
use crate::clock::Instant;
use crate::db::Tx;
use crate::errors::Result;
use crate::ids::Id;

pub(super) fn insert(tx: &mut Tx<'_>, file: &File, expires_at: Option<Instant>) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO files (id, name, size, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        &[&file.id, &file.name, &file.size, &now, &expires_at],
    )?;
    Ok(())
}

pub(super) fn insert_part(tx: &mut Tx<'_>, file: Id, part: i64, bytes: &[u8]) -> Result<()> {
    tx.execute("INSERT INTO file_parts (file_id, part, bytes) VALUES ($1, $2, $3)", &[&file, &part, &bytes])?;
    Ok(())
}

/// What is known about a file.
pub fn open(tx: &mut Tx<'_>, id: Id) -> Result<File> {
    tx.query_one("SELECT id, name, size FROM files WHERE id = $1", &[&id], |row| {
        Ok(File { id: row.get(0)?, name: row.get(1)?, size: row.get(2)? })
    })
}

/// The bytes of a file from `offset` (0 for all) to its end.
pub fn read_all(tx: &mut Tx<'_>, id: Id, offset: usize) -> Result<Vec<u8>> {
    let first = (offset / PART_BYTES) as i64;
    let mut bytes = Vec::new();
    tx.each(
        "SELECT bytes FROM file_parts WHERE file_id = $1 AND part >= $2 ORDER BY part",
        &[&id, &first],
        |row| {
            bytes.extend_from_slice(&row.get::<Vec<u8>>(0)?);
            Ok(true)
        },
    )?;
    bytes.drain(..(offset % PART_BYTES).min(bytes.len()));
    Ok(bytes)
}

/// One part of a file, [`PART_BYTES`] long but for the last; `None` beyond its end.
pub fn read_part(tx: &mut Tx<'_>, id: Id, part: i64) -> Result<Option<Vec<u8>>> {
    let sql = "SELECT bytes FROM file_parts WHERE file_id = $1 AND part = $2";
    tx.query_opt(sql, &[&id, &part], |row| row.get(0))
}

/// Removes a file.
pub fn remove(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    tx.execute("DELETE FROM file_parts WHERE file_id = $1", &[&id])?;
    tx.execute("DELETE FROM files WHERE id = $1", &[&id])?;
    Ok(())
}

/// Removes files whose time has come, and returns how many.
pub fn remove_expired(tx: &mut Tx<'_>) -> Result<u64> {
    let now = tx.now();
    tx.execute(
        "DELETE FROM file_parts WHERE file_id IN (SELECT id FROM files WHERE expires_at <= $1)",
        &[&now],
    )?;
    tx.execute("DELETE FROM files WHERE expires_at <= $1", &[&now])
}
