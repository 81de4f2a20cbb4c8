//! What a person should know about a file that was read all the same.

use serde::{Deserialize, Serialize};

use crate::errors::Message;

/// How many lines a notice names; the count stays exact.
const NAMED: usize = 20;

/// Lines of the file (rows of the sheet), counted from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lines {
    /// How many in all.
    pub count: u64,
    /// The first twenty, in order.
    pub first: Vec<u64>,
}

impl Lines {
    /// Counts one more line.
    pub(super) fn add(&mut self, line: u64) {
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.push(line);
        }
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    fn text(&self) -> String {
        let named: Vec<String> = self.first.iter().map(u64::to_string).collect();
        let more = if self.count > named.len() as u64 { "…" } else { "" };
        format!("{}{more}", named.join(", "))
    }
}

/// Something understood only with goodwill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "notice", rename_all = "snake_case")]
pub enum Notice {
    /// Characters are written in two ways; each line was read in its own. `lines` are those in `other`.
    MixedEncodings {
        /// The encoding of most lines.
        used: String,
        /// The encoding of the lines named.
        other: String,
        /// Where.
        lines: Lines,
    },
    /// Bytes that mean nothing in the encoding; each became U+FFFD.
    UndecodableBytes {
        /// Where.
        lines: Lines,
    },
    /// Several columns had one name; a number was added from the second on.
    DuplicateColumns {
        /// The new names.
        names: Vec<String>,
    },
    /// Columns without a name were numbered.
    UnnamedColumns {
        /// The names given.
        names: Vec<String>,
    },
    /// Rows with fewer cells than columns; the missing ones were taken as empty.
    ShortRows {
        /// Where.
        lines: Lines,
    },
    /// Rows whose cells are all empty; left out.
    EmptyRows {
        /// How many.
        count: u64,
    },
    /// A title above the names of the columns; left out.
    TitleSkipped {
        /// Where.
        lines: Lines,
    },
    /// The workbook has other sheets, which were not read.
    OtherSheets {
        /// The sheet that was read.
        used: String,
        /// The others.
        others: Vec<String>,
    },
    /// Cells that hold an error of Excel, such as `#N/A`; kept as text.
    CellErrors {
        /// Rows.
        lines: Lines,
    },
}

impl Notice {
    /// Stable text key.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::MixedEncodings { .. } => "tabular-notice-mixed-encodings",
            Self::UndecodableBytes { .. } => "tabular-notice-undecodable-bytes",
            Self::DuplicateColumns { .. } => "tabular-notice-duplicate-columns",
            Self::UnnamedColumns { .. } => "tabular-notice-unnamed-columns",
            Self::ShortRows { .. } => "tabular-notice-short-rows",
            Self::EmptyRows { .. } => "tabular-notice-empty-rows",
            Self::TitleSkipped { .. } => "tabular-notice-title-skipped",
            Self::OtherSheets { .. } => "tabular-notice-other-sheets",
            Self::CellErrors { .. } => "tabular-notice-cell-errors",
        }
    }

    /// The sentence for a person.
    pub fn message(&self) -> Message {
        let message = Message::new(self.key());
        match self {
            Self::MixedEncodings { used, other, lines } => {
                with_lines(message, lines).with("used", used.as_str()).with("other", other.as_str())
            }
            Self::UndecodableBytes { lines }
            | Self::ShortRows { lines }
            | Self::TitleSkipped { lines }
            | Self::CellErrors { lines } => with_lines(message, lines),
            Self::DuplicateColumns { names } | Self::UnnamedColumns { names } => {
                message.with("count", names.len()).with("names", names.join(", "))
            }
            Self::EmptyRows { count } => message.with("count", *count),
            Self::OtherSheets { used, others } => message
                .with("used", used.as_str())
                .with("count", others.len())
                .with("others", others.join(", ")),
        }
    }
}

fn with_lines(message: Message, lines: &Lines) -> Message {
    message.with("count", lines.count).with("lines", lines.text())
}

/// A row that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadRow {
    /// Line of the file at which it starts, or row of the sheet; from 1.
    pub line: u64,
    /// Why.
    pub reason: Reason,
    /// How it begins, at most 120 characters; kept for the first 1 000 bad rows, empty after.
    pub excerpt: String,
}

/// Why a row cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// More cells than columns, and the surplus is not empty.
    TooManyCells {
        /// Columns.
        expected: usize,
        /// Cells.
        found: usize,
    },
    /// It holds a NUL character, which no text has.
    NulCharacter,
    /// A quotation mark opens a cell and is never closed properly. Reading went on at the next line.
    BrokenQuote,
}

impl BadRow {
    /// Stable text key.
    pub const fn key(&self) -> &'static str {
        match self.reason {
            Reason::TooManyCells { .. } => "tabular-bad-too-many-cells",
            Reason::NulCharacter => "tabular-bad-nul-character",
            Reason::BrokenQuote => "tabular-bad-broken-quote",
        }
    }

    /// The sentence for a person.
    pub fn message(&self) -> Message {
        let message = Message::new(self.key()).with("line", self.line.to_string());
        match self.reason {
            Reason::TooManyCells { expected, found } => {
                message.with("expected", expected).with("found", found)
            }
            Reason::NulCharacter | Reason::BrokenQuote => message,
        }
    }
}
