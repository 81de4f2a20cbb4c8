//! For files too large to be held: the guesses of [`read`](super::read), made from pieces.
//!
//! [`Scan`] is fed the bytes of a file and says how its characters are [`Written`], who turns them into UTF-8 line by
//! line; [`delimiter`] and [`head`] look at the beginning of the text.

mod scan;
#[cfg(test)]
mod tests;
mod written;

use serde::Serialize;

use super::{Notice, Options, TabularError, delimited, header};

pub use scan::Scan;
pub use written::{Altered, Written};

/// What separates cells, from the beginning of the text; the bytes that a line `sep=;` above the table takes.
pub fn delimiter(text: &str, file_name: &str) -> (super::Delimiter, usize) {
    let (told, skipped) = delimited::separator_line(text);
    let body = text.get(skipped..).unwrap_or_default();
    (told.unwrap_or_else(|| delimited::guess(body, file_name)), skipped)
}

/// Refuses what is not text, from its beginning.
///
/// # Errors
/// [`TabularError::NotATable`].
pub fn refuse_binary(text: &str) -> Result<(), TabularError> {
    delimited::refuse_binary(text)
}

/// The columns of a table, and where its rows begin.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Head {
    /// Names: trimmed, unique, never empty.
    pub names: Vec<String>,
    /// Line of the names; `None` where the file has none and all were made up.
    pub named_at: Option<u64>,
    /// Line of the first row, `None` without one.
    pub first_row: Option<u64>,
    /// What a person should know.
    pub notices: Vec<Notice>,
}

/// The head of a table from its first records, each with its line; `None` if all are blank. Every cell of the line of names
/// is a column, also one without a name.
pub fn head(records: &[(u64, Vec<String>)], options: &Options) -> Option<Head> {
    let mut held = records.to_vec();
    let mut notices = Vec::new();
    header::drop_blank_start(&mut held);
    let title = header::take_title(&mut held);
    if !title.is_empty() {
        notices.push(Notice::TitleSkipped { lines: title });
    }
    header::drop_blank_start(&mut held);
    let (line, first) = held.first()?;
    let has_header = options.has_header.unwrap_or_else(|| header::looks_like_header(&held));
    let named_at = has_header.then_some(*line);
    let (names, rows) = match has_header {
        true => (first.clone(), held.get(1..).unwrap_or_default()),
        false => (vec![String::new(); header::widest(&held)], held.as_slice()),
    };
    let names = header::name_all(names, has_header, &options.unnamed, &mut notices);
    let first_row = rows.first().map(|(line, _)| *line);
    Some(Head { names, named_at, first_row, notices })
}
