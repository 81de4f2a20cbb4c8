//! One look at every byte.

use encoding_rs::UTF_8;

use super::Written;
use crate::tabular::Encoding;
use crate::tabular::encoding::{self, SAMPLE};

/// Longest piece of a line that is looked at as a whole.
const LONGEST: usize = 64 << 20;
/// Bytes of the beginning that are kept.
const HEAD: usize = 4_096;

/// Finds how the characters of a file are written while its bytes go by.
#[derive(Debug, Default)]
pub struct Scan {
    head: Vec<u8>,
    /// The beginning of a line whose end has not come yet.
    rest: Vec<u8>,
    /// Lines that are not UTF-8, the first of them.
    foreign: Vec<u8>,
    foreign_lines: u64,
    /// Lines that are UTF-8 and not ASCII.
    utf8_lines: u64,
    line_feeds: u64,
    returns: bool,
}

impl Scan {
    /// Nothing seen yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The next bytes.
    pub fn feed(&mut self, block: &[u8]) {
        let room = HEAD.saturating_sub(self.head.len());
        self.head.extend_from_slice(block.get(..room).unwrap_or(block));
        let Some(end) = block.iter().rposition(|&byte| byte == b'\n') else {
            self.keep(block);
            return;
        };
        let (whole, rest) = block.split_at(end + 1);
        if self.rest.is_empty() {
            self.lines(whole);
        } else {
            let mut first = std::mem::take(&mut self.rest);
            first.extend_from_slice(whole);
            self.lines(&first);
        }
        self.keep(rest);
    }

    /// Holds the beginning of a line, within bounds.
    fn keep(&mut self, piece: &[u8]) {
        self.rest.extend_from_slice(piece);
        if self.rest.len() > LONGEST {
            let rest = std::mem::take(&mut self.rest);
            self.lines(&rest);
        }
    }

    fn lines(&mut self, lines: &[u8]) {
        self.returns |= memchr::memchr(b'\r', lines).is_some();
        let all_utf8 = std::str::from_utf8(lines).is_ok();
        let mut rest = lines;
        while !rest.is_empty() {
            let feed = memchr::memchr(b'\n', rest);
            let (line, later) = rest.split_at(feed.map_or(rest.len(), |at| at + 1));
            rest = later;
            self.line_feeds += u64::from(feed.is_some());
            if line.is_ascii() {
                continue;
            }
            if all_utf8 || std::str::from_utf8(line).is_ok() {
                self.utf8_lines += 1;
                continue;
            }
            self.foreign_lines += 1;
            let room = SAMPLE.saturating_sub(self.foreign.len());
            self.foreign.extend_from_slice(line.get(..room).unwrap_or(line));
        }
    }

    /// How the characters are written, or as a person says.
    pub fn finish(mut self, told: Option<Encoding>) -> Written {
        let rest = std::mem::take(&mut self.rest);
        self.lines(&rest);
        let mark = encoding_rs::Encoding::for_bom(&self.head)
            .filter(|(found, _)| told.is_none_or(|told| told.0 == *found));
        let marked = mark.map_or(0, |(_, length)| length);
        let body = self.head.get(marked..).unwrap_or_default();
        let known = told
            .map(|told| told.0)
            .or(mark.map(|(found, _)| found))
            .or_else(|| encoding::utf16_pattern(body));
        let written = Written {
            encoding: Encoding::UTF_8,
            other: None,
            mark: marked,
            all_utf8: self.foreign_lines == 0,
            only_returns: self.returns && self.line_feeds == 0,
        };
        match known {
            Some(encoding) if encoding != UTF_8 => {
                Written { encoding: Encoding(encoding), all_utf8: false, ..written }
            }
            Some(_) if told.is_some() => written,
            _ if self.foreign_lines == 0 => written,
            _ => self.guessed(written),
        }
    }

    fn guessed(&self, written: Written) -> Written {
        let legacy = Encoding(encoding::guess_legacy(std::iter::once(self.foreign.as_slice())));
        if self.utf8_lines == 0 {
            return Written { encoding: legacy, ..written };
        }
        let mostly_utf8 = self.utf8_lines >= self.foreign_lines;
        let (encoding, other) =
            if mostly_utf8 { (Encoding::UTF_8, legacy) } else { (legacy, Encoding::UTF_8) };
        Written { encoding, other: Some(other), ..written }
    }
}
