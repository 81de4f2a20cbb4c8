//! From records of any width to a header and rows of one width in canonical form.

use super::canonical::Writer;
use super::{BadRow, Limits, Lines, Notice, Options, Reason, TabularError, header};

/// Records held back until it is known whether the first one names the columns.
const SAMPLE: usize = 200;
/// Bad rows whose beginning is kept.
const EXCERPTS: usize = 1_000;
const EXCERPT_CHARACTERS: usize = 120;

/// What was collected.
#[derive(Debug)]
pub(super) struct Collected {
    pub(super) header: Vec<String>,
    pub(super) has_header: bool,
    pub(super) rows: u64,
    pub(super) notices: Vec<Notice>,
    pub(super) bad_rows: Vec<BadRow>,
    pub(super) canonical: Vec<u8>,
}

/// A record held back.
pub(super) type Held = (u64, Vec<String>);

/// Takes records one by one.
pub(super) struct Collector<'a> {
    pub(super) limits: &'a Limits,
    pub(super) notices: Vec<Notice>,
    /// Whether fewer cells than columns are worth a word. In a workbook they are not: empty cells at the end of a
    /// row are just not written.
    pub(super) tells_short_rows: bool,
    options: &'a Options,
    held: Vec<Held>,
    held_bytes: u64,
    /// Known once the sample was looked at.
    layout: Option<header::Layout>,
    writer: Writer,
    rows: u64,
    seen: u64,
    empty: u64,
    short: Lines,
    bad_rows: Vec<BadRow>,
}

impl<'a> Collector<'a> {
    pub(super) fn new(options: &'a Options, limits: &'a Limits) -> Self {
        Self {
            limits,
            notices: Vec::new(),
            tells_short_rows: true,
            options,
            held: Vec::new(),
            held_bytes: 0,
            layout: None,
            writer: Writer::default(),
            rows: 0,
            seen: 0,
            empty: 0,
            short: Lines::default(),
            bad_rows: Vec::new(),
        }
    }

    /// Takes the record that starts at `line`.
    pub(super) fn push<'c>(
        &mut self,
        line: u64,
        cells: impl Iterator<Item = &'c str> + Clone,
    ) -> Result<(), TabularError> {
        self.count_row()?;
        let Some(width) = self.layout.as_ref().map(|layout| layout.names.len()) else {
            return self.hold(line, cells);
        };
        self.write(line, cells, width)
    }

    /// Takes a row that cannot be used.
    pub(super) fn bad(
        &mut self,
        line: u64,
        reason: Reason,
        excerpt: impl FnOnce() -> String,
    ) -> Result<(), TabularError> {
        self.count_row()?;
        self.note_bad(line, reason, excerpt);
        Ok(())
    }

    /// The whole, once every record was taken.
    pub(super) fn finish(mut self) -> Result<Collected, TabularError> {
        self.decide()?;
        let layout = self.layout.take().ok_or(TabularError::EmptyFile)?;
        let nothing = self.rows == 0 && self.bad_rows.is_empty();
        if nothing {
            return Err(if layout.has_header { TabularError::HeaderOnly } else { TabularError::EmptyFile });
        }
        self.notices.extend(layout.notices);
        if !self.short.is_empty() {
            self.notices.push(Notice::ShortRows { lines: self.short });
        }
        if self.empty > 0 {
            self.notices.push(Notice::EmptyRows { count: self.empty });
        }
        self.bad_rows.sort_by_key(|bad| bad.line);
        Ok(Collected {
            header: layout.names,
            has_header: layout.has_header,
            rows: self.rows,
            notices: self.notices,
            bad_rows: self.bad_rows,
            canonical: self.writer.into_bytes(),
        })
    }

    fn count_row(&mut self) -> Result<(), TabularError> {
        self.seen += 1;
        // One more for the names of the columns.
        if self.seen > self.limits.max_rows.saturating_add(1) {
            return Err(TabularError::TooManyRows { limit: self.limits.max_rows });
        }
        Ok(())
    }

    fn hold<'c>(
        &mut self,
        line: u64,
        cells: impl Iterator<Item = &'c str> + Clone,
    ) -> Result<(), TabularError> {
        let limit = self.limits.max_columns;
        // Only the filled ones count: spreadsheets like to add empty cells up to the edge of the sheet.
        let filled =
            1 + cells.clone().enumerate().filter(|(_, cell)| !cell.is_empty()).last().map_or(0, |(at, _)| at);
        if filled > limit {
            return Err(TabularError::TooManyColumns { limit, line });
        }
        self.check_cells(line, cells.clone())?;
        self.held_bytes += cells.clone().map(|cell| cell.len() as u64).sum::<u64>();
        self.check_size(self.held_bytes)?;
        self.held.push((line, cells.take(limit).map(str::to_owned).collect()));
        if self.held.len() >= SAMPLE { self.decide() } else { Ok(()) }
    }

    /// Looks at the sample, then writes it.
    fn decide(&mut self) -> Result<(), TabularError> {
        if self.layout.is_some() {
            return Ok(());
        }
        let mut held = std::mem::take(&mut self.held);
        let Some(layout) = header::lay_out(&mut held, self.options) else { return Ok(()) };
        let width = layout.names.len();
        self.layout = Some(layout);
        for (line, cells) in &held {
            self.write(*line, cells.iter().map(String::as_str), width)?;
        }
        Ok(())
    }

    fn write<'c>(
        &mut self,
        line: u64,
        cells: impl Iterator<Item = &'c str> + Clone,
        width: usize,
    ) -> Result<(), TabularError> {
        self.check_cells(line, cells.clone())?;
        let (mut found, mut filled, mut has_nul) = (0, 0, false);
        for cell in cells.clone() {
            found += 1;
            if !is_blank(cell) {
                filled = found;
            }
            has_nul |= cell.bytes().any(|byte| byte == 0);
        }
        if filled == 0 {
            self.empty += 1;
            return Ok(());
        }
        if has_nul {
            self.note_bad(line, Reason::NulCharacter, || join(cells));
            return Ok(());
        }
        if filled > width {
            self.note_bad(line, Reason::TooManyCells { expected: width, found: filled }, || join(cells));
            return Ok(());
        }
        if found < width && self.tells_short_rows {
            self.short.add(line);
        }
        self.writer.write(line, cells, width);
        self.check_size(self.writer.len())?;
        self.rows += 1;
        if self.rows > self.limits.max_rows {
            return Err(TabularError::TooManyRows { limit: self.limits.max_rows });
        }
        Ok(())
    }

    fn check_cells<'c>(
        &self,
        line: u64,
        mut cells: impl Iterator<Item = &'c str>,
    ) -> Result<(), TabularError> {
        let limit = self.limits.max_cell;
        if cells.any(|cell| cell.len() > limit) {
            return Err(TabularError::CellTooLarge { line, limit });
        }
        Ok(())
    }

    /// A workbook may show one long text in a million cells: what comes out is bounded too.
    fn check_size(&self, bytes: u64) -> Result<(), TabularError> {
        let limit = self.limits.max_inflated;
        if bytes > limit { Err(TabularError::InflatesTooMuch { limit }) } else { Ok(()) }
    }

    fn note_bad(&mut self, line: u64, reason: Reason, excerpt: impl FnOnce() -> String) {
        let mut text = if self.bad_rows.len() < EXCERPTS { excerpt() } else { String::new() };
        if let Some((end, _)) = text.char_indices().nth(EXCERPT_CHARACTERS) {
            text.truncate(end);
        }
        self.bad_rows.push(BadRow { line, reason, excerpt: text.replace('\0', "\u{2400}") });
    }
}

/// Whether nobody would see anything in a cell.
pub(super) fn is_blank(cell: &str) -> bool {
    cell.is_empty() || cell.chars().all(char::is_whitespace)
}

fn join<'c>(cells: impl Iterator<Item = &'c str>) -> String {
    let mut text = String::new();
    for cell in cells {
        if !text.is_empty() {
            text.push_str(" | ");
        }
        text.extend(cell.chars().take(EXCERPT_CHARACTERS));
        if text.len() > EXCERPT_CHARACTERS * 4 {
            break;
        }
    }
    text
}
