//! Rows that the person names: by the number in their own column, or by their line.

use std::collections::HashMap;
use std::path::Path;

use super::rows::Chunk;
use super::source::{Reading, Source};
use super::stop::{Outcome, refuse};

/// How a row is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reference {
    Line(u64),
    Id(String),
}

impl Reference {
    /// Reads `line:12`, anything else is an id.
    pub(super) fn read(text: &str) -> Self {
        let text = text.trim();
        let line = text.strip_prefix("line:").or_else(|| text.strip_prefix("ligne:"));
        match line.and_then(|line| line.trim().parse().ok()) {
            Some(line) => Self::Line(line),
            None => Self::Id(text.to_owned()),
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Line(line) => format!("line:{line}"),
            Self::Id(id) => format!("“{id}”"),
        }
    }
}

/// A row that was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) file: usize,
    pub(super) row: u32,
    pub(super) line: u64,
}

/// Rows to look for while the files are read, and those found.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    ids: HashMap<String, Vec<Found>>,
    lines: HashMap<u64, Vec<Found>>,
}

/// Rows of one id that are kept.
const MOST: usize = 8;

impl Wanted {
    pub(super) fn add(&mut self, reference: &Reference) {
        match reference {
            Reference::Line(line) => drop(self.lines.entry(*line).or_default()),
            Reference::Id(id) => drop(self.ids.entry(id.clone()).or_default()),
        }
    }

    /// Whether nothing is looked for.
    pub(super) fn is_empty(&self) -> bool {
        self.ids.is_empty() && self.lines.is_empty()
    }

    /// Shows a row.
    pub(super) fn see(&mut self, found: Found, id: Option<&str>) {
        let by_id = id.and_then(|id| self.ids.get_mut(id.trim()));
        for list in by_id.into_iter().chain(self.lines.get_mut(&found.line)) {
            if list.len() < MOST {
                list.push(found);
            }
        }
    }

    fn all(&self, reference: &Reference) -> &[Found] {
        let found = match reference {
            Reference::Line(line) => self.lines.get(line),
            Reference::Id(id) => self.ids.get(id),
        };
        found.map_or(&[], Vec::as_slice)
    }

    /// Whether any row is called so.
    pub(super) fn knows(&self, reference: &Reference) -> bool {
        !self.all(reference).is_empty()
    }

    /// The row that is called so in a file; in any, where that one has none.
    pub(super) fn row(
        &self,
        reference: &Reference,
        file: usize,
        files: &[Source],
        id: Option<&str>,
    ) -> Outcome<Found> {
        let all = self.all(reference);
        let here: Vec<Found> = all.iter().filter(|found| found.file == file).copied().collect();
        let found = if here.is_empty() { all.to_vec() } else { here };
        let words = reference.words();
        match (found.as_slice(), reference, id) {
            ([one], _, _) => Ok(*one),
            ([], Reference::Line(_), _) => refuse(format!("no usable row begins at {words}")),
            ([], Reference::Id(_), Some(column)) => refuse(format!(
                "no row has {words} in the column “{column}”; line:12 names the row of a line"
            )),
            ([], Reference::Id(_), None) => refuse(format!(
                "no column numbers the rows, so that {words} cannot be found; write line:12 for the row of line 12, \
                 or name the column with --columns row_id=COLUMN"
            )),
            (several, _, _) => {
                let name = |found: &Found| {
                    let file = files.get(found.file).filter(|_| files.len() > 1);
                    format!(
                        "line:{}{}",
                        found.line,
                        file.map_or(String::new(), |file| format!(" of {}", file.name))
                    )
                };
                let lines: Vec<String> = several.iter().map(name).collect();
                refuse(format!("several rows have {words}: {}; name one by its line", lines.join(", ")))
            }
        }
    }
}

/// A list of pairs of rows that a person made.
#[derive(Debug, Default)]
pub(super) struct PairList {
    name: String,
    pairs: Vec<(u64, Reference, Reference)>,
}

impl PairList {
    /// Reads a CSV file of two columns.
    pub(super) fn read(path: Option<&Path>) -> Outcome<Self> {
        let Some(path) = path else { return Ok(Self::default()) };
        let source = Source::open(path, &Reading { has_header: Some(false), ..Reading::default() })?;
        if source.head.names.len() < 2 {
            return refuse(format!("{} must have two columns, the rows of each pair", source.name));
        }
        let mut list = Self { name: source.name.clone(), pairs: Vec::new() };
        let mut rows = source.rows()?;
        let mut chunk = Chunk::default();
        while rows.fill(&mut chunk)? {
            for (row, &line) in chunk.lines.iter().enumerate() {
                let [a, b] = [0, 1].map(|column| Reference::read(chunk.cell(row, column)));
                list.pairs.push((line, a, b));
            }
        }
        if let Some(bad) = rows.bad.first.first() {
            return refuse(format!("{} line {}: {}", source.name, bad.line, bad.fault.words()));
        }
        Ok(list)
    }

    /// Asks for its rows.
    pub(super) fn want(&self, wanted: &mut Wanted) {
        for (_, a, b) in &self.pairs {
            wanted.add(a);
            wanted.add(b);
        }
    }

    /// Its rows. A first line of which neither is a row holds names.
    pub(super) fn rows(
        &self,
        wanted: &Wanted,
        files: &[Source],
        id: Option<&str>,
    ) -> Outcome<Vec<(u32, u32)>> {
        let is_header = self.pairs.first().is_some_and(|(_, a, b)| !wanted.knows(a) && !wanted.knows(b));
        let second = files.len().saturating_sub(1);
        let mut all = Vec::with_capacity(self.pairs.len());
        for (line, a, b) in self.pairs.iter().skip(usize::from(is_header)) {
            let found = |reference, file| match wanted.row(reference, file, files, id) {
                Err(super::stop::Stop::Refused(why)) => refuse(format!("{} line {line}: {why}", self.name)),
                other => other,
            };
            let (a, b) = (found(a, 0)?, found(b, second)?);
            if a.row == b.row {
                return refuse(format!("{} line {line}: both are the same row", self.name));
            }
            all.push((a.row, b.row));
        }
        Ok(all)
    }
}
