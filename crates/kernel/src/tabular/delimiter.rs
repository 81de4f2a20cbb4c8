//! What separates cells.

use csv::{ReaderBuilder, StringRecord};
use serde::{Deserialize, Serialize};

/// What separates the cells of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delimiter {
    /// `;`, which spreadsheets set to French write.
    Semicolon,
    /// Tab, `.tsv` and copies from spreadsheets.
    Tab,
    /// `|`.
    Pipe,
    /// `,`.
    Comma,
}

/// Text looked at to guess.
const SAMPLE: usize = 64 << 10;
const SAMPLE_RECORDS: usize = 200;

impl Delimiter {
    /// All, the least likely to stand inside a cell first: it wins a tie.
    pub const ALL: [Self; 4] = [Self::Semicolon, Self::Tab, Self::Pipe, Self::Comma];

    /// The character.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
            Self::Comma => b',',
        }
    }

    /// Text key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Semicolon => "tabular-delimiter-semicolon",
            Self::Tab => "tabular-delimiter-tab",
            Self::Pipe => "tabular-delimiter-pipe",
            Self::Comma => "tabular-delimiter-comma",
        }
    }

    pub(super) fn from_char(character: char) -> Option<Self> {
        Self::ALL.into_iter().find(|delimiter| char::from(delimiter.byte()) == character)
    }
}

/// The delimiter under which most records are equally wide; one that never occurs where none fits.
pub(super) fn guess(text: &str) -> Delimiter {
    let sample = head(text);
    let scored = Delimiter::ALL.map(|delimiter| (delimiter, Widths::of(sample, delimiter)));
    let mut best: Option<(Delimiter, f64)> = None;
    for (delimiter, widths) in &scored {
        let Some(score) = widths.score() else { continue };
        if best.is_none_or(|(_, most)| score > most) {
            best = Some((*delimiter, score));
        }
    }
    let least_used =
        || scored.iter().min_by_key(|(_, widths)| widths.divided()).map(|(delimiter, _)| *delimiter);
    best.map(|(delimiter, _)| delimiter).or_else(least_used).unwrap_or(Delimiter::Comma)
}

/// The first lines, whole ones if there are any.
fn head(text: &str) -> &str {
    if text.len() <= SAMPLE {
        return text;
    }
    let end = text.floor_char_boundary(SAMPLE);
    let cut = text.get(..end).unwrap_or(text);
    cut.rfind('\n').and_then(|last| cut.get(..last)).unwrap_or(cut)
}

/// How many cells the records of a sample have.
struct Widths(Vec<usize>);

impl Widths {
    fn of(sample: &str, delimiter: Delimiter) -> Self {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter.byte())
            .from_reader(sample.as_bytes());
        let mut record = StringRecord::new();
        let mut widths = Vec::new();
        while widths.len() < SAMPLE_RECORDS && matches!(reader.read_record(&mut record), Ok(true)) {
            widths.push(record.len());
        }
        Self(widths)
    }

    /// Records with more than one cell.
    fn divided(&self) -> usize {
        self.0.iter().filter(|&&width| width > 1).count()
    }

    /// The commonest width and how many records have it; the wider of two equally common.
    fn commonest(&self) -> (usize, usize) {
        let count = |width: usize| self.0.iter().filter(|&&other| other == width).count();
        self.0
            .iter()
            .map(|&width| (count(width), width))
            .max()
            .map_or((0, 0), |(count, width)| (width, count))
    }

    /// Regularity first, then width; `None` if these lines are not divided by it.
    fn score(&self) -> Option<f64> {
        let (width, count) = self.commonest();
        let share = count as f64 / self.0.len().max(1) as f64;
        let first_agrees = self.0.first() == Some(&width);
        // Commas inside a column of free text divide some lines alike, but hardly the name above them too.
        let regular = share >= 0.8 || (first_agrees && share >= 0.5);
        // A short file of ragged rows: at least they are all divided, the names too.
        let ragged = self.0.first() > Some(&1) && self.divided() * 10 >= self.0.len() * 9;
        let fits = width >= 2 && (ragged || (regular && (first_agrees || width >= 3)));
        fits.then(|| share * share * (1.0 + (width as f64).log2()))
    }
}
