//! Records of a delimited text as they stand in the file, one after the other, never more than one in memory.

use std::io::{self, BufRead};

use kernel::errors::Message;

use super::stop::told;

/// Longest record, in bytes.
const LONGEST: usize = 64 << 20;
/// Quotation marks that are never closed, after which reading ends: beyond, it is no table.
const MOST_BROKEN: u64 = 1_000;
/// Bytes looked at in vain because of them.
const MOST_WASTED: u64 = 1 << 30;

/// How a record ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// As it should.
    Whole,
    /// A quotation mark opens a cell and is never closed properly: only the line that opened it is given.
    BrokenQuote,
}

/// A record.
#[derive(Debug)]
pub(super) struct Raw<'a> {
    /// Line at which it begins, from 1.
    pub(super) line: u64,
    /// Lines it takes.
    pub(super) lines: u64,
    /// Its bytes, without the end of its last line.
    pub(super) bytes: &'a [u8],
    /// What ended it: LF, CR LF or nothing.
    pub(super) end: &'a [u8],
    pub(super) shape: Shape,
}

/// Reads records.
pub(super) struct RawReader<R> {
    input: R,
    delimiter: u8,
    buffer: Vec<u8>,
    /// Bytes of the buffer that were given out.
    given: usize,
    /// Number of the next line.
    line: u64,
    /// Lines without a character.
    pub(super) blank: u64,
    broken: u64,
    wasted: u64,
}

/// Where a reader stands within a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    CellStart,
    Plain,
    Quoted,
    QuoteSeen,
}

impl<R: BufRead> RawReader<R> {
    pub(super) fn new(input: R, delimiter: u8, first_line: u64) -> Self {
        Self {
            input,
            delimiter,
            buffer: Vec::new(),
            given: 0,
            line: first_line,
            blank: 0,
            broken: 0,
            wasted: 0,
        }
    }

    /// Moves the end of a line into the record that starts at `start`; whether there was a line.
    fn extend(&mut self, end: usize) -> io::Result<Option<usize>> {
        if let Some(length) = memchr::memchr(b'\n', self.buffer.get(end..).unwrap_or_default()) {
            return Ok(Some(end + length + 1));
        }
        if self.buffer.len() - end > LONGEST {
            return Err(self.too_long());
        }
        let room = (LONGEST + 2 - (self.buffer.len() - end)) as u64;
        let read = io::Read::take(&mut self.input, room).read_until(b'\n', &mut self.buffer)?;
        if read > LONGEST {
            return Err(self.too_long());
        }
        Ok((self.buffer.len() > end).then_some(self.buffer.len()))
    }

    fn too_long(&self) -> io::Error {
        told(Message::new("link-line-too-long").with("line", self.line.to_string()))
    }

    /// The next record.
    pub(super) fn next(&mut self) -> io::Result<Option<Raw<'_>>> {
        loop {
            if self.given == self.buffer.len() {
                self.buffer.clear();
                self.given = 0;
            }
            let start = self.given;
            let Some(end) = self.extend(start)? else { return Ok(None) };
            if is_blank(self.buffer.get(start..end).unwrap_or_default()) {
                (self.given, self.line, self.blank) = (end, self.line + 1, self.blank + 1);
                continue;
            }
            return self.record(start, end).map(Some);
        }
    }

    fn record(&mut self, start: usize, first_end: usize) -> io::Result<Raw<'_>> {
        let line = self.line;
        let (mut end, mut scanned, mut lines) = (first_end, start, 1);
        let (mut within, mut messy) = (Within::CellStart, false);
        loop {
            let piece = self.buffer.get(scanned..end).unwrap_or_default();
            if scanned > start || memchr::memchr(b'"', piece).is_some() {
                within = follow(piece, self.delimiter, within, &mut messy);
            }
            let broken = match within {
                Within::Quoted if end - start > LONGEST => true,
                Within::Quoted => {
                    scanned = end;
                    match self.extend(end)? {
                        Some(further) => {
                            (end, lines) = (further, lines + 1);
                            continue;
                        }
                        None => true,
                    }
                }
                _ => messy && lines > 1,
            };
            if broken {
                self.waste((end - start) as u64)?;
                (end, lines) = (first_end, 1);
            }
            (self.given, self.line) = (end, line + lines);
            let whole = self.buffer.get(start..end).unwrap_or_default();
            let (bytes, end) = without_end(whole);
            let shape = if broken { Shape::BrokenQuote } else { Shape::Whole };
            return Ok(Raw { line, lines, bytes, end, shape });
        }
    }

    fn waste(&mut self, bytes: u64) -> io::Result<()> {
        (self.broken, self.wasted) = (self.broken + 1, self.wasted + bytes);
        if self.broken > MOST_BROKEN || self.wasted > MOST_WASTED {
            return Err(told(Message::new("link-quotes-never-closed").with("line", self.line.to_string())));
        }
        Ok(())
    }
}

/// Follows the quotation marks of a piece of a record. `messy`: a closing mark was followed by more text.
fn follow(piece: &[u8], delimiter: u8, mut within: Within, messy: &mut bool) -> Within {
    for &byte in piece {
        within = match (within, byte) {
            (Within::CellStart, b'"') | (Within::QuoteSeen, b'"') => Within::Quoted,
            (Within::Quoted, b'"') => Within::QuoteSeen,
            (Within::Quoted, _) => Within::Quoted,
            (_, byte) if byte == delimiter => Within::CellStart,
            (_, b'\n') => Within::CellStart,
            (Within::QuoteSeen, byte) => {
                *messy |= byte != b'\r';
                Within::Plain
            }
            _ => Within::Plain,
        };
    }
    within
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|byte| matches!(byte, b'\r' | b'\n'))
}

fn without_end(record: &[u8]) -> (&[u8], &[u8]) {
    let length = match record {
        [.., b'\r', b'\n'] => 2,
        [.., b'\n'] => 1,
        _ => 0,
    };
    record.split_at(record.len() - length)
}

/// Gives the cells of a record, without their quotation marks.
pub(super) fn cells(record: &str, delimiter: u8, cell: &mut String, mut each: impl FnMut(&str)) {
    let bytes = record.as_bytes();
    if memchr::memchr(b'"', bytes).is_none() {
        let mut from = 0;
        for at in memchr::memchr_iter(delimiter, bytes) {
            each(record.get(from..at).unwrap_or_default());
            from = at + 1;
        }
        each(record.get(from..).unwrap_or_default());
        return;
    }
    cell.clear();
    let mut within = Within::CellStart;
    let mut from = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        let piece = || record.get(from..at).unwrap_or_default();
        match (within, byte) {
            (Within::CellStart, b'"') => (within, from) = (Within::Quoted, at + 1),
            (Within::Quoted, b'"') => {
                cell.push_str(piece());
                (within, from) = (Within::QuoteSeen, at + 1);
            }
            // The second of two marks stands for itself.
            (Within::QuoteSeen, b'"') => (within, from) = (Within::Quoted, at),
            (Within::Quoted, _) => {}
            (_, byte) if byte == delimiter => {
                cell.push_str(piece());
                each(cell);
                cell.clear();
                (within, from) = (Within::CellStart, at + 1);
            }
            _ => within = Within::Plain,
        }
    }
    cell.push_str(record.get(from..).unwrap_or_default());
    each(cell);
}

/// How many cells a record has.
pub(super) fn count_cells(record: &str, delimiter: u8, cell: &mut String) -> usize {
    if memchr::memchr(b'"', record.as_bytes()).is_none() {
        return 1 + memchr::memchr_iter(delimiter, record.as_bytes()).count();
    }
    let mut count = 0;
    cells(record, delimiter, cell, |_| count += 1);
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u64, String, Shape)> {
        let mut reader = RawReader::new(text.as_bytes(), b',', 1);
        let mut all = Vec::new();
        while let Some(raw) = reader.next().unwrap() {
            all.push((raw.line, String::from_utf8_lossy(raw.bytes).into_owned(), raw.shape));
        }
        all
    }

    fn split(record: &str) -> Vec<String> {
        let mut all = Vec::new();
        cells(record, b',', &mut String::new(), |cell| all.push(cell.to_owned()));
        all
    }

    #[test]
    fn a_record_may_span_lines_and_the_next_keeps_its_number() {
        let read = read("a,\"b\r\nc\"\r\n\r\nd,e");
        assert_eq!(read, [(1, "a,\"b\r\nc\"".into(), Shape::Whole), (4, "d,e".into(), Shape::Whole)]);
    }

    #[test]
    fn a_mark_never_closed_costs_its_line_alone() {
        let read = read("a,\"b\nc,d\ne,\"f\"\n");
        let lines: Vec<(u64, Shape)> = read.iter().map(|(line, _, shape)| (*line, *shape)).collect();
        assert_eq!(lines, [(1, Shape::BrokenQuote), (2, Shape::Whole), (3, Shape::Whole)]);
    }

    #[test]
    fn cells_are_those_of_the_csv_library() {
        for record in [
            "a,b",
            "\"a\"\"b\",c",
            "\"a,b\",",
            ",",
            "\"\"",
            "a\"b,c",
            "\"a\"b,c",
            "\"é\nü\",\"\"\"\"",
            "\"a\" ,b",
        ] {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(record.as_bytes());
            let expected: Vec<String> =
                reader.records().next().unwrap().unwrap().iter().map(str::to_owned).collect();
            assert_eq!(split(record), expected, "{record}");
            assert_eq!(count_cells(record, b',', &mut String::new()), expected.len(), "{record}");
        }
    }
}
