//! From bytes to UTF-8.

use std::borrow::Cow;
use std::io::{self, BufRead, Write};

use encoding_rs::{CoderResult, UTF_8, UTF_16BE, UTF_16LE};

use crate::tabular::Encoding;

/// How the characters of a file are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The encoding, that of most lines where there are two.
    pub encoding: Encoding,
    /// The encoding of the other lines.
    pub other: Option<Encoding>,
    /// Bytes of the byte order mark.
    pub mark: usize,
    pub(super) all_utf8: bool,
    /// Whether lines end with CR alone.
    pub(super) only_returns: bool,
}

/// Lines, from 1, that were not simply turned into UTF-8.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Altered {
    /// Those with bytes that mean nothing in their encoding; each became U+FFFD.
    pub undecodable: Vec<u64>,
    /// How many were read in the other encoding.
    pub in_other: u64,
    /// The first of these.
    pub first_in_other: Vec<u64>,
    /// How many lines there are.
    pub lines: u64,
}

/// Lines in the other encoding that are named.
const NAMED: usize = 20;

impl Written {
    /// Whether the bytes after the mark are UTF-8 in lines already: nothing is to be rewritten.
    pub const fn is_plain(&self) -> bool {
        self.all_utf8 && !self.only_returns
    }

    /// Rewrites a file in UTF-8, lines ended by LF or CR LF. `from` stands after the mark.
    ///
    /// # Errors
    /// Reading and writing.
    pub fn rewrite(&self, from: &mut dyn BufRead, to: &mut dyn Write) -> io::Result<Altered> {
        let mut altered = Altered::default();
        if self.encoding.0 == UTF_16LE || self.encoding.0 == UTF_16BE {
            self.rewrite_units(from, to, &mut altered)?;
            return Ok(altered);
        }
        let end = if self.only_returns { b'\r' } else { b'\n' };
        let mut line = Vec::new();
        loop {
            line.clear();
            if from.read_until(end, &mut line)? == 0 {
                return Ok(altered);
            }
            altered.lines += 1;
            let text = self.line(&line, &mut altered);
            match text.strip_suffix('\r') {
                Some(text) if self.only_returns => {
                    to.write_all(text.as_bytes())?;
                    to.write_all(b"\n")?;
                }
                _ => to.write_all(text.as_bytes())?,
            }
        }
    }

    /// One line, in whichever encoding it is.
    fn line<'a>(&self, line: &'a [u8], altered: &mut Altered) -> Cow<'a, str> {
        let may_be_utf8 = self.encoding.0 == UTF_8 || self.other.is_some();
        if let Some(text) = std::str::from_utf8(line).ok().filter(|_| may_be_utf8) {
            if self.other == Some(Encoding::UTF_8) && !line.is_ascii() {
                altered.other();
            }
            return Cow::Borrowed(text);
        }
        let legacy = match self.other {
            Some(other) if self.encoding.0 == UTF_8 => other,
            _ => self.encoding,
        };
        let (text, had_errors) = legacy.0.decode_without_bom_handling(line);
        let is_mixed = self.other.is_some();
        let fails = had_errors
            || text.chars().any(|c| ('\u{80}'..='\u{9f}').contains(&c))
            || is_mixed && !is_plausible(line, &text);
        if fails {
            altered.undecodable.push(altered.lines);
            return String::from_utf8_lossy(line).into_owned().into();
        }
        if is_mixed && self.encoding.0 == UTF_8 {
            altered.other();
        }
        text
    }

    /// UTF-16, whose line feeds are no bytes.
    fn rewrite_units(
        &self,
        from: &mut dyn BufRead,
        to: &mut dyn Write,
        altered: &mut Altered,
    ) -> io::Result<()> {
        let mut decoder = self.encoding.0.new_decoder_without_bom_handling();
        let mut text = String::with_capacity(128 << 10);
        altered.lines = 1;
        loop {
            let block = from.fill_buf()?;
            let (length, last) = (block.len(), block.is_empty());
            let mut start = 0;
            loop {
                text.clear();
                let (result, read, _) =
                    decoder.decode_to_string(block.get(start..).unwrap_or_default(), &mut text, last);
                start += read;
                to.write_all(self.with_line_feeds(&text).as_bytes())?;
                altered.count(&self.with_line_feeds(&text));
                if result == CoderResult::InputEmpty {
                    break;
                }
            }
            from.consume(length);
            if last {
                return Ok(());
            }
        }
    }

    fn with_line_feeds<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.only_returns { text.replace('\r', "\n").into() } else { text.into() }
    }
}

impl Altered {
    fn other(&mut self) {
        self.in_other += 1;
        if self.first_in_other.len() < NAMED {
            self.first_in_other.push(self.lines);
        }
    }

    /// Counts the lines of a piece of text, and those with what could not be read.
    fn count(&mut self, text: &str) {
        for piece in text.split_inclusive('\n') {
            if piece.contains(char::REPLACEMENT_CHARACTER) && self.undecodable.last() != Some(&self.lines) {
                self.undecodable.push(self.lines);
            }
            self.lines += u64::from(piece.ends_with('\n'));
        }
    }
}

/// Whether a line among lines in UTF-8 is likely to be written in another encoding, and not simply damaged: it holds no
/// character of several bytes of UTF-8, and the letters of which its other bytes make it are those of names.
fn is_plausible(line: &[u8], text: &str) -> bool {
    let damaged = line.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    let mut before = ' ';
    !damaged
        && text.chars().all(|character| {
            let rare =
                matches!(character, 'þ' | 'Þ' | 'ð' | 'Ð') || character == 'ÿ' && !"aouAOU".contains(before);
            let usual = character.is_alphanumeric() || "“”‘’–—…€«»°·´§\u{a0}".contains(character);
            before = character;
            character.is_ascii() || usual && !rare
        })
}
