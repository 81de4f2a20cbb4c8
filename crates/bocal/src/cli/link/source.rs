//! A file to be linked: opened, its encoding, delimiter and head found, readable as often as needed.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

use kernel::errors::Message;
use kernel::tabular::stream::{self, Altered, Head, Scan, Written};
use kernel::tabular::{Encoding, Options};
use kernel::texts::T;

use super::raw::{RawReader, cells};
use super::rows::RowReader;
use super::stop::{Outcome, Stop, reason, refuse, unreadable};

/// What the person says of the files instead of a guess.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    pub(super) encoding: Option<Encoding>,
    pub(super) delimiter: Option<u8>,
    pub(super) has_header: Option<bool>,
    /// What messages call standard input.
    pub(super) standard_input: String,
}

impl Reading {
    /// Everything is guessed.
    pub(super) fn of(t: T) -> Self {
        Self { standard_input: t.get("link-standard-input"), ..Self::default() }
    }
}

/// A file to be linked.
#[derive(Debug)]
pub(super) struct Source {
    /// What messages call it.
    pub(super) name: String,
    /// What the output calls it, in any language.
    pub(super) path: String,
    /// Where its text is: itself, or a copy in UTF-8.
    text: File,
    /// Where the table begins in it.
    start: u64,
    /// Line at which the table begins.
    pub(super) first_line: u64,
    pub(super) delimiter: u8,
    pub(super) head: Head,
    /// The names of the columns as they stand in the file, with the end of their line.
    pub(super) header: Option<(String, Vec<u8>)>,
    pub(super) written: Written,
    pub(super) altered: Altered,
    /// Bytes of the text.
    pub(super) bytes: u64,
}

/// Bytes read at once.
const BLOCK: usize = 256 << 10;
/// Records and bytes that the head is found in.
const HEAD_RECORDS: usize = 200;
const HEAD_BYTES: usize = 4 << 20;
/// Text that the delimiter is found in.
const SAMPLE: u64 = 256 << 10;

impl Source {
    /// Opens a file, or standard input for `-`.
    pub(super) fn open(path: &Path, reading: &Reading) -> Outcome<Self> {
        let (name, original) = original(path, reading)?;
        let named = |key: &'static str| Message::new(key).with("name", name.clone());
        let original = inflated(&name, original)?;
        let written = scan(&name, &original, reading.encoding)?;
        let (text, altered, mark) = in_utf8(&name, original, &written)?;
        let bytes = text.metadata().map_err(unreadable(&name))?.len();
        let sample = beginning(&name, &text, mark)?;
        if stream::refuse_binary(&sample).is_err() {
            return refuse(named("link-not-a-table"));
        }
        let damaged = altered.undecodable.len() as u64;
        if damaged > 10 && damaged * 2 > altered.lines {
            return refuse(
                named("link-wrong-encoding")
                    .with("encoding", written.encoding.name())
                    .with("damaged", damaged)
                    .with("lines", altered.lines),
            );
        }
        let (delimiter, skipped) = stream::delimiter(&sample, &name);
        let mut source = Self {
            delimiter: reading.delimiter.unwrap_or_else(|| unusual(&sample).unwrap_or(delimiter.byte())),
            start: mark + skipped as u64,
            first_line: 1 + u64::from(skipped > 0),
            head: Head { names: Vec::new(), named_at: None, first_row: None, notices: Vec::new() },
            header: None,
            path: if path.as_os_str() == "-" { "standard input".into() } else { name.clone() },
            name,
            text,
            written,
            altered,
            bytes,
        };
        source.find_head(reading)?;
        // One column has no delimiter yet, and gets that which everyone reads.
        if source.head.names.len() == 1 && reading.delimiter.is_none() && !sample.contains(',') {
            source.delimiter = b',';
        }
        Ok(source)
    }

    fn find_head(&mut self, reading: &Reading) -> Outcome<()> {
        let mut raw = RawReader::new(self.table()?, self.delimiter, self.first_line);
        let (mut records, mut lines, mut cell, mut bytes) = (Vec::new(), Vec::new(), String::new(), 0);
        while records.len() < HEAD_RECORDS && bytes < HEAD_BYTES {
            let Some(record) = raw.next().map_err(unreadable(&self.name))? else { break };
            let text = String::from_utf8_lossy(record.bytes).into_owned();
            let mut all = Vec::new();
            cells(&text, self.delimiter, &mut cell, |cell| all.push(cell.to_owned()));
            records.push((record.line, all));
            bytes += text.len();
            lines.push((record.line, text, record.end.to_vec()));
        }
        let options =
            Options { has_header: reading.has_header, unnamed: "column".into(), ..Options::default() };
        let Some(head) = stream::head(&records, &options) else {
            return refuse(Message::new("link-empty").with("name", self.name.clone()));
        };
        if head.first_row.is_none() {
            return refuse(Message::new("link-only-names").with("name", self.name.clone()));
        }
        let header = lines.into_iter().find(|(line, _, _)| Some(*line) == head.named_at);
        self.header = header.map(|(_, text, end)| (text, end));
        self.head = head;
        Ok(())
    }

    fn table(&self) -> Outcome<BufReader<&File>> {
        let mut file = &self.text;
        file.seek(SeekFrom::Start(self.start)).map_err(unreadable(&self.name))?;
        Ok(BufReader::with_capacity(BLOCK, file))
    }

    /// Reads the rows, from the first.
    pub(super) fn rows(&self) -> Outcome<RowReader<'_, BufReader<&File>>> {
        Ok(RowReader::new(self, self.table()?))
    }

    /// Bytes of the table that were read so far.
    pub(super) fn position(&self) -> u64 {
        let mut file = &self.text;
        file.stream_position().unwrap_or(0)
    }

    /// Whether one of some lines could not be decoded.
    pub(super) fn is_damaged(&self, line: u64, lines: u64) -> bool {
        let at = self.altered.undecodable.partition_point(|&damaged| damaged < line);
        self.altered.undecodable.get(at).is_some_and(|&damaged| damaged < line + lines)
    }
}

/// The bytes as they came, in a file that can be read again.
fn original(path: &Path, reading: &Reading) -> Outcome<(String, File)> {
    if path.as_os_str() == "-" {
        let name = reading.standard_input.clone();
        let spooled = spool(&name, &mut io::stdin().lock())?;
        return Ok((name, spooled));
    }
    let name = path.display().to_string();
    let file = File::open(path).map_err(unreadable(&name))?;
    let kind = file.metadata().map_err(unreadable(&name))?.file_type();
    if kind.is_dir() {
        return refuse("link-reason-folder").map_err(|stop| stop.after(cannot_be_read(&name)));
    }
    let file = if kind.is_file() { file } else { spool(&name, &mut &file)? };
    Ok((name, file))
}

fn cannot_be_read(name: &str) -> Message {
    Message::new("link-cannot-be-read").with("name", name)
}

/// A temporary file without a name: it goes when the program ends, however it ends.
fn temporary() -> Outcome<File> {
    tempfile::tempfile().map_err(|error| no_copy(&error))
}

fn no_copy(error: &io::Error) -> Stop {
    let folder = std::env::temp_dir().display().to_string();
    Stop::Refused(vec![
        Message::new("link-no-copy").with("folder", folder),
        reason(error),
        "link-no-copy-tmpdir".into(),
    ])
}

/// Copies what can be read only once.
fn spool(name: &str, from: &mut dyn Read) -> Outcome<File> {
    let mut copy = temporary()?;
    let mut block = vec![0; BLOCK];
    loop {
        let read = match from.read(&mut block) {
            Ok(0) => return Ok(copy),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(unreadable(name)(error)),
        };
        copy.write_all(block.get(..read).unwrap_or_default()).map_err(|error| no_copy(&error))?;
    }
}

fn rewound(name: &str, mut file: &File) -> Outcome<()> {
    file.rewind().map_err(unreadable(name))
}

/// Takes off a layer of gzip; says what other files are.
fn inflated(name: &str, mut file: File) -> Outcome<File> {
    let mut first = Vec::new();
    rewound(name, &file)?;
    (&mut file).take(4).read_to_end(&mut first).map_err(unreadable(name))?;
    rewound(name, &file)?;
    let named = |key: &'static str| Message::new(key).with("name", name);
    match first.as_slice() {
        [] => refuse(named("link-empty")),
        [0x1f, 0x8b, ..] => spool(name, &mut flate2::read::MultiGzDecoder::new(BufReader::new(file))),
        b"PK\x03\x04" => refuse(named("link-workbook")),
        [0xd0, 0xcf, 0x11, 0xe0] => refuse(named("link-old-workbook")),
        _ => Ok(file),
    }
}

/// Looks at every byte.
fn scan(name: &str, mut file: &File, told: Option<Encoding>) -> Outcome<Written> {
    let mut scan = Scan::new();
    let mut block = vec![0; 1 << 20];
    loop {
        match file.read(&mut block) {
            Ok(0) => break,
            Ok(read) => scan.feed(block.get(..read).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(unreadable(name)(error)),
        }
    }
    Ok(scan.finish(told))
}

/// The text in UTF-8, what was altered for that, and where it begins.
fn in_utf8(name: &str, file: File, written: &Written) -> Outcome<(File, Altered, u64)> {
    let mark = written.mark as u64;
    if written.is_plain() {
        return Ok((file, Altered::default(), mark));
    }
    let mut from = BufReader::with_capacity(BLOCK, &file);
    from.seek(SeekFrom::Start(mark)).map_err(unreadable(name))?;
    let mut to = io::BufWriter::with_capacity(BLOCK, temporary()?);
    let altered = written.rewrite(&mut from, &mut to).map_err(|error| no_copy(&error))?;
    let copy = to.into_inner().map_err(|error| no_copy(error.error()))?;
    Ok((copy, altered, 0))
}

/// The first lines, whole ones if there are any.
fn beginning(name: &str, mut file: &File, start: u64) -> Outcome<String> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(start)).map_err(unreadable(name))?;
    file.take(SAMPLE).read_to_end(&mut bytes).map_err(unreadable(name))?;
    if bytes.len() as u64 == SAMPLE
        && let Some(end) = bytes.iter().rposition(|&byte| byte == b'\n')
    {
        bytes.truncate(end + 1);
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    if text.trim().is_empty() {
        return refuse(Message::new("link-empty").with("name", name));
    }
    Ok(text)
}

/// A delimiter that hardly anyone uses, where none of the usual ones stands in the first line.
fn unusual(sample: &str) -> Option<u8> {
    let mut lines = sample.lines().filter(|line| !line.is_empty());
    let first = lines.next()?;
    if first.contains([',', ';', '\t', '|']) {
        return None;
    }
    let rest: Vec<&str> = lines.take(50).collect();
    let count = |line: &str, byte: u8| line.bytes().filter(|&other| other == byte).count();
    [0x1f, 0x01, b'^', b'~', b':'].into_iter().find(|&byte| {
        let columns = count(first, byte);
        columns > 0 && rest.iter().all(|line| count(line, byte) == columns)
    })
}

/// What a delimiter is called.
pub(super) fn delimiter_name(delimiter: u8) -> Message {
    match delimiter {
        b',' => "link-delimiter-comma".into(),
        b';' => "link-delimiter-semicolon".into(),
        b'\t' => "link-delimiter-tab".into(),
        b'|' => "link-delimiter-bar".into(),
        other if other.is_ascii_graphic() => {
            Message::new("link-delimiter-sign").with("sign", char::from(other).to_string())
        }
        other => Message::new("link-delimiter-number").with("number", other.to_string()),
    }
}
