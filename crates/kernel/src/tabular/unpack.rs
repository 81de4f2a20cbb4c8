//! What kind of file the bytes are, and its content without compression.

use std::borrow::Cow;
use std::io::{Cursor, ErrorKind, Read};

use flate2::bufread::MultiGzDecoder;
use zip::ZipArchive;
use zip::result::ZipError;

use super::{Limits, TabularError};

/// Parts a workbook may have; real ones have some dozens.
const MAX_PARTS: usize = 10_000;
/// Small files may compress as well as they like.
const RATIO_FROM: u64 = 16 << 20;
/// Bytes of the texts a workbook shares among its cells: its reader keeps them all in memory at once.
const MAX_STRINGS: usize = 128 << 20;
const BLOCK: usize = 64 << 10;

/// Content ready to be read: text in some encoding, or a workbook whose parts are known to be of bearable size.
#[derive(Debug)]
pub(super) struct Content<'a> {
    pub(super) bytes: Cow<'a, [u8]>,
    pub(super) is_workbook: bool,
    pub(super) gzip: bool,
}

/// Recognises the content by its first bytes (names lie) and takes off one layer of gzip.
pub(super) fn unpack<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Content<'a>, TabularError> {
    let gzip = bytes.starts_with(&[0x1f, 0x8b]);
    let bytes = if gzip { Cow::Owned(gunzip(bytes, limits)?) } else { Cow::Borrowed(bytes) };
    let is_workbook = bytes.starts_with(b"PK\x03\x04");
    if is_workbook {
        check_workbook(&bytes, limits)?;
        return Ok(Content { bytes, is_workbook, gzip });
    }
    refuse_other_kinds(&bytes)?;
    Ok(Content { bytes, is_workbook, gzip })
}

fn gunzip(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, TabularError> {
    let mut out = Vec::new();
    let mut meter = Meter::new(bytes.len() as u64, limits);
    meter.drain(MultiGzDecoder::new(bytes), |block| out.extend_from_slice(block))?;
    Ok(out)
}

/// Counts bytes as they are really inflated: what a file declares about itself is not believed.
struct Meter {
    compressed: u64,
    inflated: u64,
    limit: u64,
    ratio: u64,
}

impl Meter {
    const fn new(compressed: u64, limits: &Limits) -> Self {
        Self { compressed, inflated: 0, limit: limits.max_inflated, ratio: limits.max_ratio }
    }

    /// Reads to the end, handing over each block.
    fn drain(&mut self, mut reader: impl Read, mut each: impl FnMut(&[u8])) -> Result<(), TabularError> {
        let mut buffer = vec![0; BLOCK];
        loop {
            let n = match reader.read(&mut buffer) {
                Ok(0) => return Ok(()),
                Ok(n) => n,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
                    return Err(TabularError::Truncated);
                }
                Err(error) => return Err(TabularError::Damaged(error.to_string())),
            };
            self.inflated += n as u64;
            let too_well = self.inflated > RATIO_FROM && self.inflated / self.compressed.max(1) > self.ratio;
            if self.inflated > self.limit || too_well {
                return Err(TabularError::InflatesTooMuch { limit: self.limit });
            }
            each(buffer.get(..n).unwrap_or_default());
        }
    }
}

/// Inflates every part of the archive once, counting, before a workbook reader may touch it.
fn check_workbook(bytes: &[u8], limits: &Limits) -> Result<(), TabularError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| zip_error(&error))?;
    if archive.len() > MAX_PARTS {
        return Err(TabularError::NotATable);
    }
    refuse_other_archives(&archive)?;
    let mut meter = Meter::new(bytes.len() as u64, limits);
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| zip_error(&error))?;
        if part.encrypted() {
            return Err(TabularError::Protected);
        }
        let is_strings = lower(part.name())?.ends_with("sharedstrings.xml");
        let mut strings = Vec::new();
        let mut too_many = false;
        meter.drain(part, |block| {
            too_many |= is_strings && strings.len() + block.len() > MAX_STRINGS;
            if is_strings && !too_many {
                strings.extend_from_slice(block);
            }
        })?;
        if too_many {
            return Err(TabularError::InflatesTooMuch { limit: MAX_STRINGS as u64 });
        }
        check_string_count(&strings)?;
    }
    Ok(())
}

fn refuse_other_archives(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<(), TabularError> {
    let (mut workbook, mut binary, mut document) = (false, false, false);
    for name in archive.file_names() {
        let name = lower(name)?;
        workbook |= name.ends_with("workbook.xml") || name == "[content_types].xml";
        binary |= name.ends_with("workbook.bin");
        document |= name == "mimetype" || name == "content.xml";
    }
    match (workbook, binary, document) {
        (_, true, _) => Err(TabularError::BinaryExcel),
        (true, ..) => Ok(()),
        (_, _, true) => Err(TabularError::OpenDocument),
        _ => Err(TabularError::NotATable),
    }
}

fn lower(name: Result<Cow<'_, str>, ZipError>) -> Result<String, TabularError> {
    name.map(|name| name.to_ascii_lowercase()).map_err(|error| zip_error(&error))
}

/// The workbook reader reserves room for as many strings as the part *declares*; a false number would end the
/// program for lack of memory. The shortest string takes five bytes (`<si/>`), so more than that is a lie.
fn check_string_count(xml: &[u8]) -> Result<(), TabularError> {
    // The name could hide in UTF-16, where every second byte is NUL; Excel never writes that.
    if xml.contains(&0) {
        return Err(TabularError::Damaged("shared strings are not in UTF-8".to_owned()));
    }
    let text = String::from_utf8_lossy(xml);
    for (at, name) in text.match_indices("uniqueCount") {
        let rest = text.get(at + name.len()..).unwrap_or_default();
        let value = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || "=\"'+".contains(c));
        let digits = value.bytes().take_while(u8::is_ascii_digit);
        let count =
            digits.fold(0_u64, |sum, digit| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
        if count > xml.len() as u64 / 5 {
            return Err(TabularError::Damaged("false count of shared strings".to_owned()));
        }
    }
    Ok(())
}

fn zip_error(error: &ZipError) -> TabularError {
    match error {
        // A zip file ends with its directory: without one, the end is missing.
        ZipError::InvalidArchive(_) => TabularError::Truncated,
        ZipError::Io(io) if io.kind() == ErrorKind::UnexpectedEof => TabularError::Truncated,
        ZipError::UnsupportedArchive(reason) if *reason == ZipError::PASSWORD_REQUIRED => {
            TabularError::Protected
        }
        _ => TabularError::Damaged(error.to_string()),
    }
}

fn refuse_other_kinds(bytes: &[u8]) -> Result<(), TabularError> {
    const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    const OTHERS: [&[u8]; 9] = [
        b"%PDF",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"{\\rtf",
        b"Rar!",
        b"7z\xbc\xaf",
        b"PK\x05\x06",
        b"\x1f\x8b",
    ];
    if bytes.starts_with(OLE) {
        // A protected .xlsx is an .xls container around an encrypted package.
        let marker: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
        let protected = bytes.windows(marker.len()).any(|window| window == marker);
        return Err(if protected { TabularError::Protected } else { TabularError::OldExcel });
    }
    if OTHERS.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(TabularError::NotATable);
    }
    Ok(())
}
