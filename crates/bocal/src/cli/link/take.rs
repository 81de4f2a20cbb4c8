//! Rows go from files to the engine.

use std::collections::HashMap;

use kernel::errors::Message;
use linkage::{Column, Intake, Records};

use super::columns::Columns;
use super::progress::{Bar, Unit};
use super::rows::{BadRows, Chunk};
use super::source::Source;
use super::stop::{Outcome, Stop, refuse};
use super::wanted::{Found, Wanted};

/// What was read, beside the records.
pub(super) struct Taken {
    /// The person of each row by the truth column; empty without one.
    pub(super) truth: Vec<Option<u32>>,
    /// Rows of each file.
    pub(super) rows: Vec<usize>,
    /// What each row is called, if that was asked for.
    pub(super) names: Option<Names>,
    /// Rows of each file that were kept out.
    pub(super) bad: Vec<BadRows>,
    /// Lines of each file without a character.
    pub(super) blank: Vec<u64>,
}

/// What rows are called: their id, or their line.
#[derive(Debug, Default)]
pub(super) struct Names {
    text: String,
    ends: Vec<usize>,
}

impl Names {
    fn push(&mut self, id: Option<&str>, line: u64) {
        match id.map(str::trim).filter(|id| !id.is_empty()) {
            Some(id) => self.text.push_str(id),
            None => {
                self.text.push_str("line:");
                self.text.push_str(&line.to_string());
            }
        }
        self.ends.push(self.text.len());
    }

    pub(super) fn get(&self, row: u32) -> &str {
        let row = row as usize;
        let start = row.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(row).and_then(|&end| self.text.get(start..end)).unwrap_or_default()
    }
}

/// Reads all rows of all files.
pub(super) fn take(
    sources: &[Source],
    columns: &[Columns],
    wanted: &mut Wanted,
    with_names: bool,
    bar: &Bar,
) -> Outcome<(Records, Taken)> {
    let of_files: Vec<&[Column]> = columns.iter().map(|columns| columns.columns.as_slice()).collect();
    let mut intake = Intake::new(&of_files);
    let mut labels: HashMap<Box<str>, u32> = HashMap::new();
    let (mut truth, mut names) = (Vec::new(), with_names.then(Names::default));
    let (mut rows, mut bad, mut blank) = (Vec::new(), Vec::new(), Vec::new());
    let mut row = 0_u32;
    for (file, (source, columns)) in sources.iter().zip(columns).enumerate() {
        let mut reader = source.rows()?;
        let mut chunk = Chunk::default();
        let first = row;
        while reader.fill(&mut chunk)? {
            intake.push(file, chunk.rows(), &|row, column| chunk.cell(row, column));
            for (at, &line) in chunk.lines.iter().enumerate() {
                let id = columns.row_id.map(|column| chunk.cell(at, column));
                if let Some(names) = &mut names {
                    names.push(id, line);
                }
                if !wanted.is_empty() {
                    wanted.see(Found { file, row, line }, id);
                }
                if let Some(column) = columns.truth {
                    truth.push(label(&mut labels, chunk.cell(at, column)));
                }
                row = match row.checked_add(1).filter(|&row| row < u32::MAX) {
                    Some(next) => next,
                    None => return refuse("link-too-many-rows"),
                };
            }
            bar.tell("link-stage-reading", Unit::Bytes, source.position(), source.bytes);
        }
        if first == row {
            return Err(no_row(source, &reader.bad));
        }
        rows.push((row - first) as usize);
        blank.push(reader.blank());
        bad.push(reader.bad);
    }
    Ok((intake.finish(), Taken { truth, rows, names, bad, blank }))
}

/// The number of a person of the truth; none for a blank.
fn label(labels: &mut HashMap<Box<str>, u32>, text: &str) -> Option<u32> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if let Some(&label) = labels.get(text) {
        return Some(label);
    }
    let label = u32::try_from(labels.len()).ok()?;
    labels.insert(text.into(), label);
    Some(label)
}

fn no_row(source: &Source, bad: &BadRows) -> Stop {
    let mut sentences = vec![Message::new("link-no-usable-row").with("name", source.name.clone())];
    if let Some(first) = bad.first.first() {
        let line = first.line.to_string();
        sentences.push(Message::new("link-no-usable-row-first").with("n", bad.count).with("line", line));
        sentences.push(first.fault.message());
    }
    Stop::Refused(sentences)
}
