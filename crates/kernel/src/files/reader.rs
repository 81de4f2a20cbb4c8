//! A stored file read part by part: memory stays flat whatever its size.

use std::io::{self, Read};

use super::{PART_BYTES, read_part};
use crate::db::Db;
use crate::ids::Id;

/// Reads a stored file from an offset on; each part is fetched when it is needed.
pub struct Reader {
    db: Db,
    file: Id,
    part: i64,
    bytes: Vec<u8>,
    at: usize,
}

impl Reader {
    /// A reader that stands at `offset`; beyond the end there is nothing to read.
    pub fn new(db: &Db, file: Id, offset: u64) -> Self {
        let size = PART_BYTES as u64;
        let part = i64::try_from(offset / size).unwrap_or(i64::MAX);
        let at = usize::try_from(offset % size).unwrap_or(0);
        Self { db: db.clone(), file, part, bytes: Vec::new(), at }
    }
}

impl Read for Reader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.at >= self.bytes.len() {
            // What was asked to be passed over in a part that is not fetched yet.
            let skipped = self.at - self.bytes.len();
            let (file, part) = (self.file, self.part);
            let Some(bytes) = self.db.read(|tx| read_part(tx, file, part)).map_err(io::Error::other)? else {
                return Ok(0);
            };
            (self.bytes, self.at, self.part) = (bytes, skipped, part.saturating_add(1));
        }
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let count = rest.len().min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..count), rest.get(..count)) {
            to.copy_from_slice(from);
        }
        self.at += count;
        Ok(count)
    }
}
