//! Why a file cannot be read.

use crate::errors::{Error, Message};

/// Why a file cannot be read at all. `Display` is for logs; people are shown [`TabularError::message`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TabularError {
    /// Nothing in it, or only blank space.
    #[error("the file is empty")]
    EmptyFile,
    /// Names of columns and not one row below.
    #[error("the file holds only names of columns")]
    HeaderOnly,
    /// Larger than accepted.
    #[error("the file is larger than {limit} bytes")]
    FileTooLarge {
        /// Bytes accepted.
        limit: u64,
    },
    /// It inflates to more than accepted, or suspiciously well (a "bomb").
    #[error("the file inflates to more than {limit} bytes, or far too well")]
    InflatesTooMuch {
        /// Inflated bytes accepted.
        limit: u64,
    },
    /// Columns beyond the limit.
    #[error("more than {limit} columns at line {line}")]
    TooManyColumns {
        /// Columns accepted.
        limit: usize,
        /// Where.
        line: u64,
    },
    /// Rows beyond the limit.
    #[error("more than {limit} rows")]
    TooManyRows {
        /// Rows accepted.
        limit: u64,
    },
    /// A cell beyond the limit; often a quotation mark that is never closed.
    #[error("a cell of more than {limit} bytes in the record that starts at line {line}")]
    CellTooLarge {
        /// Line or row at which its record starts.
        line: u64,
        /// Bytes accepted.
        limit: usize,
    },
    /// Too many quotation marks do not pair up: most likely not the delimiter or not a table.
    #[error("quotation marks do not pair up, last seen at line {line}")]
    BrokenQuotes {
        /// Where the reader gave up.
        line: u64,
    },
    /// A compressed file or workbook that ends too early.
    #[error("the file is cut off")]
    Truncated,
    /// A compressed file or workbook with wrong content.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// A workbook protected by a password.
    #[error("the workbook is protected by a password")]
    Protected,
    /// Excel 97–2003.
    #[error("an Excel 97-2003 workbook (.xls)")]
    OldExcel,
    /// Excel's binary format.
    #[error("an Excel binary workbook (.xlsb)")]
    BinaryExcel,
    /// LibreOffice or OpenOffice.
    #[error("an OpenDocument spreadsheet (.ods)")]
    OpenDocument,
    /// Another kind of file: picture, PDF, archive.
    #[error("not a table")]
    NotATable,
    /// The workbook has no such sheet.
    #[error("no sheet named {name:?}; there are {}", sheets.join(", "))]
    NoSuchSheet {
        /// The name asked for.
        name: String,
        /// Names of all sheets.
        sheets: Vec<String>,
    },
    /// Rows in canonical form that this program did not write.
    #[error("the canonical form is damaged at byte {offset}")]
    NotCanonical {
        /// Where.
        offset: u64,
    },
}

impl TabularError {
    /// Stable text key.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::EmptyFile => "tabular-empty-file",
            Self::HeaderOnly => "tabular-header-only",
            Self::FileTooLarge { .. } => "tabular-file-too-large",
            Self::InflatesTooMuch { .. } => "tabular-inflates-too-much",
            Self::TooManyColumns { .. } => "tabular-too-many-columns",
            Self::TooManyRows { .. } => "tabular-too-many-rows",
            Self::CellTooLarge { .. } => "tabular-cell-too-large",
            Self::BrokenQuotes { .. } => "tabular-broken-quotes",
            Self::Truncated => "tabular-truncated",
            Self::Damaged(_) => "tabular-damaged",
            Self::Protected => "tabular-protected",
            Self::OldExcel => "tabular-old-excel",
            Self::BinaryExcel => "tabular-binary-excel",
            Self::OpenDocument => "tabular-open-document",
            Self::NotATable => "tabular-not-a-table",
            Self::NoSuchSheet { .. } => "tabular-no-such-sheet",
            Self::NotCanonical { .. } => "tabular-not-canonical",
        }
    }

    /// The sentence for a person. Sizes are in MiB; lines are texts, so that they are not grouped like counts.
    pub fn message(&self) -> Message {
        let message = Message::new(self.key());
        match self {
            Self::FileTooLarge { limit } | Self::InflatesTooMuch { limit } => {
                message.with("limit", mebibytes(*limit))
            }
            Self::TooManyColumns { limit, line } => {
                message.with("limit", *limit).with("line", line.to_string())
            }
            Self::TooManyRows { limit } => message.with("limit", *limit),
            Self::CellTooLarge { line, limit } => {
                message.with("line", line.to_string()).with("limit", mebibytes(*limit as u64))
            }
            Self::BrokenQuotes { line } => message.with("line", line.to_string()),
            Self::NoSuchSheet { name, sheets } => {
                message.with("name", name.as_str()).with("sheets", sheets.join(", "))
            }
            _ => message,
        }
    }
}

/// Mebibytes, to one decimal.
fn mebibytes(bytes: u64) -> f64 {
    let tenths = bytes.saturating_mul(10) >> 20;
    tenths as f64 / 10.0
}

impl From<TabularError> for Message {
    fn from(error: TabularError) -> Self {
        error.message()
    }
}

impl From<TabularError> for Error {
    fn from(error: TabularError) -> Self {
        match error {
            // Ours, not the person's.
            TabularError::NotCanonical { .. } => Self::caused(error),
            _ => Self::refused(error),
        }
    }
}
