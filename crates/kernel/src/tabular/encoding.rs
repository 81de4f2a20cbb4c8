//! How characters are written: found by the byte order mark, by the bytes themselves, or told.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{ISO_8859_15, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Lines, Notice};

/// Bytes looked at to guess an encoding.
pub(super) const SAMPLE: usize = 256 << 10;

/// A character encoding, by its name in the Encoding Standard. There ISO-8859-1 is read as windows-1252, which
/// holds all its characters and more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(pub(super) &'static encoding_rs::Encoding);

impl Encoding {
    /// UTF-8.
    pub const UTF_8: Self = Self(UTF_8);
    /// Windows, western European.
    pub const WINDOWS_1252: Self = Self(WINDOWS_1252);
    /// What a list offers to choose from. Other names of the Encoding Standard are read too.
    pub const OFFERED: [Self; 6] =
        [Self::UTF_8, Self::WINDOWS_1252, Self(ISO_8859_15), Self(UTF_16LE), Self(UTF_16BE), Self(MACINTOSH)];

    /// Its name, for instance `UTF-8` or `windows-1252`.
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Encoding {
    type Err = UnknownEncoding;

    fn from_str(text: &str) -> Result<Self, UnknownEncoding> {
        let known = encoding_rs::Encoding::for_label(text.as_bytes()).map(Self);
        known.or_else(|| usual(text)).ok_or_else(|| UnknownEncoding(text.to_owned()))
    }
}

/// An encoding by a name that people use: `utf16`, `UTF 8`, `windows 1252`.
fn usual(name: &str) -> Option<Encoding> {
    let tidy = |name: &str| {
        name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
    };
    let name = match tidy(name).as_str() {
        "utf16" => "utf16le".to_owned(),
        other => other.to_owned(),
    };
    Encoding::OFFERED.into_iter().find(|offered| tidy(offered.name()) == name)
}

/// No such encoding.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "unknown encoding {0:?}; usual ones are UTF-8, windows-1252, ISO-8859-15, UTF-16LE, UTF-16BE, macintosh"
)]
pub struct UnknownEncoding(String);

impl Serialize for Encoding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Encoding {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Text, and how it was found to be written.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) encoding: Encoding,
    pub(super) bom: bool,
    pub(super) notice: Option<Notice>,
}

/// Decodes `bytes` as `told`, or as they seem to be written.
pub(super) fn decode(bytes: &[u8], told: Option<Encoding>) -> Decoded<'_> {
    let mark =
        encoding_rs::Encoding::for_bom(bytes).filter(|(found, _)| told.is_none_or(|told| told.0 == *found));
    let (body, bom) = match mark {
        Some((_, length)) => (bytes.get(length..).unwrap_or_default(), true),
        None => (bytes, false),
    };
    let known = told.map(|told| told.0).or(mark.map(|(found, _)| found)).or_else(|| utf16_pattern(body));
    let decoded = match known {
        // A mark of UTF-8 does not prevent foreign lines further down; a person's word does.
        Some(encoding) if encoding != UTF_8 || told.is_some() => decode_as(body, encoding),
        _ => decode_guessing(body),
    };
    Decoded { bom, ..decoded }
}

fn decode_as<'a>(bytes: &'a [u8], encoding: &'static encoding_rs::Encoding) -> Decoded<'a> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let mut lines = Lines::default();
    if had_errors {
        for (number, line) in (1..).zip(text.split('\n')) {
            if line.contains(char::REPLACEMENT_CHARACTER) {
                lines.add(number);
            }
        }
    }
    let notice = (!lines.is_empty()).then_some(Notice::UndecodableBytes { lines });
    Decoded { text, encoding: Encoding(encoding), bom: false, notice }
}

fn decode_guessing(bytes: &[u8]) -> Decoded<'_> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: Cow::Borrowed(text), encoding: Encoding::UTF_8, bom: false, notice: None };
    }
    let lines = || bytes.split_inclusive(|&byte| byte == b'\n');
    let foreign = |line: &&[u8]| std::str::from_utf8(line).is_err();
    let legacy = guess_legacy(lines().filter(foreign));
    let has_utf8 = lines().any(|line| !line.is_ascii() && !foreign(&line));
    if has_utf8 { decode_line_by_line(bytes, legacy) } else { decode_as(bytes, legacy) }
}

/// Two encodings in one file (say, two exports pasted together): every line is read in its own.
fn decode_line_by_line<'a>(bytes: &'a [u8], legacy: &'static encoding_rs::Encoding) -> Decoded<'a> {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    let (mut in_utf8, mut in_legacy) = (Lines::default(), Lines::default());
    for (number, line) in (1..).zip(bytes.split_inclusive(|&byte| byte == b'\n')) {
        match std::str::from_utf8(line) {
            Ok(line) => {
                if !line.is_ascii() {
                    in_utf8.add(number);
                }
                text.push_str(line);
            }
            Err(_) => {
                in_legacy.add(number);
                text.push_str(&legacy.decode_without_bom_handling(line).0);
            }
        }
    }
    let mostly_utf8 = in_utf8.count >= in_legacy.count;
    let (used, other, lines) =
        if mostly_utf8 { (UTF_8, legacy, in_legacy) } else { (legacy, UTF_8, in_utf8) };
    let notice =
        Notice::MixedEncodings { used: used.name().to_owned(), other: other.name().to_owned(), lines };
    Decoded { text: Cow::Owned(text), encoding: Encoding(used), bom: false, notice: Some(notice) }
}

/// UTF-16 without a mark: in western text every second byte is NUL.
pub(super) fn utf16_pattern(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let sample = bytes.get(..4_096).unwrap_or(bytes);
    let pairs = sample.len() / 2;
    if pairs < 2 {
        return None;
    }
    let nuls = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    if odd * 10 >= pairs * 6 && even * 20 <= pairs {
        return Some(UTF_16LE);
    }
    (even * 10 >= pairs * 6 && odd * 20 <= pairs).then_some(UTF_16BE)
}

/// The one-byte (or east Asian) encoding of lines that are not UTF-8.
pub(super) fn guess_legacy<'a>(lines: impl Iterator<Item = &'a [u8]>) -> &'static encoding_rs::Encoding {
    let mut sample: Vec<u8> = Vec::new();
    for line in lines {
        let room = SAMPLE - sample.len();
        sample.extend_from_slice(line.get(..room).unwrap_or(line));
        if sample.len() >= SAMPLE {
            break;
        }
    }
    if looks_macintosh(&sample) {
        return MACINTOSH;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&sample, true);
    let guessed = detector.guess(Some(b"fr"), Utf8Detection::Deny);
    if guessed == WINDOWS_1252 && looks_latin_9(&sample) { ISO_8859_15 } else { guessed }
}

/// ISO-8859-15 differs from its elder in eight places; of these the euro and œ, Œ matter in French and English.
/// Bytes 80–9F are characters in windows-1252 only.
fn looks_latin_9(sample: &[u8]) -> bool {
    if sample.iter().any(|byte| (0x80..=0x9f).contains(byte)) {
        return false;
    }
    let oe_beside_letter =
        |pair: &[u8]| matches!(pair, [a, 0xbc | 0xbd] | [0xbc | 0xbd, a] if a.is_ascii_alphabetic());
    sample.contains(&0xa4) || sample.windows(2).any(oe_beside_letter)
}

/// Excel for Mac long wrote CSV in Mac Roman: é è à ç are 8E 8F 88 8D there, which are no letters of French words in
/// windows-1252; the small letters of the latter, E0–FF, are capitals there.
fn looks_macintosh(sample: &[u8]) -> bool {
    let count = |is_it: fn(&[u8]) -> bool| sample.windows(2).filter(|pair| is_it(pair)).count();
    let mac = count(|pair| matches!(pair, [a, 0x8d | 0x8e | 0x8f | 0x88] if a.is_ascii_alphabetic()));
    let windows = count(|pair| matches!(pair, [0xe0..=0xff, a] | [a, 0xe0..=0xff] if a.is_ascii_lowercase()));
    mac > windows
}
