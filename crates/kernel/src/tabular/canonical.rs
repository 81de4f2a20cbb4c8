//! The canonical form: written once, read by jobs from any record on.

use std::io::Read;

use csv::{Reader, ReaderBuilder, StringRecord};

use super::TabularError;

/// Writes rows in canonical form.
#[derive(Debug, Default)]
pub(super) struct Writer(Vec<u8>);

impl Writer {
    /// One row: its line, then `width` cells; missing ones are empty, surplus ones left out.
    pub(super) fn write<'c>(&mut self, line: u64, cells: impl Iterator<Item = &'c str>, width: usize) {
        self.0.extend_from_slice(line.to_string().as_bytes());
        let padded = cells.chain(std::iter::repeat("")).take(width);
        for cell in padded {
            self.0.push(b',');
            self.cell(cell);
        }
        self.0.push(b'\n');
    }

    fn cell(&mut self, cell: &str) {
        let needs_quotes = |byte: u8| matches!(byte, b',' | b'"' | b'\n' | b'\r');
        if !cell.bytes().any(needs_quotes) {
            self.0.extend_from_slice(cell.as_bytes());
            return;
        }
        self.0.push(b'"');
        for (index, part) in cell.split('"').enumerate() {
            if index > 0 {
                self.0.extend_from_slice(b"\"\"");
            }
            self.0.extend_from_slice(part.as_bytes());
        }
        self.0.push(b'"');
    }

    /// Bytes written so far.
    pub(super) fn len(&self) -> u64 {
        self.0.len() as u64
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Line of the file at which it started, or row of the sheet; from 1.
    pub line: u64,
    /// Where the next row starts in the canonical form: what a job remembers once this row is done.
    pub next_offset: u64,
    record: StringRecord,
}

impl Row {
    /// The cell of a column, counted from 0.
    pub fn get(&self, column: usize) -> Option<&str> {
        self.record.get(column + 1)
    }

    /// All cells, in order.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.record.iter().skip(1)
    }

    /// How many cells; the same for all rows of a table.
    pub fn len(&self) -> usize {
        self.record.len().saturating_sub(1)
    }

    /// Whether it has no cell.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Reads rows in canonical form, one at a time: memory stays flat.
#[derive(Debug)]
pub struct Rows<R> {
    reader: Reader<R>,
    base: u64,
    failed: bool,
}

impl<'a> Rows<&'a [u8]> {
    /// Rows from `offset` on: 0, or a [`Row::next_offset`]. Beyond the end there are none.
    pub fn new(canonical: &'a [u8], offset: u64) -> Self {
        let start = usize::try_from(offset).ok().and_then(|start| canonical.get(start..));
        Self::from_reader(start.unwrap_or_default(), offset)
    }
}

impl<R: Read> Rows<R> {
    /// Rows from a reader that already stands at `offset` of the canonical form.
    pub fn from_reader(reader: R, offset: u64) -> Self {
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(reader);
        Self { reader, base: offset, failed: false }
    }

    fn read(&mut self) -> Result<Option<Row>, TabularError> {
        let offset = self.base + self.reader.position().byte();
        let damaged = TabularError::NotCanonical { offset };
        let mut record = StringRecord::new();
        if !self.reader.read_record(&mut record).map_err(|_| damaged.clone())? {
            return Ok(None);
        }
        let line = record.get(0).and_then(|line| line.parse().ok()).ok_or(damaged)?;
        Ok(Some(Row { line, next_offset: self.base + self.reader.position().byte(), record }))
    }
}

impl<R: Read> Iterator for Rows<R> {
    type Item = Result<Row, TabularError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let row = self.read();
        self.failed = row.is_err();
        row.transpose()
    }
}
