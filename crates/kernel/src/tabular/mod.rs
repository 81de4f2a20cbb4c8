//! Reading the tables people upload: customers, survey answers.
//!
//! Whatever comes in — CSV with any usual delimiter and encoding, XLSX, either of them gzipped — leaves as one
//! **canonical form**: UTF-8 CSV, comma, LF, one record per row, every row as wide as the header, and in front
//! of each record the line (CSV) or row (XLSX) it came from. A job reads it with [`Rows`] and can resume at any
//! offset it was given.
//!
//! Nothing is dropped in silence. What was understood only with goodwill is a [`Notice`], a row that cannot be
//! used is a [`BadRow`], a file that cannot be read is a [`TabularError`]; each names its lines, and its sentence
//! lives in `texts/*/tabular.ftl`. Cells are kept as they are, spaces included; only names of columns are trimmed.
//!
//! What columns mean is guessed by [`guess`](guess::guess_columns), dates are read by [`dates`].

mod canonical;
mod collect;
pub mod dates;
mod delimited;
mod delimiter;
mod encoding;
mod error;
pub mod guess;
mod header;
mod notice;
mod options;
pub mod stream;
mod unpack;
mod words;
mod workbook;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use canonical::{Row, Rows};
pub use delimiter::Delimiter;
pub use encoding::Encoding;
pub use error::TabularError;
pub use notice::{BadRow, Lines, Notice, Reason};
pub use options::{Limits, Options};

/// What a file turned out to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Format {
    /// CSV or XLSX.
    pub kind: Kind,
    /// Whether it came gzipped.
    pub gzip: bool,
}

/// How the table was written in its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Kind {
    /// Delimited text.
    Csv {
        /// What separates cells.
        delimiter: Delimiter,
        /// How characters are written; where several were met, that of most lines.
        encoding: Encoding,
        /// Whether the file starts with a byte order mark.
        bom: bool,
    },
    /// A sheet of an Excel workbook.
    Xlsx {
        /// Name of the sheet that was read.
        sheet: String,
        /// Names of all its sheets, in order.
        sheets: Vec<String>,
    },
}

/// A table that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What the file turned out to be.
    pub format: Format,
    /// Names of the columns: trimmed, unique, never empty.
    pub header: Vec<String>,
    /// Whether the names stand in the file; otherwise all were made up.
    pub has_header: bool,
    /// Usable rows in [`Table::canonical`].
    pub rows: u64,
    /// What a person should know.
    pub notices: Vec<Notice>,
    /// Rows that cannot be used, in order.
    pub bad_rows: Vec<BadRow>,
    /// Usable rows in canonical form, without the header; see [`Rows`].
    pub canonical: Vec<u8>,
}

impl Table {
    /// The usable rows, from the first.
    pub fn rows(&self) -> Rows<&[u8]> {
        Rows::new(&self.canonical, 0)
    }

    /// Guesses what every column holds, from its name and its first values.
    pub fn guess(&self) -> Vec<guess::Guess> {
        guess::guess_columns(&self.header, self.rows().filter_map(Result::ok))
    }
}

/// Reads an uploaded file. `file_name` helps where the content leaves a doubt; it may be empty.
///
/// # Errors
/// Any [`TabularError`]: the file is empty, too large, damaged, of another kind, or beyond a limit.
pub fn read(
    bytes: &[u8],
    file_name: &str,
    options: &Options,
    limits: &Limits,
) -> Result<Table, TabularError> {
    if bytes.len() as u64 > limits.max_bytes {
        return Err(TabularError::FileTooLarge { limit: limits.max_bytes });
    }
    let content = unpack::unpack(bytes, limits)?;
    let gzip = content.gzip;
    let (kind, collected) = if content.is_workbook {
        workbook::read(&content.bytes, options, limits)?
    } else {
        delimited::read(&content.bytes, file_name, options, limits)?
    };
    Ok(Table {
        format: Format { kind, gzip },
        header: collected.header,
        has_header: collected.has_header,
        rows: collected.rows,
        notices: collected.notices,
        bad_rows: collected.bad_rows,
        canonical: collected.canonical,
    })
}
