//! Rows that the person names: by the number in their own column, or by their line.

use std::collections::HashMap;

use kernel::errors::Message;

use super::stop::{Outcome, refuse};

/// How a row is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    /// The file it is in, where that is said.
    pub(super) file: Option<usize>,
    pub(super) row: Named,
}

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    Line(u64),
    Id(String),
}

impl Reference {
    /// Reads `line:12`, anything else is an id; the name of one of two files may stand before, as in `orders.csv:line:12`.
    pub(super) fn read(text: &str, files: &[String]) -> Self {
        let text = text.trim();
        let told = files.iter().enumerate().filter(|_| files.len() > 1).find_map(|(file, name)| {
            let rest = text.strip_prefix(name.as_str())?.strip_prefix(':')?;
            Some((file, rest))
        });
        match told {
            Some((file, rest)) => Self { file: Some(file), row: Named::read(rest) },
            None => Self { file: None, row: Named::read(text) },
        }
    }
}

impl Named {
    /// Reads `line:12`; anything else is an id.
    pub(super) fn read(text: &str) -> Self {
        let text = text.trim();
        let line = text.strip_prefix("line:").or_else(|| text.strip_prefix("ligne:"));
        match line.and_then(|line| line.trim().parse().ok()) {
            Some(line) => Self::Line(line),
            None => Self::Id(text.to_owned()),
        }
    }

    /// As it is written in lists.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Line(line) => format!("line:{line}"),
            Self::Id(id) => id.clone(),
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

/// What files and rows are called.
pub(super) struct Called<'a> {
    /// The files, as in the column `source`.
    pub(super) files: &'a [String],
    /// The column that numbers the rows, if there is one.
    pub(super) id: Option<&'a str>,
}

/// Rows to look for while the files are read, and those found.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    ids: HashMap<String, Vec<Found>>,
    lines: HashMap<u64, Vec<Found>>,
}

/// Rows of one id that are kept of each file.
const MOST: usize = 8;

impl Wanted {
    pub(super) fn add(&mut self, reference: &Reference) {
        match &reference.row {
            Named::Line(line) => drop(self.lines.entry(*line).or_default()),
            Named::Id(id) => drop(self.ids.entry(id.clone()).or_default()),
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
            if list.iter().filter(|other| other.file == found.file).count() < MOST {
                list.push(found);
            }
        }
    }

    fn all(&self, reference: &Reference) -> Vec<Found> {
        let found = match &reference.row {
            Named::Line(line) => self.lines.get(line),
            Named::Id(id) => self.ids.get(id),
        };
        let is_meant = |found: &&Found| reference.file.is_none_or(|file| file == found.file);
        found.into_iter().flatten().filter(is_meant).copied().collect()
    }

    /// Whether any row is called so.
    pub(super) fn knows(&self, reference: &Reference) -> bool {
        !self.all(reference).is_empty()
    }

    /// The row that is called so in a file; in any, where that one has none.
    pub(super) fn row_in(&self, reference: &Reference, file: usize, called: &Called<'_>) -> Outcome<Found> {
        let here = Reference { file: Some(reference.file.unwrap_or(file)), ..reference.clone() };
        match self.knows(&here) {
            true => self.row(&here, called),
            false => self.row(reference, called),
        }
    }

    /// The row that is called so: there must be one alone.
    pub(super) fn row(&self, reference: &Reference, called: &Called<'_>) -> Outcome<Found> {
        let name = reference.row.text();
        let with = |key: &'static str| Message::new(key).with("name", name.clone());
        match (self.all(reference).as_slice(), &reference.row, called.id) {
            ([one], _, _) => Ok(*one),
            ([], Named::Line(_), _) => refuse(with("link-row-no-line")),
            ([], Named::Id(_), Some(column)) => refuse(with("link-row-no-id").with("column", column)),
            ([], Named::Id(_), None) => refuse(with("link-row-no-ids")),
            (several, _, _) => {
                let place = |found: &Found| match called.files {
                    [_, _] => format!("{}:line:{}", called.files[found.file], found.line),
                    _ => format!("line:{}", found.line),
                };
                let places: Vec<String> = several.iter().map(place).collect();
                refuse(with("link-row-several").with("places", places.join(", ")))
            }
        }
    }
}
