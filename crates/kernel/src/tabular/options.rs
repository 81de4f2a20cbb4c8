//! What a person may decide instead of the guess, and how much is accepted.

use serde::{Deserialize, Serialize};

use super::{Delimiter, Encoding};

/// Choices that replace a guess; all unset by default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// What separates cells (CSV).
    pub delimiter: Option<Delimiter>,
    /// How characters are written (CSV).
    pub encoding: Option<Encoding>,
    /// Whether the first row names the columns.
    pub has_header: Option<bool>,
    /// Name of the sheet to read (XLSX).
    pub sheet: Option<String>,
    /// Word for columns without a name, followed by their number; `Colonne` by default.
    /// Callers pass the text `tabular-column` in the reader's language.
    pub unnamed: String,
}

impl Default for Options {
    fn default() -> Self {
        Self { delimiter: None, encoding: None, has_header: None, sheet: None, unnamed: "Colonne".to_owned() }
    }
}

const MIB: u64 = 1 << 20;

/// How much is accepted. Each limit met is an error or a bad row that names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Bytes of the file as uploaded; 64 MiB.
    pub max_bytes: u64,
    /// Bytes once inflated, all parts of a workbook together, and of the canonical form; 512 MiB.
    pub max_inflated: u64,
    /// Inflated bytes per compressed byte, looked at beyond 16 MiB; 200. (Deflate itself reaches 1 032.)
    pub max_ratio: u64,
    /// Columns; 500.
    pub max_columns: usize,
    /// Bytes of one cell in UTF-8; 1 MiB.
    pub max_cell: usize,
    /// Rows, bad ones included; 2 000 000.
    pub max_rows: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 64 * MIB,
            max_inflated: 512 * MIB,
            max_ratio: 200,
            max_columns: 500,
            max_cell: 1 << 20,
            max_rows: 2_000_000,
        }
    }
}
