//! Usable rows of a source, and the others.

use std::io::BufRead;

use kernel::errors::Message;
use serde::Serialize;

use super::raw::{RawReader, Shape, cells, count_cells};
use super::source::Source;
use super::stop::{Outcome, unreadable};

/// Why a row is kept out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub(super) enum Fault {
    /// It has more or fewer cells than the head has columns.
    NumberOfCells { expected: usize, found: usize },
    /// Bytes that mean nothing in the encoding.
    Undecodable,
    /// A quotation mark that is never closed.
    BrokenQuote,
}

impl Fault {
    /// In words.
    pub(super) fn message(&self) -> Message {
        match self {
            Self::NumberOfCells { expected, found } => {
                Message::new("link-bad-cells").with("expected", *expected).with("found", *found)
            }
            Self::Undecodable => "link-bad-bytes".into(),
            Self::BrokenQuote => "link-bad-quote".into(),
        }
    }
}

/// A row that is kept out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct BadRow {
    /// Line at which it begins, from 1.
    pub(super) line: u64,
    #[serde(flatten)]
    pub(super) fault: Fault,
}

/// Bad rows that are kept one by one.
const KEPT: usize = 1_000;

/// Rows that were kept out: how many, and the first of them.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct BadRows {
    pub(super) count: u64,
    pub(super) first: Vec<BadRow>,
}

impl BadRows {
    fn add(&mut self, row: BadRow) {
        self.count += 1;
        if self.first.len() < KEPT {
            self.first.push(row);
        }
    }
}

/// Cells of some rows, one text after the other.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    text: String,
    ends: Vec<usize>,
    columns: usize,
    /// Line at which each row begins.
    pub(super) lines: Vec<u64>,
}

impl Chunk {
    /// How many rows.
    pub(super) fn rows(&self) -> usize {
        self.lines.len()
    }

    /// A cell.
    pub(super) fn cell(&self, row: usize, column: usize) -> &str {
        let at = row * self.columns + column;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|&end| self.text.get(start..end)).unwrap_or_default()
    }

    /// Forgets the rows and keeps the room.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.lines.clear();
    }
}

/// Rows of a chunk.
const ROWS: usize = 8_192;
/// Bytes of a chunk, give or take a row.
const BYTES: usize = 8 << 20;

/// Reads the rows of a source.
pub(super) struct RowReader<'a, R> {
    raw: RawReader<R>,
    source: &'a Source,
    cell: String,
    /// Rows that were kept out so far.
    pub(super) bad: BadRows,
}

impl<'a, R: BufRead> RowReader<'a, R> {
    pub(super) fn new(source: &'a Source, input: R) -> Self {
        let raw = RawReader::new(input, source.delimiter, source.first_line);
        Self { raw, source, cell: String::new(), bad: BadRows::default() }
    }

    /// Lines without a character so far.
    pub(super) fn blank(&self) -> u64 {
        self.raw.blank
    }

    /// Fills a chunk; whether it has rows.
    pub(super) fn fill(&mut self, chunk: &mut Chunk) -> Outcome<bool> {
        chunk.clear();
        while chunk.rows() < ROWS && chunk.text.len() < BYTES && self.read(chunk)? {}
        Ok(chunk.rows() > 0)
    }

    /// Reads the next usable row into a chunk; whether there was one.
    pub(super) fn read(&mut self, chunk: &mut Chunk) -> Outcome<bool> {
        chunk.columns = self.source.head.names.len();
        let (delimiter, mut cell) = (self.source.delimiter, std::mem::take(&mut self.cell));
        let taken = self.next(|line, text, _| {
            let (length, count) = (chunk.text.len(), chunk.ends.len());
            cells(text, delimiter, &mut cell, |cell| {
                chunk.text.push_str(cell);
                chunk.ends.push(chunk.text.len());
            });
            let found = chunk.ends.len() - count;
            if found == chunk.columns {
                chunk.lines.push(line);
            } else {
                chunk.text.truncate(length);
                chunk.ends.truncate(count);
            }
            found
        });
        self.cell = cell;
        taken
    }

    /// Lends the next usable row as it stands in the file, with the end of its line; whether there was one.
    pub(super) fn lend(&mut self, mut as_is: impl FnMut(&str, &[u8])) -> Outcome<bool> {
        let (delimiter, mut cell) = (self.source.delimiter, std::mem::take(&mut self.cell));
        let columns = self.source.head.names.len();
        let lent = self.next(|_, text, end| {
            let found = count_cells(text, delimiter, &mut cell);
            if found == columns {
                as_is(text, end);
            }
            found
        });
        self.cell = cell;
        lent
    }

    /// Goes to the next usable row; whether there was one. `take` is given the line, the text and the end of each that can be
    /// read, and says how many cells it has.
    fn next(&mut self, mut take: impl FnMut(u64, &str, &[u8]) -> usize) -> Outcome<bool> {
        let expected = self.source.head.names.len();
        let first_row = self.source.head.first_row.unwrap_or(u64::MAX);
        while let Some(raw) = self.raw.next().map_err(unreadable(&self.source.name))? {
            if raw.line < first_row {
                continue;
            }
            let line = raw.line;
            let is_damaged = self.source.is_damaged(line, raw.lines);
            let fault = match std::str::from_utf8(raw.bytes) {
                _ if raw.shape == Shape::BrokenQuote => Fault::BrokenQuote,
                Ok(text) if !is_damaged => match take(line, text, raw.end) {
                    found if found == expected => return Ok(true),
                    found => Fault::NumberOfCells { expected, found },
                },
                _ => Fault::Undecodable,
            };
            self.bad.add(BadRow { line, fault });
        }
        Ok(false)
    }
}
