//! Sheets of XLSX workbooks, read cell by cell: a sheet with one cell in its last corner costs no more than that cell.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, Xlsx, XlsxError};

use super::collect::{Collected, Collector};
use super::{Kind, Limits, Lines, Notice, Options, TabularError};

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Last day Excel knows, 9999-12-31.
const LAST_SERIAL: f64 = 2_958_466.0;

/// Reads one sheet of a workbook whose parts were checked before (see `unpack`).
pub(super) fn read(
    bytes: &[u8],
    options: &Options,
    limits: &Limits,
) -> Result<(Kind, Collected), TabularError> {
    // The workbook library is not ours: whatever it trips over is a damaged file, never the end of the program.
    let attempt = AssertUnwindSafe(|| read_sheet(bytes, options, limits));
    catch_unwind(attempt).unwrap_or_else(|_| Err(TabularError::Damaged("unreadable workbook".to_owned())))
}

fn read_sheet(bytes: &[u8], options: &Options, limits: &Limits) -> Result<(Kind, Collected), TabularError> {
    let mut workbook = Workbook::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let is_table = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet;
    let sheets: Vec<String> =
        workbook.sheets_metadata().iter().filter(is_table).map(|sheet| sheet.name.clone()).collect();
    let sheet = choose(&mut workbook, &sheets, options.sheet.as_deref())?;
    let mut collector = Collector::new(options, limits);
    collector.tells_short_rows = false;
    note_others(&mut workbook, &sheets, &sheet, &mut collector);
    read_cells(&mut workbook, &sheet, &mut collector)?;
    Ok((Kind::Xlsx { sheet, sheets }, collector.finish()?))
}

/// The sheet asked for, else the first with content.
fn choose(
    workbook: &mut Workbook<'_>,
    sheets: &[String],
    wanted: Option<&str>,
) -> Result<String, TabularError> {
    if let Some(name) = wanted {
        let found = sheets.iter().find(|sheet| *sheet == name).cloned();
        return found
            .ok_or_else(|| TabularError::NoSuchSheet { name: name.to_owned(), sheets: sheets.to_vec() });
    }
    for sheet in sheets {
        if has_content(workbook, sheet)? {
            return Ok(sheet.clone());
        }
    }
    Err(TabularError::EmptyFile)
}

fn has_content(workbook: &mut Workbook<'_>, sheet: &str) -> Result<bool, TabularError> {
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(|error| damaged(&error))?;
    while let Some(cell) = cells.next_cell().map_err(|error| damaged(&error))? {
        if !matches!(cell.get_value(), DataRef::Empty) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Tells which other sheets hold something. One that cannot be read is nobody's concern here.
fn note_others(workbook: &mut Workbook<'_>, sheets: &[String], used: &str, collector: &mut Collector<'_>) {
    let mut others = Vec::new();
    for sheet in sheets.iter().filter(|sheet| *sheet != used) {
        if has_content(workbook, sheet).unwrap_or(false) {
            others.push(sheet.clone());
        }
    }
    if !others.is_empty() {
        collector.notices.push(Notice::OtherSheets { used: used.to_owned(), others });
    }
}

fn read_cells(
    workbook: &mut Workbook<'_>,
    sheet: &str,
    collector: &mut Collector<'_>,
) -> Result<(), TabularError> {
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(|error| damaged(&error))?;
    let mut row = SheetRow::default();
    let mut errors = Lines::default();
    while let Some(cell) = reader.next_cell().map_err(|error| damaged(&error))? {
        let (at, column) = cell.get_position();
        match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::Error(_) => errors.add(u64::from(at) + 1),
            _ => {}
        }
        if row.at != at {
            row.hand_over(collector)?;
            row.move_to(at)?;
        }
        row.put(column, text_of(cell.get_value()), collector.limits)?;
    }
    row.hand_over(collector)?;
    if !errors.is_empty() {
        collector.notices.push(Notice::CellErrors { lines: errors });
    }
    Ok(())
}

/// The row being read.
#[derive(Default)]
struct SheetRow {
    /// Its place, from 0.
    at: u32,
    cells: Vec<String>,
}

impl SheetRow {
    fn line(&self) -> u64 {
        u64::from(self.at) + 1
    }

    fn move_to(&mut self, at: u32) -> Result<(), TabularError> {
        if at < self.at {
            return Err(TabularError::Damaged("rows out of order".to_owned()));
        }
        self.at = at;
        Ok(())
    }

    fn put(&mut self, column: u32, text: String, limits: &Limits) -> Result<(), TabularError> {
        let (column, line) = (usize::try_from(column).unwrap_or(usize::MAX), self.line());
        if column >= limits.max_columns {
            return Err(TabularError::TooManyColumns { limit: limits.max_columns, line });
        }
        if text.len() > limits.max_cell {
            return Err(TabularError::CellTooLarge { line, limit: limits.max_cell });
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        if let Some(place) = self.cells.get_mut(column) {
            *place = text;
        }
        Ok(())
    }

    fn hand_over(&mut self, collector: &mut Collector<'_>) -> Result<(), TabularError> {
        if !self.cells.is_empty() {
            collector.push(self.line(), self.cells.iter().map(String::as_str))?;
        }
        self.cells.clear();
        Ok(())
    }
}

/// A cell as text: dates in ISO, whole numbers without decimals, true and false in words.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(moment) => moment_text(moment),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// Excel shows fifteen significant digits: 0.30000000000000004 is 0.3 to whoever typed it.
fn number_text(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    // Negative zero is zero to everybody.
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

fn moment_text(moment: &ExcelDateTime) -> String {
    let serial = moment.as_f64();
    if moment.is_duration() {
        return duration_text(serial);
    }
    if !(0.0..LAST_SERIAL).contains(&serial) {
        return number_text(serial);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    if serial < 1.0 {
        return time;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date}T{time}") }
}

/// Hours may pass 24.
fn duration_text(days: f64) -> String {
    let seconds = (days.abs() * 86_400.0).round();
    if !seconds.is_finite() || seconds > 1e15 {
        return number_text(days);
    }
    let seconds = seconds as u64;
    let sign = if days < 0.0 { "-" } else { "" };
    format!("{sign}{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

fn damaged(error: &XlsxError) -> TabularError {
    match error {
        XlsxError::Password => TabularError::Protected,
        _ => TabularError::Damaged(error.to_string()),
    }
}
