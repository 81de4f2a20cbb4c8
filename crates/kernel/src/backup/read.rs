//! Reading a backup, and recognising one that was cut or changed.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};
use std::path::Path;

use flate2::bufread::GzDecoder;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::lines::Cell;
use super::{End, FORMAT, Header};
use crate::db::{Table, Value};
use crate::errors::{Error, Result};
use crate::secrets;

/// Longest line: the largest row anybody has is far below, and memory must not depend on the file.
const LONGEST: u64 = 256 * 1024 * 1024;

/// A backup, read line by line.
pub struct Reader {
    lines: BufReader<GzDecoder<BufReader<File>>>,
    digest: Sha256,
    header: Header,
    counted: BTreeMap<String, i64>,
    table: Option<Table>,
    line: Vec<u8>,
}

/// What comes next in a backup.
pub(super) enum Item {
    /// A table begins.
    Table(Table),
    /// A row of the table that began last.
    Row(Vec<Value>),
    /// Everything was there and is what was written.
    End(End),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Mark {
    Table(Table),
    End(End),
}

impl Reader {
    /// Opens a backup and reads what it is.
    ///
    /// # Errors
    /// No backup, or one of a later format.
    pub fn open(path: &Path) -> Result<Self> {
        let file =
            File::open(path).map_err(|error| Error::internal(format!("{}: {error}", path.display())))?;
        let header = Header {
            bocal: String::new(),
            format: 0,
            version: String::new(),
            taken_at: crate::Instant::MIN,
            engine: String::new(),
            organisation: None,
            migrations: Vec::new(),
        };
        let gzip = GzDecoder::new(BufReader::with_capacity(256 * 1024, file));
        let lines = BufReader::with_capacity(256 * 1024, gzip);
        let mut reader = Self {
            lines,
            digest: Sha256::new(),
            header,
            counted: BTreeMap::new(),
            table: None,
            line: Vec::new(),
        };
        reader.read_header()?;
        Ok(reader)
    }

    /// What it is.
    pub fn header(&self) -> &Header {
        &self.header
    }

    fn read_header(&mut self) -> Result<()> {
        self.read_line()?;
        let value: serde_json::Value = serde_json::from_slice(&self.line).map_err(|e| damaged(&e))?;
        if value["bocal"] != "backup" {
            return Err(damaged(&"its first line is another program's"));
        }
        if value["format"].as_i64().is_none_or(|format| format > FORMAT) {
            return Err(Error::internal(
                "this backup was taken by a newer version of Bocal, in a format this one cannot read; use that version",
            ));
        }
        self.header = serde_json::from_value(value).map_err(|e| damaged(&e))?;
        self.digest.update(&self.line);
        Ok(())
    }

    fn read_line(&mut self) -> Result<()> {
        self.line.clear();
        let mut limited = (&mut self.lines).take(LONGEST);
        limited.read_until(b'\n', &mut self.line).map_err(|error| damaged(&error))?;
        if self.line.last() != Some(&b'\n') {
            return Err(damaged(&"it ends in the middle"));
        }
        Ok(())
    }

    /// What comes next; nothing comes after the end.
    ///
    /// # Errors
    /// What is read is not what was written.
    pub(super) fn next(&mut self) -> Result<Item> {
        self.read_line()?;
        if self.line.first() == Some(&b'[') {
            return self.row();
        }
        match serde_json::from_slice(&self.line).map_err(|error| damaged(&error))? {
            Mark::End(end) => self.end(end),
            Mark::Table(table) => {
                self.digest.update(&self.line);
                self.counted.insert(table.name.clone(), 0);
                self.table = Some(table.clone());
                Ok(Item::Table(table))
            }
        }
    }

    fn row(&mut self) -> Result<Item> {
        let cells: Vec<Cell> = serde_json::from_slice(&self.line).map_err(|error| damaged(&error))?;
        let Some(table) = self.table.as_ref().filter(|table| table.columns.len() == cells.len()) else {
            return Err(damaged(&"a row does not fit its table"));
        };
        *self.counted.entry(table.name.clone()).or_default() += 1;
        self.digest.update(&self.line);
        Ok(Item::Row(cells.into_iter().map(|cell| cell.0).collect()))
    }

    fn end(&mut self, end: End) -> Result<Item> {
        if end.sha256 != secrets::hex(&self.digest.clone().finalize()) {
            return Err(damaged(&"its digest is not the one it was written with"));
        }
        if end.tables != self.counted {
            return Err(damaged(&"rows are missing"));
        }
        // The compressed stream must end here too, and the file with it.
        let more = self.lines.fill_buf().map_err(|error| damaged(&error))?.len();
        let after = self.lines.get_mut().get_mut().fill_buf().map_err(|error| damaged(&error))?.len();
        if more + after > 0 {
            return Err(damaged(&"something follows its end"));
        }
        Ok(Item::End(end))
    }
}

fn damaged(reason: &dyn std::fmt::Display) -> Error {
    Error::internal(format!(
        "this file is no backup of Bocal, or it was cut or changed since it was taken ({reason}). Nothing was \
         restored; use another copy"
    ))
}
