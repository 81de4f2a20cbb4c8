//! Delimited text.

use csv::{ReaderBuilder, StringRecord};

use super::collect::{Collected, Collector};
use super::{Delimiter, Kind, Limits, Options, Reason, TabularError, delimiter, encoding};

/// Rows with broken quotation marks after which reading ends: beyond, it is no table, and trying costs too much.
const MAX_BROKEN: usize = 1_000;
const BUFFER: usize = 64 << 10;

/// Reads delimited text in any encoding.
pub(super) fn read(
    bytes: &[u8],
    file_name: &str,
    options: &Options,
    limits: &Limits,
) -> Result<(Kind, Collected), TabularError> {
    let decoded = encoding::decode(bytes, options.encoding);
    if decoded.text.trim().is_empty() {
        return Err(TabularError::EmptyFile);
    }
    refuse_binary(&decoded.text)?;
    let text = with_line_feeds(&decoded.text);
    let (hint, skipped) = separator_line(&text);
    let told = options.delimiter.or(hint);
    let body = text.get(skipped..).unwrap_or_default();
    if body.trim().is_empty() {
        return Err(TabularError::EmptyFile);
    }
    let delimiter = told.unwrap_or_else(|| guess(body, file_name));
    let mut collector = Collector::new(options, limits);
    collector.notices.extend(decoded.notice);
    let first_line = 1 + u64::from(skipped > 0);
    Feed { text: body, delimiter, collector: &mut collector }.run(first_line)?;
    let kind = Kind::Csv { delimiter, encoding: decoded.encoding, bom: decoded.bom };
    Ok((kind, collector.finish()?))
}

pub(super) fn guess(text: &str, file_name: &str) -> Delimiter {
    let tabs = file_name.to_lowercase().ends_with(".tsv") && text.contains('\t');
    if tabs { Delimiter::Tab } else { delimiter::guess(text) }
}

/// Text has hardly any control characters; pictures and programs are full of them.
pub(super) fn refuse_binary(text: &str) -> Result<(), TabularError> {
    let odd = |character: &char| {
        character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\x0b' | '\x0c')
    };
    let (mut seen, mut controls) = (0_usize, 0_usize);
    for character in text.chars().take(4_096) {
        seen += 1;
        controls += usize::from(odd(&character));
    }
    if controls * 10 > seen { Err(TabularError::NotATable) } else { Ok(()) }
}

/// Old Macintosh files end lines with CR alone; lines are counted by LF.
fn with_line_feeds(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains('\r') && !text.contains('\n') {
        return text.replace('\r', "\n").into();
    }
    text.into()
}

/// A first line `sep=;` as Excel writes and reads it: the delimiter, and the bytes the line takes.
pub(super) fn separator_line(text: &str) -> (Option<Delimiter>, usize) {
    let length = text.find('\n').map_or(text.len(), |at| at + 1);
    let line = text.get(..length).unwrap_or_default();
    // A tab is white space: only the end of the line may be trimmed.
    let line = line.trim_end_matches(['\r', '\n']).trim_matches('"').to_ascii_lowercase();
    let character = line.strip_prefix("sep=").and_then(|rest| {
        let mut characters = rest.chars();
        characters.next().filter(|_| characters.next().is_none())
    });
    match character.and_then(Delimiter::from_char) {
        Some(delimiter) => (Some(delimiter), length),
        None => (None, 0),
    }
}

/// Hands the records of a text to a collector.
struct Feed<'a, 'b> {
    text: &'a str,
    delimiter: Delimiter,
    collector: &'b mut Collector<'a>,
}

impl Feed<'_, '_> {
    fn run(&mut self, first_line: u64) -> Result<(), TabularError> {
        let (mut start, mut line) = (0, first_line);
        for _ in 0..MAX_BROKEN {
            match self.run_from(start, line)? {
                None => return Ok(()),
                Some((next, next_line)) => (start, line) = (next, next_line),
            }
        }
        Err(TabularError::BrokenQuotes { line })
    }

    /// Reads records from byte `start`, which is on line `first_line`. After a record with broken quotation marks
    /// it stops and tells where to go on: at the line after the one that opened the mark.
    fn run_from(&mut self, start: usize, first_line: u64) -> Result<Option<(usize, u64)>, TabularError> {
        let rest = self.text.get(start..).unwrap_or_default();
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter.byte())
            .buffer_capacity(BUFFER)
            .from_reader(rest.as_bytes());
        let mut record = StringRecord::new();
        loop {
            let (before, line_before) = (offset(&reader), reader.position().line());
            match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => return Ok(None),
                Err(error) => return Err(TabularError::Damaged(error.to_string())),
            }
            let read = rest.get(before..offset(&reader)).unwrap_or_default();
            // The reader passes over blank lines without a word: count them.
            let raw = read.trim_start_matches(['\r', '\n']);
            let blank = read.get(..read.len() - raw.len()).unwrap_or_default();
            let line = first_line + line_before - 1 + line_feeds(blank);
            let at_end = offset(&reader) >= rest.len();
            if (at_end || spans_lines(raw)) && quotes_are_broken(raw, self.delimiter.byte()) {
                self.check_size(&record, line)?;
                self.collector.bad(line, Reason::BrokenQuote, || excerpt(raw))?;
                let next = raw.find('\n').map_or(raw.len(), |at| at + 1);
                return Ok(Some((start + before + blank.len() + next, line + 1)));
            }
            self.collector.push(line, record.iter())?;
        }
    }

    /// A mark that swallowed megabytes: reading on line by line would find the same again and again.
    fn check_size(&self, record: &StringRecord, line: u64) -> Result<(), TabularError> {
        let limit = self.collector.limits.max_cell;
        match record.iter().any(|cell| cell.len() > limit) {
            true => Err(TabularError::CellTooLarge { line, limit }),
            false => Ok(()),
        }
    }
}

fn offset(reader: &csv::Reader<&[u8]>) -> usize {
    usize::try_from(reader.position().byte()).unwrap_or(usize::MAX)
}

fn line_feeds(text: &str) -> u64 {
    text.bytes().filter(|&byte| byte == b'\n').count() as u64
}

fn spans_lines(raw: &str) -> bool {
    raw.trim_end_matches(['\r', '\n']).contains('\n')
}

fn excerpt(raw: &str) -> String {
    raw.lines().next().unwrap_or_default().to_owned()
}

/// Whether a mark that opens a cell is not closed, or its closing mark is followed by more text.
fn quotes_are_broken(raw: &str, delimiter: u8) -> bool {
    let mut bytes = raw.bytes().peekable();
    let mut at_start = true;
    while let Some(byte) = bytes.next() {
        if !(at_start && byte == b'"') {
            at_start = byte == delimiter || byte == b'\n' || byte == b'\r';
            continue;
        }
        loop {
            match bytes.next() {
                None => return true,
                Some(b'"') if bytes.peek() == Some(&b'"') => drop(bytes.next()),
                Some(b'"') => break,
                Some(_) => {}
            }
        }
        if bytes.peek().is_some_and(|&next| next != delimiter && next != b'\n' && next != b'\r') {
            return true;
        }
        at_start = false;
    }
    false
}
